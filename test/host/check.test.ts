import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
	commands,
	ConfigurationTarget,
	type Disposable,
	NotebookEdit,
	NotebookCellData,
	NotebookCellKind,
	Position,
	Uri,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import * as z from 'zod';
import { MemoryFiles, memoryScheme, memoryUri } from './memoryFiles';
import { closeEditors, filesBelow, folder, openNew } from './workspace';

const checked = z.strictObject({
	findings: z.array(
		z.strictObject({
			uri: z.string(),
			line: z.int().min(0),
			cell: z.int().min(0).optional(),
			kind: z.enum(['missing', 'stale', 'broken-link', 'no-alt']),
			message: z.string().min(1),
		}),
	),
	failure: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});

/** `limn.checkImages`. */
async function check(argument: unknown): Promise<z.infer<typeof checked>> {
	return checked.parse(await commands.executeCommand('limn.checkImages', argument));
}

/** Kind and line of each finding, of a cell with its number. */
async function findingsOf(argument: unknown): Promise<string[]> {
	const { findings, failure } = await check(argument);
	assert.equal(failure, undefined);
	return findings.map(({ kind, line, cell }) => `${kind} ${cell === undefined ? '' : `${cell}:`}${line}`);
}

/** Of the whole workspace: the files below a folder that have findings, each named once. */
async function filesWith(base: string, only = 'all'): Promise<string[]> {
	const { findings } = await check({ scope: 'workspace', only });
	const files = findings.map(({ uri }) => path.relative(base, Uri.parse(uri).fsPath));
	return [...new Set(files)].filter((file) => !file.startsWith('..'));
}

const picture = Buffer.from('a picture');

function sha(content: string | Buffer): string {
	return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

/** A recipe whose picture is as it was made. */
function fresh(prompt: string, image: string): string {
	return `<!-- limn: ${prompt} | made=${sha(prompt)}-${sha(picture)} -->\n![${prompt}](${image})\n`;
}

const missing = '<!-- limn: a fox -->\n![A fox](none.png)\n';

/** Files of the disk, by their names below `base`. */
async function write(base: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(base, name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, content);
	}
}

function notebook(cells: readonly (readonly [kind: 'markdown' | 'code', source: string])[]): string {
	const all = cells.map(([kind, source]) => ({
		cell_type: kind,
		metadata: {},
		source: source.split(/(?<=\n)/),
		...(kind === 'code' && { outputs: [], execution_count: null }),
	}));
	return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: all });
}

/** Where the files of a test are. */
function base(index: 0 | 1 = 0): string {
	return path.join(folder(index), 'check');
}

function at(name: string): string {
	return path.join(base(), name);
}

async function clean(): Promise<void> {
	await closeEditors();
	for (const index of [0, 1] as const) await rm(base(index), { recursive: true, force: true });
}

