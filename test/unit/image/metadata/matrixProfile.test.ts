import assert from 'node:assert/strict';
import { load } from 'exifreader';
import * as fc from 'fast-check';
import { joined, latin1, startsWith, viewOf } from '../../../../src/image/metadata/bytes';
import type { Chromaticities } from '../../../../src/image/metadata/chromaticities';
import { curveOfGreys, gammaCurve, matrixProfile, srgbCurve } from '../../../../src/image/metadata/matrixProfile';
import { pngChunk } from '../../../../src/image/metadata/pngChunks';
import { greyProfile, painted, ports, profile, tagOf, withPngChunks } from './pictures';

const srgb: Chromaticities = { white: [0.3127, 0.329], red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06] };

/** A profile that can be made. */
function made(curve: Uint8Array | undefined = srgbCurve): Uint8Array {
	const icc = curve && matrixProfile(srgb, curve);
	assert.ok(icc);
	return icc;
}

/** Numbers of a tag, behind its type. */
function numbersOf(tag: Uint8Array, start = 8): number[] {
	const view = viewOf(tag);
	return Array.from({ length: (tag.length - start) / 4 }, (_, index) => view.getInt32(start + index * 4) / 2 ** 16);
}

describe('a colour profile of three colours and a curve', () => {
	const files = painted();

	it('is what its header says, and each tag begins where it should', () => {
		const icc = made();
		const view = viewOf(icc);
		assert.equal(view.getUint32(0), icc.length);
		assert.ok(startsWith(icc, 'mntrRGB XYZ ', 12) && startsWith(icc, 'acsp', 36));
		assert.deepEqual(numbersOf(icc.subarray(68, 80), 0), [63190 / 65536, 1, 54061 / 65536]);
		for (let index = 0; index < view.getUint32(128); index++) {
			const [start, length] = [view.getUint32(136 + index * 12), view.getUint32(140 + index * 12)];
			assert.ok(start % 4 === 0 && start + length <= icc.length);
		}
	});

	it('has the colours, the same curve for each, and the white of profiles', () => {
		const icc = made();
		const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => numbersOf(tagOf(icc, name)));
		assert.deepEqual(
			columns.map((column) => column.map((value) => Math.round(value * 1e3) / 1e3)),
			[
				[0.436, 0.222, 0.014],
				[0.385, 0.717, 0.097],
				[0.143, 0.061, 0.714],
			],
		);
		for (const name of ['rTRC', 'gTRC', 'bTRC']) assert.deepEqual(tagOf(icc, name), srgbCurve);
		assert.deepEqual(numbersOf(tagOf(icc, 'wtpt')), [63190 / 65536, 1, 54061 / 65536]);
		assert.equal(numbersOf(tagOf(icc, 'chad')).length, 9);
	});

	it('is read by another program', async () => {
		const data = joined([latin1('x\0\0'), ports.deflate(made())]);
		const file = Buffer.from(withPngChunks(files().png, pngChunk('iCCP', data)));
		const { icc } = await load(file, { expanded: true, async: true });
		assert.equal(icc?.['ICC Description']?.value, 'Colours of the original');
		assert.equal(icc['ICC Copyright']?.value, 'No copyright');
		assert.equal(icc['Profile Version']?.value, '4.3.0');
		assert.match(String(icc['ICC Profile Date']?.value), /^2026-01-01/);
	});

	it('has the curve of a power, as far as a profile has numbers', () => {
		fc.assert(
			fc.property(fc.double({ min: 1e-3, max: 32_767, noNaN: true }), (power) => {
				const curve = gammaCurve(power);
				assert.ok(curve && startsWith(curve, 'para\0\0\0\0\0\0\0\0'));
				const [found = 0] = numbersOf(curve, 12);
				assert.ok(Math.abs(found - power) <= 2 ** -17);
			}),
		);
		for (const power of [0, -1, 32_768, Infinity, NaN]) assert.equal(gammaCurve(power), undefined);
	});

	it('is none where there is no such space of colours', () => {
		assert.equal(matrixProfile({ ...srgb, blue: srgb.red }, srgbCurve), undefined);
		const wide = { ...srgb, green: [0.64, 0.330_001] } as const;
		assert.equal(matrixProfile(wide, srgbCurve), undefined, 'its numbers are too large');
	});
});

describe('the curve of a profile of greys', () => {
	const curve = joined([latin1('curv\0\0\0\0'), Uint8Array.of(0, 0, 0, 1, 1, 0xcd)]);

	it('is taken as it stands there', () => {
		assert.deepEqual(curveOfGreys(greyProfile(curve)), curve);
		assert.deepEqual(curveOfGreys(greyProfile(srgbCurve)), srgbCurve);
		assert.deepEqual(tagOf(made(curve), 'gTRC'), curve);
	});

	it('is none in a profile of another kind, or a broken one', () => {
		const icc = greyProfile(curve);
		const changed = (at: number, text: string) => {
			const bytes = icc.slice();
			bytes.set(latin1(text), at);
			return bytes;
		};
		for (const other of [
			made(),
			profile(200, 'GRAY'),
			changed(20, 'Lab '),
			changed(132, 'kTRX'),
			greyProfile(latin1('mft1\0\0\0\0')),
			icc.subarray(0, -1),
			icc.subarray(0, 140),
			icc.subarray(0, 130),
			new Uint8Array(),
		]) {
			assert.equal(curveOfGreys(other), undefined);
		}
	});

	it('is never looked for outside, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
				const found = curveOfGreys(joined([greyProfile(curve).subarray(0, 128), bytes]));
				assert.ok(found === undefined || found.length <= 168);
			}),
		);
	});
});
