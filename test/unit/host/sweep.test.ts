import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sweep } from '../../../src/host/gallery/sweep';

describe('a folder that must not grow for ever', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'limn-sweep-'));
		for (let index = 0; index < 10; index++) {
			const file = path.join(folder, `${index % 2}`, `${index}.webp`);
			await mkdir(path.dirname(file), { recursive: true });
			await writeFile(file, new Uint8Array(100));
			await utimes(file, 1000 + index, 1000 + index);
		}
	});
	afterEach(async () => rm(folder, { recursive: true }));

	async function left(): Promise<string[]> {
		const entries = await readdir(folder, { recursive: true, withFileTypes: true });
		return entries
			.filter((entry) => entry.isFile())
			.map(({ name }) => name[0] ?? '')
			.sort();
	}

	it('stays as it is where it holds no more than it may', async () => {
		await sweep(folder, { files: 10, bytes: 1000 });
		assert.equal((await left()).length, 10);
	});

	it('loses its oldest files, and a few more than it has to', async () => {
		await sweep(folder, { files: 5, bytes: 10_000 });
		assert.deepEqual(await left(), ['6', '7', '8', '9']);
	});

	it('is measured by its bytes too', async () => {
		await sweep(folder, { files: 100, bytes: 999 });
		assert.deepEqual(await left(), ['2', '3', '4', '5', '6', '7', '8', '9']);
	});

	it('need not be there', async () => {
		await sweep(path.join(folder, 'nowhere'), { files: 0, bytes: 0 });
		assert.equal((await left()).length, 10);
	});
});
