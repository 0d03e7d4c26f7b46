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

/** A record as JSON in which nothing is left that XML cannot hold, or that a reader of XML may change. */
export function recordText(record: ImageRecord): string {
	// `JSON.stringify` has escaped control characters and halves of surrogate pairs already.
	return JSON.stringify(record).replace(
		/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** The record that {@link recordText} wrote; `undefined`: another text. */
export function parseRecord(text: string): ImageRecord | undefined {
	try {
		return imageRecord.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}
