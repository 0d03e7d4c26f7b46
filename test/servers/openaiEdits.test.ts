import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import { startOpenAI } from './openai';
import { colourOf } from './pictures';
import { assertRefused, type Refused } from './refused';
import { blob, colourAt, emulators, formOf, opaque, pictureIn, pngOf, post, rightHalf, twoHalves } from './testing';

describe('edits at the emulator of OpenAI', () => {
	const started = emulators();
	const edits = '/images/edits';
	const source = pngOf(twoHalves(1024, 1024));
	const mask = pngOf(rightHalf(1024, 1024));
	const opaqueMask = pngOf(rightHalf(1024, 1024), 3);
	const smallMask = pngOf(rightHalf(512, 512));

	async function edit(emulator: Emulator, fields: Parameters<typeof formOf>[0]) {
		return post(
			emulator,
			edits,
			formOf({ model: 'gpt-image-2.5-flare', prompt: 'a hut', image: blob(source), ...fields }),
		);
	}

	const wrong: readonly (readonly [title: string, fields: Parameters<typeof formOf>[0], refused: Refused])[] = [
		['a mask without alpha', { mask: blob(opaqueMask) }, [400, 'invalid_mask_image_format', 'mask']],
		['a mask of another size', { mask: blob(smallMask) }, [400, 'invalid_mask_image_format', 'mask']],
		['a mask that is no PNG', { mask: blob(new Uint8Array(9)) }, [400, 'invalid_mask_image_format', 'mask']],
		['markup together with a mask', { mask: blob(mask), markup: blob(mask) }, [400, 'invalid_value', 'markup']],
		['markup of nothing but marks', { markup: blob(source) }, [400, 'invalid_markup_image_format', 'markup']],
		['markup before 2.5', { model: 'gpt-image-2', markup: blob(mask) }, [400, 'unknown_parameter', 'markup']],
		['an empty file', { image: blob(new Uint8Array()) }, [400, 'empty_image_file', 'image']],
		['a broken file', { image: blob(source.slice(0, 500)) }, [400, 'invalid_image_file', 'image']],
		['a text for an image', { image: 'x' }, [400, 'missing_required_parameter', 'image']],
		['17 images', { image: Array.from({ length: 17 }, () => blob(source)) }, [400, 'array_above_max_length', 'image']],
		['a file by another name', { picture: blob(source) }, [400, 'unknown_parameter', 'picture']],
		['n of 11', { n: '11' }, [400, 'integer_above_max_value', 'n']],
		['input_fidelity', { input_fidelity: 'high' }, [400, 'unknown_parameter', 'input_fidelity']],
		[
			'input_fidelity high of mini',
			{ model: 'gpt-image-1-mini', input_fidelity: 'high' },
			[400, 'invalid_value', 'input_fidelity'],
		],
		['response_format', { response_format: 'url' }, [400, 'unknown_parameter', 'response_format']],
	];
	for (const [title, fields, refused] of wrong) {
		it(`refuse ${title}`, async () => {
			const emulator = await started(startOpenAI());
			await assertRefused(edit(emulator, fields), refused);
			assert.equal(emulator.charges, 0);
		});
	}

	it('refuse files without an image type, by name and to the letter', async () => {
		const emulator = await started(startOpenAI());
		const untyped = blob(source, 'application/octet-stream');
		const formats = "Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.";
		const say = (name: string) => ({
			message: `Invalid file '${name}': unsupported mimetype ('application/octet-stream'). ${formats}`,
			type: 'invalid_request_error',
			param: name,
			code: 'unsupported_file_mimetype',
		});
		assert.deepEqual((await edit(emulator, { image: untyped })).body.error, say('image'));
		const form = formOf({ model: 'gpt-image-2', prompt: 'a hut', 'image[]': [blob(source), untyped] });
		assert.deepEqual((await post(emulator, edits, form)).body.error, say('image[1]'));
	});

	it('ask nothing about the type of a mask', async () => {
		const emulator = await started(startOpenAI());
		const picture = pictureIn(await edit(emulator, { mask: blob(mask, 'application/octet-stream') }));
		assert.deepEqual(await colourAt(picture, 0.75), opaque(colourOf('a hut')));
	});

	it('change what is marked', async () => {
		const emulator = await started(startOpenAI());
		const picture = pictureIn(await edit(emulator, { markup: blob(mask) }));
		assert.deepEqual(await colourAt(picture, 0.25), opaque(colourOf('a hut')));
	});

	it('draw in the size that is asked for, and the mask with it', async () => {
		const emulator = await started(startOpenAI());
		const picture = pictureIn(await edit(emulator, { mask: blob(mask), size: '1536x1024' }));
		assert.deepEqual(sniff(picture), { format: 'png', width: 1536, height: 1024 });
		assert.deepEqual(await colourAt(picture, 0.51), opaque(colourOf('a hut')));
		assert.notDeepEqual(await colourAt(picture, 0.49), opaque(colourOf('a hut')));
	});

	it('before the retirement: one square PNG, with alpha where there is no mask', async () => {
		const emulator = await started(startOpenAI({ legacy: true, perturbs: 'not' }));
		const inline = { model: 'dall-e-2', response_format: 'b64_json' };
		const canvas = pictureIn(await edit(emulator, { ...inline, image: blob(mask) }));
		assert.deepEqual(await colourAt(canvas, 0.75), opaque(colourOf('a hut')));
		assert.deepEqual(await colourAt(canvas, 0.25), [0, 0, 0, 255], 'kept to the bit');
		const rgb = blob(pngOf(twoHalves(512, 512), 3));
		await assertRefused(edit(emulator, { ...inline, image: rgb }), [400, null, 'image']);
		const wide = blob(pngOf(twoHalves(512, 256)));
		await assertRefused(edit(emulator, { ...inline, image: wide }), [400, null, 'image']);
		const two = [blob(source), blob(source)];
		await assertRefused(edit(emulator, { ...inline, image: two }), [400, 'array_above_max_length', 'image']);
		await assertRefused(edit(emulator, { model: 'dall-e-3' }), [400, 'invalid_value', 'model']);
	});

	it('in JSON, take data: URLs and follow no address', async () => {
		const emulator = await started(startOpenAI());
		const body = { model: 'gpt-image-2', prompt: 'a hut' };
		await assertRefused(post(emulator, edits, body), [400, 'missing_required_parameter', 'images']);
		const away = { ...body, images: [{ image_url: 'https://example.org/a.png' }] };
		await assertRefused(post(emulator, edits, away), [400, 'failed_to_download_image', 'images[0]']);
		await assertRefused(post(emulator, edits, { ...body, images: [{ file_id: 'f' }] }), [
			400,
			'image_file_not_found',
			'images[0]',
		]);
	});
});
