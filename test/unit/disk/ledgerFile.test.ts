import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { LedgerFile } from '../../../src/disk/ledgerFile';

const head = 'name,usd\n';
const isRoot = process.geteuid?.() === 0;

let home = '';
let file = '';

beforeEach(async () => {
	home = await mkdtemp(path.join(os.tmpdir(), 'limn ledger ü '));
	file = path.join(home, 'storage', 'ledger.csv');
});

afterEach(async () => rm(home, { recursive: true, force: true }));

function open(): LedgerFile {
	return new LedgerFile(file, () => '2026-11-22');
}

async function names(): Promise<string[]> {
	return (await readdir(path.dirname(file))).toSorted();
}

describe("the ledger's file", () => {
	it('begins with its head, and grows by whole lines', async () => {
		const ledger = open();
		assert.deepEqual([await ledger.stamp(), await ledger.read()], ['', '']);
		await ledger.append('a,1\n', head);
		await ledger.append('b,2\nc,3\n', head);
		assert.equal(await ledger.read(), `${head}a,1\nb,2\nc,3\n`);
		assert.deepEqual(await names(), ['ledger.csv']);
	});

	it('goes on behind a torn line on a line of its own', async () => {
		const ledger = open();
		await ledger.append('a,1\n', head);
		await writeFile(file, `${head}a,1\nb,`);
		await ledger.append('c,3\n', head);
		assert.equal(await ledger.read(), `${head}a,1\nb,\nc,3\n`);
		await writeFile(file, '');
		await ledger.append('c,3\n', head);
		assert.equal(await ledger.read(), 'c,3\n');
	});

	it('has another stamp whenever it is another, and says which one is its own work', async () => {
		const [one, other] = [open(), open()];
		const first = await one.append('a,1\n', head);
		assert.equal(first.after, await one.stamp());
		const second = await one.append('b,2\n', head);
		assert.deepEqual([second.before, second.after], [first.after, await one.stamp()]);
		await other.append('c,3\n', head);
		assert.notEqual(await one.stamp(), second.after);
		assert.notEqual((await one.append('d,4\n', head)).before, second.after);
	});

	it('is set aside under a name that no file has', async () => {
		const ledger = open();
		for (const text of ['a,1\n', 'b,2\n', 'c,3\n']) {
			await ledger.append(text, head);
			assert.equal((await ledger.setAside())?.text, head + text);
		}
		assert.equal(await ledger.setAside(), undefined);
		assert.deepEqual(await names(), [
			'ledger-2026-11-22-unreadable-2.csv',
			'ledger-2026-11-22-unreadable-3.csv',
			'ledger-2026-11-22-unreadable.csv',
		]);
		assert.equal(
			await readFile(path.join(home, 'storage', 'ledger-2026-11-22-unreadable-2.csv'), 'utf8'),
			`${head}b,2\n`,
		);
	});

	it('is set aside though nobody can read it', async () => {
		await mkdir(file, { recursive: true });
		await assert.rejects(open().read(), /EISDIR/);
		assert.equal((await open().setAside())?.text, '');
		await open().append('a,1\n', head);
		assert.equal(await open().read(), `${head}a,1\n`);
	});

	it('says where it cannot be written', async function () {
		await writeFile(path.join(home, 'storage'), 'a file where the folder should be');
		await assert.rejects(open().append('a,1\n', head));
		await assert.rejects(open().stamp(), /ENOTDIR/);
		if (isRoot) return;
		await rm(path.join(home, 'storage'));
		await mkdir(path.join(home, 'storage'));
		await chmod(path.join(home, 'storage'), 0o500);
		await assert.rejects(open().append('a,1\n', head));
	});

	it('loses no line of three windows that write at once, though one sets it aside again and again', async () => {
		const program = path.join(home, 'window.cjs');
		await build({
			stdin: { contents: windowProgram, resolveDir: process.cwd() },
			bundle: true,
			platform: 'node',
			outfile: program,
			logLevel: 'error',
		});
		const windows = ['a', 'b', 'c'].map((name) => fork(program, [file, name, String(each)]));
		const ends = windows.map(async (window) => once(window, 'exit'));
		// As they were when they were set aside: what came later is elsewhere, too.
		const aside: string[] = [];
		const ledger = open();
		while (windows.some(({ exitCode }) => exitCode === null)) {
			const old = await ledger.setAside();
			if (old) aside.push(old.text);
			await ledger.append('x\n', head);
		}
		assert.deepEqual(
			(await Promise.all(ends)).map(([code]: unknown[]) => code),
			[0, 0, 0],
		);
		const texts = [...aside, await ledger.read()];
		const lines = new Set(texts.flatMap((text) => text.split('\n')));
		const wanted = ['a', 'b', 'c'].flatMap((name) => Array.from({ length: each }, (_, index) => `${name} ${index}`));
		assert.deepEqual(
			wanted.filter((line) => !lines.has(line)),
			[],
		);
		assert.deepEqual(lines, new Set([head.trim(), 'x', '', ...wanted]));
		assert.ok(aside.length > 1, `set aside ${aside.length} times`);
	}).timeout(60_000);
});

/** Of each window. */
const each = 100;

const windowProgram = `
	import { LedgerFile } from './src/disk/ledgerFile';
	const [, , file, name, count] = process.argv;
	const ledger = new LedgerFile(file, () => '2026-11-22');
	(async () => {
		for (let index = 0; index < Number(count); index++) await ledger.append(name + ' ' + index + '\\n', ${JSON.stringify(head)});
	})().catch((fault) => { console.error(fault); process.exit(1); });
`;
