import * as z from 'zod';
import type { Span } from '../span';
import { elementsOf, memberOf, placeInString, startOfJson, stringAt } from './jsonText';

/** A Markdown cell of a Jupyter notebook. */
export interface NotebookCell {
	/** Among all cells of the notebook, from 0. */
	readonly index: number;
	readonly text: string;
}

/** A piece of a cell's text, and what it becomes. */
export interface CellChange extends Span {
	readonly replacement: string;
}

const notebook = z.object({ cells: z.array(z.unknown()) });
const markdownCell = z.object({
	cell_type: z.literal('markdown'),
	source: z.union([z.string(), z.array(z.string())]),
});

/** The Markdown cells in the text of an `.ipynb` file (nbformat 4), in order; none where it is no notebook. */
export function markdownCells(text: string): readonly NotebookCell[] {
	const { data } = notebook.safeParse(jsonOf(text));
	return (data?.cells ?? []).flatMap((cell, index) => {
		const { data: found } = markdownCell.safeParse(cell);
		return found ? [{ index, text: typeof found.source === 'string' ? found.source : found.source.join('') }] : [];
	});
}

/** The text of the file with a piece of one Markdown cell changed and every other byte as it was; `undefined`: there is no such piece. */
export function withCellText(text: string, cell: number, change: CellChange): string | undefined {
	const { start, end, replacement } = change;
	const found = markdownCells(text).find(({ index }) => index === cell);
	if (!found || start < 0 || start > end || end > found.text.length) return undefined;
	const source = sourceOf(text, cell);
	if (source === undefined) return undefined;
	const written = JSON.stringify(replacement);
	const strings = text[source] === '"' ? [source] : elementsOf(text, source).map((element) => element.start);
	// An empty list of lines gets its first.
	if (strings.length === 0) return text.slice(0, source + 1) + written + text.slice(source + 1);
	const pieces = piecesIn(text, strings, change);
	return pieces.reduceRight(
		(changed, piece, index) =>
			changed.slice(0, piece.start) + (index === 0 ? written.slice(1, -1) : '') + changed.slice(piece.end),
		text,
	);
}

/** Where the value of a cell's `source` begins. */
function sourceOf(text: string, cell: number): number | undefined {
	const cells = memberOf(text, startOfJson(text), 'cells');
	const found = cells === undefined ? undefined : elementsOf(text, cells)[cell];
	return found && memberOf(text, found.start, 'source');
}

/** A piece of the text that strings make together, as the places in the file that it is written at, one of each string. */
function piecesIn(text: string, strings: readonly number[], { start, end }: Span): Span[] {
	const pieces: Span[] = [];
	let offset = 0;
	for (const [index, at] of strings.entries()) {
		const { length } = stringAt(text, at) ?? '';
		const from = Math.max(0, start - offset);
		const to = Math.min(length, end - offset);
		const isInserted = start === end && from === to && (to < length || index === strings.length - 1);
		if (from < to || (isInserted && pieces.length === 0))
			pieces.push({ start: placeInString(text, at, from), end: placeInString(text, at, to) });
		offset += length;
	}
	return pieces;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}
