import * as z from 'zod';
import { paintedSchema } from '../canvas/paintedSchema';
import { widestMargin } from './limits';

const margin = z.int().min(0).max(widestMargin);

/** What is done to a picture, as the canvas has it. All pixels are those of the picture as it is displayed. */
export const editingSchema = z.discriminatedUnion('kind', [
	/** What is painted over is made anew. `feather`: over so many pixels inside the edge it fades in. */
	paintedSchema.extend({ kind: z.literal('mask') }),
	z.strictObject({
		kind: z.literal('expand'),
		margins: z.strictObject({ top: margin, right: margin, bottom: margin, left: margin }),
	}),
	z.strictObject({ kind: z.literal('vary'), strength: z.enum(['subtle', 'medium', 'strong']) }),
]);

export type Editing = z.output<typeof editingSchema>;
