import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readHead } from '../../../src/disk/readHead';

describe('the head of a file', () => {
	let folder: string;

	before(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'limn-head-'));
	});
	after(async () => rm(folder, { recursive: true, force: true }));

	it('is its first bytes, and not more than there are', async () => {
		const file = path.join(folder, 'file');
		await writeFile(file, Buffer.from('abcdef'));
		const lengths: readonly [number, string][] = [
			[0, ''],
			[3, 'abc'],
			[6, 'abcdef'],
			[100, 'abcdef'],
		];
		for (const [length, expected] of lengths) {
			assert.equal(Buffer.from(await readHead(file, length)).toString(), expected);
		}
		await writeFile(file, '');
		assert.equal((await readHead(file, 10)).length, 0);
	});

	it('is not there where there is no file', async () => {
		await assert.rejects(readHead(path.join(folder, 'none'), 10));
		await assert.rejects(readHead(folder, 10));
	});
});
