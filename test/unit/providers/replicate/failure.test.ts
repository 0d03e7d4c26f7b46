import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { failureCodes, sentencesOf } from '../../../../src/domain/imageError';
import { english } from '../../../../src/domain/message';
import { type CallState, type Reply, unbegun } from '../../../../src/providers/provider';
import { replicateProbe } from '../../../../src/providers/replicate/probe';
import { replicate } from '../../../../src/providers/replicate/replicate';
import { callFor } from '../calls';
import { waiting } from './models';

const call = callFor('replicate/openai/gpt-image-2');

function failed(status: number, json: unknown, state?: CallState, more: Partial<Reply> = {}) {
	const error = replicate.failure({ status, headers: {}, json, ...more }, call, state);
	return { ...error, words: sentencesOf(error).map(english).join(' ') };
}

const problem = (title: string, detail: string, more: object = {}) => ({ title, detail, ...more });

describe('a refusal of Replicate', () => {
	/** Reply → code, whether it was charged, and what the person reads. */
	const known: readonly (readonly [number, unknown, string, string, RegExp])[] = [
		[401, problem('Unauthenticated', 'You did not pass a valid token'), 'bad-key', 'no', /^Replicate does not accept/],
		[401, undefined, 'bad-key', 'no', /Set another one/],
		[402, problem('Insufficient credit', 'You have insufficient credit.'), 'no-credit', 'no', /has no credit left/],
		[403, { detail: 'Not your model' }, 'bad-key', 'no', /does not let this API key.*“Not your model”/],
		[403, { detail: 'Flagged as sensitive' }, 'refused', 'no', /refused the prompt/],
		[
			404,
			{ detail: 'The requested resource could not be found.' },
			'model-unavailable',
			'no',
			/does not offer openai\/gpt-image-2.*“The requested resource could not be found\.”/,
		],
		[404, { title: 'Not found', status: 404 }, 'model-unavailable', 'no', /“Not found”/],
		[404, undefined, 'invalid-request', 'no', /nothing at this address.*limn\.providers\.replicate\.baseUrl/],
		[405, undefined, 'invalid-request', 'no', /nothing at this address/],
		[408, undefined, 'timed-out', 'no', /waited too long/],
		[413, undefined, 'too-large', 'no', /too large for Replicate/],
		[
			422,
			problem('Input validation failed', '- input: Additional property foo is not allowed\n'),
			'invalid-request',
			'no',
			/did not take the request.*“- input: Additional property foo is not allowed”/,
		],
		[
			422,
			{ title: 'Input validation failed', invalid_fields: [{ field: 'input.n', description: 'Too many' }, 7] },
			'invalid-request',
			'no',
			/“Input validation failed”/,
		],
		[
			422,
			{ title: 'Invalid', invalid_fields: [{ field: 'input.n', description: 'Too many' }, { field: 'x' }] },
			'invalid-request',
			'no',
			/“input\.n: Too many; x:”/,
		],
		[
			422,
			problem('Invalid version', 'The specified version does not exist (or …)'),
			'model-unavailable',
			'no',
			/does not offer.*specified version/,
		],
		[422, { detail: 'The input was flagged as sensitive. (E005)' }, 'refused', 'no', /refused the prompt.*E005/],
		[400, { error: 'Bad body' }, 'invalid-request', 'no', /“Bad body”/],
		[
			429,
			{ detail: 'Request was throttled. Your rate limit resets in ~30s.' },
			'rate-limited',
			'no',
			/a pause of 30 seconds/,
		],
		[429, { detail: 'Request was throttled.' }, 'rate-limited', 'no', /in a minute/],
		[500, { detail: 'Boom' }, 'server-error', 'unknown', /^Replicate failed.*“Boom”/],
		[502, undefined, 'server-error', 'unknown', /^Replicate failed/],
		[503, undefined, 'server-error', 'no', /too busy/],
	];
	for (const [status, json, code, charged, words] of known) {
		it(`${status} ${JSON.stringify(json) ?? 'without a body'}`, () => {
			const failure = failed(status, json);
			assert.deepEqual([failure.code, failure.charged, failure.provider], [code, charged, 'replicate']);
			assert.match(failure.words, words);
		});
	}

	it('names the wait in seconds', () => {
		assert.equal(failed(429, { detail: 'Your rate limit resets in ~30s.' }).wait, 30);
		assert.equal(failed(429, {}, undefined, { headers: { 'retry-after': '2' } }).wait, 2);
	});

	it('quotes no page of HTML', () => {
		assert.doesNotMatch(failed(502, undefined, undefined, { text: '<!doctype html><p>x' }).words, /</);
		assert.equal(failed(404, undefined, undefined, { text: '<html>' }).code, 'invalid-request');
	});

	it('costs nothing before anything was ordered, and nobody knows what while it is made', () => {
		for (const status of [401, 404, 500, 502]) {
			assert.equal(failed(status, undefined, unbegun).charged, 'no');
			assert.equal(failed(status, undefined, waiting()).charged, 'unknown');
		}
		assert.equal(failed(500, undefined, { handed: [], polls: 1 }).charged, 'unknown');
		assert.equal(failed(422, undefined, { handed: [], polls: 1 }).charged, 'no');
	});

	it('of the name of work means that it is long over', () => {
		const failure = failed(404, { detail: 'The requested resource could not be found.' }, waiting());
		assert.deepEqual([failure.code, failure.charged], ['bad-reply', 'unknown']);
		assert.match(failure.words, /^Replicate has deleted the pictures: it keeps them for one hour/);
	});

	it('is one of the contract’s, whatever the body', () => {
		const states = fc.constantFrom(undefined, unbegun, waiting());
		fc.assert(
			fc.property(
				fc.integer({ min: 400, max: 599 }),
				fc.jsonValue(),
				states,
				fc.string(),
				(status, value, state, text) => {
					for (const json of [value, { detail: value }, { title: value, invalid_fields: value }]) {
						const failure = failed(status, json, state, { text });
						assert.ok(failureCodes.includes(failure.code));
						assert.ok(failure.words.length > 10);
					}
				},
			),
		);
	});
});

function answer(status: number, more: Partial<Reply> = { json: {} }) {
	return replicateProbe.read({ status, headers: {}, ...more }, call);
}

describe('asking Replicate whether a key works', () => {
	it('asks whose account it is', () => {
		assert.deepEqual(replicateProbe.request('id'), { kind: 'http', method: 'GET', path: '/account', billed: false });
	});

	it('knows it of an account, and of a refusal', () => {
		assert.deepEqual(answer(200, { json: { type: 'user', username: 'a' } }), { kind: 'works' });
		for (const status of [401, 403, 500]) {
			const probed = answer(status);
			assert.ok(probed.kind === 'fails');
			assert.equal(probed.error.code, status === 500 ? 'server-error' : 'bad-key');
		}
	});

	it('fails where there is no such address, or no Replicate', () => {
		const [missing, page] = [answer(404), answer(200, { text: '<html>' })];
		assert.ok(missing.kind === 'fails' && page.kind === 'fails');
		assert.deepEqual([missing.error.code, page.error.code], ['invalid-request', 'bad-reply']);
	});
});
