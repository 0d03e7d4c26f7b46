import * as z from 'zod';
import type { Emulator } from './emulator';
import { vinconyKey } from './vincony';

interface Answered {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
}

const painter = 'openai/gpt-image-2';

/** Asks for a completion with the key that the emulator takes. */
export async function chat(emulator: Emulator, prompt: unknown, fields: object = {}): Promise<Answered> {
	const body = { model: painter, messages: [{ role: 'user', content: prompt }], ...fields };
	const response = await fetch(`${emulator.baseUrl}/chat/completions`, {
		method: 'POST',
		headers: { authorization: `Bearer ${vinconyKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Gets what is at an address, with a key. */
export async function get(url: string, key = vinconyKey): Promise<Answered> {
	const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
	return { status: response.status, headers: response.headers, text: await response.text() };
}

const errorSchema = z.strictObject({ error: z.string() });

/** The status and the sentence of a refusal. */
export function refusalIn({ status, text }: Answered): [status: number, sentence: string] {
	return [status, errorSchema.parse(JSON.parse(text)).error];
}

/** What stands at a path of an answer, such as `choices.0.message.content`. */
export function at(text: string, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, name) => z.looseObject({}).parse(value)[name], JSON.parse(text, arrays));
}

/** Arrays as objects with their indices for names. */
function arrays(_: string, value: unknown): unknown {
	return Array.isArray(value) ? Object.fromEntries(z.array(z.unknown()).parse(value).entries()) : value;
}

/** The picture in a value of an answer, wherever it hides in it: base64, data URL or address. */
export async function pictureAt(value: unknown): Promise<Uint8Array> {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const [, base64] = /((?:iVBOR)[A-Za-z0-9+/]+={0,2})/.exec(text) ?? [];
	if (base64 !== undefined) return Buffer.from(base64, 'base64');
	const [address] = /http:\/\/127\.0\.0\.1:\d+\/files\/[\w-]+(?:\.png)?/.exec(text) ?? [];
	if (address === undefined) throw new Error(`There is no picture in ${text.slice(0, 200)}.`);
	return new Uint8Array(await (await fetch(address)).arrayBuffer());
}
