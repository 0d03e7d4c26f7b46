import type { FailureCode } from '../../src/domain/imageError';
import { bearer, json, type Reply } from '../servers/answer';
import type { Fault } from '../servers/fault';
import { answerFaults } from '../servers/faultAnswers';
import { pictureFaults } from '../servers/faultPictures';
import type { Column } from './column';
import { charged, each, type Expected, type Row, well } from './row';

/** What is read as an answer, and is none. */
const unread: readonly FailureCode[] = ['bad-reply'];

/** Work was done, and what came of it is not to be read: who can ask does so, and gets it. */
function nonsense(name: string, answer: NonNullable<Fault['answer']>, codes = unread): Row {
	return {
		name,
		group: 'content',
		befall: each({ says: name, answer }),
		expected: (column) => (column.asksAgain ? well(column) : { ...charged(0, ...codes) }),
	};
}

function says(name: string, value: unknown, codes = unread): Row {
	return nonsense(name, () => json(200, value), codes);
}

/** Text that JSON itself would not make. */
function text(name: string, body: string): Row {
	return nonsense(name, () => ({ ...json(200, {}), body }));
}

const shapes: readonly Row[] = [
	nonsense('half a JSON text', answerFaults['bad-json'].answer),
	text('lists inside lists, 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
	text('objects inside objects, endless', '{"data":'.repeat(60_000)),
	text('nothing', ''),
	text('blanks', ' \n\t'),
	text('null', 'null'),
	text('a number with 100,000 digits', `{"data":[{"b64_json":${'9'.repeat(100_000)}}]}`),
	text('a name twice', '{"data":[],"data":[{"b64_json":1}],"data":"no"}'),
	text('text after the end', '{"data":[]}{"data":[]}'),
	text('bytes that are no UTF-8', '{"data":"\uDC80\uDFFF"}'),
	nonsense('another shape', answerFaults['bad-shape'].answer),
	says('an empty list', []),
	says('a list of everything', [null, 5, 'x', [], {}, true]),
	says('data of everything', { data: [null, 5, 'x', [], {}, true, { b64_json: null, url: null }] }),
	says('data as an object', { data: { b64_json: {}, url: [] }, choices: { 0: {} }, output: {}, id: 5, status: [] }),
	says('choices of nothing', { choices: [null, { message: null }, { message: { images: 'none', content: 7 } }] }),
	text('__proto__', '{"__proto__":{"data":[{"url":"x"}]},"constructor":{"prototype":{}},"data":[{"__proto__":null}]}'),
	nonsense('a page', answerFaults.html.answer),
	// Words instead of a picture are most often a refusal.
	nonsense('a sentence', answerFaults.text.answer, ['bad-reply', 'refused']),
	nonsense('an error in a 200', answerFaults['error-in-200'].answer, ['server-error', 'bad-reply']),
	nonsense(
		'an error in a 200 with the key',
		(_, { request }) => json(200, { error: `It broke for ${bearer(request)}.`, data: [] }),
		['server-error', 'bad-reply', 'refused', 'invalid-request'],
	),
	nonsense('204', () => ({ status: 204, headers: {}, body: '' })),
];

/** The answer is as it should be, its pictures are not. */
function pictures(name: string, fault: Fault, expected: (column: Column) => Expected): Row {
	return { name, group: 'pictures', befall: each(fault), expected: orWords(expected) };
}

/** A chat's answer that has words and no picture is a refusal. */
function orWords(expected: (column: Column) => Expected): (column: Column) => Expected {
	return (column) => {
		const own = expected(column);
		return column.provider === 'vincony' && own.codes.length > 0 ? { ...own, codes: [...own.codes, 'refused'] } : own;
	};
}

const notOne: readonly FailureCode[] = ['bad-reply'];

const wrongPictures: readonly Row[] = [
	pictures('a page for the first', pictureFaults['not-an-image'], ({ n }) => charged(n - 1, ...notOne)),
	pictures('no bytes for the first', pictureFaults['zero-bytes'], ({ n }) => charged(n - 1, ...notOne)),
	pictures('a GIF for the first', pictureFaults['wrong-type'], (column) => ({ ...well(column) })),
	pictures('60000 pixels square', pictureFaults['pixel-bomb'], ({ n }) => charged(n - 1, 'too-large')),
	pictures('none', pictureFaults.empty, ({ polls }) => ({
		...charged(0, 'bad-reply', 'timed-out'),
		// Asked for, for minutes.
		...(polls && { withinMs: 6000 }),
	})),
	pictures('one less', pictureFaults.fewer, ({ n }) => charged(n - 1, 'bad-reply', 'timed-out')),
	pictures('one more', pictureFaults.more, ({ n }) => ({ ...charged(n) })),
	// Twice the same is one.
	pictures('the same twice', pictureFaults.duplicate, () => ({ ...charged(1) })),
	{
		name: 'base64 that is none',
		group: 'pictures',
		of: (column) => !column.polls,
		befall: each({ says: 'garbled', answer: garbled }),
		expected: orWords(() => charged(0, 'bad-reply')),
	},
];

/** Letters that no base64 has, in the middle of each. */
async function garbledText({ body }: Reply): Promise<string> {
	const chunks: Buffer[] = [];
	if (typeof body === 'string' || body instanceof Uint8Array) chunks.push(Buffer.from(body));
	else for await (const chunk of body) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks)
		.toString()
		.replaceAll(/([\w+/]{40})([\w+/=]{40,})/g, '$1@@@@$2');
}

