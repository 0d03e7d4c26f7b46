import { createParser } from 'eventsource-parser';
import type { NoReply, ServerEvent } from '../providers/provider';
import { JsonBody, jsonLimits, pictureFrom } from './jsonBody';

/** Characters of one event: a picture in base64, and some text. */
const maxEvent = Math.ceil((jsonLimits.picture * 4) / 3) + jsonLimits.text;

/** The events of a `text/event-stream`. What is left at the end without its blank line is none (HTML standard, 9.2.6). */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent | NoReply, void> {
	const ready: ServerEvent[] = [];
	let isTooLarge = false;
	const parser = createParser({
		maxBufferSize: maxEvent,
		onEvent: ({ event, data }) => ready.push({ name: event ?? 'message', data: parseData(data) }),
		onError: ({ type }) => (isTooLarge ||= type === 'max-buffer-size-exceeded'),
	});
	// Takes characters that are split between chunks, and the byte order mark.
	const decoder = new TextDecoder();
	let last = '';
	for await (const chunk of chunks) {
		const text = decoder.decode(chunk, { stream: true });
		parser.feed(text);
		last = text.at(-1) ?? last;
		yield* ready.splice(0);
		if (isTooLarge) {
			yield { lost: 'too-large', unseen: false, detail: 'an event is too large' };
			return;
		}
	}
	// The parser waits whether a line feed follows.
	if (last === '\r') parser.feed('\n');
	yield* ready;
}

/** JSON, with long base64 strings as bytes just as in a whole body; else the text itself. */
function parseData(data: string): unknown {
	if (data.length >= pictureFrom) return parseLong(data);
	try {
		return JSON.parse(data);
	} catch {
		return data;
	}
}

function parseLong(data: string): unknown {
	const body = new JsonBody({ ...jsonLimits, text: maxEvent });
	body.push(Buffer.from(data));
	const read = body.end();
	return typeof read === 'string' ? data : read.json;
}
