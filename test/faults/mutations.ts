import * as fc from 'fast-check';

/** What may stand anywhere in JSON. */
const odd = fc.oneof(
	fc.constantFrom<unknown>(
		null,
		true,
		0,
		-1,
		1e308,
		'',
		[],
		{},
		'__proto__',
		'data:image/png;base64,',
		'https://127.0.0.1/a.png',
	),
	fc.string({ maxLength: 40, unit: 'binary' }),
	// So long that it is taken for a picture.
	fc
		.tuple(fc.constantFrom('A', 'iVBORw0KGgo', '/9j/', 'é', '\u0000'), fc.nat(6000))
		.map(([text, n]) => text.repeat(1 + Math.floor((4000 + n) / text.length))),
	fc.double(),
	fc.jsonValue({ maxDepth: 1, stringUnit: 'grapheme' }),
);

/** Where in a tree something is changed, by share, and how. */
const treeChange = fc.record({
	at: fc.nat(999),
	how: fc.constantFrom<'replace' | 'remove' | 'double' | 'nest' | 'rename'>(
		'replace',
		'remove',
		'double',
		'nest',
		'rename',
	),
	value: odd,
	name: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', ''), fc.string({ maxLength: 10 })),
});

const byteChange = fc.record({
	at: fc.nat(9999),
	how: fc.constantFrom<'flip' | 'cut' | 'insert' | 'drop'>('flip', 'cut', 'insert', 'drop'),
	bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
});

/** How a reply is changed: its tree, then its bytes, then where it is divided on its way. */
export const mutation = fc.record({
	/** Which of the replies. */
	reply: fc.nat(99),
	tree: fc.array(treeChange, { maxLength: 3 }),
	bytes: fc.array(byteChange, { maxLength: 2 }),
	/** Places at which the body is divided, by share. */
	chunks: fc.array(fc.nat(9999), { maxLength: 5 }),
	status: fc.oneof(
		{ weight: 8, arbitrary: fc.constant(200) },
		{ weight: 1, arbitrary: fc.constantFrom(201, 202, 204, 400, 404, 409, 429, 500, 503) },
	),
});

export type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

/** The same value, changed at one place. */
function changed(value: unknown, change: Mutation['tree'][number]): unknown {
	const all = count(value);
	let left = Math.floor((change.at * all) / 1000);
	const walk = (one: unknown): unknown => {
		if (left-- === 0) return put(one, change);
		if (Array.isArray(one)) return one.map(walk);
		if (typeof one === 'object' && one !== null)
			return Object.fromEntries(Object.entries(one).map(([name, child]) => [name, walk(child)]));
		return one;
	};
	return walk(value);
}

function put(one: unknown, { how, value, name }: Mutation['tree'][number]): unknown {
	switch (how) {
		case 'replace':
			return value;
		case 'remove':
			return null;
		case 'double':
			return Array.isArray(one) ? one.concat(one) : [one, one];
		case 'nest':
			return { [name]: one };
		case 'rename':
			return typeof one === 'object' && one !== null
				? Object.fromEntries(Object.values(one).map((child) => [name, child]))
				: name;
	}
}

function count(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 1;
	return Object.values(value).reduce((sum: number, child) => sum + count(child), 1);
}

function changedBytes(body: Buffer, { at, how, bytes }: Mutation['bytes'][number]): Buffer {
	const place = Math.floor((at * body.length) / 10_000);
	const [before, after] = [body.subarray(0, place), body.subarray(place)];
	switch (how) {
		case 'flip':
			return Buffer.concat([before, Buffer.from(bytes), after.subarray(bytes.length)]);
		case 'cut':
			return before;
		case 'insert':
			return Buffer.concat([before, Buffer.from(bytes), after]);
		case 'drop':
			return Buffer.concat([before, after.subarray(bytes.length)]);
	}
}

/** A text of JSON, or a stream of events with JSON in them. */
export function mutated(text: string, { tree, bytes, chunks }: Mutation): Buffer[] {
	const whole = isStream(text)
		? text.replaceAll(/^data: (\{.*\})$/gm, (_, json: string) => `data: ${withTree(json, tree)}`)
		: withTree(text, tree);
	const body = bytes.reduce(changedBytes, Buffer.from(whole));
	const places = chunks.map((share) => Math.floor((share * body.length) / 10_000)).toSorted((a, b) => a - b);
	return [0, ...places].map((from, at) => body.subarray(from, places[at] ?? body.length));
}

function withTree(json: string, tree: Mutation['tree']): string {
	return JSON.stringify(tree.reduce((value: unknown, change) => changed(value, change), JSON.parse(json)));
}

export function isStream(text: string): boolean {
	return /^(event|data):/m.test(text) && !/^[[{]/.test(text);
}
