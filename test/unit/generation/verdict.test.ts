import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Charged, failureCodes } from '../../../src/domain/imageError';
import { type Outcome, type RequestKind, type Situation, verdictOn } from '../../../src/generation/verdict';
import type { LossReason } from '../../../src/providers/provider';
import { cell, columns, first, noon, phases, rowsOf, written } from './verdictTable';

/**
 * What is done after each answer. `any`: whether it is said in JSON of the provider's own form, by a page, or by nothing. `again 500`: the
 * same is sent once more after so many ms. `instead`, `resume`: the provider is asked what else there is to do; where it knows nothing it
 * failed so. Else: the failure's code and whether it may have been charged.
 */
const answers = `
| fault      | body | openai                      | lumenfall                   | custom                      | vincony                      | runware                     | replicate                    | runware poll                    | replicate poll                  | replicate before             |
| 401        | any  | bad-key no                  | bad-key no                  | bad-key no                  | bad-key no                   | bad-key no                  | bad-key no                   | bad-key unknown                 | bad-key unknown                 | bad-key no                   |
| 402        | any  | no-credit no                | no-credit no                | no-credit no                | no-credit no                 | no-credit no                | no-credit no                 | no-credit unknown               | no-credit unknown               | no-credit no                 |
| 403        | any  | bad-key no                  | bad-key no                  | bad-key no                  | bad-key no                   | bad-key no                  | bad-key no                   | bad-key unknown                 | bad-key unknown                 | bad-key no                   |
| 404        | json | instead invalid-request no  | instead invalid-request no  | instead invalid-request no  | instead model-unavailable no | instead invalid-request no  | instead model-unavailable no | instead invalid-request unknown | instead bad-reply unknown       | instead model-unavailable no |
| 404        | html | instead invalid-request no  | instead invalid-request no  | instead invalid-request no  | instead invalid-request no   | instead invalid-request no  | instead invalid-request no   | instead invalid-request unknown | instead bad-reply unknown       | instead invalid-request no   |
| 404        | none | instead invalid-request no  | instead invalid-request no  | instead invalid-request no  | instead invalid-request no   | instead invalid-request no  | instead invalid-request no   | instead invalid-request unknown | instead bad-reply unknown       | instead invalid-request no   |
| 408        | any  | timed-out no                | timed-out no                | timed-out no                | timed-out no                 | timed-out no                | timed-out no                 | timed-out unknown               | timed-out unknown               | timed-out no                 |
| 409        | any  | instead invalid-request no  | instead invalid-request no  | instead invalid-request no  | instead invalid-request no   | instead invalid-request no  | instead invalid-request no   | instead invalid-request unknown | instead invalid-request unknown | instead invalid-request no   |
| 413        | any  | too-large no                | too-large no                | too-large no                | too-large no                 | too-large no                | too-large no                 | too-large unknown               | too-large unknown               | too-large no                 |
| 422        | any  | instead invalid-request no  | instead invalid-request no  | instead invalid-request no  | instead invalid-request no   | instead invalid-request no  | instead invalid-request no   | instead invalid-request unknown | instead invalid-request unknown | instead invalid-request no   |
| 429        | any  | again 500                   | again 500                   | again 500                   | again 500                    | again 500                   | again 500                    | again 500                       | again 500                       | again 500                    |
| 429 2 s    | any  | again 2000                  | again 2000                  | again 2000                  | again 2000                   | again 2000                  | again 2000                   | again 2000                      | again 2000                      | again 2000                   |
| 429 date   | any  | again 9000                  | again 9000                  | again 9000                  | again 9000                   | again 9000                  | again 9000                   | again 9000                      | again 9000                      | again 9000                   |
| 429 10 min | any  | rate-limited no             | rate-limited no             | rate-limited no             | rate-limited no              | rate-limited no             | rate-limited no              | rate-limited unknown            | rate-limited unknown            | rate-limited no              |
| 500        | any  | resume server-error unknown | resume server-error unknown | resume server-error unknown | resume server-error unknown  | resume server-error unknown | resume server-error unknown  | again 500                       | again 500                       | again 500                    |
| 502        | any  | resume server-error unknown | resume server-error unknown | resume server-error unknown | resume server-error unknown  | resume server-error unknown | resume server-error unknown  | again 500                       | again 500                       | again 500                    |
| 503        | any  | again 500                   | again 500                   | again 500                   | again 500                    | again 500                   | again 500                    | again 500                       | again 500                       | again 500                    |
| 503 2 s    | any  | again 2000                  | again 2000                  | again 2000                  | again 2000                   | again 2000                  | again 2000                   | again 2000                      | again 2000                      | again 2000                   |
| 503 10 min | any  | server-error no             | server-error no             | server-error no             | server-error no              | server-error no             | server-error no              | server-error unknown            | server-error unknown            | server-error no              |
| 504        | any  | resume server-error unknown | resume server-error unknown | resume server-error unknown | resume server-error unknown  | resume timed-out unknown    | resume server-error unknown  | again 500                       | again 500                       | again 500                    |
`;

