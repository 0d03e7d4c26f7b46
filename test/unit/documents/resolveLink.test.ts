import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { languageOf } from '../../../src/documents/languages/languages';
import { markdown } from '../../../src/documents/languages/markdown';
import { urlOf } from '../../../src/documents/languages/target';
import { writeReference } from '../../../src/documents/languages/writeReference';
import { isWithin, normalizePath } from '../../../src/documents/paths';
import { targetOf } from '../../../src/documents/reach';
import { baseFolders, resolveLink } from '../../../src/documents/resolveLink';
import type { LinkInUse, Site, Surroundings } from '../../../src/documents/sites';
import { anyPath } from './languages/arbitraries';

const page: Surroundings = { document: '/w/docs/page.md', workspaceFolder: '/w', siteRoots: [] };
const hugo: Site = { name: 'Hugo', root: '/w/site', served: [{ folder: '/w/site/static', at: '/', usual: true }] };
const antora: Site = { name: 'Antora', root: '/w', served: [] };
const jekyll: Site = {
	name: 'Jekyll',
	root: '/w',
	served: [
		{ folder: '/w/assets', at: '/assets', usual: true },
		{ folder: '/w', at: '/', usual: false },
	],
};

/** The files that a URL of the page may mean; what it is where it means none. */
function url(href: string, more: Partial<Surroundings> = {}): readonly string[] | string {
	const end = resolveLink({ href, kind: 'url' }, { ...page, ...more });
	return end.kind === 'file' ? end.candidates : end.kind;
}

/** The same for a path in a language that has no URLs. */
function path(href: string, more: Partial<Surroundings> = {}): readonly string[] | string {
	const end = resolveLink({ href, kind: 'path' }, { ...page, ...more });
	return end.kind === 'file' ? end.candidates : end.kind;
}

describe('a link that is a URL', () => {
	const files: readonly (readonly [href: string, file: string])[] = [
		['fox.png', '/w/docs/fox.png'],
		['./images//fox.png', '/w/docs/images/fox.png'],
		['../media/fox.png', '/w/media/fox.png'],
		['../../../../fox.png', '/fox.png'],
		['my%20fox%20%281%29.png', '/w/docs/my fox (1).png'],
		['füchse/fox.png', '/w/docs/füchse/fox.png'],
		['f%C3%BCchse/fox.png', '/w/docs/füchse/fox.png'],
		['a%23b%3Fc%25.png', '/w/docs/a#b?c%.png'],
		['fox.png?v=2', '/w/docs/fox.png'],
		['fox.svg#part', '/w/docs/fox.svg'],
		['fox.png?a#b?c', '/w/docs/fox.png'],
		['100%.png', '/w/docs/100%.png'],
		['%FF%20.png', '/w/docs/%FF%20.png'],
		['%zz%41.png', '/w/docs/%zzA.png'],
		['a\\b.png', '/w/docs/a\\b.png'],
		['a:b.png', '/w/docs/a:b.png'],
		['./https:/x.png', '/w/docs/https:/x.png'],
		['fox', '/w/docs/fox'],
		['/fox.png', '/w/fox.png'],
		['file:///other/my%20fox.png', '/other/my fox.png'],
		['file:/other/fox.png', '/other/fox.png'],
		['file://localhost/fox.png', '/fox.png'],
		['C:/x/fox.png', '/c:/x/fox.png'],
	];
	for (const [href, file] of files) it(`leads to the file: ${href}`, () => assert.deepEqual(url(href), [file]));

	const elsewhere = [
		'http://a.b/fox.png',
		'https://a.b/fox.png',
		'HTTPS://a.b/',
		'//cdn.example/fox.png',
		'data:image/png;base64,AA==',
		'blob:https://x/1',
		'attachment:fox.png',
		'mailto:a@b.c',
		'vscode-vfs://github/a/b.png',
		'file://server/fox.png',
	];
	for (const href of elsewhere) it(`leads away: ${href}`, () => assert.equal(url(href), 'elsewhere'));

	const unknown = [
		'',
		'#part',
		'?a=b',
		'{{ page.image }}',
		'{fox}',
		'${fox}',
		'img/{name}.png',
		'<%= fox %>',
		'{% link fox.png %}',
		'@/assets/fox.png',
		'@site/static/fox.png',
		'~/assets/fox.png',
		'~pkg/fox.png',
	];
	for (const href of unknown) it(`is for the tool to say: ${href}`, () => assert.equal(url(href), 'unknown'));
});

