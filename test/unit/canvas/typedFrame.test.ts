import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isPossible } from '../../../src/canvas/frame';
import { typedFrame } from '../../../src/canvas/typedFrame';
import { english } from '../../../src/domain/message';
import type { Rect } from '../../../src/domain/size';
import { framed } from './framesOf';

const source = { width: 400, height: 300 };

function problemOf(x: number, y: number, width: number, height: number, size = source): string | undefined {
	const read = typedFrame({ x, y, width, height }, size);
	return 'problem' in read ? english(read.problem) : undefined;
}

describe('a frame that is typed', () => {
	it('is the frame that it says', () => {
		const frame = { x: -100, y: 0, width: 600, height: 300 };
		assert.deepEqual(typedFrame(frame, source), frame);
	});

	it('needs four numbers, whole ones', () => {
		const sentence = 'Give whole numbers of pixels.';
		assert.equal(problemOf(-0.5, 0, 500, 300), sentence);
		assert.equal(problemOf(0, NaN, 500, 300), sentence);
		assert.equal(problemOf(0, 0, Infinity, 300), sentence);
		assert.equal(problemOf(0, 0, 500, 1e300), sentence);
	});

	it('needs a size', () => {
		const sentence = 'Give a width and a height of 1 pixel at least.';
		assert.equal(problemOf(0, 0, 0, 300), sentence);
		assert.equal(problemOf(0, 0, 500, -300), sentence);
	});

	it('must overlap the picture', () => {
		const sentence = 'The frame does not overlap the picture. Add 0 pixels or more on each side.';
		assert.equal(problemOf(400, 0, 500, 300), sentence);
		assert.equal(problemOf(0, -300, 400, 300), sentence);
		assert.equal(problemOf(-9000, -9000, 5, 5), sentence);
	});

	it('must hold all of the picture', () => {
		const sentence = 'The frame must hold the whole picture, 400x300. Add 0 pixels or more on each side.';
		assert.equal(problemOf(1, 0, 500, 300), sentence);
		assert.equal(problemOf(0, 0, 399, 900), sentence);
		assert.equal(problemOf(-100, -100, 500, 399), sentence);
	});

	it('must add something', () => {
		assert.equal(problemOf(0, 0, 400, 300), 'Nothing is added to the picture. Make the frame larger.');
	});

	it('must not be too large', () => {
		assert.equal(
			problemOf(0, 0, 8001, 8000),
			'The picture would have 8001x8000 pixels, more than 64 million. Add less.',
		);
		assert.equal(problemOf(0, 0, 8000, 8000), undefined);
		assert.equal(problemOf(-16_385, 0, 16_785, 300), 'Add no more than 16384 pixels on a side.');
		assert.equal(problemOf(-16_384, 0, 16_784, 300), undefined);
	});

	it('is as good as one that was dragged', () => {
		fc.assert(
			fc.property(framed, ({ source: size, frame }) => {
				const isPicture = frame.width === size.width && frame.height === size.height;
				assert.equal('problem' in typedFrame(frame, size), isPicture);
			}),
		);
	});

	it('is possible, or says why not, whatever the numbers are', () => {
		const any = fc.oneof(fc.integer({ min: -20_000, max: 20_000 }), fc.integer({ min: -500, max: 900 }), fc.double());
		const rects: fc.Arbitrary<Rect> = fc.record({ x: any, y: any, width: any, height: any });
		fc.assert(
			fc.property(rects, (typed) => {
				const read = typedFrame(typed, source);
				if ('problem' in read) assert.match(english(read.problem), /^[A-Z].*\.$/);
				else assert.ok(isPossible(read, source));
			}),
			{ numRuns: 500 },
		);
	});
});
