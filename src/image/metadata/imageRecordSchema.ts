import * as z from 'zod';
import type { ImageRecord } from '../../domain/imageRecord';

const rect = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
const margins = z.object({ top: z.int(), right: z.int(), bottom: z.int(), left: z.int() });

/** A record as it comes out of a file, which anybody may have written. */
const imageRecord: z.ZodType<ImageRecord> = z.object({
	operation: z.enum(['generate', 'edit', 'expand', 'vary']),
	prompt: z.string(),
	revisedPrompt: z.string().exactOptional(),
	model: z.string(),
	options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	seed: z
		.string()
		.regex(/^-?\d+$/)
		.exactOptional(),
	parent: z.string().exactOptional(),
	selected: rect.exactOptional(),
	margins: margins.exactOptional(),
	strength: z.enum(['subtle', 'medium', 'strong']).exactOptional(),
	created: z.string().exactOptional(),
});

/** The record that a text in JSON holds; `undefined`: none. */
export function parseRecord(text: string): ImageRecord | undefined {
	try {
		return imageRecord.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}
