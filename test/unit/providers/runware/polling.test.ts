import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { longestWork, waitedFor } from '../../../../src/providers/polling';
import { type CallState, unbegun } from '../../../../src/providers/provider';
import { quotedBy } from '../../../../src/providers/runware/reply';
import { runware } from '../../../../src/providers/runware/runware';
import { sentence } from '../../builders';
import { callFor, callId, nextOf, sentFor } from '../calls';
import { taskOf } from './asking';
import {
	address,
	broken,
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
	words,
	working,
} from './courses';

describe('a Runware task', () => {
	it('is taken on, and then asked for', () => {
		const step = last(play(three, [{ data: [item()] }]));
		assert.deepEqual(step, {
			next: {
				kind: 'http',
				method: 'POST',
				path: '',
				body: { kind: 'json-list', values: [{ taskType: 'getResponse', taskUUID: callId }] },
				billed: false,
				afterMs: 1000,
			},
			state: { ticket: callId, handed: [], polls: 1, lost: false, quiet: 0 },
		});
	});

	it('is asked for at growing intervals', () => {
		const { steps } = play(one, [{ data: [item()] }, ...Array.from({ length: 12 }, () => ({ data: [working] }))]);
		const pauses = steps.map((step) => nextOf(step).afterMs ?? 0);
		assert.deepEqual(pauses.slice(0, 3), [1000, 500, 650]);
		assert.ok(pauses.every((pause) => pause <= 5000));
		assert.equal(pauses.at(-1), 5000);
	});

	it('hands each picture on at once, and once', () => {
		const { steps } = play(three, [
			{ data: [item()] },
			{ data: [working, working, working] },
			{ data: [picture('a'), working, working] },
			{ data: [picture('a'), picture('b'), working] },
			{ data: [picture('a'), picture('b'), picture('c')] },
		]);
		assert.deepEqual(
			steps.map((step) => urls([step])),
			[[], [], [address('a')], [address('b')], [address('c')]],
		);
		assert.deepEqual(codes(last({ steps })), []);
		assert.ok('done' in last({ steps }));
	});

	it('has states that older documents call otherwise, and a picture where no state is named', () => {
		for (const status of ['pending', 'queued', 'processing']) {
			assert.ok('next' in last(play(one, [{ data: [item({ status })] }])));
		}
		const { status: _, ...bare } = { status: 1, ...picture('a') };
		assert.deepEqual(urls(play(one, [{ data: [{ ...bare, status: undefined }] }]).steps), [address('a')]);
		assert.deepEqual(codes(last(play(one, [{ data: [item({ status: 'success' })] }]))), ['server-error unknown']);
	});

	it('says what a picture cost, its seed with every digit, and that it is not for every eye', () => {
		const data = [picture('a', { cost: 0.053, seed: '6110856530272051867', NSFWContent: true })];
		const step = last(play(one, [{ data }]));
		assert.deepEqual(step.images, [{ url: address('a'), costUsd: 0.053, seed: '6110856530272051867' }]);
		assert.deepEqual((step.warnings ?? []).map(sentence), [
			'Runware marks a picture as not safe for work. Look at it before you share it.',
		]);
		const odd = [picture('a', { cost: 'free', seed: {}, NSFWContent: 'no', unknown: [1] })];
		assert.deepEqual(last(play(one, [{ data: odd }])).images, [{ url: address('a') }]);
	});

	it('has the seed that was asked for, where the server says none', () => {
		const call = callFor('runware/runware:101@1', { options: { seed: 5 } }, { before: 2 });
		assert.deepEqual(last(play(call, [{ data: [picture('a')] }])).images, [{ url: address('a'), seed: '7' }]);
		const two = last(play({ ...call, n: 2 }, [{ data: [picture('a'), picture('b', { seed: 9 })] }]));
		assert.deepEqual(two.images, [{ url: address('a') }, { url: address('b'), seed: '9' }]);
	});

	it('may bring the picture itself', () => {
		const bytes = Uint8Array.of(1, 2, 3);
		const inline = [
			item({ imageUUID: 'a', imageBase64Data: bytes }),
			item({ imageUUID: 'b', imageBase64Data: 'AQID' }),
			item({ imageUUID: 'c', imageDataURI: 'data:image/png;base64,AQID' }),
		];
		assert.deepEqual(last(play(three, [{ data: inline }])).images, [{ bytes }, { bytes }, { bytes }]);
		const nameless = [item({ imageBase64Data: 'AQID' }), item({ imageBase64Data: 'AQIE' }), working];
		const { steps } = play(three, [{ data: nameless }, { data: nameless }]);
		assert.deepEqual(
			steps.map(({ images = [] }) => images.length),
			[2, 0],
		);
		assert.ok('next' in last(play(one, [{ data: [item({ imageBase64Data: '%%%' })] }])), 'which is none');
	});

	it('is known by its UUID, and by its address where a picture has no name', () => {
		const foreign = { ...picture('x'), taskUUID: 'another' };
		const unnamed = item({ imageURL: address('a') });
		const shouted = { ...picture('b'), taskUUID: callId.toUpperCase() };
		const unsaid = { imageUUID: 'c', imageURL: address('c') };
		const { steps } = play(three, [{ data: [foreign, unnamed] }, { data: [unnamed, shouted, unsaid, unsaid] }]);
		assert.deepEqual(urls(steps), [address('a'), address('b'), address('c')]);
	});

	it('may give more than was asked for: all of it is paid', () => {
		const data = [picture('a'), picture('b')];
		assert.deepEqual(urls(play(one, [{ data }]).steps), [address('a'), address('b')]);
		const { steps } = play(one, [{ data: [picture('a'), working] }, { data }]);
		assert.deepEqual(urls(steps), [address('a'), address('b')]);
		assert.deepEqual(codes(last({ steps })), []);
	});

	it('may answer at once, and with a single object', () => {
		assert.deepEqual(last(play(one, [{ data: picture('a') }])), {
			images: [{ url: address('a') }],
			failures: [],
			done: true,
		});
	});
});

