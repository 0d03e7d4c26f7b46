import assert from 'node:assert/strict';
import { picturesBelow, type Walk } from '../../../src/host/gallery/pictureWalk';
import type { Entry } from '../../../src/recipes/tree';
import { Turns } from '../../../src/recipes/turns';

/** Folders by their paths, and what is in them. Names that end with a slash are folders, with `@` links. */
type Folders = Readonly<Record<string, readonly string[]>>;

function entryOf(name: string): Entry {
	if (name.endsWith('/')) return { name: name.slice(0, -1), kind: 'folder' };
	return name.endsWith('@') ? { name: name.slice(0, -1), kind: 'link' } : { name, kind: 'file' };
}

function walkIn(folders: Folders, changes: Partial<Walk> = {}): Walk & { readonly listed: string[] } {
	const listed: string[] = [];
	const list = async (folder: string) => {
		listed.push(folder);
		return folders[folder]?.map(entryOf);
	};
	const turns = new Turns({ now: () => 0, pause: async () => undefined });
	const { signal } = new AbortController();
	return { tree: { list }, turns, isExcluded: () => false, signal, listed, ...changes };
}

const folders: Folders = {
	'/w': ['fox.png', 'text.md', 'docs/', 'node_modules/', '.git/', 'link.webp@', 'away@'],
	'/w/docs': ['a.JPG', 'b.jpeg', 'c.gif', 'd.avif', 'e.svg', 'png', 'deep/'],
	'/w/docs/deep': ['owl.webp'],
	'/w/node_modules': ['x.png'],
	'/w/.git': ['y.png'],
};

describe('a walk through folders', () => {
	it('finds pictures by their names, wherever they lie, and passes over what is not the person’s', async () => {
		const walk = walkIn(folders);
		assert.deepEqual(await picturesBelow('/w', 100, walk), [
			'/w/fox.png',
			'/w/link.webp',
			'/w/docs/a.JPG',
			'/w/docs/b.jpeg',
			'/w/docs/c.gif',
			'/w/docs/d.avif',
			'/w/docs/deep/owl.webp',
		]);
		assert.deepEqual(walk.listed, ['/w', '/w/docs', '/w/docs/deep']);
	});

	it('does not look where the person does not want to', async () => {
		const seen: string[] = [];
		const isExcluded = (path: string, names: ReadonlySet<string>) => {
			seen.push(path);
			return path === 'docs/' || names.has('owl.webp');
		};
		const walk = walkIn(folders, { isExcluded });
		assert.deepEqual(await picturesBelow('/w/', 100, walk), ['/w/fox.png', '/w/link.webp']);
		assert.deepEqual(seen, ['fox.png', 'docs/', 'link.webp']);
		assert.deepEqual(walk.listed, ['/w']);
	});

	it('ends when there are enough, and begins at the top of a disk too', async () => {
		const walk = walkIn({ '/': ['a.png', 'b.png', 'c/'], '/c': ['d.png'] });
		assert.deepEqual(await picturesBelow('/', 2, walk), ['/a.png', '/b.png']);
		assert.deepEqual(walk.listed, ['/']);
		assert.deepEqual(await picturesBelow('/', 3, walk), ['/a.png', '/b.png', '/c/d.png']);
		assert.deepEqual(await picturesBelow('/nowhere', 3, walk), []);
	});

	it('gives everything else its turn in a folder of ten thousands', async () => {
		let now = 0;
		let pauses = 0;
		const pause = async () => void pauses++;
		const turns = new Turns({ now: () => (now += 3), pause });
		const many = Array.from({ length: 10_000 }, (_, index) => `${index}.png`);
		assert.equal((await picturesBelow('/w', 20_000, walkIn({ '/w': many }, { turns }))).length, 10_000);
		assert.ok(pauses >= 10, `${pauses} pauses`);
	});

	it('ends when nobody waits any more', async () => {
		const controller = new AbortController();
		const isExcluded = () => {
			controller.abort(new Error('left'));
			return false;
		};
		const walk = walkIn(folders, { isExcluded, signal: controller.signal });
		await assert.rejects(picturesBelow('/w', 100, walk), /left/);
		assert.deepEqual(walk.listed, ['/w']);
	});
});
