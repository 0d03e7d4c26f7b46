import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { Reply } from '../servers/answer';
import type { Fault } from '../servers/fault';
import { hasAddresses, isDownload, isPoll } from './column';
import { charged, each, lostAnswer, type Row } from './row';

const giga = 2 ** 30;
const piece = 'A'.repeat(2 ** 16);

/** Text of so many bytes. */
async function* filled(start: string, bytes: number, filling: string, end: string): AsyncGenerator<string> {
	yield start;
	for (let sent = 0; sent < bytes; sent += filling.length) yield filling;
	yield end;
}

/** So many pictures of so many bytes each, none of which is one, in base64. */
async function* manyPictures(count: number, bytes: number): AsyncGenerator<string> {
	yield '{"data":[{"b64_json":"iVBORw0KGgo';
	for (let at = 0; at < count; at++) {
		if (at > 0) yield '"},{"b64_json":"iVBORw0KGgo';
		for (let sent = 0; sent < (bytes * 4) / 3; sent += piece.length) yield piece;
	}
	yield '"}]}';
}

const plain = { 'content-type': 'application/json' };

function big(name: string, answer: () => Reply, expected: Row['expected'] = lostAnswer('too-large', 'bad-reply')): Row {
	return {
		name,
		group: 'size',
		befall: each({ says: name, answer }),
		isHeavy: true,
		conditions: { timeoutMs: 30_000, stallMs: 5000 },
		expected,
	};
}

type Compress = () => NodeJS.ReadWriteStream;

const compressors: Readonly<Record<string, Compress>> = {
	gzip: () => createGzip({ level: 1 }),
	br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
	deflate: () => createDeflate({ level: 1 }),
};

const compressed = new Map<string, Promise<Buffer>>();

/** Once for all cells: it takes seconds. */
async function compressedOnce(
	name: string,
	encoding: string,
	source: () => AsyncIterable<string | Uint8Array>,
): Promise<Buffer> {
	const known = compressed.get(name);
	if (known) return known;
	const packing = (async () => {
		const chunks: Buffer[] = [];
		const compress = compressors[encoding]?.();
		if (!compress) throw new Error(`Nothing compresses to ${encoding}.`);
		for await (const chunk of Readable.from(source()).pipe(compress)) chunks.push(Buffer.from(chunk));
		return Buffer.concat(chunks);
	})();
	compressed.set(name, packing);
	return packing;
}

async function* unfolding(
	name: string,
	encoding: string,
	source: () => AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
	yield await compressedOnce(name, encoding, source);
}

const oneString = () => filled('{"data":[{"b64_json":"', giga, piece, '"}]}');

function packed(encoding: string): Row {
	return big(`${encoding} that unfolds to 1 GB`, () => ({
		status: 200,
		headers: { ...plain, 'content-encoding': encoding },
		body: unfolding(encoding, encoding, oneString),
	}));
}

const answers: readonly Row[] = [
	big('1 GB, its length told', () => ({
		status: 200,
		headers: { ...plain, 'content-length': String(giga) },
		body: filled('{"data":[{"b64_json":"', giga, piece, ''),
	})),
	big('1 GB in one string', () => ({
		status: 200,
		headers: plain,
		body: filled('{"data":[{"b64_json":"', giga, piece, '"}]}'),
	})),
	big('1 GB in 26 pictures', () => ({ status: 200, headers: plain, body: manyPictures(26, 40 * 2 ** 20) })),
	big('1 GB in short texts', () => ({
		status: 200,
		headers: plain,
		body: filled('{"data":[', giga, '"short text",', '0]}'),
	})),
	{
		...big(
			'1 GB of blanks',
			() => ({ status: 200, headers: plain, body: filled('', giga, ' '.repeat(2 ** 16), '{}') }),
			lostAnswer('too-large', 'bad-reply', 'timed-out'),
		),
		conditions: { timeoutMs: 5000 },
	},
	big('1 GB of words', () => ({
		status: 200,
		headers: { 'content-type': 'text/plain' },
		body: filled('Well, ', giga, piece, ''),
	})),
	big(
		'1 GB in a 500',
		() => ({ status: 500, headers: plain, body: filled('{"error":"', giga, piece, '"}') }),
		lostAnswer('server-error'),
	),
	big('1 GB as a picture', () => ({
		status: 200,
		headers: { 'content-type': 'image/png' },
		body: filled('\u0089PNG\r\n', giga, piece, ''),
	})),
	packed('gzip'),
	packed('br'),
	packed('deflate'),
];

const streams: readonly Row[] = [
	{
		...big(
			'1 GB in one event',
			() => ({
				status: 200,
				headers: { 'content-type': 'text/event-stream' },
				body: filled('data: {"b64_json":"', giga, piece, '"}\n\n'),
			}),
			() => charged(0, 'too-large', 'bad-reply'),
		),
		of: ({ streams }) => streams === true,
	},
	{
		...big(
			'1 GB in small events',
			() => ({
				status: 200,
				headers: { 'content-type': 'text/event-stream' },
				body: filled('', giga, 'data: {"type":"nothing"}\n\n'.repeat(2500), ''),
			}),
			() => charged(0, 'too-large', 'bad-reply'),
		),
		of: ({ streams }) => streams === true,
	},
];

/** A poll's answer is as large as an order's may be. */
const polls: readonly Row[] = [
	{
		...big('poll: 1 GB in one string', () => ({
			status: 200,
			headers: plain,
			body: filled('{"data":[{"b64_json":"', giga, piece, '"}]}'),
		})),
		of: ({ polls }) => polls === true,
		befall: each(
			{ says: 'huge', answer: () => ({ status: 200, headers: plain, body: filled('{"x":"', giga, piece, '"}') }) },
			{ times: Infinity, when: isPoll },
		),
		expected: () => charged(0, 'too-large', 'bad-reply', 'timed-out'),
	},
];

function bigDownload(name: string, answer: () => Reply): Row {
	const fault: Fault = { says: name, answer };
	return {
		name,
		group: 'size',
		of: hasAddresses,
		addressed: true,
		befall: each(fault, { times: Infinity, when: isDownload }),
		isHeavy: true,
		conditions: { timeoutMs: 30_000, stallMs: 5000 },
		expected: () => charged(0, 'too-large'),
	};
}

const downloads: readonly Row[] = [
	bigDownload('download: 1 GB, its length told', () => ({
		status: 200,
		headers: { 'content-type': 'image/png', 'content-length': String(giga) },
		body: pngOf(giga),
	})),
	bigDownload('download: 1 GB', () => ({ status: 200, headers: { 'content-type': 'image/png' }, body: pngOf(giga) })),
	bigDownload('download: gzip that unfolds to 1 GB', () => ({
		status: 200,
		headers: { 'content-type': 'image/png', 'content-encoding': 'gzip' },
		body: unfolding('png', 'gzip', () => pngOf(giga)),
	})),
];

async function* pngOf(bytes: number): AsyncGenerator<Uint8Array> {
	yield Buffer.from('89504e470d0a1a0a0000000d4948445200000400000004000806000000', 'hex');
	const more = Buffer.alloc(2 ** 16, 0x41);
	for (let sent = 0; sent < bytes; sent += more.length) yield more;
}

/** More than anybody can hold. Each in a process of its own, whose memory is watched. */
export const sizeRows: readonly Row[] = [...answers, ...streams, ...polls, ...downloads];
