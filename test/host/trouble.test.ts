import assert from 'node:assert/strict';
import { rm, truncate } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { CancellationTokenSource, commands, type Uri } from 'vscode';
import * as z from 'zod';
import { startCustom } from '../servers/custom';
import { startOpenAI } from '../servers/openai';
import { encodePicture } from '../servers/pictureFiles';
import { claimingToMeasure, signed } from '../servers/png';
import { call, generate } from './contract';
import { everyProvider } from './everyProvider';
import { countChanged, photo } from './photo';
import { pixelsOf, saveFile, savePhoto } from './photos';
import { bytesOf, closeEditors } from './workspace';

const size = { width: 640, height: 480 };
const rect = { x: 300, y: 200, width: 120, height: 90 };
const perturbs = 'strongly';
const model = 'sketch/placeholder';

const shown = z.object({ recipe: z.object({ kind: z.string() }).optional(), signed: z.boolean() });

async function show(image: unknown): Promise<z.infer<typeof shown>> {
	return shown.parse(await commands.executeCommand('limn.showRecipe', { image }));
}

/** A picture as its maker signed it, as far as anybody can see who does not check. */
async function saveSigned(name: string): Promise<Uri> {
	const { images } = await generate({ model, prompt: 'signed', size: '64x64', folder: 'trouble' });
	assert.ok(images[0]);
	return saveFile(name, signed(await bytesOf(images[0])));
}

/** The same JPEG, said to have four colours. */
function inkedFour(jpeg: Uint8Array): Uint8Array {
	const bytes = Uint8Array.from(jpeg);
	const frame = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xc0]));
	const progressive = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xc2]));
	bytes[Math.max(frame, progressive) + 9] = 4;
	return bytes;
}

