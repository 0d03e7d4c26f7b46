import assert from 'node:assert/strict';
import fs, { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { beat, buryOwner, isAlive, OwnerFile } from '../../../src/disk/ownerFile';
import { type ProcessMark, thisProcess } from '../../../src/disk/processes';

const start = Date.UTC(2026, 10, 22);
let folder = '';

function inNewFolder(): void {
	beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'limn-owner-'))));
	afterEach(async () => {
		mock.restoreAll();
		mock.timers.reset();
		await rm(folder, { recursive: true, force: true });
	});
}

/** An owner's file as another process would have written it, with its last beat. */
async function fileOf(id: string, content: Partial<ProcessMark> | string, beatenAt = start): Promise<string> {
	const file = path.join(folder, `${id}.owner`);
	const text = typeof content === 'string' ? content : JSON.stringify({ ...thisProcess(), ...content });
	await writeFile(file, text);
	await utimes(file, beatenAt / 1000, beatenAt / 1000);
	return file;
}

/** Whether an owner with such a file is taken to be alive, so many milliseconds after its last beat. */
async function aliveAfter(content: Partial<ProcessMark> | string, silence: number): Promise<boolean> {
	await fileOf('other', content);
	return isAlive(folder, 'other', start + silence);
}

const [minute, year] = [60_000, 365 * 24 * 3_600_000];
/** Above what any system gives. */
const nobody = 2_000_000_000;

describe('an owner', () => {
	inNewFolder();
	it('is gone without a file', async () => {
		assert.equal(await isAlive(folder, 'other', start), false);
		assert.equal(await isAlive(path.join(folder, 'none'), 'other', start), false);
	});

	it('of this machine lives as long as its process, however long it is silent', async () => {
		for (const silence of [0, minute, 3 * minute, year, -year]) {
			assert.equal(await aliveAfter({}, silence), true, `${silence}`);
			assert.equal(await aliveAfter({ pid: nobody }, silence), false, `${silence}`);
		}
	});

	it('is gone where another process has its number by now, be it this one', async () => {
		assert.equal(await aliveAfter({ began: '1' }, 0), false);
		assert.equal(await aliveAfter({ pid: process.ppid, began: '1' }, 0), false);
	});

	it('lives where its process is somebody else’s, or nobody can tell', async () => {
		for (const code of ['EPERM', 'EACCES']) {
			mock.method(process, 'kill', () => {
				throw Object.assign(new Error(code), { code });
			});
			assert.equal(await aliveAfter({}, 0), true, code);
			mock.restoreAll();
		}
	});

	it('is known by its beat alone where its process cannot be looked at', async () => {
		for (const content of [
			{ machine: 'another', pid: nobody },
			'',
			'{"pid":',
			'null',
			'7',
			'{}',
			JSON.stringify({ ...thisProcess(), pid: 0 }),
			JSON.stringify({ ...thisProcess(), pid: -1 }),
			JSON.stringify({ ...thisProcess(), pid: 1.5 }),
			JSON.stringify({ ...thisProcess(), pid: '1' }),
			JSON.stringify({ ...thisProcess(), began: 1 }),
			JSON.stringify({ ...thisProcess(), machine: null }),
		]) {
			const answers = [0, minute, 2 * minute, 2 * minute + 1, year, -minute, -year];
			const expected = [true, true, true, false, false, true, false];
			const found: boolean[] = [];
			for (const silence of answers) found.push(await aliveAfter(content, silence));
			assert.deepEqual(found, expected, JSON.stringify(content));
		}
	});

	it('lives in doubt', async () => {
		await fileOf('other', { pid: nobody });
		mock.method(fs, 'readFile', async () => {
			throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open' });
		});
		assert.equal(await isAlive(folder, 'other', start), true);
	});
});

describe('an owner’s file', () => {
	inNewFolder();
	it('is there as long as something is held, and only its owner’s to read', async () => {
		const own = new OwnerFile(folder, { id: 'me', now: () => start });
		await own.hold();
		await own.hold();
		assert.deepEqual(JSON.parse(await readFile(path.join(folder, 'me.owner'), 'utf8')), thisProcess());
		assert.equal((await stat(path.join(folder, 'me.owner'))).mode & 0o777, 0o600);
		await own.letGo();
		assert.deepEqual(await readdir(folder), ['me.owner']);
		await own.letGo();
		assert.deepEqual(await readdir(folder), []);
		await own.letGo();
		await own.hold();
		assert.deepEqual(await readdir(folder), ['me.owner']);
		await own.hold();
		await own.dispose();
		assert.deepEqual(await readdir(folder), []);
		await own.letGo();
	});

	it('is there for what is held, in whichever order it is asked for', async () => {
		const own = new OwnerFile(folder, { id: 'me', now: () => start });
		for (let round = 0; round < 50; round++) {
			await own.hold();
			await Promise.all([own.letGo(), own.hold()]);
			assert.deepEqual(await readdir(folder), ['me.owner']);
			await own.letGo();
			assert.deepEqual(await readdir(folder), []);
		}
	});

	it('shows a beat every 15 seconds, and is made again where somebody took it away', async () => {
		mock.timers.enable({ apis: ['setInterval'] });
		let now = start;
		const own = new OwnerFile(folder, { id: 'me', now: () => now });
		await own.hold();
		assert.equal((await stat(path.join(folder, 'me.owner'))).mtimeMs, start);
		for (let round = 1; round < 4; round++) {
			now = start + round * beat;
			if (round === 2) await rm(path.join(folder, 'me.owner'));
			mock.timers.tick(beat);
			// After the beat.
			await own.hold();
			assert.equal((await stat(path.join(folder, 'me.owner'))).mtimeMs, now);
		}
		await own.dispose();
		mock.timers.tick(beat);
		await own.letGo();
		assert.deepEqual(await readdir(folder), []);
	});

	it('that cannot be made holds nothing', async () => {
		const own = new OwnerFile(path.join(folder, 'none'), { id: 'me', now: () => start });
		await assert.rejects(own.hold(), { code: 'ENOENT' });
		await own.letGo();
		await own.dispose();
	});

	it('of one that is gone can be taken away, twice', async () => {
		await fileOf('other', {});
		await buryOwner(folder, 'other');
		await buryOwner(folder, 'other');
		assert.deepEqual(await readdir(folder), []);
	});
});
