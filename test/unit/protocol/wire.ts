import * as z from 'zod';
import { Client } from '../../../src/protocol/client';
import { type Handlers, type Schemas, serve, type Served } from '../../../src/protocol/server';
import type { Downward, Upward } from '../../../src/protocol/wire';

/** What a small host can be asked. */
export interface Params {
	readonly double: { readonly n: number };
	readonly wait: { readonly name: string };
	readonly fail: { readonly why: string };
	readonly bytes: { readonly file: Uint8Array };
}

export interface Answers {
	readonly double: number;
	readonly wait: string;
	readonly fail: never;
	readonly bytes: Uint8Array;
}

export interface State {
	readonly count: number;
}

const schemas: Schemas<Params> = {
	double: z.strictObject({ n: z.number() }),
	wait: z.strictObject({ name: z.string() }),
	fail: z.strictObject({ why: z.string() }),
	bytes: z.strictObject({ file: z.instanceof(Uint8Array) }),
};

/** Both ends of a wire in one process. What goes over it is cloned, as the editor does it, and comes later. */
export class Wire {
	readonly states: State[] = [];
	/** What the host is doing, by name: resolves with what it answers. */
	readonly waiting = new Map<string, { answer: (value: string) => void; readonly signal: AbortSignal }>();
	readonly up: Upward[] = [];
	readonly down: Downward<State>[] = [];
	readonly client: Client<Params, Answers, State>;
	readonly served: Served<State>;
	#toHost: (message: unknown) => void = () => undefined;
	#toWebview: (message: Downward<State, never>) => void = () => undefined;
	/** The editor drops what is sent to a hidden webview. */
	isHidden = false;

	constructor(handlers: Partial<Handlers<Params, Answers>> = {}, before = 0) {
		this.client = new Client<Params, Answers, State>(
			{
				post: (message) => this.#up(message),
				onMessage: (listener) => {
					this.#toWebview = listener;
					return () => (this.#toWebview = () => undefined);
				},
			},
			(state) => this.states.push(state),
			before,
		);
		this.served = serve<Params, Answers, State>(
			{
				post: (message) => this.#down(message),
				onMessage: (listener) => {
					this.#toHost = listener;
					return () => (this.#toHost = () => undefined);
				},
			},
			schemas,
			{ ...this.#handlers(), ...handlers },
			(fault) => (fault instanceof Error ? fault.message || fault.constructor.name : 'unknown'),
		);
	}

	/** Sends the host something that no client would. */
	say(message: unknown): void {
		this.#toHost(message);
	}

	#handlers(): Handlers<Params, Answers> {
		return {
			double: async ({ n }) => n * 2,
			wait: async ({ name }, signal) => new Promise((answer) => this.waiting.set(name, { answer, signal })),
			fail: async ({ why }) => {
				throw new Error(why);
			},
			bytes: async ({ file }) => file.map((byte) => 255 - byte),
		};
	}

	#up(message: Upward): void {
		const copy = structuredClone(message);
		this.up.push(copy);
		queueMicrotask(() => this.#toHost(copy));
	}

	#down(message: Downward<State>): void {
		if (this.isHidden) return;
		this.down.push(structuredClone(message));
		const copy: Downward<State, never> = structuredClone(z.custom<Downward<State, never>>().parse(message));
		queueMicrotask(() => this.#toWebview(copy));
	}
}

/** Resolves when everything that is on its way has arrived. */
export async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
