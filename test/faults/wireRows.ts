import type { Answer, Reply } from '../servers/answer';
import type { Fault } from '../servers/fault';
import { answerFaults, cut, moved } from '../servers/faultAnswers';
import { isPoll } from './column';
import { each, lostAnswer, openAndCharged, openAndFree, refused, type Row, well } from './row';

const broken = ['unreachable', 'bad-reply'] as const;
const late = ['timed-out'] as const;

/** Something that refuses, said in another way: nothing is done, and nobody sees why. */
function before(says: string, retell: NonNullable<Fault['retell']>): Fault {
	return { says, refusal: { status: 400, type: '', code: 'invalid_value', message: 'no' }, retell };
}

function torn(reply: Reply, share: number): Answer {
	return { ...cut(reply, share), ending: 'torn' };
}

/** A byte now and then, for ever. */
async function* dripping(pause: () => Promise<void>, byte: string): AsyncGenerator<string> {
	for (;;) {
		await pause();
		yield byte;
	}
}

function drip(start: string, byte: string): NonNullable<Fault['answer']> {
	return ({ headers }, { pause }) => ({
		status: 200,
		headers,
		body: (async function* () {
			yield start;
			yield* dripping(pause, byte);
		})(),
	});
}

/** After the work was done, and whoever cannot ask does not know. */
function lost(name: string, fault: Fault, codes: readonly ('unreachable' | 'bad-reply' | 'timed-out')[]): Row {
	return { name, group: 'wire', befall: each(fault), pauseMs: 100, expected: lostAnswer(...codes) };
}

const afterTheWork: readonly Row[] = [
	lost('reset before the headers', answerFaults.reset, broken),
	lost('ends after the headers', answerFaults['reset-body'], broken),
	lost('reset after the headers', { says: 'torn', answer: (reply) => torn(reply, 0) }, broken),
	lost('reset in the body', { says: 'torn', answer: (reply) => torn(reply, 0.5) }, broken),
	lost('cut short by length', answerFaults.cut, broken),
	lost('cut short in chunks', answerFaults['cut-chunked'], broken),
	lost('silence before the headers', answerFaults.hang, late),
	lost(
		'silence after the headers',
		{ says: 'mute', answer: (reply) => ({ ...cut(reply, 0), ending: 'silence' }) },
		late,
	),
	lost('silence in the body', answerFaults.stall, late),
	lost('a byte now and then', { says: 'drip', answer: drip('{"data":[{"b64_json":"', 'A') }, late),
	lost('blanks now and then', { says: 'blanks', answer: drip(' ', ' ') }, late),
];

/** The same by the editor's `fetch`. */
const byFetch = afterTheWork.map((row): Row => ({
	...row,
	name: `${row.name}, by fetch`,
	conditions: { transport: 'editor' },
}));

const beforeTheWork: readonly Row[] = [
	{
		name: 'reset before the work',
		group: 'wire',
		befall: each(before('reset', () => 'reset')),
		expected: () => ({ ...openAndFree(...broken, 'server-error'), told: ['no', 'unknown'] }),
	},
	{
		name: 'silence before the work',
		group: 'wire',
		befall: each(before('silence', () => 'silence')),
		// Who can ask does so, and is told that nobody knows of it; then it is sent once more under its id, and hangs again.
		expected: ({ asksAgain }) => ({ ...openAndFree(...late, 'server-error'), ...(asksAgain && { withinMs: 4000 }) }),
	},
	{
		name: 'redirect 301',
		group: 'wire',
		befall: each(before('moved', (_, { elsewhere, request }) => moved(301, `${elsewhere}${request.path}`))),
		expected: () => refused('unsafe-url'),
	},
	{
		name: 'redirect 307',
		group: 'wire',
		befall: each(before('moved', (_, { elsewhere, request }) => moved(307, `${elsewhere}${request.path}`))),
		expected: () => refused('unsafe-url'),
	},
	{
		name: 'redirect 307, by fetch',
		group: 'wire',
		conditions: { transport: 'editor' },
		befall: each(before('moved', (_, { elsewhere, request }) => moved(307, `${elsewhere}${request.path}`))),
		expected: () => refused('unsafe-url'),
	},
	{
		name: 'redirect in a loop',
		group: 'wire',
		befall: each(before('moved', (_, { request }) => moved(308, request.path))),
		expected: () => refused('unsafe-url'),
	},
];

