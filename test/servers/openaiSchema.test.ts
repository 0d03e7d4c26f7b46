import assert from 'node:assert/strict';
import Ajv from 'ajv';
import specification from './openai-images.openapi.json';
import type { Emulator } from './emulator';
import { startOpenAI } from './openai';
import { blob, emulators, formOf, pngOf, post, postForText, rightHalf, twoHalves } from './testing';

/**
 * OpenAI's own specification, which is older than its client: it knows three sizes, three qualities and three formats
 * in answers. What its newer models say besides is written in here.
 */
function validators() {
	const { schemas } = specification.components;
	for (const schema of [schemas.ImagesResponse, ...eventsOf(schemas)]) {
		schema.properties.quality.enum.push('xhigh', 'max');
		schema.properties.output_format.enum.push('gif', 'svg');
		Object.assign(schema.properties.size, { enum: undefined, pattern: String.raw`^\d+x\d+$` });
		Reflect.deleteProperty(schema.properties.size, 'enum');
	}
	// The formats (binary, uri, unixtime) are annotations to this validator.
	const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	ajv.addSchema(specification, 'openai');
	return (name: keyof typeof schemas, value: unknown) => {
		const isValid = ajv.validate({ $ref: `openai#/components/schemas/${name}` }, value);
		assert.ok(isValid, `${name}: ${ajv.errorsText()}`);
	};
}

function eventsOf(schemas: typeof specification.components.schemas) {
	const { ImageGenPartialImageEvent, ImageGenCompletedEvent, ImageEditPartialImageEvent, ImageEditCompletedEvent } =
		schemas;
	return [ImageGenPartialImageEvent, ImageGenCompletedEvent, ImageEditPartialImageEvent, ImageEditCompletedEvent];
}

/** The data of each event of a stream. */
function dataOf(text: string): unknown[] {
	return Array.from(text.matchAll(/^data: (.*)$/gm), ([, data = '']): unknown => JSON.parse(data));
}

describe("the emulator of OpenAI by OpenAI's specification", () => {
	const started = emulators();
	const validate = validators();

	async function generate(emulator: Emulator, fields: object): Promise<void> {
		const answer = await post(emulator, '/images/generations', { prompt: 'a mill', ...fields });
		assert.equal(answer.status, 200, JSON.stringify(answer.body.error));
		validate('ImagesResponse', answer.body);
	}

	it('answers generations of every model', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		const models = ['gpt-image-1', 'gpt-image-1-mini', 'gpt-image-1.5', 'chatgpt-image-latest', 'gpt-image-2'];
		const newer = ['gpt-image-2.5-sunburst', 'gpt-image-2.5-flare', 'gpt-image-2.6-sunburst', 'gpt-image-2.6-flare'];
		for (const model of [...models, ...newer, 'dall-e-2', 'dall-e-3']) await generate(emulator, { model });
	});

	it('answers every format, quality and background', async () => {
		const emulator = await started(startOpenAI());
		const model = 'gpt-image-2.6-flare';
		for (const format of ['png', 'jpeg', 'webp', 'gif', 'svg']) {
			await generate(emulator, { model, output_format: format, size: '832x800' });
		}
		for (const quality of ['low', 'medium', 'high', 'xhigh', 'max', 'auto'])
			await generate(emulator, { model, quality });
		for (const background of ['transparent', 'opaque', 'auto']) await generate(emulator, { model, background });
	});

	it('answers edits, in a form and in JSON', async () => {
		const emulator = await started(startOpenAI());
		const [source, mask] = [pngOf(twoHalves(1024, 1024)), pngOf(rightHalf(1024, 1024))];
		const fields = { model: 'gpt-image-2', prompt: 'a mill' };
		const form = formOf({ ...fields, image: blob(source), mask: blob(mask), n: '2' });
		const answers = [
			await post(emulator, '/images/edits', form),
			await post(emulator, '/images/edits', {
				...fields,
				images: [{ image_url: dataUrl(source) }],
				mask: { image_url: dataUrl(mask) },
			}),
		];
		for (const { status, body } of answers) {
			assert.equal(status, 200, JSON.stringify(body.error));
			validate('ImagesResponse', body);
		}
	});

	it('streams events', async () => {
		const emulator = await started(startOpenAI());
		const fields = { model: 'gpt-image-2', prompt: 'a mill', stream: true, partial_images: 1 };
		const generated = dataOf(await postForText(emulator, '/images/generations', fields));
		assert.equal(generated.length, 2);
		for (const data of generated) validate('ImageGenStreamEvent', data);
		const images = [{ image_url: dataUrl(pngOf(twoHalves(1024, 1024))) }];
		const edited = dataOf(await postForText(emulator, '/images/edits', { ...fields, images }));
		assert.equal(edited.length, 2);
		for (const data of edited) validate('ImageEditStreamEvent', data);
	});

	it('refuses with the envelope of errors', async () => {
		const emulator = await started(startOpenAI());
		const bodies = [
			{ prompt: 'a mill' },
			{ model: 'dall-e-2', prompt: 'a mill' },
			{ model: 'gpt-image-2', prompt: 'a !moderation' },
		];
		for (const fields of [...bodies, { model: 'gpt-image-2', prompt: 'a mill', seed: 1 }]) {
			const { status, body, headers } = await post(emulator, '/images/generations', fields);
			assert.ok(status >= 400);
			assert.match(headers.get('x-request-id') ?? '', /^req_/);
			validate('ErrorResponse', body);
		}
	});
});

function dataUrl(png: Uint8Array): string {
	return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
