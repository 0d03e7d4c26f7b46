import type { DocumentLanguage } from '../documents/languages/language';
import type { Span } from '../documents/span';
import { type Message, say } from '../domain/message';
import { recipeKeys } from './order';
import { type Recipe, recipesIn } from './recipe';
import { readWords } from './words';

/** What is offered in a recipe. This room knows no models: whoever asks says what there is. */
export interface RecipeFacts {
	/** Those that can make a picture of words. */
	readonly models: readonly ModelFacts[];
	/** Sizes of the recipe's model, `1024x1024` or `16:9`, and the pixels that a ratio becomes. Empty: it takes no wish. */
	readonly sizes: readonly { readonly size: string; readonly pixels?: string }[];
	/** Controls of the recipe's model; `open`: nobody knows them. */
	readonly controls: readonly ControlFacts[] | 'open';
}

interface ModelFacts {
	/** `provider/model`. */
	readonly name: string;
	readonly title: string;
	/** Of one picture. */
	readonly price: Message;
	/** What it can do besides. */
	readonly badges: readonly Message[];
}

/** A control of a model: what it takes, and what holds where it is not said. */
export type ControlFacts = { readonly name: string } & (
	| { readonly kind: 'choice'; readonly values: readonly string[]; readonly default?: string }
	/** Both included, either may be infinite. */
	| { readonly kind: 'number'; readonly min: number; readonly max: number; readonly default?: number }
	| { readonly kind: 'flag'; readonly default?: boolean }
	| { readonly kind: 'text' | 'url' | 'count' | 'seed' }
);

/** What stands behind the bar of a recipe where the cursor is. */
export interface Typing {
	/** The key whose value it is; absent: it is a key. */
	readonly key?: string;
	/** What there is of it on both sides of the cursor, quotes included. */
	readonly span: Span;
	/** Before and after what is written there: the blank after the bar, quotes, the equals sign. */
	readonly marks: readonly [before: string, after: string];
	/** The values of the recipe's other pairs by key. */
	readonly others: ReadonlyMap<string, string>;
}

/** What can be written there. */
export interface Completion {
	readonly kind: 'key' | 'value';
	readonly label: string;
	/** In place of the span of {@link Typing}. */
	readonly written: string;
	/** What people call it, or the values that it takes. */
	readonly title?: string;
	readonly note?: Message;
	readonly about?: readonly Message[];
}

/** What is being written in a document's recipe; `undefined`: the cursor is elsewhere, or in a prompt. */
export function typingIn(text: string, offset: number, { read }: DocumentLanguage): Typing | undefined {
	if (!read || !mayBeTyping(text, offset)) return undefined;
	const recipe = recipesIn(text, read(text)).findLast(({ span }) => span.start <= offset);
	return recipe && typingAt(text, offset, recipe);
}

/** Nearly every key is pressed elsewhere: then the document need not be read. */
function mayBeTyping(text: string, offset: number): boolean {
	const mark = text.lastIndexOf('limn:', offset);
	if (mark < 0 || !text.slice(mark, offset).includes('|')) return false;
	const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
	// Behind a bar or a pair, or the first word of a line that may go on with pairs.
	return /[|=]/.test(line) || line.split(/\s+/).filter((word) => /\w/.test(word)).length <= 1;
}

/** What is being written in this recipe, see {@link typingIn}. */
function typingAt(text: string, offset: number, recipe: Recipe): Typing | undefined {
	const sides = sidesOf(text, offset, recipe);
	if (!sides) return undefined;
	const known = recipe.pairs.filter(({ span }) => offset < span.start || span.end < offset);
	for (const { key, typed, marks, head, after } of currents(sides)) {
		// Without it there are a bar before it, and nothing but pairs on both sides.
		const { bar } = readWords(head);
		const { bar: whole, pairs } = readWords(`${head} ${sides.after.slice(after).replace(ownValue, '')}`);
		if (bar === undefined || bar !== whole) continue;
		const others = new Map([...known, ...pairs].map((pair) => [pair.key, pair.value]));
		const span = { start: offset - typed, end: offset + after };
		return { span, marks, others, ...(key !== undefined && { key }) };
	}
	return undefined;
}

/** The words before the cursor, and those after it in its line. `undefined`: it is not among the recipe's words. */
function sidesOf(text: string, offset: number, { lines, span }: Recipe): Sides | undefined {
	const index = lines.findLastIndex(({ start }) => start <= offset);
	const line = lines[index];
	if (!line) return undefined;
	// Blanks at the end of a line are in no span, but it is there that one goes on.
	const gap = text.slice(line.end, offset);
	if (gap.trim() !== '' || (offset > span.end && /[\r\n]/.test(gap))) return undefined;
	const above = lines.slice(0, index).map(({ start, end }) => text.slice(start, end));
	return { before: [...above, text.slice(line.start, offset)].join('\n'), after: text.slice(offset, line.end) };
}

interface Sides {
	readonly before: string;
	readonly after: string;
}

/** How what is being written may be read. */
interface Current extends Pick<Typing, 'key' | 'marks'> {
	/** The words before it. */
	readonly head: string;
	/** UTF-16 code units of it before and after the cursor. */
	readonly typed: number;
	readonly after: number;
}