describe('a Runware task that fails', () => {
	it('as a whole, at once: no picture comes of it', () => {
		const invalid = { code: 'invalidModel', message: 'No such model.', parameter: 'model', taskUUID: callId };
		for (const json of [{ errors: [invalid] }, { data: [], errors: [invalid] }, { error: invalid, taskUUID: callId }]) {
			assert.deepEqual(
				codes(last(play(three, [json]))),
				Array.from({ length: 3 }, () => 'model-unavailable no'),
			);
		}
	});

	it('in part: the others come, and each is counted once', () => {
		for (const state of [
			{ data: [picture('a'), picture('b')], errors: [broken] },
			{
				data: [picture('a'), picture('b'), item({ status: 'error', error: { code: 'timeoutProvider', message: 'x' } })],
			},
			{ data: [picture('a'), picture('b'), item({ status: 'error', code: 'timeoutProvider', message: 'x' })] },
			{ data: [picture('a'), picture('b')], error: broken },
			{ data: [picture('a'), picture('b'), item({ error: 'timeoutProvider' })] },
		]) {
			const { steps } = play(three, [{ data: [item()] }, { data: [working], errors: [broken] }, state]);
			assert.deepEqual(urls(steps), [address('a'), address('b')]);
			assert.deepEqual(codes(last({ steps })).length, 1);
			assert.match(codes(last({ steps }))[0] ?? '', /^(timed-out|server-error) unknown$/);
			assert.ok(steps.slice(0, -1).every(({ failures = [] }) => failures.length === 0));
		}
	});

	it('waits for what is still being made', () => {
		const { steps } = play(three, [
			{ data: [working], errors: [broken, broken] },
			{ data: [picture('a')], errors: [broken, broken] },
		]);
		assert.ok('next' in (steps[0] ?? {}));
		assert.deepEqual(codes(last({ steps })), ['timed-out unknown', 'timed-out unknown']);
	});

	it('each in its own way', () => {
		const blocked = { code: 'promptBlocked', message: 'No.', taskUUID: callId };
		const step = last(play(three, [{ data: [picture('a')], errors: [broken, blocked] }]));
		assert.deepEqual(codes(step), ['timed-out unknown', 'refused no']);
		assert.equal(step.failures?.[0]?.requestId, callId);
	});

	it('of a foreign UUID is another’s', () => {
		assert.ok('next' in last(play(one, [{ data: [working], errors: [{ ...broken, taskUUID: 'another' }] }])));
	});

	it('beside all pictures is a word in passing', () => {
		const hook = { code: 'webhookTimeout', message: 'The webhook did not answer.', taskUUID: callId };
		const step = last(play(one, [{ data: [picture('a')], errors: [hook] }]));
		assert.deepEqual([urls([step]), step.failures], [[address('a')], []]);
		assert.deepEqual((step.warnings ?? []).map(sentence), ['Runware says: “The webhook did not answer.”']);
	});
});

