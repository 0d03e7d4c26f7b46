import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { failureCodes, sentencesOf } from '../../../../src/domain/imageError';
import { english } from '../../../../src/domain/message';
import { chat } from '../../../../src/providers/chat/chat';
import { errorOf } from '../../../../src/providers/chat/errorReply';
import { chatProbe } from '../../../../src/providers/chat/probe';
import { type Reply, unbegun } from '../../../../src/providers/provider';
import { callFor } from '../calls';

const call = callFor('vincony/openai/gpt-image-2');
const bytes = Uint8Array.of(1, 2, 3);

/** Reply → code, whether it was charged, and what the person reads. */
type Known = readonly [status: number, json: unknown, code: string, charged: string, words: RegExp];

function said(error: ReturnType<typeof chat.failure>): string {
	return sentencesOf(error).map(english).join(' ');
}

function check(failure: ReturnType<typeof chat.failure> | undefined, [, , code, charged, words]: Known): void {
	assert.ok(failure);
	assert.deepEqual([failure.code, failure.charged, failure.provider], [code, charged, 'vincony']);
	assert.match(said(failure), words);
}

const envelope = (message: string, code: unknown = null) => ({ error: { message, type: 'x', code } });
const talking = (content: unknown, more: object = {}) => ({ choices: [{ message: { content, ...more } }] });

describe('a refusal of a chat', () => {
	const known: readonly Known[] = [
		[401, { error: 'Invalid API key' }, 'bad-key', 'no', /^Vincony does not accept the API key\. Set another one\.$/],
		[401, envelope('No auth', 'invalid_api_key'), 'bad-key', 'no', /does not accept the API key/],
		[400, envelope('No auth', 'invalid_api_key'), 'bad-key', 'no', /does not accept the API key/],
		[403, { error: 'Key disabled' }, 'bad-key', 'no', /does not let this API key.*Vincony says: “Key disabled”/],
		[402, { error: 'Out of credits' }, 'no-credit', 'no', /^The account at Vincony has no credit left/],
		[402, undefined, 'no-credit', 'no', /no credit left/],
		[400, { error: 'Insufficient credits for this model' }, 'no-credit', 'no', /no credit left/],
		[400, envelope('x', 'insufficient_quota'), 'no-credit', 'no', /no credit left/],
		[404, { error: 'Model x/y not found' }, 'model-unavailable', 'no', /does not offer openai\/gpt-image-2.*not found/],
		[404, envelope('No endpoints found for x/y.', 404), 'model-unavailable', 'no', /No endpoints found/],
		[400, { error: 'Model x is no longer available' }, 'model-unavailable', 'no', /Choose another model.*no longer/],
		[400, envelope('x', 'model_not_found'), 'model-unavailable', 'no', /does not offer/],
		[400, { error: 'Unknown model x' }, 'model-unavailable', 'no', /does not offer/],
		[
			404,
			{ error: 'Not found' },
			'invalid-request',
			'no',
			/nothing at this address.*limn\.providers\.vincony\.baseUrl/,
		],
		[404, { detail: 'Not Found' }, 'invalid-request', 'no', /nothing at this address/],
		[404, undefined, 'invalid-request', 'no', /nothing at this address/],
		[405, undefined, 'invalid-request', 'no', /nothing at this address/],
		[408, undefined, 'timed-out', 'no', /waited too long/],
		[413, { error: 'Too big' }, 'too-large', 'no', /too large for Vincony/],
		[429, { error: 'Slow down' }, 'rate-limited', 'no', /asks for a pause\. Try again in a minute/],
		[429, { error: 'Your rate limit resets in ~30s.' }, 'rate-limited', 'no', /a pause of 30 seconds/],
		[400, { error: 'Flagged by moderation' }, 'refused', 'no', /refused the prompt/],
		[403, envelope('Your input was flagged', 403), 'refused', 'no', /refused the prompt/],
		[400, envelope('x', 'content_policy_violation'), 'refused', 'no', /refused the prompt/],
		[400, { error: 'messages: Required' }, 'invalid-request', 'no', /did not take the request.*“messages: Required”/],
		[422, { detail: [{ loc: ['body'], msg: 'bad content' }] }, 'invalid-request', 'no', /“bad content”/],
		[400, { detail: 'Bad content' }, 'invalid-request', 'no', /“Bad content”/],
		[400, { message: 'Bad content', code: 'x' }, 'invalid-request', 'no', /“Bad content”/],
		[400, { error: 'bad_request', message: 'Bad content' }, 'invalid-request', 'no', /“Bad content”/],
		[500, { error: 'Boom' }, 'server-error', 'unknown', /^Vincony failed.*“Boom”.*may have been charged/],
		[500, { error: 'The moderation service is down' }, 'server-error', 'unknown', /^Vincony failed/],
		[502, undefined, 'server-error', 'unknown', /^Vincony failed/],
		[503, { error: 'Loading' }, 'server-error', 'no', /too busy/],
	];
	for (const row of known) {
		const [status, json] = row;
		it(`${status} ${JSON.stringify(json) ?? 'without a body'}`, () => {
			check(chat.failure({ status, headers: {}, json }, call), row);
		});
	}

	it('quotes no page of HTML, and a text as one line', () => {
		const [page, text] = ['<html><body>Bad gateway</body></html>', 'upstream\n  is gone'].map((text) =>
			said(chat.failure({ status: 502, headers: {}, text }, call)),
		);
		assert.doesNotMatch(page ?? '', /</);
		assert.match(text ?? '', /“upstream is gone”/);
	});

	it('names the wait of the header', () => {
		const headers = { 'retry-after': '7' };
		assert.equal(chat.failure({ status: 429, headers, json: { error: 'x' } }, call).wait, 7);
	});

	it('is one of the contract’s, whatever the body', () => {
		fc.assert(
			fc.property(fc.integer({ min: 400, max: 599 }), fc.jsonValue(), fc.string(), (status, value, text) => {
				for (const json of [value, { error: value }, { detail: value }, { error: { message: value, code: value } }]) {
					const failure = chat.failure({ status, headers: {}, json, text }, call);
					const own = errorOf({ status, json, text })?.status ?? status;
					assert.ok(failureCodes.includes(failure.code));
					assert.equal(failure.charged, own < 500 || own === 503 ? 'no' : 'unknown');
				}
			}),
		);
	});
});

