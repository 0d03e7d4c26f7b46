import type { Span } from '../../span';
import { unescapeMarkdown } from '../text/characterReferences';
import { CommentList } from '../text/commentList';
import { isPictureName } from '../markup/elementPicture';
import { pictureOfTag, type Tag } from './imgTag';
import type { Comment, DocumentParts, PictureLink } from '../language';
import {
	type Definitions,
	type Dialect,
	type InlineSink,
	type Link,
	type LinkTarget,
	scanInline,
} from './markdownInline';
import { plainTextOf } from './markdownText';
import type { Passage } from './passage';

/** Pictures and comments in the text of a block, where they stand in the document. */
export function readInline(passage: Passage, dialect: Dialect, definitions: Definitions): DocumentParts {
	const found = new PictureSink(passage, dialect);
	scanInline(passage.text, dialect, definitions, found);
	return { comments: passage.commentsOf(found.comments()), pictures: found.picturesWith(definitions) };
}

class PictureSink implements InlineSink {
	private readonly words: { readonly span: Span; readonly words: Span }[] = [];
	private readonly pictures: (Link | Tag)[] = [];

	constructor(
		private readonly passage: Passage,
		private readonly dialect: Dialect,
	) {}

	comments(): Comment[] {
		const list = new CommentList(this.passage.text);
		for (const { span, words } of this.words) {
			if (this.dialect === 'mdx') list.addStarred(span, words);
			else list.addBlock(span, words);
		}
		return list.inOrder();
	}

	/** Only now, when it is known which pictures are inside of no other: what is in the alt text of one is text. */
	picturesWith(definitions: Definitions): PictureLink[] {
		return this.pictures.flatMap((picture) => {
			if ('label' in picture) return [this.pictureOfLink(picture, definitions)];
			const found = pictureOfTag(this.passage.text, picture);
			return found ? [this.passage.pictureOf(found)] : [];
		});
	}

	link(link: Link): void {
		if (!link.image) return;
		dropInside(link.span, this.pictures);
		dropInside(link.span, this.words);
		this.pictures.push(link);
	}

	tag(tag: Tag): void {
		if (this.dialect === 'mdx' ? isPictureName(tag.name) : tag.name.toLowerCase() === 'img') this.pictures.push(tag);
	}

	comment(span: Span, words: Span): void {
		this.words.push({ span, words });
	}

	sign(): number {
		return 1;
	}

	code(): void {}
	autolink(): void {}
	escape(): void {}

	private pictureOfLink({ span, label, target }: Link, definitions: Definitions): PictureLink {
		const text = plainTextOf(this.passage.text.slice(label.start, label.end), this.dialect, definitions);
		return {
			span: this.passage.spanOf(span),
			...this.addressOf(target),
			kind: 'url',
			alt: { text, span: this.passage.spanOf(label) },
			lacksAlt: text.trim() === '',
		};
	}

	private addressOf(target: LinkTarget): Pick<PictureLink, 'target' | 'href'> {
		if ('definition' in target) return target.definition;
		const { start, end } = target.destination;
		return { target: this.passage.spanOf({ start, end }), href: unescapeMarkdown(this.passage.text.slice(start, end)) };
	}
}

/** Takes off the end of a list what stands inside of the span. */
function dropInside({ start }: Span, found: { readonly span: Span }[]): void {
	while ((found.at(-1)?.span.start ?? -1) > start) found.pop();
}
