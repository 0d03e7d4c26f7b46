import type { Span } from '../../span';
import type { FrameOf, Reading } from './reading';
import { skip } from './scriptText';
import { openTag } from './tagSteps';

const beforeTag = /[^<]+/y;
const beforeTagOrBrace = /[^<{]+/y;

/** Reads what comes next between tags. */
export function stepMarkup(reading: Reading): void {
	const { text, dialect } = reading;
	const at = (reading.at = skip(dialect.braces === 'text' ? beforeTag : beforeTagOrBrace, text, reading.at));
	if (text[at] === '{') brace(reading, at);
	else if (beginsTag(reading, at)) openTag(reading, at);
	else if (dialect.declarations && /[!?/]/.test(text.charAt(at + 1))) addDeclaration(reading, at);
	else reading.at = at + 1;
}

function beginsTag({ text, dialect }: Reading, at: number): boolean {
	const next = text[at + 1] === '/' ? at + 2 : at + 1;
	return dialect.elementStart.test(text.charAt(next));
}

/** `{/if}`, which is no regular expression. */
const blockEnd = /\{\s*\/(?![*/])/y;

function brace(reading: Reading, at: number): void {
	const { text, dialect, frames } = reading;
	if (dialect.blocks && skip(blockEnd, text, at) > at) reading.at = behind(text, '}', at);
	else if (dialect.braces === 'code') {
		frames.push({ mode: 'code', start: at + 1, block: false });
		reading.at = at + 1;
	} else if (text[at + 1] === '{') {
		reading.at = behind(text, '}}', at + 2);
	} else reading.at = at + 1;
}

/** Behind the next `end`; that of the text where there is none. */
function behind(text: string, end: string, from: number): number {
	const found = text.indexOf(end, from);
	return found < 0 ? text.length : found + end.length;
}

const emptyComment = /<!---?>/y;
const endOfComment = /--!?>/g;

/** Passes over what begins at `at` with `<!`, `<?` or `</` and is no tag. One without an end hides the rest of the text. */
export function addDeclaration(reading: Reading, at: number): void {
	const { text, comments } = reading;
	if (!text.startsWith('<!--', at)) {
		reading.at = behind(text, '>', at + 2);
		return;
	}
	const words = at + 4;
	endOfComment.lastIndex = words;
	const empty = skip(emptyComment, text, at);
	const close = empty > at ? words : endOfComment.exec(text)?.index;
	reading.at = empty > at ? empty : close === undefined ? text.length : endOfComment.lastIndex;
	if (close !== undefined) comments.addBlock({ start: at, end: reading.at }, { start: words, end: close });
}

/** Ends the frame of an element that holds no markup, and says what it holds. */
export function stepRaw(reading: Reading, { name }: FrameOf<'raw'>): Span {
	const { text, frames, at: start } = reading;
	frames.pop();
	reading.at = reading.dialect.caseless && name === 'script' ? endOfScript(text, start) : endOfRaw(text, start, name);
	return { start, end: reading.at };
}

function endOfRaw(text: string, from: number, name: string): number {
	const endTag = new RegExp(`</${name.replace(/[^\w-]/g, '\\$&')}(?=[ \\t\\r\\n\\f/>])`, 'gi');
	endTag.lastIndex = from;
	return endTag.exec(text)?.index ?? text.length;
}

const scriptSign = /<!--|-->|<(\/?)script(?=[ \t\r\n\f/>])/gi;

/** Where a script of HTML ends: in what looks like a comment it may write other scripts. */
function endOfScript(text: string, from: number): number {
	let inside: 'script' | 'comment' | 'inner script' = 'script';
	scriptSign.lastIndex = from;
	for (let found = scriptSign.exec(text); found; found = scriptSign.exec(text)) {
		const [sign, slash] = found;
		if (sign === '-->') inside = 'script';
		else if (sign === '<!--') {
			if (inside === 'script') inside = 'comment';
			// The same dashes may end it.
			scriptSign.lastIndex -= 2;
		} else if (slash === '') inside = inside === 'comment' ? 'inner script' : inside;
		else if (inside === 'inner script') inside = 'comment';
		else return found.index;
	}
	return text.length;
}