/** What is done after each way to have no answer, whoever was asked. `seen`: the server may have read the request. */
const losses = `
| lost        | seen | order                      | third try                  | after one that is open     | no tokens                  | poll                | eighth poll         | question       | open question       |
| unresolved  | no   | again 500                  | unreachable no             | again 500                  | unreachable no             | again 500           | unreachable unknown | again 500      | again 500           |
| unresolved  | yes  | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | again 500           | unreachable unknown | unreachable no | unreachable unknown |
| refused     | no   | again 500                  | unreachable no             | again 500                  | unreachable no             | again 500           | unreachable unknown | again 500      | again 500           |
| refused     | yes  | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | again 500           | unreachable unknown | unreachable no | unreachable unknown |
| certificate | no   | unreachable no             | unreachable no             | unreachable unknown        | unreachable no             | unreachable unknown | unreachable unknown | unreachable no | unreachable unknown |
| certificate | yes  | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | unreachable unknown | unreachable unknown | unreachable no | unreachable unknown |
| proxy       | no   | unreachable no             | unreachable no             | unreachable unknown        | unreachable no             | again 500           | unreachable unknown | unreachable no | unreachable unknown |
| proxy       | yes  | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | again 500           | unreachable unknown | unreachable no | unreachable unknown |
| reset       | no   | unreachable no             | unreachable no             | unreachable unknown        | unreachable no             | again 500           | unreachable unknown | unreachable no | unreachable unknown |
| reset       | yes  | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | resume unreachable unknown | again 500           | unreachable unknown | again 500      | again 500           |
| stalled     | no   | timed-out no               | timed-out no               | timed-out unknown          | timed-out no               | again 500           | timed-out unknown   | timed-out no   | timed-out unknown   |
| stalled     | yes  | resume timed-out unknown   | resume timed-out unknown   | resume timed-out unknown   | resume timed-out unknown   | again 500           | timed-out unknown   | again 500      | again 500           |
| timed-out   | no   | timed-out no               | timed-out no               | timed-out unknown          | timed-out no               | again 500           | timed-out unknown   | timed-out no   | timed-out unknown   |
| timed-out   | yes  | resume timed-out unknown   | resume timed-out unknown   | resume timed-out unknown   | resume timed-out unknown   | again 500           | timed-out unknown   | timed-out no   | timed-out unknown   |
| too-large   | no   | too-large no               | too-large no               | too-large unknown          | too-large no               | too-large unknown   | too-large unknown   | too-large no   | too-large unknown   |
| too-large   | yes  | resume too-large unknown   | resume too-large unknown   | resume too-large unknown   | resume too-large unknown   | too-large unknown   | too-large unknown   | too-large no   | too-large unknown   |
| garbled     | no   | bad-reply no               | bad-reply no               | bad-reply unknown          | bad-reply no               | again 500           | bad-reply unknown   | bad-reply no   | bad-reply unknown   |
| garbled     | yes  | resume bad-reply unknown   | resume bad-reply unknown   | resume bad-reply unknown   | resume bad-reply unknown   | again 500           | bad-reply unknown   | bad-reply no   | bad-reply unknown   |
`;

