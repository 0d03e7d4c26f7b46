import { setImmediate } from 'node:timers/promises';
import type { NoReply, ServerEvent } from '../providers/provider';
import { EventBody } from './eventBody';
import type { BodyFault } from './jsonBody';
import { inPieces } from './pieces';
import { Shelf } from './shelf';

/** Lines that mean nothing, in a whole stream. */
const mostErrors = 500;

/** Of a whole stream: a picture in pieces of some letters each has thousands. */
const mostEvents = 10_000;

/** After so many everybody else has a turn: some take long to look at. */
const turnEvents = 200;

/** Bytes that are kept of the name of a field or of an event: more than any has. */
const longestName = 256;

const [colon, blank, lineFeed, carriageReturn] = [0x3a, 0x20, 0x0a, 0x0d];
const mark = Buffer.of(0xef, 0xbb, 0xbf);

/** Comments, and what has no meaning to Limn but is no error (HTML standard, 9.2.6). */
const ignored: ReadonlySet<string> = new Set(['', 'id', 'retry', 'data', 'event']);

type Fault = BodyFault | 'too-many';

const losses: Readonly<Record<Fault, NoReply>> = {
	'too-large': { lost: 'too-large', unseen: false, detail: 'an event is too large' },
	'too-many': { lost: 'too-large', unseen: false, detail: 'there are too many events' },
	garbled: { lost: 'garbled', unseen: false, detail: 'this is no stream of events' },
};

/** The events of a `text/event-stream`, whose pictures lie on the shelf. What is left at the end without its blank line is none (HTML standard, 9.2.6). */
export async function* readEvents(
	chunks: AsyncIterable<Uint8Array>,
	shelf = new Shelf(),
): AsyncGenerator<ServerEvent | NoReply, void> {
	const lines = new Lines(shelf);
	try {
		for await (const piece of inPieces(withoutMark(chunks))) {
			if (yield* handOn(lines.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length)))) return;
		}
	} finally {
		lines.close();
	}
}

/**
 * What comes of one piece; whether it is the end. What waits for the next piece does not know the last event any more: a picture that
 * somebody still has when the garbage collector comes stays for long.
 */
async function* handOn(
	found: Iterable<ServerEvent | Fault | undefined>,
): AsyncGenerator<ServerEvent | NoReply, boolean> {
	let sinceTurn = 0;
	for (const event of found) {
		if (++sinceTurn % turnEvents === 0) await setImmediate();
		if (!event) await setImmediate();
		else yield typeof event === 'string' ? losses[event] : event;
		if (typeof event === 'string') return true;
	}
	return false;
}

async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
	let head: Uint8Array | undefined = new Uint8Array();
	for await (const chunk of chunks) {
		if (!head) yield chunk;
		else {
			head = Buffer.concat([head, chunk]);
			if (head.length < mark.length && mark.subarray(0, head.length).equals(head)) continue;
			yield mark.equals(head.subarray(0, mark.length)) ? head.subarray(mark.length) : head;
			head = undefined;
		}
	}
	if (head) yield head;
}

/** The lines of a stream, in pieces of any length: data goes on at once, however long its line is. */
class Lines {
	readonly #event: EventBody;
	#name = '';
	#errors = 0;
	#events = 0;
	/** Which part of a line comes next. */
	#place: 'field' | 'blank' | 'value' = 'field';
	#field = '';
	/** What has come of a field that is neither known yet nor data. */
	#kept = Buffer.alloc(0);
	/** A line has ended in a carriage return: a line feed may follow that belongs to it. */
	#isReturned = false;

	constructor(shelf: Shelf) {
		this.#event = new EventBody(shelf);
	}

	/** The events that end here; a fault is the last. `undefined`: somebody else may have a turn. */
	*push(bytes: Buffer): Generator<ServerEvent | Fault | undefined, void> {
		for (let at = 0; at < bytes.length;) {
			const end = endOfLine(bytes, at);
			const isRest = this.#isReturned && bytes[at] === lineFeed;
			this.#isReturned = false;
			if (!isRest) {
				const fault = yield* this.#take(bytes.subarray(at, end));
				if (fault) yield fault;
				if (end === bytes.length) return;
				this.#isReturned = bytes[end] === carriageReturn;
				yield* this.#endLine();
			}
			at = end + 1;
		}
	}

	close(): void {
		this.#event.close();
	}

	*#take(bytes: Buffer): Generator<undefined, BodyFault | undefined> {
		if (this.#place !== 'field') return yield* this.#takeValue(bytes);
		const found = bytes.indexOf(colon);
		this.#keep(found === -1 ? bytes : bytes.subarray(0, found));
		if (found === -1) return undefined;
		return (yield* this.#endField()) ?? (yield* this.#takeValue(bytes.subarray(found + 1)));
	}

	*#endField(): Generator<undefined, BodyFault | undefined> {
		this.#field = this.#kept.toString('utf8');
		this.#kept = Buffer.alloc(0);
		this.#place = 'blank';
		return this.#field === 'data' ? yield* this.#event.begin() : undefined;
	}

	/** One blank after the colon belongs to the format. */
	*#takeValue(bytes: Buffer): Generator<undefined, BodyFault | undefined> {
		if (bytes.length === 0) return undefined;
		const value = this.#place === 'blank' && bytes[0] === blank ? bytes.subarray(1) : bytes;
		this.#place = 'value';
		if (this.#field === 'data') return yield* this.#event.push(value);
		if (this.#field === 'event') this.#keep(value);
		return undefined;
	}

	#keep(bytes: Buffer): void {
		this.#kept = Buffer.concat([this.#kept, bytes.subarray(0, longestName - this.#kept.length)]);
	}

	*#endLine(): Generator<ServerEvent | Fault | undefined, void> {
		const isBlank = this.#place === 'field' && this.#kept.length === 0;
		// Without a colon it is the name of a field without a value.
		const fault = this.#place === 'field' ? yield* this.#endField() : undefined;
		if (fault) yield fault;
		if (this.#field === 'event') this.#name = this.#kept.toString('utf8');
		if (!ignored.has(this.#field) && ++this.#errors > mostErrors) yield 'garbled';
		this.#field = '';
		this.#kept = Buffer.alloc(0);
		this.#place = 'field';
		if (isBlank) yield* this.#endEvent();
	}

	*#endEvent(): Generator<ServerEvent | Fault, void> {
		const name = this.#name === '' ? 'message' : this.#name;
		this.#name = '';
		if (!this.#event.hasBegun) return;
		const read = this.#event.end();
		if (++this.#events > mostEvents) yield 'too-many';
		else yield typeof read === 'string' ? read : { name, data: read.data };
	}
}

function endOfLine(bytes: Buffer, from: number): number {
	const feed = bytes.indexOf(lineFeed, from);
	const end = feed === -1 ? bytes.length : feed;
	const found = bytes.subarray(from, end).indexOf(carriageReturn);
	return found === -1 ? end : from + found;
}
