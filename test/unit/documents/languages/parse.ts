import markdownIt, { type Token } from 'markdown-it';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

/** A picture as a language's own parser sees it. */
export interface SeenImage {
	/** Where the link leads, decoded, relative to the folder `/dir/` that the document is in. */
	readonly path: string;
	readonly alt: string;
}

const parser = markdownIt({ html: true, linkify: true });

/** Every picture of a Markdown document. */
export function imagesOfMarkdown(text: string): SeenImage[] {
	return flat(parser.parse(text, {}))
		.filter(({ type }) => type === 'image')
		.map((token) => ({
			path: pathOf(String(token.attrGet('src'))),
			alt: parser.renderer.renderInlineAsText(token.children ?? [], parser.options, {}),
		}));
}

/** What a Markdown document consists of, block by block, its text in between. */
export function outlineOfMarkdown(text: string): string[] {
	return parser.parse(text, {}).map(({ type, content }) => `${type} ${content}`.trim());
}

/** Every picture of a piece of HTML. */
export function imagesOfHtml(text: string): (SeenImage & { readonly attributes: Record<string, string> })[] {
	return below(parseFragment(text)).flatMap((node) => {
		if (!('tagName' in node) || node.tagName !== 'img') return [];
		const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
		return [{ path: pathOf(attributes['src'] ?? ''), alt: attributes['alt'] ?? '', attributes }];
	});
}

function flat(tokens: readonly Token[]): Token[] {
	return tokens.flatMap((token) => [token, ...(token.type === 'image' ? [] : flat(token.children ?? []))]);
}

function below(node: DefaultTreeAdapterMap['node']): DefaultTreeAdapterMap['node'][] {
	return 'childNodes' in node ? [node, ...node.childNodes.flatMap(below)] : [node];
}

function pathOf(url: string): string {
	const { pathname, origin, search, hash } = new URL(url, 'https://site.example/dir/document');
	if (origin !== 'https://site.example' || search !== '' || hash !== '') return `outside: ${url}`;
	return decodeURIComponent(pathname.replace(/^\/dir\//, ''));
}
