import assert from 'node:assert/strict';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createProcessor } from '@mdx-js/mdx';
import { parse as parseCss, walk } from 'css-tree';
import markdownIt from 'markdown-it';
import { type DefaultTreeAdapterMap, parse as parseHtml } from 'parse5';
import { commands } from 'vscode';
import * as z from 'zod';
import { sniff } from '../../src/image/sniff';
import { imagesOfAsciidoc } from '../unit/documents/languages/asciidoctor';
import { readByUnified } from '../unit/documents/languages/latexParser';
import { parseResult } from './contract';
import { filesBelow, folder } from './workspace';

const source = 'test/site';

/** The URLs of the pictures in HTML. */
function srcs(html: string): string[] {
	const below = (node: DefaultTreeAdapterMap['node']): string[] => [
		...('tagName' in node && node.tagName === 'img'
			? node.attrs.flatMap(({ name, value }) => (name === 'src' ? value : []))
			: []),
		...('childNodes' in node ? node.childNodes.flatMap(below) : []),
	];
	return below(parseHtml(html));
}

const fromMarkdown = (text: string): string[] => srcs(markdownIt({ html: true }).render(text));

function fromMdx(text: string): string[] {
	const below = (node: MdxNode): string[] => [
		...(node.type === 'image' && node.url !== undefined ? [node.url] : []),
		...(node.children ?? []).flatMap(below),
	];
	return below(createProcessor().parse(text));
}

/** As much of a syntax tree as is looked at. */
interface MdxNode {
	readonly type: string;
	readonly url?: string;
	readonly children?: readonly MdxNode[];
}

function fromCss(text: string): string[] {
	const urls: string[] = [];
	walk(parseCss(text), (node) => {
		if (node.type === 'Url') urls.push(node.value);
	});
	return urls;
}

const notebook = z.object({
	cells: z.array(z.object({ cell_type: z.string(), source: z.string().or(z.array(z.string())) })),
});

function fromNotebook(text: string): string[] {
	const { cells } = notebook.parse(JSON.parse(text));
	const written = cells.filter(({ cell_type: type }) => type === 'markdown');
	return written.flatMap(({ source: lines }) => fromMarkdown([lines].flat().join('')));
}

/** How each kind of document is rendered by its own processor: the URLs of its pictures. */
const renderers: Readonly<Record<string, (text: string) => string[] | Promise<string[]>>> = {
	'.md': (text) => fromMarkdown(text.replace(/^(---|\+\+\+)\n[^]*?\n\1\n/, '')),
	'.mdx': fromMdx,
	'.html': srcs,
	'.css': fromCss,
	'.ipynb': fromNotebook,
	'.adoc': async (text) => (await imagesOfAsciidoc(text)).map(({ src }) => src),
	'.tex': (text) => readByUnified(text).images.map((image) => encodeURI(image.path)),
};

/** What each site serves as its root, as its own generator does. */
const served: Readonly<Record<string, string>> = { website: 'website/static', blog: 'blog/static' };

describe('a site in folders', () => {
	let base = '';

	before(async () => {
		base = path.join(folder(0), 'sample site');
		await cp(source, base, { recursive: true });
	});
	after(async () => rm(base, { recursive: true }));

	it('is built from its recipes, and every picture is where each language’s own processor looks for it', async () => {
		const scope = { scope: 'workspace', only: 'missing', silent: true };
		const { images, failures } = parseResult(await commands.executeCommand('limn.buildImages', scope));
		const own = images.filter(({ uri }) => uri.includes('sample%20site'));
		assert.deepEqual(
			failures.filter(({ message }) => message.includes('sample site')),
			[],
		);
		const documents = (await filesBelow(base)).filter((file) => renderers[path.extname(file)]);
		let found = 0;
		for (const document of documents) {
			const text = await readFile(path.join(base, document), 'utf8');
			const urls = (await renderers[path.extname(document)]?.(text)) ?? [];
			assert.ok(urls.length > 0, document);
			for (const url of urls) {
				const file = fileOf(document, url);
				assert.ok(sniff(await readFile(path.join(base, file))), `${document}: ${url}`);
				found++;
			}
		}
		assert.deepEqual([documents.length, found], [9, 13]);
		// The picture of the document that no JavaScript parser reads is among them.
		assert.equal(own.length, found + 1);
	});

	it('has nothing to be made a second time, and nothing to be found fault with', async () => {
		const again = await commands.executeCommand('limn.buildImages', {
			scope: 'workspace',
			only: 'missing',
			silent: true,
		});
		assert.deepEqual(
			parseResult(again).images.filter(({ uri }) => uri.includes('sample%20site')),
			[],
		);
		const { findings } = z
			.object({ findings: z.array(z.object({ uri: z.string(), message: z.string() })) })
			.parse(await commands.executeCommand('limn.checkImages', { scope: 'workspace' }));
		assert.deepEqual(
			findings.filter(({ uri }) => uri.includes('sample%20site')),
			[],
		);
	});

	it('differs from its source in the notes alone', async () => {
		for (const file of await filesBelow(source)) {
			const before = await readFile(path.join(source, file), 'utf8');
			const after = await readFile(path.join(base, file), 'utf8');
			const plain = after.replace(/ made=[0-9a-f]{12}-[0-9a-f]{12}/g, '');
			assert.equal(plain, before, file);
		}
	});
});

/** The file that a document's URL leads to. */
function fileOf(document: string, url: string): string {
	const { pathname } = new URL(url, `https://site.example/${encodeURI(document)}`);
	const file = decodeURIComponent(pathname.slice(1));
	const root = served[document.split('/')[0] ?? ''];
	return url.startsWith('/') && root !== undefined ? path.join(root, file) : file;
}
