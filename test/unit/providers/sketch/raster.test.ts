import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Fill, flat, ramp } from '../../../../src/providers/sketch/ramp';
import { blank, edge, fillAll, fillBelow } from '../../../../src/providers/sketch/raster';

const colours = ramp([
	[10, 20, 30],
	[240, 200, 90],
]);

const size = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 30 }) });

describe('a blank picture', () => {
	it('is black and opaque, whatever its size', () => {
		fc.assert(
			fc.property(size, ({ width, height }) => {
				const expected = Array.from({ length: width * height }, () => [0, 0, 0, 255]).flat();
				assert.deepEqual([...blank({ width, height }).data], expected);
			}),
		);
	});
});

describe('a fill that is the same from left to right', () => {
	const level: Fill = { ramp: colours, at: (_, y) => (y - 3) / 20, isLevel: true };
	const each: Fill = { ramp: colours, at: level.at };

	it('shades the whole picture as it would pixel by pixel', () => {
		fc.assert(
			fc.property(size, (whole) => {
				const [one, other] = [blank(whole), blank(whole)];
				fillAll(one, level);
				fillAll(other, each);
				assert.deepEqual(one.data, other.data);
			}),
		);
	});

	it('shades what lies below an edge as it would pixel by pixel, and nothing above', () => {
		fc.assert(
			fc.property(size, fc.double({ min: -5, max: 35 }), fc.double({ min: -2, max: 2 }), (whole, base, slope) => {
				const border = edge(whole.width, (x) => base + slope * x);
				const [one, other] = [blank(whole), blank(whole)];
				fillBelow(one, border, level);
				fillBelow(other, border, each);
				assert.deepEqual(one.data, other.data);
			}),
		);
	});
});

describe('an edge', () => {
	it('parts what is filled from what is not, and mixes the two where it cuts a pixel', () => {
		const picture = blank({ width: 2, height: 3 });
		fillBelow(
			picture,
			edge(2, () => 1.5),
			{ ramp: flat([200, 200, 200]), at: () => 0, isLevel: true },
		);
		const reds = Array.from({ length: 6 }, (_, at) => picture.data[at * 4]);
		assert.deepEqual(reds, [0, 0, 100, 100, 200, 200]);
	});
});
