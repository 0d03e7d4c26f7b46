import * as z from 'zod';
import type { CallFailure, Channel, Downward } from './wire';

/** By method the schema of what it is given. */
export type Schemas<Params> = { readonly [K in keyof Params]: z.ZodType<Params[K]> };

/** By method what answers it. `signal` aborts when nobody waits any more. */
export type Handlers<Params, Answers extends Readonly<Record<keyof Params, unknown>>> = {
	readonly [K in keyof Params]: (params: Params[K], signal: AbortSignal) => Promise<Answers[K]>;
};

type Method<P, A> = readonly [schema: z.ZodType<P>, handle: (params: P, signal: AbortSignal) => Promise<A>];

/** The host's end of the wire. */
export interface Served<State> {
	/** Sends all that there is to show. */
	push(state: State): void;
	/** Cancels what is under way: nobody waits for it any more. */
	abandon(): void;
	/** Ends the listening, and cancels what is under way. */
	dispose(): void;
}

const upward = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('call'), id: z.int(), method: z.string(), params: z.unknown() }),
	z.strictObject({ kind: z.literal('cancel'), id: z.int() }),
]);

/** What is given along with a call is too much, or nothing that it takes. */
export class UnreadableCall extends Error {}

/**
 * Answers the webview. All that comes up is parsed: a webview shows texts that strangers wrote. What a handler throws fails its
 * call, in the words of `explain`; so does what cannot be read, as an {@link UnreadableCall}.
 */
export function serve<Params extends object, Answers extends Readonly<Record<keyof Params, unknown>>, State>(
	channel: Channel<Downward<State>, unknown>,
	schemas: Schemas<Params>,
	handlers: Handlers<Params, Answers>,
	explain: (fault: unknown) => string,
): Served<State> {
	const running = new Map<number, AbortController>();
	const fail = (id: number, failure: CallFailure) => channel.post({ kind: 'failed', id, failure });
	const isMethod = (name: string): name is keyof Params & string => Object.hasOwn(schemas, name);

	const answer = async <P, A>(id: number, [schema, handle]: Method<P, A>, given: unknown) => {
		const params = schema.safeParse(given);
		if (!params.success) return fail(id, { code: 'invalid', message: explain(new UnreadableCall()) });
		const controller = new AbortController();
		running.set(id, controller);
		const { signal } = controller;
		try {
			const value = await handle(params.data, signal);
			if (!signal.aborted) channel.post({ kind: 'done', id, value });
		} catch (fault) {
			if (!signal.aborted) fail(id, { code: 'failed', message: explain(fault) });
		} finally {
			if (running.get(id) === controller) running.delete(id);
		}
	};

	const stop = channel.onMessage((message) => {
		const { data } = upward.safeParse(message);
		if (data?.kind === 'cancel') running.get(data.id)?.abort();
		if (data?.kind !== 'call') return;
		if (isMethod(data.method)) void answer(data.id, [schemas[data.method], handlers[data.method]], data.params);
		else fail(data.id, unknown);
	});
	const abandon = () => {
		for (const controller of running.values()) controller.abort();
		running.clear();
	};
	return {
		push: (state) => channel.post({ kind: 'state', state }),
		abandon,
		dispose: () => {
			stop();
			abandon();
		},
	};
}

const unknown: CallFailure = { code: 'invalid', message: 'There is no such call.' };
