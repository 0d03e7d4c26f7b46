import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fitting, panned, scaleOf, sightByKey, wholePicture, zoomed } from '../../../src/webview/gallery/sight';

const side = fc.integer({ min: 1, max: 8192 });
const extent = fc.record({ width: side, height: side });
const box = { width: 800, height: 600 };
const picture = { width: 1600, height: 1200 };

describe('what is seen of a picture', () => {
	it('is all of it at first; a small one is not enlarged', () => {
		assert.equal(fitting(box, picture), 0.5);
		assert.equal(fitting(box, { width: 10, height: 10 }), 1);
	});

	it('stays under the pointer when it is enlarged', () => {
		const from = { x: 100, y: -50 };
		const next = zoomed(wholePicture, 4, { box, picture, from });
		const under = ({ x, zoom }: typeof next) => x * picture.width + from.x / (0.5 * zoom);
		assert.ok(Math.abs(under(next) - under(wholePicture)) < 0.001);
	});

	it('is pixel for pixel, or the whole, by a key', () => {
		const real = sightByKey('1', wholePicture, box, picture) ?? wholePicture;
		assert.equal(scaleOf(real, box, picture), 1);
		assert.deepEqual(sightByKey('0', real, box, picture), wholePicture);
	});

	it('is moved by the arrows only where it is larger than its box', () => {
		assert.equal(sightByKey('ArrowLeft', wholePicture, box, picture), undefined);
		const large = zoomed(wholePicture, 4, { box, picture });
		assert.ok((sightByKey('ArrowLeft', large, box, picture)?.x ?? 1) < large.x);
		assert.ok((sightByKey('ArrowDown', large, box, picture)?.y ?? 0) > large.y);
		assert.equal(sightByKey('x', large, box, picture), undefined);
	});

	it('never leaves the picture, whatever is done', () => {
		const step = fc.oneof(
			fc.record({ factor: fc.double({ min: 0.01, max: 100, noNaN: true }), x: fc.integer(), y: fc.integer() }),
			fc.record({ dx: fc.integer(), dy: fc.integer() }),
		);
		fc.assert(
			fc.property(extent, extent, fc.array(step, { maxLength: 12 }), (box, picture, steps) => {
				let sight = wholePicture;
				for (const done of steps)
					sight =
						'factor' in done
							? zoomed(sight, done.factor, { box, picture, from: done })
							: panned(sight, done.dx, done.dy, box, picture);
				assert.ok(sight.zoom >= 1 && sight.x >= 0 && sight.x <= 1 && sight.y >= 0 && sight.y <= 1);
				assert.ok(scaleOf(sight, box, picture) <= 32.001);
			}),
		);
	});
});
