import * as z from 'zod';
import { failureCodes, type ImageError } from '../domain/imageError';
import type { ReceivedImage } from '../domain/picture';
import { crc32 } from '../image/metadata/crc32';
import { isLeaving, Leaving } from './leaving';
import type { Call, CallState } from '../providers/provider';

/** Where the lines of one job go. Each call resolves when it is on the disk. */
export interface JobFile {
	readonly write: (line: string) => Promise<void>;
	/** Puts bytes beside the lines; what is there under that name goes. */
	readonly stage: (name: string, bytes: Uint8Array) => Promise<void>;
	/** Takes the lines and all that lies beside them away. */
	readonly remove: () => Promise<void>;
}

/** Of another version's lines nothing is known. */
const version = 1;

const headSchema = z.object({
	kind: z.literal('job'),
	version: z.literal(version),
	id: z.string().min(1),
	/** When it began: an instant in ISO 8601, UTC. */
	at: z.iso.datetime(),
	/** `provider/model`. */
	model: z.string(),
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
const factsSchema = z.object({
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

type Line = z.infer<typeof lineSchema>;

/** A call that went out. */
export interface RecordedCall extends Pick<Call, 'id' | 'n' | 'before'> {
	/** How far it had come. Absent: nothing of it was heard. */
	readonly state?: CallState;
}

/** What became of one picture of a job, as far as it was written down. */
export interface RecordedPicture {
	/** What came, and where its bytes lie. Absent: nothing had come. */
	readonly arrived?: Omit<Extract<Line, { kind: 'arrived' }>, 'kind' | 'index'>;
	/** Where it was to be put: it may be there. */
	readonly publishing?: { readonly id: string; readonly path: string };
	readonly ending?: 'saved' | Omit<Extract<Line, { kind: 'failed' }>, 'kind' | 'index'>;
}

/** What the journal knows of a job. */
export interface JobRecord {
	readonly head: JobHead;
	/** `undefined`: it could not be written down, or is damaged. */
	readonly order: unknown;
	readonly calls: readonly RecordedCall[];
	/** By their numbers in the job, from 1. */
	readonly pictures: ReadonlyMap<number, RecordedPicture>;
	/** What came of it so far is no news. */
	readonly isTold: boolean;
	/** Lines that nobody can read. */
	readonly damaged: number;
}

/**
 * What the lines of a job come to. The last one counts only if it is whole. `torn`: not even the first is whole, so nothing had gone
 * out; `newer`: a later version wrote them; `damaged`: nobody knows what they are.
 */
export function readJob(text: string): JobRecord | 'torn' | 'newer' | 'damaged' {
	const lines = text.split('\n').slice(0, -1);
	const [first] = lines;
	if (first === undefined) return 'torn';
	const head = readHead(first);
	if (!head) return versionOf(first) > version ? 'newer' : 'damaged';
	const fold = new Fold();
	for (const line of lines.slice(1)) fold.take(lineOf(line));
	return { head, ...fold.record() };
}

/** The first line of a job; `undefined`: it is none that this version knows. */
export function readHead(line: string): JobHead | undefined {
	const read = lineOf(line);
	if (read?.kind !== 'job') return undefined;
	const { kind: _, version: __, ...head } = read;
	return head;
}

/** A line as the journal has it: the last of it says whether all of it is as it was written. */
function written(line: Line): string {
	const body = JSON.stringify(line).slice(0, -1);
	return `${body},"sum":"${sumOf(body)}"}\n`;
}

function lineOf(text: string): Line | undefined {
	const [, body, sum] = /^(.*),"sum":"([\da-f]{8})"\}$/s.exec(text) ?? [];
	return body !== undefined && sumOf(body) === sum ? lineSchema.safeParse(parsed(`${body}}`)).data : undefined;
}

/** CRC-32, in hex. */
function sumOf(body: string): string {
	return crc32(new TextEncoder().encode(body)).toString(16).padStart(8, '0');
}

function versionOf(text: string): number {
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

class Fold {
	readonly #calls = new Map<string, RecordedCall>();
	readonly #pictures = new Map<number, RecordedPicture>();
	#order: unknown;
	#isTold = false;
	#damaged = 0;

	record(): Omit<JobRecord, 'head'> {
		const { order, isTold, damaged } = { order: this.#order, isTold: this.#isTold, damaged: this.#damaged };
		return { order, calls: [...this.#calls.values()], pictures: this.#pictures, isTold, damaged };
	}

	take(line: Line | undefined): void {
		switch (line?.kind) {
			case 'order':
				this.#order = line.order;
				return;
			case 'told':
				this.#isTold = true;
				return;
			case 'call': {
				const { id, n, before } = line;
				this.#calls.set(id, { id, n, before });
				return;
			}
			case 'state': {
				const call = this.#calls.get(line.call);
				if (call) this.#calls.set(call.id, { ...call, state: line.state });
				return;
			}
			case 'arrived': {
				const { kind: _, index: at, ...arrived } = line;
				// Nothing of what was there before is true of this one.
				this.#pictures.set(at, { arrived });
				return;
			}
			case 'publishing':
				this.#note(line.index, { publishing: { id: line.id, path: line.path } });
				return;
			case 'saved':
				this.#note(line.index, { ending: 'saved' });
				return;
			case 'failed': {
				const { kind: _, index: at, ...ending } = line;
				this.#note(at, { ending });
				return;
			}
			case 'job':
			case undefined:
				this.#damaged++;
		}
	}

	#note(at: number, news: RecordedPicture): void {
		this.#pictures.set(at, { ...this.#pictures.get(at), ...news });
	}
}

/** Where the bytes of a picture lie, by its number. They are there before the line that tells of them. */
export function pictureFile(at: number): string {
	return `${at}.picture`;
}

/**
 * A job writes down what it is about to do, so that nothing of it is lost when the window goes. Whatever fails in that is told once and
 * does not stop the job.
 */
export class JobJournal {
	#isTrouble = false;

	/** `file` absent: nothing is written down. `digest`: SHA-256 in hex. `signal`: of the job. */
	constructor(
		readonly file: JobFile | undefined,
		readonly digest: (bytes: Uint8Array) => Promise<string>,
		readonly onFault: (fault: unknown) => void,
		readonly signal?: AbortSignal,
	) {}

	async head(head: JobHead, order: unknown): Promise<void> {
		const lines = `${written({ kind: 'job', version, ...head })}${written({ kind: 'order', order })}`;
		await this.#safely(async (file) => file.write(lines));
	}

	/** Before its first request goes out. */
	async begin({ id, n, before }: Pick<Call, 'id' | 'n' | 'before'>): Promise<void> {
		await this.#write({ kind: 'call', id, n, before });
	}

	async reached({ id }: Pick<Call, 'id'>, { handed, ...state }: CallState): Promise<void> {
		await this.#write({ kind: 'state', call: id, state: { ...state, handed: [...handed] } });
	}

	/** Before anything is made of the picture. Whether it is safe. */
	async arrived({ bytes, ...facts }: ReceivedImage, at: number): Promise<boolean> {
		return this.#safely(async (file) => {
			const name = pictureFile(at);
			const digest = await this.digest(bytes);
			await file.stage(name, bytes);
			await file.write(written({ kind: 'arrived', index: at, file: name, digest, facts: factsSchema.parse(facts) }));
		});
	}

	/** Throws {@link Leaving} where the window goes: then the next one puts it there. */
	async publishing(at: number, id: string, path: string): Promise<void> {
		if (this.signal && isLeaving(this.signal)) throw new Leaving();
		await this.#write({ kind: 'publishing', index: at, id, path });
	}

	async saved(at: number): Promise<void> {
		await this.#write({ kind: 'saved', index: at });
	}

	async failed(
		{ code, charged, kept }: Pick<ImageError, 'code' | 'charged' | 'kept'>,
		at: number,
		costUsd?: number,
	): Promise<void> {
		const place = typeof kept === 'object' ? { kept: kept.at } : {};
		await this.#write({
			kind: 'failed',
			index: at,
			code,
			charged,
			...place,
			...(costUsd !== undefined && { costUsd }),
		});
	}

	/** Of a job that is left, and of which the person has heard. */
	async told(): Promise<void> {
		await this.#write({ kind: 'told' });
	}

	/** Nothing more is to be done. */
	async end(): Promise<void> {
		await this.file?.remove().catch(this.onFault);
	}

	async #write(line: Line): Promise<void> {
		await this.#safely(async (file) => file.write(written(line)));
	}

	async #safely(work: (file: JobFile) => Promise<void>): Promise<boolean> {
		if (!this.file) return false;
		try {
			await work(this.file);
			return true;
		} catch (fault) {
			// What does not go now may go the next time.
			if (!this.#isTrouble) this.onFault(fault);
			this.#isTrouble = true;
			return false;
		}
	}
}
