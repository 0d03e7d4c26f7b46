import * as z from 'zod';
import type { Stroke } from '../canvas/strokes';
import { mostNumbers, mostStrokes, widestFeather, widestMargin } from './limits';

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

const margin = z.int().min(0).max(widestMargin);

/** What is done to a picture, as the canvas has it. All pixels are those of the picture as it is displayed. */
export const editingSchema = z.discriminatedUnion('kind', [
	/** What is painted over is made anew. `feather`: over so many pixels inside the edge it fades in. */
	z.strictObject({
		kind: z.literal('mask'),
		strokes: z.array(stroke).max(mostStrokes),
		feather: z.int().min(0).max(widestFeather),
	}),
	z.strictObject({
		kind: z.literal('expand'),
		margins: z.strictObject({ top: margin, right: margin, bottom: margin, left: margin }),
	}),
	z.strictObject({ kind: z.literal('vary'), strength: z.enum(['subtle', 'medium', 'strong']) }),
]);

export type Editing = z.output<typeof editingSchema>;
