import type { Span } from '../../span';

/** Commands that stand for a sign. */
const named: Readonly<Record<string, string>> = {
	textbackslash: '\\',
	textasciitilde: '~',
	textasciicircum: '^',
	textunderscore: '_',
	textquotesingle: "'",
	textquotedbl: '"',
	textbar: '|',
	textless: '<',
	textgreater: '>',
	textdollar: '$',
	ldots: '…',
	dots: '…',
	space: ' ',
};

/** Without the braces that are around all of it. */
export function withoutBraces(text: string, { start, end }: Span): Span {
	if (text.charAt(start) !== '{' || text.charAt(end - 1) !== '}') return { start, end };
	let depth = 0;
	for (const { 0: sign, index } of text.slice(start, end).matchAll(/\\[^]|[{}]/g)) {
		if (sign === '{') depth++;
		else if (sign === '}') depth--;
		if (depth === 0 && index < end - start - 1) return { start, end };
	}
	return { start: start + 1, end: end - 1 };
}

/** What words of LaTeX say: of commands that do something to words only the words, other ones as they are. */
export function textOfLatex(words: string): string {
	const plain = words.replace(
		/%.*(?:\r?\n[ \t]*)?|\\[A-Za-z@]+(?=\{[^}])|\\([A-Za-z@]+)(?:\{\}|[ \t]*)|\\([^])|[{}]|~|\s+/g,
		(whole, name: string | undefined, sign: string | undefined) => {
			if (name !== undefined) return named[name] ?? whole;
			if (sign !== undefined) return sign;
			return /[~\s]/.test(whole.charAt(0)) ? ' ' : '';
		},
	);
	return plain.trim();
}

/** The name of a file: in it `\string` and `\detokenize` keep a sign as it is, and quotation marks and outer braces only hold it together. */
export function nameOfLatex(name: string): string {
	return name.replace(
		/\\detokenize(?![A-Za-z@])\s*|\\string(?:(?![A-Za-z@])\s*\\([^A-Za-z])|(?![A-Za-z@])\s*([^\\]))|\\space(?![A-Za-z@])\s*|\\([^A-Za-z])|["{}]|\s+/g,
		(whole, command: string | undefined, sign: string | undefined, escaped: string | undefined) => {
			if (whole.startsWith('\\space') || whole.trim() === '') return ' ';
			return command ?? sign ?? escaped ?? '';
		},
	);
}
