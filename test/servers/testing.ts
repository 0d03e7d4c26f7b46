import * as z from 'zod';
import type { Pixels } from '../../src/image/pixels';
import type { Emulator } from './emulator';
import { decodePicture } from './pictureFiles';
import type { Colour } from './pictures';
import { encodePng } from './png';

/** Emulators that end with the test. */
export function emulators(): (starting: Promise<Emulator>) => Promise<Emulator> {
	const running: Emulator[] = [];
	afterEach(async () => {
		await Promise.all(running.splice(0).map(async (emulator) => emulator.close()));
	});
	return async (starting) => {
		const emulator = await starting;
		running.push(emulator);
		return emulator;
	};
}

export const openaiKey = 'sk-emulator';
export const lumenfallKey = 'lmnfl_emulator.secret';

const answerSchema = z.looseObject({
	error: z.unknown().optional(),
	detail: z.unknown().optional(),
	data: z.array(z.looseObject({ b64_json: z.string().nullish(), url: z.string().nullish() })).optional(),
});

interface Answered {
	readonly status: number;
	readonly headers: Headers;
	readonly body: z.infer<typeof answerSchema>;
}

const keys: Readonly<Record<string, string>> = { '/openai/v1': lumenfallKey };

/** The key that the emulator takes. */
function authorization(emulator: Emulator) {
	return { authorization: `Bearer ${keys[new URL(emulator.baseUrl).pathname] ?? openaiKey}` };
}

/** Posts an object as JSON, or a form. */
export async function post(
	emulator: Emulator,
	path: string,
	body: object,
	headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
	const isForm = body instanceof FormData;
	const type: Record<string, string> = isForm ? {} : { 'content-type': 'application/json' };
	const response = await fetch(`${emulator.baseUrl}${path}`, {
		method: 'POST',
		headers: { ...authorization(emulator), ...type, ...headers },
		body: isForm ? body : JSON.stringify(body),
	});
	return { status: response.status, headers: response.headers, body: answerSchema.parse(await response.json()) };
}

export async function get(emulator: Emulator, url: string): Promise<Answered> {
	const response = await fetch(url, { headers: authorization(emulator) });
	return { status: response.status, headers: response.headers, body: answerSchema.parse(await response.json()) };
}

/** The text of a streamed answer. */
export async function postForText(emulator: Emulator, path: string, body: object): Promise<string> {
	const headers = { ...authorization(emulator), 'content-type': 'application/json' };
	const response = await fetch(`${emulator.baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
	return response.text();
}

export function formOf(fields: Readonly<Record<string, string | Blob | readonly Blob[]>>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) {
		const parts = typeof value === 'string' || value instanceof Blob ? [value] : value;
		for (const part of parts) form.append(name, part);
	}
	return form;
}

/** Red on the left, blue on the right. */
export function twoHalves(width: number, height: number): Pixels {
	return byHalf(width, height, [220, 30, 40, 255], [20, 60, 200, 255]);
}

/** To be changed on the right: clear and white there, opaque and black on the left. */
export function rightHalf(width: number, height: number): Pixels {
	return byHalf(width, height, [0, 0, 0, 255], [255, 255, 255, 0]);
}

function byHalf(width: number, height: number, left: readonly number[], right: readonly number[]): Pixels {
	const data = new Uint8Array(width * height * 4);
	for (let x = 0; x < width; x++) data.set(x < width / 2 ? left : right, x * 4);
	for (let y = 1; y < height; y++) data.copyWithin(y * width * 4, 0, width * 4);
	return { width, height, data };
}

/** As a file with an alpha channel; without one where that is asked for. */
export function pngOf(pixels: Pixels, channels: 3 | 4 = 4): Uint8Array<ArrayBuffer> {
	return encodePng(pixels, channels);
}

export function blob(bytes: Uint8Array<ArrayBuffer>, type = 'image/png'): Blob {
	return new Blob([bytes], { type });
}

/** The colour at a point of a picture, by shares of its width and height. */
export async function colourAt(bytes: Uint8Array, x: number, y = 0.5): Promise<number[]> {
	const decoded = await decodePicture(bytes);
	if (!decoded) throw new Error('This is no picture.');
	const at = placeIn(decoded.pixels, x, y);
	return Array.from(decoded.pixels.data.subarray(at, at + 4));
}

/** How much of a picture differs from another, whatever their sizes: the share of 400 places in which a channel is 24 levels apart. */
export function shareChanged(before: Pixels, after: Pixels): number {
	const places = Array.from({ length: 400 }, (_, index) => [
		((index % 20) + 0.5) / 20,
		(Math.floor(index / 20) + 0.5) / 20,
	]);
	const changed = places.filter(([x = 0, y = 0]) => {
		const [from, to] = [placeIn(before, x, y), placeIn(after, x, y)];
		return [0, 1, 2].some((at) => Math.abs((before.data[from + at] ?? 0) - (after.data[to + at] ?? 0)) >= 24);
	});
	return changed.length / places.length;
}

/** Where in its data the pixel is, by shares of width and height. */
function placeIn({ width, height }: Pixels, x: number, y: number): number {
	return (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
}

export function opaque(colour: Colour): number[] {
	return [...colour, 255];
}

/** The first picture of an answer. */
export function pictureIn({ body }: Answered, index = 0): Uint8Array {
	const text = body.data?.[index]?.b64_json;
	if (typeof text !== 'string') throw new Error(`There is no picture in ${JSON.stringify(body).slice(0, 300)}.`);
	return Buffer.from(text, 'base64');
}
