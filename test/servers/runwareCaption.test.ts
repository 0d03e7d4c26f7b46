import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isImageError } from '../../src/domain/imageError';
import { caption } from '../../src/generation/caption';
import type { HttpRequest } from '../../src/providers/provider';
import { limn } from './limn';
import { startRunware } from './runware';
import { ask, assertRefused, dataUri, poll } from './runwareTesting';
import { emulators, pngOf, twoHalves } from './testing';

const png = pngOf(twoHalves(64, 32));

function order(fields: object = {}) {
	const inputs = { image: dataUri(png) };
	return { taskType: 'caption', taskUUID: randomUUID(), model: 'runware:152@2', inputs, ...fields };
}

describe('the emulator of Runware, asked for a description', () => {
	const started = emulators();
	const client = limn('direct');

	it('gives one, in the form of 2026 and in that of 2025', async () => {
		const emulator = await started(startRunware({ caption: 'A fox' }));
		const old = { taskType: 'imageCaption', taskUUID: randomUUID(), model: 'runware:150@2', inputImage: dataUri(png) };
		for (const task of [order({ prompt: 'What is it?', includeCost: true }), old]) {
			const { status, data } = await ask(emulator, [task]);
			assert.deepEqual([status, data[0]?.['text'], data[0]?.['taskType']], [200, 'A fox', task.taskType]);
			assert.equal((await poll(emulator, task.taskUUID)).data[0]?.['text'], 'A fox');
		}
		assert.equal(emulator.charges, 2);
	});

	it('refuses what it cannot do, and bills nothing', async () => {
		const emulator = await started(startRunware());
		await assertRefused(ask(emulator, [order({ model: 'runware:101@1' })]), [400, 'invalidModel', 'model']);
		await assertRefused(ask(emulator, [order({ inputs: {} })]), [400, 'missingImage', 'inputs.image']);
		await assertRefused(ask(emulator, [order({ inputs: { image: 'x' } })]), [400, 'invalidImage', 'inputs.image']);
		const clip = order({ model: 'runware:151@1', prompt: 'What is it?' });
		await assertRefused(ask(emulator, [clip]), [400, 'unsupportedParameter', 'prompt']);
		const sync = order({ deliveryMethod: 'sync' });
		await assertRefused(ask(emulator, [sync]), [400, 'unsupportedParameter', 'deliveryMethod']);
		assert.equal(emulator.charges, 0);
	});

	it('does a task once', async () => {
		const emulator = await started(startRunware());
		const task = order();
		await ask(emulator, [task]);
		await assertRefused(ask(emulator, [task]), [400, 'conflictTaskUUID', 'taskUUID']);
		assert.equal(emulator.charges, 1);
	});

	it('answers Limn', async () => {
		const emulator = await started(startRunware());
		const send = async (request: HttpRequest) => client.ask(emulator, request, 'runware');
		const image = { bytes: png, format: 'png' } as const;
		const told = await caption(image, send, randomUUID());
		assert.deepEqual(told, { text: 'The image shows a fox that sleeps in the snow.', costUsd: 0.0006 });
		emulator.fail('quota');
		const failed = await caption(image, send, randomUUID());
		assert.ok(isImageError(failed));
		assert.equal(failed.code, 'no-credit');
		assert.equal(emulator.charges, 1);
	});
});