describe('a Runware task of which nothing is heard', () => {
	it('though it was taken on: it is waited for as long as for any other', () => {
		const { steps, state } = play(three, [{ data: [item()] }, ...forever(empty)]);
		assert.ok(Math.abs(waitedFor(state.polls) - longestWork) < 6000, String(waitedFor(state.polls)));
		assert.deepEqual(
			codes(last({ steps })),
			Array.from({ length: 3 }, () => 'timed-out unknown'),
		);
		assert.equal(words(last({ steps })), 'Runware was not ready after 20 minutes. Try again later.');
		const late = play(one, [{ data: [item()] }, ...forever(empty).slice(0, 200), { data: [picture('a')] }]);
		assert.deepEqual(urls(late.steps), [address('a')]);
	});

	it('though it was begun long ago: it is forgotten after five minutes', () => {
		const resumed = runware.resume?.(one, { ticket: callId, handed: [], polls: 9 })?.state;
		assert.ok(resumed);
		const { steps, state } = play(one, forever(empty), resumed);
		assert.ok(Math.abs(waitedFor(state.polls) - 5 * 60_000) < 6000, String(waitedFor(state.polls)));
		assert.deepEqual(codes(last({ steps })), ['bad-reply unknown']);
		assert.equal(words(last({ steps })), 'Runware does not know this task any more. Try again.');
	});

	it('is not given up for one empty answer in the midst of the work', () => {
		const long = Array.from({ length: 40 }, () => ({ data: [working] }));
		const { steps } = play(one, [
			{ data: [item()] },
			...long,
			empty,
			{ data: [working] },
			empty,
			{ data: [picture('a')] },
		]);
		assert.deepEqual(urls(steps), [address('a')]);
	});

	it('is the same whether the answer is empty, nothing, or none that can be read', () => {
		for (const json of [empty, {}, null, 'text', [], { data: null }, { data: ['x'] }, undefined]) {
			const { steps } = play(one, forever(json));
			assert.equal(steps.filter((step) => 'next' in step && nextOf(step).billed).length, 1, 'the order may be lost');
			assert.equal(codes(last({ steps })).join(''), 'bad-reply unknown');
		}
	});

	it('whose pictures stop coming: the rest is missing', () => {
		const { steps, state } = play(three, [{ data: [item()] }, ...forever({ data: [picture('a')] })]);
		assert.deepEqual(urls(steps), [address('a')]);
		assert.ok(Math.abs(waitedFor(state.polls) - 5 * 60_000) < 10_000, String(waitedFor(state.polls)));
		assert.deepEqual(codes(last({ steps })), ['bad-reply unknown', 'bad-reply unknown']);
		assert.match(words(last({ steps })), /^Fewer pictures came/);
		const failed = last(play(three, forever({ data: [picture('a')], errors: [broken] })));
		assert.deepEqual(codes(failed), ['timed-out unknown', 'bad-reply unknown']);
	});

	it('that says for ever that it is at work: it is given up after twenty minutes', () => {
		const { steps, state } = play(three, [{ data: [item()] }, ...forever({ data: [picture('a'), working] })]);
		assert.deepEqual(codes(last({ steps })), ['timed-out unknown', 'timed-out unknown']);
		assert.ok(Math.abs(waitedFor(state.polls) - longestWork) < 6000);
		assert.match(words(last({ steps })), /^Runware was not ready after 20 minutes\. Try again later\.$/);
	});

	it('is done with the last of its pictures; one that is made besides has ten seconds', () => {
		const { steps, state } = play(one, [{ data: [item()] }, ...forever({ data: [picture('a'), working] })]);
		assert.deepEqual(codes(last({ steps })), []);
		assert.ok(waitedFor(state.polls) < 15_000, String(waitedFor(state.polls)));
	});

	it('that has as many pictures and failures as were asked for: what is made besides has five minutes', () => {
		const { steps, state } = play(three, forever({ data: [picture('a'), working], errors: [broken, broken] }));
		assert.deepEqual(codes(last({ steps })), ['timed-out unknown', 'timed-out unknown']);
		assert.ok(waitedFor(state.polls) < 6 * 60_000, String(waitedFor(state.polls)));
	});

	it('though it said at first that it was taken on, beside pictures', () => {
		const { steps } = play(one, [{ data: [item(), picture('a')] }]);
		assert.ok('done' in last({ steps }));
	});
});

