import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isOnGrid } from '../../../src/catalogue/gridSize';
import { models, presets } from '../../../src/catalogue/models';
import { type Patch, patchFor, scaleOf, type Sizes, sizesToSend } from '../../../src/catalogue/patch';
import type { Rect, Size } from '../../../src/domain/size';

const free: Sizes = { kind: 'free', min: 16, max: 4096, default: { width: 1024, height: 1024 } };

function sizesOf(id: string): Sizes {
	const model = models.find((each) => each.id === id);
	if (!model) throw new Error(`There is no model ${id}.`);
	return sizesToSend(undefined, model.size);
}

const gpt2 = sizesOf('gpt-image-2');
const gpt1 = sizesOf('gpt-image-1');
const dallE2 = sizesOf('dall-e-2');

/** What is not a size of the rule cannot be asked of the model. */
function isTaken({ width, height }: Size, sizes: Sizes): boolean {
	if (sizes.kind === 'grid') return isOnGrid({ width, height }, sizes);
	if (sizes.kind === 'list') return sizes.sizes.some((size) => size.width === width && size.height === height);
	return [width, height].every((side) => side >= sizes.min && side <= sizes.max);
}

function holds({ part }: Patch, { x, y, width, height }: Rect): boolean {
	return part.x <= x && part.y <= y && part.x + part.width >= x + width && part.y + part.height >= y + height;
}

function whole(size: Size): Rect {
	return { x: 0, y: 0, ...size };
}

describe('the part of a picture that is sent', () => {
	it('is the whole picture, pixel by pixel, where the model takes its size', () => {
		const canvas = { width: 1536, height: 1024 };
		const focus = { x: 400, y: 300, width: 200, height: 200 };
		for (const sizes of [gpt2, gpt1, free]) {
			assert.deepEqual(patchFor(canvas, focus, sizes), { part: whole(canvas), size: canvas });
		}
	});

	it('reaches a little beyond the picture where the model wants multiples', () => {
		const { part, size } = patchFor({ width: 1000, height: 750 }, { x: 10, y: 10, width: 100, height: 100 }, gpt2);
		assert.deepEqual(size, { width: 1008, height: 752 });
		assert.deepEqual(part, { x: -4, y: -1, width: 1008, height: 752 });
	});

	it('is the surroundings of what changes where the picture is large', () => {
		const canvas = { width: 8000, height: 8000 };
		const focus = { x: 7000, y: 100, width: 300, height: 200 };
		const patch = patchFor(canvas, focus, gpt2);
		assert.ok(holds(patch, { x: 6850, y: 0, width: 600, height: 450 }), JSON.stringify(patch));
		assert.equal(scaleOf(patch), 1);
		assert.ok(patch.size.width * patch.size.height < 1.6e6, 'as much as is good for it, and no more to pay for');
	});

	it('is square for DALL·E 2, round what changes', () => {
		const patch = patchFor({ width: 1600, height: 900 }, { x: 1400, y: 700, width: 100, height: 100 }, dallE2);
		assert.equal(patch.size.width, patch.size.height);
		assert.equal(patch.part.width, patch.part.height);
		assert.ok(patch.part.x + patch.part.width <= 1600 && patch.part.y >= 0, 'inside the picture');
	});

	it('is enlarged where the picture is smaller than anything the model makes', () => {
		const patch = patchFor({ width: 64, height: 64 }, { x: 1, y: 1, width: 10, height: 10 }, gpt2);
		assert.deepEqual(patch.part, whole({ width: 64, height: 64 }));
		assert.deepEqual(patch.size, { width: 816, height: 816 });
		assert.deepEqual(patchFor({ width: 1, height: 1 }, whole({ width: 1, height: 1 }), free).part.width, 1);
	});

	it('is as nobody knows better where nobody knows', () => {
		const open = sizesToSend({ kind: 'open', ratios: true }, { kind: 'none' });
		assert.equal(open.kind, 'grid');
		assert.deepEqual(sizesToSend({ kind: 'open', ratios: true }, presets), presets, 'the model’s own rule is better');
	});

	it('holds what changes, is a size of the model, keeps its shape, and lies on the picture', () => {
		const side = fc.integer({ min: 1, max: 9000 });
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(side, side, share, share, share, share, fc.constantFrom(gpt2, gpt1, dallE2, free), (...given) => {
				const [width, height, left, top, across, down, sizes] = given;
				const x = Math.floor(left * (width - 1));
				const y = Math.floor(top * (height - 1));
				const focus = {
					x,
					y,
					width: 1 + Math.floor(across * (width - x - 1)),
					height: 1 + Math.floor(down * (height - y - 1)),
				};
				const patch = patchFor({ width, height }, focus, sizes);
				assert.ok(isTaken(patch.size, sizes), JSON.stringify(patch));
				assert.ok(holds(patch, focus), JSON.stringify({ patch, focus }));
				// Its height is a whole pixel: of a thin part that is much of its shape.
				const exact = (patch.part.width * patch.size.height) / patch.size.width;
				assert.ok(
					Math.abs(patch.part.height - exact) <= 1 + patch.size.height / patch.size.width,
					JSON.stringify(patch),
				);
				assert.ok(patch.part.x < width && patch.part.x + patch.part.width > 0);
			}),
			{ numRuns: 60 },
		);
	});
});
