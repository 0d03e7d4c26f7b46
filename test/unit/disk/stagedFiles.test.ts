import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { thisMachine } from '../../../src/disk/processes';
import { sweepStaged, withStaged } from '../../../src/disk/stagedFiles';
import { bundle, Child } from './child';

let home = '';
let folder = '';

function inNewFolder(): void {
	beforeEach(async () => {
		home = await mkdtemp(path.join(os.tmpdir(), 'limn-staged-'));
		folder = path.join(home, 'folder');
		await mkdir(folder);
	});
	afterEach(async () => rm(home, { recursive: true, force: true }));
}

async function namesIn(): Promise<string[]> {
	return (await readdir(folder)).toSorted();
}

describe('a staged file', () => {
	inNewFolder();
	it('has a name that says whose it is, and is gone afterwards, whatever happens', async () => {
		const name = await withStaged(folder, async (file) => {
			await writeFile(file, 'x');
			return path.relative(folder, file);
		});
		assert.match(name, new RegExp(`^\\.limn-${process.pid}-[\\da-f]{12}\\.tmp$`));
		const failing = withStaged(folder, async (file) => {
			await writeFile(file, 'x');
			throw new Error('no');
		});
		await assert.rejects(failing, { message: 'no' });
		assert.deepEqual(await namesIn(), []);
	});
});

/** Publishes a file, and stops at the moment before it appears. */
const publisher = `
	import fs from 'node:fs/promises';
	import { publishLocally } from './src/disk/localFiles';
	const [folder] = process.argv.slice(2);
	fs.link = async () => {
		console.log('staged');
		await new Promise(() => process.stdin.resume());
	};
	void publishLocally(folder, 'fox.png', new Uint8Array(100_000), [folder]);`;

describe('sweeping', () => {
	inNewFolder();
	it('leaves what a process is at work on, and takes it once the process was killed', async () => {
		const child = new Child([await bundle(publisher, path.join(home, 'publisher.cjs')), folder]);
		try {
			assert.equal(await child.next(), 'staged');
			const before = await namesIn();
			assert.match(before.join(), new RegExp(`^\\.limn-${child.pid}-[\\da-f]{12}\\.tmp$`));
			await sweepStaged(folder);
			assert.deepEqual(await namesIn(), before);
		} finally {
			await child.kill();
		}
		await sweepStaged(folder);
		assert.deepEqual(await namesIn(), []);
	});

	it('never takes its own', async () => {
		await withStaged(folder, async (file) => {
			await writeFile(file, 'x');
			await sweepStaged(folder);
			await access(file);
		});
	});

	it('takes what an earlier process of its number has left', async () => {
		await writeFile(path.join(folder, nameOf(process.pid)), 'x');
		await sweepStaged(folder);
		assert.deepEqual(await namesIn(), []);
	});

	it('leaves what may be another machine’s, and everything else', async () => {
		const elsewhere = thisMachine().startsWith('0') ? '1111' : '0000';
		const names = [
			nameOf(nobody, elsewhere),
			`.limn-${crypto.randomUUID()}.tmp`,
			nameOf(nobody).slice(1),
			`${nameOf(nobody)}.png`,
			nameOf(nobody).toUpperCase(),
			nameOf(0),
			'.limn-.tmp',
			'fox.png',
		];
		for (const name of names) await writeFile(path.join(folder, name), 'x');
		await sweepStaged(folder);
		assert.deepEqual(await namesIn(), names.toSorted());
	});

	it('does nothing where there is nothing to read or to take away', async () => {
		await sweepStaged(path.join(folder, 'none'));
		await mkdir(path.join(folder, nameOf(nobody)));
		await sweepStaged(folder);
		assert.deepEqual(await namesIn(), [nameOf(nobody)]);
	});
});

/** Above what any system gives. */
const nobody = 2_000_000_000;

function nameOf(pid: number, machine = thisMachine().slice(0, 4)): string {
	return `.limn-${pid}-${machine}01234567.tmp`;
}