describe('a Runware request whose answer was lost', () => {
	const lost = { ...unbegun, lost: true };

	it('is asked for under its own id', () => {
		const step = runware.resume?.(one, lost);
		assert.deepEqual(taskOf(nextOf(step)), { taskType: 'getResponse', taskUUID: callId });
		assert.equal(nextOf(step).billed, false);
		assert.deepEqual(step?.state, { ticket: callId, handed: [], polls: 1, quiet: 1, lost: true });
	});

	it('is sent once more where nobody knows of it, the same under the same id, and then given up', () => {
		const state = runware.resume?.(one, lost)?.state;
		assert.ok(state);
		const first = play(one, forever(empty).slice(0, 12), state);
		const at = first.steps.findIndex((step) => 'next' in step && nextOf(step).billed);
		assert.ok(at > 5);
		const again = first.steps[at];
		assert.deepEqual(nextOf(again), sentFor(one));
		assert.ok(again?.state);
		assert.equal(again.state.lost, false);
		const second = play(one, forever(empty), again.state);
		assert.ok(second.steps.every((step) => !('next' in step) || !nextOf(step).billed));
		assert.deepEqual(codes(last(second)), ['bad-reply unknown']);
	});

	it('is not sent again once anything was heard of it', () => {
		for (const sign of [{ data: [working] }, { data: [item()] }, { data: [picture('a')] }]) {
			const { steps } = play(three, [sign, ...forever(empty)], { ...lost, ticket: callId, polls: 1 });
			assert.ok(steps.every((step) => !('next' in step) || !nextOf(step).billed));
		}
	});

	it('is taken up again after a reload, without what was handed on', () => {
		const state = { ticket: callId, handed: ['a'], polls: 77, quiet: 3 };
		const step = runware.resume?.(three, state);
		assert.deepEqual(step?.state, { ticket: callId, handed: ['a'], polls: 1, quiet: 1 });
		assert.equal(nextOf(step).afterMs, 1000);
		const data = [picture('a'), picture('b'), picture('c')];
		assert.deepEqual(urls([runware.read(ok({ data }), three, state)]), [address('b'), address('c')]);
	});

	it('cannot be cancelled: the API has nothing for it', () => {
		assert.ok(!('cancel' in runware));
	});
});