describe('a change in trouble in folders', () => {
	const { standIn } = everyProvider();
	afterEach(closeEditors);

	it('keeps what came when one of three fails', async () => {
		const custom = await standIn('custom', startCustom('sd-cpp', { perturbs }));
		const image = await savePhoto('trouble/three.png', size);
		custom.fail('500', { times: 1 });
		const job = { image, mask: [rect], prompt: 'a door', n: 3, model: 'custom/sd-cpp-local' };
		const { images, failures } = await call('limn.edit', job);
		assert.deepEqual([images.length, failures.map(({ code }) => code)], [2, ['server-error']]);
		const before = await pixelsOf({ uri: image.toString() });
		for (const made of images) assert.equal(countChanged(before, await pixelsOf(made), [rect]), 0);
	});

	it('saves what is paid and cannot be put together as it came, and promises nothing', async () => {
		const openai = await standIn('openai', startOpenAI({ perturbs }));
		openai.fail('cut-image');
		const image = await savePhoto('trouble/cut.png', size);
		const job = { image, mask: [rect], prompt: 'a door', model: 'openai/gpt-image-2' };
		const { images, failures, warnings } = await call('limn.edit', job);
		assert.deepEqual(failures, []);
		assert.deepEqual([images.length, images[0]?.changedOutsideMask], [1, undefined]);
		assert.match(warnings.join(' '), /could not be read, so it was saved as it came/);
		assert.doesNotMatch(warnings.join(' '), /natively|every pixel/i);
	});

	it('ends alone when it is cancelled: others go on', async () => {
		await standIn('openai', startOpenAI({ perturbs }));
		const image = await savePhoto('trouble/two.png', { width: 1600, height: 1200 });
		const source = new CancellationTokenSource();
		const job = { image, mask: [rect], model: 'openai/gpt-image-2' };
		const jobs = [
			call('limn.edit', { ...job, prompt: 'one', token: source.token }),
			call('limn.edit', { ...job, prompt: 'two' }),
			call('limn.edit', { ...job, prompt: 'three', model }),
		];
		source.cancel();
		const [one, ...others] = await Promise.all(jobs);
		assert.deepEqual(
			one?.failures.map(({ code }) => code),
			['cancelled'],
		);
		for (const { images } of others) assert.equal(images[0]?.changedOutsideMask, 0);
	});

	it('breaks no signature: what is made of a signed picture is a new one', async () => {
		const image = await saveSigned('trouble/signed.png');
		assert.equal((await show(image)).signed, true);
		const { images } = await call('limn.edit', {
			image,
			model,
			mask: [{ x: 1, y: 1, width: 9, height: 9 }],
			prompt: 'a door',
		});
		assert.deepEqual(await show(images[0]?.uri), { signed: false, recipe: { kind: 'limn' } });
		const { uri } = z.object({ uri: z.string() }).parse(await commands.executeCommand('limn.stripMetadata', { image }));
		assert.deepEqual(await show(uri), { signed: false });
	});

	it('is refused for a picture of more pixels than anything here decodes', async () => {
		const huge = claimingToMeasure(await encodePicture(photo(size), 'png'), 20_000, 20_000);
		const image = await saveFile('trouble/huge.png', huge);
		const { failures } = await call('limn.edit', { image, model, prompt: 'a door' });
		assert.match(failures[0]?.message ?? '', /huge\.png has more than 64 megapixels/);
	});

	it('is refused for a file that is too large to read', async () => {
		const image = await saveFile('trouble/vast.png', await encodePicture(photo(size), 'png'));
		await truncate(image.fsPath, 256 * 1024 * 1024 + 1);
		const { failures } = await call('limn.edit', { image, model, prompt: 'a door' });
		await rm(image.fsPath);
		assert.match(failures[0]?.message ?? '', /vast\.png is larger than 256 MB/);
	});

	it('is refused for a picture made for print, and for two ways of saying where', async () => {
		const print = await saveFile('trouble/print.jpg', inkedFour(await encodePicture(photo(size), 'jpeg')));
		const { failures } = await call('limn.edit', { image: print, model, prompt: 'a door' });
		assert.match(failures[0]?.message ?? '', /print\.jpg is made for print \(CMYK\)/);
		const image = await savePhoto('trouble/twice.png', size);
		const twice = await call('limn.edit', { image, model, mask: [rect], markup: image, prompt: 'a door' });
		assert.match(twice.failures[0]?.message ?? '', /Give a mask or a markup, not both/);
	});

	it('has marks that say where, for a model that takes them', async () => {
		const openai = await standIn('openai', startOpenAI({ perturbs: 'not' }));
		const image = await savePhoto('trouble/marked.png', size);
		const marks = new PNG(size);
		marks.data.set([255, 0, 0, 255], 0);
		const markup = await saveFile('trouble/marks.png', PNG.sync.write(marks));
		const { images } = await call('limn.edit', {
			image,
			markup,
			prompt: 'a door',
			model: 'openai/gpt-image-2.6-flare',
		});
		assert.deepEqual([images.length, openai.charges], [1, 1]);
		const without = await call('limn.edit', { image, markup, prompt: 'a door', model: 'openai/gpt-image-2' });
		assert.match(without.failures[0]?.message ?? '', /takes no markup\. These do: openai\/gpt-image-2\.5-flare/);
	});

	it('is none for a picture of one pixel', async () => {
		const dot = new PNG({ width: 1, height: 1 });
		dot.data.set([1, 2, 3, 255]);
		const image = await saveFile('trouble/dot.png', PNG.sync.write(dot));
		const edited = await call('limn.edit', {
			image,
			model,
			mask: [{ x: 0, y: 0, width: 1, height: 1 }],
			prompt: 'a door',
		});
		const wider = await call('limn.expand', { image, model, left: 20, bottom: 3 });
		const varied = await call('limn.vary', { image, model });
		const sizes = [edited, wider, varied].map(({ images }) => images.map(({ width, height }) => [width, height]));
		assert.deepEqual(sizes, [[[1, 1]], [[21, 4]], [[16, 16]]]);
		assert.equal(wider.images[0]?.changedOutsideMask, 0);
	});
});
