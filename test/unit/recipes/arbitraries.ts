import * as fc from 'fast-check';

/** A pair as a person writes it. */
export interface WrittenPair {
	readonly key: string;
	readonly value: string;
	/** With its quotes. */
	readonly written: string;
}

/** Words with everything in them that means something in a recipe. */
export const anyWords = fc
	.array(
		fc.oneof(
			{
				weight: 3,
				arbitrary: fc.constantFrom('a', ' ', '|', ' | ', '=', '"', 'a=b', ' c="', '\n', ':', 'made=', 'limn:'),
			},
			fc.string({ unit: 'binary', maxLength: 3 }),
		),
		{ maxLength: 24 },
	)
	.map((parts) => parts.join(''));

/** Words of a prompt that stand in any comment: neither its marks nor another recipe's are in them. */
export const promptWords = fc.array(
	fc.oneof(
		fc.constantFrom('a', 'fox', 'é', '🦊', '|', '=', '"', '5"', 'x|y', 'a=b', 'c="d', 'limn', '#', '%', '(b)', "it's"),
		fc.stringMatching(/^[a-z]{1,6}$/),
	),
	{ maxLength: 8 },
);

/** The same without anything that could be a pair. */
export const plainWords = promptWords.map((words) => words.filter((word) => !word.includes('=')));

const key = fc.oneof(
	fc.constantFrom('model', 'size', 'quality', 'style', 'seed', 'safety.checkContent', '_a-b'),
	fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,5}$/),
);

const bareValue = fc.oneof(
	fc.constantFrom('', '1536x1024', '16:9', 'openai/gpt-image-2', 'a=b', 'x|y', '|', ':|', "it's"),
	fc.stringMatching(/^[a-z0-9:/|=.@-]{0,8}$/),
);

const quotedValue = fc.oneof(
	fc.constantFrom('', 'oil painting', 'a | b', ' | b=c', 'x | b=c d=', '|', 'a=b c=d'),
	fc.stringMatching(/^[a-z|=]( ?[a-z|=])*$/),
);

/** Pairs, no key twice and none `made`. */
export const anyPairs: fc.Arbitrary<WrittenPair[]> = fc
	.uniqueArray(
		fc.oneof(
			fc.tuple(key, bareValue).map(([key, value]) => ({ key, value, written: `${key}=${value}` })),
			fc.tuple(key, quotedValue).map(([key, value]) => ({ key, value, written: `${key}="${value}"` })),
		),
		{ selector: (pair) => pair.key, maxLength: 5 },
	)
	.map((pairs) => pairs.filter((pair) => pair.key !== 'made'));

/** Those with at least one. */
export const somePairs = anyPairs.filter((pairs) => pairs.length > 0);

const digits = fc.stringMatching(/^[0-9a-f]{12}$/);

/** What Limn notes. */
export const anyMade = fc.record({ recipe: digits, picture: digits }, { noNullPrototype: true });

/** How a comment's words are set. */
export interface Layout {
	readonly name: string;
	readonly open: string;
	/** Between two words that stand in two lines. */
	readonly turn: string;
	readonly close: string;
}

export const layouts: readonly Layout[] = [
	{ name: 'a block', open: '<!-- ', turn: '\n', close: ' -->' },
	{ name: 'a block with its marks in lines of their own', open: '<!--\r\n  ', turn: '\r\n  ', close: '\r\n-->' },
	{ name: 'a tight block', open: '<!--', turn: '\n\t', close: '-->' },
	{ name: 'line comments', open: '// ', turn: '\n// ', close: '' },
	{ name: 'line comments, set in', open: '  //', turn: '  \r\n  // ', close: '' },
];

/** Words set in a layout, with some turns between them. `turns`: after which of them. */
export function set(words: readonly string[], { open, turn, close }: Layout, turns: readonly boolean[]): string {
	const body = words.map((word, index) => (index === 0 ? '' : turns[index % turns.length] ? turn : ' ') + word);
	return open + body.join('') + close;
}

export const anyLayout = fc.constantFrom(...layouts);

export const anyTurns = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
