import assert from 'node:assert/strict';
import { sentencesOf } from '../../../../src/domain/imageError';
import { english } from '../../../../src/domain/message';
import { type Call, type CallState, type Step, unbegun } from '../../../../src/providers/provider';
import { longestWork, pauseBeforePoll, waitedFor } from '../../../../src/providers/polling';
import { replicate } from '../../../../src/providers/replicate/replicate';
import { callFor, nextOf } from '../calls';
import { answer, prediction, waiting } from './models';

const call = callFor('replicate/a/b');
const bytes = Uint8Array.of(1, 2, 3);
const dataUri = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
const url = 'https://replicate.delivery/x/out-0.webp';
const second = 'https://replicate.delivery/x/out-1.webp';

function read(json: unknown, state: CallState = waiting(), of: Call = call): Step {
	return replicate.read(answer(json), of, state);
}

/** Code, charge and words of the first failure. */
function failureIn(step: Step): readonly [code: string, charged: string, words: string] {
	const [failure] = step.failures ?? [];
	assert.ok(failure && 'done' in step);
	assert.equal(failure.provider, 'replicate');
	return [failure.code, failure.charged, sentencesOf(failure).map(english).join(' ')];
}

describe('a prediction under way', () => {
	const created: CallState = { handed: [], polls: 1 };

	it('is not ended by somebody else’s answer, but without a name there is nothing to ask for', () => {
		const state = waiting();
		for (const json of [undefined, null, 'Log in to our network', { hello: 'world' }, []]) {
			const step = read(json, state);
			assert.equal(nextOf(step).path, `/predictions/${state.ticket}`);
			assert.equal(step.state?.polls, state.polls + 1);
			assert.equal(failureIn(read(json, created))[0], 'bad-reply');
		}
	});

	for (const status of ['starting', 'processing', 'queued', 'something new', '']) {
		it(`that says “${status}” is asked for by its name, never by an address`, () => {
			const step = read(prediction({ status }), created);
			assert.deepEqual(step, {
				next: { kind: 'http', method: 'GET', path: '/predictions/p1', billed: false, afterMs: 500 },
				state: { ticket: 'p1', handed: [], polls: 2 },
			});
		});
	}

	it('is asked for less and less often', () => {
		const pauses = [1, 2, 5, 30].map((polls) => {
			const step = read(prediction({ status: 'processing' }), waiting(polls));
			assert.equal(step.state?.polls, polls + 1);
			return Math.round(nextOf(step).afterMs ?? 0);
		});
		assert.deepEqual(pauses, [500, 650, 1428, 5000]);
	});

	it('keeps the name that it had first', () => {
		const step = read(prediction({ id: 'p2', status: 'processing' }));
		assert.equal(nextOf(step).path, '/predictions/p1');
	});

	it('hands on nothing before its end: what there is then may be unfinished', () => {
		assert.deepEqual(read(prediction({ status: 'processing', output: [url] })).images, undefined);
	});

	it('has a name that leads nowhere else', () => {
		for (const id of ['', '..', 'a/b', 'a?b', 'a b', '%2e', 'x'.repeat(101), 7, null, undefined]) {
			const [code, charged] = failureIn(read(prediction({ id, status: 'starting' }), created));
			assert.deepEqual([code, charged], ['bad-reply', 'unknown']);
		}
	});

	it('is given up after twenty minutes', () => {
		const polls = Array.from({ length: 400 }, (_, count) => count).find((count) => waitedFor(count) > longestWork);
		assert.ok(polls !== undefined);
		assert.ok('next' in read(prediction({ status: 'processing' }), waiting(polls - 1)));
		const [code, charged, words] = failureIn(read(prediction({ status: 'processing' }), waiting(polls)));
		assert.deepEqual([code, charged], ['timed-out', 'unknown']);
		assert.match(words, /^Replicate was not ready after 20 minutes\. Try again later\. It may have been charged/);
	});

	it('can be asked for again, and stopped, by who has its name', () => {
		assert.deepEqual(replicate.resume?.(call, waiting(3)), {
			next: { kind: 'http', method: 'GET', path: '/predictions/p1', billed: false, afterMs: pauseBeforePoll(3) },
		});
		assert.deepEqual(replicate.cancel?.(waiting()), {
			kind: 'http',
			method: 'POST',
			path: '/predictions/p1/cancel',
			billed: false,
		});
		for (const state of [unbegun, created, { ...created, lost: true }, { ...created, ticket: '../account' }]) {
			assert.equal(replicate.resume?.(call, state), undefined);
			assert.equal(replicate.cancel?.(state), undefined);
		}
	});
});

