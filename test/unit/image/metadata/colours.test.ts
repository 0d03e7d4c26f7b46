import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import { joined, latin1, viewOf } from '../../../../src/image/metadata/bytes';
import { withColoursOf } from '../../../../src/image/metadata/colours';
import { gammaCurve } from '../../../../src/image/metadata/matrixProfile';
import { type PngChunk, pngChunk, readPng, writePng } from '../../../../src/image/metadata/pngChunks';
import { profileOf, withProfile } from '../../../../src/image/metadata/profile';
import { jpegOf, segment } from '../rawJpeg';
import { formats, greyProfile, number, painted, pixelsOf, ports, profile, tagOf, withPngChunks } from './pictures';

const greyPng = new Uint8Array(PNG.sync.write(new PNG({ width: 2, height: 2 }), { colorType: 0 }));
const greyJpeg = jpegOf({ width: 16, height: 16 });

const gamma = (value: number) => pngChunk('gAMA', number(value, 4));
const corners = (...values: readonly number[]) => pngChunk('cHRM', joined(values.map((value) => number(value, 4))));
const code = (...values: readonly number[]) => pngChunk('cICP', Uint8Array.from(values));
const intent = (value: number) => pngChunk('sRGB', Uint8Array.of(value));
const icc = (data: Uint8Array) => pngChunk('iCCP', joined([latin1('name\0\0'), ports.deflate(data)]));
const srgbCorners = corners(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);
const p3Corners = corners(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000);
const p3 = code(12, 13, 0, 1);

const curve = gammaCurve(1.8) ?? new Uint8Array();
const greys = greyProfile(curve);

function unsound(chunk: PngChunk): PngChunk {
	return { ...chunk, raw: chunk.raw.map((byte, index) => (index === chunk.raw.length - 1 ? byte ^ 1 : byte)) };
}

/** The grey JPEG with a colour profile. */
function profiledJpeg(data: Uint8Array): Uint8Array {
	const part = segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), data]));
	return joined([greyJpeg.subarray(0, 2), part, greyJpeg.subarray(2)]);
}

/** Tags of the matrix of a profile, as whole thousandths. */
function matrixOf(data: Uint8Array | undefined): number[] {
	assert.ok(data);
	return ['rXYZ', 'gXYZ', 'bXYZ'].flatMap((name) => {
		const view = viewOf(tagOf(data, name));
		return [8, 12, 16].map((at) => Math.round((view.getInt32(at) / 2 ** 16) * 1e3));
	});
}

const srgbMatrix = [436, 222, 14, 385, 717, 97, 143, 61, 714];
const p3Matrix = [515, 241, -1, 292, 692, 42, 157, 67, 784];

/** To which power samples are light, by the first curve of a profile. */
function powerOf(data: Uint8Array | undefined): number {
	assert.ok(data);
	return viewOf(tagOf(data, 'rTRC')).getInt32(12) / 2 ** 16;
}

