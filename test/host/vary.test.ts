import assert from 'node:assert/strict';
import { shareChanged } from '../servers/testing';
import { call, type Result } from './contract';
import { everyProvider, providerOf } from './everyProvider';
import { idOf, pixelsOf, savePhoto } from './photos';

const sketch = 'sketch/placeholder';

const ways: Readonly<Record<string, RegExp>> = {
	'openai/gpt-image-2': /emulated/,
	'lumenfall/gpt-image-2': /emulated/,
	'custom/sd-cpp-local': /emulated/,
	'runware/runware:101@1': /runware:101@1 varied the picture natively/,
	'vincony/openai/gpt-image-2': /emulated/,
	'replicate/openai/gpt-image-2': /emulated/,
	[sketch]: /placeholder varied the picture natively/,
};

async function vary(argument: Readonly<Record<string, unknown>>): Promise<Result> {
	return call('limn.vary', { model: sketch, ...argument });
}

function words({ failures }: Result): string {
	return failures.map(({ code, message }) => `${code}: ${message}`).join(' ');
}

describe('limn.vary in folders', () => {
	const { standInFor } = everyProvider();

	for (const [model, way] of Object.entries(ways)) {
		it(`${model}: makes two pictures of one, without a prompt`, async () => {
			if (model !== sketch) await standInFor(providerOf(model));
			const source = await savePhoto('vary/photo.png', { width: 512, height: 512 });
			const result = await vary({ image: source, model, n: 2 });
			assert.deepEqual([result.images.length, words(result)], [2, '']);
			const parent = await idOf(source);
			const before = await pixelsOf({ uri: source.toString() });
			for (const image of result.images) {
				const pixels = await pixelsOf(image);
				assert.deepEqual([pixels.width, pixels.height], [image.width, image.height]);
				assert.ok(shareChanged(before, pixels) > 0.5, 'it is another');
				assert.deepEqual([image.operation, image.parent, image.changedOutsideMask], ['vary', parent, undefined]);
				assert.match(image.uri, /\/vary\/photo-varied(-\d+)?\.png$/);
			}
			assert.match(result.warnings.join(' '), way);
		});
	}

	it('goes as far as it is told', async () => {
		const image = await savePhoto('vary/far.png', { width: 128, height: 128 });
		const made = await Promise.all(
			['subtle', 'medium', 'strong', undefined].map(async (strength) => {
				const { images } = await vary({ image, options: { seed: 1 }, ...(strength !== undefined && { strength }) });
				assert.ok(images[0]);
				return Buffer.from((await pixelsOf(images[0])).data).toString('base64');
			}),
		);
		assert.equal(new Set(made).size, 3);
		assert.equal(made[3], made[1], 'medium unless told');
	});

	const bad: readonly [what: string, argument: Readonly<Record<string, unknown>>, says: RegExp][] = [
		['another strength', { strength: 'wild' }, /strength must be subtle, medium, strong/],
		['no picture', { image: undefined }, /image must be/],
		['an unknown key', { mask: [] }, /no argument mask/],
	];
	for (const [what, argument, says] of bad) {
		it(`refuses ${what}`, async () => {
			const result = await vary({ image: await savePhoto('vary/bad.png', { width: 64, height: 64 }), ...argument });
			assert.match(words(result), new RegExp(`^bad-input: .*${says.source}`));
		});
	}

	it('refuses a model that cannot, and names some that can', async () => {
		const image = await savePhoto('vary/cannot.png', { width: 64, height: 64 });
		const result = await vary({ image, model: 'runware/runware:102@1' });
		assert.match(words(result), /^unsupported: .*cannot make variations.*runware\/runware:100@1/);
	});
});
