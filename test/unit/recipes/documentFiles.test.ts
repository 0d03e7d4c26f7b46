import assert from 'node:assert/strict';
import { documentFiles } from '../../../src/recipes/documentFiles';
import { Turns } from '../../../src/recipes/turns';
import { FakeTime } from './fakeTime';
import { MemoryTree } from './memoryTree';

/** The paths of the documents below `top`. */
async function find(tree: MemoryTree, top = '/w', given: Partial<Parameters<typeof documentFiles>[1]> = {}) {
	const turns = new Turns(new FakeTime().ports);
	const files = await documentFiles(top, { tree, turns, isExcluded: () => false, ...given });
	return files.map(({ path }) => path);
}

describe('the documents of a folder', () => {
	it('are those of languages that can be read, in the order of their paths', async () => {
		const names = [
			'z.md',
			'a.MDX',
			'b.ipynb',
			'c.txt',
			'd',
			'.md',
			'sub/e.html',
			'sub/deep/f.tex',
			'g.png',
			'h.md.bak',
		];
		const tree = new MemoryTree(Object.fromEntries(names.map((name) => [`/w/${name}`, ''])));
		assert.deepEqual(
			await find(tree),
			['.md', 'a.MDX', 'b.ipynb', 'sub/deep/f.tex', 'sub/e.html', 'z.md'].map((name) => `/w/${name}`),
		);
	});

	it('bear size and stamp', async () => {
		const tree = new MemoryTree({ '/w/a.md': 'four', '/w/b.md': 'x' });
		tree.stamps.set('/w/b.md', undefined);
		const turns = new Turns(new FakeTime().ports);
		assert.deepEqual(await documentFiles('/w', { tree, turns, isExcluded: () => false }), [
			{ path: '/w/a.md', size: 4, stamp: '1/4' },
			{ path: '/w/b.md', size: 1, stamp: undefined },
		]);
	});

	it('are not those of packages, nor what is ignored, which is not even looked into', async () => {
		const tree = new MemoryTree({
			'/w/.gitignore': 'public/\n',
			'/w/a.md': '',
			'/w/public/a.md': '',
			'/w/node_modules/x/readme.md': '',
			'/w/.git/x.md': '',
			'/w/docs/.gitignore': '/draft.md',
			'/w/docs/draft.md': '',
			'/w/docs/good.md': '',
			'/w/docs/sub/draft.md': '',
		});
		assert.deepEqual(await find(tree), ['/w/a.md', '/w/docs/good.md', '/w/docs/sub/draft.md']);
		const looked = tree.asked.filter((each) => /^list .*(public|node_modules|\.git$)/.test(each));
		assert.deepEqual(looked, []);
	});

	it('are not what the person hides', async () => {
		const tree = new MemoryTree({ '/w/a.md': '', '/w/b/c.md': '', '/w/d/e.md': '' });
		const asked: string[] = [];
		const isExcluded = (path: string, names: ReadonlySet<string>) => {
			asked.push(`${path} beside ${[...names].join()}`);
			return path === 'b/' || path === 'd/e.md';
		};
		assert.deepEqual(await find(tree, '/w', { isExcluded }), ['/w/a.md']);
		assert.deepEqual(asked, ['a.md beside a.md,b,d', 'b/ beside a.md,b,d', 'd/ beside a.md,b,d', 'd/e.md beside e.md']);
	});

	it('are found behind links to files, and links that lead nowhere are none', async () => {
		const tree = new MemoryTree({ '/w/a.md': 'link', '/w/b.md': '' });
		assert.deepEqual(await find(tree), ['/w/b.md']);
	});

	it('are found from the top of a file system, and below odd names', async () => {
		const tree = new MemoryTree({ '/a.md': '', '/a b#ü/.gitignore': 'x.md', '/a b#ü/x.md': '', '/a b#ü/y.md': '' });
		assert.deepEqual(await find(tree, '/'), ['/a b#ü/y.md', '/a.md']);
		assert.deepEqual(await find(tree, '/a b#ü'), ['/a b#ü/y.md']);
		assert.deepEqual(await find(tree, '/none'), []);
	});

	it('are looked for until somebody cancels', async () => {
		const tree = new MemoryTree({ '/w/a/b/c.md': '' });
		const controller = new AbortController();
		const isExcluded = () => {
			controller.abort(new Error('enough'));
			return false;
		};
		await assert.rejects(find(tree, '/w', { isExcluded, signal: controller.signal }), /enough/);
		assert.deepEqual(tree.asked, ['list /w']);
	});
});
