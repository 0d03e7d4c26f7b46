import assert from 'node:assert/strict';
import { writeSync } from 'node:fs';
import fs, { link, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { layFile } from '../../../src/disk/layFile';
import { publishLocally } from '../../../src/disk/localFiles';
import { pictureAt } from '../pictureFiles';
import { RecordHome } from './recordHome';

let folder = '';
function inNewFolder(): void {
	beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'limn-lay-'))));
	afterEach(async () => {
		mock.restoreAll();
		await rm(folder, { recursive: true });
	});
}

const at = (name: string) => path.join(folder, name);

/** A picture of four bytes that has arrived. */
async function arrived(name = 'arrived') {
	await writeFile(at(name), Buffer.of(1, 2, 3, 4), { mode: 0o600 });
	return pictureAt(at(name));
}

type Written = [bytes: Uint8Array, from: number, length: number, position: number];

const rest = Uint8Array.of(7, 8, 9);

function failing(code: string): () => Promise<never> {
	return async () => Promise.reject(Object.assign(new Error(code), { code }));
}

async function inodeOf(name: string): Promise<number> {
	return (await stat(at(name))).ino;
}

describe('a file that is laid down', () => {
	inNewFolder();
	it('holds what it is to hold, and is open to whom any new file is', async () => {
		const picture = await arrived();
		await writeFile(at('like'), '');
		const { mode } = await stat(at('like'));
		const contents = { bytes: Uint8Array.of(5), whole: picture, longer: { picture, upTo: 3, rest } };
		for (const [name, content] of Object.entries(contents)) await layFile(at(name), content);
		assert.deepEqual([...(await readFile(at('bytes')))], [5]);
		assert.deepEqual([...(await readFile(at('whole'))).subarray(0, 3)], [1, 2, 3]);
		assert.deepEqual([...(await readFile(at('longer')))], [1, 2, 3, 7, 8, 9]);
		for (const name of Object.keys(contents)) assert.equal((await stat(at(name))).mode, mode);
	});

	it('is the very file that arrived, where nobody else has that', async () => {
		const picture = await arrived();
		const inode = await inodeOf('arrived');
		await layFile(at('target'), { picture, upTo: 3, rest });
		assert.equal(await inodeOf('target'), inode);
	});

	it('is another one where somebody else has that, which stays as it is', async () => {
		const picture = await arrived();
		await link(picture.path, at('journal'));
		await layFile(at('target'), { picture, upTo: 3, rest });
		assert.deepEqual([...(await readFile(at('target')))], [1, 2, 3, 7, 8, 9]);
		assert.deepEqual([...(await readFile(at('journal')))], [1, 2, 3, 4]);
		assert.equal((await stat(at('journal'))).mode & 0o777, 0o600);
	});

	it('is a copy where the file system has no links', async () => {
		mock.method(fs, 'link', failing('EPERM'));
		await layFile(at('target'), { picture: await arrived(), upTo: 3, rest });
		assert.deepEqual([...(await readFile(at('target')))], [1, 2, 3, 7, 8, 9]);
	});

	it('is whole or none where the disk takes a part of what is written', async () => {
		const { open } = fs;
		let room = 1;
		mock.method(fs, 'open', async (...named: Parameters<typeof open>) => {
			const handle = await open(...named);
			const write = async (...[bytes, from, , position]: Written) =>
				room-- > 0 ? { bytesWritten: writeSync(handle.fd, bytes, from, 1, position) } : failing('ENOSPC')();
			return Object.assign(handle, { write });
		});
		await assert.rejects(layFile(at('target'), { picture: await arrived(), upTo: 3, rest }), { code: 'ENOSPC' });
		room = 9;
		await layFile(at('other'), { picture: await arrived('again'), upTo: 3, rest });
		assert.deepEqual([...(await readFile(at('other')))], [1, 2, 3, 7, 8, 9]);
	});

	it('is never put in another’s place, and nothing is left where the disk is full', async () => {
		await writeFile(at('target'), 'mine');
		const picture = await arrived();
		await assert.rejects(layFile(at('target'), picture), { code: 'EEXIST' });
		assert.equal(await readFile(at('target'), 'utf8'), 'mine');
		await link(picture.path, at('journal'));
		mock.method(fs, 'copyFile', failing('ENOSPC'));
		await assert.rejects(publishLocally(at('images'), 'a.png', picture, [folder]));
		assert.deepEqual(await readdir(at('images')), []);
	});

	it('is published once: where the name is taken it is tried under another, and holds the same', async () => {
		const picture = await arrived();
		const content = { picture, upTo: 3, rest };
		const publish = async (name: string) => publishLocally(at('images'), name, content, [folder]);
		assert.deepEqual(
			[await publish('a.png'), await publish('a.png'), await publish('b.png')],
			['saved', 'exists', 'saved'],
		);
		for (const name of ['a.png', 'b.png'])
			assert.deepEqual([...(await readFile(at(`images/${name}`)))], [1, 2, 3, 7, 8, 9]);
		assert.deepEqual(await readdir(at('images')), ['a.png', 'b.png']);
	});
});

describe('a picture’s file beside a record', () => {
	inNewFolder();
	const records = RecordHome.forEach();

	it('is the very file that arrived, and stays when that is released', async () => {
		const file = await records.aWindow().open('job');
		const picture = await arrived();
		await file.stage('1.picture', picture);
		await file.stage('1.picture', picture);
		picture.reader.release();
		assert.deepEqual(await file.staged('1.picture'), Buffer.of(1, 2, 3, 4));
		assert.deepEqual(
			(await records.everything()).filter((name) => name.endsWith('.tmp')),
			[],
		);
	});

	it('is a copy where the file system has no links, and nothing where it cannot be copied', async () => {
		const file = await records.aWindow().open('job');
		const picture = await arrived();
		mock.method(fs, 'link', failing('EXDEV'));
		await file.stage('1.picture', picture);
		assert.deepEqual(await file.staged('1.picture'), Buffer.of(1, 2, 3, 4));
		mock.method(fs, 'copyFile', failing('ENOSPC'));
		await assert.rejects(file.stage('2.picture', picture), { code: 'ENOSPC' });
		assert.equal(await file.staged('2.picture'), undefined);
	});
});
