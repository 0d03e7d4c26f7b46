import assert from 'node:assert/strict';
import { parse as parseAstro } from '@astrojs/compiler/sync';
import { createProcessor } from '@mdx-js/mdx';
import { compileTemplate, parse as parseVue } from '@vue/compiler-sfc';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { parse as parseSvelte } from 'svelte/compiler';
import { languageOf } from '../../src/documents/languages/languages';
import { type LanguageName, languageNames } from '../../src/documents/languages/names';
import { writeReference } from '../../src/documents/languages/writeReference';
import { oneLine } from '../../src/documents/prose';
import { imagesOfAsciidoc } from '../unit/documents/languages/asciidoctor';
import { readByDocutils } from '../unit/documents/languages/docutils';
import { parseJsx } from '../unit/documents/languages/jsxParser';
import { readByUnified } from '../unit/documents/languages/latexParser';
import { readByUniorg } from '../unit/documents/languages/orgParser';
import { imagesOfHtml, imagesOfMarkdown, outlineOfMarkdown } from '../unit/documents/languages/parse';
import { pathOfHref, seenIn } from '../unit/documents/languages/seen';
import { startTypst } from '../unit/documents/languages/typstParser';
import type { Figure } from './figure';
import { payloads } from './payloads';

/** A picture whose name or words somebody hostile chose. Files are UTF-8, so there are no halves of characters. */
interface Written {
	readonly path: string;
	readonly alt: string;
	readonly reference: string;
}

/** Asserts that a document has just the one picture, by a parser that others wrote, and nothing else of the picture's words. */
type Judge = (written: Written) => void | Promise<void>;

/** As it is once it has been in a file. */
function asFile(text: string): string {
	return Buffer.from(text).toString();
}

const names = payloads.map((payload) => asFile(payload).replaceAll('/', '∕').replaceAll('\0', '_').slice(0, 200));
const size = { width: 1024, height: 768 };

const markup: Judge = ({ path, alt, reference }) => {
	const text = `<p>One.</p>${reference}<p>Two.</p>`;
	assert.deepEqual(
		imagesOfHtml(text).map(({ path, alt }) => ({ path, alt })),
		[{ path, alt }],
	);
	assert.deepEqual(tagsOf(text), ['p', 'img', 'p']);
};

function tagsOf(text: string): string[] {
	const below = (node: DefaultTreeAdapterMap['node']): string[] => [
		...('tagName' in node ? [node.tagName] : []),
		...('childNodes' in node ? node.childNodes.flatMap(below) : []),
	];
	return below(parseFragment(text));
}

/** Of a tree of any parser, the kinds of nodes in it. */
function kindsIn(tree: unknown, skipped = /^(?:loc|parent|metadata|position)$/): string[] {
	if (typeof tree !== 'object' || tree === null) return [];
	const own = 'type' in tree && typeof tree.type === 'string' ? [tree.type] : [];
	return Object.entries(tree).reduce(
		(kinds, [key, value]) => (skipped.test(key) ? kinds : kinds.concat(kindsIn(value))),
		own,
	);
}

/** The same kinds of nodes as with harmless words: nothing was made of them. */
function sameKinds(parse: (text: string) => unknown, text: (reference: string) => string, name: LanguageName): Judge {
	const harmless = writeReference(languageOf(idOf(name), ''), { path: 'images/fox.png', alt: 'A fox', ...size });
	const expected = kindsIn(parse(text(harmless)));
	return (written) => {
		// Without words there is no node for them.
		if (written.alt === '') return;
		assert.deepEqual(kindsIn(parse(text(written.reference))), expected, written.reference);
	};
}

function all(...judges: readonly Judge[]): Judge {
	return async (written) => {
		for (const judge of judges) await judge(written);
	};
}

function idOf(wanted: LanguageName): string {
	return languageNames.find(({ name }) => name === wanted)?.ids[0] ?? '';
}

/** The template of a component, which has to compile. */
function vueNodes(text: string): unknown {
	const { descriptor, errors } = parseVue(text, { ignoreEmpty: false });
	assert.deepEqual(errors, []);
	const compiled = compileTemplate({ source: descriptor.template?.content ?? '', filename: 'x.vue', id: 'x' });
	assert.deepEqual(compiled.errors, []);
	return parseFragment(descriptor.template?.content ?? '').childNodes.map(({ nodeName }) => ({ type: nodeName }));
}

