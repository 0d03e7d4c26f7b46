import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PictureFile } from '../../../../src/domain/picture';
import { longestWork, waitedFor } from '../../../../src/providers/polling';
import type { Call, CallState, Reply, Step } from '../../../../src/providers/provider';
import { runware } from '../../../../src/providers/runware/runware';
import { sentence } from '../../builders';
import { callId, nextOf, sentFor } from '../calls';
import {
	address,
	codes,
	converse,
	empty,
	forever,
	item,
	last,
	ok,
	one,
	picture,
	play,
	three,
	urls,
	working,
} from './courses';

/** Of a task that was taken on. */
const taken: CallState = { ticket: callId, handed: [], polls: 1, lost: false, quiet: 0 };

/** An error as the answer to a poll has it: of nobody, unless told. */
function said(code: string, more: object = {}): { readonly errors: readonly object[] } {
	return { errors: [{ code, message: 'So it is.', ...more }] };
}

function refusal(status: number, json: unknown): Reply {
	return { status, headers: {}, json };
}

/** What follows from an answer to a poll, with whatever status. */
function polled(status: number, json: unknown, call: Call = one, state = taken): Step {
	return last(converse(call, [refusal(status, json)], state));
}

function quoted({ failures = [] }: Step): string {
	return [sentence(failures[0]?.message), failures[0]?.said?.words ?? ''].join(' ').trim();
}

describe('an answer that is about the poll, and not about the task at Runware', () => {
	const passing = ['rateLimitExceeded', 'internalServerError', 'serviceUnavailable', 'noAvailableServer'];
	const lasting = ['invalidApiKey', 'forbidden', 'insufficientCredits', ''];

	for (const status of [200, 400, 404, 409, 422]) {
		it(`${status}: tells nothing, and the work goes on`, () => {
			const asking = { taskType: 'getResponse', taskUUID: callId };
			for (const code of [...passing, ...lasting]) {
				for (const more of [{}, asking]) {
					assert.deepEqual(polled(status, said(code, more), three).failures, undefined, code);
					const { steps } = converse(
						three,
						[refusal(status, said(code, more)), ok({ data: ['a', 'b', 'c'].map((name) => picture(name)) })],
						taken,
					);
					assert.equal(urls(steps).length, 3, code);
				}
			}
			const question = said('invalidTaskUUID', asking);
			assert.ok('next' in polled(status, question), 'what is wrong with the question');
		});
	}

	it('may pass: it is waited for as long as the work may last', () => {
		for (const code of passing) {
			const { steps, state } = play(one, forever(said(code)), taken);
			assert.ok(Math.abs(waitedFor(state.polls) - longestWork) < 6000, code);
			assert.deepEqual(codes(last({ steps })), ['timed-out unknown']);
			const silent = play(one, [...forever(empty, 20), ...forever(said(code))], { ...taken, quiet: 1 });
			assert.deepEqual(codes(last(silent)), ['timed-out unknown'], 'in the midst of a silence');
		}
	});

	it('may last: after five minutes somebody has to do something', () => {
		const ends = ['bad-key unknown', 'bad-key unknown', 'no-credit unknown', 'server-error unknown'];
		for (const [index, code] of lasting.entries()) {
			const { steps, state } = play(one, forever(said(code)), taken);
			assert.ok(Math.abs(waitedFor(state.polls) - 5 * 60_000) < 6000, code);
			assert.deepEqual(codes(last({ steps })), [ends[index]]);
		}
	});

	it('orders nothing again: who is kept from telling does not say that nobody knows', () => {
		for (const code of [...passing, ...lasting]) {
			const { steps } = play(one, forever(said(code)), { ...taken, lost: true });
			assert.ok(
				steps.every((step) => !('next' in step) || !nextOf(step).billed),
				code,
			);
		}
	});

	it('in the answer to an order is its refusal', () => {
		assert.deepEqual(codes(last(play(one, [said('rateLimitExceeded')]))), ['rate-limited no']);
		assert.deepEqual(codes(last(play(one, [said('invalidApiKey')]))), ['bad-key no']);
	});
});

