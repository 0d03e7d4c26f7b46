import { createHash } from 'node:crypto';
import type { Plan } from '../../../src/catalogue/check';
import { noMargins } from '../../../src/domain/margins';
import { say } from '../../../src/domain/message';
import { type JobFile, JobJournal } from '../../../src/generation/journal';
import {
	type FileContent,
	type PictureBytes,
	type ReceivedImage,
	type StoredPicture,
	wholeOf,
} from '../../../src/domain/picture';
import { unsent, type ImageError } from '../../../src/domain/imageError';
import type { Clock } from '../../../src/generation/clock';
import type { Send, World } from '../../../src/generation/run';
import type { Call, Provider, Reply, Request, Step } from '../../../src/providers/provider';
import { planOf } from '../builders';

/** What one step of a scripted provider brings: pictures by their seeds, and so many failures. */
export interface ScriptedStep {
	readonly images: readonly string[];
	readonly failures?: number;
}

/** Any request: what it asks for does not matter to who only carries it. */
const request: Request = {
	kind: 'paint',
	order: {
		task: { operation: 'generate' },
		prompt: '',
		size: { width: 16, height: 16 },
		seed: '0',
		format: 'png',
	},
};

export function pictureOf(seed: string): ReceivedImage {
	return { bytes: new TextEncoder().encode(seed), seed, costUsd: 1 };
}

/** A provider that answers every call with the steps of a script: the first when it begins, one more after each reply. */
export function scripted(scriptOf: (call: Call) => readonly ScriptedStep[]): Provider {
	const at = new Map<number, number>();
	const step = (call: Call): Step => {
		const place = at.get(call.before) ?? 0;
		at.set(call.before, place + 1);
		const script = scriptOf(call);
		const { images, failures = 0 } = script[place] ?? { images: [] };
		const arrivals = {
			images: images.map(pictureOf),
			failures: Array.from({ length: failures }, (): ImageError => ({ ...unsent('refused'), charged: 'no' })),
		};
		return place + 1 < script.length ? { ...arrivals, next: request } : { ...arrivals, done: true };
	};
	return { begin: step, read: (_reply, call) => step(call), failure: () => unsent('server-error') };
}

/** An answer that says nothing. */
export const emptyReply: Reply = { status: 200, headers: {} };

/** Carries anything at once, and refuses when aborted, as the port demands. */
export const sendAtOnce: Send = async (_request, signal) => {
	signal.throwIfAborted();
	return emptyReply;
};

/** A clock that stands still: whoever sleeps wakes at once, and each nap is written down, in ms. */
export function standingClock(naps: number[] = []): Clock {
	return {
		now: () => Date.UTC(2026, 10, 21),
		sleep: async (ms, signal) => {
			naps.push(ms);
			signal.throwIfAborted();
		},
		random: () => 0.5,
	};
}

/** A world in which nothing has to be fetched. */
export function worldOf(send: Send, changes: Partial<World> = {}): World {
	return {
		send,
		download: async () => Promise.reject(new Error('There is nothing to fetch.')),
		clock: standingClock(),
		...changes,
	};
}

/** A call for pictures of the test catalogue's easel. */
export function callOf(changes: Partial<Call> = {}): Call {
	const { offer, model, prompt, size, options, request } = planOf();
	const task = { operation: 'generate' } as const;
	const { format } = request;
	return {
		id: 'an id',
		offer,
		model,
		task,
		prompt,
		...(size && { size }),
		n: 1,
		before: 0,
		options,
		format,
		watched: false,
		...changes,
	};
}

/** Of a picture, of which only a part is made anew. */
export function planToRepaint(): Plan {
	const part = { x: 0, y: 0, width: 2, height: 1 };
	const patch = { part, size: { width: 2, height: 1 } };
	return {
		...planOf(),
		alter: {
			way: 'native',
			task: 'edit',
			masked: true,
			keeps: true,
			margins: noMargins,
			sends: patch,
			makes: patch,
			anyFormat: false,
			instruction: 'Only the left half.',
			warnings: [],
			notes: [say('It was changed natively.')],
			promise: say('All else is as it was.'),
		},
	};
}

/** Saves anything, named by its seed and index. */
export async function saveAnything({ seed = '' }: ReceivedImage, index: number): Promise<StoredPicture> {
	return { id: `${seed}#${index}`, uri: `test:/${seed}`, width: 2, height: 1, format: 'png' };
}

/** A job's lines and what lies beside them, in memory. */
export class RememberedFile implements JobFile {
	text = '';
	isRemoved = false;
	readonly staged = new Map<string, Uint8Array>();

	readonly write = async (line: string): Promise<void> => {
		this.text += line;
	};

	readonly stage = async (name: string, bytes: PictureBytes): Promise<void> => {
		this.staged.set(name, await wholeOf(bytes));
	};

	readonly remove = async (): Promise<void> => {
		this.isRemoved = true;
	};
}

/** Files that lie beside an order. */
export function shelf() {
	const files = new Map<string, Uint8Array>();
	return {
		files,
		stage: async (name: string, bytes: PictureBytes) => void files.set(name, await wholeOf(bytes)),
		staged: async (name: string) => files.get(name),
	};
}

export async function digest(content: FileContent): Promise<string> {
	return createHash('sha256')
		.update(await wholeOf(content))
		.digest('hex');
}

/** What a job writes down, if somebody wants to know. */
export function journalIn(file?: JobFile): JobJournal {
	return new JobJournal(file, digest, (fault) => {
		throw fault;
	});
}
