import assert from 'node:assert/strict';
import * as z from 'zod';
import { colourOf } from './pictures';
import { colourAt, emulators, opaque } from './testing';
import { startVincony } from './vincony';
import { type VinconyShape, vinconyShapes, vinconyStreamedShapes } from './vinconyShapes';
import { chat, pictureAt } from './vinconyTesting';

const prompt = 'a tower';
const streaming = { stream: true };

const frameSchema = z.object({
	choices: z.tuple([
		z.object({
			delta: z.object({
				content: z.string().default(''),
				refusal: z.string().optional(),
				images: z.array(z.unknown()).default([]),
			}),
			finish_reason: z.string().nullable(),
		}),
	]),
});

function framesIn(text: string): string[] {
	return Array.from(text.matchAll(/^data: (.*)$/gm), ([, data = '']) => data);
}

/** What a client has when it has put the pieces together. */
function joined(text: string): { readonly content: string; readonly images: readonly unknown[] } {
	const frames = framesIn(text).filter((data) => data !== '[DONE]');
	const deltas = frames.map((data) => frameSchema.parse(JSON.parse(data)).choices[0].delta);
	return {
		content: deltas.map(({ content }) => content).join(''),
		images: deltas.flatMap(({ images }) => images),
	};
}

describe('streams of the emulator of Vincony', () => {
	const started = emulators();
	const start = async (options = {}) => started(startVincony(options));

	for (const shape of vinconyStreamedShapes) {
		it(`bring ${shape} in pieces`, async () => {
			const emulator = await start({ shape });
			const { headers, text } = await chat(emulator, prompt, streaming);
			assert.match(headers.get('content-type') ?? '', /^text\/event-stream/);
			assert.equal(framesIn(text).at(-1), '[DONE]');
			const { content, images } = joined(text);
			assert.equal(images.length, shape.startsWith('images-') ? 1 : 0);
			const file = await pictureAt(images[0] ?? content);
			assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf(prompt)));
		});
	}

	it('are left to the shapes that can come so, and whole where there is another', async () => {
		const emulator = await start();
		for (let index = 0; index < vinconyStreamedShapes.length; index++) {
			assert.match((await chat(emulator, prompt, streaming)).text, /^data: /);
		}
		const whole: VinconyShape[] = vinconyShapes.filter((shape) => !vinconyStreamedShapes.includes(shape));
		for (const shape of whole) {
			const { headers } = await chat(await start({ shape }), prompt, streaming);
			assert.equal(headers.get('content-type'), 'application/json', shape);
		}
	});

	it('come unasked where the emulator is told to', async () => {
		const emulator = await start({ streams: true });
		assert.match((await chat(emulator, prompt)).text, /^data: /);
		assert.match((await chat(emulator, prompt, { stream: false })).text, /^\{/);
	});

	it('carry refusals and words', async () => {
		const emulator = await start();
		const { text } = await chat(emulator, `${prompt} !refusal`, streaming);
		assert.ok(framesIn(text).some((data) => data.includes('"delta":{"refusal":"I cannot draw that."}')));
		assert.match(
			joined((await chat(emulator, `${prompt} !words`, streaming)).text).content,
			/^I cannot draw that, because/,
		);
	});

	it('end in an error, without [DONE]', async () => {
		const emulator = await start();
		const { status, text } = await chat(emulator, `${prompt} !error-frame`, streaming);
		assert.equal(status, 200);
		assert.equal(framesIn(text).at(-1), '{"error":"The model is overloaded"}');
	});

	it('lack what matters where they are cut', async () => {
		const emulator = await start({ shape: 'images-url-object' });
		const { text } = await chat(emulator, `${prompt} !cut`, streaming);
		assert.deepEqual(joined(text).images, []);
		assert.equal(emulator.charges, 1);
	});
});
