import type { Reply } from '../providers/provider';
import { Growing } from './growing';
import { type BodyFault, JsonBody, jsonLimits } from './jsonBody';
import { inPieces, inTurns } from './pieces';
import { type ArrivingPicture, Shelf } from './shelf';
import { NoRoom } from './spill';

/** Bytes of a text that are kept: enough to see what spoke. */
export const textLimit = 4096;

/** What a body turned out to be. */
export type Body = Pick<Reply, 'json' | 'text' | 'picture'>;

/** What a body goes into, once its first bytes have said what it is. */
interface Sink {
	push(chunk: Uint8Array): Promise<BodyFault | undefined> | BodyFault | 'full' | undefined;
	end(): Body | BodyFault;
	/** Lets go of all that waits for the end. */
	close?(): void;
}

/**
 * Reads a body as what it is by its own first bytes, whatever its header claims. Its pictures lie on the shelf, and on none of it once
 * it has turned out to be of no use.
 */
export async function readBody(chunks: AsyncIterable<Uint8Array>, shelf = new Shelf()): Promise<Body | BodyFault> {
	let body: Body | BodyFault = 'garbled';
	try {
		body = await read(chunks, shelf);
		return body;
	} finally {
		if (typeof body === 'string') shelf.release();
	}
}

async function read(chunks: AsyncIterable<Uint8Array>, shelf: Shelf): Promise<Body | BodyFault> {
	let head: Uint8Array = new Uint8Array();
	let sink: Sink | undefined;
	let length = 0;
	try {
		for await (const piece of inPieces(chunks)) {
			length += piece.length;
			if (!sink) {
				head = withoutBlanks(Buffer.concat([head, piece]));
				sink = sinkFor(head, shelf);
				if (!sink && length > mostBlanks) return 'garbled';
				if (!sink) continue;
			}
			const stop = await sink.push(head.length > 0 ? head : piece);
			head = new Uint8Array();
			if (stop === 'full') break;
			if (stop) return stop;
		}
		if (sink) return sink.end();
	} finally {
		sink?.close?.();
	}
	return head.length === 0 ? {} : { text: decodeText(head) };
}

/** Bytes before what a body says: a blank a millisecond, for as long as the slowest work lasts. */
const mostBlanks = 2 ** 20;

/** Byte order mark and blanks before JSON; some servers send blanks for as long as they work. */
function withoutBlanks(bytes: Uint8Array): Uint8Array {
	let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	while (isBlank(bytes[at])) at++;
	return bytes.subarray(at);
}

function isBlank(byte: number | undefined): boolean {
	return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Enough to tell a picture. */
const headSize = 12;

/** `undefined`: too little has come. */
function sinkFor(head: Uint8Array, shelf: Shelf): Sink | undefined {
	const [first] = head;
	if (first === 0x7b || first === 0x5b) return new JsonSink(shelf);
	if (head.length < headSize) return undefined;
	return looksLikePicture(head) ? new PictureSink(shelf) : new TextSink();
}

/** PNG, JPEG, GIF, WebP, AVIF by their first bytes; whether it is one to its end is for others to say. */
function looksLikePicture(head: Uint8Array): boolean {
	const signature = Buffer.from(head.subarray(0, headSize)).toString('latin1');
	return /^(\x89PNG\r\n|\xff\xd8\xff|GIF8|RIFF[^]{4}WEBP|[^]{4}ftyp(avi[fos]|mi[af]1))/.test(signature);
}

class JsonSink implements Sink {
	readonly #body: JsonBody;

	constructor(shelf: Shelf) {
		this.#body = new JsonBody(undefined, undefined, shelf);
	}

	async push(chunk: Uint8Array): Promise<BodyFault | undefined> {
		return inTurns(this.#body.steps(chunk));
	}

	end(): Body | BodyFault {
		return this.#body.end();
	}

	close(): void {
		this.#body.close();
	}
}

class PictureSink implements Sink {
	readonly #bytes: ArrivingPicture;

	constructor(shelf: Shelf) {
		this.#bytes = shelf.hold();
	}

	push(chunk: Uint8Array): BodyFault | undefined {
		if (this.#bytes.length + chunk.length > jsonLimits.picture) return 'too-large';
		return unlessFull(() => {
			this.#bytes.append(chunk);
			return undefined;
		});
	}

	end(): Body | BodyFault {
		return unlessFull(() => ({ picture: this.#bytes.take() }));
	}
}

/** What comes of work, as long as there is room for it. */
function unlessFull<T>(work: () => T): T | 'too-large' {
	try {
		return work();
	} catch (error) {
		if (error instanceof NoRoom) return 'too-large';
		throw error;
	}
}

class TextSink implements Sink {
	readonly #bytes = new Growing(textLimit);

	push(chunk: Uint8Array): 'full' | undefined {
		const room = textLimit - this.#bytes.length;
		this.#bytes.append(chunk.subarray(0, room));
		return chunk.length > room ? 'full' : undefined;
	}

	end(): Body {
		return { text: decodeText(this.#bytes.view()) };
	}
}

/** Without the half of a character at the end. */
export function decodeText(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes, { stream: true });
}