const well4: Row[] = [
	{ name: 'slow, but whole', group: 'wire', befall: each(answerFaults.slow), pauseMs: 100, expected: well },
];

/** What befalls the question how work is getting on. It is paid for by then. */
function poll(name: string, fault: Fault, times: number, expected: Row['expected']): Row {
	return {
		name: `poll: ${name}`,
		group: 'polls',
		of: ({ polls }) => polls === true,
		befall: each(fault, { times, when: isPoll }),
		pauseMs: 100,
		expected,
	};
}

const page = { says: 'a page', answer: answerFaults['502-html'].answer };

const polls: readonly Row[] = [
	poll('500 once', { says: '500', answer: answerFaults['500'].answer }, 1, well),
	poll('502 twice', page, 2, well),
	poll(
		'429 once',
		{ says: '429', answer: () => ({ status: 429, headers: { 'retry-after': '1' }, body: '' }) },
		1,
		well,
	),
	poll('reset once', { says: 'reset', answer: () => 'reset' }, 1, well),
	poll('cut short once', { says: 'cut', answer: (reply) => torn(reply, 0.5) }, 1, well),
	poll('silence once', { says: 'silence', answer: () => 'silence' }, 1, well),
	poll('no JSON once', { says: 'no JSON', answer: answerFaults['bad-json'].answer }, 1, well),
	poll('502 always', page, Infinity, () => openAndCharged('server-error', 'timed-out')),
	poll('reset always', { says: 'reset', answer: () => 'reset' }, Infinity, () =>
		openAndCharged('unreachable', 'timed-out'),
	),
];

const neighbours: readonly Row[] = [
	{
		name: 'unknown name',
		group: 'before sending',
		neighbour: 'unknown name',
		expected: () => ({ ...refused('unreachable'), unsent: true }),
	},
	{
		name: 'unknown name, by fetch',
		group: 'before sending',
		neighbour: 'unknown name',
		conditions: { transport: 'editor' },
		expected: () => ({ ...refused('unreachable'), unsent: true }),
	},
	{
		name: 'closed port',
		group: 'before sending',
		neighbour: 'closed',
		expected: () => ({ ...refused('unreachable'), unsent: true }),
	},
	{
		name: 'closed port, by fetch',
		group: 'before sending',
		neighbour: 'closed',
		conditions: { transport: 'editor' },
		expected: () => ({ ...refused('unreachable'), unsent: true }),
	},
	{
		name: 'self-signed certificate',
		group: 'before sending',
		neighbour: 'self-signed',
		expected: () => ({ ...refused('unreachable'), unsent: true }),
	},
	{
		name: 'self-signed certificate, by fetch',
		group: 'before sending',
		neighbour: 'self-signed',
		conditions: { transport: 'editor' },
		expected: () => ({ ...refused('unreachable'), unsent: true }),
	},
	{
		name: 'reset as soon as connected',
		group: 'before sending',
		neighbour: 'resets at once',
		expected: () => ({ ...refused('unreachable'), told: ['no', 'unknown'] }),
	},
	{
		name: '407 of a proxy',
		group: 'before sending',
		befall: each(before('407', () => ({ status: 407, headers: { 'proxy-authenticate': 'Basic' }, body: '' }))),
		expected: () => refused('unreachable'),
	},
	{
		name: '407 of a proxy, by fetch',
		group: 'before sending',
		conditions: { transport: 'editor' },
		befall: each(before('407', () => ({ status: 407, headers: { 'proxy-authenticate': 'Basic' }, body: '' }))),
		// This `fetch` has no words for it: nobody can know what it was.
		expected: () => ({ ...refused('unreachable'), told: ['no', 'unknown'] }),
	},
];

/** What goes wrong on the way. */
export const wireRows: readonly Row[] = [
	...neighbours,
	...beforeTheWork,
	...afterTheWork,
	...byFetch,
	...well4,
	...polls,
];
