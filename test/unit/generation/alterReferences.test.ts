import assert from 'node:assert/strict';
import { load } from 'exifreader';
import type { Alteration } from '../../../src/domain/imageRequest';
import { prepare } from '../../../src/generation/alterPictures';
import { decode } from '../../../src/image/decode';
import { encode } from '../../../src/image/encode';
import { inspect } from '../../../src/image/inspect';
import { joined, latin1, latin1Text } from '../../../src/image/metadata/bytes';
import { profileOf, withProfile } from '../../../src/image/metadata/profile';
import type { InputImage } from '../../../src/providers/provider';
import { number, profile, tiffBlock, tiffEntry, withSegments } from '../image/metadata/pictures';
import { codecs } from '../image/nodeCodecs';
import { mostApart, plain, planOf, png, problemOf, sentFor, waves } from './alterParts';

const size = { width: 120, height: 80 };
const source = waves(size);
const instruct: Alteration = { operation: 'edit', source: size, references: 1 };
const masked: Alteration = { ...instruct, selected: { x: 30, y: 20, width: 40, height: 30 } };
const model = 'openai/gpt-image-2';

/** What goes out besides the source. */
async function others(references: readonly Uint8Array[], alteration = instruct): Promise<readonly InputImage[]> {
	const plan = planOf(model, alteration);
	const selection = alteration === masked ? { selection: { rects: [{ x: 30, y: 20, width: 40, height: 30 }] } } : {};
	const { images } = await sentFor({ bytes: await png(source), references, ...selection }, plan);
	return images.slice(1);
}

async function only(reference: Uint8Array, alteration = instruct): Promise<InputImage> {
	const [image, ...rest] = await others([reference], alteration);
	assert.deepEqual(rest, []);
	return image ?? assert.fail('nothing goes out besides');
}

async function problemWith(references: readonly Uint8Array[], mostBytes = Infinity): Promise<string> {
	const original = { bytes: await png(plain(size, 0, 0, 0, 255)), references };
	const plan = { ...planOf(model, instruct), mostBytes };
	return problemOf(prepare({ original, plan, strength: 'medium' }, codecs));
}

/** A JPEG with words in its EXIF and its XMP, turned so. */
async function jpeg(orientation: number): Promise<Uint8Array> {
	const secret = latin1('SECRET');
	const entries = [
		tiffEntry(0x010e, 2, secret.length, number(10 + 2 * 12 + 4, 4)),
		tiffEntry(0x0112, 3, 1, number(orientation, 2)),
	];
	return withSegments(
		await encode(source, 'jpeg', codecs),
		[0xe1, joined([latin1('Exif\0\0'), tiffBlock(entries, secret)])],
		[0xe1, joined([latin1('http://ns.adobe.com/xap/1.0/\0'), latin1('<x:xmpmeta>SECRET</x:xmpmeta>')])],
	);
}

describe('the other pictures of an edit', () => {
	it('go out after the source, in their order', async () => {
		const colours = [10, 90, 170, 250];
		const files = await Promise.all(colours.map(async (red) => png(plain({ width: red, height: 8 }, red, 0, 0, 255))));
		const images = await others(files);
		const seen = await Promise.all(images.map(async ({ bytes }) => decode(bytes, codecs)));
		assert.deepEqual(
			seen.map(({ width, data }) => [width, data[0]]),
			colours.map((red) => [red, red]),
		);
	});

	it('are none where none are given', async () => {
		assert.deepEqual(await others([]), []);
		const { images } = await sentFor({ bytes: await png(source) }, planOf(model, instruct));
		assert.equal(images.length, 1);
	});

	it('go out as they are where nothing has to be done to them, without what they say of their maker', async () => {
		for (const format of ['png', 'jpeg', 'webp'] as const) {
			const file = await encode(source, format, codecs);
			const image = await only(file);
			assert.equal(image.format, format);
			assert.equal(mostApart(await decode(image.bytes, codecs), await decode(file, codecs)), 0);
		}
		const bare = await only(await jpeg(1));
		assert.equal(bare.format, 'jpeg');
		assert.doesNotMatch(latin1Text(bare.bytes), /SECRET|Exif|xmpmeta/);
	});

	it('are turned as they are displayed, and say no more how', async () => {
		const image = await only(await jpeg(6));
		assert.deepEqual([image.format, inspect(image.bytes)?.width, inspect(image.bytes)?.height], ['png', 80, 120]);
		assert.doesNotMatch(latin1Text(image.bytes), /SECRET|Exif|xmpmeta/);
		assert.equal(load(image.bytes.slice().buffer)['Orientation'], undefined);
		const upright = await decode(await jpeg(6), codecs);
		assert.equal(mostApart(await decode(image.bytes, codecs), upright), 0);
	});

	it('have 2048 pixels on their longer side at most', async () => {
		for (const [given, sent] of [
			[{ width: 3000, height: 300 }, '2048x205'],
			[{ width: 100, height: 4096 }, '50x2048'],
			[{ width: 2048, height: 7 }, '2048x7'],
		] as const) {
			const { width, height } = inspect((await only(await png(plain(given, 9, 9, 9, 255)))).bytes) ?? assert.fail();
			assert.equal(`${width}x${height}`, sent);
		}
	});

	it('are PNGs beside a mask, as the source is', async () => {
		const image = await only(await encode(source, 'jpeg', codecs), masked);
		assert.equal(image.format, 'png');
		assert.equal(inspect(image.bytes)?.width, size.width, 'whole, whatever is selected of the source');
	});

	it('keep their colours, also where they are made anew', async () => {
		const wide = await png(plain({ width: 2100, height: 4 }, 200, 30, 30, 255));
		const icc = profile(700);
		const coloured = withProfile(wide, icc, codecs) ?? assert.fail();
		assert.deepEqual(profileOf((await only(coloured)).bytes, codecs), icc);
		assert.equal(profileOf((await only(wide)).bytes, codecs), undefined);
	});

	it('are the same whatever is done to the source', async () => {
		const plan = planOf('openai/gpt-image-2.6-flare', { operation: 'edit', source: size, marked: true, references: 1 });
		const markup = await png(plain(size, 255, 0, 0, 0));
		const reference = await png(plain({ width: 5, height: 6 }, 1, 2, 3, 255));
		const task = await sentFor({ bytes: await png(source), markup, references: [reference] }, plan);
		assert.equal(task.images.length, 2);
		assert.ok(task.markup);
	});

	it('stop everything where one of them is broken, or heavier than the vendor takes', async () => {
		const whole = await png(source);
		assert.equal(
			await problemWith([whole, whole.subarray(0, 900)]),
			'The reference 2 cannot be read: its file is damaged. Choose another one.',
		);
		assert.match(await problemWith([new Uint8Array()]), /^The reference 1 cannot be read/);
		assert.equal(
			await problemWith([whole], whole.length - 1),
			'The reference 1 would be sent with 0 MB, and this model takes 0. Leave it out, or choose another model.',
		);
	});
});
