/**
 * Marks that stand before the text of a line: headings, lists, quotes, comments of the usual languages. Those that are also
 * parts of words count only before a blank.
 */
const lineMark =
	/^[\t ]*(?:(?:#{1,6}|>|[-*+]|\d{1,3}[.)]|\/{2,3}!?|\*+\/?|--|;+|%+)(?:[\t ]+|$)|(?:\/\*+(?!\/)|<!--|"{3}|'{3})[\t ]*)+/;

/** Marks that stand after the text of a line and close a comment. */
const closingMark = /[\t ]*(?:\*+\/|-->|"{3}|'{3})[\t ]*$/;

/** The prompt that a selection suggests: its words, without the marks of headings, lists and comments. Paragraphs stay apart. */
export function promptOfSelection(selection: string): string {
	const lines = selection.split(/\r\n|\r|\n/).map((line) => line.replace(lineMark, '').replace(closingMark, '').trim());
	return lines
		.join('\n')
		.split(/\n{2,}/)
		.map((paragraph) =>
			paragraph
				.replaceAll('\n', ' ')
				.replace(/\s{2,}/g, ' ')
				.trim(),
		)
		.filter((paragraph) => paragraph !== '')
		.join('\n\n');
}

/**
 * Alt text as one line without control characters. Of the invisible format characters only the joiners stay: words of
 * Persian and many emoji consist of them.
 */
export function oneLine(text: string): string {
	return text
		.replace(/(?![\u200C\u200D])\p{Cf}/gu, '')
		.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
		.trim();
}