describe('an error of nobody in the answer to a Runware order', () => {
	const gateway = [
		{ error: { code: 'internalServerError', message: 'Upstream.' } },
		{ error: 'Upstream.' },
		said('timeoutGateway'),
		said('whateverIsNew'),
		said(''),
	];

	it('leaves it open whether the work is done: the task is asked for, and nothing ordered', () => {
		for (const json of gateway) {
			const { steps } = converse(one, [ok(json), ok(empty), ok({ data: [picture('a')] })]);
			assert.deepEqual(urls(steps), [address('a')]);
			assert.ok(steps.every((step) => !('next' in step) || !nextOf(step).billed));
			const [first] = steps;
			assert.ok(first && 'next' in first && first.doubt?.charged === 'unknown');
			assert.match(first.doubt.code, /^(server-error|timed-out)$/);
		}
	});

	it('leads to the same order again where nobody knows the task, once, and is remembered', () => {
		for (const json of gateway) {
			const polls = forever(ok(empty), 15);
			const { steps } = converse(one, [ok(json), ...polls]);
			const orders = steps.flatMap((step) => ('next' in step && nextOf(step).billed ? [nextOf(step)] : []));
			assert.deepEqual(orders, [sentFor(one)]);
			const again: CallState = { ...taken, polls: 0 };
			const second = converse(one, [ok(json), ...forever(ok(empty))], again);
			assert.ok(second.steps.every((step) => !('next' in step) || !nextOf(step).billed));
			const end = last(second);
			assert.ok('done' in end && end.isUnknown);
			assert.deepEqual(codes(end), ['bad-reply unknown']);
		}
	});

	it('is believed where it plainly refuses, or somebody speaks of the task', () => {
		for (const code of [
			'promptBlocked',
			'contentPolicyViolation',
			'insufficientCredits',
			'invalidApiKey',
			'invalidModel',
			'missingPrompt',
		])
			assert.ok('done' in last(play(one, [said(code)])), code);
		assert.ok('done' in last(play(one, [said('internalServerError', { taskUUID: callId })])));
		assert.ok('done' in last(play(one, [{ data: [item({ status: 'error', error: { code: 'x' } })] }])));
		assert.deepEqual(urls(play(one, [{ data: [picture('a')], ...said('internalServerError') }]).steps), [address('a')]);
		assert.ok('done' in last(play(one, [{ errors: [...said('').errors, ...said('invalidSeed').errors] }])));
	});
});

describe('what ends a Runware task that was taken on', () => {
	it('may have cost money, unless the server refuses that very task', () => {
		const ends = [
			[said('promptBlocked'), 'refused unknown'],
			[said('promptBlocked', { taskUUID: callId }), 'refused no'],
			[said('promptBlocked', { taskUUID: callId, taskType: 'imageInference' }), 'refused no'],
			[said('promptBlocked', { taskUUID: callId, taskType: 'getResponse' }), 'refused unknown'],
			[said('contentPolicyViolation', { taskUUID: callId }), 'refused unknown'],
			[said('rateLimitExceeded', { taskUUID: callId }), 'rate-limited no'],
			[{ data: [{ status: 'error', error: { code: 'invalidModel' } }] }, 'model-unavailable unknown'],
		] as const;
		for (const status of [200, 400, 404]) {
			for (const [json, end] of ends) assert.deepEqual(codes(polled(status, json)), [end]);
		}
	});

	it('may have cost money as well where the order was sent again', () => {
		const again: CallState = { ...taken, polls: 0 };
		assert.deepEqual(codes(last(play(one, [said('rateLimitExceeded')], again))), ['rate-limited unknown']);
		const limited = refusal(429, said('rateLimitExceeded'));
		assert.equal(runware.failure(limited, one, again).charged, 'unknown');
		assert.equal(runware.failure(limited, one).charged, 'no');
	});

	it('is said in the server’s words: that it was cancelled, or that it failed or was not found', () => {
		for (const code of ['taskCancelled', 'taskFailedOrNotFound']) {
			for (const status of [200, 404]) {
				const step = polled(status, said(code, { taskUUID: callId }));
				assert.deepEqual(codes(step), ['server-error unknown']);
				assert.equal(quoted(step), 'Runware failed. Try again later. So it is.');
			}
		}
	});

	it('never costs nothing by an error that names no task', () => {
		const code = fc.constantFrom('promptBlocked', 'invalidModel', 'insufficientCredits', 'rateLimitExceeded', 'x', '');
		const status = fc.constantFrom(200, 400, 404, 409, 422);
		const answer = fc.tuple(status, code).map(([status, code]) => refusal(status, said(code)));
		fc.assert(
			fc.property(fc.array(answer, { maxLength: 5 }), answer, (answers, final) => {
				const { steps } = converse(three, [...answers, ...forever(final)], taken);
				const { failures = [] } = last({ steps });
				assert.deepEqual(new Set(failures.map(({ charged }) => charged)), new Set(['unknown']));
			}),
			{ numRuns: 50 },
		);
	});
});

