import type { Attribute } from './elementPicture';
import type { Dialect, FrameOf, Reading } from './reading';
import { endOfString, endOfTemplateText, skip } from './scriptText';

const equals = /[ \t\r\n\f]*=[ \t\r\n\f]*/y;
const blanks = /\s+/y;
const shorthand = /\{\s{0,8}(?:(\.\.\.)|([\w$]+)\s{0,8}\})/y;

/** Reads `{name}`, `{...others}` or a comment in a tag. */
export function readCodeAttribute(reading: Reading, attributes: Attribute[], at: number): void {
	shorthand.lastIndex = at;
	const [, others, own] = shorthand.exec(reading.text) ?? [];
	const name = others ?? own;
	if (name !== undefined) attributes.push({ name, kind: 'computed', value: undefined });
	openCode(reading, at);
}

function openCode(reading: Reading, at: number): void {
	reading.frames.push({ mode: 'code', start: at + 1, block: false });
	reading.at = at + 1;
}

/** Reads an attribute that has a name; the value as far as it is no code. */
export function readAttribute(reading: Reading, attributes: Attribute[], at: number): void {
	const { text, dialect } = reading;
	const end = skip(dialect.attributeName, text, at);
	if (end === at) {
		reading.at = at + 1;
		return;
	}
	const written = text.slice(at, end);
	const bound = dialect.boundName?.(written);
	const name = bound ?? (dialect.caseless ? written.toLowerCase() : written);
	const value = skip(equals, text, end);
	reading.at = value;
	const found = value > end ? readValue(reading, value) : loneValue(dialect);
	attributes.push(bound === undefined ? { name, ...found } : { name, kind: 'computed', value: undefined });
}

type Value = Pick<Attribute, 'kind' | 'value'>;

const computed: Value = { kind: 'computed', value: undefined };

/** What a name without a value means: in scripts it is `true`. */
function loneValue({ elements }: Dialect): Value {
	return elements === 'typed' ? computed : { kind: 'text', value: undefined };
}

function readValue(reading: Reading, at: number): Value {
	const { text, dialect } = reading;
	const character = text[at];
	if (character === '"' || character === "'") return readQuoted(reading, at, character);
	if (character === '{' && dialect.attributeCode) return readBraces(reading, at);
	if (character === '`' && dialect.attributeCode) {
		reading.frames.push({ mode: 'template' });
		reading.at = at + 1;
		return computed;
	}
	return dialect.bareValue ? readBare(reading, at, dialect.bareValue) : computed;
}

function readBare(reading: Reading, at: number, bareValue: RegExp): Value {
	const { text, dialect } = reading;
	const to = skip(bareValue, text, at);
	const mixed = dialect.attributeCode === 'quotes';
	reading.at = mixed && text.startsWith('/>', to - 1) ? to - 1 : to;
	return mixed && text[to] === '{' ? computed : { kind: 'text', value: { start: at, end: reading.at } };
}

function readBraces(reading: Reading, at: number): Value {
	const value = literalAt(reading.text, at);
	if (!value) {
		openCode(reading, at);
		return computed;
	}
	reading.at = reading.text.indexOf('}', value.end) + 1;
	return { kind: 'script', value };
}

/** What a string says that is all there is between the braces at `at`. */
function literalAt(text: string, at: number): Attribute['value'] {
	const start = skip(blanks, text, at + 1);
	const quote = text[start];
	if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
	const end = quote === '`' ? endOfTemplateText(text, start + 1) + 1 : endOfString(text, start);
	if (end - 1 === start || text[end - 1] !== quote || text[skip(blanks, text, end)] !== '}') return undefined;
	return { start: start + 1, end: end - 1 };
}

const untilCode = { '"': /[^"{]*/y, "'": /[^'{]*/y } as const;

function readQuoted(reading: Reading, at: number, quote: '"' | "'"): Value {
	const { text, dialect, frames } = reading;
	if (dialect.attributeCode === 'quotes') {
		const code = skip(untilCode[quote], text, at + 1);
		if (text[code] === '{') {
			frames.push({ mode: 'quoted', quote });
			reading.at = code;
			return computed;
		}
	}
	const end = text.indexOf(quote, at + 1);
	// A value without an end hides the rest of the text.
	reading.at = end < 0 ? text.length : end + 1;
	return { kind: 'text', value: end < 0 ? undefined : { start: at + 1, end } };
}

/** Reads on in a value with code in it. */
export function stepQuoted(reading: Reading, { quote }: FrameOf<'quoted'>): void {
	const { text, frames } = reading;
	const at = skip(untilCode[quote], text, reading.at);
	if (text[at] === '{') openCode(reading, at);
	else {
		frames.pop();
		reading.at = at + 1;
	}
}
