import * as fc from 'fast-check';
import { frameOf, isPossible, widestMargin } from '../../../src/canvas/frame';
import type { Handle } from '../../../src/canvas/resizeFrame';
import type { Margins } from '../../../src/domain/margins';
import type { Rect, Size } from '../../../src/domain/size';

const side = fc.integer({ min: 1, max: 8000 });
const margin = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: widestMargin }));

/** Pictures that Limn changes. */
export const sources: fc.Arbitrary<Size> = fc
	.record({ width: side, height: side })
	.filter((size) => isPossible({ x: 0, y: 0, ...size }, size));

export const margins: fc.Arbitrary<Margins> = fc
	.tuple(margin, margin, margin, margin)
	.map(([top, right, bottom, left]) => ({ top, right, bottom, left }));

/** A picture and a frame that it may have. */
export const framed: fc.Arbitrary<{ readonly source: Size; readonly frame: Rect }> = fc
	.tuple(sources, margins)
	.map(([source, added]) => ({ source, frame: frameOf(source, added) }))
	.filter(({ source, frame }) => isPossible(frame, source));

export const handles: fc.Arbitrary<Handle> = fc.constantFrom('n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw');
