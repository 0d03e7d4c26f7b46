import * as z from 'zod';
import { mostNumbers, mostStrokes, widestFeather } from './paintedMask';
import type { Stroke } from './strokes';

/** In pixels of a picture, or a little beyond. */
const place = z.number().min(-100_000).max(100_000);
const length = z.number().min(0).max(200_000);
const points = z
	.array(place)
	.min(2)
	.max(mostNumbers)
	.refine(({ length: count }) => count % 2 === 0);
const erases = z.literal(true).exactOptional();
const rect = z.strictObject({ x: place, y: place, width: length, height: length });
const wholeRect = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });

const stroke: z.ZodType<Stroke> = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('line'), size: z.number().min(1).max(10_000), points, erases }),
	z.strictObject({ kind: z.literal('lasso'), points, erases }),
	z.strictObject({ kind: z.literal('rectangle'), rect: wholeRect, erases }),
	z.strictObject({ kind: z.literal('invert') }),
	z.strictObject({ kind: z.literal('clear') }),
	z.strictObject({ kind: z.literal('place'), from: rect, to: rect }),
]);

/** A {@link PaintedMask} as it comes from a webview, or out of a file that anybody may have written. */
export const paintedSchema = z.strictObject({
	strokes: z.array(stroke).max(mostStrokes),
	feather: z.int().min(0).max(widestFeather),
});
