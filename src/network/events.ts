import { createParser } from 'eventsource-parser';
import type { NoReply, ServerEvent } from '../providers/provider';
import { type BodyFault, encodedPicture, JsonBody, jsonLimits } from './jsonBody';
import { inPieces } from './pieces';

/** Characters of one event: a picture in base64, and some text. */
const maxEvent = encodedPicture + jsonLimits.text;

/** Lines that mean nothing, in a whole stream: each costs the parser as much as a long text. */
const maxErrors = 500;

/** Bytes for the parser at once: even of meaningless lines they take only about 10 ms. */
const pieceSize = 2 ** 13;

const losses: Readonly<Record<BodyFault, NoReply>> = {
	'too-large': { lost: 'too-large', unseen: false, detail: 'an event is too large' },
	garbled: { lost: 'garbled', unseen: false, detail: 'this is no stream of events' },
};

/** The events of a `text/event-stream`. What is left at the end without its blank line is none (HTML standard, 9.2.6). */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent | NoReply, void> {
	for await (const raw of readRaw(chunks)) {
		const event = typeof raw === 'string' ? raw : await parse(raw);
		if (typeof event !== 'string') {
			yield event;
			continue;
		}
		yield losses[event];
		return;
	}
}

/** An event as it was written. */
interface RawEvent {
	readonly name: string;
	readonly data: string;
}

async function* readRaw(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawEvent | BodyFault, void> {
	const ready: RawEvent[] = [];
	let errors = 0;
	let isTooLarge = false;
	const parser = createParser({
		maxBufferSize: maxEvent,
		onEvent: ({ event, data }) => ready.push({ name: event ?? 'message', data }),
		onError: ({ type }) => {
			errors++;
			isTooLarge ||= type === 'max-buffer-size-exceeded';
		},
	});
	// Takes characters that are split between chunks, and the byte order mark.
	const decoder = new TextDecoder();
	let last = '';
	for await (const piece of inPieces(chunks, pieceSize)) {
		const text = decoder.decode(piece, { stream: true });
		parser.feed(text);
		last = text.at(-1) ?? last;
		yield* ready.splice(0);
		if (isTooLarge || errors > maxErrors) {
			yield isTooLarge ? 'too-large' : 'garbled';
			return;
		}
	}
	// The parser waits whether a line feed follows.
	if (last === '\r') parser.feed('\n');
	yield* ready;
}

/** JSON, with long base64 strings as bytes just as in a whole body; else the text itself. */
async function parse({ name, data }: RawEvent): Promise<ServerEvent | BodyFault> {
	const body = new JsonBody();
	for await (const piece of inPieces([Buffer.from(data)])) if (body.push(piece)) break;
	const read = body.end();
	if (typeof read !== 'string') return { name, data: read.json };
	return read === 'garbled' && data.length <= jsonLimits.text ? { name, data } : 'too-large';
}
