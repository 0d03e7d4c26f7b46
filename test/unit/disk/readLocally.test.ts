import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { listLocally, readLocally, statLocally } from '../../../src/disk/readLocally';

describe('reading the local disk', () => {
	let top = '';
	const at = (name: string) => path.join(top, name);

	before(async () => {
		top = await mkdtemp(path.join(os.tmpdir(), 'limn-read-'));
		await mkdir(at('a b#ü'));
		await writeFile(at('file.md'), 'four');
		await symlink('file.md', at('link.md'));
		await symlink('nowhere', at('dead'));
		await symlink('a b#ü', at('folder link'));
	});
	after(async () => rm(top, { recursive: true, force: true }));

	it('lists files, folders and links', async () => {
		const entries = (await listLocally(top)) ?? [];
		assert.deepEqual(Object.fromEntries(entries.map(({ name, kind }) => [name, kind])), {
			'a b#ü': 'folder',
			'file.md': 'file',
			'link.md': 'link',
			dead: 'link',
			'folder link': 'link',
		});
		assert.deepEqual(await listLocally(at('a b#ü')), []);
	});

	it('tells size and times of files, through links', async () => {
		const found = await statLocally(at('file.md'));
		assert.equal(found?.size, 4);
		assert.deepEqual(await statLocally(at('link.md')), found);
	});

	it('sees a change whose time was set back', async () => {
		const before = await statLocally(at('file.md'));
		await utimes(at('file.md'), 1, 1);
		const after = await statLocally(at('file.md'));
		assert.equal(after?.times[0], 1000);
		assert.ok((after.times[1] ?? 0) >= (before?.times[1] ?? Infinity));
	});

	it('reads whole files', async () => {
		assert.equal(Buffer.from((await readLocally(at('link.md'))) ?? []).toString(), 'four');
	});

	it('finds nothing where nothing can be read', async () => {
		for (const name of ['none', 'dead', 'a b#ü', 'folder link', 'file.md/x']) {
			assert.equal(await statLocally(at(name)), undefined, name);
			assert.equal(await readLocally(at(name)), undefined, name);
		}
		for (const name of ['none', 'dead', 'file.md']) assert.equal(await listLocally(at(name)), undefined, name);
	});
});
