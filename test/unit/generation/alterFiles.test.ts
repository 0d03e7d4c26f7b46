import assert from 'node:assert/strict';
import { load } from 'exifreader';
import type { Alteration } from '../../../src/domain/imageRequest';
import { decode } from '../../../src/image/decode';
import { encode } from '../../../src/image/encode';
import { inspect } from '../../../src/image/inspect';
import { joined, latin1, latin1Text } from '../../../src/image/metadata/bytes';
import { pngChunk } from '../../../src/image/metadata/pngChunks';
import { profileOf, withProfile } from '../../../src/image/metadata/profile';
import { readRecipe } from '../../../src/image/metadata/readRecipe';
import { textChunk } from '../../../src/image/metadata/pngText';
import { stripped } from '../../../src/image/metadata/stripped';
import { extended, readWebp, type WebpChunk, webpChunk, writeWebp } from '../../../src/image/metadata/webpChunks';
import { sentence } from '../builders';
import {
	type Format,
	formats,
	number,
	profile,
	recordOf,
	tiffBlock,
	tiffEntry,
	withPngChunks,
	withSegments,
	withWebpChunks,
} from '../image/metadata/pictures';
import { codecs } from '../image/nodeCodecs';
import { pngChunks, pngOf } from '../image/rawPng';
import { animationOf } from '../image/rawWebp';
import { finished, mostApart, plain, planOf, png, sentFor, waves } from './alterParts';

const size = { width: 120, height: 80 };
const picture = waves(size);
const secret = latin1('SECRET');

/** EXIF with a secret and a place on earth, of a picture that is turned so. */
function exifOf(orientation: number): Uint8Array {
	// Each entry has 12 bytes, behind 10 of the header; then 4 of the end.
	const behind = 10 + 3 * 12 + 4;
	const entries = [
		tiffEntry(0x010e, 2, secret.length, number(behind, 4)),
		tiffEntry(0x0112, 3, 1, number(orientation, 2)),
		tiffEntry(0x8825, 4, 1, number(behind + secret.length, 4)),
	];
	const north = joined([number(1, 2), tiffEntry(0x0001, 2, 2, latin1('N\0')), number(0, 4)]);
	return tiffBlock(entries, joined([secret, north]));
}

const xmp = latin1(
	'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description' +
		' xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="SECRET"/></rdf:RDF></x:xmpmeta>',
);

/** A JPEG with words of all kinds, turned so. */
async function jpeg(orientation: number): Promise<Uint8Array> {
	return withSegments(
		await encode(picture, 'jpeg', codecs),
		[0xe1, joined([latin1('Exif\0\0'), exifOf(orientation)])],
		[0xe1, joined([latin1('http://ns.adobe.com/xap/1.0/\0'), xmp])],
		[0xfe, secret],
	);
}

function webpWords(orientation: number): WebpChunk[] {
	return [webpChunk('EXIF', exifOf(orientation)), webpChunk('XMP ', xmp)];
}

async function webp(orientation: number): Promise<Uint8Array> {
	const { chunks = [] } = readWebp(await encode(picture, 'webp', codecs)) ?? {};
	return writeWebp(extended([...chunks, ...webpWords(orientation)]) ?? []);
}

async function animation(): Promise<Uint8Array> {
	const stills = [picture, plain(size, 9, 99, 199, 255)].map(async (still) => encode(still, 'webp', codecs));
	const frames = (await Promise.all(stills)).map((still) => [still, { x: 0, y: 0, ...size }] as const);
	return withWebpChunks(animationOf(size, ...frames), ...webpWords(1));
}

function deepPng(): Uint8Array {
	let state = 0;
	const next = () => (state = (state * 5 + 3) & 255);
	return withPngChunks(pngOf(...pngChunks({ ...size, depth: 16, colourType: 2, next })), ...pngWords);
}

const pngWords = [pngChunk('eXIf', exifOf(1)), textChunk('Comment', 'SECRET')];

/** Says that it has two frames. */
const animated = pngChunk('acTL', joined([number(2, 4), number(0, 4)]));

