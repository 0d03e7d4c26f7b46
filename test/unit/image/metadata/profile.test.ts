import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { load } from 'exifreader';
import { joined, latin1 } from '../../../../src/image/metadata/bytes';
import { embed } from '../../../../src/image/metadata/embed';
import { readJpeg } from '../../../../src/image/metadata/jpegSegments';
import { pngChunk, readPng, writePng } from '../../../../src/image/metadata/pngChunks';
import { profileOf, withProfile } from '../../../../src/image/metadata/profile';
import { readRecipe } from '../../../../src/image/metadata/readRecipe';
import { stripped } from '../../../../src/image/metadata/stripped';
import { readWebp, webpChunk } from '../../../../src/image/metadata/webpChunks';
import {
	formats,
	number,
	painted,
	pixelsOf,
	ports,
	profile,
	recordOf,
	withPngChunks,
	withSegments,
	withWebpChunks,
} from './pictures';

/** A grey JPEG's header of a frame: one channel. */
const greyFrame = Uint8Array.of(8, 0, 16, 0, 24, 1, 1, 0x11, 0);

/** The file with the profile on it. */
function profiled(file: Uint8Array, icc: Uint8Array): Uint8Array {
	const bytes = withProfile(file, icc, ports);
	assert.ok(bytes);
	return bytes;
}

