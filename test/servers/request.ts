import type { IncomingMessage } from 'node:http';

/** A request as it arrived, with all that a test may want to ask about it. */
export interface Received {
	readonly method: string;
	/** Without the query. */
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Names in lower case, the key included: a test asks where it was sent. */
	readonly headers: Readonly<Record<string, string>>;
	/** The body of a JSON request, whatever it is. */
	readonly json?: unknown;
	/** Its text: `JSON.parse` rounds long integers. */
	readonly text?: string;
	/** The parts of a form, by name: text, or a file. */
	readonly form?: Form;
	/** The fields of a JSON object, or the first part of each name of a form. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** Of the body. */
	readonly bytes: number;
}

export type Form = Readonly<Record<string, readonly (string | Upload)[]>>;

/** A file in a form, with what its part says about it. */
export interface Upload {
	readonly fileName: string;
	readonly type: string;
	readonly bytes: Uint8Array;
}

export async function receive(message: IncomingMessage): Promise<Received> {
	const url = new URL(message.url ?? '/', 'http://emulator');
	const body = await bodyOf(message);
	const headers = Object.fromEntries(
		Object.entries(message.headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(', ') : (value ?? ''),
		]),
	);
	return {
		method: message.method ?? 'GET',
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		headers,
		bytes: body.length,
		...(await read(body, headers['content-type'] ?? '')),
	};
}

async function bodyOf(message: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of message) if (chunk instanceof Uint8Array) chunks.push(chunk);
	return Uint8Array.from(Buffer.concat(chunks));
}

type Content = Pick<Received, 'json' | 'text' | 'form' | 'fields'>;

async function read(body: Uint8Array<ArrayBuffer>, type: string): Promise<Content> {
	if (/^application\/json\b/i.test(type)) return readJson(new TextDecoder().decode(body));
	if (/^multipart\/form-data\b/i.test(type)) return readForm(body, type);
	return { fields: {} };
}

/** A body that is no JSON is as good as none: the dialect says what it thinks of that. */
function readJson(text: string): Content {
	try {
		const json: unknown = JSON.parse(text);
		const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
		return { json, text, fields: isObject ? { ...json } : {} };
	} catch {
		return { fields: {} };
	}
}

/** The platform reads the form, so that no parser of ours forgives what others would not. */
async function readForm(body: Uint8Array<ArrayBuffer>, type: string): Promise<Content> {
	const form: Record<string, (string | Upload)[]> = {};
	try {
		const data = await new Response(body, { headers: { 'content-type': type } }).formData();
		for (const [name, value] of data.entries()) (form[name] ??= []).push(await partOf(value));
	} catch {
		return { fields: {} };
	}
	return { form, fields: Object.fromEntries(Object.entries(form).map(([name, [first]]) => [name, first])) };
}

async function partOf(value: string | File): Promise<string | Upload> {
	if (typeof value === 'string') return value;
	return { fileName: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
}

/** The files of a form under a name, and under that name with brackets, as clients send several. */
export function uploads(form: Form, name: string): Upload[] {
	return [...uploadsNamed(form, name), ...uploadsNamed(form, `${name}[]`)];
}

/** The files of a form under exactly that name. */
export function uploadsNamed(form: Form, name: string): Upload[] {
	return (form[name] ?? []).filter((part) => typeof part !== 'string');
}
