import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { arrivingIn } from '../../../src/disk/arriving';
import { nameStaged } from '../../../src/disk/stagedFiles';

let home = '';
function inNewFolder(): void {
	beforeEach(async () => (home = await mkdtemp(path.join(os.tmpdir(), 'limn-arriving-'))));
	afterEach(async () => rm(home, { recursive: true }));
}

describe('names for what arrives', () => {
	inNewFolder();
	it('are all different, in a folder that is made with the first one, for nobody else', async () => {
		const folder = path.join(home, 'storage', 'arriving');
		const newFile = arrivingIn(folder);
		assert.deepEqual(await readdir(home), []);
		const names = [newFile(), newFile()];
		assert.notEqual(names[0], names[1]);
		assert.deepEqual(
			names.map((name) => path.dirname(name)),
			[folder, folder],
		);
		assert.equal((await stat(folder)).mode & 0o777, 0o700);
	});

	it('are given where no folder can be made, too', async () => {
		const file = path.join(home, 'file');
		await writeFile(file, '');
		assert.equal(path.dirname(arrivingIn(path.join(file, 'in'))()), path.join(file, 'in'));
	});

	it('take away what a process has left that ended, and nothing else', async () => {
		const mine = nameStaged(home);
		const dead = path
			.basename(mine)
			.replace(/-\d+-/, '-999999999-')
			.replace(/.{8}\.tmp$/, 'ffffffff.tmp');
		for (const name of [mine, path.join(home, dead), path.join(home, 'other.png')]) await writeFile(name, 'x');
		arrivingIn(home);
		while ((await readdir(home)).includes(dead)) await setImmediate();
		assert.deepEqual((await readdir(home)).toSorted(), [path.basename(mine), 'other.png'].toSorted());
	});
});