describe('a link from the root', () => {
	it('leads below what the site serves, else below the workspace folder', () => {
		assert.deepEqual(url('/img/fox.png', { site: hugo }), ['/w/site/static/img/fox.png', '/w/img/fox.png']);
		assert.deepEqual(url('/%66ox.png', { site: hugo }), ['/w/site/static/fox.png', '/w/fox.png']);
	});

	it('leads to what is served as a part of the site', () => {
		assert.deepEqual(url('/assets/fox.png', { site: jekyll }), ['/w/assets/fox.png']);
		assert.deepEqual(url('/img/fox.png', { site: jekyll }), ['/w/img/fox.png']);
		assert.deepEqual(url('/assetsx/fox.png', { site: jekyll }), ['/w/assetsx/fox.png']);
	});

	it('may lead below the folders of the setting', () => {
		const siteRoots = ['static', 'assets'];
		assert.deepEqual(url('/fox.png', { siteRoots }), ['/w/static/fox.png', '/w/assets/fox.png', '/w/fox.png']);
		assert.deepEqual(url('/assets/fox.png', { siteRoots }), [
			'/w/static/assets/fox.png',
			'/w/assets/fox.png',
			'/w/assets/assets/fox.png',
		]);
	});

	it('leads nowhere without a workspace folder', () => {
		assert.equal(url('/fox.png', { workspaceFolder: undefined }), 'unknown');
	});

	it('does not leave what is served', () => {
		assert.deepEqual(url('/../../fox.png', { site: jekyll }), ['/w/fox.png']);
	});
});

describe('a link of a document with a base', () => {
	it('begins there', () => {
		assert.deepEqual(url('fox.png', { base: 'images' }), ['/w/docs/images/fox.png']);
		assert.deepEqual(url('fox.png', { base: './my%20images/' }), ['/w/docs/my images/fox.png']);
		assert.deepEqual(url('../fox.png', { base: '../media' }), ['/w/fox.png']);
		assert.deepEqual(url('fox.png', { base: '' }), ['/w/docs/fox.png']);
		assert.deepEqual(path('fox.png', { base: 'images' }), ['/w/docs/images/fox.png']);
	});

	it('may begin at the root', () => {
		assert.deepEqual(url('fox.png', { base: '/img', site: hugo }), ['/w/site/static/img/fox.png', '/w/img/fox.png']);
		assert.deepEqual(baseFolders({ ...page, base: '/', site: hugo }), ['/w/site/static', '/w']);
	});

	it('leads where the base leads', () => {
		assert.equal(url('fox.png', { base: 'https://cdn.example/' }), 'elsewhere');
		assert.equal(url('fox.png', { base: '{docdir}/images' }), 'unknown');
		assert.equal(baseFolders({ ...page, base: 'https://cdn.example/' }), 'elsewhere');
	});

	it('does not begin there where it begins at the root', () => {
		assert.deepEqual(url('/fox.png', { base: 'images' }), ['/w/fox.png']);
	});
});

describe('a link that is a path', () => {
	it('is a name letter by letter', () => {
		assert.deepEqual(path('a%20b?c#d {x}.png'), ['/w/docs/a%20b?c#d {x}.png']);
		assert.deepEqual(path('../a\\b.png'), ['/w/a\\b.png']);
		assert.deepEqual(path('@/fox.png'), ['/w/docs/@/fox.png']);
	});

	it('may lack its extension', () => {
		const endings = ['.png', '.jpg', '.jpeg', '.pdf', '.eps', ''];
		assert.deepEqual(
			path('figures/fox'),
			endings.map((ending) => `/w/docs/figures/fox${ending}`),
		);
		assert.deepEqual(
			path('v1.2/fox'),
			endings.map((ending) => `/w/docs/v1.2/fox${ending}`),
		);
	});

	it('leads away as a URL does', () => {
		assert.equal(path('https://a.b/fox.png'), 'elsewhere');
		assert.equal(path(''), 'unknown');
		assert.equal(path('~/fox.png'), 'unknown');
	});

	it('may begin at the project, at any folder above, or at the disk', () => {
		const deep = { document: '/w/docs/source/deep/page.rst' };
		assert.deepEqual(path('/img/fox.png', deep), [
			'/w/img/fox.png',
			'/w/docs/source/deep/img/fox.png',
			'/w/docs/source/img/fox.png',
			'/w/docs/img/fox.png',
			'/img/fox.png',
		]);
		assert.equal(path('/w/media/fox.png', deep)[0], '/w/media/fox.png');
		assert.deepEqual(path('/x/fox.png', { workspaceFolder: undefined }), ['/w/docs/x/fox.png', '/x/fox.png']);
		assert.deepEqual(path('D:/x/fox.png'), ['/d:/x/fox.png']);
	});
});

