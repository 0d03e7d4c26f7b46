import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import { startRunware } from './runware';
import { ask, askFor, assertRefused, dataUri, inference, pictureOf, type Refused } from './runwareTesting';
import { colourAt, emulators, pngOf, rightHalf, twoHalves } from './testing';

type Case = readonly [title: string, fields: object, refused: Refused];

const image = dataUri(pngOf(twoHalves(128, 192)));
const mask = dataUri(pngOf(rightHalf(128, 192)));
const pixels = ['width', 'height'];
const square = { width: 1024, height: 1024 };
const gpt2 = { model: 'openai:gpt-image@2', ...square };
const gpt15 = { model: 'openai:4@1', ...square };
const flare = { model: 'openai:gpt-image@2.5-flare', ...square };
const fill = { model: 'runware:102@1', seedImage: image };
const openai = (settings: object) => ({ providerSettings: { openai: settings } });

const common: readonly Case[] = [
	['no task type', { taskType: undefined }, [400, 'missingTaskType', 'taskType']],
	['another task type', { taskType: 'photoMaker' }, [400, 'unsupportedTaskType', 'taskType']],
	['no UUID', { taskUUID: undefined }, [400, 'missingTaskUUID', 'taskUUID']],
	['a UUID of version 1', { taskUUID: '1973ea00-03d0-1d9e-a293-0d94822ceb48' }, [400, 'invalidTaskUUID', 'taskUUID']],
	['no model', { model: undefined }, [400, 'missingModel', 'model']],
	['DALL·E 2, retired', { model: 'openai:2@2' }, [400, 'invalidModel', 'model']],
	['DALL·E 3, retired', { model: 'openai:2@3' }, [400, 'invalidModel', 'model']],
	['no prompt', { positivePrompt: undefined }, [400, 'missingPositivePrompt', 'positivePrompt']],
	['a short prompt', { positivePrompt: 'a' }, [400, 'invalidPositivePromptLength', 'positivePrompt']],
	['a long prompt', { positivePrompt: 'a'.repeat(3001) }, [400, 'invalidPositivePromptLength', 'positivePrompt']],
	['no size', { width: undefined, height: undefined }, [400, 'missingWidth', 'width']],
	['half a size', { height: undefined }, [400, 'missingHeight', 'height']],
	['a width as text', { width: '128' }, [400, 'invalidWidth', 'width']],
	['a size off the grid', { width: 150 }, [400, 'invalidPixels', pixels]],
	['a size that is too small', { width: 64 }, [400, 'invalidPixels', pixels]],
	['several output types', { outputType: ['URL'] }, [400, 'invalidOutputType', 'outputType']],
	['another output type', { outputType: 'base64' }, [400, 'invalidOutputType', 'outputType']],
	['another format', { outputFormat: 'GIF' }, [400, 'invalidOutputFormat', 'outputFormat']],
	['a low quality', { outputQuality: 19 }, [400, 'invalidOutputQuality', 'outputQuality']],
	['a high quality', { outputQuality: 100 }, [400, 'invalidOutputQuality', 'outputQuality']],
	['a short life', { ttl: 59 }, [400, 'invalidTtl', 'ttl']],
	['no results', { numberResults: 0 }, [400, 'invalidNumberResults', 'numberResults']],
	['21 results', { numberResults: 21 }, [400, 'invalidNumberResults', 'numberResults']],
	['half a result', { numberResults: 1.5 }, [400, 'invalidNumberResults', 'numberResults']],
	['a webhook that is no address', { webhookURL: 'here' }, [400, 'invalidWebhookURL', 'webhookURL']],
	['an upload to a file', { uploadEndpoint: 'file:///a' }, [400, 'invalidUploadEndpoint', 'uploadEndpoint']],
	['a flat safety', { safety: true }, [400, 'invalidSafety', 'safety']],
	['a mode of safety', { safety: { mode: 'fast' } }, [400, 'unsupportedParameter', 'safety.mode']],
	['checkNSFW', { checkNSFW: false }, [400, 'unsupportedParameter', 'checkNSFW']],
	['a negative seed', { seed: -1 }, [400, 'invalidSeed', 'seed']],
	['a strength of 2', { strength: 2, seedImage: image }, [400, 'invalidStrength', 'strength']],
];

