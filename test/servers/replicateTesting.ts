import assert from 'node:assert/strict';
import * as z from 'zod';
import type { Emulator } from './emulator';
import { replicateKey } from './replicate';
import { replicateModels, replicateVersion } from './replicateModels';

const answerSchema = z.looseObject({
	id: z.string().optional(),
	status: z.unknown().optional(),
	output: z.unknown().optional(),
	detail: z.string().optional(),
	title: z.string().optional(),
	urls: z.looseObject({ get: z.string(), cancel: z.string().optional() }).optional(),
});

interface Answered {
	readonly status: number;
	readonly headers: Headers;
	readonly body: z.infer<typeof answerSchema>;
}

/** One exchange with the key that the emulator takes: with a body a post, otherwise a get. */
export async function ask(
	emulator: Emulator,
	path: string,
	body?: object,
	headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
	const isForm = body instanceof FormData;
	const response = await fetch(path.startsWith('http') ? path : `${emulator.baseUrl}${path}`, {
		method: body ? 'POST' : 'GET',
		headers: {
			authorization: `Bearer ${replicateKey}`,
			...(body && !isForm ? { 'content-type': 'application/json' } : {}),
			...headers,
		},
		...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
	});
	return { status: response.status, headers: response.headers, body: answerSchema.parse(await response.json()) };
}

export const schnell = 'black-forest-labs/flux-schnell';
export const fill = 'black-forest-labs/flux-fill-pro';
export const community = 'stability-ai/stable-diffusion';

export function versionOf(name: string): string {
	return replicateVersion(replicateModels.find((model) => model.name === name) ?? assert.fail(name));
}

export async function create(
	emulator: Emulator,
	input: object,
	model = schnell,
	headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
	return ask(emulator, `/models/${model}/predictions`, { input }, headers);
}

/** Asks once for a prediction that was created. */
export async function poll(emulator: Emulator, created: Answered): Promise<Answered> {
	return ask(emulator, created.body.urls?.get ?? assert.fail());
}

/** The addresses of an output, one or several. */
export function addressesIn({ body: { output } }: Answered): string[] {
	return typeof output === 'string' ? [output] : z.array(z.string()).parse(output);
}

/** The files of a prediction that is over. */
export async function filesIn(answered: Answered): Promise<Uint8Array[]> {
	return Promise.all(addressesIn(answered).map(async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer())));
}

/** A file as an input. */
export function dataUri(bytes: Uint8Array, type = 'image/png'): string {
	return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
