import assert from 'node:assert/strict';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { readMarkdown } from '../../../../src/documents/languages/markdown/readMarkdown';
import type { Span } from '../../../../src/documents/span';

/** What other people's parsers find in a document. */
export interface SeenParts {
	/** The whole comments. */
	readonly comments: readonly Span[];
	readonly pictures: readonly SeenPicture[];
}

export interface SeenPicture {
	readonly span: Span;
	readonly href: string;
	readonly alt?: string;
}

type Root = ReturnType<typeof fromMarkdown>;

export type MdastNode = Root | Root['children'][number];

type HtmlNode = DefaultTreeAdapterMap['node'];

/** Pictures and comments of a Markdown document as mdast sees them, those of its HTML as parse5 does, in the order of the text. */
export function partsOfMdast(text: string): SeenParts {
	// The parser counts from behind the mark of the encoding.
	const markless = text.replace(/^\uFEFF/, '');
	const shift = text.length - markless.length;
	const nodes = below(fromMarkdown(markless, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
	const seen = nodes.map((node) => partsOfNode(node, nodes, markless));
	const moved = ({ start, end }: Span) => ({ start: start + shift, end: end + shift });
	return {
		comments: seen.flatMap(({ comments }) => comments.map(moved)),
		pictures: seen.flatMap(({ pictures }) => pictures.map((picture) => ({ ...picture, span: moved(picture.span) }))),
	};
}

/** The nodes below one, and itself, in the order of the text. */
export function below(node: MdastNode): MdastNode[] {
	return [node, ...('children' in node ? node.children.flatMap((child) => below(child)) : [])];
}

export function spanOfNode({ position }: MdastNode): Span {
	return { start: position?.start.offset ?? -1, end: position?.end.offset ?? -1 };
}

/** The address of a picture: its own, or that of the definition it refers to. */
export function addressOf(node: MdastNode, all: readonly MdastNode[]): string | undefined {
	if (node.type === 'image') return node.url;
	if (node.type !== 'imageReference') return undefined;
	const found = all.find((other) => other.type === 'definition' && other.identifier === node.identifier);
	return found?.type === 'definition' ? found.url : undefined;
}

function partsOfNode(node: MdastNode, all: readonly MdastNode[], text: string): SeenParts {
	if (node.type === 'html') return partsOfHtml(node, text);
	const href = addressOf(node, all);
	if (href === undefined || !('alt' in node)) return { comments: [], pictures: [] };
	return { comments: [], pictures: [{ span: spanOfNode(node), href, alt: node.alt ?? '' }] };
}

function partsOfHtml(node: Extract<MdastNode, { type: 'html' }>, text: string): SeenParts {
	// Carriage returns make the offsets of that parser wrong.
	const value = node.value.replaceAll('\r', ' ');
	const toText = placesIn(text, spanOfNode(node).start, value);
	const comments: Span[] = [];
	const pictures: SeenPicture[] = [];
	for (const piece of piecesBelow(parseFragment(value, { sourceCodeLocationInfo: true }))) {
		if (!piece.sourceCodeLocation) continue;
		const { startOffset, endOffset } = piece.sourceCodeLocation;
		const span = { start: toText(startOffset), end: toText(endOffset) };
		if (piece.nodeName === '#comment') {
			const isWhole = /^<!--(?:-?>|[^]*-->)$/.test(value.slice(startOffset, endOffset));
			if (isWhole) comments.push(span);
		} else if ('tagName' in piece && piece.tagName === 'img') {
			const [href, alt] = ['src', 'alt'].map((wanted) => piece.attrs.find(({ name }) => name === wanted)?.value);
			if (href) pictures.push({ span, href, ...(alt !== undefined && { alt }) });
		}
	}
	return { comments, pictures };
}

/** Where the characters of a block stand in the text, which may have marks of quotes and more blanks before its lines. */
function placesIn(text: string, from: number, value: string): (offset: number) => number {
	const lines: { local: number; at: number }[] = [];
	let local = 0;
	let at = from;
	for (const line of value.split('\n')) {
		const words = line.trim();
		at = text.indexOf(words, at);
		lines.push({ local: local + line.indexOf(words), at });
		at += words.length;
		local += line.length + 1;
	}
	return (offset) => {
		const line = lines.findLast((each) => each.local <= offset) ?? { local: 0, at: from };
		return line.at + offset - line.local;
	};
}

/** Without what stands between tags that Limn takes for code. */
function piecesBelow(node: HtmlNode): HtmlNode[] {
	if ('tagName' in node && ['pre', 'script', 'style', 'textarea'].includes(node.tagName)) return [];
	return 'childNodes' in node ? [node, ...node.childNodes.flatMap((child) => piecesBelow(child))] : [node];
}

/** Asserts that Limn's reader finds what mdast does, at the same places. */
export function assertSame(text: string): void {
	const { comments, pictures } = readMarkdown(text, 'markdown');
	const seen = partsOfMdast(text);
	assert.deepEqual(
		comments.map(({ span }) => span),
		seen.comments,
		text,
	);
	assert.deepEqual(
		pictures.map(({ span, href, alt }) => [span, href, alt?.text]),
		seen.pictures.map(({ span, href, alt }) => [span, href, alt?.replaceAll('\r\n', '\n')]),
		text,
	);
}
