import assert from 'node:assert/strict';
import { convert } from '@asciidoctor/core';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

/** A picture in the HTML that Asciidoctor makes of a document. */
export interface AsciidocImage {
	/** As it stands there: a URL, possibly with `imagesdir` before it. */
	readonly src: string;
	readonly alt: string;
	readonly width: string | undefined;
	readonly height: string | undefined;
}

/** The pictures of a document, in order. */
export async function imagesOfAsciidoc(text: string): Promise<AsciidocImage[]> {
	const html = await convert(text, { safe: 'safe', standalone: false });
	assert.ok(typeof html === 'string');
	return below(parseFragment(html)).flatMap((node) => {
		if (!('tagName' in node) || node.tagName !== 'img') return [];
		const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
		return [
			{
				src: attributes.get('src') ?? '',
				alt: attributes.get('alt') ?? '',
				width: attributes.get('width'),
				height: attributes.get('height'),
			},
		];
	});
}

function below(node: DefaultTreeAdapterMap['node']): DefaultTreeAdapterMap['node'][] {
	return 'childNodes' in node ? [node, ...node.childNodes.flatMap(below)] : [node];
}
