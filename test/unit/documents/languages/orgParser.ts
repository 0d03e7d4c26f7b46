import { parse } from 'uniorg-parse/lib/parser';

/** A picture as uniorg sees it. */
export interface OrgImage {
	/** The link as it stands in the text. */
	readonly span: string;
	/** What `:alt` says in the attributes of its paragraph, for the first link of that; as Emacs reads them. */
	readonly alt: string | undefined;
}

type Block = ReturnType<typeof parse>['children'][number];
type Node = Block | Extract<Block, { type: 'paragraph' }>['children'][number];

/** The links without a description that show a picture, and the words of the comments. */
export function readByUniorg(text: string): { images: OrgImage[]; comments: string[] } {
	const images: OrgImage[] = [];
	const comments: string[] = [];
	const visit = (node: Node, attributes?: readonly string[]): void => {
		if (node.type === 'comment' || node.type === 'comment-block') comments.push(node.value);
		if (node.type === 'link' && node.linkType === 'file' && node.format === 'bracket' && node.children.length === 0) {
			const { start, end } = positionOf(node);
			images.push({ span: text.slice(start, end), alt: altOf(attributes) });
		}
		if (!('children' in node)) return;
		const own = node.type === 'paragraph' ? attributesOf(node.affiliated) : undefined;
		const first = node.children.findIndex(({ type }) => type === 'link');
		for (const [index, child] of node.children.entries()) visit(child, index === first ? own : undefined);
	};
	for (const node of parse(text, { trackPosition: true }).children) visit(node);
	return { images, comments };
}

function positionOf({
	position,
}: Node & { position?: undefined | { start: { offset?: number | undefined }; end: { offset?: number | undefined } } }) {
	return { start: position?.start.offset ?? -1, end: position?.end.offset ?? -1 };
}

function attributesOf(affiliated: object): readonly string[] | undefined {
	const own = Object.entries(affiliated).find(([name]) => name === 'ATTR_HTML')?.[1] as unknown;
	return Array.isArray(own) ? own.map(String) : undefined;
}

/** What `org-export-read-attribute` of Emacs makes of them: keys with what stands between them; `nil` and nothing are nothing. */
function altOf(attributes: readonly string[] | undefined): string | undefined {
	let rest = (attributes ?? []).join(' ');
	let key: string | undefined;
	for (;;) {
		const next = /(?:^|[ \t]+)(:[-a-zA-Z0-9_]+)(?:[ \t]+|$)/.exec(rest);
		const value = next ? rest.slice(0, next.index) : rest;
		if (key === ':alt') return value === '' || value === 'nil' ? undefined : value.replace(/^"("*)"$/, '$1');
		if (!next) return undefined;
		key = next[1];
		rest = rest.slice(next.index + next[0].length);
	}
}