describe('the rules of money', () => {
	for (const [fault = '', body = '', ...cells] of rowsOf(answers, ['fault', 'body', ...Object.keys(columns)])) {
		for (const each of body === 'any' ? ['json', 'html', 'none'] : [body]) {
			it(`after ${fault} (${each})`, () => {
				assert.deepEqual(
					Object.keys(columns).map((column) => cell(column, fault, each)),
					cells,
				);
			});
		}
	}

	for (const [reason = '', seen, ...cells] of rowsOf(losses, ['lost', 'seen', ...Object.keys(phases)])) {
		it(`after ${reason}, ${seen === 'yes' ? 'seen' : 'unseen'}`, () => {
			const lost = reasons.find((each) => each === reason) ?? assert.fail(reason);
			const outcome = { lost, unseen: seen === 'no' };
			const found = Object.values(phases).map((phase) => written(verdictOn({ ...first, ...phase, outcome })));
			assert.deepEqual(found, cells);
		});
	}

	it('know every reason why an answer is lost', () => {
		const named = rowsOf(losses, ['lost', 'seen', ...Object.keys(phases)]).map(([reason]) => reason);
		assert.deepEqual(new Set(named), new Set(reasons));
	});
});

const reasons: LossReason[] = [
	'unresolved',
	'refused',
	'certificate',
	'proxy',
	'reset',
	'stalled',
	'timed-out',
	'too-large',
	'garbled',
];

