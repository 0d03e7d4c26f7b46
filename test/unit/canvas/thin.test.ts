import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Trace } from '../../../src/canvas/strokes';
import { thinned } from '../../../src/canvas/thin';
import { noise } from '../builders';
import { traces } from './strokesOf';

type Place = readonly [number, number];

function placesOf(trace: Trace): Place[] {
	return trace.flatMap((x, at) => (at % 2 === 0 ? [[x, trace[at + 1] ?? NaN] as const] : []));
}

/** Traces of many points: as a hand draws, to and fro, or wildly. */
const long: fc.Arbitrary<Trace> = fc
	.tuple(fc.integer(), fc.integer({ min: 2, max: 1500 }), fc.constantFrom(0, 2, 200))
	.map(([salt, count, jitter]) => {
		const { data } = noise(count, 1, salt);
		return Array.from({ length: count * 2 }, (_, at) => {
			const turn = at % 2 === 0 ? Math.cos(at / 90) : Math.sin((at - 1) / 70);
			return 300 * turn + (jitter * (data[at * 2] ?? 0)) / 255;
		});
	});

/** How far a place is from the nearest of the straight lines between others. */
function distance([x, y]: Place, trace: readonly Place[]): number {
	const distances = trace.map(([ax, ay], at) => {
		const [bx, by] = trace[at + 1] ?? [ax, ay];
		const squared = (bx - ax) ** 2 + (by - ay) ** 2;
		const part = squared > 0 ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared : 0;
		const t = Math.max(0, Math.min(1, part));
		return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
	});
	return Math.min(...distances);
}

describe('thinning a trace', () => {
	it('leaves out what lies on a straight line', () => {
		assert.deepEqual(thinned([0, 0, 1, 1, 2, 2, 3, 3], 0.1), [0, 0, 3, 3]);
		assert.deepEqual(thinned([0, 0, 5, 0.4, 10, 0, 10, 5, 10, 9], 0.5), [0, 0, 10, 0, 10, 9]);
	});

	it('keeps corners, and the way back', () => {
		assert.deepEqual(thinned([0, 0, 5, 0.6, 10, 0], 0.5), [0, 0, 5, 0.6, 10, 0]);
		assert.deepEqual(thinned([0, 0, 9, 0, 0, 0], 0.5), [0, 0, 9, 0, 0, 0]);
		assert.deepEqual(thinned([0, 0, 9, 0, 4, 0], 0.5), [0, 0, 9, 0, 4, 0]);
	});

	it('keeps a point alone, and two', () => {
		assert.deepEqual(thinned([3, 4], 1), [3, 4]);
		assert.deepEqual(thinned([3, 4, 3.1, 4.1], 1), [3, 4, 3.1, 4.1]);
	});

	it('keeps the ends, and of what is between nothing that was not there, in its order', () => {
		fc.assert(
			fc.property(fc.oneof(traces, long), fc.double({ min: 0, max: 20, noNaN: true }), (trace, tolerance) => {
				const [places, left] = [placesOf(trace), placesOf(thinned(trace, tolerance))];
				assert.deepEqual([left[0], left.at(-1)], [places[0], places.at(-1)]);
				let from = 0;
				for (const [x, y] of left) {
					from = places.findIndex((place, at) => at >= from && place[0] === x && place[1] === y) + 1;
					assert.ok(from > 0);
				}
			}),
			{ numRuns: 50 },
		);
	});

	it('leaves every point that is left out within the tolerance', () => {
		fc.assert(
			fc.property(fc.oneof(traces, long), fc.double({ min: 0, max: 20, noNaN: true }), (trace, tolerance) => {
				const left = placesOf(thinned(trace, tolerance));
				const all = placesOf(trace);
				// Of a long trace some: each is compared with all that is left.
				const step = Math.ceil(all.length / 50);
				const dropped = all.filter((_, at) => at % step === 0);
				for (const place of dropped) assert.ok(distance(place, left) <= tolerance + 1e-9);
			}),
			{ numRuns: 50 },
		);
	});

	it('leaves much of a hand-drawn line out', () => {
		const circle = Array.from(
			{ length: 4000 },
			(_, at) => 500 * (at % 2 === 0 ? Math.cos(at / 600) : Math.sin((at - 1) / 600)),
		);
		assert.ok(thinned(circle, 0.5).length < 400);
	});

	it('takes a trace of fifty thousand points, even one that goes to and fro', () => {
		const zigzag = Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? at : at % 4 === 1 ? 0 : at / 1000));
		const left = thinned(zigzag, 0.5);
		assert.deepEqual([left[0], left.at(-1)], [zigzag[0], zigzag.at(-1)]);
		assert.ok(left.length <= zigzag.length);
		assert.equal(
			thinned(
				Array.from({ length: 100_000 }, (_, at) => at),
				0.5,
			).length,
			202,
		);
	});
});
