import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { outpaintOf } from '../../../src/catalogue/outpaint';
import type { Sizes } from '../../../src/catalogue/patch';
import { noMargins } from '../../../src/domain/margins';

const grid: Sizes = {
	kind: 'grid',
	step: 64,
	minSide: 128,
	maxSide: 2048,
	maxRatio: 16,
	minPixels: 128 * 128,
	maxPixels: 2048 * 2048,
	default: { width: 1024, height: 1024 },
};
const free: Sizes = { kind: 'free', min: 16, max: 4096, default: { width: 1024, height: 1024 } };

describe('an expansion by a vendor’s own request', () => {
	it('is as it was asked for where every side fits', () => {
		const margins = { ...noMargins, right: 256 };
		const outpaint = outpaintOf({ width: 1024, height: 1024 }, margins, grid, 64);
		assert.deepEqual(outpaint?.added, margins);
		assert.deepEqual(outpaint?.makes, {
			part: { x: 0, y: 0, width: 1280, height: 1024 },
			size: { width: 1280, height: 1024 },
		});
		assert.deepEqual(outpaint?.sends.size, { width: 1024, height: 1024 });
	});

	it('adds more than was asked for, which is cut off again', () => {
		const outpaint = outpaintOf({ width: 1024, height: 512 }, { ...noMargins, left: 100, bottom: 1 }, grid, 64);
		assert.deepEqual(outpaint?.added, { top: 0, right: 0, bottom: 64, left: 128 });
		assert.deepEqual(outpaint?.makes.part, { x: -28, y: 0, width: 1152, height: 576 });
	});

	it('lies exactly where the picture is, though its sides were scaled by themselves', () => {
		const source = { width: 300, height: 200 };
		const outpaint = outpaintOf(source, { ...noMargins, right: 64 }, grid, 64);
		assert.deepEqual(outpaint?.sends.size, { width: 320, height: 192 });
		const { part, size } = outpaint.makes;
		assert.equal(part.x, 0);
		assert.ok(Math.abs(part.width - (size.width * 300) / 320) < 1e-9, 'not in whole pixels');
	});

	it('takes to the pixel what takes pixels', () => {
		const outpaint = outpaintOf({ width: 333, height: 100 }, { top: 1, right: 2, bottom: 3, left: 4 }, free, 1);
		assert.deepEqual(outpaint?.makes, {
			part: { x: 0, y: 0, width: 339, height: 104 },
			size: { width: 339, height: 104 },
		});
	});

	it('is not to be had where only some sizes are made', () => {
		const list: Sizes = {
			kind: 'list',
			sizes: [{ width: 1024, height: 1024 }],
			default: { width: 1024, height: 1024 },
		};
		assert.equal(outpaintOf({ width: 600, height: 500 }, { ...noMargins, top: 10 }, list, 64), undefined);
	});

	it('covers the whole canvas, in multiples and within the limits', () => {
		const side = fc.integer({ min: 1, max: 6000 });
		const margin = fc.integer({ min: 0, max: 3000 });
		fc.assert(
			fc.property(side, side, margin, margin, margin, margin, (width, height, top, right, bottom, left) => {
				const margins = { top, right, bottom, left };
				const outpaint = outpaintOf({ width, height }, margins, grid, 64);
				if (!outpaint) return;
				const { sends, added, makes } = outpaint;
				for (const length of [added.top, added.right, added.bottom, added.left, sends.size.width, sends.size.height]) {
					assert.equal(length % 64, 0);
				}
				assert.equal(makes.size.width, added.left + sends.size.width + added.right);
				assert.ok(Math.max(makes.size.width, makes.size.height) <= 2048);
				assert.ok(makes.part.x <= 0 && makes.part.y <= 0, JSON.stringify(makes));
				// Of a part that is not of whole pixels, numbers say the end not quite exactly.
				assert.ok(makes.part.x + makes.part.width > left + width + right - 1e-6, JSON.stringify(makes));
				assert.ok(makes.part.y + makes.part.height > top + height + bottom - 1e-6, JSON.stringify(makes));
			}),
		);
	});
});
