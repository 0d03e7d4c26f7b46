import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import type { Call, InputImage, Task } from '../../src/providers/provider';
import { callFor } from '../unit/providers/calls';
import { startCustom } from './custom';
import type { Emulator } from './emulator';
import { limn } from './limn';
import { startLumenfall } from './lumenfall';
import { startOpenAI } from './openai';
import { encodePicture } from './pictureFiles';
import { colourOf } from './pictures';
import { uploads } from './request';
import { colourAt, emulators, opaque, pngOf, rightHalf, twoHalves } from './testing';

interface Editor {
	readonly start: () => Promise<Emulator>;
	/** Pictures that one edit takes. */
	readonly most: 1 | 2;
	/** There is no edit without a mask. */
	readonly needsMask?: true;
}

const editors: Readonly<Record<string, Editor>> = {
	'openai/gpt-image-2': { start: startOpenAI, most: 2 },
	'openai/dall-e-2': { start: async () => startOpenAI({ legacy: true }), most: 1, needsMask: true },
	'lumenfall/gpt-image-2': { start: startLumenfall, most: 2 },
	'lumenfall/dall-e-2': { start: startLumenfall, most: 1, needsMask: true },
	'custom/sd-cpp-local': { start: async () => startCustom('sd-cpp'), most: 2 },
	'custom/Qwen/Qwen-Image': { start: async () => startCustom('vllm-omni'), most: 2 },
	'custom/black-forest-labs/FLUX.1-dev': { start: async () => startCustom('sglang'), most: 2 },
};

const prompt = 'a reef';
const source: InputImage = { bytes: pngOf(twoHalves(1024, 1024)), format: 'png' };
const mask: InputImage = { bytes: pngOf(rightHalf(1024, 1024)), format: 'png' };

function editOf(model: string, task: Omit<Extract<Task, { operation: 'edit' }>, 'operation'>, watched = false): Call {
	return callFor(model, { operation: 'edit', prompt }, { task: { operation: 'edit', ...task }, watched });
}

async function assertKept(picture: Uint8Array): Promise<void> {
	assert.deepEqual(await colourAt(picture, 0.75), opaque(colourOf(prompt)));
	const [before, after] = [await colourAt(source.bytes, 0.25), await colourAt(picture, 0.25)];
	const changes = after.map((value, channel) => Math.abs(value - (before[channel] ?? 0)));
	assert.ok(Math.max(...changes) <= 3, changes.join(' '));
}

for (const transport of ['direct', 'editor'] as const) {
	describe(`edits by Limn’s own client, ${transport}`, () => {
		const started = emulators();
		const client = limn(transport);

		for (const [model, { start, most, needsMask }] of Object.entries(editors)) {
			const around = needsMask ? { mask } : {};
			it(`${model}: one picture`, async () => {
				const emulator = await started(start());
				const [picture] = await client.pictures(emulator, editOf(model, { images: [source], ...around }));
				assert.deepEqual(picture && sniff(picture), { format: 'png', width: 1024, height: 1024 });
				assert.equal(emulator.charges, 1);
			});

			it(`${model}: two pictures${most === 1 ? ' are refused' : ''}`, async () => {
				const emulator = await started(start());
				const jpeg: InputImage = { bytes: await encodePicture(twoHalves(640, 480), 'jpeg'), format: 'jpeg' };
				const { images, failures } = await client.make(emulator, editOf(model, { images: [source, jpeg], ...around }));
				const sent = uploads(emulator.requests[0]?.form ?? {}, 'image');
				assert.deepEqual(
					sent.map(({ type, fileName }) => `${type} ${fileName}`),
					['image/png image.png', 'image/jpeg image-2.jpg'],
				);
				assert.deepEqual(
					[images.length, failures.map(({ code, charged }) => `${code} ${charged}`)],
					most === 1 ? [0, ['invalid-request no']] : [1, []],
				);
			});

			it(`${model}: what a mask marks`, async () => {
				const emulator = await started(start());
				const [picture] = await client.pictures(emulator, editOf(model, { images: [source], mask }));
				await assertKept(picture ?? new Uint8Array());
			});
		}

		it('show a picture on its way, and then itself', async () => {
			const emulator = await started(startOpenAI());
			const call = editOf('openai/gpt-image-2', { images: [source], mask }, true);
			const { previews, images, failures } = await client.make(emulator, call);
			assert.deepEqual([previews.length, images.length, failures], [1, 1, []]);
			await assertKept(images[0]?.bytes ?? new Uint8Array());
		});

		it('vary a picture, where somebody still does', async () => {
			const emulator = await started(startOpenAI({ legacy: true }));
			const task = { operation: 'vary', image: source, strength: 'medium' } as const;
			const call = callFor('openai/dall-e-2', { operation: 'vary', prompt, n: 2 }, { task });
			const pictures = await client.pictures(emulator, call);
			assert.deepEqual(
				pictures.map((picture) => sniff(picture)?.width),
				[1024, 1024],
			);
			assert.equal(emulator.requests[0]?.path, '/v1/images/variations');
		});
	});
}
