import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { drawLabel, labelPlate } from '../../../../src/providers/sketch/label';
import { paint, sketchStyles, paintUnmarked } from '../../../../src/providers/sketch/paint';
import { pixelAt, plain } from './measure';

const channel = fc.integer({ min: 0, max: 255 });

function linear(value: number): number {
	return value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4;
}

function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

describe('the mark of a sketch', () => {
	it('can be read on any ground: a contrast of 4.5 at least', () => {
		fc.assert(
			fc.property(channel, channel, channel, (red, green, blue) => {
				const pixels = plain(256, 128, [red, green, blue, 255]);
				const plate = drawLabel(pixels, { x: 0, y: 0, width: 256, height: 128 });
				assert.ok(plate);
				const values: number[] = [];
				for (let x = plate.x + 3; x < plate.x + plate.width - 3; x++) {
					for (let y = plate.y + 3; y < plate.y + 10; y++) values.push(luminance(pixelAt(pixels, x, y)));
				}
				const contrast = (Math.max(...values) + 0.05) / (Math.min(...values) + 0.05);
				assert.ok(contrast >= 4.5, `${contrast} on ${red} ${green} ${blue}`);
			}),
		);
	});

	it('says SKETCH · NOT AI in its own dots', () => {
		const pixels = plain(200, 60, [20, 20, 20, 255]);
		const plate = drawLabel(pixels, { x: 0, y: 0, width: 200, height: 60 });
		assert.ok(plate);
		const ground = pixelAt(pixels, plate.x + 3, plate.y + 1);
		const rows = Array.from({ length: 7 }, (_, y) =>
			Array.from({ length: 5 }, (_, x) =>
				String(pixelAt(pixels, plate.x + 4 + x, plate.y + 3 + y)) === String(ground) ? ' ' : '#',
			).join(''),
		);
		assert.deepEqual(rows, [' ####', '#    ', '#    ', ' ### ', '    #', '    #', '#### ']);
	});

	it('stays within its area and grows with the picture', () => {
		const side = fc.integer({ min: 16, max: 4096 });
		fc.assert(
			fc.property(side, side, (width, height) => {
				const plate = labelPlate({ x: 10, y: 20, width, height });
				if (plate === undefined) {
					assert.ok(width < 90 || height < 16 || width < height);
					return;
				}
				assert.ok(plate.x >= 10 && plate.x + plate.width <= 10 + width);
				assert.ok(plate.y >= 20 && plate.y + plate.height <= 20 + height);
			}),
		);
		assert.ok((labelPlate({ x: 0, y: 0, width: 4096, height: 4096 })?.height ?? 0) > 80);
	});

	it('is in every sketch that is large enough for words, and touches nothing else', () => {
		const size = { width: 160, height: 120 };
		for (const style of sketchStyles) {
			const order = { prompt: 'hello', seed: '2', size, style };
			const marked = paint(order);
			const bare = paintUnmarked(order);
			const plate = labelPlate({ x: 0, y: 0, ...size });
			assert.ok(plate);
			let changed = 0;
			for (let y = 0; y < size.height; y++) {
				for (let x = 0; x < size.width; x++) {
					if (String(pixelAt(marked, x, y)) === String(pixelAt(bare, x, y))) continue;
					changed++;
					assert.ok(x >= plate.x && x < plate.x + plate.width && y >= plate.y && y < plate.y + plate.height);
				}
			}
			assert.ok(changed > 300, style);
		}
	});

	it('is a dashed corner where words do not fit', () => {
		const pixels = plain(32, 32, [90, 120, 150, 255]);
		assert.equal(drawLabel(pixels, { x: 0, y: 0, width: 32, height: 32 }), undefined);
		assert.notDeepEqual(pixelAt(pixels, 30, 30), [90, 120, 150, 255]);
		assert.deepEqual(pixelAt(pixels, 28, 30), [90, 120, 150, 255]);
		assert.deepEqual(pixelAt(pixels, 5, 5), [90, 120, 150, 255]);
	});
});
