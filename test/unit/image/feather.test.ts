import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { feathered } from '../../../src/image/feather';
import { maskOfRects } from '../../../src/image/mask';
import type { Mask } from '../../../src/image/pixels';
import { drawnMask, masks, plainMask, valueAt } from './arbitrary';

const radii = fc.integer({ min: 0, max: 60 });

/** What hangs together, corners included: lists of pixels. */
function partsOf(mask: Mask): number[][] {
	const seen = new Set<number>();
	const parts: number[][] = [];
	for (const first of mask.data.keys()) {
		if (mask.data[first] === 0 || seen.has(first)) continue;
		const part = [first];
		seen.add(first);
		for (const at of part) {
			for (const next of neighbours(mask, at)) {
				if (mask.data[next] === 0 || seen.has(next)) continue;
				seen.add(next);
				part.push(next);
			}
		}
		parts.push(part);
	}
	return parts;
}

function neighbours({ width, height }: Mask, at: number): number[] {
	const [x, y] = [at % width, Math.floor(at / width)];
	const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [x + dx, y + dy] as const));
	return around.filter(([a, b]) => a >= 0 && b >= 0 && a < width && b < height).map(([a, b]) => b * width + a);
}

/** Whether nothing is kept within so many pixels, across corners too. */
function isFarFromKept(mask: Mask, at: number, radius: number): boolean {
	const [x, y] = [at % mask.width, Math.floor(at / mask.width)];
	for (let row = Math.max(0, y - radius); row <= Math.min(mask.height - 1, y + radius); row++) {
		for (let column = Math.max(0, x - radius); column <= Math.min(mask.width - 1, x + radius); column++) {
			if (valueAt(mask, column, row) === 0) return false;
		}
	}
	return true;
}

function turned({ width, height, data }: Mask): Mask {
	return {
		width: height,
		height: width,
		data: data.map((_, at) => data[(at % height) * width + Math.floor(at / height)] ?? 0),
	};
}

describe('feathering a mask', () => {
	it('keeps what is kept, loses nothing that was selected, and is nowhere more than the mask', () => {
		fc.assert(
			fc.property(masks, radii, (mask, radius) => {
				const before = mask.data.slice();
				const soft = feathered(mask, radius);
				assert.deepEqual(mask.data, before, 'the mask is not touched');
				assert.deepEqual([soft.width, soft.height, soft.data.length], [mask.width, mask.height, before.length]);
				for (const [at, value] of mask.data.entries()) {
					const found = soft.data[at] ?? -1;
					assert.ok(found <= value);
					assert.equal(found === 0, value === 0);
				}
			}),
		);
	});

	it('changes nothing that is farther from all that is kept', () => {
		fc.assert(
			fc.property(masks, fc.integer({ min: 0, max: 12 }), (mask, radius) => {
				const soft = feathered(mask, radius);
				for (const [at, value] of mask.data.entries()) {
					if (isFarFromKept(mask, at, radius)) assert.equal(soft.data[at], value);
				}
			}),
		);
	});

	it('leaves every part of a mask its full value somewhere, however narrow it is', () => {
		fc.assert(
			fc.property(masks, radii, (mask, radius) => {
				const soft = feathered(mask, radius);
				for (const part of partsOf(mask)) {
					assert.ok(part.some((at) => soft.data[at] === mask.data[at]));
				}
			}),
		);
	});

	it('is the softer the wider it is', () => {
		fc.assert(
			fc.property(masks, radii, radii, (mask, a, b) => {
				const wide = feathered(mask, Math.max(a, b));
				const narrow = feathered(mask, Math.min(a, b));
				for (const [at, value] of wide.data.entries()) assert.ok(value <= (narrow.data[at] ?? 0));
			}),
		);
	});

	it('multiplies the values of a mask that is soft already', () => {
		fc.assert(
			fc.property(masks, radii, fc.integer({ min: 1, max: 254 }), (mask, radius, most) => {
				const full = feathered({ ...mask, data: mask.data.map((value) => (value === 0 ? 0 : 255)) }, radius);
				const weak = feathered({ ...mask, data: mask.data.map((value) => (value === 0 ? 0 : most)) }, radius);
				for (const [at, value] of weak.data.entries()) {
					assert.ok(Math.abs(value - ((full.data[at] ?? 0) * most) / 255) <= 1);
				}
			}),
		);
	});

	it('changes nothing with a radius of 0, and nothing in a mask of everything', () => {
		fc.assert(fc.property(masks, (mask) => assert.deepEqual(feathered(mask, 0), mask)));
		const all = plainMask({ width: 30, height: 20 }, () => 255);
		assert.deepEqual(feathered(all), all);
	});

	it('does not care which side is up', () => {
		const list = [
			{ x: 3, y: 5, width: 40, height: 11 },
			{ x: 20, y: 30, width: 3, height: 9 },
			{ x: 30, y: 22, width: 25, height: 25 },
		];
		const mask = maskOfRects({ width: 61, height: 53 }, list);
		const upsideDown: Mask = { ...mask, data: mask.data.toReversed() };
		assert.deepEqual(feathered(upsideDown).data.toReversed(), feathered(mask).data);
		assert.deepEqual(turned(feathered(turned(mask))), feathered(mask));
	});
});

