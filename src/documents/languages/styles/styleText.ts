import { skip } from '../markup/scriptText';

const plain = /[^"'\\\r\n\f{}#]+/y;
const escape = /\\(?:\r\n|[^])?/y;

/**
 * Behind the string that begins at `at`; one without an end lasts to the end of its line. `interpolated`: with `#{ … }` in it, where other
 * strings may stand.
 */
export function endOfStyleString(text: string, at: number, interpolated: boolean): number {
	/** What ends the string, the code in it, the string in that. */
	const ends = [text.charAt(at)];
	let end = at + 1;
	for (;;) {
		end = skip(plain, text, end);
		const character = text.charAt(end);
		if (/^[\r\n\f]?$/.test(character)) return end;
		end = character === '\\' ? skip(escape, text, end) : end + 1;
		if (character === ends.at(-1)) {
			ends.pop();
			if (ends.length === 0) return end;
		} else if (ends.at(-1) === '}') {
			if (character === '{') ends.push('}');
			else if (character === '"' || character === "'") ends.push(character);
		} else if (interpolated && character === '#' && text[end] === '{') {
			ends.push('}');
			end++;
		}
	}
}

const signEscape = /\\[^\r\n\f]/y;

/** Passes over what a pattern matches and over signs with a backslash before them, in turn. */
export function skipEscaped(pattern: RegExp, text: string, at: number): number {
	let end = at;
	for (;;) {
		const plainEnd = skip(pattern, text, end);
		end = skip(signEscape, text, plainEnd);
		if (end === plainEnd) return end;
	}
}

const escapes = /\\(?:(\r\n|[\r\n\f])|([\da-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|([^]))/g;

/** What a string, an address or a name of CSS says that is written so. */
export function unescapeStyle(written: string): string {
	if (!written.includes('\\')) return written;
	return written.replace(escapes, (_whole, eol?: string, code?: string, sign?: string) => {
		if (eol !== undefined) return '';
		if (code === undefined) return sign ?? '';
		const value = Number.parseInt(code, 16);
		const isCharacter = value > 0 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
		return isCharacter ? String.fromCodePoint(value) : '\uFFFD';
	});
}
