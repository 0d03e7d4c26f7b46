import assert from 'node:assert/strict';
import { findingsOfFile } from './findingsOfFile';
import * as fc from 'fast-check';
import { english } from '../../../src/domain/message';
import {
	type Depth,
	findingsIn,
	largestFile,
	type Scan,
	type ScanFile,
	Scanner,
	scanText,
} from '../../../src/recipes/scan';
import { survey } from '../../../src/recipes/survey';
import { FakeTime } from './fakeTime';

type Content = string | Uint8Array;

/** Files that are scanned, and what was read of them. */
class Project {
	readonly time = new FakeTime();
	read: string[] = [];
	readonly files: Map<string, Content>;
	readonly scanner: Scanner;

	constructor(files: Readonly<Record<string, Content>>) {
		this.files = new Map(Object.entries(files));
		this.scanner = new Scanner({
			...this.time.ports,
			read: async (path) => {
				this.read.push(path);
				await Promise.resolve();
				const content = this.files.get(path);
				return typeof content === 'string' ? new TextEncoder().encode(content) : content;
			},
		});
	}

	/** `stamps`: by path, where it is not the content's length. */
	async scan(depth: Depth, stamps: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Promise<Scan> {
		const files = Array.from(this.files, ([path, { length }]): ScanFile => ({
			path,
			stamp: stamps[path] ?? `${length}`,
		}));
		this.read = [];
		return this.scanner.scan(files, depth, signal);
	}
}

function pathsOf({ documents }: Scan): string[] {
	return documents.map(({ path }) => path);
}

const recipe = '<!-- limn: a fox -->\n![A fox](fox.png)\n';
const picture = '![A hen](hen.png)\n';

describe('a scan', () => {
	it('finds the documents with recipes, or those with pictures too, in the order of the files', async () => {
		const project = new Project({ '/b.md': picture, '/a.md': recipe, '/c.md': 'Words.', '/d.txt': recipe });
		assert.deepEqual(pathsOf(await project.scan('recipes')), ['/a.md']);
		assert.deepEqual(pathsOf(await project.scan('everything')), ['/b.md', '/a.md']);
		assert.deepEqual(pathsOf(await project.scan('recipes')), ['/a.md']);
	});

	it('reads again only what has changed', async () => {
		const project = new Project({ '/a.md': recipe, '/b.md': picture, '/c.md': 'Words.' });
		await project.scan('recipes');
		assert.deepEqual(project.read, ['/a.md', '/b.md', '/c.md']);
		await project.scan('recipes');
		assert.deepEqual(project.read, []);
		project.files.set('/c.md', `Words.\n\n${recipe}`);
		assert.deepEqual(pathsOf(await project.scan('recipes')), ['/a.md', '/c.md']);
		assert.deepEqual(project.read, ['/c.md']);
	});

	it('reads what was dismissed for lack of recipes when everything is asked for', async () => {
		const project = new Project({ '/a.md': recipe, '/b.md': picture });
		await project.scan('recipes');
		await project.scan('everything');
		assert.deepEqual(project.read, ['/b.md']);
		await project.scan('everything');
		assert.deepEqual(project.read, []);
	});

	it('reads a file without a stamp every time', async () => {
		const scanner = new Project({ '/a.md': recipe });
		for (let time = 0; time < 2; time++) await scanner.scanner.scan([{ path: '/a.md' }], 'recipes');
		assert.deepEqual(scanner.read, ['/a.md', '/a.md']);
	});

	it('forgets files that are gone, whether they are listed or not', async () => {
		const project = new Project({ '/a.md': recipe, '/b.md': recipe });
		const gone: ScanFile = { path: '/gone.md', stamp: '1' };
		const all = [gone, { path: '/a.md', stamp: '1' }, { path: '/b.md', stamp: '1' }];
		assert.deepEqual(pathsOf(await project.scanner.scan(all, 'recipes')), ['/a.md', '/b.md']);
		project.files.delete('/b.md');
		assert.deepEqual(pathsOf(await project.scan('recipes')), ['/a.md']);
		project.files.set('/b.md', recipe);
		await project.scanner.scan([{ path: '/b.md', stamp: '1' }], 'recipes');
		assert.ok(project.read.includes('/b.md'), 'what was not named was forgotten');
	});

	it('passes over what is too large, by its size or when it is read', async () => {
		const large = new Uint8Array(largestFile + 1).fill(0x20);
		const project = new Project({ '/a.md': large, '/b.md': recipe });
		const { tooLarge, documents } = await project.scan('everything');
		assert.deepEqual([tooLarge, documents.map(({ path }) => path)], [['/a.md'], ['/b.md']]);
		project.read = [];
		const named = await project.scanner.scan([{ path: '/c.md', size: largestFile + 1 }], 'recipes');
		assert.deepEqual([named.tooLarge, project.read], [['/c.md'], []]);
		project.files.set('/d.md', new TextEncoder().encode(recipe.padEnd(largestFile)));
		assert.deepEqual(pathsOf(await project.scan('recipes')), ['/b.md', '/d.md']);
	});

	it('takes text from whoever is writing it', async () => {
		const texts: readonly Content[] = [recipe, picture, ' '.repeat(largestFile + 1)];
		const scans: Scan[] = [];
		for (const text of texts) {
			const scanner = new Scanner({ ...new FakeTime().ports, read: async () => text });
			scans.push(await scanner.scan([{ path: '/a.md' }], 'recipes'));
		}
		assert.deepEqual(
			scans.map((scan) => [pathsOf(scan), scan.tooLarge]),
			[
				[['/a.md'], []],
				[[], []],
				[[], ['/a.md']],
			],
		);
	});

	it('pauses between files, so that no stretch of work is long', async () => {
		const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`/${index}.md`, recipe]));
		const project = new Project(files);
		const { ports } = project.time;
		// To look at the clock takes as long here as to look into a file.
		const now = () => {
			project.time.work(1);
			return ports.now();
		};
		const scanner = new Scanner({ ...project.scanner.ports, now });
		const { documents } = await scanner.scan(
			Array.from(project.files.keys(), (path) => ({ path })),
			'recipes',
		);
		assert.equal(documents.length, 60);
		assert.ok(project.time.pauses >= 60 / 8 - 1, `${project.time.pauses} pauses`);
		assert.ok(project.time.longest <= 8 + 16, `${project.time.longest} ms`);
	});

	it('does not read all files at once', async () => {
		const project = new Project({});
		let reading = 0;
		let most = 0;
		const read = async () => {
			most = Math.max(most, ++reading);
			await new Promise(setImmediate);
			reading--;
			return recipe;
		};
		const scanner = new Scanner({ ...project.time.ports, read });
		await scanner.scan(
			Array.from({ length: 100 }, (_, index) => ({ path: `/${index}.md` })),
			'recipes',
		);
		assert.equal(most, 16);
	});

	it('ends when it is cancelled, and keeps what it has', async () => {
		const files = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`/${index}.md`, recipe]));
		const project = new Project(files);
		const controller = new AbortController();
		const read = async (path: string) => {
			if (path === '/20.md') controller.abort(new Error('enough'));
			return project.scanner.ports.read(path);
		};
		const scanner = new Scanner({ ...project.time.ports, read });
		const all = Array.from(project.files.keys(), (path) => ({ path, stamp: '1' }));
		await assert.rejects(scanner.scan(all, 'recipes', controller.signal), /enough/);
		const first = project.read.length;
		assert.ok(first < 40, `${first} files were read`);
		const { documents } = await scanner.scan(all, 'recipes');
		assert.equal(documents.length, 64);
		assert.equal(project.read.length, 64);
	});

	it('ends with the fault of whoever reads', async () => {
		const scanner = new Scanner({ ...new FakeTime().ports, read: async () => Promise.reject(new Error('no disk')) });
		await assert.rejects(scanner.scan([{ path: '/a.md' }], 'recipes'), /no disk/);
	});
});

