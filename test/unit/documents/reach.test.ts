import assert from 'node:assert/strict';
import { html } from '../../../src/documents/languages/html';
import { languageOf } from '../../../src/documents/languages/languages';
import { languageIds } from '../../../src/documents/languages/names';
import { markdown } from '../../../src/documents/languages/markdown';
import { speaksOfSites, targetOf } from '../../../src/documents/reach';
import type { Site, Surroundings } from '../../../src/documents/sites';

const page: Surroundings = { document: '/w/docs/page.md', workspaceFolder: '/w', siteRoots: [] };
const vite: Site = { name: 'Vite', root: '/w', served: [{ folder: '/w/public', at: '/', usual: true }] };

/** How the page reaches a picture. */
function reach(picture: string, more: Partial<Surroundings> = {}, language = markdown): string | undefined {
	return targetOf(picture, language, { ...page, ...more }, [])?.path;
}

describe('the way from a document to a picture', () => {
	it('is relative', () => {
		assert.equal(reach('/w/docs/fox.png'), 'fox.png');
		assert.equal(reach('/w/docs/images/fox.png'), 'images/fox.png');
		assert.equal(reach('/w/media/a b#ü.png'), '../media/a b#ü.png');
		assert.equal(reach('/w/public/fox.png'), '../public/fox.png');
	});

	it('is none between two drives', () => {
		assert.equal(reach('/d:/fox.png', { document: '/c:/w/page.md' }), undefined);
		assert.equal(reach('/C:/w/fox.png', { document: '/c:/w/page.md' }), 'fox.png');
	});

	it('begins at the root of a site', () => {
		assert.equal(reach('/w/public/img/fox.png', { site: vite }), '/img/fox.png');
		assert.equal(reach('/w/src/fox.png', { site: vite }), '../src/fox.png');
	});

	it('is never taken for a scheme, a home folder or an alias', () => {
		assert.equal(reach('/w/docs/https:/fox.png'), './https:/fox.png');
		assert.equal(reach('/w/docs/c:/fox.png'), './c:/fox.png');
		assert.equal(reach('/w/docs/~/fox.png'), './~/fox.png');
		assert.equal(reach('/w/docs/@/fox.png'), './@/fox.png');
		assert.equal(reach('/w/docs/a/b:c.png'), 'a/b:c.png');
	});

	it('begins where the document says', () => {
		assert.equal(reach('/w/docs/images/fox.png', { base: 'images' }), 'fox.png');
		assert.equal(reach('/w/docs/fox.png', { base: './images/' }), '../fox.png');
		assert.equal(reach('/w/media/fox.png', { base: '../media' }), 'fox.png');
		assert.equal(reach('/w/public/fox.png', { base: 'images', site: vite }), '/fox.png');
	});

	it('begins at the root where the document says so, if it leads there from the root at all', () => {
		const readme = { document: '/w/README.md', site: vite, base: '/img' };
		assert.equal(reach('/w/public/img/a/fox.png', readme), 'a/fox.png');
		assert.equal(reach('/w/public/fox.png', readme), '/fox.png');
		assert.equal(reach('/w/media/fox.png', readme), 'media/fox.png');
	});

	it('begins where Antora looks for pictures, if it is there', () => {
		const site: Site = { name: 'Antora', root: '/w', served: [] };
		const own = { document: '/w/modules/ROOT/pages/a/page.adoc', site };
		const asciidoc = languageOf('asciidoc', '');
		assert.equal(reach('/w/modules/ROOT/images/b/fox.png', own, asciidoc), 'b/fox.png');
		assert.equal(reach('/w/modules/ROOT/pages/fox.png', own, asciidoc), '../fox.png');
		assert.equal(
			reach('/w/modules/ROOT/images/fox.png', { ...own, document: '/w/a.adoc' }, asciidoc),
			'modules/ROOT/images/fox.png',
		);
	});

	it('begins at a document of LaTeX, wherever else pictures are looked for', () => {
		const main = { document: '/w/book/main.tex', base: '{figures/}' };
		assert.equal(reach('/w/book/figures/fox.png', main, languageOf('latex', '')), 'figures/fox.png');
		assert.equal(reach('/w/fox.png', main, languageOf('latex', '')), '../fox.png');
	});

	it('is that of papers in Markdown which are no pages of the site', () => {
		const site = { ...vite, markdownPages: /^content\// };
		assert.equal(reach('/w/public/fox.png', { site }), '../public/fox.png');
		assert.equal(reach('/w/public/fox.png', { site }, html), '/fox.png');
		assert.equal(reach('/w/public/fox.png', { site, document: '/w/content/page.md' }), '/fox.png');
	});

	it('does without a base that leads away', () => {
		for (const base of ['https://cdn.example/img/', '{docdir}/images', '//cdn']) {
			assert.equal(reach('/w/docs/fox.png', { base }), 'fox.png', base);
			assert.equal(reach('/w/static/fox.png', { base, siteRoots: ['static'] }), '/fox.png', base);
		}
	});
});

describe('the languages of sites', () => {
	it('are those that read URLs', () => {
		assert.ok(speaksOfSites(html) && speaksOfSites(markdown));
		assert.ok(!speaksOfSites(languageOf('yaml', 'x.yaml')));
		const none = languageIds.filter((id) => !speaksOfSites(languageOf(id, '')));
		assert.deepEqual(none, ['restructuredtext', 'rst', 'latex', 'tex', 'typst', 'org']);
	});

	it('are no others', () => {
		const plain = languageOf('yaml', 'x.yaml');
		assert.equal(reach('/w/public/fox.png', { site: vite }, plain), '../public/fox.png');
		assert.equal(reach('/w/static/fox.png', { base: 'https://x/', siteRoots: ['static'] }, plain), '../static/fox.png');
	});
});