describe('the check of a file in folders', () => {
	afterEach(clean);

	it('finds what is missing, stale, broken and without alternative text, each on its line', async () => {
		const text = [
			'# Pictures\n',
			missing,
			'<!-- limn: a hen -->\n![A hen](images/a%20b%23ü.png)\n',
			fresh('a cow', 'images/a%20b%23ü.png'),
			fresh('a cow', 'images/a%20b%23ü.png').replace('limn: a cow', 'limn: two cows'),
			'![A dog](gone.png)\n\n<img src="images/a%20b%23ü.png">\n',
			'![](https://example.org/a.png "elsewhere")\n',
		].join('\n');
		await write(base(), { 'page.md': text, 'images/a b#ü.png': picture });
		const uri = at('page.md');
		const all = ['missing 2', 'stale 5', 'stale 11', 'broken-link 14', 'no-alt 16'];
		assert.deepEqual(
			(await findingsOf({ uri })).filter((each) => !each.endsWith(' 18')),
			all,
		);
		assert.deepEqual(await findingsOf({ uri, only: 'missing' }), all.slice(0, 1));
		assert.deepEqual(await findingsOf({ uri: Uri.file(uri), only: 'stale', scope: 'file' }), all.slice(1, 3));
		const { findings } = await check({ uri: Uri.file(uri).toString(), only: 'all' });
		assert.deepEqual(new Set(findings.map((finding) => finding.uri)), new Set([Uri.file(uri).toString()]));
		assert.match(findings[0]?.message ?? '', /none\.png/);
	});

	it('reads what is being written, not what is saved', async () => {
		const document = await openNew('check/open.md', 'Words.\n');
		assert.deepEqual(await findingsOf({}), []);
		const edit = new WorkspaceEdit();
		edit.insert(document.uri, new Position(1, 0), missing);
		assert.ok(await workspace.applyEdit(edit));
		assert.deepEqual(await findingsOf({}), ['missing 1']);
		assert.deepEqual(await findingsOf({ uri: document.uri }), ['missing 1']);
		assert.equal(await readFile(document.uri.fsPath, 'utf8'), 'Words.\n');
		assert.deepEqual(await filesWith(base()), ['open.md']);
	});

	it('takes the editor in front, and by hand tells the same', async () => {
		await openNew('check/front.md', missing);
		assert.deepEqual(await findingsOf({ scope: 'file' }), ['missing 0']);
		assert.deepEqual(await findingsOf(undefined), ['missing 0']);
		await write(base(), { 'other.md': '![A dog](gone.png)\n' });
		assert.deepEqual(await findingsOf(Uri.file(at('other.md'))), ['broken-link 0']);
	});

	it('counts lines within the cells of a notebook, closed or open', async () => {
		const source = notebook([
			['markdown', 'Words.\n'],
			['code', '# limn: no\n'],
			['markdown', `One.\n\n${missing}`],
		]);
		await write(base(), { 'book.ipynb': source });
		const uri = Uri.file(at('book.ipynb'));
		assert.deepEqual(await findingsOf({ uri }), ['missing 2:2']);
		const open = await workspace.openNotebookDocument(uri);
		await window.showNotebookDocument(open);
		const edit = new WorkspaceEdit();
		const cell = new NotebookCellData(NotebookCellKind.Markup, '![A dog](gone.png)', 'markdown');
		edit.set(uri, [NotebookEdit.insertCells(0, [cell])]);
		assert.ok(await workspace.applyEdit(edit));
		const expected = ['broken-link 0:0', 'missing 3:2'];
		assert.deepEqual(await findingsOf({}), expected);
		assert.deepEqual(await findingsOf({ uri: open.cellAt(3).document.uri }), expected);
		assert.deepEqual(await findingsOf({ scope: 'file', uri }), expected);
	});

	it('looks where a site looks', async () => {
		await write(base(), {
			'hugo.toml': '',
			'content/post/page.md': `${fresh('a cow', '/img/cow.png')}\n![A dog](/img/gone.png)\n`,
			'static/img/cow.png': picture,
		});
		assert.deepEqual(await findingsOf({ uri: at('content/post/page.md') }), ['broken-link 3']);
	});

	it('reads a document that was never saved', async () => {
		const document = await workspace.openTextDocument({ language: 'markdown', content: missing });
		await window.showTextDocument(document);
		const { findings } = await check({});
		assert.deepEqual(
			findings.map(({ uri, kind }) => [uri, kind]),
			[[document.uri.toString(), 'missing']],
		);
	});

	it('refuses what it cannot do, and finds nothing then', async () => {
		const wrong: readonly (readonly [argument: unknown, words: RegExp])[] = [
			[{ scope: 'folder' }, /scope/],
			[{ only: 'broken' }, /only/],
			[{ files: [] }, /files/],
			['a text', /object/],
			[{ uri: at('nowhere.md') }, /nowhere\.md/],
			[{ uri: folder(0) }, /cannot be opened/],
			[{ scope: 'file' }, /no document/],
		];
		for (const [argument, words] of wrong) {
			const { findings, failure } = await check(argument);
			assert.deepEqual([findings, failure?.code], [[], 'bad-input'], JSON.stringify(argument));
			assert.match(failure?.message ?? '', words);
		}
	});
});

