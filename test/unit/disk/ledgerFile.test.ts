import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { LedgerFile } from '../../../src/disk/ledgerFile';

const head = 'name,usd\n';
const isRoot = process.geteuid?.() === 0;

let home = '';
let file = '';

function inNewFolder(): void {
	beforeEach(async () => {
		home = await mkdtemp(path.join(os.tmpdir(), 'limn ledger ü '));
		file = path.join(home, 'storage', 'ledger.csv');
	});
	afterEach(async () => rm(home, { recursive: true, force: true }));
}

function open(): LedgerFile {
	return new LedgerFile(file, () => '2026-11-22');
}

async function piecesOf<T>(all: AsyncIterable<T>): Promise<T[]> {
	const pieces: T[] = [];
	for await (const piece of all) pieces.push(piece);
	return pieces;
}

/** What is new, and whether what was known is void. */
async function news(ledger: LedgerFile): Promise<{ text: string; isFirst: boolean }> {
	const pieces = await piecesOf(ledger.news());
	return { text: pieces.map(({ text }) => text).join(''), isFirst: pieces.some(({ isFirst }) => isFirst) };
}

async function all(): Promise<string> {
	return readFile(file, 'utf8');
}

async function oldText(old: Awaited<ReturnType<LedgerFile['setAside']>>): Promise<string> {
	const pieces = old ? await piecesOf(old.pieces) : [];
	return pieces.map(({ text }) => text).join('');
}

async function names(): Promise<string[]> {
	return (await readdir(path.dirname(file))).toSorted();
}

describe("the ledger's file", () => {
	inNewFolder();
	it('begins with its head, and grows by whole lines', async () => {
		const ledger = open();
		assert.deepEqual(await news(ledger), { text: '', isFirst: true });
		await ledger.append('a,1\n', head);
		await ledger.append('b,2\nc,3\n', head);
		assert.equal(await all(), `${head}a,1\nb,2\nc,3\n`);
		assert.deepEqual(await names(), ['ledger.csv']);
	});

	it('goes on behind a torn line on a line of its own', async () => {
		const ledger = open();
		await ledger.append('a,1\n', head);
		await writeFile(file, `${head}a,1\nb,`);
		await ledger.append('c,3\n', head);
		assert.equal(await all(), `${head}a,1\nb,\nc,3\n`);
		await writeFile(file, '');
		await ledger.append('c,3\n', head);
		assert.equal(await all(), 'c,3\n');
	});

	it('is nobody else’s to read', async () => {
		await open().append('a,1\n', head);
		const modes = [file, path.dirname(file)].map(async (place) => (await stat(place)).mode & 0o777);
		if (process.platform !== 'win32') assert.deepEqual(await Promise.all(modes), [0o600, 0o700]);
	});

	it('tells what is new, and nothing where it is as it was', async () => {
		const [ledger, other] = [open(), open()];
		await ledger.append('a,1\n', head);
		assert.deepEqual(await news(ledger), { text: `${head}a,1\n`, isFirst: true });
		assert.deepEqual(await piecesOf(ledger.news()), []);
		await other.append('b,ü\n', head);
		await ledger.append('c,3\n', head);
		assert.deepEqual(await news(ledger), { text: 'b,ü\nc,3\n', isFirst: false });
		await appendFile(file, 'd,');
		assert.deepEqual(await news(ledger), { text: 'd,', isFirst: false });
		await appendFile(file, '4\ne');
		assert.deepEqual(await news(ledger), { text: 'd,4\ne', isFirst: false });
	});

	it('tells all of it where something else was done to it than adding', async () => {
		const ledger = open();
		const text = `${head}${'a line, 1\n'.repeat(5000)}`;
		await ledger.append(text.slice(head.length), head);
		await news(ledger);
		for (const changed of [
			text.replace('usd', 'eur'),
			text.slice(0, -10),
			`${text.replace('a line', 'another line')}b,2\n`,
			`${head}b,2\n`,
			'',
		]) {
			await writeFile(file, changed);
			assert.deepEqual(await news(ledger), { text: changed, isFirst: true });
		}
		await rm(file);
		assert.deepEqual(await news(ledger), { text: '', isFirst: true });
		await ledger.append('c,3\n', head);
		assert.deepEqual(await news(ledger), { text: `${head}c,3\n`, isFirst: true });
	});

	it('is told in pieces of whole lines, wherever they are cut', async () => {
		const text = Array.from({ length: 3000 }, (_, index) => `${index} ${'ü€😀'.repeat(index % 17)}\n`).join('');
		const long = `${'x€'.repeat(50_000)}\n`;
		await open().append(`${text}${long}${text}torn €`, head);
		const pieces = await piecesOf(open().news());
		assert.equal(pieces.map((piece) => piece.text).join(''), `${head}${text}${long}${text}torn €`);
		assert.ok(pieces.length > 8);
		assert.ok(pieces.slice(1, -1).every((piece) => piece.text.endsWith('\n') && !piece.isFirst));
	});

	it('is set aside under a name that no file has', async () => {
		const ledger = open();
		for (const text of ['a,1\n', 'b,2\n', 'c,3\n']) {
			await ledger.append(text, head);
			assert.equal(await oldText(await ledger.setAside()), head + text);
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
		await assert.rejects(news(open()), /EISDIR/);
		const old = await open().setAside();
		await assert.rejects(oldText(old), /EISDIR/);
		await open().append('a,1\n', head);
		assert.equal(await all(), `${head}a,1\n`);
	});

	it('says where it cannot be written', async function () {
		await writeFile(path.join(home, 'storage'), 'a file where the folder should be');
		await assert.rejects(open().append('a,1\n', head));
		await assert.rejects(news(open()), /ENOTDIR/);
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
			if (old) aside.push(await oldText(old));
			await ledger.append('x\n', head);
		}
		assert.deepEqual(
			(await Promise.all(ends)).map(([code]: unknown[]) => code),
			[0, 0, 0],
		);
		const texts = [...aside, await all()];
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
