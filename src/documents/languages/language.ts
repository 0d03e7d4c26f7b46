import type { Span } from '../span';
import type { ReferenceTarget } from './target';

/** A language that documents are written in: how it shows pictures, and how it hides words. */
export interface DocumentLanguage {
	/** How references are written. */
	readonly reference: ReferenceForm;
	/** Whether a picture stands as a block of its own there, with a blank line around it. */
	readonly block: boolean;
	/** Finds pictures and comments. Absent: the language's documents are not read. */
	readonly read?: ReadDocument;
	/** Around a recipe that is written anew. Absent with `read`. */
	readonly comment?: { readonly open: string; readonly close: string };
	/** Where the document says that its references begin (AsciiDoc's `imagesdir`, HTML's `base`, LaTeX's `\graphicspath` with its folders in their braces): as written there, a path or URL. */
	readonly baseOf?: (text: string) => string | undefined;
}

/** A reference as a template, and what its variables are encoded by. */
export interface ReferenceForm {
	/** With `${src}`, `${alt}`, `${width}`, `${height}` (pixels); may have several lines. */
	readonly template: string;
	/** For a picture that is decoration, where that is not the template with an empty `${alt}`. */
	readonly decorative?: string;
	/** In a line of text, where that is another form than on a line of its own. */
	readonly inline?: string;
	/** Pictures stand on lines of their own only. */
	readonly onlyBlock?: true;
	readonly src: (target: ReferenceTarget) => string;
	/** Alt text is one line, see `oneLine` of prose. */
	readonly alt: (text: string) => string;
}

/** Everything in a text that Limn looks at, in the order of the text. Code, other than of pictures, is passed over: fences, listings, strings. */
export interface DocumentParts {
	readonly comments: readonly Comment[];
	readonly pictures: readonly PictureLink[];
}

/** Pure and linear in the length of the text; never throws, whatever the text. */
export type ReadDocument = (text: string) => DocumentParts;

/** A comment. Line comments on neighbouring lines are one; a line whose words begin with `limn:` begins another. */
export interface Comment {
	/** With its marks, as far as `lines` go. */
	readonly span: Span;
	/** The comment's words line by line, without the marks at the beginning and the end and without white space around them. */
	readonly lines: readonly Span[];
}

/** A picture that a document shows. */
export interface PictureLink {
	/** The whole reference: `![a fox](fox.png)`, `<img …>`, `url("…")`. */
	readonly span: Span;
	/** The destination as it is written, without the marks around it. */
	readonly target: Span;
	/** The destination with the language's escapes taken off; where the language reads URLs still percent-encoded. */
	readonly href: string;
	/** `url`: percent-encoding, `?` and `#` mean what they mean in URLs. `path`: they are letters of the name. */
	readonly kind: 'url' | 'path';
	/**
	 * What stands for the picture where it cannot be seen: text without escapes, possibly empty; and where it is written, without the marks around it.
	 * Absent: the reference says nothing.
	 */
	readonly alt?: { readonly text: string; readonly span: Span };
	/** A reader who cannot see the picture is told nothing though the language has a way to say it; not so where decoration is said as such. */
	readonly lacksAlt: boolean;
}