describe('a good answer without a picture', () => {
	const known: readonly Known[] = [
		[
			200,
			talking(null, { refusal: 'I cannot\ndraw that.' }),
			'refused',
			'unknown',
			/^Vincony refused the prompt\. Change it\. Vincony says: “I cannot draw that\.” It may have been charged/,
		],
		[
			200,
			talking('Foxes are shy.'),
			'refused',
			'unknown',
			/^Vincony answered with words and without a picture.*“Foxes are shy\.”/,
		],
		[200, talking([{ type: 'text', text: 'No' }, { text: 'way' }]), 'refused', 'unknown', /“No way”/],
		[
			200,
			{ choices: [{ message: { content: '' }, finish_reason: 'content_filter' }] },
			'refused',
			'unknown',
			/refused the prompt\. Change it\. It may/,
		],
		[200, { error: 'The model is overloaded' }, 'server-error', 'unknown', /failed.*“The model is overloaded”/],
		[200, envelope('slow', 429), 'rate-limited', 'no', /asks for a pause/],
		[200, envelope('x', 402), 'no-credit', 'no', /no credit left/],
		[200, envelope('x', 500), 'server-error', 'unknown', /failed/],
		[200, envelope('x', 'insufficient_quota'), 'no-credit', 'unknown', /no credit left/],
		[200, envelope('x', 'invalid_request_error'), 'invalid-request', 'unknown', /did not take/],
		[200, { error: 'x', ...talking('words') }, 'server-error', 'unknown', /“x”/],
		[200, talking(null), 'bad-reply', 'unknown', /holds no picture.*limn\.providers\.vincony\.baseUrl/],
		[200, talking(' \n '), 'bad-reply', 'unknown', /holds no picture/],
		[200, { choices: [] }, 'bad-reply', 'unknown', /holds no picture/],
		[200, { error: null }, 'bad-reply', 'unknown', /holds no picture/],
		[200, undefined, 'bad-reply', 'unknown', /holds no picture/],
		[200, [], 'bad-reply', 'unknown', /holds no picture/],
	];
	for (const row of known) {
		const [status, json] = row;
		it(JSON.stringify(json) ?? 'without a body', () => {
			const { images, failures } = chat.read({ status, headers: {}, json }, call, unbegun);
			assert.deepEqual(images, []);
			assert.equal(failures?.length, 1);
			check(failures[0], row);
		});
	}

	it('keeps the number that its support knows', () => {
		const { failures } = chat.read({ status: 200, headers: {}, json: { id: 'chatcmpl-7' } }, call, unbegun);
		assert.equal(failures?.[0]?.requestId, 'chatcmpl-7');
	});

	it('has fewer than were asked for, where one came', () => {
		const json = { data: [{ b64_json: bytes }], error: 'too late' };
		const { images, failures } = chat.read({ status: 200, headers: {}, json }, { ...call, n: 3 }, unbegun);
		assert.deepEqual(images, [{ bytes }]);
		assert.deepEqual(
			failures?.map((failure) => said(failure).slice(0, 17)),
			['Fewer pictures ca', 'Fewer pictures ca'],
		);
	});
});

function answer(status: number, more: Partial<Reply> = { json: {} }) {
	return chatProbe.read({ status, headers: {}, ...more }, call);
}

describe('asking Vincony whether a key works', () => {
	it('sends a request that asks for nothing', () => {
		assert.deepEqual(chatProbe.request('id'), {
			kind: 'http',
			method: 'POST',
			path: '/chat/completions',
			body: { kind: 'json', value: {} },
			billed: false,
		});
	});

	it('knows it of what is said about the request, and of a refusal', () => {
		for (const status of [400, 422]) assert.deepEqual(answer(status), { kind: 'works' });
		const codes = { 200: 'bad-reply', 401: 'bad-key', 402: 'no-credit', 403: 'bad-key', 404: 'invalid-request' };
		for (const [status, code] of Object.entries({ ...codes, 500: 'server-error' })) {
			const probed = answer(Number(status));
			assert.ok(probed.kind === 'fails');
			assert.deepEqual([probed.error.code, probed.error.charged], [code, 'no']);
		}
	});
});
