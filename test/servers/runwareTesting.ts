import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Emulator } from './emulator';
import { runwareKey } from './runware';

/** No object of known fields: that would put them first, and the order is asked for. */
const itemSchema = z.record(z.string(), z.unknown());
const answerSchema = z.looseObject({ data: z.array(itemSchema).optional(), errors: z.array(itemSchema).optional() });

type Item = z.infer<typeof itemSchema>;

interface Answered {
	readonly status: number;
	readonly headers: Headers;
	/** As it was sent, with all digits. */
	readonly text: string;
	readonly data: readonly Item[];
	readonly errors: readonly Item[];
}

/** A small PNG of a cheap model, inline; with a UUID of its own. */
export function inference(fields: object = {}) {
	return {
		taskType: 'imageInference',
		taskUUID: randomUUID(),
		model: 'runware:100@1',
		positivePrompt: 'a hut',
		width: 128,
		height: 192,
		outputType: 'base64Data',
		outputFormat: 'PNG',
		...fields,
	};
}

/** Posts a body to the one address that there is. */
export async function ask(
	emulator: Emulator,
	body: unknown,
	headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
	const response = await fetch(emulator.baseUrl, {
		method: 'POST',
		headers: { authorization: `Bearer ${runwareKey}`, 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	const { data = [], errors = [] } = answerSchema.parse(JSON.parse(text));
	return { status: response.status, headers: response.headers, text, data, errors };
}

/** One task alone. */
export async function askFor(emulator: Emulator, fields: object = {}): Promise<Answered> {
	return ask(emulator, [inference(fields)]);
}

export async function poll(emulator: Emulator, taskUUID: string): Promise<Answered> {
	return ask(emulator, [{ taskType: 'getResponse', taskUUID }]);
}

export type Refused = readonly [status: number, code: string, parameter?: string | readonly string[] | undefined];

/** The one error of an answer. */
export async function assertRefused(answering: Promise<Answered>, [status, code, parameter]: Refused): Promise<void> {
	const answer = await answering;
	const [error, ...others] = answer.errors;
	const { parameter: named } = error ?? {};
	assert.deepEqual([answer.status, error?.['code'], named], [status, code, parameter], answer.text.slice(0, 500));
	assert.deepEqual([others, answer.data], [[], []]);
}

/** The picture of a result that came inline. */
export function pictureOf({ data }: Answered, index = 0): Uint8Array {
	const base64 = data[index]?.['imageBase64Data'];
	if (typeof base64 !== 'string') throw new Error('There is no picture.');
	return Buffer.from(base64, 'base64');
}

export function dataUri(bytes: Uint8Array, type = 'image/png'): string {
	return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
