import { dialects } from '../../../src/generation/dialects';
import { type RequestKind, type Situation, type Verdict, verdictOn } from '../../../src/generation/verdict';
import { type CallState, type Provider, type Reply, unbegun } from '../../../src/providers/provider';
import { callOf } from './scripted';

/** Noon of some day, ms since 1970. */
export const noon = Date.UTC(2026, 10, 21, 12);

/** A first try with nothing before it, which luck would make wait for half of the longest pause. */
export const first: Omit<Situation, 'outcome' | 'kind'> = {
	attempt: 1,
	isOpen: false,
	tokens: 100,
	now: noon,
	random: 0.5,
};

/** `read`, `again 500`, `bad-key no`, `resume server-error unknown`. */
export function written(verdict: Verdict): string {
	switch (verdict.do) {
		case 'read':
			return 'read';
		case 'repeat':
			return `again ${verdict.afterMs}`;
		case 'ask':
			return `${verdict.how} ${verdict.code} ${verdict.charged}`;
		case 'fail':
			return `${verdict.code} ${verdict.charged}`;
	}
}

/** What was sent, by its column: to whom, as what, and when. */
export const columns: Readonly<Record<string, { readonly provider: string; readonly kind: RequestKind }>> = {
	openai: { provider: 'openai', kind: 'billed' },
	lumenfall: { provider: 'lumenfall', kind: 'billed' },
	custom: { provider: 'custom', kind: 'billed' },
	vincony: { provider: 'vincony', kind: 'billed' },
	runware: { provider: 'runware', kind: 'billed' },
	replicate: { provider: 'replicate', kind: 'billed' },
	'runware poll': { provider: 'runware', kind: 'poll' },
	'replicate poll': { provider: 'replicate', kind: 'poll' },
	'replicate before': { provider: 'replicate', kind: 'free' },
};

const headers: Readonly<Record<string, Reply['headers']>> = {
	'2 s': { 'retry-after': '2' },
	date: { 'retry-after': 'Sat, 21 Nov 2026 12:00:09 GMT' },
	'10 min': { 'retry-after': '600' },
	'': {},
};

const page = '<html><body><h1>Bad</h1></body></html>';

/** An error in the provider’s own form, without a code that anybody knows. */
const errors: Readonly<Record<string, unknown>> = {
	openai: { error: { message: 'No.', type: 'other', code: null, param: null } },
	lumenfall: { error: { message: 'No.', type: 'other', code: 'OTHER' } },
	custom: { detail: 'No.' },
	vincony: { error: { message: 'No.' } },
	runware: { data: [], errors: [{ code: 'other', message: 'No.', parameter: '', taskUUID: '' }] },
	replicate: { title: 'No.', detail: 'No.', status: 400 },
};

/** `429 2 s`: a status, and how long to wait. */
function replyOf(fault: string, body: string, provider: string): Reply {
	const [, status = '', after = ''] = /^(\d+) ?(.*)$/.exec(fault) ?? [];
	const reply = { status: Number(status), headers: headers[after] ?? {} };
	if (body === 'json') return { ...reply, json: errors[provider] };
	return body === 'html' ? { ...reply, text: page } : reply;
}

const states: Readonly<Record<RequestKind, CallState>> = {
	billed: unbegun,
	free: unbegun,
	poll: { ticket: 'abc', handed: [], polls: 2 },
};

function dialectOf(provider: string): Provider {
	const dialect = dialects.get(provider);
	if (!dialect) throw new Error(`Nothing speaks to ${provider}.`);
	return dialect;
}

/** One cell of the table. */
export function cell(column: string, fault: string, body: string): string {
	const { provider, kind } = columns[column] ?? { provider: column, kind: 'billed' };
	const reply = replyOf(fault, body, provider);
	const { offer } = callOf();
	const asked = { offer: { ...offer, provider } };
	// What replicate describes comes before its order, which is the first of its polls.
	const state = provider === 'replicate' && kind === 'billed' ? { ...states.billed, polls: 1 } : states[kind];
	const failure = dialectOf(provider).failure(reply, asked, state);
	return written(verdictOn({ ...first, kind, isOpen: kind === 'poll', outcome: { ...reply, failure } }));
}

/** When an exchange is lost: what was asked for, and what is known by then. */
export const phases: Readonly<Record<string, Omit<Situation, 'outcome'>>> = {
	order: { ...first, kind: 'billed' },
	'third try': { ...first, kind: 'billed', attempt: 3 },
	'after one that is open': { ...first, kind: 'billed', isOpen: true },
	'no tokens': { ...first, kind: 'billed', tokens: 4 },
	poll: { ...first, kind: 'poll', isOpen: true },
	'eighth poll': { ...first, kind: 'poll', isOpen: true, attempt: 8 },
	question: { ...first, kind: 'free' },
	'open question': { ...first, kind: 'free', isOpen: true },
};

/** The cells of a table that has these columns, row by row. */
export function rowsOf(table: string, names: readonly string[]): string[][] {
	const lines = table.trim().split('\n');
	const [head = [], ...rows] = lines.map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((each) => each.trim()),
	);
	if (head.join() !== names.join()) throw new Error(`The table has other columns: ${head.join(', ')}`);
	return rows;
}
