import assert from 'node:assert/strict';
import * as z from 'zod';
import type { post } from './testing';

export type Refused = readonly [status: number, code: string | null, param: string | null];

const errorSchema = z.object({
	message: z.string(),
	type: z.string(),
	param: z.string().nullable(),
	code: z.string().nullable(),
});

export async function assertRefused(answering: ReturnType<typeof post>, [status, code, param]: Refused): Promise<void> {
	const { status: seen, body } = await answering;
	const error = errorSchema.parse(body.error);
	assert.deepEqual([seen, error.code, error.param], [status, code, param], error.message);
}
