import assert from 'node:assert/strict';
import type { ImageError } from '../../../../src/domain/imageError';
import { type Call, type CallState, type Reply, type Step, unbegun } from '../../../../src/providers/provider';
import { runware } from '../../../../src/providers/runware/runware';
import { sentence } from '../../builders';
import { callFor, callId, nextOf, sentFor } from '../calls';

export const one = callFor('runware/openai:gpt-image@2');
export const three = callFor('runware/openai:gpt-image@2', { n: 3 });

export function ok(json: unknown): Reply {
	return { status: 200, headers: {}, json };
}

/** An item of the answer about a call's task. */
export function item(more: object = {}): object {
	return { taskType: 'imageInference', taskUUID: callId, ...more };
}

export function picture(name: string, more: object = {}): object {
	return item({ status: 'success', imageUUID: name, imageURL: `https://im.runware.ai/${name}.png`, ...more });
}

export const working = item({ status: 'processing', progress: 40 });
export const broken = {
	code: 'timeoutProvider',
	status: 'error',
	message: 'The provider did not respond.',
	taskUUID: callId,
};

/** What the answers to a request and to the polls after it bring, one after the other, until there is no next. */
export function play(
	call: Call,
	replies: readonly unknown[],
	state: CallState = unbegun,
): { steps: Step[]; state: CallState } {
	const steps: Step[] = [];
	let now = state;
	for (const json of replies) {
		const step = runware.read(ok(json), call, now);
		steps.push(step);
		now = step.state ?? now;
		if (!('next' in step)) break;
	}
	return { steps, state: now };
}

export function last({ steps }: { readonly steps: readonly Step[] }): Step {
	const step = steps.at(-1);
	assert.ok(step);
	return step;
}

/** Addresses of the pictures that came, in their order. */
export function urls(steps: readonly Step[]): string[] {
	return steps.flatMap(({ images = [] }) => images.map((image) => ('url' in image ? image.url : 'bytes')));
}

export function codes({ failures = [] }: Step): string[] {
	return failures.map(({ code, charged }) => `${code} ${charged}`);
}

export function words({ failures = [] }: Step): string {
	return sentence(failures[0]?.message);
}

/** The same answer so often that everything has come to its end. */
export function forever<T>(answer: T, times = 400): T[] {
	return Array.from({ length: times }, () => answer);
}

export const empty = { data: [] };
export const address = (name: string) => `https://im.runware.ai/${name}.png`;

/** What comes of answers of any status, each to what was sent before it, as the interpreter reads them. `failure`: an order was refused. */
export function converse(
	call: Call,
	replies: readonly Reply[],
	start: CallState = unbegun,
): { steps: Step[]; state: CallState; failure?: ImageError } {
	const steps: Step[] = [];
	let state = start;
	let next = start === unbegun ? sentFor(call) : nextOf(runware.resume?.(call, start));
	for (const reply of replies) {
		const step = reply.status < 400 ? runware.read(reply, call, state) : runware.instead?.(next, reply, call, state);
		if (!step) return { steps, state, failure: runware.failure(reply, call, state) };
		steps.push(step);
		state = step.state ?? state;
		if (!('next' in step)) break;
		next = nextOf(step);
	}
	return { steps, state };
}