describe('a picture of LaTeX', () => {
	const chapter = { document: '/w/book/chapters/one.tex' };

	it('is looked for from the document up to the project, as the main file may be anywhere', () => {
		assert.deepEqual(path('fox.png', chapter), ['/w/book/chapters/fox.png', '/w/book/fox.png', '/w/fox.png']);
		assert.deepEqual(path('a/fox', chapter).slice(5, 7), ['/w/book/chapters/a/fox', '/w/book/a/fox.png']);
		assert.deepEqual(path('fox.png', { ...chapter, workspaceFolder: undefined }), ['/w/book/chapters/fox.png']);
		assert.deepEqual(path('fox.png', { ...chapter, workspaceFolder: '/x' }), ['/w/book/chapters/fox.png']);
		assert.deepEqual(path('fox.png', { document: '/w/a.TEX' }), ['/w/fox.png']);
	});

	it('is looked for in the folders that the document names', () => {
		const main = { document: '/w/main.tex', base: '{figures/} { ../img }{\\dir/}{/abs/}' };
		assert.deepEqual(path('fox.png', main), ['/w/fox.png', '/w/figures/fox.png', '/img/fox.png', '/abs/fox.png']);
		assert.deepEqual(path('fox.png', { ...chapter, base: '{figures/}' }).slice(0, 3), [
			'/w/book/chapters/fox.png',
			'/w/book/chapters/figures/fox.png',
			'/w/book/fox.png',
		]);
	});

	it('is not known where only TeX can fill its name in', () => {
		assert.equal(path('{\\figdir/fox}', chapter), 'unknown');
		assert.equal(path('{#1}', chapter), 'unknown');
		assert.deepEqual(path('a#b\\c.png', { document: '/w/a.tex' }), ['/w/a#b\\c.png']);
	});

	it('may be one that LaTeX brings', () => {
		for (const name of ['example-image', 'example-image-a', 'example-image-16x9.pdf', 'example-grid-100x100pt'])
			assert.equal(path(name, chapter), 'elsewhere', name);
		assert.notEqual(path('example-images', chapter), 'elsewhere');
		assert.notEqual(path('img/example-image', chapter), 'elsewhere');
		assert.deepEqual(path('example-image.png'), ['/w/docs/example-image.png']);
	});
});

describe('a picture of Antora', () => {
	const site: Site = { name: 'Antora', root: '/w/docs', served: [] };
	const document = '/w/docs/modules/ROOT/pages/deep/a.adoc';

	it('is one of the module, else one beside the page', () => {
		assert.deepEqual(url('b/fox.png', { site, document }), [
			'/w/docs/modules/ROOT/images/b/fox.png',
			'/w/docs/modules/ROOT/pages/deep/b/fox.png',
		]);
		const partial = '/w/docs/modules/api/partials/a.adoc';
		assert.equal(url('fox.png', { site, document: partial })[0], '/w/docs/modules/api/images/fox.png');
	});

	it('is so in its pages only', () => {
		for (const other of ['modules/ROOT/nav.adoc', 'a/modules/ROOT/pages/a.adoc', 'modules/ROOT/pages/a.md'])
			assert.equal(url('fox.png', { site, document: `/w/docs/${other}` }).length, 1, other);
		assert.deepEqual(url('fox.png', { document }), ['/w/docs/modules/ROOT/pages/deep/fox.png']);
	});

	it('is so whatever folder the page names for its other readers', () => {
		const [inModule = '', ...others] = url('fox.png', { site, document, base: '../../img' });
		assert.equal(inModule, '/w/docs/modules/ROOT/images/fox.png');
		assert.deepEqual(others, ['/w/docs/modules/ROOT/img/fox.png']);
		assert.deepEqual(url('fox.png', { site, document, base: 'https://a.example/' }), [inModule]);
	});
});