describe('the output of a prediction', () => {
	const outputs: readonly (readonly [title: string, output: unknown, images: readonly object[]])[] = [
		['an address', url, [{ url }]],
		['a list of addresses', [url, second], [{ url }, { url: second }]],
		['the same address twice', [url, url], [{ url }]],
		['a data URI', dataUri, [{ bytes }]],
		['a list of bytes', [bytes, dataUri], [{ bytes }]],
		['an object with an address', { url }, [{ url }]],
		['a list of objects', [{ url }, { url: second, nsfw: false }], [{ url }, { url: second }]],
		['names of its own', { image: url, mask: second, seed: 7 }, [{ url }, { url: second }]],
		['lists within objects within lists', [{ images: [{ url }, [second]] }], [{ url }, { url: second }]],
		['words beside a picture', ['done', null, 7, url], [{ url }]],
	];
	for (const [title, output, images] of outputs) {
		it(`may be ${title}`, () => {
			assert.deepEqual(read(prediction({ output })), { images, failures: [], done: true });
		});
	}

	it('may come with the creation’s own answer', () => {
		assert.deepEqual(read(prediction({ output: [url] }), { handed: [], polls: 1 }).images, [{ url }]);
	});

	it('names its seed, where it is of one picture', () => {
		assert.deepEqual(read(prediction({ output: url, input: { seed: 7 } })).images, [{ url, seed: '7' }]);
		const big = { seed: '18446744073709551615' };
		assert.deepEqual(read(prediction({ output: url, input: big })).images, [{ url, ...big }]);
		assert.deepEqual(read(prediction({ output: [url, second], input: { seed: 7 } })).images, [
			{ url },
			{ url: second },
		]);
		for (const seed of [null, 0.5, {}, undefined]) {
			assert.deepEqual(read(prediction({ output: url, input: { seed } })).images, [{ url }]);
		}
	});

	it('may have fewer pictures than were asked for', () => {
		const step = read(prediction({ output: [url] }), waiting(), { ...call, n: 3 });
		assert.deepEqual(step.images, [{ url }]);
		assert.equal(step.failures?.length, 2);
		const [code, charged, words] = failureIn(step);
		assert.deepEqual([code, charged], ['bad-reply', 'unknown']);
		assert.match(words, /^Fewer pictures came/);
		assert.equal(step.failures[0]?.requestId, 'p1');
	});

	it('may have more', () => {
		assert.equal(read(prediction({ output: [url, second] })).images?.length, 2);
	});

	it('may be none that anybody knows', () => {
		for (const output of [
			'',
			'a poem',
			['a', ' poem'],
			7,
			true,
			{},
			[],
			[null],
			{ url: 'word' },
			'ftp://x.org/a.png',
		]) {
			const [code, charged, words] = failureIn(read(prediction({ output })));
			assert.deepEqual([code, charged], ['bad-reply', 'unknown'], JSON.stringify(output));
			assert.match(words, /holds no picture\. Check the setting limn\.providers\.replicate\.baseUrl/);
		}
	});

	it('may be gone', () => {
		const gone = /^Replicate has deleted the pictures: it keeps them for one hour\. Make them again\./;
		const removed = failureIn(read(prediction({ data_removed: true })));
		assert.deepEqual(removed.slice(0, 2), ['bad-reply', 'yes'], 'it was made, so it was paid');
		assert.match(removed[2], gone);
	});

	it('may be nothing: nobody says that it was ever there', () => {
		for (const output of [null, undefined]) {
			const missing = failureIn(read(prediction({ output })));
			assert.deepEqual(missing.slice(0, 2), ['bad-reply', 'unknown']);
			assert.match(missing[2], /^The answer holds no picture/);
		}
	});

	it('is of a hundred pictures at most, since a model may write any number of addresses', () => {
		const output = Array.from({ length: 5000 }, (_, index) => `${url}?${index}`);
		assert.equal(read(prediction({ output })).images?.length, 100);
	});
});

