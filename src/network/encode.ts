import { randomUUID } from 'node:crypto';
import { mimeTypeOf } from '../image/sniff';
import type { HttpRequest, InputImage, Part, RequestBody } from '../providers/provider';
import type { Outgoing } from './carrier';

/** Where a provider's API is. */
export interface Endpoint {
	/** Provider id, for the log. */
	readonly provider: string;
	readonly base: URL;
	/** Absent: nothing is sent that authorizes. */
	readonly key?: string;
}

/** Where a request goes: below the base URL or its origin, always. A path that leads elsewhere is a fault of the provider's code. */
export function urlOf({ path, below }: Pick<HttpRequest, 'path' | 'below'>, base: URL): URL {
	// Else it would go on with the name of the host, or with its port.
	if (!/^([/?]|$)/.test(path)) throw outside(path);
	const top = below === 'origin' ? '' : base.pathname.replace(/\/+$/, '');
	const url = new URL(`${base.origin}${top}${path}`);
	const isInside = url.pathname === top || url.pathname.startsWith(`${top}/`);
	if (url.origin !== base.origin || !isInside) throw outside(path);
	return url;
}

function outside(path: string): Error {
	return new Error(`A request must stay below the base URL: ${path}`);
}

/** What a header may carry (RFC 9110, section 5.5), without blanks. */
export function canBeSent(key: string): boolean {
	return /^[!-~]+$/.test(key);
}

/** The request in bytes, the same for every way out. */
export async function encode(
	{ method, headers: own, body }: HttpRequest,
	{ key }: Endpoint,
	userAgent: string,
): Promise<Omit<Outgoing, 'signal'>> {
	const content = body && (await encodeBody(body));
	const headers = {
		accept: wantsEvents(body) ? 'text/event-stream, application/json' : 'application/json',
		// Nothing here shrinks much, and what comes unpacked cannot burst.
		'accept-encoding': 'identity',
		'user-agent': userAgent,
		...own,
		...(key !== undefined && { authorization: `Bearer ${key}` }),
		...(content && { 'content-type': content.type }),
	};
	return { method, headers, ...(content && { body: content.bytes }) };
}

function wantsEvents(body: RequestBody | undefined): boolean {
	return body?.kind === 'json' && body.value['stream'] === true;
}

interface Content {
	readonly type: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

async function encodeBody(body: RequestBody): Promise<Content> {
	if (body.kind === 'form') return encodeForm(body.parts);
	const text = encodeJson(body.kind === 'json' ? body.value : body.values);
	return { type: 'application/json', bytes: new TextEncoder().encode(text) };
}

/** Pictures as data URLs, whole numbers of any length as their digits: `JSON.stringify` knows neither. */
function encodeJson(value: unknown): string {
	// Nobody can guess it, so no text of the request can be taken for a number.
	const nonce = `limn:${randomUUID()}:`;
	const text = JSON.stringify(value, (_, item: unknown) => {
		if (typeof item === 'bigint') return `${nonce}${item}`;
		return isInputImage(item) ? `data:${mimeTypeOf(item.format)};base64,${base64Of(item.bytes)}` : item;
	});
	return text.replaceAll(new RegExp(`"${nonce}(-?\\d+)"`, 'g'), '$1');
}

function isInputImage(item: unknown): item is InputImage {
	return typeof item === 'object' && item !== null && 'bytes' in item && item.bytes instanceof Uint8Array;
}

function base64Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
	return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** The platform knows how fields and file names are quoted. In whole bytes, because some servers take no body of unknown length. */
async function encodeForm(parts: readonly Part[]): Promise<Content> {
	const form = new FormData();
	for (const part of parts) {
		if ('text' in part) form.append(part.name, part.text);
		else form.append(part.name, fileOf(part));
	}
	const response = new Response(form);
	const type = response.headers.get('content-type') ?? '';
	return { type, bytes: new Uint8Array(await response.arrayBuffer()) };
}

function fileOf({ file, fileName }: Extract<Part, { file: unknown }>): File {
	return new File([new Uint8Array(file.bytes)], fileName, { type: mimeTypeOf(file.format) });
}
