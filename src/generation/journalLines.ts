import * as z from 'zod';
import { failureCodes } from '../domain/imageError';
import type { ReceivedImage } from '../domain/picture';
import { crc32 } from '../image/metadata/crc32';
import type { CallState } from '../providers/provider';

/** Of another version's lines nothing is known. */
export const version = 1;

const headSchema = z.object({
	kind: z.literal('job'),
	version: z.literal(version),
	id: z.string().min(1),
	/** When it began: an instant in ISO 8601, UTC. */
	at: z.iso.datetime(),
	/** `provider/model`. */
	model: z.string(),
	/** Where its requests went: the only address that knows them. Absent: nobody wrote it down yet. */
	origin: z.string().exactOptional(),
	/** Pictures wanted. */
	n: z.int().min(1),
	/** What was set aside for it. Absent: nobody knew the price. */
	usd: z.number().min(0).exactOptional(),
	/** Pictures wanted of each of its requests. */
	calls: z.array(z.int().min(1)),
});

/** How a job begins in the journal. */
export type JobHead = Omit<z.infer<typeof headSchema>, 'kind' | 'version'>;

const stateSchema = z.object({
	ticket: z.string().exactOptional(),
	handed: z.array(z.string()),
	asked: z.int().exactOptional(),
	version: z.string().exactOptional(),
	polls: z.int(),
	quiet: z.int().exactOptional(),
	lost: z.boolean().exactOptional(),
}) satisfies z.ZodType<CallState>;

/** What is known of a picture besides its bytes. */
export const factsSchema = z.object({
	seed: z.string().exactOptional(),
	revisedPrompt: z.string().exactOptional(),
	costUsd: z.number().exactOptional(),
}) satisfies z.ZodType<Omit<ReceivedImage, 'bytes'>>;

/** Of the job, from 1. */
const index = z.int().min(1);

const lineSchema = z.discriminatedUnion('kind', [
	headSchema,
	/** What was ordered, as whoever ordered it wrote it down. */
	z.object({ kind: z.literal('order'), order: z.unknown() }),
	/** It goes out now. */
	z.object({ kind: z.literal('call'), id: z.string(), n: z.int().min(1), before: z.int().min(0) }),
	z.object({ kind: z.literal('state'), call: z.string(), state: stateSchema }),
	/** A picture has come, and lies beside the journal. `digest`: its SHA-256 in hex, as it came. */
	z.object({ kind: z.literal('arrived'), index, file: z.string(), digest: z.string(), facts: factsSchema }),
	/** It is about to be put there. `id`: see `StoredPicture`. */
	z.object({ kind: z.literal('publishing'), index, id: z.string(), path: z.string() }),
	z.object({ kind: z.literal('saved'), index }),
	/** `kept`: where Limn keeps it until it can be saved. */
	z.object({
		kind: z.literal('failed'),
		index,
		code: z.enum(failureCodes),
		charged: z.enum(['no', 'yes', 'unknown']),
		costUsd: z.number().exactOptional(),
		kept: z.string().exactOptional(),
	}),
	/** The person has been told what came of it so far. */
	z.object({ kind: z.literal('told') }),
]);

export type Line = z.infer<typeof lineSchema>;

/** A line as the journal has it: the last of it says whether all of it is as it was written. */
export function written(line: Line): string {
	const body = JSON.stringify(line).slice(0, -1);
	return `${body},"sum":"${sumOf(body)}"}\n`;
}

export function lineOf(text: string): Line | undefined {
	const [, body, sum] = /^(.*),"sum":"([\da-f]{8})"\}$/s.exec(text) ?? [];
	return body !== undefined && sumOf(body) === sum ? lineSchema.safeParse(parsed(`${body}}`)).data : undefined;
}

/** CRC-32, in hex. */
function sumOf(body: string): string {
	return crc32(new TextEncoder().encode(body)).toString(16).padStart(8, '0');
}

export function versionOf(text: string): number {
	const found = z.object({ kind: z.literal('job'), version: z.number() }).safeParse(parsed(text)).data;
	return found?.version ?? 0;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
