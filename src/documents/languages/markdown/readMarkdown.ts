import type { Span } from '../../span';
import { Finder } from '../text/finder';
import type { Comment, DocumentParts, PictureLink } from '../language';
import { readBlocks } from './markdownBlocks';
import { definitionsOf } from './markdownDefinitions';
import { readHtmlBlock } from './markdownHtml';
import type { Dialect, LinkDefinition } from './markdownInline';
import { readInline } from './markdownPictures';
import { Passage } from './passage';

/** What every picture and every comment has in it. Blocks without are not looked at more closely: that makes reading fast. */
const signs = {
	markdown: ['![', '<!--', /<[Ii][Mm][Gg]/g],
	mdx: ['![', '/*', /<[\w$.:-]*(?:[Ii]mg|[Ii]mage|[Pp]icture)/g],
};

const frontMatter =
	/\uFEFF?(?:---[ \t]*\r?\n(?:[^]*?\n)??---|\+\+\+[ \t]*\r?\n(?:[^]*?\n)??\+\+\+)[ \t]*(?=\r?(?:\n|$))/y;

/**
 * Pictures and comments of a Markdown or an MDX document: CommonMark with the tables and footnotes of GFM and with front matter. Unlike
 * CommonMark, bare addresses of GFM are text, only the names of characters are known that people write, and blocks end at a depth of 100.
 */
export function readMarkdown(source: string, dialect: Dialect): DocumentParts {
	// A lone CR ends a line, too. The text keeps its length.
	const text = source.includes('\r') ? source.replace(/\r(?!\n)/g, '\n') : source;
	const finder = new Finder(text);
	const hasSign = ({ start, end }: Span) => signs[dialect].some((sign) => finder.next(sign, start) < end);
	if (!hasSign({ start: 0, end: text.length })) return { comments: [], pictures: [] };

	const definitions = new Map<string, LinkDefinition>();
	const found: { isHtml: boolean; pieces: readonly Span[] }[] = [];
	readBlocks(text, startOf(text), dialect, ({ kind, pieces }) => {
		const { definitions: own, rest } =
			kind === 'paragraph' ? definitionsOf(text, pieces) : { definitions: [], rest: pieces };
		for (const [label, definition] of own) if (!definitions.has(label)) definitions.set(label, definition);
		if (rest.some(hasSign)) found.push({ isHtml: kind === 'html', pieces: rest });
	});

	const comments: Comment[] = [];
	const pictures: PictureLink[] = [];
	for (const { isHtml, pieces } of found) {
		const passage = new Passage(text, pieces);
		const parts = isHtml ? passage.partsOf(readHtmlBlock(passage.text)) : readInline(passage, dialect, definitions);
		for (const comment of parts.comments) comments.push(comment);
		for (const picture of parts.pictures) pictures.push(picture);
	}
	return { comments, pictures };
}

/** Where the first line begins that is Markdown: behind the front matter, or the mark of the encoding. */
function startOf(text: string): number {
	frontMatter.lastIndex = 0;
	if (frontMatter.test(text)) return frontMatter.lastIndex;
	return text.startsWith('\uFEFF') ? 1 : 0;
}
