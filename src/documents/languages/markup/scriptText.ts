/** What JavaScript consists of besides words and signs: where strings and regular expressions end, what strings say. */

/** Where a pattern with the flag `y` ends at `at`; `at` itself where it does not match. */
export function skip(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : at;
}

/** To the end of the line. */
export const lineRest = /[^\r\n\u2028\u2029]*/y;

const plainInString = { '"': /[^"\\\r\n]+/y, "'": /[^'\\\r\n]+/y } as const;
const escape = /\\(?:\r\n|[^])/y;

/** Behind the string that begins at `at`; one without an end lasts to the end of its line. */
export function endOfString(text: string, at: number): number {
	const quote = text[at] === '"' ? '"' : "'";
	let end = at + 1;
	for (;;) {
		end = skip(plainInString[quote], text, end);
		if (text[end] === quote) return end + 1;
		const behind = skip(escape, text, end);
		if (behind === end) return end;
		end = behind;
	}
}

const plainInTemplate = /[^`\\$]+/y;

/** The next sign in a template literal that is more than a character: its end, or that of the text before `${`. */
export function endOfTemplateText(text: string, at: number): number {
	let end = at;
	for (;;) {
		end = skip(plainInTemplate, text, end);
		const character = text[end];
		if (character === '\\') end += 2;
		else if (character === '$' && text[end + 1] !== '{') end++;
		else return Math.min(end, text.length);
	}
}

const plainInExpression = /[^/\\[\]\r\n]+/y;

/** Behind the slash that ends the regular expression at `at`; where its line ends, negative: there is none. */
export function endOfExpression(text: string, at: number): number {
	let inClass = false;
	let end = at + 1;
	for (;;) {
		end = skip(plainInExpression, text, end);
		const character = text[end];
		if (character === '/' && !inClass) return end + 1;
		if (character === undefined || character === '\r' || character === '\n') return -end;
		if (character === '[') inClass = true;
		if (character === ']') inClass = false;
		end += character === '\\' && !/[\r\n]/.test(text.charAt(end + 1)) ? 2 : 1;
	}
}

/** Words of the language before which no value ends: behind them begins one. */
const openWords = new Set(
	'return typeof case in of instanceof new void delete throw yield await default extends if else do'.split(' '),
);

/** Behind a dot it is a name like any other. */
const wordAtEnd = /(?:^|[^\w$.\u0080-\uffff]|\.\.\.)([a-z]+)$/;

/** Whether a value begins behind `end`, where the last sign or word of code before it ends; else an operator comes there. */
export function beginsValue(text: string, end: number): boolean {
	const character = text.charAt(end - 1);
	if (/[\w$\u0080-\uffff]/.test(character)) {
		return openWords.has(wordAtEnd.exec(text.slice(Math.max(0, end - 14), end))?.[1] ?? '');
	}
	if (character === '+' || character === '-') return text[end - 2] !== character;
	// TypeScript has a `!` behind values too.
	if (character === '!') return !/[\w$)\]]/.test(text.charAt(end - 2));
	// Of an arrow or a comparison; that of a list of types stands close.
	if (character === '>') return /[=\s]/.test(text.charAt(end - 2));
	if (character === '.') return text[end - 2] === '.';
	return !')]}"\'`'.includes(character);
}

/** The end of what is no white space before `at`. */
export function endOfWords(text: string, at: number): number {
	let end = at;
	while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
	return end;
}

function isBlank(code: number): boolean {
	return (
		code === 0x20 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029
	);
}

const escapes = /\\(?:(\r\n|[\r\n\u2028\u2029])|u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([^]))/g;
const signs = new Map(Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', 0: '\0' }));

/** What a string says that is written so. */
export function unescapeScript(written: string): string {
	if (!written.includes('\\')) return written;
	return written.replace(
		escapes,
		(_whole, eol?: string, point?: string, unit?: string, byte?: string, sign?: string) => {
			if (eol !== undefined) return '';
			const code = point ?? unit ?? byte;
			if (code === undefined) return signs.get(sign ?? '') ?? sign ?? '';
			const value = Number.parseInt(code, 16);
			return value <= 0x10ffff ? String.fromCodePoint(value) : '';
		},
	);
}
