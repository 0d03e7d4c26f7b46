import type { Span } from '../../span';
import type { Comment, DocumentParts, PictureLink } from '../language';

/** Lines of a document that are read together, without what stands before them in quotes: their text, and where it comes from. */
export class Passage {
	readonly text: string;
	/** Where the pieces begin in `text`. */
	private readonly starts: readonly number[];

	/** The lines are whole pieces of the source, in its order; between them is a line's end. */
	constructor(
		source: string,
		private readonly pieces: readonly Span[],
	) {
		const starts: number[] = [];
		let length = 0;
		for (const { start, end } of pieces) {
			starts.push(length);
			length += end - start + 1;
		}
		this.starts = starts;
		this.text = pieces.map(({ start, end }) => source.slice(start, end)).join('\n');
	}

	/** Where the character at `offset` stands in the document. */
	sourceOf(offset: number): number {
		let low = 0;
		let high = this.starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return (this.pieces[low]?.start ?? 0) + offset - (this.starts[low] ?? 0);
	}

	spanOf({ start, end }: Span): Span {
		return { start: this.sourceOf(start), end: this.sourceOf(end) };
	}

	/** What is found in `text`, as it stands in the document. */
	partsOf({ comments, pictures }: DocumentParts): DocumentParts {
		return { comments: this.commentsOf(comments), pictures: pictures.map((picture) => this.pictureOf(picture)) };
	}

	commentsOf(comments: readonly Comment[]): Comment[] {
		return comments.map(({ span, lines }) => ({
			span: this.spanOf(span),
			lines: lines.map((line) => this.spanOf(line)),
		}));
	}

	pictureOf(picture: PictureLink): PictureLink {
		return {
			...picture,
			span: this.spanOf(picture.span),
			target: this.spanOf(picture.target),
			...(picture.alt && { alt: { text: picture.alt.text, span: this.spanOf(picture.alt.span) } }),
		};
	}
}