/** By language; CSS has no words, and SCSS is read as it is. */
async function judges(): Promise<Readonly<Partial<Record<LanguageName, Judge>>>> {
	const { imagesOf } = await startTypst();
	const mdx = createProcessor({ format: 'mdx' });
	return {
		markdown: ({ path, alt, reference }) => {
			const text = `One.\n\n${reference}\n\nTwo.`;
			assert.deepEqual(imagesOfMarkdown(text), [{ path, alt }]);
			assert.equal(outlineOfMarkdown(text).length, 9);
			assert.equal(imagesOfMarkdown(`One ${reference} two`).length, 1);
		},
		mdx: sameKinds(
			(text) => mdx.parse(text),
			(reference) => `One.\n\n${reference}\n\nTwo.`,
			'mdx',
		),
		html: markup,
		vue: all(
			markup,
			sameKinds(vueNodes, (reference) => `<template>\n${reference}\n</template>`, 'vue'),
		),
		svelte: all(
			markup,
			sameKinds(
				(text) => parseSvelte(text, { modern: true }).fragment,
				(text) => text,
				'svelte',
			),
		),
		astro: all(
			markup,
			sameKinds(
				(text) => parseAstro(text, { position: false }).ast,
				(text) => text,
				'astro',
			),
		),
		jsx: ({ path, alt, reference }) => {
			const { pictures, words } = parseJsx(`const a = <p>${reference}</p>;`);
			assert.deepEqual(
				pictures.map(({ src, alt }) => ({ path: pathOfHref(src), alt })),
				[{ path, alt }],
			);
			assert.deepEqual(words, []);
		},
		asciidoc: async ({ path, alt, reference }) => {
			const images = await imagesOfAsciidoc(`One.\n\n${reference}\n\nTwo.`);
			assert.deepEqual(
				images.map((image) => [pathOfHref(image.src), image.alt]),
				[[path, alt]],
			);
		},
		latex: ({ alt, reference }) => {
			const { images, comments } = readByUnified(`One.\n\n${reference}\n\nTwo.`);
			assert.deepEqual([images.map((image) => image.alt), comments], [[alt], []]);
		},
		typst: async ({ path, alt, reference }) => {
			assert.deepEqual(await imagesOf(`One.\n\n${reference}\n\nTwo.`, [path]), [{ path, alt }]);
		},
		org: ({ alt, reference }) => {
			const { images } = readByUniorg(`One.\n\n${reference}\n\nTwo.`);
			assert.deepEqual(
				images.map((image) => image.alt?.replaceAll('\u200B', '')),
				[alt],
			);
		},
	};
}

/** Every payload as alternative text and as the name of a picture, in every language. */
export async function inDocuments(): Promise<Figure[]> {
	const figures: Figure[] = [];
	const byLanguage = await judges();
	for (const { name } of languageNames) {
		const broken: string[] = [];
		const written = writtenIn(name);
		for (const each of written) {
			try {
				await byLanguage[name]?.(each);
				readBack(name, each);
			} catch (fault) {
				broken.push(`${each.reference.slice(0, 150)}: ${String(fault).slice(0, 300)}`);
			}
		}
		if (name === 'restructuredText') broken.push(...(await brokenInRest(written)));
		figures.push({ scenario: 'S13', what: `references: ${name}`, tried: written.length, broken });
	}
	return figures;
}

/** What a language has no way to say in the name of a file. */
const unsayable: Partial<Record<LanguageName, RegExp>> = {
	latex: /[\p{Cc}"\\]|(?! )\s/gu,
	typst: /\p{Cc}/gu,
	org: /[\p{Cc}\\]|(?! )\s|::/gu,
};

/** Limn’s own alternative texts are shorter by far. */
const longestAlt = 5000;

function writtenIn(name: LanguageName): Written[] {
	const language = languageOf(idOf(name), '');
	const write = (path: string, alt: string): Written => ({
		path,
		alt,
		reference: writeReference(language, { path, alt, ...size }),
	});
	const nameOf = (text: string) => text.replace(unsayable[name] ?? /$^/, '_');
	return payloads.flatMap((payload, index) => [
		write('images/fox.png', oneLine(asFile(payload).slice(0, longestAlt))),
		write(`images/${nameOf(names[index] ?? '')}.png`, 'A fox'),
	]);
}

const around: Partial<Record<LanguageName, readonly [before: string, after: string]>> = {
	css: ['a { background: ', ' }'],
	scss: ['a { background: ', ' }'],
	jsx: ['const a = <p>', '</p>;'],
	vue: ['<template>', '</template>'],
};

/** By Limn's own reader too. */
function readBack(name: LanguageName, { reference, alt }: Written): void {
	const language = languageOf(idOf(name), '');
	const [before, after] = around[name] ?? ['', ''];
	const { pictures, comments } = seenIn(language, `${before}${reference}${after}`);
	assert.equal(pictures.length, 1, reference);
	assert.deepEqual(comments, []);
	if (name !== 'css' && name !== 'scss') assert.equal(pictures[0]?.alt ?? '', alt);
}

/** All in one process. */
async function brokenInRest(written: readonly Written[]): Promise<string[]> {
	const seen = await readByDocutils(written.map(({ reference }) => `One.\n\n${reference}\n\nTwo.`));
	return seen.flatMap(({ images, messages, comments }, index) => {
		const { path, alt, reference } = written[index] ?? { path: '', alt: '', reference: '' };
		const found = images.map((image) => [pathOfHref(image.uri), image.alt]);
		const isRight = JSON.stringify([found, messages, comments]) === JSON.stringify([[[path, alt]], [], []]);
		return isRight ? [] : [`${reference.slice(0, 150)}: ${JSON.stringify([found, messages])}`];
	});
}
