import * as z from 'zod';
import type { ServerEvent } from '../provider';
import { Spoken } from './spoken';

/** What a stream says when it is put together. */
export interface Told {
	/** As the answer would have been without a stream. */
	readonly json: unknown;
	/** Whether it says itself that this is all. */
	readonly end: 'said' | 'missing' | 'too-long';
}

/** Nobody asks for more. Of what stands beside the choices, each may be there many times. */
const most = { choices: 100, beside: 1000 };

const text = z.string().catch('');
const list = z.array(z.unknown()).catch([]);
const anything = z.unknown().optional();

const piece = z.object({ content: anything, refusal: text, images: list });
const choice = z
	.object({
		index: z.number().catch(0),
		delta: piece.optional().catch(undefined),
		/** Some send the whole message in the end, or in one piece. */
		message: piece.optional().catch(undefined),
		finish_reason: text,
	})
	.catch({ index: 0, finish_reason: '' });
const frame = z.object({
	id: anything,
	error: anything,
	usage: anything,
	choices: z.array(choice).catch([]),
	data: list,
	images: list,
	output: list,
});

/** The pieces of a stream as one answer (OpenAI-compatible reference, *Union of shapes*). */
export function answerIn(events: readonly ServerEvent[]): Told {
	const listener = new Listener();
	for (const event of events) listener.hear(event);
	return listener.told();
}

class Listener {
	readonly #choices = new Map<number, Spoken>();
	readonly #beside: Record<'data' | 'images' | 'output', unknown[]> = { data: [], images: [], output: [] };
	#id: unknown;
	#usage: unknown;
	#error: unknown;
	#isOver = false;

	hear({ name, data }: ServerEvent): void {
		if (data === '[DONE]') this.#isOver = true;
		const said = frame.safeParse(data).data;
		const error = said?.error ?? (name === 'error' ? data : undefined);
		// The first is the cause of the others.
		if (error !== '' && error !== false) this.#error ??= error;
		if (!said) return;
		this.#id ??= said.id;
		this.#usage = said.usage ?? this.#usage;
		for (const place of ['data', 'images', 'output'] as const) {
			const items = this.#beside[place];
			items.push(...said[place].slice(0, most.beside - items.length));
		}
		for (const each of said.choices) this.#hearChoice(each);
	}

	#hearChoice({ index, delta, message, finish_reason: reason }: z.infer<typeof choice>): void {
		const spoken = this.#choices.get(index) ?? new Spoken();
		if (this.#choices.size < most.choices) this.#choices.set(index, spoken);
		if (delta) spoken.add(delta);
		if (message) spoken.addWhole(message);
		if (reason === '') return;
		spoken.reason = reason;
		this.#isOver = true;
	}

	told(): Told {
		const choices = Array.from(this.#choices.values());
		const json = {
			...(this.#id !== undefined && { id: this.#id }),
			...(this.#hasFailed && { error: this.#error }),
			...(this.#usage !== undefined && { usage: this.#usage }),
			choices: choices.map((each) => each.told(this.#isOver)),
			...this.#beside,
		};
		if (choices.some(({ isTooLong }) => isTooLong)) return { json, end: 'too-long' };
		return { json, end: this.#isOver || this.#hasFailed ? 'said' : 'missing' };
	}

	get #hasFailed(): boolean {
		return this.#error !== undefined && this.#error !== null;
	}
}
