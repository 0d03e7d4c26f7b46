import type { ReceivedImage, StoredPicture } from '../../../src/domain/picture';
import { unsent, type ImageError } from '../../../src/domain/imageError';
import type { Send } from '../../../src/generation/run';
import type { Call, Provider, Request, Step } from '../../../src/providers/provider';

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
	return { begin: step, read: (_reply, call) => step(call) };
}

/** Carries anything at once, and refuses when aborted, as the port demands. */
export const sendAtOnce: Send = async (_request, signal) => {
	signal.throwIfAborted();
	return { body: new Uint8Array() };
};

/** Saves anything, named by its seed and index. */
export async function saveAnything({ seed = '' }: ReceivedImage, index: number): Promise<StoredPicture> {
	return { id: `${seed}#${index}`, uri: `test:/${seed}`, width: 2, height: 1, format: 'png' };
}
