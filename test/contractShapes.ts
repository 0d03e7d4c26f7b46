import * as z from 'zod';
import { failureCodes } from '../src/domain/imageError';

/** The shapes of CONTRACT.md, section 2, strict: a field too many is a finding too. */
const savedImage = z.strictObject({
	id: z.string().min(1),
	uri: z.string(),
	width: z.int(),
	height: z.int(),
	mimeType: z.string(),
	operation: z.enum(['generate', 'edit', 'expand', 'vary']),
	prompt: z.string(),
	revisedPrompt: z.string().optional(),
	model: z.string(),
	seed: z.string().optional(),
	costUsd: z.number().optional(),
	parent: z.string().optional(),
	changedOutsideMask: z.number().optional(),
});

export const failureShape = z.strictObject({
	code: z.enum(failureCodes),
	message: z.string().min(1),
	provider: z.string().optional(),
	requestId: z.string().optional(),
	charged: z.enum(['no', 'yes', 'unknown']),
});

export const resultShape = z.strictObject({
	images: z.array(savedImage),
	failures: z.array(failureShape),
	warnings: z.array(z.string()),
	cost: z.strictObject({ usd: z.number(), estimated: z.boolean() }).optional(),
});

export const findingShape = z.strictObject({
	uri: z.string(),
	line: z.int().min(0),
	cell: z.int().min(0).optional(),
	kind: z.enum(['missing', 'stale', 'broken-link', 'no-alt']),
	message: z.string().min(1),
});

export type Result = z.infer<typeof resultShape>;
export type SavedImage = z.infer<typeof savedImage>;

/** What a command that makes pictures returned. */
export function parseResult(value: unknown): Result {
	return resultShape.parse(value);
}

/** What `limn.insert` returns. */
export const insertedShape = z.strictObject({ inserted: z.string(), failure: failureShape.optional() });