const bareWord = /(?<=[\s|])(?:([A-Za-z_][\w.-]*)(?:=([^\s"]*))?)?$/;
const quotedWord = /(?<=[\s|])([A-Za-z_][\w.-]*)=("[^"]*)$/;
/** What is left of a pair whose key is being written. */
const ownValue = /^=(?:"[^"]*"|[^\s"]*)/;

function currents({ before, after }: Sides): Current[] {
	return [currentOf(bareWord.exec(before), after), currentOf(quotedWord.exec(before), after)].flatMap(
		(current) => current ?? [],
	);
}

function currentOf(match: RegExpExecArray | null, after: string): Current | undefined {
	if (!match) return undefined;
	const [word, key = '', value] = match;
	const head = match.input.slice(0, match.index);
	if (value !== undefined) {
		const rest = restOfValue(value, after);
		const isQuoted = value.startsWith('"') || rest.startsWith('"');
		const marks = isQuoted ? (['"', '"'] as const) : (['', ''] as const);
		return { head, key, marks, typed: value.length, after: rest.length };
	}
	const [rest = ''] = /^[\w.-]*/.exec(after) ?? [];
	// Whoever stands before a word has not begun to write it.
	if (word === '' && /^\S/.test(after)) return undefined;
	const marks = [head.endsWith('|') ? ' ' : '', after.startsWith('=', rest.length) ? '' : '='] as const;
	return { head, marks, typed: word.length, after: rest.length };
}

/** What belongs to a value behind the cursor. Quotes that are not closed yet reach no further than the word. */
function restOfValue(value: string, after: string): string {
	const closed = value.startsWith('"') ? /^[^"]*"(?=\s|$)/ : value === '' ? /^"[^"]*"(?=\s|$)/ : undefined;
	return (closed?.exec(after) ?? /^[^\s"]*/.exec(after))?.[0] ?? '';
}

/** What can be written there: keys that are not there yet, or values. `made` is Limn's own. */
export function completionsFor(typing: Typing, facts: RecipeFacts): Completion[] {
	const { key, marks, others } = typing;
	const [before, after] = marks;
	if (key !== undefined) return valuesOf(key, facts).flatMap((offer) => writtenValue(offer, before) ?? []);
	return keysOf(facts)
		.filter(({ label }) => !others.has(label))
		.map((offer) => Object.assign(offer, { kind: 'key' as const, written: `${before}${offer.label}${after}` }));
}

type Offer = Omit<Completion, 'kind' | 'written'>;

/** Values with blanks are quoted; with a quote in it, a value cannot be written. */
function writtenValue(offer: Offer, quote: string): Completion | undefined {
	const { label } = offer;
	if (label.includes('"')) return undefined;
	const mark = /\s/.test(label) ? '"' : quote;
	return { ...offer, kind: 'value', written: `${mark}${label}${mark}` };
}

function keysOf({ sizes, controls }: RecipeFacts): Offer[] {
	const usual = recipeKeys.filter((key) => key !== 'model' && key !== 'size' && key !== 'made');
	const size = { label: 'size', about: [say('Pixels like {0}, or a ratio like {1}', '1024x1024', '16:9')] };
	return [
		{ label: 'model', about: [say('Who makes the picture')] },
		...(sizes.length > 0 ? [size] : []),
		...(controls === 'open' ? usual.map((label) => ({ label })) : controls.flatMap((each) => keyOf(each) ?? [])),
	];
}

/** A recipe makes one picture, so that none asks for a count. */
function keyOf(control: ControlFacts): Offer | undefined {
	if (control.kind === 'count') return undefined;
	const title = titleOf(control);
	const usual = 'default' in control ? control.default : undefined;
	return {
		label: control.name,
		...(title !== undefined && { title }),
		...(usual !== undefined && { about: [say('Without it: {0}', String(usual))] }),
	};
}

/** What a control takes, as far as it needs no words. */
function titleOf(control: ControlFacts): string | undefined {
	if (control.kind !== 'number') return choicesOf(control).join(', ') || undefined;
	const { min, max } = control;
	if (Number.isFinite(max)) return Number.isFinite(min) ? `${min}–${max}` : `≤ ${max}`;
	return Number.isFinite(min) ? `≥ ${min}` : undefined;
}

function valuesOf(key: string, { models, sizes, controls }: RecipeFacts): Offer[] {
	if (key === 'model') {
		return models.map(({ name, title, price, badges }) => ({ label: name, title, note: price, about: badges }));
	}
	if (key === 'size') return sizes.map(({ size, pixels: title }) => ({ label: size, ...(title && { title }) }));
	const control = controls === 'open' ? undefined : controls.find(({ name }) => name === key);
	if (!control) return [];
	const usual = 'default' in control ? String(control.default) : undefined;
	return choicesOf(control).map((label) => (label === usual ? { label, note: say('default') } : { label }));
}

function choicesOf(control: ControlFacts): readonly string[] {
	if (control.kind === 'choice') return control.values;
	return control.kind === 'flag' ? ['true', 'false'] : [];
}
