import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, Uri } from 'vscode';
import { startCustom } from '../servers/custom';
import { startOpenAI } from '../servers/openai';
import { generate, parseResult, type Result } from './contract';
import { countChanged } from './photo';
import { pixelsOf, savePhoto } from './photos';
import { standIns } from './standIn';
import { bytesOf, folder } from './workspace';

async function recover(): Promise<Result> {
	return parseResult(await commands.executeCommand('limn.recoverJobs'));
}

const rect = { x: 300, y: 200, width: 120, height: 90 };

describe('recovering jobs in folders', () => {
	const { standIn } = standIns(['openai']);

	it('finds nothing where nothing was left', async () => {
		await recover();
		assert.deepEqual(await recover(), { images: [], failures: [], warnings: [] });
	});

	it('brings back a paid picture that could not be saved, to where it belongs', async () => {
		const custom = await standIn('custom', startCustom('sd-cpp'));
		const blocked = Uri.file(path.join(folder(0), 'recovery', 'images'));
		await mkdir(path.dirname(blocked.fsPath), { recursive: true });
		await writeFile(blocked.fsPath, 'a file in the place of a folder');
		const job = { model: 'custom/sd-cpp-local', prompt: 'a buoy', n: 2, folder: 'recovery/images' };
		const { images, failures } = await generate(job);
		assert.deepEqual([images.length, failures.map(({ code }) => code)], [0, ['not-writable', 'not-writable']]);
		const again = await recover();
		assert.deepEqual(
			again.failures.map(({ code }) => code),
			['not-writable', 'not-writable'],
		);

		await rm(blocked.fsPath);
		const recovered = await recover();
		assert.deepEqual(recovered.failures, []);
		assert.deepEqual(
			recovered.images.map(({ uri }) => path.basename(Uri.parse(uri).path)),
			['a-buoy.png', 'a-buoy-1.png'],
		);
		assert.deepEqual((await readdir(blocked.fsPath)).toSorted(), ['a-buoy-1.png', 'a-buoy.png']);
		for (const image of recovered.images) assert.equal((await bytesOf(image)).subarray(1, 4).toString(), 'PNG');
		assert.equal(custom.charges, 2);
		assert.deepEqual((await recover()).images, []);
	});

	it('puts an edit together with the picture that it was made from, though that has changed meanwhile', async () => {
		const openai = await standIn('openai', startOpenAI({ perturbs: 'strongly' }));
		const size = { width: 640, height: 480 };
		const image = await savePhoto('recovery/source.png', size);
		const before = await pixelsOf({ uri: image.toString() });
		const blocked = Uri.file(path.join(folder(0), 'recovery', 'edits'));
		await writeFile(blocked.fsPath, 'a file in the place of a folder');
		const argument = { image, mask: [rect], prompt: 'a door', model: 'openai/gpt-image-2', folder: 'recovery/edits' };
		const refused = parseResult(await commands.executeCommand('limn.edit', { ...argument, silent: true }));
		assert.deepEqual(refused.images, []);
		await savePhoto('recovery/source.png', { width: 64, height: 64 });
		await rm(blocked.fsPath);
		const { images } = await recover();
		assert.deepEqual([images.length, images[0]?.changedOutsideMask, openai.charges], [1, 0, 1]);
		assert.ok(images[0]);
		assert.equal(countChanged(before, await pixelsOf(images[0]), [rect]), 0);
	});
});