function garbled(reply: Reply): Reply {
	const body = (async function* () {
		yield await garbledText(reply);
	})();
	return { ...reply, body };
}

/** What is said in events. */
function streamed(name: string, answer: NonNullable<Fault['answer']>, expected: (column: Column) => Expected): Row {
	return {
		name,
		group: 'streams',
		of: ({ streams }) => streams === true,
		befall: each({ says: name, answer }),
		pauseMs: 100,
		expected,
	};
}

function events(body: string): NonNullable<Fault['answer']> {
	return () => ({ status: 200, headers: { 'content-type': 'text/event-stream' }, body });
}

async function* withoutEnd(reply: Reply, pause: () => Promise<void>): AsyncGenerator<string | Uint8Array> {
	if (typeof reply.body === 'string' || reply.body instanceof Uint8Array) yield reply.body;
	else yield* reply.body;
	for (;;) {
		await pause();
		yield ': still here\n\n';
	}
}

const streams: readonly Row[] = [
	streamed('the last event is missing', answerFaults.cut.answer, () => charged(0, 'bad-reply')),
	streamed('an error for the last event', answerFaults['stream-error'].answer, () =>
		charged(0, 'server-error', 'bad-reply'),
	),
	streamed('no events', events(''), () => charged(0, 'bad-reply')),
	streamed('comments', events(': hello\n\n'.repeat(1000)), () => charged(0, 'bad-reply')),
	streamed('lines that mean nothing', events('what?\n'.repeat(5000)), () => charged(0, 'bad-reply')),
	streamed('events without JSON', events('event: image\ndata: {"a":\n\ndata: [DONE]\n\n'), () =>
		charged(0, 'bad-reply'),
	),
	streamed('events of any shape', events('data: null\n\ndata: []\n\ndata: {"type":5,"choices":[null]}\n\n'), () =>
		charged(0, 'bad-reply'),
	),
	streamed('half an event', events('event: image_generation.completed\ndata: {"b64_json":"iVBOR'), () =>
		charged(0, 'bad-reply'),
	),
	streamed('no partial pictures', answerFaults['no-partials'].answer, well),
	streamed('[DONE] at the end', answerFaults.done.answer, well),
	streamed('all events, then no end', (reply, { pause }) => ({ ...reply, body: withoutEnd(reply, pause) }), well),
	streamed('all events, then silence', (reply) => ({ ...reply, ending: 'silence' }), well),
];

/** What is said in an answer that is whole. */
export const contentRows: readonly Row[] = [...shapes, ...wrongPictures, ...streams];
