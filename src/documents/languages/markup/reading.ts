import { CommentList } from '../text/commentList';
import type { Attribute } from './elementPicture';
import type { DocumentParts, PictureLink } from '../language';

/** What an element holds. `markup`: other elements. `text`: nothing that is read. */
export type Content = 'markup' | 'text' | 'script' | 'tsx' | 'style' | 'lined style';

/** How a language writes elements and the code between them. */
export interface Dialect {
	/** What follows `<` or `</` where that begins a tag: one character. */
	readonly elementStart: RegExp;
	/** Names of elements. */
	readonly tagName: RegExp;
	/** Capitals mean nothing in names: they are read as small letters. */
	readonly caseless?: true;
	/** Names of attributes. */
	readonly attributeName: RegExp;
	/** Values of attributes that stand in no quotes; absent: there are none. */
	readonly bareValue?: RegExp;
	/** What `{` between tags begins: code, or with another one text that is filled in. */
	readonly braces: 'code' | 'mustache' | 'text';
	/** `{/name}` ends what `{#name …}` begins. */
	readonly blocks?: true;
	/** An attribute or its value may be code in braces; `quotes`: also within the quotes of a value. */
	readonly attributeCode?: 'braces' | 'quotes';
	/** Comments of scripts may stand in tags. */
	readonly tagComments?: true;
	/** `<!-- … -->` is a comment, and what else begins with `<!`, `<?` or `</` is no text. */
	readonly declarations: boolean;
	/** Elements stand in code. `always`: wherever a letter follows a `<`. `typed`: where a value begins, and it is no list of types. */
	readonly elements?: 'always' | 'typed';
	/** Elements that have no end tag. */
	readonly isVoid: (name: string) => boolean;
	readonly isPicture: (name: string) => boolean;
	/** Elements that change what others hold. */
	readonly counted?: ReadonlySet<string>;
	/** The rest of most tags, behind the name, where nothing in it matters. */
	readonly plainTag: RegExp;
	/** Whether attributes of an element matter. */
	readonly heeds: (name: string) => boolean;
	/** What an element holds that begins with this tag. */
	readonly contentOf: (tag: OpenedTag) => Content;
	/** The name that an attribute gets whose own name says that its value is code. */
	readonly boundName?: (name: string) => string | undefined;
}

/** The tag that begins an element. */
export interface OpenedTag {
	readonly name: string;
	/** How many counted elements are open. */
	readonly depth: number;
	/** It ends with `/>`. */
	readonly closed: boolean;
	/** What an attribute says; `undefined`: it is not there. */
	readonly valueOf: (attribute: string) => string | undefined;
}

/** A tag as far as it is read. */
export interface Tag {
	/** Where `<` stands. */
	readonly start: number;
	readonly name: string;
	/** `</name>`. */
	readonly ends: boolean;
	/** All of them only where the dialect heeds them. */
	readonly attributes: Attribute[];
}

/** What the text around a place is, from the outside in. */
export type Frame =
	/** Between tags; `open`: elements that are to be closed before the frame ends. */
	| { readonly mode: 'markup'; open: number }
	/** `start` is behind the brace that began it; `block`: statements, else a value. */
	| { readonly mode: 'code'; readonly start: number; readonly block: boolean }
	/** In a template literal. */
	| { readonly mode: 'template' }
	/** In a tag, behind its name. */
	| { readonly mode: 'tag'; readonly tag: Tag }
	/** In a value with code in it. */
	| { readonly mode: 'quoted'; readonly quote: '"' | "'" }
	/** Behind the tag of an element that holds no elements. */
	| { readonly mode: 'raw'; readonly name: string; readonly content: Content };

export type FrameOf<Mode extends Frame['mode']> = Extract<Frame, { mode: Mode }>;

const endTag = /<\/([\w$.:\u0080-\uffff-]+)/g;

/** A text while it is read once from its beginning to its end. */
export class Reading {
	at: number;
	/** What the text at `at` is; never empty. */
	readonly frames: Frame[];
	readonly comments: CommentList;
	readonly pictures: PictureLink[] = [];
	/** The address in the first `<base>`. */
	base?: string;
	/** Counted elements that are open. */
	depth = 0;
	/** In code before the document, which ends with `---`; there are no elements in it. */
	fenced = false;
	/** The last brace that was closed in code ended a block. */
	closedBlock = false;
	/** The last comments in code with nothing between them: where they begin and end. */
	readonly gap = { start: -1, end: -1 };
	/** Behind the last regular expression. */
	expressionEnd = -1;
	/** No regular expression begins before this. */
	noExpressionBefore = 0;
	#endTags: ReadonlyMap<string, number> | undefined;

	constructor(
		readonly text: string,
		readonly dialect: Dialect,
		root: 'markup' | 'code',
		comments = new CommentList(text),
		at = 0,
	) {
		this.comments = comments;
		this.at = at;
		// The root is never closed.
		this.frames = [root === 'markup' ? { mode: 'markup', open: Infinity } : { mode: 'code', start: at, block: true }];
	}

	/** Where the text has its last end tag of each name. */
	get endTags(): ReadonlyMap<string, number> {
		this.#endTags ??= new Map(Array.from(this.text.matchAll(endTag), ({ index, 1: name = '' }) => [name, index]));
		return this.#endTags;
	}

	/** Those of a longer text that begins with this one. */
	set endTags(known: ReadonlyMap<string, number>) {
		this.#endTags = known;
	}

	get parts(): DocumentParts {
		return {
			comments: this.comments.inOrder(),
			pictures: this.pictures.sort((one, other) => one.span.start - other.span.start),
		};
	}
}
