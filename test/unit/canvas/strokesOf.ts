import * as fc from 'fast-check';
import type { Rect } from '../../../src/domain/size';
import type { Mask } from '../../../src/image/pixels';
import type { Stroke, Trace } from '../../../src/canvas/strokes';

/** In eighths of a pixel: on a small picture or round it. */
const place = fc.integer({ min: -160, max: 480 }).map((eighths) => eighths / 8);
const whole = fc.integer({ min: -15, max: 45 });
const length = fc.integer({ min: 1, max: 30 });

export const traces: fc.Arbitrary<Trace> = fc
	.array(fc.tuple(place, place), { minLength: 1, maxLength: 6 })
	.map((points) => points.flat());

export const wholeRects: fc.Arbitrary<Rect> = fc
	.tuple(whole, whole, length, length)
	.map(([x, y, width, height]) => ({ x, y, width, height }));

const lines: fc.Arbitrary<Stroke> = fc
	.tuple(traces, fc.oneof(fc.constant(8), fc.integer({ min: 8, max: 160 })))
	.map(([points, eighths]) => ({ kind: 'line', size: eighths / 8, points }));
const lassos: fc.Arbitrary<Stroke> = traces.map((points) => ({ kind: 'lasso', points }));
const rectangles: fc.Arbitrary<Stroke> = wholeRects.map((rect) => ({ kind: 'rectangle', rect }));
const inverts: fc.Arbitrary<Stroke> = fc.constant({ kind: 'invert' });
const clears: fc.Arbitrary<Stroke> = fc.constant({ kind: 'clear' });
const places: fc.Arbitrary<Stroke> = fc
	.tuple(wholeRects, wholeRects)
	.map(([from, to]) => ({ kind: 'place', from, to }));

/** What paints where it is. */
export const painted: fc.Arbitrary<Stroke> = fc.oneof(lines, lassos, rectangles);

const paintings: fc.Arbitrary<Stroke> = fc
	.tuple(painted, fc.boolean())
	.map(([stroke, erases]) => (erases ? erasing(stroke) : stroke));

/** Strokes without those that move others. */
export const unmoved: fc.Arbitrary<readonly Stroke[]> = fc.array(
	fc.oneof({ weight: 6, arbitrary: paintings }, { weight: 2, arbitrary: inverts }, { weight: 1, arbitrary: clears }),
	{ maxLength: 6 },
);

/** Any strokes. */
export const strokeLists: fc.Arbitrary<readonly Stroke[]> = fc.array(
	fc.oneof(
		{ weight: 6, arbitrary: paintings },
		{ weight: 2, arbitrary: inverts },
		{ weight: 1, arbitrary: clears },
		{ weight: 2, arbitrary: places },
	),
	{ maxLength: 6 },
);

/** The same, taking away. */
export function erasing(stroke: Stroke): Stroke {
	return stroke.kind === 'line' || stroke.kind === 'lasso' || stroke.kind === 'rectangle'
		? { ...stroke, erases: true }
		: stroke;
}

/** A mask as rows of text: `#` is repainted, `.` kept. */
export function drawn({ width, height, data }: Mask): string[] {
	return Array.from({ length: height }, (_, y) =>
		Array.from(data.subarray(y * width, (y + 1) * width), (value) => ({ 0: '.', 255: '#' })[value] ?? '?').join(''),
	);
}

/** The pixels of a mask that are repainted: x and y of each. */
export function selectedOf({ width, data }: Mask): [number, number][] {
	return [...data.keys()].filter((at) => data[at] !== 0).map((at) => [at % width, Math.floor(at / width)]);
}