describe('a file that is scanned', () => {
	it('may begin with a byte order mark, which counts for nothing', async () => {
		const project = new Project({ '/a.md': `\uFEFF${recipe}` });
		const [document] = (await project.scan('recipes')).documents;
		assert.equal(document?.text, recipe);
	});

	it('may be no UTF-8: what stands around it is read', async () => {
		const bytes = Uint8Array.of(0xff, 0xfe, 0x0a, ...new TextEncoder().encode(recipe), 0xc3);
		const project = new Project({ '/a.md': bytes });
		const [document] = (await project.scan('recipes')).documents;
		assert.equal(document?.text, `\uFFFD\uFFFD\n${recipe}\uFFFD`);
	});

	it('has a recipe only where the mark is whole', async () => {
		const others = ['limn', 'Limn: a', 'imn:', ':', 'limn :', 'li:mn:', '<!-- a limn: fox -->'];
		const project = new Project(Object.fromEntries(others.map((text, index) => [`/${index}.md`, text])));
		project.files.set('/at.md', '<!--limn:-->');
		assert.deepEqual(pathsOf(await project.scan('recipes')), ['/at.md']);
	});

	it('is found by its bytes wherever the recipe stands', () => {
		const anyText = fc.array(fc.constantFrom(':', 'limn', 'l', 'im', 'é', ' ', 'limn:', '🦊\n'), { maxLength: 12 });
		return fc.assert(
			fc.asyncProperty(anyText, anyText, async (before, after) => {
				const text = `${before.join('')}\n\n${recipe}\n${after.join('')}`;
				const project = new Project({ '/a.md': text });
				const found = await project.scan('recipes');
				assert.deepEqual(
					found.documents.map((document) => document.text),
					scanText('/a.md', text).map((document) => document.text),
				);
			}),
		);
	});

	it('may be a notebook: each of its Markdown cells is a document', async () => {
		const cells = [recipe, 'import limn: no', picture, 'Words.'].map((source, index) =>
			index === 1
				? { cell_type: 'code', metadata: {}, source: [source], outputs: [], execution_count: 1 }
				: { cell_type: 'markdown', metadata: {}, source: [source] },
		);
		const project = new Project({
			'/a.ipynb': JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
		});
		assert.deepEqual(cellsOf(await project.scan('recipes')), [0]);
		assert.deepEqual(cellsOf(await project.scan('everything')), [0, 2]);
	});
});

