import * as z from 'zod';
import { requestableFormats } from '../domain/imageFormat';

const side = z.number().min(1).max(1_000_000);
const size = z.object({ width: side, height: side });
const rect = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });

/** What is ordered, in words that can be written down and read by another command. Paths are absolute, see `Root`. */
export const orderSchema = z.object({
	/** Where the root was. */
	root: z.string(),
	prompt: z.string(),
	/** `provider/model`, or `auto`. */
	model: z.string(),
	size: z
		.discriminatedUnion('kind', [
			z.object({ kind: z.literal('pixels'), size }),
			z.object({ kind: z.literal('ratio'), ratio: size }),
		])
		.exactOptional(),
	n: z.number(),
	options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	format: z.enum(requestableFormats),
	/** Templates, see `SavePlan`. */
	folder: z.string(),
	fileName: z.string(),
	/** What `${documentFolder}` stands for. */
	beside: z.string(),
	/** The picture that is changed, by path. Absent: one is made of words alone. */
	change: z
		.object({
			image: z.string(),
			/** A file by path, or rectangles in pixels of the picture as it is displayed. Absent: the whole picture. */
			mask: z.union([z.string(), z.array(rect)]).exactOptional(),
		})
		.exactOptional(),
});

export type Order = z.infer<typeof orderSchema>;
