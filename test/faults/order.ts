import * as z from 'zod';
import { failureCodes } from '../../src/domain/imageError';

/** What goes wrong on the machine itself, while the servers do as they should. */
export const mishapSchema = z.discriminatedUnion('kind', [
	/** The person cancels: before anything is sent, or when the parent says so. */
	z.object({ kind: z.literal('cancelled'), when: z.enum(['before', 'told']) }),
	/** The computer's clock is a day ahead, then a day behind, by turns. */
	z.object({ kind: z.literal('clock-jumps') }),
	/** Files below the workspace cannot grow beyond so many bytes; `everywhere`: nor any others. */
	z.object({ kind: z.literal('disk-full'), bytes: z.int(), everywhere: z.boolean() }),
	/** The workspace's folder goes: before a picture is saved, or between writing it and giving it its name. */
	z.object({ kind: z.literal('folder-removed'), when: z.enum(['saving', 'naming']) }),
	/** Somebody else takes the picture's name, at the same two moments. */
	z.object({ kind: z.literal('name-taken'), when: z.enum(['saving', 'naming']) }),
	/** A file stands where the folder should be: to write there is refused even to who may do everything. */
	z.object({ kind: z.literal('not-a-folder') }),
	/** The process is killed at the so-manieth step of that kind of the journal: before it is done, or after. */
	z.object({ kind: z.literal('killed'), step: z.string(), when: z.enum(['before', 'after']), nth: z.int() }),
]);

export type Mishap = z.infer<typeof mishapSchema>;

/** What a child is to do: one job, put together as the host does it. */
export const orderSchema = z.object({
	/** `provider/model`. */
	model: z.string(),
	baseUrl: z.string(),
	key: z.string(),
	n: z.int(),
	options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	/** Square, in pixels. */
	side: z.int(),
	transport: z.enum(['direct', 'editor']),
	/** Of one exchange, and between two pieces of a body, in real ms. */
	timeoutMs: z.number(),
	stallMs: z.number(),
	/** So many times shorter are pauses before repeats and polls. */
	haste: z.number(),
	/** The workspace, and Limn's own folder. */
	folder: z.string(),
	storage: z.string(),
	/** `host:port` to which connections may be made. */
	allowed: z.array(z.string()),
	/** The addresses of names; all others are unknown. */
	names: z.record(z.string(), z.array(z.string())),
	mishap: mishapSchema.optional(),
	/** Asks afterwards which models there are, as a window does in the background: nobody waits for that, so it is not measured. */
	lists: z.boolean(),
	/** Takes up again what the journal in `storage` holds, instead of making anything new. */
	recovers: z.boolean(),
});

export type Order = z.infer<typeof orderSchema>;

const failureSchema = z.object({
	code: z.enum(failureCodes),
	charged: z.enum(['no', 'yes', 'unknown']),
	/** `lost`: the picture had come and could not be kept. */
	kept: z.string().optional(),
	/** As a person reads it. */
	words: z.string(),
});

/** What came of it, as the child tells it. */
export const toldSchema = z.object({
	/** Paths of pictures that are said to be saved. */
	saved: z.array(z.string()),
	failures: z.array(failureSchema),
	/** What went to the log. */
	lines: z.array(z.string()),
	/** Failures, warnings, and what was thrown, as values and as words. */
	errors: z.array(z.string()),
	/** What the studio is shown of the job. */
	shown: z.array(z.string()),
	/** What the editor's memory gets of it. */
	remembered: z.array(z.string()),
	/** What the journal held meanwhile. */
	written: z.array(z.string()),
	/** Faults of Limn's own: none is right. */
	faults: z.array(z.string()),
	/** In real ms. */
	ms: z.number(),
	/** Of the question which models there are, after all else. */
	listMs: z.number(),
	/** From the cancellation to the end, where the person cancelled. */
	cancelMs: z.number().optional(),
	/** The most resident memory over that before, in bytes. */
	peakBytes: z.number(),
	/** Connections that were tried and are not allowed. None was made. */
	strays: z.array(z.string()),
	/** Something of the job is still in the journal, and to be asked for another time. */
	isOpen: z.boolean(),
});

export type Told = z.infer<typeof toldSchema>;

/** What parent and child say to each other. */
export const toChild = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('order'), order: orderSchema }),
	z.object({ kind: z.literal('cancel') }),
]);

export const toParent = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('ready') }),
	z.object({ kind: z.literal('done'), told: toldSchema }),
]);