describe('the colours of an original', () => {
	const files = painted();
	const png = (...chunks: readonly PngChunk[]) => withPngChunks(files().png, ...chunks);

	/** On a new file of another format than PNG: the profile there. `undefined`: it is the same file. */
	function profileOn(original: Uint8Array): Uint8Array | undefined {
		const [webp, jpeg] = (['webp', 'jpeg'] as const).map((format) => {
			const bytes = withColoursOf(original, files()[format], ports);
			assert.ok(bytes);
			return bytes === files()[format] ? undefined : profileOf(bytes, ports);
		});
		assert.deepEqual(webp, jpeg);
		return webp;
	}

	it('are the usual ones where it says nothing', () => {
		for (const original of Object.values(files()))
			for (const made of Object.values(files())) assert.equal(withColoursOf(original, made, ports), made);
		assert.equal(withColoursOf(greyJpeg, files().png, ports), files().png);
		assert.equal(withColoursOf(greyPng, files().png, ports), files().png);
	});

	it('go on from PNG to PNG in the same words', async () => {
		const said = [
			gamma(45455),
			p3Corners,
			intent(0),
			p3,
			pngChunk('mDCV', new Uint8Array(24)),
			pngChunk('cLLI', number(1, 4)),
		];
		const others = ['tEXt', 'eXIf', 'pHYs', 'sBIT'].map((type) => pngChunk(type, latin1('others')));
		await fc.assert(
			fc.asyncProperty(fc.shuffledSubarray([...said, icc(profile(300))]), async (chunks) => {
				const made = withColoursOf(png(...others, ...chunks), files().png, ports);
				assert.deepEqual(made, png(...chunks));
				assert.deepEqual(await pixelsOf(made), await pixelsOf(files().png));
			}),
			{ numRuns: 30 },
		);
		const greyOriginal = withPngChunks(greyPng, gamma(100_000), p3Corners);
		assert.deepEqual(withColoursOf(greyOriginal, files().png, ports), png(gamma(100_000), p3Corners));
	});

	it('are not what browsers do not heed', () => {
		const { chunks = [] } = readPng(files().png) ?? {};
		for (const said of [gamma(100_000), icc(profile(200)), p3]) {
			const late = writePng([...chunks.slice(0, -1), said, ...chunks.slice(-1)]);
			for (const original of [png(unsound(said)), late])
				for (const format of formats) assert.equal(withColoursOf(original, files()[format], ports), files()[format]);
		}
	});

	it('go on from any format to any other as a profile', () => {
		for (const from of formats) {
			const original = withProfile(files()[from], profile(300), ports);
			assert.ok(original);
			for (const to of formats) {
				const made = withColoursOf(original, files()[to], ports);
				assert.ok(made);
				assert.deepEqual(profileOf(made, ports), profile(300));
			}
		}
	});

	it('are a gamma', () => {
		for (const [value, power] of [
			[100_000, 1],
			[55_556, 1.8],
			[43_181, 2.3158],
			[47_728, 2.0952],
		] as const) {
			const data = profileOn(png(gamma(value)));
			assert.ok(Math.abs(powerOf(data) - power) < 1e-4);
			assert.deepEqual(matrixOf(data), srgbMatrix);
		}
		// So near to that of sRGB that browsers take it for that, or none.
		for (const value of [43_182, 45_455, 47_727, 0]) assert.equal(profileOn(png(gamma(value))), undefined);
		assert.equal(profileOn(png(pngChunk('gAMA', number(1, 2)))), undefined);
	});

	it('are a gamma and chromaticities', () => {
		const data = profileOn(png(gamma(45_455), p3Corners));
		assert.deepEqual(matrixOf(data), p3Matrix);
		assert.ok(Math.abs(powerOf(data) - 2.2) < 1e-4);
		assert.deepEqual(matrixOf(profileOn(png(srgbCorners, gamma(45_455)))), srgbMatrix, 'then it is a power alone');
		assert.equal(profileOn(png(p3Corners)), undefined, 'alone they say nothing');
		const short = pngChunk('cHRM', new Uint8Array(31));
		assert.deepEqual(matrixOf(profileOn(png(gamma(100_000), short))), srgbMatrix);
	});

	it('are a code', () => {
		assert.deepEqual(matrixOf(profileOn(png(p3))), p3Matrix);
		assert.deepEqual(matrixOf(profileOn(png(code(9, 13, 0, 1)))), [673, 279, -2, 166, 675, 30, 125, 46, 797]);
		assert.ok(Math.abs(powerOf(profileOn(png(p3))) - 2.4) < 1e-4);
		assert.equal(profileOn(png(code(1, 13, 0, 1))), undefined);
	});

	it('are what comes first: a code, a profile, the word for sRGB, a gamma', () => {
		const rgb = icc(profile(300));
		assert.deepEqual(matrixOf(profileOn(png(gamma(1e5), intent(0), rgb, p3))), p3Matrix);
		assert.deepEqual(profileOn(png(gamma(1e5), intent(0), rgb)), profile(300));
		assert.equal(profileOn(png(gamma(1e5), intent(3))), undefined);
		assert.equal(powerOf(profileOn(png(gamma(1e5), intent(4)))), 1);
		assert.equal(powerOf(profileOn(png(gamma(1e5), code(12, 13, 0)))), 1);
		assert.equal(powerOf(profileOn(png(gamma(1e5), icc(profile(300, 'CMYK'))))), 1);
		assert.equal(powerOf(profileOn(png(gamma(1e5), pngChunk('iCCP', latin1('name\0\0broken'))))), 1);
	});

	it('are those of a profile of greys, on the new file for all three colours', () => {
		for (const original of [withPngChunks(greyPng, icc(greys), gamma(1e5)), profiledJpeg(greys)]) {
			for (const format of formats) {
				const made = withColoursOf(original, files()[format], ports);
				assert.ok(made);
				const data = profileOf(made, ports);
				assert.deepEqual(matrixOf(data), srgbMatrix);
				for (const name of ['rTRC', 'gTRC', 'bTRC']) assert.deepEqual(tagOf(data ?? made, name), curve);
			}
		}
		const three = profile(300);
		for (const original of [withPngChunks(greyPng, icc(three)), profiledJpeg(three)])
			assert.deepEqual(profileOn(original), three, 'greys may have one of colours');
	});

	it('are the usual ones where a profile of greys is on a picture of colours', () => {
		assert.equal(profileOn(png(icc(greys), gamma(1e5))), undefined);
		assert.deepEqual(withColoursOf(png(icc(greys)), files().png, ports), png(icc(greys)));
	});

	it('cannot always be said', () => {
		const lab = greys.slice();
		lab.set(latin1('Lab '), 20);
		for (const original of [
			png(code(9, 16, 0, 1)),
			png(code(1, 1, 0, 1)),
			png(code(12, 13, 0, 0)),
			png(gamma(1)),
			png(gamma(1e5), pngChunk('cHRM', new Uint8Array(32))),
			withPngChunks(greyPng, icc(lab)),
			profiledJpeg(lab),
			new Uint8Array(),
		]) {
			for (const format of ['jpeg', 'webp'] as const)
				assert.equal(withColoursOf(original, files()[format], ports), undefined);
		}
		assert.equal(withColoursOf(withPngChunks(greyPng, icc(lab)), files().png, ports), undefined);
		assert.deepEqual(withColoursOf(png(code(9, 16, 0, 1)), files().png, ports), png(code(9, 16, 0, 1)));
		assert.equal(withColoursOf(files().png, new Uint8Array(), ports), undefined);
	});

	it('break nothing, whatever the chunks are', () => {
		const types = fc.constantFrom('gAMA', 'cHRM', 'sRGB', 'cICP', 'iCCP', 'mDCV');
		const chunks = fc.array(fc.tuple(types, fc.uint8Array({ maxLength: 40 })), { maxLength: 4 });
		fc.assert(
			fc.property(chunks, fc.constantFrom(...formats), fc.boolean(), (found, format, isGrey) => {
				const said = found.map(([type, data]) => pngChunk(type, data));
				const original = withPngChunks(isGrey ? greyPng : files().png, ...said);
				const made = withColoursOf(original, files()[format], ports);
				if (format === 'png') assert.ok(made && readPng(made));
			}),
			{ numRuns: 400 },
		);
	});
});