const failure = fc.record(
	{
		code: fc.constantFrom(...failureCodes),
		charged: fc.constantFrom<Charged>('no', 'yes', 'unknown'),
		wait: fc.double({ min: 0, max: 1000, noNaN: true }),
	},
	{ requiredKeys: ['code', 'charged'] },
);
const headers = fc.constantFrom<Readonly<Record<string, string>>>(
	{},
	{ 'retry-after': 'Sat, 21 Nov 2026 12:00:09 GMT' },
	{ 'retry-after': 'soon' },
	{ 'x-should-retry': 'false' },
	{ 'x-should-retry': 'true' },
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
	fc.record({ lost: fc.constantFrom(...reasons), unseen: fc.boolean() }),
	fc.record({ status: fc.integer({ min: 200, max: 599 }), headers, failure }),
);
const kind = fc.constantFrom<RequestKind>('billed', 'poll', 'free');
const situation: fc.Arbitrary<Situation> = fc.record({
	kind,
	outcome,
	attempt: fc.integer({ min: 1, max: 10 }),
	isOpen: fc.boolean(),
	tokens: fc.integer({ min: 0, max: 100 }),
	now: fc.constant(noon),
	random: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

/** Whether the server may have taken an order on. */
function mayBeTaken(told: Outcome): boolean {
	if ('lost' in told) return !told.unseen;
	return told.status < 300 || (told.status >= 500 && told.status !== 503);
}

describe('whatever becomes of a request', () => {
	it('is not paid twice: an order is repeated only where nobody saw it, or after 429 or 503', () => {
		fc.assert(
			fc.property(situation, (facts) => {
				if (facts.kind !== 'billed' || verdictOn(facts).do !== 'repeat') return;
				const { outcome: told } = facts;
				assert.ok('lost' in told ? told.unseen : [429, 503].includes(told.status));
			}),
			{ numRuns: 2000 },
		);
	});

	it('is not said to cost nothing where an order may have been taken on, now or before', () => {
		fc.assert(
			fc.property(situation, (facts) => {
				const verdict = verdictOn(facts);
				if (!('charged' in verdict)) return;
				if (facts.isOpen) assert.equal(verdict.charged, 'unknown');
				const isJudged = !('lost' in facts.outcome) && !isBreakdown(facts.outcome.failure?.code);
				if (facts.kind === 'billed' && mayBeTaken(facts.outcome) && !isJudged) assert.equal(verdict.charged, 'unknown');
				if (facts.kind !== 'billed' && !facts.isOpen) assert.equal(verdict.charged, 'no');
			}),
			{ numRuns: 2000 },
		);
	});

	it('comes to an end: after three tries, after eight where the work is paid, and soon', () => {
		fc.assert(
			fc.property(situation, (facts) => {
				const verdict = verdictOn(facts);
				if (verdict.do !== 'repeat') return;
				const isPoll = facts.kind === 'poll';
				assert.ok(facts.attempt < (isPoll ? 8 : 3));
				assert.ok(verdict.afterMs >= 0 && verdict.afterMs <= (isPoll ? 300_000 : 60_000));
				assert.ok(isPoll || facts.tokens >= 5);
			}),
			{ numRuns: 2000 },
		);
	});

	it('is read where the server took it on, and only there', () => {
		fc.assert(
			fc.property(situation, (facts) => {
				const isGood = !('lost' in facts.outcome) && facts.outcome.status < 300;
				assert.equal(verdictOn(facts).do === 'read', isGood);
			}),
			{ numRuns: 2000 },
		);
	});
});

function isBreakdown(code: string | undefined): boolean {
	return code === 'server-error' || code === 'timed-out';
}

const after = (told: Outcome, changes: Partial<Situation> = {}) =>
	written(verdictOn({ ...first, kind: 'billed', outcome: told, ...changes }));
const limited = (wait?: number, more: Readonly<Record<string, string>> = {}): Outcome => ({
	status: 429,
	headers: more,
	failure: { code: 'rate-limited', charged: 'no', ...(wait !== undefined && { wait }) },
});

describe('the pause before a request is sent again', () => {
	it('is what the server names, up to a minute; for paid work up to five', () => {
		assert.deepEqual(
			[0, 0.03, 1.5, 60].map((wait) => after(limited(wait))),
			['again 0', 'again 30', 'again 1500', 'again 60000'],
		);
		assert.equal(after(limited(60.1)), 'rate-limited no');
		const poll = { kind: 'poll', isOpen: true } as const;
		assert.deepEqual([after(limited(300), poll), after(limited(301), poll)], ['again 300000', 'rate-limited unknown']);
	});

	it('is over where the date that it names is', () => {
		assert.equal(after(limited(undefined, { 'retry-after': 'Fri, 20 Nov 2026 00:00:00 GMT' })), 'again 0');
		assert.equal(after(limited(undefined, { 'retry-after': 'Sat, 21 Nov 2026 13:00:00 GMT' })), 'rate-limited no');
	});

	it('else is any part of a time that doubles: however many wait, they do not come back together', () => {
		const busy: Outcome = { status: 503, headers: {} };
		const pauses = [0, 0.25, 0.999].map((random) => [1, 2].map((attempt) => after(busy, { random, attempt })));
		assert.deepEqual(pauses, [
			['again 0', 'again 0'],
			['again 250', 'again 500'],
			['again 999', 'again 1998'],
		]);
		const polls = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => after(busy, { kind: 'poll', attempt, isOpen: true }));
		assert.deepEqual(polls.slice(4), ['again 8000', 'again 16000', 'again 32000', 'server-error unknown']);
	});

	it('does not help where the server says so, or where the credit is gone', () => {
		assert.equal(after({ status: 503, headers: { 'x-should-retry': 'false' } }), 'server-error no');
		const gone = { code: 'no-credit', charged: 'no' } as const;
		assert.equal(after({ status: 429, headers: {}, failure: gone }), 'no-credit no');
	});

	it('is none where the server answers: a redirect is not followed', () => {
		assert.equal(after({ status: 307, headers: {}, failure: { code: 'unsafe-url', charged: 'no' } }), 'unsafe-url no');
		assert.equal(after({ status: 204, headers: {} }), 'read');
	});
});