describe('the edge of a feathered mask', () => {
	it('rises evenly from what is kept, and ends after the radius', () => {
		const half = plainMask({ width: 40, height: 3 }, (at) => (at % 40 < 10 ? 0 : 255));
		const row = [...feathered(half).data.subarray(40, 80)];
		assert.deepEqual(row.slice(8, 20), [0, 0, 29, 57, 85, 114, 142, 170, 199, 227, 255, 255]);
		assert.ok(
			row.slice(20).every((value) => value === 255),
			'the border of the picture is no edge',
		);
	});

	it('is as wide as was asked for', () => {
		const half = plainMask({ width: 90, height: 1 }, (at) => (at < 10 ? 0 : 255));
		for (const radius of [1, 3, 20, 41]) {
			const soft = feathered(half, radius);
			assert.equal(soft.data.filter((value) => value > 0 && value < 255).length, radius);
		}
		assert.deepEqual(feathered(half, 1000), feathered(half, 41), 'and no wider than 41');
	});

	it('is as wide across as along, to a pixel', () => {
		for (const radius of [8, 16, 30]) {
			const diagonal = plainMask({ width: 160, height: 160 }, (at) => (at % 160 > Math.floor(at / 160) ? 255 : 0));
			const soft = feathered(diagonal, radius);
			const steps = Array.from({ length: 75 }, (_, step) => valueAt(soft, 80 + step, 80 - step));
			const across = steps.filter((value) => value > 0 && value < 255).length * Math.SQRT2;
			assert.ok(Math.abs(across - radius) < radius / 10 + 1, `${across} pixels, wanted ${radius}`);
		}
	});

	it('leaves one pixel as it is', () => {
		const speck = drawnMask('.....', '..#..', '.....');
		assert.deepEqual(feathered(speck), speck);
	});

	it('leaves a line as it is, also where something large is next to it', () => {
		const mask = maskOfRects({ width: 60, height: 60 }, [
			{ x: 0, y: 0, width: 40, height: 60 },
			{ x: 41, y: 5, width: 1, height: 50 },
		]);
		const soft = feathered(mask);
		for (let y = 5; y < 55; y++) assert.equal(valueAt(soft, 41, y), 255);
		assert.equal(valueAt(soft, 39, 30), 29);
	});

	it('gives a band a narrower edge and its middle the full value', () => {
		for (const width of [2, 3, 4, 7, 10, 16]) {
			const band = maskOfRects({ width: 60, height: 40 }, [{ x: 20, y: 0, width, height: 40 }]);
			const row = [...feathered(band).data.subarray(20 * 60 + 20, 20 * 60 + 20 + width)];
			assert.deepEqual(row, row.toReversed());
			assert.equal(Math.max(...row), 255);
			const half = row.slice(0, Math.ceil(width / 2));
			assert.deepEqual(
				half,
				half.toSorted((a, b) => a - b),
			);
			if (width > 2) assert.ok((row[0] ?? 255) < 140);
		}
	});

	it('treats a tip of something round as a part of it, and an arm as one of its own', () => {
		const disc = plainMask({ width: 81, height: 61 }, (at) => {
			const [x, y] = [at % 81, Math.floor(at / 81)];
			return Math.hypot(x - 30, y - 30) <= 25 || (y === 30 && x > 30) ? 255 : 0;
		});
		const soft = feathered(disc);
		assert.ok(valueAt(soft, 30, 5) < 40, 'the topmost pixel of the disc');
		assert.equal(valueAt(soft, 30, 30), 255);
		assert.equal(valueAt(soft, 75, 30), 255, 'the arm');
	});
});