const families: readonly Case[] = [
	['size 512 of GPT Image 2', { ...gpt2, width: 512, height: 512 }, [400, 'invalidPixels', pixels]],
	['a flat GPT Image 2', { ...gpt2, width: 2560, height: 816 }, [400, 'invalidPixels', pixels]],
	['too many pixels', { ...gpt2, width: 3840, height: 2176 }, [400, 'invalidPixels', pixels]],
	['a free size of GPT Image 1.5', { ...gpt15, width: 1280 }, [400, 'invalidPixels', pixels]],
	[
		'one character for GPT Image 2',
		{ ...gpt2, positivePrompt: 'a' },
		[400, 'invalidPositivePromptLength', 'positivePrompt'],
	],
	[
		'10001 for Flare',
		{ ...flare, positivePrompt: 'a'.repeat(10_001) },
		[400, 'invalidPositivePromptLength', 'positivePrompt'],
	],
	['a seed for GPT Image', { ...gpt2, seed: 1 }, [400, 'unsupportedParameter', 'seed']],
	['a negative prompt for Flare', { ...flare, negativePrompt: 'no' }, [400, 'unsupportedParameter', 'negativePrompt']],
	[
		'a background of GPT Image 2',
		{ ...gpt2, ...openai({ background: 'opaque' }) },
		[400, 'unsupportedParameter', 'providerSettings.openai.background'],
	],
	['settings of GPT Image 1.5', { ...gpt15, settings: { quality: 'low' } }, [400, 'unsupportedParameter', 'settings']],
	[
		'provider settings of Flare',
		{ ...flare, ...openai({ quality: 'low' }) },
		[400, 'unsupportedParameter', 'providerSettings'],
	],
	[
		'quality max of GPT Image 2',
		{ ...gpt2, ...openai({ quality: 'max' }) },
		[400, 'invalidQuality', 'providerSettings.openai.quality'],
	],
	[
		'a transparent JPG',
		{ ...gpt15, outputFormat: 'JPG', ...openai({ background: 'transparent' }) },
		[400, 'incompatibleParameters', ['providerSettings.openai.background', 'outputFormat']],
	],
	[
		'a background of Flare without a format',
		{ ...flare, outputFormat: undefined, settings: { background: 'opaque' } },
		[400, 'missingOutputFormat', 'outputFormat'],
	],
	[
		'a mask for GPT Image 2',
		{ ...gpt2, inputs: { referenceImages: [image], mask } },
		[400, 'unsupportedParameter', 'inputs.mask'],
	],
	[
		'a mask without a picture',
		{ ...flare, inputs: { mask } },
		[400, 'missingReferenceImages', 'inputs.referenceImages'],
	],
	[
		'17 references',
		{ ...gpt2, referenceImages: Array.from({ length: 17 }, () => image) },
		[400, 'arrayTooLarge', 'referenceImages'],
	],
	['an empty list', { ...gpt2, inputs: { referenceImages: [] } }, [400, 'arrayTooSmall', 'inputs.referenceImages']],
	[
		'references in both forms',
		{ ...gpt2, referenceImages: [image], inputs: { referenceImages: [image] } },
		[400, 'incompatibleParameters', ['inputs.referenceImages', 'referenceImages']],
	],
	[
		'references of klein in the old form',
		{ model: 'runware:400@4', referenceImages: [image] },
		[400, 'unsupportedParameter', 'referenceImages'],
	],
	['a source for GPT Image', { ...gpt2, seedImage: image }, [400, 'unsupportedParameter', 'seedImage']],
	['strength of Fill', { ...fill, maskImage: mask, strength: 0.5 }, [400, 'unsupportedParameter', 'strength']],
	['a margin of Fill', { ...fill, maskImage: mask, maskMargin: 32 }, [400, 'unsupportedParameter', 'maskMargin']],
	['Fill without a mask', fill, [400, 'missingMaskImage', 'maskImage']],
	['a mask without a source', { maskImage: mask }, [400, 'missingSeedImage', 'seedImage']],
	[
		'a mask of another size',
		{ ...fill, maskImage: dataUri(pngOf(rightHalf(64, 64))) },
		[400, 'invalidMaskImage', 'maskImage'],
	],
	[
		'a source in both forms',
		{ seedImage: image, inputs: { seedImage: image } },
		[400, 'incompatibleParameters', ['seedImage', 'inputs.seedImage']],
	],
	['a source that is none', { seedImage: 'data:image/png;base64,AAAA' }, [400, 'invalidSeedImage', 'seedImage']],
	['a source somewhere else', { seedImage: 'http://127.0.0.1:9/a.png' }, [400, 'invalidSeedImage', 'seedImage']],
	['outpainting off the grid', { ...fill, outpaint: { right: 32 } }, [400, 'invalidRight', 'outpaint.right']],
	['outpainting nothing', { ...fill, outpaint: { top: 0 } }, [400, 'invalidOutpaint', 'outpaint']],
	['a blur of 33', { ...fill, outpaint: { right: 64, blur: 33 } }, [400, 'invalidBlur', 'outpaint.blur']],
	['outpainting to another size', { ...fill, outpaint: { right: 64 } }, [400, 'invalidPixels', pixels]],
	[
		'a prompt for the eraser',
		{ model: 'bfl:flux@erase', width: undefined, height: undefined, inputs: { image, mask } },
		[400, 'unsupportedParameter', 'positivePrompt'],
	],
	[
		'few steps of Fill pro',
		{ model: 'bfl:1@2', seedImage: image, maskImage: mask, width: undefined, height: undefined, steps: 14 },
		[400, 'invalidSteps', 'steps'],
	],
	[
		'a size for Ideogram Edit',
		{ model: 'ideogram:4@3', seedImage: image, maskImage: mask },
		[400, 'unsupportedParameter', 'width'],
	],
];

