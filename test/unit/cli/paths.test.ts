import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { ownPicture } from '../../../src/cli/ownPictures';
import { localOf, nameIn, pathOf, type Root, rootAt, uriOf } from '../../../src/cli/paths';
import { type ImageError, isImageError } from '../../../src/domain/imageError';
import { sentence } from '../builders';

describe('the paths of the command line', () => {
	let top: string;
	let root: Root;

	beforeEach(async () => {
		top = await realpath(await mkdtemp(path.join(os.tmpdir(), 'limn-paths-')));
		root = (await rootAt(top)) ?? assert.fail();
	});
	afterEach(async () => rm(top, { recursive: true, force: true }));

	it('lead there and back', () => {
		const segment = fc.stringMatching(/^[\w #%ü?-]{1,8}$/u).filter((text) => text !== '.' && text !== '..');
		fc.assert(
			fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
				const file = path.join(top, ...segments);
				assert.equal(localOf(pathOf(file)), file);
				assert.equal(fileURLToPath(uriOf(pathOf(file))), file);
				assert.equal(nameIn(root, pathOf(file)), segments.join('/'));
			}),
		);
	});

	it('begin at a folder that is there', async () => {
		assert.equal(await rootAt(path.join(top, 'none')), undefined);
		await writeFile(path.join(top, 'file'), '');
		assert.equal(await rootAt(path.join(top, 'file')), undefined);
		await symlink(top, path.join(top, 'link'));
		assert.deepEqual(await rootAt(path.join(top, 'link')), root);
		assert.equal(nameIn(root, root.path), '.');
	});

	it('name a picture of the folder in three ways', async () => {
		await writeFile(path.join(top, 'a #b.png'), 'x');
		for (const name of [
			'a #b.png',
			'./a #b.png',
			path.join(top, 'a #b.png'),
			uriOf(pathOf(path.join(top, 'a #b.png'))),
		]) {
			const picture = await ownPicture(name, root, []);
			assert.ok(!isImageError(picture), name);
			assert.equal(picture.name, 'a #b.png');
			assert.deepEqual(await picture.read(), Buffer.from('x'));
		}
	});

	it('name no other, and none that is never sent, by whatever name', async () => {
		await writeFile(path.join(top, 'secret.png'), 'x');
		await symlink(path.join(top, 'secret.png'), path.join(top, 'innocent.png'));
		await symlink(os.tmpdir(), path.join(top, 'out'));
		const saidOf = async (name: string) => {
			const picture: ImageError | object = await ownPicture(name, root, ['secret*']);
			assert.ok(isImageError(picture), name);
			return sentence(picture.message);
		};
		for (const name of ['../a.png', 'out/a.png', '/a.png', 'file:///a.png', 'file://host:1/%zz', 'file://%00']) {
			assert.match(await saidOf(name), /is not inside the workspace/, name);
		}
		for (const name of ['secret.png', 'SECRET.PNG', 'innocent.png']) assert.match(await saidOf(name), /is not sent/);
		assert.match(await saidOf('notes.txt'), /does not end with/);
		const gone = await ownPicture('gone.png', root, []);
		assert.ok(!isImageError(gone));
		const read = await gone.read();
		assert.ok(isImageError(read));
		assert.match(sentence(read.message), /^gone\.png cannot be read/);
	});
});
