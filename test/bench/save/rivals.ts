import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { Way } from './server';

/** An order of n pictures, which are to lie in the folder. */
export interface Order {
	readonly origin: string;
	readonly way: Way;
	readonly n: number;
	readonly folder: string;
}

/** Gets the pictures of an order and puts them there. */
export type Client = (order: Order) => Promise<void>;

const model = 'gpt-image-1';
const prompt = 'a fox at dawn';
const reply = z.object({ data: z.array(z.object({ b64_json: z.string().optional(), url: z.string().optional() })) });
const post = { method: 'POST', headers: { 'content-type': 'application/json' } } as const;

/** Each is loaded where it is wanted: in a process that measures memory, no other. */
const undici = async () => import('undici');

/** The raw body into one file; by address, each picture into its own. */
export const floor: Client = async ({ origin, way, n, folder }) => {
	const body = JSON.stringify({ model, prompt, n });
	const url = `${origin}/${way}/v1/images/generations`;
	const { stream } = await undici();
	const into = (name: string) => () => createWriteStream(path.join(folder, name));
	await stream(url, { ...post, body }, into('body'));
	if (way !== 'url') return;
	for (let number = 0; number < n; number++)
		await stream(`${origin}/picture/${number}`, { method: 'GET' }, into(`${number}.png`));
};

export const byFetch: Client = async ({ origin, way, n, folder }) => {
	const body = JSON.stringify({ model, prompt, n });
	const answer = await fetch(`${origin}/${way}/v1/images/generations`, { ...post, body });
	const { data } = reply.parse(await answer.json());
	await keep(data, folder);
};

export const byOpenai: Client = async ({ origin, way, n, folder }) => {
	const { default: OpenAI } = await import('openai');
	const client = new OpenAI({ apiKey: 'none', baseURL: `${origin}/${way}/v1`, maxRetries: 0 });
	if (way === 'sse') {
		let number = 0;
		for await (const event of await client.images.generate({ model, prompt, n, stream: true }))
			await keepOne(Buffer.from(event.b64_json, 'base64'), number++, folder);
		return;
	}
	const { data } = reply.parse(await client.images.generate({ model, prompt, n }));
	await keep(data, folder);
};

export const byAi: Client = async ({ origin, way, n, folder }) => {
	const [{ createOpenAI }, { generateImage }] = await Promise.all([import('@ai-sdk/openai'), import('ai')]);
	const provider = createOpenAI({ apiKey: 'none', baseURL: `${origin}/${way}/v1` });
	const { images } = await generateImage({
		model: provider.image(model),
		prompt,
		n,
		maxImagesPerCall: n,
		maxRetries: 0,
	});
	for (const [number, { uint8Array }] of images.entries()) await keepOne(uint8Array, number, folder);
};

async function keep(items: z.infer<typeof reply>['data'], folder: string): Promise<void> {
	for (const [number, { b64_json: text, url }] of items.entries())
		await keepOne(text === undefined ? await fetched(url ?? '') : Buffer.from(text, 'base64'), number, folder);
}

async function fetched(url: string): Promise<Uint8Array> {
	return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

async function keepOne(bytes: Uint8Array, number: number, folder: string): Promise<void> {
	await writeFile(path.join(folder, `${number}.png`), bytes);
}
