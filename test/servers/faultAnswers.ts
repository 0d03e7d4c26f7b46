import { gzipSync } from 'node:zlib';
import { json, page, type Reply } from './answer';
import type { Fault, Scene } from './fault';

const failed = {
	message: 'The server had an error while processing your request. Sorry about that!',
	type: 'server_error',
	param: null,
	code: 'server_error',
};

/** What goes wrong after the work was done: it is charged, whatever the client gets to see. */
export const answerFaults = {
	'500-once': { says: '500 after the work, then success', once: true, answer: () => json(500, { error: failed }) },
	'500': { says: '500 after the work, every time', answer: () => json(500, { error: failed }) },
	'502-html': { says: '502 as a page, after the work', answer: () => page(502, '502 Bad Gateway') },
	'504-html': { says: '504 as a page, after the work', answer: () => page(504, '504 Gateway Time-out') },
	hang: { says: 'no answer ever', answer: () => 'silence' },
	reset: { says: 'the connection is reset before the answer', answer: () => 'reset' },
	'reset-body': {
		says: 'the connection is reset after the headers',
		answer: (reply) => ({ ...cut(reply, 0), ending: 'reset' }),
	},
	stall: { says: 'half of the answer, then silence', answer: (reply) => ({ ...cut(reply, 0.5), ending: 'silence' }) },
	slow: {
		says: 'the answer in pieces, with pauses',
		answer: (reply, scene) => ({ ...reply, body: slowly(reply, scene) }),
	},
	cut: {
		says: 'half of the answer, then the end; a stream ends before its last event',
		answer: (reply) =>
			isWhole(reply) ? { ...cut(reply, 0.5), ending: 'reset' } : { ...reply, body: withoutLast(reply) },
	},
	'cut-chunked': {
		says: 'half of the answer in chunks, then the end',
		answer: (reply) => ({ ...reply, body: half(reply), ending: 'reset' }),
	},
	'stream-error': {
		says: '`event: error` instead of the last event of a stream; 500 where nothing is streamed',
		answer: (reply) => (isWhole(reply) ? json(500, { error: failed }) : { ...reply, body: endingBadly(reply) }),
	},
	'no-partials': {
		says: 'a stream of nothing but its last event',
		answer: (reply) => (isWhole(reply) ? reply : { ...reply, body: onlyLast(reply) }),
	},
	done: {
		says: '`data: [DONE]` after the last event of a stream',
		answer: (reply) => (isWhole(reply) ? reply : { ...reply, body: withDone(reply) }),
	},
	'error-in-200': { says: '200 with an error in it', answer: () => json(200, { error: failed }) },
	'bad-json': {
		says: '200 with half a JSON text',
		answer: () => ({ ...json(200, {}), body: '{"created":1,"data":[{"b64' }),
	},
	'bad-base64': {
		says: 'pictures that are no base64',
		answer: () => json(200, { created: 1, data: [{ b64_json: '@@@@' }] }),
	},
	'bad-shape': { says: '200 with another shape of JSON', answer: () => json(200, { created: 1, images: 'none' }) },
	html: { says: '200 with a page', answer: () => page(200, 'Sign in to the network') },
	text: {
		says: '200 with a sentence instead of a picture',
		answer: () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'I cannot draw that.' }),
	},
	redirect: {
		says: '307 to another origin',
		answer: (_, { request, elsewhere }) => moved(307, `${elsewhere}${request.path}`),
	},
	huge: {
		says: 'an answer without an end',
		answer: () => ({
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: endless('{"data":[{"b64_json":"'),
		}),
	},
	'gzip-bomb': {
		says: 'an answer without an end, compressed a thousand times',
		answer: () => ({
			status: 200,
			headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
			body: endlessBomb(),
		}),
	},
} as const satisfies Readonly<Record<string, Fault>>;

export function moved(status: number, location: string): Reply {
	return { status, headers: { location }, body: '' };
}

type WholeReply = Omit<Reply, 'body'> & { readonly body: string | Uint8Array };

function isWhole(reply: Reply): reply is WholeReply {
	return typeof reply.body === 'string' || reply.body instanceof Uint8Array;
}

function bytesOf(body: string | Uint8Array): Uint8Array {
	return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

/** A part of the body, under the length of the whole. */
export function cut(reply: Reply, share: number): Reply {
	if (!isWhole(reply)) return { ...reply, body: half(reply) };
	const bytes = bytesOf(reply.body);
	const headers = { ...reply.headers, 'content-length': String(bytes.length) };
	return { ...reply, headers, body: bytes.subarray(0, Math.floor(bytes.length * share)) };
}

async function* pieces({ body }: Reply, count: number): AsyncGenerator<Uint8Array> {
	if (typeof body === 'string' || body instanceof Uint8Array) {
		const bytes = bytesOf(body);
		const step = Math.ceil(bytes.length / count) || 1;
		for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
	} else {
		for await (const chunk of body) yield bytesOf(chunk);
	}
}

async function* slowly(reply: Reply, { pause }: Scene): AsyncGenerator<Uint8Array> {
	for await (const piece of pieces(reply, 4)) {
		await pause();
		yield piece;
	}
}

/** The first half: of the bytes, or of the first event. */
async function* half(reply: Reply): AsyncGenerator<Uint8Array> {
	for await (const piece of pieces(reply, 1)) {
		yield piece.subarray(0, Math.floor(piece.length / 2));
		return;
	}
}

async function* withoutLast(reply: Reply): AsyncGenerator<Uint8Array> {
	let kept: Uint8Array | undefined;
	for await (const piece of pieces(reply, 1)) {
		if (kept) yield kept;
		kept = piece;
	}
}

async function* onlyLast(reply: Reply): AsyncGenerator<Uint8Array> {
	let kept: Uint8Array | undefined;
	for await (const piece of pieces(reply, 1)) kept = piece;
	if (kept) yield kept;
}

async function* endingBadly(reply: Reply): AsyncGenerator<string | Uint8Array> {
	yield* withoutLast(reply);
	yield `event: error\ndata: ${JSON.stringify({ error: failed })}\n\n`;
}

async function* withDone(reply: Reply): AsyncGenerator<string | Uint8Array> {
	yield* pieces(reply, 1);
	yield 'data: [DONE]\n\n';
}

async function* endless(start: string): AsyncGenerator<string> {
	yield start;
	const more = 'A'.repeat(65_536);
	for (;;) yield more;
}

/** A compressed file may follow another: the reader goes on with the next. */
async function* endlessBomb(): AsyncGenerator<Uint8Array> {
	yield gzipSync('{"data":[{"b64_json":"');
	const more = gzipSync(Buffer.alloc(8_000_000, 'A'));
	for (;;) yield more;
}
