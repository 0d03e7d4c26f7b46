/** What a spreadsheet would take for a formula, whatever blanks stand before it; and the mark of those that were made harmless. */
const formula = /^\s*['=+\-@\uff0b\uff0d\uff1d\uff20]/;

/** What would end a line for anybody who reads one, and what nobody sees. */
// oxlint-disable-next-line no-control-regex
const invisible = /[\0-\x1f\x7f\u0085\u2028\u2029]/;

// oxlint-disable-next-line no-control-regex
const toEscape = /[%\0-\x1f\x7f\u0085\u2028\u2029]/g;

const mark = "'";

/**
 * A text as a cell of a line. One that a spreadsheet would reckon gets an apostrophe in front, and its control characters are written
 * as in addresses (`%0A`): a row is always one line.
 */
export function cellOf(text: string): string {
	const isPlain = !formula.test(text) && !invisible.test(text);
	return quoted(isPlain ? text : mark + text.replaceAll(toEscape, encodeURIComponent));
}

/** The text of a cell that was read. */
export function textOf(cell: string): string {
	return cell.startsWith(mark) ? cell.slice(1).replaceAll(/(?:%[\dA-F]{2})+/gi, decoded) : cell;
}

/** Of what a person typed into the file, anything is text. */
function decoded(escaped: string): string {
	try {
		return decodeURIComponent(escaped);
	} catch {
		return escaped;
	}
}

/** RFC 4180, and what other separators than the comma would part. */
function quoted(text: string): string {
	return /[",;\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The cells of a line, without what stands for quotes. `undefined`: the line is none of CSV, or torn. */
export function cellsOf(line: string): string[] | undefined {
	if (!line.includes('"')) return line.split(',');
	const cells: string[] = [];
	const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y;
	while (cell.lastIndex <= line.length) {
		const found = cell.exec(line);
		if (!found) return undefined;
		const [, inQuotes, bare = '', end] = found;
		cells.push(inQuotes?.replaceAll('""', '"') ?? bare);
		if (end === '') return cells;
	}
	return undefined;
}