describe('a Runware task that was sent twice', () => {
	const conflict = { code: 'conflictTaskUUID', message: 'Already there.', taskUUID: callId };

	it('was taken on the first time: it is asked for', () => {
		const reply = { ...ok({ data: [], errors: [conflict] }), status: 400 };
		const step = runware.instead?.(sentFor(one), reply, one, { ...unbegun, lost: true });
		assert.equal(taskOf(nextOf(step))['taskType'], 'getResponse');
		assert.deepEqual(step?.state, { ticket: callId, handed: [], polls: 1, quiet: 0, lost: false });
	});

	it('may be told so in a good answer too', () => {
		const { steps, state } = play(one, [{ errors: [conflict] }, { data: [picture('a')] }]);
		assert.deepEqual(urls(steps), [address('a')]);
		assert.equal(state.lost, false);
		assert.ok('done' in last(play(one, forever({ errors: [conflict] }))));
	});

	it('is not to be mistaken for any other refusal', () => {
		const refusals = [{ errors: [{ code: 'invalidModel' }] }, { errors: [{ code: 'x' }, conflict] }, {}, undefined];
		for (const json of refusals) {
			assert.equal(runware.instead?.(sentFor(one), { ...ok(json), status: 400 }, one, unbegun), undefined);
		}
	});
});

describe('any course of a Runware task', () => {
	const anyItem = fc.oneof(
		fc.constant(working),
		fc.constant(item()),
		fc.constant(item({ status: 'error', error: { code: 'taskFailed' } })),
		fc.constantFrom('a', 'b', 'c', 'd').map((name) => picture(name)),
		fc.constantFrom('e', 'f').map((name) => item({ imageURL: address(name) })),
		fc.jsonValue(),
	);
	const anyError = fc.constantFrom(
		broken,
		...['conflictTaskUUID', 'taskNotFound', 'rateLimitExceeded', 'invalidApiKey', 'promptBlocked', ''].flatMap(
			(code) => [{ code }, { code, taskUUID: callId }],
		),
	);
	const anyReply = fc.record(
		{
			data: fc.oneof(fc.array(anyItem, { maxLength: 5 }), fc.jsonValue()),
			errors: fc.array(anyError, { maxLength: 3 }),
		},
		{ requiredKeys: [] },
	);

	const anyStatus = fc.constantFrom(200, 200, 400, 404, 409, 422);
	const answer = fc.record({ status: anyStatus, headers: fc.constant({}), json: anyReply });

	it('hands every picture on exactly once, and ends, whatever the statuses', () => {
		fc.assert(
			fc.property(
				fc.array(answer, { maxLength: 12 }),
				answer,
				fc.constantFrom(one, three),
				fc.boolean(),
				(replies, final, call, isLost) => {
					const start: CallState = isLost ? { ticket: callId, handed: [], polls: 1, quiet: 0, lost: true } : unbegun;
					const { steps, failure } = converse(call, [...replies, ...forever(final, 900)], start);
					if (failure) return;
					assert.ok('done' in last({ steps }), 'it ends');
					const came = urls(steps);
					assert.equal(new Set(came).size, came.length, 'each once');
					assert.ok(came.length + (last({ steps }).failures?.length ?? 0) >= call.n, 'nothing is left untold');
					assert.ok(steps.slice(0, -1).every(({ failures = [] }) => failures.length === 0));
				},
			),
		);
	});

	it('hands on whatever was shown before its end', () => {
		fc.assert(
			fc.property(fc.array(fc.subarray(['a', 'b', 'c', 'd']), { maxLength: 8 }), (shown) => {
				const { steps } = play(
					three,
					shown.map((names) => ({ data: [...names.map((name) => picture(name)), working] })),
				);
				const expected = [...new Set(shown.flat())].map(address);
				assert.deepEqual(urls(steps).toSorted(), expected.toSorted());
			}),
		);
	});

	it('never breaks the reader', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), (json, data) => {
				assert.ok(runware.read(ok(json), one, unbegun));
				assert.ok(runware.read(ok({ data, errors: [data], error: json }), one, unbegun));
			}),
		);
	});
});

describe('the answer to a dry run at Runware', () => {
	it('names what all pictures together would cost', () => {
		assert.equal(quotedBy(ok({ data: [item({ cost: 0.25 }), item({ cost: 0.5 })] })), 0.75);
		assert.equal(quotedBy(ok({ data: { cost: 0.006 } })), 0.006);
		for (const json of [{}, { data: [item()] }, { data: [{ cost: '1' }] }, undefined, { errors: [broken] }]) {
			assert.equal(quotedBy(ok(json)), undefined);
		}
	});
});
