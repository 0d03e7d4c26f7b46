import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { boxOf, combinedForm, inverseForm, maskOfMargins, maskOfPicture, maskOfRects } from '../../../src/image/mask';
import type { Pixels } from '../../../src/image/pixels';
import { drawnMask, masks, plainMask, rects, sizes, valueAt } from './arbitrary';

/** A picture of these pixels in one row. */
function rowOf(...colours: readonly (readonly number[])[]): Pixels {
	return { width: colours.length, height: 1, data: Uint8Array.from(colours.flat()) };
}

function opaque({ width, height, data }: Pixels): Pixels {
	return { width, height, data: data.map((value, at) => (at % 4 === 3 ? 255 : value)) };
}

describe('the mask of rectangles', () => {
	it('repaints what is in any of them, and nothing else', () => {
		fc.assert(
			fc.property(sizes, fc.array(rects, { maxLength: 4 }), (size, list) => {
				const mask = maskOfRects(size, list);
				assert.deepEqual(
					[mask.width, mask.height, mask.data.length],
					[size.width, size.height, size.width * size.height],
				);
				for (let y = 0; y < size.height; y++) {
					for (let x = 0; x < size.width; x++) {
						const isIn = list.some((r) => x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height);
						assert.equal(valueAt(mask, x, y), isIn ? 255 : 0);
					}
				}
			}),
		);
	});

	it('keeps everything where there is none, or none that lies on the picture', () => {
		assert.equal(boxOf(maskOfRects({ width: 9, height: 7 }, [])), undefined);
		assert.equal(boxOf(maskOfRects({ width: 9, height: 7 }, [{ x: 9, y: 0, width: 5, height: 5 }])), undefined);
		assert.equal(boxOf(maskOfRects({ width: 9, height: 7 }, [{ x: -5, y: 0, width: 5, height: 5 }])), undefined);
		assert.equal(boxOf(maskOfRects({ width: 9, height: 7 }, [{ x: 3, y: 3, width: 0, height: 2 }])), undefined);
	});
});

describe('the mask of an expansion', () => {
	it('keeps the source on the larger canvas', () => {
		const mask = maskOfMargins({ width: 3, height: 2 }, { top: 1, right: 2, bottom: 0, left: 1 });
		assert.deepEqual(mask, drawnMask('######', '#...##', '#...##'));
	});

	it('keeps everything where nothing is added', () => {
		const mask = maskOfMargins({ width: 3, height: 2 }, { top: 0, right: 0, bottom: 0, left: 0 });
		assert.deepEqual(mask, drawnMask('...', '...'));
	});
});

describe('the mask in a picture', () => {
	it('is where that is transparent, whatever its colours', () => {
		const picture = rowOf([255, 255, 255, 255], [0, 0, 0, 0], [9, 99, 200, 55], [255, 255, 255, 254]);
		assert.deepEqual([...maskOfPicture(picture).data], [0, 255, 200, 1]);
	});

	it('is where that is bright, if nothing is transparent', () => {
		const picture = rowOf([255, 255, 255, 255], [0, 0, 0, 255], [77, 77, 77, 255], [0, 255, 0, 255], [0, 0, 255, 255]);
		assert.deepEqual([...maskOfPicture(picture).data], [255, 0, 77, 150, 29]);
	});

	it('is the mask again in either form for an API', () => {
		fc.assert(
			fc.property(masks, (mask) => {
				assert.deepEqual(maskOfPicture(combinedForm(mask)), mask, 'by alpha');
				assert.deepEqual(maskOfPicture(opaque(combinedForm(mask))), mask, 'by brightness, which ignores alpha');
				const turned = maskOfPicture(inverseForm(mask));
				assert.deepEqual({ ...turned, data: turned.data.map((value) => 255 - value) }, mask);
			}),
		);
	});
});

describe('the forms of a mask', () => {
	const mask = plainMask({ width: 3, height: 1 }, (at) => [255, 0, 100][at] ?? 0);

	it('are clear white and opaque black for both readings', () => {
		assert.deepEqual(combinedForm(mask), rowOf([255, 255, 255, 0], [0, 0, 0, 255], [100, 100, 100, 155]));
	});

	it('are opaque, black and white, for those that read them the other way round', () => {
		assert.deepEqual(inverseForm(mask), rowOf([0, 0, 0, 255], [255, 255, 255, 255], [155, 155, 155, 255]));
	});
});

describe('the box of a mask', () => {
	it('is nothing for a mask that keeps everything', () => {
		assert.equal(boxOf(drawnMask('....', '....')), undefined);
	});

	it('holds every value above 0 and none could be smaller', () => {
		fc.assert(
			fc.property(masks, (mask) => {
				const box = boxOf(mask);
				const set = [...mask.data.keys()].filter((at) => mask.data[at] !== 0);
				const columns = set.map((at) => at % mask.width);
				const rows = set.map((at) => Math.floor(at / mask.width));
				if (!box) return assert.equal(set.length, 0);
				assert.deepEqual(
					[box.x, box.y, box.x + box.width - 1, box.y + box.height - 1],
					[Math.min(...columns), Math.min(...rows), Math.max(...columns), Math.max(...rows)],
				);
			}),
		);
	});

	it('counts the weakest value, and reaches the corners', () => {
		const weak = plainMask({ width: 5, height: 4 }, (at) => (at === 13 ? 1 : 0));
		assert.deepEqual(boxOf(weak), { x: 3, y: 2, width: 1, height: 1 });
		const corners = drawnMask('#...', '....', '...#');
		assert.deepEqual(boxOf(corners), { x: 0, y: 0, width: 4, height: 3 });
	});
});