/** Where the links of a document begin at the root of a site, none leads out of what is served. */
function isOutOfReach(picture: string, around: Surroundings): boolean {
	const folders = baseFolders(around);
	if (!around.base?.startsWith('/')) return false;
	return typeof folders === 'string' || !folders.some((folder) => isWithin(picture, folder));
}

function below(folder: string): fc.Arbitrary<string> {
	return anyPath.map((rest) => normalizePath(`${folder}/${rest}`)).filter((path) => path !== '/');
}

describe('the way to a picture and back', () => {
	const anywhere = fc
		.constantFrom('/', '/w', '/w/docs', '/w/site', '/w/site/static', '/w/assets', '/w/modules/a/images', '/c:/x')
		.chain(below);
	const surroundings = fc.record({
		document: fc.oneof(anywhere, fc.constantFrom('/w/modules/a/pages/b/c.adoc', '/w/book/chapters/one.tex')),
		workspaceFolder: fc.constantFrom('/', '/w', undefined),
		site: fc.constantFrom(hugo, jekyll, antora, undefined),
		siteRoots: fc.subarray(['static', 'assets', 'docs', '.']),
		base: fc.constantFrom(undefined, '', 'images', '../x/', '/', '/img', '/assets/'),
	});
	const links: fc.Arbitrary<readonly LinkInUse[]> = fc.array(fc.record({ path: anywhere, rooted: fc.boolean() }));

	/** Files that Org and style sheets take for pictures. */
	const pictures = anywhere.map((path) => `${path}.png`);
	/** Files that LaTeX and Org can name. */
	const plainPictures = pictures.map((path) => path.replace(/[\p{Cc}\p{Zl}\p{Zp}"]|::+|(?! )\s| $/gu, '_'));

	/** What stands around a reference, where it cannot stand alone. */
	const contexts: Readonly<Record<string, readonly [string, string]>> = {
		vue: ['<template>', '</template>'],
		typescriptreact: ['const a = ', ';'],
		css: ['a { background: ', '; }'],
		scss: ['a { background: ', '; }'],
	};
	const ids = ['markdown', 'mdx', 'html', 'vue', 'svelte', 'astro', 'typescriptreact', 'restructuredtext', 'asciidoc'];
	for (const id of [...ids, 'latex', 'typst', 'org', 'css', 'scss']) {
		const language = languageOf(id, '');
		const [before, after] = contexts[id] ?? ['', '\n'];

		it(`ends where it began in ${id}`, () => {
			fc.assert(
				fc.property(
					id === 'latex' || id === 'org' ? plainPictures : pictures,
					surroundings,
					links,
					(picture, around, inUse) => {
						const plain = { ...around, base: undefined };
						const target = targetOf(picture, language, plain, [inUse]);
						if (!target) return;
						const text = before + writeReference(language, { ...target, alt: 'A fox', width: 2, height: 1 }) + after;
						const [link, ...more] = language.read?.(text).pictures ?? [];
						assert.ok(link && more.length === 0, text);
						const end = resolveLink(link, plain);
						assert.ok(end.kind === 'file' && end.candidates.includes(picture), `${text} ${JSON.stringify(end)}`);
					},
				),
				{ numRuns: 500 },
			);
		});
	}

	it('ends where it began, wherever the document’s links begin', () => {
		fc.assert(
			fc.property(anywhere, surroundings, links, fc.boolean(), (picture, around, inUse, isUrl) => {
				const language = isUrl ? markdown : languageOf('yaml', '');
				const path = targetOf(picture, language, around, [inUse])?.path;
				if (path === undefined || isOutOfReach(picture, around)) return;
				const end = resolveLink({ href: isUrl ? urlOf(path) : path, kind: isUrl ? 'url' : 'path' }, around);
				assert.ok(end.kind === 'file' && end.candidates.includes(picture), `${path} ${JSON.stringify(end)}`);
			}),
			{ numRuns: 2000 },
		);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('url', 'path'), surroundings, (href, kind, around) => {
				const end = resolveLink({ href, kind }, around);
				if (end.kind === 'file')
					assert.ok(end.candidates.length > 0 && end.candidates.every((each) => each.startsWith('/')));
			}),
		);
	});
});
