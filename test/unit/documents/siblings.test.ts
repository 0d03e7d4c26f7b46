import assert from 'node:assert/strict';
import type { DocumentLanguage, PictureLink } from '../../../src/documents/languages/language';
import { markdown } from '../../../src/documents/languages/markdown';
import { linksInUse } from '../../../src/documents/siblings';
import type { Site, Surroundings } from '../../../src/documents/sites';

const site: Site = { name: 'Vite', root: '/w', served: [{ folder: '/w/public', at: '/', usual: true }] };
const around: Surroundings = { document: '/w/page.md', workspaceFolder: '/w', site, siteRoots: ['static'] };

/** A language whose documents are a link a line, with a base where a line says so. */
const lines: DocumentLanguage = {
	...markdown,
	read: (text) => ({ comments: [], pictures: text.split('\n').map(linkOf) }),
	baseOf: (text) => /^base (.*)$/m.exec(text)?.[1],
};

function linkOf(href: string): PictureLink {
	return { href, kind: 'url', span: { start: 0, end: 0 }, target: { start: 0, end: 0 }, lacksAlt: false };
}

/** The links of a document in `/w/docs`, where these files are. */
async function inUse(text: string, files: readonly string[], path = '/w/docs/other.md') {
	const asked: string[] = [];
	const links = await linksInUse({ path, text, language: lines }, around, async (file) => {
		asked.push(file);
		return files.includes(file);
	});
	return { links, asked };
}

describe('the links that are in use', () => {
	it('are those to files below a served folder', async () => {
		const text = '/img/fox.png\n../public/hen.png\nnear.png\nhttps://a.b/c.png';
		const files = ['/w/public/img/fox.png', '/w/public/hen.png', '/w/docs/near.png'];
		assert.deepEqual((await inUse(text, files)).links, [
			{ path: '/w/public/img/fox.png', rooted: true },
			{ path: '/w/public/hen.png', rooted: false },
		]);
	});

	it('are only those whose files are there', async () => {
		const { links, asked } = await inUse('/fox.png\nnear.png', ['/w/static/fox.png']);
		assert.deepEqual(links, [{ path: '/w/static/fox.png', rooted: true }]);
		assert.deepEqual(asked, ['/w/public/fox.png', '/w/static/fox.png']);
		assert.deepEqual((await inUse('/fox.png', [])).links, []);
	});

	it('begin where that document says', async () => {
		const { links } = await inUse('base ../public/img\nfox.png', ['/w/public/img/fox.png']);
		assert.deepEqual(links, [{ path: '/w/public/img/fox.png', rooted: false }]);
	});

	it('are not looked for without end', async () => {
		const text = Array.from({ length: 1000 }, (_, index) => `/${index}.png`).join('\n');
		assert.ok((await inUse(text, [])).asked.length <= 60);
	});

	it('are none in a language that is not read', async () => {
		const { read: _, ...unread } = markdown;
		const none = await linksInUse(
			{ path: '/w/a.md', text: '![](/fox.png)', language: unread },
			around,
			async () => true,
		);
		assert.deepEqual(none, []);
	});
});
