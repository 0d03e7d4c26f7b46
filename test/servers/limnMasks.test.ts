import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import type { Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';
import type { Call, InputImage, Task } from '../../src/providers/provider';
import { callFor } from '../unit/providers/calls';
import { type CustomKind, startCustom } from './custom';
import type { Emulator } from './emulator';
import { limn } from './limn';
import { startLumenfall } from './lumenfall';
import { startOpenAI } from './openai';
import { type Colour, colourOf, type EditHabits, type Perturbation } from './pictures';
import { startReplicate } from './replicate';
import { startRunware } from './runware';
import { emulators, pngOf } from './testing';
import { startVincony } from './vincony';

type Start = (habits: EditHabits) => Promise<Emulator>;

const openai: Start = async (habits) => startOpenAI({ legacy: true, ...habits });
const runware: Start = async (habits) => startRunware({ ...habits, polls: 1 });
const replicate: Start = async (habits) => startReplicate({ ...habits, polls: 0 });

function custom(kind: CustomKind): Start {
	return async (habits) => startCustom(kind, habits);
}

/** Every way in which a mask goes out, each read by its emulator as the real server reads it. */
const painters: Readonly<Record<string, Start>> = {
	'openai/gpt-image-2': openai,
	'openai/dall-e-2': openai,
	'lumenfall/gpt-image-2': startLumenfall,
	'custom/sd-cpp-local': custom('sd-cpp'),
	'custom/Qwen/Qwen-Image': custom('vllm-omni'),
	'custom/black-forest-labs/FLUX.1-dev': custom('sglang'),
	'custom/house-painter': custom('strict'),
	'runware/openai:gpt-image@2.5-flare': runware,
	'runware/runware:101@1': runware,
	'runware/runware:102@1': runware,
	'runware/bfl:1@2': runware,
	'replicate/black-forest-labs/flux-fill-dev': replicate,
	'replicate/emulator/mask-image': replicate,
	'replicate/emulator/invertible-mask': replicate,
};

const prompt = 'a reef';
const size: Size = { width: 1024, height: 1024 };
const colour = colourOf(prompt);

/** Of neither half the same, and no pixel like its neighbour. */
const source: Pixels = drawn((x, y) => [x % 251, y % 241, (x + 3 * y) % 239, 255]);

/** Round, and away from the middle, so that no mistake about sides and axes goes unseen. */
function isMarked(x: number, y: number): boolean {
	return (x - 300) ** 2 + (y - 620) ** 2 < 200 ** 2;
}

/** As every call brings it: white and clear where it is painted, black and opaque where it is kept. */
const mask = drawn((x, y) => (isMarked(x, y) ? [255, 255, 255, 0] : [0, 0, 0, 255]));

function drawn(colourAt: (x: number, y: number) => readonly number[]): Pixels {
	const data = new Uint8Array(size.width * size.height * 4);
	for (let y = 0, at = 0; y < size.height; y++) {
		for (let x = 0; x < size.width; x++, at += 4) data.set(colourAt(x, y), at);
	}
	return { ...size, data };
}

function png(pixels: Pixels): InputImage {
	return { bytes: pngOf(pixels), format: 'png' };
}

const picture = png(source);
const masked: Task = { operation: 'edit', images: [picture], mask: png(mask) };
const margins = { top: 0, right: 128, bottom: 0, left: 64 };

function editBy(model: string): Call {
	return callFor(model, { operation: 'edit', prompt, size: { kind: 'pixels', size } }, { task: masked });
}

/** By how much the channels of a pixel differ from what they were. */
const changes: Readonly<Record<Perturbation, readonly [least: number, most: number]>> = {
	not: [0, 0],
	slightly: [1, 3],
	strongly: [40, 42],
};

interface Counted {
	readonly painted: number;
	readonly kept: number;
	/** Neither painted where they were to be, nor within the change that was to be expected. */
	readonly wrong: number;
}

/** Every pixel of a picture, as another decoder reads it. `before`: what was there; `undefined`: it is to be painted. */
function count(file: Uint8Array, before: (x: number, y: number) => number | undefined, how: Perturbation): Counted {
	const { width, height, data } = PNG.sync.read(Buffer.from(file));
	const [least, most] = changes[how];
	const counted = { painted: 0, kept: 0, wrong: 0 };
	for (let y = 0, at = 0; y < height; y++) {
		for (let x = 0; x < width; x++, at += 4) {
			const from = before(x, y);
			const isRight = from === undefined ? isColour(data, at, colour) : isChanged(data, at, from, least, most);
			if (!isRight) counted.wrong++;
			else if (from === undefined) counted.painted++;
			else counted.kept++;
		}
	}
	return counted;
}

function isColour(data: Uint8Array, at: number, [red, green, blue]: Colour): boolean {
	return data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255;
}

function isChanged(data: Uint8Array, at: number, from: number, least: number, most: number): boolean {
	for (let channel = 0; channel < 3; channel++) {
		const change = Math.abs((data[at + channel] ?? 0) - (source.data[from + channel] ?? 0));
		if (change < least || change > most) return false;
	}
	return data[at + 3] === 255;
}

function placeInSource(x: number, y: number): number {
	return (y * size.width + x) * 4;
}

/** Where in the source what the mask keeps is. */
function aroundMask(x: number, y: number): number | undefined {
	return isMarked(x, y) ? undefined : placeInSource(x, y);
}

/** The names under which masks came, request by request. */
function maskNames({ requests }: Emulator): string[][] {
	return requests.map(({ form = {} }) => Object.keys(form).filter((name) => name.startsWith('mask')));
}

function resizes({ width, height }: Size): Size {
	return { width: width * 1.5, height: height / 2 };
}

function sizeOf(file: Uint8Array | undefined): string {
	const { width, height } = PNG.sync.read(Buffer.from(file ?? new Uint8Array()));
	return `${width}x${height}`;
}

const all = size.width * size.height;
const inside = Array.from({ length: all }, (_, at) => isMarked(at % size.width, Math.floor(at / size.width))).filter(
	Boolean,
).length;

describe('a mask that goes out', () => {
	const started = emulators();
	const client = limn('direct');

	for (const [model, start] of Object.entries(painters)) {
		for (const perturbs of ['slightly', 'strongly'] as const) {
			it(`${model}: is painted, and what it keeps is changed ${perturbs}`, async () => {
				const emulator = await started(start(perturbs === 'slightly' ? {} : { perturbs }));
				const [file] = await client.pictures(emulator, editBy(model));
				const counted = count(file ?? assert.fail(), aroundMask, perturbs);
				assert.deepEqual(counted, { painted: inside, kept: all - inside, wrong: 0 });
				assert.equal(emulator.charges, 1);
			});
		}
	}

	it('is one file under two names to a server that nobody knows, and one where the other is refused', async () => {
		const vllm = await started(startCustom('vllm-omni'));
		await client.pictures(vllm, editBy('custom/Qwen/Qwen-Image'));
		assert.deepEqual(maskNames(vllm), [['mask', 'mask_image']]);
		const strict = await started(startCustom('strict'));
		await client.pictures(strict, editBy('custom/house-painter'));
		assert.deepEqual(maskNames(strict), [['mask', 'mask_image'], ['mask']]);
		assert.equal(strict.charges, 1, 'a refusal costs nothing');
		const own = await started(startCustom('sd-cpp'));
		await client.pictures(own, editBy('custom/sd-cpp-local'));
		assert.deepEqual(maskNames(own), [['mask']]);
	});

	for (const [model, words] of [
		['replicate/openai/gpt-image-2', /takes no mask: it gets the picture without one, and Limn keeps/],
		['replicate/emulator/black-mask', /reads masks the other way round: it gets the picture without one, and Limn/],
	] as const) {
		it(`${model}: stays here where the model has no use for it, which is said`, async () => {
			const emulator = await started(replicate({}));
			const { images, failures, warnings } = await client.make(emulator, editBy(model));
			assert.deepEqual([images.length, failures], [1, []]);
			assert.match(warnings.join(' '), words);
			const created = emulator.requests.find(({ method }) => method === 'POST');
			assert.doesNotMatch(created?.text ?? '', /mask/);
			const marked = placeInSource(300, 620);
			const file = PNG.sync.read(Buffer.from(images[0]?.bytes ?? new Uint8Array()));
			assert.equal(file.data[marked], ((source.data[marked] ?? 0) + colour[0]) >> 1, 'all of it was repainted');
		});
	}
});

describe('an edit without a mask', () => {
	const started = emulators();
	const client = limn('direct');

	for (const [model, start] of [
		['vincony/openai/gpt-image-2', async (habits: EditHabits) => startVincony(habits)],
		['runware/openai:gpt-image@2', runware],
	] as const) {
		it(`${model}: changes every pixel`, async () => {
			const emulator = await started(start({}));
			const task = { operation: 'edit', images: [picture] } as const;
			const [file] = await client.pictures(emulator, callFor(model, { operation: 'edit', prompt }, { task }));
			const { data } = PNG.sync.read(Buffer.from(file ?? assert.fail()));
			const isMixed = (at: number) => data[at] === ((source.data[at] ?? 0) + colour[0]) >> 1;
			assert.ok(Array.from({ length: all }, (_, pixel) => pixel * 4).every(isMixed));
		});
	}
});

describe('an expansion', () => {
	const started = emulators();
	const client = limn('direct');
	const task: Task = { operation: 'expand', image: picture, margins };
	const canvas = { kind: 'pixels', size: { width: 1216, height: 1024 } } as const;
	const before = (x: number, y: number) => {
		const isSource = x >= margins.left && x < margins.left + size.width;
		return isSource ? placeInSource(x - margins.left, y) : undefined;
	};

	for (const model of ['runware/runware:101@1', 'runware/runware:102@1', 'runware/bfl:1@3']) {
		for (const perturbs of ['slightly', 'strongly'] as const) {
			it(`${model}: grows, and what was there is changed ${perturbs}`, async () => {
				const emulator = await started(runware({ perturbs }));
				const call = { ...callFor(model, { operation: 'expand', prompt }, { task }), size: canvas };
				const [file] = await client.pictures(emulator, call);
				const counted = count(file ?? assert.fail(), before, perturbs);
				assert.deepEqual(counted, { painted: 192 * 1024, kept: all, wrong: 0 });
			});
		}
	}
});

describe('an expansion that Runware does not take', () => {
	const started = emulators();
	const client = limn('direct');

	it('has sides that are no multiples of 64, or another size than the source and what is added make', async () => {
		const emulator = await started(runware({}));
		const refusal = async (right: number, width: number) => {
			const task: Task = { operation: 'expand', image: picture, margins: { top: 0, right, bottom: 0, left: 0 } };
			const call = callFor('runware/runware:102@1', { operation: 'expand', prompt }, { task });
			const { failures } = await client.make(emulator, {
				...call,
				size: { kind: 'pixels', size: { width, height: 1024 } },
			});
			return failures.map(({ code, charged }) => `${code} ${charged}`);
		};
		assert.deepEqual(await refusal(100, 1124), ['invalid-request no']);
		assert.deepEqual(await refusal(128, 1216), ['invalid-request no']);
	});
});

describe('an edit that comes back in another size than was asked for', () => {
	const started = emulators();
	const client = limn('direct');
	for (const [model, start] of Object.entries(painters)) {
		it(model, async () => {
			const emulator = await started(start({ resizes }));
			const [file] = await client.pictures(emulator, editBy(model));
			assert.equal(sizeOf(file), '1536x512');
			const { data } = PNG.sync.read(Buffer.from(file ?? assert.fail()));
			assert.ok(isColour(data, (310 * 1536 + 450) * 4, colour), 'what is painted has grown with it');
		});
	}

	it('vincony/openai/gpt-image-2, and an expansion', async () => {
		const edit = { operation: 'edit', images: [picture] } as const;
		const chat = await started(startVincony({ resizes }));
		const [edited] = await client.pictures(
			chat,
			callFor('vincony/openai/gpt-image-2', { operation: 'edit', prompt }, { task: edit }),
		);
		assert.equal(sizeOf(edited), '1536x512');
		const emulator = await started(runware({ resizes }));
		const expand = { operation: 'expand', image: picture, margins } as const;
		const call = callFor('runware/bfl:1@3', { operation: 'expand', prompt }, { task: expand });
		assert.equal(sizeOf((await client.pictures(emulator, call))[0]), '1824x512');
	});
});