function cellsOf({ documents }: Scan): (number | undefined)[] {
	return documents.map(({ cell }) => cell);
}

describe('a document that was scanned', () => {
	const files = {
		candidates: async ({ href }: { readonly href: string }) => [`/${href}`],
		exists: async (path: string) => path === '/there.png',
		digest: async () => undefined,
		hash: async () => '0123456789abcdef',
	};

	it('holds no text without a recipe, and is compared all the same', async () => {
		const [document] = scanText('/a.md', `Words.\n${picture}`);
		assert.deepEqual([document?.text, document?.hasRecipes], ['', false]);
		assert.ok(document);
		const { recipes, pictures } = await survey(document, files);
		assert.equal(recipes.length, 0);
		assert.deepEqual(
			pictures.map(({ link, exists }) => [link.href, exists]),
			[['hen.png', false]],
		);
	});

	it('remembers where its references begin', () => {
		const [page] = scanText('/a.html', '<base href="/images/"><img src="a.png" alt="">');
		assert.equal(page?.language.baseOf?.(''), '/images/');
		const [plain] = scanText('/a.html', '<img src="a.png" alt="">');
		assert.equal(plain?.language.baseOf?.('<base href="/other/">'), undefined);
		const [text] = scanText('/a.md', picture);
		assert.equal(text?.language.baseOf, undefined);
	});

	it('knows the lines of its places, whatever ends them', () => {
		const text = `one\r\ntwo\rthree\n\n${picture}`;
		const [document] = scanText('/a.md', text);
		const lines = ['one', '\n', 'two', 'three', '![A'].map((word) => document?.lineOf(text.indexOf(word)));
		assert.deepEqual(lines, [0, 0, 1, 2, 4]);
		assert.equal(document?.lineOf(text.length), 5);
	});

	it('has the findings that its file has', async () => {
		const parts = fc.constantFrom(
			recipe,
			picture,
			'![](there.png)\n',
			'Words.\r\n',
			'\n',
			'<!-- limn: x | size=1:1 -->\n',
		);
		await fc.assert(
			fc.asyncProperty(fc.array(parts, { maxLength: 8 }), async (all) => {
				const text = all.join('');
				const scanned = scanText('/a.md', text).map(async (document) => findingsIn(document, files));
				const found = (await Promise.all(scanned)).flat();
				const say = (findings: typeof found) =>
					findings.map(({ kind, line, message }) => [kind, line, english(message)]);
				assert.deepEqual(say(found), say(await findingsOfFile('/a.md', text, files)));
			}),
		);
	});
});
