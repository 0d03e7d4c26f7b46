import { readAttribute, readCodeAttribute } from './attributeSteps';
import { pictureOfElement, textOf } from './elementPicture';
import type { Content, FrameOf, Reading, Tag } from './reading';
import { endOfString, lineRest, skip } from './scriptText';

const blanks = /[ \t\r\n\f]+/y;

/** Begins the tag whose `<` is at `at`. */
export function openTag(reading: Reading, at: number): void {
	const { text, dialect } = reading;
	const ends = text[at + 1] === '/';
	const from = at + (ends ? 2 : 1);
	const to = skip(dialect.tagName, text, from);
	const name = text.slice(from, to);
	const tag: Tag = { start: at, name: dialect.caseless ? name.toLowerCase() : name, ends, attributes: [] };
	reading.frames.push({ mode: 'tag', tag });
	const end = ends || dialect.heeds(tag.name) ? to : skip(dialect.plainTag, text, to);
	if (end > to || text[to] === '>') endTag(reading, tag, Math.max(end, to + 1), false);
	else reading.at = dialect.elements === 'typed' && text[to] === '<' ? endOfTypes(text, to) : to;
}

/** Behind the list of types at `at`. */
function endOfTypes(text: string, at: number): number {
	let depth = 0;
	let end = at;
	do {
		const character = text[end];
		if (character === '"' || character === "'") end = endOfString(text, end) - 1;
		else if (character === '<') depth++;
		else if (character === '>' && text[end - 1] !== '=') depth--;
		end++;
	} while (depth > 0 && end < text.length);
	return end;
}

/** Reads what comes next in a tag: its end, an attribute, or a part of one. */
export function stepTag(reading: Reading, { tag }: FrameOf<'tag'>): void {
	const { text, dialect } = reading;
	const at = (reading.at = skip(blanks, text, reading.at));
	const character = text[at];
	if (character === '>') endTag(reading, tag, at + 1, false);
	else if (character === '/') slash(reading, tag, at);
	else if (character === '{' && dialect.attributeCode) readCodeAttribute(reading, tag.attributes, at);
	else if (character === '<' && dialect.elements === 'typed') openTag(reading, at);
	else readAttribute(reading, tag.attributes, at);
}

function slash(reading: Reading, tag: Tag, at: number): void {
	const { text, dialect, comments } = reading;
	const next = text[at + 1];
	if (next === '>') endTag(reading, tag, at + 2, true);
	else if (next === '/' && dialect.tagComments) {
		const end = skip(lineRest, text, at);
		comments.addLine({ start: at, end });
		reading.at = end;
	} else if (next === '*' && dialect.tagComments) {
		addStarred(reading, at);
	} else reading.at = at + 1;
}

/** Adds the comment at `at`, with the braces around it where they hold nothing else. One without an end hides the rest of the text. */
export function addStarred(reading: Reading, at: number, open = at): void {
	const { text, comments } = reading;
	const close = text.indexOf('*/', at + 2);
	if (close < 0) {
		reading.at = text.length;
		return;
	}
	const end = close + 2;
	const brace = open < at ? skip(closingBrace, text, end) : end;
	comments.addStarred({ start: brace > end ? open : at, end: brace }, { start: at + 2, end: close });
	reading.at = end;
}

const closingBrace = /\s{0,8}\}/y;

/** Ends a tag behind its `>`, and begins what its element holds. */
function endTag(reading: Reading, tag: Tag, end: number, closed: boolean): void {
	const { dialect, frames, text } = reading;
	frames.pop();
	reading.at = end;
	if (tag.ends) {
		if (dialect.counted?.has(tag.name)) reading.depth--;
		endElement(reading);
		return;
	}
	const content = contentOf(reading, tag, closed);
	if (content === 'markup') {
		if (dialect.isPicture(tag.name)) addPicture(reading, tag);
		const base = tag.name === 'base' ? tag.attributes.find(({ name }) => name === 'href') : undefined;
		if (base?.value) reading.base ??= textOf(text, base).trim();
		if (!closed && !dialect.isVoid(tag.name)) beginElement(reading, tag);
	} else frames.push({ mode: 'raw', name: tag.name, content });
}

function contentOf({ text, dialect, depth }: Reading, { name, attributes }: Tag, closed: boolean): Content {
	const valueOf = (wanted: string) => {
		const found = attributes.find((attribute) => attribute.name === wanted);
		return found && textOf(text, found);
	};
	return dialect.contentOf({ name, depth, closed, valueOf });
}

function addPicture(reading: Reading, { start, attributes }: Tag): void {
	const picture = pictureOfElement(reading.text, { start, end: reading.at }, attributes);
	if (picture) reading.pictures.push(picture);
}

function beginElement(reading: Reading, { name }: Tag): void {
	const { dialect, frames } = reading;
	if (dialect.counted?.has(name)) reading.depth++;
	const around = frames.at(-1);
	if (around?.mode === 'markup') around.open++;
	else frames.push({ mode: 'markup', open: 1 });
}

function endElement({ frames }: Reading): void {
	const around = frames.at(-1);
	if (around?.mode === 'markup' && --around.open === 0) frames.pop();
}