describe('the rules of Runware', () => {
	const started = emulators();

	for (const [title, fields, refused] of [...common, ...families]) {
		it(`refuse ${title}`, async () => {
			const emulator = await started(startRunware());
			await assertRefused(askFor(emulator, fields), refused);
			assert.equal(emulator.charges, 0);
		});
	}

	it('name what is allowed instead', async () => {
		const emulator = await started(startRunware());
		const { errors } = await askFor(emulator, { ...gpt2, ...openai({ quality: 'max' }) });
		assert.deepEqual(errors[0]?.['allowedValues'], ['auto', 'high', 'medium', 'low']);
	});

	it('call a retired model what they are told to call it', async () => {
		const disabling = await started(startRunware({ retiredCode: 'modelDisabled' }));
		await assertRefused(askFor(disabling, { model: 'openai:2@2' }), [400, 'modelDisabled', 'model']);
		const losing = await started(startRunware({ retiredCode: 'modelNotFound' }));
		await assertRefused(askFor(losing, { model: 'openai:2@3' }), [404, 'modelNotFound', 'model']);
		await assertRefused(askFor(losing, { model: 'openai:9@9' }), [400, 'invalidModel', 'model']);
	});

	it('take the sizes at the edges', async () => {
		const emulator = await started(startRunware());
		const sizes = {
			'openai:gpt-image@2': '1440x480',
			'openai:gpt-image@2.5-sunburst': '832x800',
			'runware:101@1': '128x2048',
			'runware:400@4': '144x128',
			'google:4@3': '848x1264',
		};
		for (const [model, size] of Object.entries(sizes)) {
			const [width, height] = size.split('x').map(Number);
			const picture = pictureOf(await askFor(emulator, { model, width, height }));
			assert.deepEqual(sniff(picture), { format: 'png', width, height }, model);
		}
	});

	it('clear the edges of a transparent picture', async () => {
		const emulator = await started(startRunware());
		for (const fields of [
			{ ...gpt15, ...openai({ background: 'transparent' }) },
			{ ...flare, settings: { background: 'transparent' } },
		]) {
			const picture = pictureOf(await askFor(emulator, fields));
			assert.deepEqual([(await colourAt(picture, 0.05))[3], (await colourAt(picture, 0.5))[3]], [0, 255]);
		}
	});
});

/** As the model pages show them: nothing but these keys, and an address for an answer. */
const dallE2 = [
	'b1e7a5fb-9f5f-4a62-9711-0d2cb889290f',
	'eafc3af1-908a-4aaa-a2bf-e10ff04769f1',
	'87816c66-9c55-4f32-99da-18abb91e455f',
	'78ecb629-2eb8-4912-a095-613097667dc2',
].map((taskUUID) => ({ taskUUID, model: 'openai:2@2', width: 1024, height: 1024 }));
const hd = openai({ quality: 'hd' });
const wide = { model: 'openai:2@3', width: 1792, height: 1024, ...hd };
const dallE3 = [
	{ taskUUID: 'f26a1a7b-e5fa-4ea4-b75a-3979680f55d5', ...wide },
	{ taskUUID: '1973ea00-03d0-4d9e-a293-0d94822ceb48', ...wide },
	{ taskUUID: 'b82b1ba8-a4fe-432b-8665-8dce5c7ca8bc', ...wide, width: 1024, height: 1792 },
	{ taskUUID: '7a81f3f7-4256-4b54-afe1-fbc8eb5920f0', ...wide },
];

describe('Runware before the retirement', () => {
	const started = emulators();
	const words = 'richly detailed fantasy illustration, dramatic lighting, ';

	for (const example of [...dallE2, ...dallE3]) {
		it(`answered the example ${example.taskUUID} of ${example.model}`, async () => {
			const emulator = await started(startRunware({ legacy: true }));
			const task = { taskType: 'imageInference', positivePrompt: words.repeat(15), ...example };
			const { data } = await ask(emulator, [task]);
			assert.deepEqual(Object.keys(data[0] ?? {}), ['taskType', 'taskUUID', 'imageUUID', 'imageURL']);
			const file = await fetch(String(data[0]?.['imageURL']));
			const { width, height } = example;
			assert.deepEqual(sniff(new Uint8Array(await file.arrayBuffer())), { format: 'jpeg', width, height });
		});
	}

	it('cost what the examples say', async () => {
		const emulator = await started(startRunware({ legacy: true }));
		const tasks = [dallE2[0], dallE3[0]].map((example) => inference({ ...example, includeCost: true }));
		assert.deepEqual(
			(await ask(emulator, tasks)).data.map(({ cost }) => cost),
			[0.02, 0.12],
		);
	});

	it('took no pictures, and no more words than these', async () => {
		const emulator = await started(startRunware({ legacy: true }));
		const dallE = { model: 'openai:2@2', width: 256, height: 256 };
		await assertRefused(askFor(emulator, { ...dallE, seedImage: image }), [400, 'unsupportedParameter', 'seedImage']);
		const long = { ...dallE, positivePrompt: 'a'.repeat(1001) };
		await assertRefused(askFor(emulator, long), [400, 'invalidPositivePromptLength', 'positivePrompt']);
		assert.equal((await askFor(emulator, { ...dallE, safety: { mode: 'fast' } })).status, 200);
	});
});
