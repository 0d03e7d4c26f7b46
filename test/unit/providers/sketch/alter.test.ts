import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Pixels } from '../../../../src/image/pixels';
import { expand, repaint, vary } from '../../../../src/providers/sketch/alter';
import { labelPlate } from '../../../../src/providers/sketch/label';
import { type SketchOrder, paint } from '../../../../src/providers/sketch/paint';
import { isOpaque, meanDifference, pixelAt, plain, thumbnail } from './measure';

const side = fc.integer({ min: 1, max: 40 });
const margin = fc.integer({ min: 0, max: 30 });
const prompt = fc.constantFrom('', 'dawn over the sea', 'hello', '森');
const strengths = ['subtle', 'medium', 'strong'] as const;

/** A picture of random bytes, alpha included. */
const pictures: fc.Arbitrary<Pixels> = fc
	.tuple(side, side, fc.integer())
	.map(([width, height, salt]) => ({ width, height, data: Uint8Array.from(chaos(width * height * 4, salt)) }));

function* chaos(count: number, salt: number): Generator<number> {
	let state = salt | 1;
	for (let i = 0; i < count; i++) {
		state = (Math.imul(state, 1664525) + 1013904223) | 0;
		yield state >>> 24;
	}
}

function order(source: Pixels, text = 'hello', seed = '1'): SketchOrder {
	return { prompt: text, seed, size: { width: source.width, height: source.height } };
}

describe('repainting a part of a picture', () => {
	it('keeps every byte where the mask is 0, and the size', () => {
		fc.assert(
			fc.property(pictures, fc.integer(), prompt, (source, salt, text) => {
				const noise = Uint8Array.from(chaos(source.width * source.height, salt));
				const mask = noise.map((value) => (value < 100 ? 0 : value > 160 ? 255 : value));
				const before = source.data.slice();
				const result = repaint(source, mask, order(source, text));
				assert.deepEqual(source.data, before, 'the source is not touched');
				assert.equal(result.data.length, source.data.length);
				for (const [pixel, value] of mask.entries()) {
					const at = pixel * 4;
					if (value === 0) assert.deepEqual(result.data.subarray(at, at + 4), source.data.subarray(at, at + 4));
					if (value === 255) assert.equal(result.data[at + 3], 255);
				}
			}),
		);
	});

	it('gives back the source for an empty mask', () => {
		const source = plain(20, 10, [1, 2, 3, 4]);
		assert.deepEqual(repaint(source, new Uint8Array(200), order(source)).data, source.data);
	});

	it('paints the hole, softly where the mask is soft', () => {
		const source = plain(90, 60, [0, 0, 0, 255]);
		const mask = new Uint8Array(90 * 60).fill(255);
		const half = mask.map(() => 128);
		const full = repaint(source, mask, order(source, 'snow'));
		const soft = repaint(source, half, order(source, 'snow'));
		const [bright = 0] = thumbnail(full, 1);
		const [middle = 0] = thumbnail(soft, 1);
		assert.ok(bright > 100);
		assert.ok(Math.abs(middle - bright / 2) < 8);
	});

	it('puts the mark into the hole, even a round one', () => {
		const source = plain(300, 300, [200, 40, 40, 255]);
		const mask = new Uint8Array(300 * 300);
		for (let i = 0; i < mask.length; i++)
			mask[i] = Math.hypot((i % 300) - 150, Math.floor(i / 300) - 150) < 120 ? 255 : 0;
		const marked = repaint(source, mask, order(source));
		const rows = new Set<number>();
		// The mark's plate is the only place where the letters' ink stands 5 times or more in a row's 7 dots.
		for (let y = 150; y < 270; y++) {
			const line = marked.data.subarray((y * 300 + 30) * 4, (y * 300 + 270) * 4);
			let jumps = 0;
			for (let at = 4; at < line.length; at += 4) {
				if (Math.abs((line[at + 1] ?? 0) - (line[at - 3] ?? 0)) > 60) jumps++;
			}
			if (jumps > 16) rows.add(y);
		}
		assert.ok(rows.size >= 5, `${rows.size} rows of letters`);
	});
});

