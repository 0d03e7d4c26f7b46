import assert from 'node:assert/strict';
import { marginsForRatio } from '../../src/domain/margins';
import { call, type Result } from './contract';
import { everyProvider, providerOf } from './everyProvider';
import { countChanged } from './photo';
import { idOf, onlyPicture, pixelsOf, savePhoto } from './photos';
import { closeEditors, openNew } from './workspace';

const size = { width: 480, height: 480 };
const sketch = 'sketch/placeholder';

const ways: Readonly<Record<string, RegExp>> = {
	'openai/gpt-image-2': /expansion is emulated/,
	'lumenfall/gpt-image-2': /expansion is emulated/,
	'custom/sd-cpp-local': /expansion is emulated/,
	'runware/runware:101@1': /runware:101@1 expanded the picture/,
	'vincony/openai/gpt-image-2': /expansion is emulated/,
	'replicate/openai/gpt-image-2': /expansion is emulated/,
	[sketch]: /placeholder expanded the picture/,
};

async function expand(argument: Readonly<Record<string, unknown>>): Promise<Result> {
	return call('limn.expand', { model: sketch, ...argument });
}

function words({ failures }: Result): string {
	return failures.map(({ code, message }) => `${code}: ${message}`).join(' ');
}

describe('limn.expand in folders', () => {
	const { standInFor } = everyProvider();
	afterEach(closeEditors);

	for (const [model, way] of Object.entries(ways)) {
		it(`${model}: to 16:9, with the picture in the middle as it was`, async () => {
			if (model !== sketch) await standInFor(providerOf(model));
			const source = await savePhoto('expand/photo.png', size);
			const result = await expand({ image: source, ratio: '16:9', prompt: 'the sea', model });
			const { image, pixels } = await onlyPicture(result, { width: 853, height: 480 });
			const before = await pixelsOf({ uri: source.toString() });
			const { left } = marginsForRatio(size, { width: 16, height: 9 });
			assert.deepEqual([image.changedOutsideMask, countChanged(before, pixels, [], { x: left, y: 0 })], [0, 0]);
			assert.deepEqual([image.operation, image.parent], ['expand', await idOf(source)]);
			assert.match(result.warnings.join(' '), way);
		});
	}

	it('adds pixels on each side, without a prompt too', async () => {
		const source = await savePhoto('expand/sides.png', size);
		const result = await expand({ image: source, top: 10, right: 200, left: 64 });
		const { image, pixels } = await onlyPicture(result, { width: 744, height: 490 });
		const before = await pixelsOf({ uri: source.toString() });
		assert.equal(countChanged(before, pixels, [], { x: 64, y: 10 }), 0);
		assert.ok(image.uri.endsWith('/expand/sides-expanded.png'), 'named after the picture, and never over it');
	});

	it('tells in words of the picture’s name what has no prompt', async () => {
		const document = await openNew('expand/page.md', '');
		const source = await savePhoto('expand/harbour.png', { width: 64, height: 64 });
		const insert = { uri: document.uri, line: 0, character: 0 };
		await expand({ image: source, bottom: 32, insert, fileName: 'larger' });
		assert.equal(document.getText(), '![Harbour](larger.png)');
	});

	const bad: readonly [what: string, argument: Readonly<Record<string, unknown>>, says: RegExp][] = [
		['neither sides nor a ratio', {}, /ratio must be a ratio like 16:9, or absent where/],
		['both', { ratio: '16:9', top: 5 }, /ratio must be a ratio like 16:9, or absent where/],
		['nothing on each side', { top: 0, right: 0 }, /Nothing is added/],
		['the ratio that it has', { ratio: '1:1' }, /has this ratio already/],
		['pixels as a ratio', { ratio: '16x9' }, /ratio must be/],
		['less than nothing', { left: -1 }, /left must be a whole number of pixels/],
		['half a pixel', { left: 0.5 }, /left must be a whole number of pixels/],
		['more than can be kept', { left: 200_000 }, /more than 64 million/],
		['an unknown key', { up: 1 }, /no argument up.*top, right, bottom, left, ratio/],
	];
	for (const [what, argument, says] of bad) {
		it(`refuses ${what}`, async () => {
			const result = await expand({ image: await savePhoto('expand/bad.png', size), ...argument });
			assert.match(words(result), new RegExp(`^bad-input: .*${says.source}`));
		});
	}

	it('refuses a model that cannot, and names some that can', async () => {
		const image = await savePhoto('expand/cannot.png', size);
		const result = await expand({ image, ratio: '16:9', model: 'vincony/openai/dall-e-2' });
		assert.match(words(result), /^unsupported: .*cannot expand a picture.*runware\/runware:101@1/);
	});
});
