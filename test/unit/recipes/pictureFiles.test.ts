import assert from 'node:assert/strict';
import { markdown } from '../../../src/documents/languages/markdown';
import { html } from '../../../src/documents/languages/html';
import type { DocumentLanguage, PictureLink } from '../../../src/documents/languages/language';
import { type Home, PictureDigests, PictureLookup } from '../../../src/recipes/pictureFiles';
import { MemoryTree } from './memoryTree';

const inFolder: Home = { workspaceFolder: '/w', siteRoots: ['static'] };

function lookupIn(tree: MemoryTree, home: Home = inFolder): PictureLookup {
	return new PictureLookup({ tree, homeOf: () => home, hash: async () => 'ff' });
}

function linkTo(href: string): PictureLink {
	return { span: { start: 0, end: 0 }, target: { start: 0, end: 0 }, href, kind: 'url', lacksAlt: false };
}

/** What a link of `/w/docs/a.md` may mean. */
async function candidates(href: string, tree: MemoryTree, text = '', language: DocumentLanguage = markdown) {
	return lookupIn(tree).candidates(linkTo(href), { path: '/w/docs/a.md', text, language });
}

describe('the files that a link may mean', () => {
	it('are those beside the document, and none on a server or in a template', async () => {
		const tree = new MemoryTree({ '/w/docs/a.md': '' });
		assert.deepEqual(await candidates('x/a%20b%23%C3%BC.png', tree), ['/w/docs/x/a b#ü.png']);
		assert.equal(await candidates('https://example.org/a.png', tree), undefined);
		assert.equal(await candidates('{{ a }}.png', tree), undefined);
	});

	it('are those of the site where the link begins at its root', async () => {
		const tree = new MemoryTree({ '/w/docs/a.md': '', '/w/docusaurus.config.js': '', '/w/static/x.png': '' });
		const [first] = (await candidates('/x.png', tree)) ?? [];
		assert.equal(first, '/w/static/x.png');
	});

	it('are those of folders that a site may have, as far as they are there', async () => {
		const link = linkTo('/x.png');
		const document = { path: '/w/docs/a.md', text: '', language: markdown };
		const home = { workspaceFolder: '/w', siteRoots: ['static', 'public', 'docs/public'] };
		const tree = new MemoryTree({ '/w/docs/a.md': '', '/w/docs/public/y.png': '' });
		const found = await lookupIn(tree, home).candidates(link, document);
		assert.deepEqual(found, ['/w/docs/public/x.png', '/w/x.png']);
	});

	it('are those below the base that the document names', async () => {
		const tree = new MemoryTree({ '/w/docs/a.md': '' });
		assert.deepEqual(await candidates('x.png', tree, '<base href="../images/">', html), ['/w/images/x.png']);
	});

	it('need no look at any folder while links are relative', async () => {
		const tree = new MemoryTree({ '/w/docs/a.md': '', '/w/hugo.toml': '' });
		await candidates('x.png', tree);
		assert.deepEqual(tree.asked, []);
	});

	it('are found without a workspace folder too', async () => {
		const tree = new MemoryTree({ '/w/docs/a.md': '' });
		const lookup = lookupIn(tree, { siteRoots: [] });
		const document = { path: '/w/docs/a.md', text: '', language: markdown };
		assert.deepEqual(await lookup.candidates(linkTo('../x.png'), document), ['/w/x.png']);
		assert.equal(await lookup.candidates(linkTo('/x.png'), document), undefined);
		assert.deepEqual(tree.asked, []);
	});
});

describe('whether a picture exists', () => {
	it('is known by one look into its folder', async () => {
		const tree = new MemoryTree({ '/w/a.png': 'a', '/w/b.png': 'b', '/w/sub/c.png': 'c' });
		const { exists } = lookupIn(tree);
		const all = await Promise.all(['/w/a.png', '/w/b.png', '/w/sub', '/w/sub/c.png'].map(exists));
		assert.deepEqual(all, [true, true, false, true]);
		assert.deepEqual(tree.asked, ['list /w', 'list /w/sub']);
	});

	it('is asked of the disk where the folder does not name it, once', async () => {
		const tree = new MemoryTree({ '/w/Fox.PNG': 'a', '/w/dead.png': 'link' });
		tree.takenAs = (path) => path.toLowerCase();
		const { exists } = lookupIn(tree);
		assert.deepEqual(await Promise.all(['/w/fox.png', '/w/fox.png', '/w/dead.png', '/w/no.png'].map(exists)), [
			true,
			true,
			false,
			false,
		]);
		assert.deepEqual(tree.asked, ['list /w', 'stat /w/fox.png', 'stat /w/dead.png', 'stat /w/no.png']);
	});

	it('is denied where there is no folder', async () => {
		assert.equal(await lookupIn(new MemoryTree({})).exists('/w/none/a.png'), false);
	});
});

async function hash(bytes: Uint8Array): Promise<string> {
	return `sha of ${new TextDecoder().decode(bytes)}`;
}

describe('which picture a file holds', () => {
	it('is read once, and again after a change', async () => {
		const tree = new MemoryTree({ '/a.png': 'one' });
		const digests = new PictureDigests(tree, hash);
		assert.deepEqual([await digests.of('/a.png'), await digests.of('/a.png')], ['sha of one', 'sha of one']);
		tree.files.set('/a.png', 'three');
		assert.equal(await digests.of('/a.png'), 'sha of three');
		assert.deepEqual(
			tree.asked.filter((each) => each.startsWith('read')),
			['read /a.png', 'read /a.png'],
		);
	});

	it('is read every time where nobody can tell whether it has changed', async () => {
		const tree = new MemoryTree({ '/a.png': 'one' });
		tree.stamps.set('/a.png', undefined);
		const digests = new PictureDigests(tree, hash);
		await digests.of('/a.png');
		tree.files.set('/a.png', 'two');
		assert.equal(await digests.of('/a.png'), 'sha of two');
	});

	it('is nothing of a file that is not there or goes while it is looked at', async () => {
		const tree = new MemoryTree({ '/a.png': 'one' });
		const { stat } = tree;
		const going = Object.assign(tree, { read: async () => undefined, stat });
		const digests = new PictureDigests(going, hash);
		assert.deepEqual([await digests.of('/a.png'), await digests.of('/none.png')], [undefined, undefined]);
	});

	it('is read for one picture at a time, and a fault stops no other', async () => {
		const tree = new MemoryTree({ '/a.png': 'a', '/b.png': 'b', '/c.png': 'c' });
		let running = 0;
		const digests = new PictureDigests(tree, async (bytes) => {
			assert.equal(++running, 1);
			await new Promise(setImmediate);
			running--;
			if (bytes[0] === 0x62) throw new Error('b');
			return hash(bytes);
		});
		const settled = await Promise.allSettled(['/a.png', '/b.png', '/c.png'].map(digests.of));
		assert.deepEqual(
			settled.map(({ status }) => status),
			['fulfilled', 'rejected', 'fulfilled'],
		);
	});

	it('is not asked for in a lookup that reads no pictures', async () => {
		const tree = new MemoryTree({ '/a.png': 'a' });
		assert.equal(await lookupIn(tree).digest('/a.png'), undefined);
		const reading = new PictureLookup({
			tree,
			homeOf: () => inFolder,
			hash,
			digest: new PictureDigests(tree, hash).of,
		});
		assert.equal(await reading.digest('/a.png'), 'sha of a');
	});
});