describe('a picture that goes out whole', () => {
	for (const [name, made, format] of [
		['a JPEG', async () => jpeg(1), 'jpeg'],
		['a WebP', async () => webp(1), 'webp'],
		['a WebP that would be turned if it were a JPEG', async () => webp(6), 'webp'],
		['a PNG', async () => withPngChunks(await png(picture), ...pngWords), 'png'],
		['a JPEG that is turned', async () => jpeg(6), 'upright'],
		['an animated WebP', animation, 'upright'],
		['an animated PNG', async () => withPngChunks(await png(picture), animated, ...pngWords), 'upright'],
		['a PNG of 16 bits', async () => deepPng(), 'upright'],
	] as const) {
		it(`${name}: says nothing of its maker, and is ${format === 'upright' ? 'a plain PNG' : 'the same file otherwise'}`, async () => {
			const bytes = await made();
			const { exif } = load(Buffer.from(bytes), { expanded: true });
			assert.ok(exif?.['GPSLatitudeRef'] && latin1Text(bytes).includes('SECRET'), 'there is something to say');
			const source = await decode(bytes, codecs);
			const plan = planOf('openai/gpt-image-2', { operation: 'edit', source });
			const { image } = await sentFor({ bytes }, plan);
			const said = load(Buffer.from(image.bytes), { expanded: true });
			assert.deepEqual([said.exif, said.gps, said.xmp, said.pngText], [undefined, undefined, undefined, undefined]);
			assert.ok(!latin1Text(image.bytes).includes('SECRET'));
			const { width, height } = source;
			const expected = { format: format === 'upright' ? 'png' : format, width, height };
			assert.equal(image.format, expected.format);
			assert.deepEqual(inspect(image.bytes), { ...expected, depth: 8, frames: 'one', orientation: 1 });
			assert.equal(mostApart(await decode(image.bytes, codecs), source), 0);
			if (format !== 'upright') assert.deepEqual(image.bytes, stripped(bytes));
		});
	}

	for (const [name, made, source] of [
		['is turned', async () => jpeg(6), { width: 80, height: 120 }],
		[
			'is made smaller',
			async () => encode(waves({ width: 2400, height: 160 }), 'jpeg', codecs),
			{ width: 2400, height: 160 },
		],
		['has 16 bits', async () => deepPng(), size],
	] as const) {
		it(`says what its colours are though it ${name}; what is put back says nothing of them`, async () => {
			const icc = profile(700);
			const bytes = withProfile(await made(), icc, codecs) ?? assert.fail();
			const whole = await sentFor({ bytes }, planOf('openai/gpt-image-2', { operation: 'edit', source }));
			assert.notEqual(whole.image.bytes.length, bytes.length);
			assert.deepEqual(profileOf(whole.image.bytes, codecs), icc);
			const selected = { x: 8, y: 8, width: 40, height: 40 };
			const part = planOf('openai/gpt-image-2', { operation: 'edit', source, selected });
			const { image } = await sentFor({ bytes, selection: { rects: [selected] } }, part);
			assert.equal(profileOf(image.bytes, codecs), undefined);
		});
	}

	it('is turned as it is displayed', async () => {
		const plan = planOf('openai/gpt-image-2', { operation: 'edit', source: { width: 80, height: 120 } });
		const { image } = await sentFor({ bytes: await jpeg(6) }, plan);
		const { width, height, data } = await decode(image.bytes, codecs);
		assert.deepEqual([width, height], [80, 120]);
		const stored = await decode(await encode(picture, 'jpeg', codecs), codecs);
		for (const [x, y] of [
			[3, 5],
			[70, 100],
		] as const) {
			const from = ((79 - x) * 120 + y) * 4;
			assert.deepEqual(data.subarray((y * 80 + x) * 4, (y * 80 + x) * 4 + 4), stored.data.subarray(from, from + 4));
		}
	});

	it('is a PNG where the vendor takes nothing else', async () => {
		const { image } = await sentFor(
			{ bytes: await jpeg(1) },
			planOf('sketch/placeholder', { operation: 'edit', source: size }),
		);
		assert.equal(image.format, 'png');
		assert.ok(!latin1Text(image.bytes).includes('SECRET'));
	});
});

const rect = { x: 30, y: 20, width: 50, height: 40 };
const repaint: Alteration = { operation: 'edit', source: size, selected: rect };
const selection = { rects: [rect] };

describe('a mask for a model that may read it the other way round', () => {
	it('goes out both ways', async () => {
		const plan = planOf('replicate/somebody/something', repaint);
		const { mask, inverse } = await sentFor({ bytes: await png(picture), selection }, plan);
		const [one, other] = [mask, inverse].map(async (file) => decode(file?.bytes ?? assert.fail(), codecs));
		const { data } = await (one ?? assert.fail());
		// White where it was black, and nothing clear.
		const reversed = data.map((value, at) => ((at & 3) === 3 ? 255 : 255 - value));
		assert.ok(data.includes(255) && reversed.includes(0));
		assert.deepEqual((await (other ?? assert.fail())).data, reversed);
		const alone = await sentFor({ bytes: await png(picture), selection }, planOf('openai/gpt-image-2', repaint));
		assert.ok(alone.mask && !alone.inverse);
	});
});

describe('the file of a finished picture', () => {
	const plan = planOf('sketch/placeholder', repaint);
	const made = plain(plan.makes.size, 255, 0, 0, 255);
	const record = recordOf({ operation: 'edit', selected: rect, parent: 'ab12' });

	for (const format of formats) {
		it(`${format}: says how it was made, and only if it is to`, async () => {
			const original = { bytes: await jpeg(1), selection };
			const { bytes } = await finished(original, plan, made, format, { record });
			assert.deepEqual(readRecipe(bytes, codecs), { kind: 'limn', record });
			assert.ok(!latin1Text(bytes).includes('SECRET'), 'what the source says is of the source');
			const untold = await finished(original, plan, made, format);
			assert.equal(readRecipe(untold.bytes, codecs), undefined);
		});

		it(`${format}: has the source’s colour profile, whatever format that had`, async () => {
			const icc = profile(700);
			for (const from of formats) {
				const bytes = withProfile(await encode(picture, from, codecs), icc, codecs) ?? assert.fail();
				const file = await finished({ bytes, selection }, plan, made, format, { record });
				assert.deepEqual(profileOf(file.bytes, codecs), icc, from);
				assert.equal(inspect(file.bytes)?.format, format);
				if (format !== 'jpeg') assert.equal(file.changedOutsideMask, 0);
			}
			const bare = await finished({ bytes: await png(picture), selection }, plan, made, format, { record });
			assert.equal(profileOf(bare.bytes, codecs), undefined);
		});
	}

	it('says where it cannot tell the source’s colours', async () => {
		// Of a screen with more light than profiles of three colours know (BT.2100, PQ).
		const bytes = withPngChunks(await png(picture), pngChunk('cICP', Uint8Array.of(9, 16, 0, 1)));
		const warnings = async (format: Format) =>
			(await finished({ bytes, selection }, plan, made, format)).warnings.map(sentence).join();
		assert.equal(await warnings('png'), '');
		assert.match(await warnings('jpeg'), /^The picture describes its colours in a way that the new file cannot/);
	});
});
