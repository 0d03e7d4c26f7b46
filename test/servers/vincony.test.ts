import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import { colourOf } from './pictures';
import { dataUri } from './replicateTesting';
import { colourAt, emulators, opaque, pngOf, twoHalves } from './testing';
import { startVincony, vinconyKey, type VinconyTrouble, vinconyTroubles } from './vincony';
import { type VinconyShape, vinconyShapes } from './vinconyShapes';
import { at, chat, get, pictureAt, refusalIn } from './vinconyTesting';

const prompt = 'a tower';

describe('the emulator of Vincony', () => {
	const started = emulators();
	const start = async (options = {}) => started(startVincony(options));

	const message = 'choices.0.message';
	const paths = {
		'images-url-object': `${message}.images.0.image_url.url`,
		'images-url-text': `${message}.images.0.image_url`,
		'images-address-object': `${message}.images.0.image_url.url`,
		'images-address': `${message}.images.0.url`,
		'images-base64': `${message}.images.0.b64_json`,
		'images-base64-mime': `${message}.images.0.b64_json`,
		'images-base64-bare': `${message}.images.0.b64_json`,
		'images-text': `${message}.images.0`,
		'parts-url-object': `${message}.content.1.image_url.url`,
		'parts-url-text': `${message}.content.1.image_url`,
		'parts-output-image': `${message}.content.1.image_url`,
		'parts-image-address': `${message}.content.1.url`,
		'parts-image-base64': `${message}.content.1.b64_json`,
		'parts-image-data': `${message}.content.1.data`,
		'parts-image-source': `${message}.content.1.source.data`,
		'parts-inline-camel': `${message}.content.1.inlineData.data`,
		'parts-inline-snake': `${message}.content.1.inline_data.data`,
		'parts-text': `${message}.content.1.text`,
		'text-markdown-address': `${message}.content`,
		'text-markdown-data': `${message}.content`,
		'text-data': `${message}.content`,
		'text-address-extension': `${message}.content`,
		'text-address-only': `${message}.content`,
		'text-json': `${message}.content`,
		'text-base64': `${message}.content`,
		'data-address': 'data.0.url',
		'data-base64': 'data.0.b64_json',
		'top-images': 'images.0.image_url.url',
		'top-images-address': 'images.0.url',
		'output-call': 'output.0.result',
	} as const satisfies Readonly<Record<VinconyShape, string>>;

	for (const shape of vinconyShapes) {
		it(`answers with a picture as ${shape}`, async () => {
			const emulator = await start({ shape });
			const { status, text } = await chat(emulator, prompt);
			assert.equal(status, 200);
			const file = await pictureAt(at(text, paths[shape]));
			assert.deepEqual(sniff(file), { format: 'png', width: 1024, height: 1024 });
			assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf(prompt)));
			assert.equal(emulator.charges, 1);
		});
	}

	it('goes through all shapes, one after the other', async () => {
		const emulator = await start();
		for (const shape of [...vinconyShapes, 'images-url-object'] as const) {
			const { text } = await chat(emulator, prompt, { image_config: { aspect_ratio: '1:10' } });
			assert.ok(sniff(await pictureAt(at(text, paths[shape]))), shape);
		}
	});

	it('takes a ratio', async () => {
		const emulator = await start({ shape: 'text-base64' });
		const sized = async (ratio: string) => {
			const { text } = await chat(emulator, prompt, { image_config: { aspect_ratio: ratio } });
			return sniff(await pictureAt(at(text, `${message}.content`)));
		};
		assert.deepEqual(await sized('16:9'), { format: 'png', width: 1376, height: 768 });
		assert.deepEqual(await sized('2:3'), { format: 'png', width: 832, height: 1248 });
		assert.equal((await chat(emulator, prompt, { image_config: { aspect_ratio: '100:1' } })).status, 400);
	});

	it('edits what comes along, from data and from its own addresses', async () => {
		const emulator = await start({ shape: 'images-address' });
		const source = pngOf(twoHalves(320, 200));
		const edit = async (url: string) =>
			chat(emulator, [
				{ type: 'text', text: prompt },
				{ type: 'image_url', image_url: { url } },
			]);
		const { text } = await edit(dataUri(source));
		const file = await pictureAt(at(text, `${message}.images.0.url`));
		assert.deepEqual(sniff(file), { format: 'png', width: 320, height: 200 });
		const [left, right] = [await colourAt(file, 0.25), await colourAt(file, 0.75)];
		assert.notDeepEqual(left, right);
		const [red = 0] = await colourAt(source, 0.25);
		assert.equal(left[0], (red + colourOf(prompt)[0]) >> 1);
		assert.equal((await edit(String(at(text, `${message}.images.0.url`)))).status, 200);
		const [status, sentence] = refusalIn(await edit('https://example.invalid/a.png'));
		assert.deepEqual([status, sentence], [400, 'An image of the message could not be read']);
		assert.equal(emulator.charges, 2);
	});

	it('answers with words where the model only speaks', async () => {
		const emulator = await start();
		const { text } = await chat(emulator, prompt, { model: 'openai/gpt-5.2' });
		assert.equal(at(text, `${message}.content`), `You said: ${prompt}`);
	});

	const troubles = {
		refusal: [`${message}.refusal`, 'I cannot draw that.'],
		words: [`${message}.content`, 'I cannot draw that, because it shows a real person.'],
		'error-body': ['error', 'The model is overloaded'],
		'error-frame': ['error', 'The model is overloaded'],
	} as const satisfies Readonly<Record<VinconyTrouble, readonly [path: string, sentence: string]>>;

	for (const trouble of vinconyTroubles) {
		it(`has ${trouble} instead of a picture, by program or in the prompt`, async () => {
			for (const [options, words] of [[{ trouble }, prompt] as const, [{}, `${prompt} !${trouble}`] as const]) {
				const emulator = await start(options);
				const { status, text } = await chat(emulator, words);
				const [path, sentence] = troubles[trouble];
				assert.deepEqual([status, at(text, path)], [200, sentence]);
				assert.equal(emulator.charges, 1);
			}
		});
	}

	it('says errors as sentences', async () => {
		const emulator = await start();
		const refused = async (fields: object, words = prompt) => refusalIn(await chat(emulator, words, fields));
		assert.deepEqual(await refused({ model: 'auto' }), [400, 'Model "auto" is not supported here, choose a model']);
		assert.deepEqual(await refused({ model: 'other' }), [404, 'Model other not found']);
		assert.equal((await refused({ model: 'openai/dall-e-2' }))[0], 400);
		assert.equal((await refused({ messages: [] }))[0], 400);
		const wanted = { quota: 402, payment: 402, billing: 402, 'rate-limit': 429, moderation: 400, '503-once': 503 };
		for (const [name, status] of Object.entries(wanted)) {
			assert.equal((await refused({}, `${prompt} !${name}`))[0], status, name);
		}
		assert.equal((await refused({}, `${prompt} !bad-key`))[1], `Incorrect API key provided: ${vinconyKey}.`);
		assert.equal(emulator.charges, 0);
	});

	it('serves what is retired where it is told to', async () => {
		const emulator = await start({ legacy: true, shape: 'data-base64' });
		assert.equal((await chat(emulator, prompt, { model: 'openai/dall-e-2' })).status, 200);
	});

	it('has no other addresses, and a list of models only where it is told to', async () => {
		const emulator = await start();
		for (const path of ['/images/generations', '/models']) {
			assert.deepEqual(refusalIn(await get(`${emulator.baseUrl}${path}`)), [404, 'Not found']);
		}
		assert.deepEqual(refusalIn(await get(`${emulator.baseUrl}/models`, 'other')), [401, 'Invalid API key']);
		const { baseUrl } = await start({ listsModels: true });
		const { text } = await get(`${baseUrl}/models`);
		assert.equal(at(text, 'data.0.id'), 'openai/gpt-image-2');
		assert.ok(!text.includes('dall-e-2'));
	});
});
