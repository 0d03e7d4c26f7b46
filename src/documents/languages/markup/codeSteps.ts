import { addDeclaration } from './markupSteps';
import type { FrameOf, Reading } from './reading';
import { beginsValue, endOfExpression, endOfString, endOfTemplateText, endOfWords, lineRest, skip } from './scriptText';
import { addStarred, openTag } from './tagSteps';

/** Signs of code that nothing begins or ends with. */
const plain = /[^"'`/{}<-]+/y;

/** Reads what comes next in code. */
export function stepCode(reading: Reading, frame: FrameOf<'code'>): void {
	const { text, frames } = reading;
	const at = (reading.at = skip(plain, text, reading.at));
	switch (text.charAt(at)) {
		case '"':
		case "'":
			reading.at = endOfString(text, at);
			break;
		case '`':
			frames.push({ mode: 'template' });
			reading.at = at + 1;
			break;
		case '/':
			slash(reading, frame, at);
			break;
		case '{':
			frames.push({ mode: 'code', start: at + 1, block: opensBlock(reading, frame, at) });
			reading.at = at + 1;
			break;
		case '}':
			closeBrace(reading, frame, at);
			break;
		case '<':
			angle(reading, frame, at);
			break;
		default:
			dash(reading, at);
	}
}

/** Reads what comes next in a template literal: code, or its end. */
export function stepTemplate(reading: Reading): void {
	const { text, frames } = reading;
	const at = endOfTemplateText(text, reading.at);
	if (text[at] === '$') {
		frames.push({ mode: 'code', start: at + 2, block: false });
		reading.at = at + 2;
	} else {
		frames.pop();
		reading.at = at + 1;
	}
}

function slash(reading: Reading, frame: FrameOf<'code'>, at: number): void {
	const { text, comments } = reading;
	const next = text[at + 1];
	if (next === '/') {
		reading.at = skip(lineRest, text, at);
		comments.addLine({ start: at, end: reading.at });
	} else if (next === '*') {
		addStarred(reading, at, openingBrace(reading, frame, at));
	} else {
		reading.at = beginsExpression(reading, frame, at) ? behindExpression(reading, at) : at + 1;
		return;
	}
	noteComment(reading, at);
}

/** Keeps in mind what is to be passed over to see what stands before the next sign. */
function noteComment({ text, gap, at }: Reading, start: number): void {
	if (endOfWords(text, start) !== gap.end) gap.start = start;
	gap.end = at;
}

/** Where the brace stands that the comment at `at` is all there is behind; else `at`. */
function openingBrace({ text, frames }: Reading, { start }: FrameOf<'code'>, at: number): number {
	const mode = frames.at(-2)?.mode;
	if (mode !== 'markup' && mode !== 'tag') return at;
	return at - start <= 8 && text.slice(start, at).trim() === '' ? start - 1 : at;
}

function beginsExpression(reading: Reading, frame: FrameOf<'code'>, at: number): boolean {
	if (reading.noExpressionBefore > at || (reading.dialect.elements === 'always' && !reading.fenced)) return false;
	const end = endOfCode(reading, at);
	if (end <= frame.start) return true;
	return reading.text[end - 1] === '}' ? reading.closedBlock : isOpen(reading, end);
}

/** Whether a value begins behind `end`, where a sign or word ends. */
function isOpen({ text, expressionEnd }: Reading, end: number): boolean {
	return text[end - 1] === '/' ? end !== expressionEnd : beginsValue(text, end);
}

function behindExpression(reading: Reading, at: number): number {
	const end = endOfExpression(reading.text, at);
	if (end > 0) return (reading.expressionEnd = end);
	reading.noExpressionBefore = -end;
	return at + 1;
}

/** The end of what is neither white space nor a comment before `at`. */
function endOfCode({ text, gap }: Reading, at: number): number {
	const end = endOfWords(text, at);
	return end === gap.end ? endOfWords(text, gap.start) : end;
}

/** Whether the brace at `at` begins statements; else a value. */
function opensBlock(reading: Reading, frame: FrameOf<'code'>, at: number): boolean {
	const { text } = reading;
	const end = endOfCode(reading, at);
	if (end <= frame.start) return frame.block;
	const character = text.charAt(end - 1);
	if (character === '>') return text[end - 2] === '=';
	return ';{}'.includes(character) || !beginsValue(text, end) || /\b(?:else|do)$/.test(text.slice(end - 5, end));
}

function closeBrace(reading: Reading, frame: FrameOf<'code'>, at: number): void {
	const { frames } = reading;
	reading.at = at + 1;
	// One too many closes nothing.
	if (frames.length === 1) return;
	frames.pop();
	if (frames.at(-1)?.mode === 'code') reading.closedBlock = frame.block;
}

function angle(reading: Reading, frame: FrameOf<'code'>, at: number): void {
	const { dialect, fenced, text } = reading;
	if (dialect.elements === undefined || fenced) reading.at = at + 1;
	else if (dialect.elements === 'typed' ? isElement(reading, frame, at) : /[A-Za-z>]/.test(text.charAt(at + 1))) {
		openTag(reading, at);
	} else if (text.startsWith('<!--', at)) addDeclaration(reading, at);
	else reading.at = at + 1;
}

const element = /<(?:>|[A-Za-z_$\u0080-\uffff][\w$.:\u0080-\uffff-]*)/y;
/** Behind the first name of a list of types. */
const typeList = /\s*(?:[,=]|\sextends\s+[^\s=>/])/y;
const lone = /\s*>/y;

/** Whether the `<` at `at` begins an element of JSX. */
function isElement(reading: Reading, frame: FrameOf<'code'>, at: number): boolean {
	const { text } = reading;
	const end = skip(element, text, at);
	if (end === at) return false;
	const before = endOfCode(reading, at);
	if (before > frame.start && (text[before - 1] === '}' || !isOpen(reading, before))) return false;
	const name = text.slice(at + 1, end);
	if (name === '>') return true;
	if (name === 'const' || skip(typeList, text, end) > end) return false;
	// `<T>(value: T) => …` is a type where an element would have an end.
	return skip(lone, text, end) === end || (reading.endTags.get(name) ?? 0) > at;
}

/** A fence ends what stands before the document, wherever it is but in strings and comments. */
function dash(reading: Reading, at: number): void {
	const { text, fenced, frames } = reading;
	if (fenced && text.startsWith('---', at)) {
		frames.length = 1;
		reading.fenced = false;
		reading.at = at + 3;
	} else reading.at = at + 1;
}