describe('the check of the workspace in folders', () => {
	afterEach(clean);

	it('looks into every folder and language', async () => {
		await write(base(), {
			'a.md': missing,
			'deep/er/b.html': '<!-- limn: a fox -->\n<img src="none.png" alt="A fox">\n',
			'c.ipynb': notebook([['markdown', missing]]),
			'd.txt': missing,
			'e.md': 'Words.\n',
		});
		const second = base(1);
		await write(second, { 'f.md': missing });
		assert.deepEqual(await filesWith(base()), ['a.md', 'c.ipynb', path.join('deep', 'er', 'b.html')]);
		assert.deepEqual(await filesWith(second), ['f.md']);
		assert.deepEqual(await filesWith(second, 'stale'), []);
	});

	it('passes over what Git ignores, what packages bring and what the person hides', async () => {
		await write(base(), {
			'.gitignore': 'public/\n',
			'site/public/a.md': missing,
			'site/.gitignore': '/draft.md\n',
			'site/draft.md': missing,
			'site/good.md': missing,
			'node_modules/x/readme.md': missing,
			'hidden/a.md': missing,
		});
		const files = workspace.getConfiguration('files');
		await files.update('exclude', { '**/check/hidden': true }, ConfigurationTarget.Workspace);
		try {
			assert.deepEqual(await filesWith(base()), [path.join('site', 'good.md')]);
		} finally {
			await files.update('exclude', undefined, ConfigurationTarget.Workspace);
		}
		assert.deepEqual(await filesWith(base()), [path.join('hidden', 'a.md'), path.join('site', 'good.md')]);
	});

	it('sees at once what has changed meanwhile: documents, pictures, folders', async () => {
		await write(base(), { 'a.md': missing, 'b.md': 'Words.\n' });
		assert.deepEqual(await filesWith(base()), ['a.md']);
		await write(base(), { 'none.png': picture, 'b.md': '![A]', 'new/c.md': missing });
		assert.deepEqual(await filesWith(base(), 'missing'), [path.join('new', 'c.md')]);
		await write(base(), { 'b.md': '![A dog](x.png)' });
		await rm(path.join(base(), 'new'), { recursive: true });
		assert.deepEqual(await filesWith(base()), ['a.md', 'b.md']);
		await rm(path.join(base(), 'none.png'));
		assert.deepEqual(await filesWith(base(), 'missing'), ['a.md']);
	});

	it('changes nothing, not even where something is stale', async () => {
		await write(base(), { 'a.md': `${missing}\n${fresh('a cow', 'cow.png')}`, 'cow.png': picture });
		const before = await state();
		await check({ scope: 'workspace' });
		assert.deepEqual(await state(), before);
	});
});

/** Names, times and sizes of all files of the first folder. */
async function state(): Promise<unknown> {
	const files = await filesBelow(folder(0));
	const stats = await Promise.all(files.map(async (file) => stat(path.join(folder(0), file)).catch(() => undefined)));
	return files.map((file, index) => [file, stats[index]?.mtimeMs, stats[index]?.size]);
}

describe('the check of other file systems in folders', () => {
	const files = new MemoryFiles();
	let registered: Disposable;
	before(() => (registered = workspace.registerFileSystemProvider(memoryScheme, files)));
	after(() => void registered.dispose());

	it('reads documents and finds pictures there', async () => {
		await writeToMemory('/check.md', `${missing}\n${fresh('a cow', 'cow.png')}\n![A dog](gone.png)\n`);
		await writeToMemory('/cow.png', 'a picture');
		assert.deepEqual(await findingsOf({ uri: memoryUri('/check.md') }), ['missing 0', 'broken-link 6']);
	});
});

async function writeToMemory(name: string, content: string): Promise<void> {
	await workspace.fs.writeFile(memoryUri(name), Buffer.from(content));
}

describe('the check without a folder', () => {
	afterEach(closeEditors);

	it('has nothing to look at', async () => {
		const { findings, failure } = await check({});
		assert.deepEqual([findings, failure?.code], [[], 'bad-input']);
	});

	it('looks at the document that is open', async () => {
		const home = process.env['LIMN_HOME_FOLDER'] ?? '';
		const uri = Uri.file(path.join(home, 'check.md'));
		await writeFile(uri.fsPath, missing);
		await window.showTextDocument(uri);
		assert.deepEqual(await findingsOf({}), ['missing 0']);
	});
});