describe('a name that nobody knows', () => {
	const unknown = { status: 404, headers: {}, json: { detail: 'The requested resource could not be found.' } };
	const instead = (polls: number) => {
		const poll = nextOf(replicate.resume?.(call, waiting(polls)));
		return replicate.instead?.(poll, unknown, call, waiting(polls));
	};

	it('is asked for again in the first seconds, since it may not be known everywhere yet', () => {
		for (const polls of [1, 2, 5]) {
			assert.equal(nextOf(instead(polls)).path, '/predictions/p1');
			assert.equal(instead(polls)?.state?.polls, polls + 1);
		}
	});

	it('is forgotten after that', () => {
		const last = Array.from({ length: 50 }, (_, polls) => polls).findLast((polls) => instead(polls)) ?? 0;
		assert.ok(waitedFor(last) < 10_000 && waitedFor(last + 1) >= 10_000);
		assert.match(
			sentencesOf(replicate.failure(unknown, call, waiting(last + 1)))
				.map(english)
				.join(' '),
			/has deleted/,
		);
	});
});

describe('a prediction that did not succeed', () => {
	const ends: readonly (readonly [status: string, error: unknown, code: string, charged: string, words: RegExp])[] = [
		[
			'failed',
			'Prediction interrupted (code: PA)',
			'server-error',
			'unknown',
			/^Replicate failed.*“Prediction interrupted/,
		],
		['failed', 'NSFW content detected. Try another prompt.', 'refused', 'unknown', /refused the prompt.*“NSFW content/],
		['failed', 'The output was flagged as sensitive. (E005)', 'refused', 'unknown', /refused the prompt.*E005/],
		['failed', 'Blocked by the safety checker', 'refused', 'unknown', /refused the prompt/],
		['failed', 'moderation_blocked by the moderation system', 'refused', 'unknown', /refused the prompt/],
		['failed', null, 'server-error', 'unknown', /^Replicate failed\. Try again later\. It may/],
		['failed', { code: 7, message: 'CUDA' }, 'server-error', 'unknown', /CUDA/],
		['canceled', null, 'cancelled', 'unknown', /^The work was cancelled at Replicate\. Ask for it again\. It may/],
		['aborted', null, 'timed-out', 'no', /^Replicate did not begin in time\. Try again later\.$/],
	];
	for (const [status, error, code, charged, words] of ends) {
		it(`${status}: ${JSON.stringify(error)}`, () => {
			const step = read(prediction({ status, error }));
			const failure = failureIn(step);
			assert.deepEqual(failure.slice(0, 2), [code, charged]);
			assert.match(failure[2], words);
			assert.deepEqual(step.images, []);
		});
	}

	it('says nothing in words that nobody said', () => {
		for (const error of [null, undefined, '']) {
			assert.doesNotMatch(failureIn(read(prediction({ status: 'failed', error })))[2], /says/);
		}
	});

	it('hands on what it had made', () => {
		const step = read(prediction({ status: 'failed', error: 'Boom', output: [url] }), waiting(), { ...call, n: 3 });
		assert.deepEqual(step.images, [{ url }]);
		assert.deepEqual(
			step.failures?.map(({ code }) => code),
			['server-error', 'server-error'],
		);
	});
});