describe('expanding a picture', () => {
	it('keeps the source byte for byte in its place, and paints all the rest', () => {
		fc.assert(
			fc.property(pictures, margin, margin, margin, margin, prompt, (source, top, right, bottom, left, text) => {
				const result = expand(source, { top, right, bottom, left }, order(source, text));
				assert.equal(result.width, source.width + left + right);
				assert.equal(result.height, source.height + top + bottom);
				for (let y = 0; y < result.height; y++) {
					for (let x = 0; x < result.width; x++) {
						const inside = x >= left && x < left + source.width && y >= top && y < top + source.height;
						if (inside) assert.deepEqual(pixelAt(result, x, y), pixelAt(source, x - left, y - top));
						else assert.equal(pixelAt(result, x, y)[3], 255);
					}
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('goes on in the colours of the border and ends in those of the prompt', () => {
		const source = plain(100, 100, [250, 20, 120, 255]);
		const margins = { top: 60, right: 150, bottom: 60, left: 60 };
		const wish = { ...order(source, 'forest'), size: { width: 310, height: 220 } };
		const result = expand(source, margins, wish);
		for (const [x, y] of [
			[160, 110],
			[59, 110],
			[110, 59],
			[110, 160],
		] as const) {
			assert.ok(meanDifference(pixelAt(result, x, y), [250, 20, 120, 255]) < 4, `seam at ${x}, ${y}`);
		}
		const far = paint(wish);
		assert.deepEqual(pixelAt(result, 305, 20), pixelAt(far, 305, 20));
	});

	it('lets the sketch show at once next to a see-through border', () => {
		const source = plain(50, 50, [255, 0, 255, 0]);
		const result = expand(source, { top: 0, right: 50, bottom: 0, left: 0 }, order(source, 'forest'));
		const [red = 0, green = 0] = pixelAt(result, 51, 25);
		assert.ok(green >= red);
	});

	it('carries its mark in the new part', () => {
		const source = plain(200, 100, [128, 128, 128, 255]);
		for (const margins of [
			{ top: 0, right: 0, bottom: 40, left: 0 },
			{ top: 40, right: 0, bottom: 0, left: 0 },
			{ top: 0, right: 140, bottom: 0, left: 0 },
		]) {
			const result = expand(source, margins, order(source, 'amber'));
			const area = {
				x: margins.right > 0 ? 200 : 0,
				y: margins.bottom > 0 ? 100 : 0,
				width: margins.right || 200,
				height: margins.bottom || margins.top || 100,
			};
			const plate = labelPlate(area);
			assert.ok(plate);
			const colours = new Set<string>();
			for (let x = plate.x + 4; x < plate.x + plate.width - 4; x++)
				colours.add(String(pixelAt(result, x, plate.y + 6)));
			assert.equal(colours.size, 2, 'ink and ground');
		}
	});
});

describe('varying a picture', () => {
	const size = { width: 160, height: 120 };

	it('goes farther with the strength, and never so far that the picture is lost', () => {
		for (const [index, text] of [
			'dawn over the sea',
			'hello',
			'city at night',
			'a red cat',
			'diagram',
			'forest',
		].entries()) {
			const source = paint({ prompt: text, seed: '1', size });
			const differences = strengths.map((strength) =>
				meanDifference(vary(source, strength, { prompt: text, seed: String(index + 40), size }).data, source.data),
			);
			const [subtle = 0, medium = 0, strong = 0] = differences;
			assert.ok(subtle > 0.5 && subtle < medium && medium < strong && strong < 60, `${text}: ${differences.join(' ')}`);
			const stranger = thumbnail(paint({ prompt: 'moon', seed: '9', size, style: 'orbits' }), 8);
			const varied = thumbnail(vary(source, 'strong', { prompt: text, seed: '2', size }), 8);
			const original = thumbnail(source, 8);
			assert.ok(meanDifference(varied, original) < meanDifference(stranger, original));
		}
	});

	it('is repeatable, differs by seed, and leaves the source alone', () => {
		const source = paint({ prompt: 'hello', seed: '1', size });
		const before = source.data.slice();
		const once = vary(source, 'medium', { prompt: 'hello', seed: '5', size });
		assert.deepEqual(once.data, vary(source, 'medium', { prompt: 'hello', seed: '5', size }).data);
		assert.notDeepEqual(once.data, vary(source, 'medium', { prompt: 'hello', seed: '6', size }).data);
		assert.deepEqual(source.data, before);
		assert.ok(isOpaque(once));
	});

	it('takes a picture of any size and transparency', () => {
		fc.assert(
			fc.property(pictures, fc.constantFrom(...strengths), prompt, (source, strength, text) => {
				const result = vary(source, strength, order(source, text));
				assert.equal(result.width, source.width);
				assert.equal(result.height, source.height);
				assert.equal(result.data.length, source.data.length);
			}),
		);
	});
});
