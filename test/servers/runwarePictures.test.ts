import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import { colourOf, type EditHabits } from './pictures';
import { startRunware } from './runware';
import { askFor, dataUri, pictureOf } from './runwareTesting';
import { colourAt, emulators, opaque, pngOf, rightHalf, twoHalves } from './testing';

const red = [220, 30, 40, 255];
const unsized = { width: undefined, height: undefined };
const source = pngOf(twoHalves(128, 192));
const seedImage = dataUri(source);
/** White on the right, and clear there: only the white counts. */
const maskImage = dataUri(pngOf(rightHalf(128, 192)));
/** The other way round for who looks at alpha. */
const opaqueMask = dataUri(pngOf(rightHalf(128, 192), 3));

describe('pictures of Runware', () => {
	const started = emulators();
	const edit = async (fields: object, habits: EditHabits = { perturbs: 'not' }) => {
		const answer = await askFor(await started(startRunware(habits)), fields);
		assert.deepEqual(answer.errors, []);
		return pictureOf(answer);
	};
	const filled = opaque(colourOf('a hut'));

	for (const [model, fields] of [
		['runware:102@1', { seedImage, maskImage }],
		['runware:102@1', { inputs: { seedImage, maskImage: opaqueMask } }],
		['runware:101@1', { seedImage, maskImage, strength: 0.9, maskMargin: 64 }],
		['civitai:403361@456538', { seedImage, maskImage, steps: 20, CFGScale: 5 }],
		['bfl:1@2', { seedImage, maskImage, ...unsized }],
		['ideogram:4@3', { seedImage, maskImage, ...unsized }],
		['runware:300@1', { inputs: { image: seedImage, mask: maskImage }, ...unsized }],
	] as const) {
		it(`fill what is white, and keep the rest (${model})`, async () => {
			const picture = await edit({ model, ...fields });
			assert.deepEqual(sniff(picture), { format: 'png', width: 128, height: 192 });
			assert.deepEqual([await colourAt(picture, 0.25), await colourAt(picture, 0.75)], [red, filled]);
		});
	}

	it('erase without words', async () => {
		const inputs = { image: seedImage, mask: maskImage };
		const picture = await edit({ model: 'bfl:flux@erase', positivePrompt: undefined, ...unsized, inputs });
		assert.deepEqual([await colourAt(picture, 0.25), await colourAt(picture, 0.75)], [red, opaque(colourOf(''))]);
	});

	for (const [name, key] of [
		['openai:gpt-image@2.5-flare', 'mask'],
		['openai:gpt-image@2.5-sunburst', 'maskImage'],
	] as const) {
		it(`are redrawn as a whole unless told, the kept part too (${name})`, async () => {
			const referenceImages = [dataUri(pngOf(twoHalves(1024, 640)))];
			const inputs = { referenceImages, [key]: dataUri(pngOf(rightHalf(1024, 640))) };
			const picture = await edit({ model: name, width: 1024, height: 640, inputs }, {});
			const kept = await colourAt(picture, 0.25);
			assert.notDeepEqual(kept, red);
			assert.ok(kept.every((value, channel) => Math.abs(value - (red[channel] ?? 0)) <= 3));
			assert.deepEqual(await colourAt(picture, 0.75), filled);
		});
	}

	it('are mixed where there is no mask', async () => {
		const picture = await edit({ seedImage, strength: 0.5 });
		const [first] = colourOf('a hut');
		assert.equal((await colourAt(picture, 0.25))[0], (220 + first) >> 1);
	});

	for (const [model, fields] of [
		['runware:102@1', { seedImage, outpaint: { right: 64, top: 128, blur: 16 }, width: 192, height: 320 }],
		['bfl:1@3', { seedImage, outpaint: { right: 64, top: 128 }, ...unsized }],
		[
			'bfl:flux@outpainting',
			{ positivePrompt: undefined, inputs: { image: seedImage }, outpaint: { right: 64, top: 128 }, ...unsized },
		],
	] as const) {
		it(`grow around the source (${model})`, async () => {
			const picture = await edit({ model, ...fields });
			assert.deepEqual(sniff(picture), { format: 'png', width: 192, height: 320 });
			const added = opaque(colourOf(model === 'bfl:flux@outpainting' ? '' : 'a hut'));
			const at = async (x: number, y: number) => colourAt(picture, x / 192, y / 320);
			assert.deepEqual([await at(0, 127), await at(0, 128), await at(128, 200)], [added, red, added]);
			assert.deepEqual(await at(127, 319), [20, 60, 200, 255]);
		});
	}

	it('take the shape of a reference where no size is asked for', async () => {
		const inputs = { referenceImages: [seedImage] };
		const picture = await edit({ model: 'bfl:3@1', inputs, ...unsized });
		assert.deepEqual(sniff(picture), { format: 'png', width: 832, height: 1248 });
		assert.deepEqual(
			sniff(await edit({ model: 'ideogram:4@4', seedImage, positivePrompt: undefined, width: 512, height: 640 }))
				?.width,
			512,
		);
	});

	it('are taken in each form: address, UUID, data URI, base64', async () => {
		const emulator = await started(startRunware());
		const [made] = (await askFor(emulator, { outputType: 'URL' })).data;
		const forms = [made?.['imageURL'], made?.['imageUUID'], seedImage, Buffer.from(source).toString('base64')];
		for (const form of forms) {
			const referenceImages = [form, seedImage];
			const flat = { model: 'openai:4@1', width: 1024, height: 1024, referenceImages };
			assert.equal((await askFor(emulator, flat)).status, 200, String(form).slice(0, 40));
			assert.equal((await askFor(emulator, { seedImage: form })).status, 200);
		}
		assert.equal(emulator.requests.filter(({ method }) => method === 'GET').length, 0, 'nothing was fetched');
	});
});
