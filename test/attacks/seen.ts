import * as z from 'zod';

/** What an extension host tells of a run under hostile settings: codes of failures, or `saved`. */
export const seenSchema = z.object({
	isTrusted: z.boolean(),
	/** By provider. */
	made: z.record(z.string(), z.string()),
	retired: z.string(),
	aboveBudget: z.string(),
	aboveConfirmation: z.string(),
});

export type Seen = z.infer<typeof seenSchema>;

/** See `Figure`. */
export const figuresSchema = z.array(
	z.object({
		scenario: z.string(),
		what: z.string(),
		tried: z.number(),
		broken: z.array(z.string()),
		isControl: z.literal(true).exactOptional(),
	}),
);