describe('a Runware task that a poll does not find', () => {
	it('is looked for again, whatever the status', () => {
		for (const status of [200, 400, 404]) {
			for (const code of ['taskNotFound', 'taskUUIDNotFound', 'notFound']) {
				assert.ok('next' in polled(status, said(code, { taskUUID: callId })), code);
			}
		}
		assert.ok('next' in polled(404, undefined), 'without a body');
	});

	it('is ordered again after ten seconds, if the answer to the order was lost', () => {
		const gone = refusal(404, said('taskNotFound', { taskUUID: callId }));
		const lost: CallState = { ticket: callId, handed: [], polls: 1, quiet: 0, lost: true };
		const { steps } = converse(one, forever(gone, 15), lost);
		const orders = steps.flatMap((step) => ('next' in step && nextOf(step).billed ? [nextOf(step)] : []));
		assert.deepEqual(orders, [sentFor(one)]);
	});

	it('is in no conflict with its own poll', () => {
		const conflict = said('conflictTaskUUID', { taskUUID: callId });
		for (const status of [200, 400, 409]) {
			const { steps, state } = converse(one, [ok({ data: [item()] }), ...forever(refusal(status, conflict))]);
			assert.deepEqual(codes(last({ steps })), ['timed-out unknown']);
			assert.ok(Math.abs(waitedFor(state.polls) - longestWork) < 6000);
		}
	});

	it('was taken on, if it is in conflict with an order sent again, and is not given up after ten seconds', () => {
		const conflict = refusal(400, said('conflictTaskUUID', { taskUUID: callId }));
		const { steps } = converse(one, [conflict, ...forever(ok(empty), 60), ok({ data: [picture('a')] })]);
		assert.deepEqual(urls(steps), [address('a')]);
	});
});

describe('a Runware task of which one picture has failed', () => {
	const failed = item({ status: 'error', error: { code: 'taskFailed', message: 'No.' } });

	it('is waited for: the others may not be listed yet', () => {
		const { steps } = play(
			three,
			[...forever({ data: [failed] }, 5), { data: [failed, picture('a'), picture('b')] }],
			taken,
		);
		assert.deepEqual(urls(steps), [address('a'), address('b')]);
		assert.deepEqual(codes(last({ steps })), ['server-error unknown']);
	});

	it('has not failed as a whole because there was silence before', () => {
		const silence = forever(said('invalidApiKey'), 30);
		const { steps } = play(three, [...silence, { data: [failed] }], { ...taken, lost: true });
		assert.ok('next' in last({ steps }));
	});

	it('has failed as a whole where nothing else is told for a minute', () => {
		const { steps, state } = play(three, [{ data: [working] }, ...forever({ data: [failed] })], taken);
		assert.deepEqual(
			codes(last({ steps })),
			Array.from({ length: 3 }, () => 'server-error unknown'),
		);
		assert.ok(Math.abs(waitedFor(state.polls) - 60_000) < 10_000, String(waitedFor(state.polls)));
	});
});

/** Pictures with names from a number on. */
function many(from: number): object[] {
	return Array.from({ length: 500 }, (_, index) => picture(`p${from + index}`));
}

describe('a Runware answer that does not end', () => {
	it('brings twenty pictures more than were asked for, and no others', () => {
		const { steps } = play(three, [
			{ data: [...many(0), working] },
			{ data: [...many(500), working] },
			{ data: many(0) },
		]);
		assert.equal(urls(steps).length, 23);
		assert.ok('done' in last({ steps }));
		const state = { ...taken, handed: Array.from({ length: 40 }, (_, index) => `q${index}`) };
		assert.deepEqual(urls(play(three, [{ data: many(0) }], state).steps), []);
	});

	it('has three things to say besides', () => {
		const errors = Array.from({ length: 500 }, (_, index) => ({ code: 'x', message: `Word ${index % 9}.` }));
		assert.equal(last(play(one, [{ data: [picture('a')], errors }])).warnings?.length, 3);
	});

	it('is not read to its last byte for the name of a picture that has none', () => {
		let reads = 0;
		const bytes = new PictureFile('picture', 1_000_000, {
			look: (work) => work((target) => (reads += target.length)),
			read: async () => assert.fail('all of it'),
			release: () => undefined,
		});
		assert.equal(last(play(one, [{ data: [item({ imageBase64Data: bytes })] }])).images?.length, 1);
		assert.ok(reads < 2000, String(reads));
	});

	it('has other names for pictures that differ in a few bytes', () => {
		const plain = new Uint8Array(100_000);
		const others = [0, 99_999, 99_980].map((at) => plain.map((byte, index) => (index === at ? 1 : byte)));
		const data = [plain, ...others, plain.slice(1), plain].map((bytes) => item({ imageBase64Data: bytes }));
		assert.equal(last(play(three, [{ data }])).images?.length, 5);
	});
});