describe('the colour profile of a file', () => {
	const files = painted();

	it('reads back from every format, and changes no pixel', async () => {
		for (const [name, file] of Object.entries(files())) {
			for (const length of [128, 3145]) {
				const bytes = profiled(file, profile(length));
				assert.deepEqual(profileOf(bytes, ports), profile(length), name);
				assert.deepEqual(await pixelsOf(bytes), await pixelsOf(file));
				assert.deepEqual(withProfile(bytes, profile(length), ports), bytes);
			}
		}
	});

	it('is seen by another program', async () => {
		for (const format of formats) {
			const file = Buffer.from(profiled(files()[format], profile(3000)));
			const { icc } = await load(file, { expanded: true, async: true });
			assert.equal(icc?.['Color Space']?.value, 'RGB ', format);
		}
	});

	it('goes into several segments of a JPEG, which come in any order', async () => {
		const icc = profile(150_000);
		const bytes = profiled(files().jpeg, icc);
		const parts = (readJpeg(bytes)?.segments ?? []).filter(({ marker }) => marker === 0xe2);
		assert.deepEqual(
			parts.map(({ data }) => [...data.subarray(12, 14)]),
			[
				[1, 3],
				[2, 3],
				[3, 3],
			],
		);
		assert.deepEqual(profileOf(bytes, ports), icc);
		assert.deepEqual(await pixelsOf(bytes), await pixelsOf(files().jpeg));
		const shuffled = parts.map(({ marker, data }) => [marker, data] as const).reverse();
		assert.deepEqual(profileOf(withSegments(files().jpeg, ...shuffled), ports), icc);
		assert.equal(profileOf(withSegments(files().jpeg, ...shuffled.slice(1)), ports), undefined);
	});

	it('takes the place of an older one', () => {
		for (const format of formats) {
			const older = profiled(files()[format], profile(70_000));
			assert.deepEqual(profiled(older, profile(200)), profiled(files()[format], profile(200)));
		}
	});

	it('takes the place of what a PNG said of its colours in another way', () => {
		const older = ['sRGB', 'gAMA', 'cHRM', 'cICP'].map((type) => pngChunk(type, number(1, 4)));
		const file = withPngChunks(files().png, ...older);
		assert.deepEqual(profiled(file, profile(200)), profiled(files().png, profile(200)));
	});

	it('stands in front of what needs it, with everything else in its place', () => {
		const png = profiled(files().png, profile(200));
		assert.equal(readPng(png)?.chunks[1]?.type, 'iCCP');
		const webp = profiled(files().transparent, profile(200));
		assert.deepEqual(
			readWebp(webp)?.chunks.map(({ type }) => type),
			['VP8X', 'ICCP', 'ALPH', 'VP8 '],
		);
		assert.equal(readWebp(webp)?.chunks[0]?.data[0], 0x30);
	});

	it('stays when a record is embedded, and when all words are taken away', () => {
		for (const format of formats) {
			const bytes = profiled(embed(files()[format], recordOf()) ?? new Uint8Array(), profile(500));
			assert.equal(readRecipe(bytes, ports)?.kind, 'limn');
			assert.deepEqual(profileOf(embed(bytes, recordOf({ prompt: 'x' })) ?? bytes, ports), profile(500));
			assert.deepEqual(profileOf(stripped(bytes) ?? new Uint8Array(), ports), profile(500));
		}
	});

	it('is not put on other colours than its own', () => {
		for (const format of formats) {
			assert.equal(withProfile(files()[format], profile(200, 'GRAY'), ports), undefined);
			assert.equal(withProfile(files()[format], profile(200, 'CMYK'), ports), undefined);
		}
		const grey = new PNG({ width: 2, height: 2 });
		const greyPng = new Uint8Array(PNG.sync.write(grey, { colorType: 0 }));
		assert.equal(withProfile(greyPng, profile(200), ports), undefined);
		assert.ok(withProfile(greyPng, profile(200, 'GRAY'), ports));
		const greyJpeg = withSegments(files().jpeg, [0xc0, greyFrame]);
		assert.equal(withProfile(greyJpeg, profile(200), ports), undefined);
		assert.ok(withProfile(greyJpeg, profile(200, 'GRAY'), ports));
	});

	it('is none where it is broken, or none at all', () => {
		for (const file of Object.values(files())) assert.equal(profileOf(file, ports), undefined);
		const folded = ports.deflate(profile(200));
		const bomb = ports.deflate(new Uint8Array(50e6));
		for (const data of [
			latin1('name'),
			latin1('name\0'),
			joined([latin1('name\0\x01'), folded]),
			joined([latin1('name\0\0'), folded.subarray(0, 20)]),
			joined([latin1('name\0\0'), ports.deflate(latin1('no profile, but rather a long text'))]),
			joined([latin1('name\0\0'), bomb]),
		]) {
			assert.equal(profileOf(withPngChunks(files().png, pngChunk('iCCP', data)), ports), undefined);
		}
		for (const data of ['ICC_PROFILE\0\x01\0x', 'ICC_PROFILE\0\0\x01x', 'ICC_PROFILE\0', 'ICC_PROFILE\0\x01\xffx'])
			assert.equal(profileOf(withSegments(files().jpeg, [0xe2, latin1(data)]), ports), undefined);
		assert.equal(webpChunk('ICCP', new Uint8Array()).raw.length, 8);
	});

	it('is none where browsers heed none', () => {
		const chunk = pngChunk('iCCP', joined([latin1('name\0\0'), ports.deflate(profile(200))]));
		const unsound = {
			...chunk,
			raw: chunk.raw.map((byte, index) => (index === chunk.raw.length - 1 ? byte ^ 1 : byte)),
		};
		assert.ok(profileOf(withPngChunks(files().png, chunk), ports));
		assert.equal(profileOf(withPngChunks(files().png, unsound), ports), undefined);
		const { chunks = [] } = readPng(files().png) ?? {};
		const late = writePng([...chunks.slice(0, -1), chunk, ...chunks.slice(-1)]);
		assert.equal(profileOf(late, ports), undefined);
		for (const file of [files().webp, files().transparent])
			assert.equal(profileOf(withWebpChunks(file, webpChunk('ICCP', profile(200))), ports), undefined);
	});

	it('is on no file that is broken, nor too long for one', () => {
		assert.equal(withProfile(new Uint8Array(), profile(200), ports), undefined);
		assert.equal(withProfile(files().png, latin1('no profile'), ports), undefined);
		const giant = new Uint8Array(255 * 65_519 + 1);
		giant.set(profile(200));
		assert.equal(withProfile(files().jpeg, giant, ports), undefined);
	});
});
