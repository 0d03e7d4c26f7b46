import { readFileSync } from 'node:fs';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** Something that a page says: words in code, in emphasis, a fence, a link. */
export interface Piece {
	readonly kind: 'code' | 'emphasis' | 'fence' | 'link' | 'image' | 'heading' | 'key';
	/** From 1. */
	readonly line: number;
	/** A link's or a picture's address; a fence's whole content. */
	readonly text: string;
	/** Of a fence its language, of a picture its alternative text; else empty. */
	readonly note: string;
}

/** A row of a table. */
export interface Row {
	readonly line: number;
	readonly cells: readonly Cell[];
}

/** What a cell shows, and the words in code and in emphasis that are in it. */
interface Cell {
	readonly text: string;
	readonly code: readonly string[];
	readonly emphasis: readonly string[];
}

/** A Markdown page of the repository, taken apart. */
export interface Page {
	readonly file: string;
	readonly text: string;
	readonly pieces: readonly Piece[];
	/** By the first cell of their heads. */
	readonly tables: ReadonlyMap<string, readonly Row[]>;
}

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root | Root['children'][number];

/** A page of the repository. */
export function readPage(file: string): Page {
	return pageOf(file, readFileSync(file, 'utf8'));
}

/** A text as a page. */
export function pageOf(file: string, text: string): Page {
	const nodes = below(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
	const tables = nodes.flatMap((node) => (node.type === 'table' ? [node.children.map(rowOf)] : []));
	return {
		file,
		text,
		pieces: [...nodes.flatMap(pieceOf), ...keysOf(text)],
		tables: new Map(tables.map(([head, ...rows]) => [head?.cells[0]?.text ?? '', rows])),
	};
}

function below(node: Node): Node[] {
	return [node, ...('children' in node ? node.children.flatMap((child) => below(child)) : [])];
}

function pieceOf(node: Node): Piece[] {
	const line = lineOf(node);
	if (node.type === 'inlineCode') return [{ kind: 'code', line, text: node.value, note: '' }];
	if (node.type === 'emphasis') return [{ kind: 'emphasis', line, text: textOf(node), note: '' }];
	if (node.type === 'code') return [{ kind: 'fence', line, text: node.value, note: node.lang ?? '' }];
	if (node.type === 'link' || node.type === 'definition') return [{ kind: 'link', line, text: node.url, note: '' }];
	if (node.type === 'image') return [{ kind: 'image', line, text: node.url, note: node.alt ?? '' }];
	return node.type === 'heading' ? [{ kind: 'heading', line, text: textOf(node), note: '' }] : [];
}

function keysOf(text: string): Piece[] {
	return text.split('\n').flatMap((line, index) =>
		Array.from(line.matchAll(/<kbd>(.*?)<\/kbd>/g), ([, key = '']): Piece => {
			return { kind: 'key', line: index + 1, text: key, note: '' };
		}),
	);
}

function rowOf(row: Node): Row {
	return { line: lineOf(row), cells: 'children' in row ? row.children.map(cellOf) : [] };
}

function cellOf(cell: Node): Cell {
	const nodes = below(cell);
	return {
		text: textOf(cell),
		code: nodes.flatMap((node) => (node.type === 'inlineCode' ? [node.value] : [])),
		emphasis: nodes.flatMap((node) => (node.type === 'emphasis' ? [textOf(node)] : [])),
	};
}

function textOf(node: Node): string {
	return below(node)
		.map((each) => (each.type === 'text' || each.type === 'inlineCode' ? each.value : ''))
		.join('')
		.replaceAll('\n', ' ');
}

function lineOf({ position }: Node): number {
	return position?.start.line ?? 0;
}
