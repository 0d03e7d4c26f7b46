import type { FailureCode } from '../../src/domain/imageError';
import { type Answer, bearer, json, page, type RefusalFacts, type Reply } from '../servers/answer';
import type { Fault } from '../servers/fault';
import type { Column } from './column';
import { always, each, type Expected, lostAnswer, openAndFree, refused, type Row, well } from './row';

const forms = ['JSON', 'HTML', 'empty'] as const;

type Form = (typeof forms)[number];

/** What a code is called in OpenAI's words, and in Runware's: a server's own code counts for more than the status. */
const words: Readonly<Record<number, readonly [openai: string | null, runware: string]>> = {
	401: ['invalid_api_key', 'invalidApiKey'],
	402: ['insufficient_balance', 'insufficientCredits'],
	403: [null, 'insufficientPermissions'],
	404: ['model_not_found', 'modelNotFound'],
	408: [null, 'requestTimeout'],
	409: [null, 'conflictParameters'],
	413: ['request_too_large', 'valueTooLarge'],
	422: ['invalid_value', 'invalidPixels'],
	429: ['rate_limit_exceeded', 'rateLimitExceeded'],
	500: ['server_error', 'internalServerError'],
	502: [null, 'unknownError'],
	503: ['server_overloaded', 'serviceUnavailable'],
	504: [null, 'timeoutProvider'],
};

/** Every server says the key that it was sent: nobody may see it. */
function facts(status: number, { provider }: Column, headers: RefusalFacts['headers'] = {}): RefusalFacts {
	const [openai, runware] = words[status] ?? [null, 'unknownError'];
	const code = provider === 'runware' ? runware : openai;
	return { status, type: 'invalid_request_error', code, message: `No (${status}), said to {key}.`, headers };
}

function told(form: Form, status: number, headers: Readonly<Record<string, string>>, key: string): Reply | undefined {
	switch (form) {
		case 'JSON':
			return undefined;
		case 'HTML': {
			const said = page(status, `${status} for ${key}`);
			return { ...said, headers: { ...said.headers, 'x-request-id': key, ...headers } };
		}
		case 'empty':
			return { status, headers, body: '' };
	}
}

/** Before the work. */
function before(status: number, form: Form, column: Column, headers: Readonly<Record<string, string>> = {}): Fault {
	return {
		says: `${status}, ${form}`,
		refusal: facts(status, column, headers),
		retell: (reply, { request }): Answer => told(form, status, headers, bearer(request)) ?? reply,
	};
}

/** After it. */
function after(status: number, form: Form): Fault {
	return {
		says: `${status}, ${form}, after the work`,
		answer: (_, { request }) => {
			const error = { message: `Broken, for ${bearer(request)}.`, type: 'server_error', param: null, code: null };
			return told(form, status, {}, bearer(request)) ?? json(status, { error });
		},
	};
}

const refusals: Readonly<Record<number, readonly FailureCode[]>> = {
	401: ['bad-key'],
	402: ['no-credit'],
	403: ['bad-key', 'refused', 'model-unavailable'],
	// A wrong address answers so as well as an unknown model.
	404: ['model-unavailable', 'invalid-request'],
	413: ['too-large', 'invalid-request'],
	422: ['invalid-request', 'refused', 'unsupported'],
	503: ['server-error', 'rate-limited'],
};

/** Whoever answers so has most often done nothing; nobody promises it. */
const doubtful: Readonly<Record<number, readonly FailureCode[]>> = {
	408: ['timed-out'],
	409: ['invalid-request', 'server-error'],
};

const broken: Readonly<Record<number, readonly FailureCode[]>> = {
	500: ['server-error'],
	502: ['server-error'],
	504: ['server-error', 'timed-out'],
};

const refusing = rowsOf(refusals, 'status', before, (codes) => refused(...codes));
const doubted = rowsOf(doubtful, 'status', before, (codes) => ({ ...openAndFree(...codes), told: ['no', 'unknown'] }));
/** Whoever asks for the work hears that nobody knows of it: then it never was. */
const breaking = rowsOf(broken, 'status before the work', before, (codes, column) =>
	column.asksAgain ? { ...openAndFree(...codes), told: ['no', 'unknown'] } : openAndFree(...codes),
);
const breakingLate = rowsOf(
	broken,
	'status after the work',
	(status, form) => after(status, form),
	(codes, column) => lostAnswer(...codes)(column),
);

function rowsOf(
	table: Readonly<Record<number, readonly FailureCode[]>>,
	group: string,
	faultOf: (status: number, form: Form, column: Column) => Fault,
	expectedOf: (codes: readonly FailureCode[], column: Column) => Expected,
): readonly Row[] {
	return Object.entries(table).flatMap(([status, codes]) =>
		forms.map((form) => ({
			name: `${status} ${form}`,
			group,
			befall: (column: Column) => [{ fault: faultOf(Number(status), form, column), options: always }],
			expected: (column: Column) => expectedOf(codes, column),
		})),
	);
}

function limited(name: string, headers: Readonly<Record<string, string>>, form: Form, times: number): Row {
	return {
		name: `429 ${name}`,
		group: 'rate limits',
		befall: (column) => [{ fault: before(429, form, column, headers), options: { times } }],
		expected: (column) => (times === Infinity ? refused('rate-limited') : well(column)),
	};
}

const limits: readonly Row[] = [
	limited('1 s, once', { 'retry-after': '1' }, 'JSON', 1),
	limited('1 s, always', { 'retry-after': '1' }, 'JSON', Infinity),
	limited('a date, once', { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 'JSON', 1),
	limited('a date, always', { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 'JSON', Infinity),
	limited('no pause named, once', {}, 'HTML', 1),
	limited('no pause named, always', {}, 'JSON', Infinity),
	limited('HTML, always', {}, 'HTML', Infinity),
	limited('empty, always', {}, 'empty', Infinity),
	limited('10 min', { 'retry-after': '600' }, 'JSON', Infinity),
	limited('a pause that is none', { 'retry-after': '-1, soon' }, 'JSON', Infinity),
	{
		name: '503 1 s, once',
		group: 'rate limits',
		befall: (column) => [{ fault: before(503, 'JSON', column, { 'retry-after': '1' }), options: { times: 1 } }],
		expected: well,
	},
];

/** What servers and what stands before them answer with a status. */
export const statusRows: readonly Row[] = [
	{ name: 'nothing goes wrong', group: 'status', expected: well },
	{
		name: 'nothing goes wrong, by fetch',
		group: 'status',
		conditions: { transport: 'editor' },
		expected: well,
	},
	...refusing,
	...doubted,
	...limits,
	...breaking,
	...breakingLate,
	{
		name: '500 JSON, once',
		group: 'status after the work',
		befall: each(after(500, 'JSON'), { times: 1 }),
		expected: lostAnswer('server-error'),
	},
];
