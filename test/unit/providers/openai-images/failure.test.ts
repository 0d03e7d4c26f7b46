import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { failureCodes, sentencesOf } from '../../../../src/domain/imageError';
import { english } from '../../../../src/domain/message';
import { errorOf } from '../../../../src/providers/openai-images/errorReply';
import { openaiImages } from '../../../../src/providers/openai-images/openaiImages';
import { type HttpRequest, type Reply, type Step, unbegun } from '../../../../src/providers/provider';
import { callFor, nextOf, png, sentFor } from '../calls';

const calls = {
	openai: callFor('openai/gpt-image-2'),
	lumenfall: callFor('lumenfall/gpt-image-2'),
	custom: callFor('custom/flux'),
};

function failed(provider: keyof typeof calls, status: number, json: unknown, more: Partial<Reply> = {}) {
	const error = openaiImages.failure({ status, headers: {}, json, ...more }, calls[provider]);
	return { ...error, words: sentencesOf(error).map(english).join(' ') };
}

function idOf(headers: Reply['headers'], json: unknown = {}): string | undefined {
	return failed('openai', 400, json, { headers }).requestId;
}

const openai = (code: string | null, message = 'No.', type = 'invalid_request_error', more: object = {}) => ({
	error: { message, type, param: null, code, ...more },
});
const lumenfall = (code: string, message = 'No.') => ({ error: { message, type: 'x', code } });

describe('a failure in the OpenAI dialect', () => {
	/** Reply → code, whether it was charged, and what the person reads. */
	const known: readonly (readonly [keyof typeof calls, number, unknown, string, string, RegExp])[] = [
		[
			'openai',
			401,
			openai('invalid_api_key', 'Incorrect API key provided: sk-abc***'),
			'bad-key',
			'no',
			/^OpenAI does not accept the API key\. Set another one\.$/,
		],
		['openai', 400, openai('moderation_blocked'), 'refused', 'no', /^OpenAI refused the prompt\. Change it\.$/],
		[
			'openai',
			400,
			openai('moderation_blocked', 'x', 'image_generation_user_error', {
				moderation_details: { moderation_stage: 'input', categories: ['sexual', 'violence'] },
			}),
			'refused',
			'no',
			/^OpenAI refused the prompt \(sexual, violence\)\. Change it\.$/,
		],
		[
			'openai',
			400,
			openai('moderation_blocked', 'x', 'y', {
				moderation_details: { moderation_stage: 'output', categories: ['violence'] },
			}),
			'refused',
			'unknown',
			/made a picture and refused to give it out \(violence\)/,
		],
		['openai', 400, openai('content_policy_violation'), 'refused', 'no', /refused the prompt/],
		[
			'openai',
			400,
			openai('billing_hard_limit_reached', 'Billing hard limit has been reached'),
			'no-credit',
			'no',
			/no credit left/,
		],
		['openai', 429, openai('insufficient_quota', 'x', 'insufficient_quota'), 'no-credit', 'no', /no credit left/],
		[
			'openai',
			403,
			openai(null, 'Your organization must be verified to use the model `gpt-image-2`. Please go to: …'),
			'model-unavailable',
			'no',
			/gpt-image-2 to verified organizations only\. Verify yours/,
		],
		[
			'openai',
			403,
			openai(null, 'Forbidden for this project.'),
			'bad-key',
			'no',
			/OpenAI says: “Forbidden for this project\.”$/,
		],
		[
			'openai',
			404,
			openai('model_not_found', 'The model `x` does not exist.'),
			'model-unavailable',
			'no',
			/does not offer gpt-image-2.*Choose another model.*does not exist/,
		],
		[
			'openai',
			404,
			undefined,
			'invalid-request',
			'no',
			/nothing at this address\. Check the setting limn\.providers\.openai\.baseUrl\.$/,
		],
		[
			'openai',
			400,
			openai(null, 'The size is not supported by this model.'),
			'invalid-request',
			'no',
			/did not take the request.*OpenAI says: “The size is not supported by this model\.”/,
		],
		[
			'openai',
			400,
			openai('unsupported_file_mimetype', "Invalid file 'image'"),
			'invalid-request',
			'no',
			/cannot read the picture/,
		],
		['openai', 400, openai('image_too_large'), 'too-large', 'no', /too large for OpenAI/],
		['openai', 413, undefined, 'too-large', 'no', /too large for OpenAI/],
		[
			'openai',
			500,
			openai(null, 'The server had an error.', 'server_error'),
			'server-error',
			'unknown',
			/^OpenAI failed.*The server had an error/,
		],
		['openai', 503, undefined, 'server-error', 'no', /too busy/],
		['lumenfall', 401, lumenfall('AUTHENTICATION_FAILED'), 'bad-key', 'no', /Lumenfall does not accept/],
		['lumenfall', 402, lumenfall('INSUFFICIENT_BALANCE'), 'no-credit', 'no', /Lumenfall has no credit/],
		['lumenfall', 400, lumenfall('CONTENT_POLICY_VIOLATION'), 'refused', 'no', /Lumenfall refused/],
		[
			'lumenfall',
			404,
			lumenfall('MODEL_NOT_FOUND', "Did you mean 'wan-2.6'?"),
			'model-unavailable',
			'no',
			/Lumenfall says: “Did you mean 'wan-2\.6'\?”/,
		],
		['lumenfall', 404, lumenfall('MODEL_DISABLED'), 'model-unavailable', 'no', /does not offer/],
		['lumenfall', 429, lumenfall('RATE_LIMITED'), 'rate-limited', 'no', /asks for a pause/],
		['lumenfall', 502, lumenfall('ALL_PROVIDERS_EXHAUSTED'), 'server-error', 'unknown', /Lumenfall failed/],
		[
			'lumenfall',
			400,
			{ error_code: 'INVALID_REQUEST', message: 'Too big: expected string to have <=1000 characters' },
			'invalid-request',
			'no',
			/expected string to have <=1000 characters/,
		],
		['custom', 500, { error: 'out of memory' }, 'server-error', 'unknown', /Custom server says: “out of memory”/],
		['custom', 400, { error: 'server_error', message: 'invalid params' }, 'invalid-request', 'no', /invalid params/],
		['custom', 400, { detail: 'Only b64_json is supported' }, 'invalid-request', 'no', /Only b64_json is supported/],
		[
			'custom',
			422,
			{ detail: [{ loc: ['body', 'size'], msg: 'bad size', type: 'v' }] },
			'invalid-request',
			'no',
			/size: bad size/,
		],
		['custom', 400, { message: 'no such model' }, 'invalid-request', 'no', /no such model/],
	];

	/** The same of local servers, and of answers that began well. */
	const others: typeof known = [
		[
			'custom',
			404,
			{ detail: 'The model `x` does not exist.' },
			'model-unavailable',
			'no',
			/The model `x` does not exist/,
		],
		['custom', 404, openai(null, 'model "foo" not found'), 'model-unavailable', 'no', /model "foo" not found/],
		['custom', 404, { detail: 'Not Found' }, 'invalid-request', 'no', /Custom server says: “Not Found”/],
		['custom', 401, { detail: 'Unauthorized' }, 'bad-key', 'no', /wants an API key, or another one/],
		['custom', 503, { error: 'model is loading' }, 'server-error', 'no', /too busy.*model is loading/],
		['openai', 408, undefined, 'timed-out', 'no', /waited too long/],
		['openai', 200, openai('rate_limit_exceeded'), 'rate-limited', 'unknown', /asks for a pause/],
		['openai', 200, openai('something_new'), 'server-error', 'unknown', /OpenAI failed/],
		['openai', 200, openai('invalid_value'), 'invalid-request', 'unknown', /did not take the request/],
		['openai', 200, { type: 'error', code: 'moderation_blocked', message: 'x' }, 'refused', 'unknown', /refused/],
	];

	for (const [provider, status, json, code, charged, words] of [...known, ...others]) {
		it(`${provider} ${status} ${JSON.stringify(json)?.slice(0, 90) ?? 'without a body'}`, () => {
			const failure = failed(provider, status, json);
			assert.equal(failure.code, code);
			assert.equal(failure.charged, charged);
			assert.equal(failure.provider, provider);
			assert.match(failure.words, words);
		});
	}

	it('names the wait, of the header or of the sentence', () => {
		const slow = (message: string) => failed('openai', 429, openai('rate_limit_exceeded', message));
		assert.match(slow('please slow down and try again after 51.8 seconds.').words, /a pause of 52 seconds/);
		assert.match(slow('Your rate limit resets in ~30s.').words, /a pause of 30 seconds/);
		assert.match(slow('Limit: 0/1min.').words, /in a minute/);
		const headers = { 'retry-after': '120' };
		assert.match(failed('openai', 429, openai('rate_limit_exceeded'), { headers }).words, /a pause of 120 seconds/);
		assert.match(failed('custom', 503, undefined, { headers }).words, /Try again in 120 seconds/);
	});

	it('carries the provider’s own number of the request', () => {
		assert.equal(idOf({ 'x-request-id': 'req_1' }), 'req_1');
		assert.equal(idOf({ 'x-lumenfall-request-id': 'req_2' }), 'req_2');
		assert.equal(idOf({}, { id: 'req_3' }), 'req_3');
		assert.equal(idOf({}, { id: 7 }), undefined);
	});

	it('quotes one short line, and no page of HTML', () => {
		const long = failed('openai', 400, openai(null, `a\n\n b ${'x'.repeat(500)}`));
		assert.ok(long.words.includes('“a b xxx'));
		assert.ok(long.words.length < 300);
		const page = failed('openai', 502, undefined, { text: '<html><body>Bad gateway</body></html>' });
		assert.ok(!page.words.includes('<'));
		assert.match(failed('custom', 500, undefined, { text: 'CUDA out of memory' }).words, /CUDA out of memory/);
	});

	it('is one of the contract’s for any code, type and status, and says whether it cost money', () => {
		const codes = known.flatMap(([, , json]) => errorOf({ json })?.code ?? []);
		const anything = fc.oneof(fc.string(), fc.constant(null), fc.integer(), fc.constantFrom(...codes));
		fc.assert(
			fc.property(fc.integer({ min: 400, max: 599 }), anything, anything, anything, (status, code, type, message) => {
				const failure = failed('openai', status, { error: { code, type, message } });
				assert.ok(failureCodes.includes(failure.code));
				assert.equal(failure.charged, status < 500 || status === 503 ? 'no' : 'unknown');
				assert.ok(failure.words.length > 10);
			}),
		);
	});

	it('is found in any body', () => {
		fc.assert(
			fc.property(fc.integer({ min: 400, max: 599 }), fc.jsonValue(), fc.string(), (status, json, text) => {
				assert.ok(failureCodes.includes(failed('custom', status, json, { text }).code));
			}),
		);
	});

	it('may cost what was made and then refused', () => {
		const output = { moderation_details: { moderation_stage: 'output', categories: [] } };
		assert.equal(failed('openai', 400, openai('moderation_blocked', 'x', 'y', output)).charged, 'unknown');
	});

	it('says once that it may have been charged', () => {
		assert.match(
			failed('openai', 500, undefined).words,
			/^OpenAI failed\. Try again later\. It may have been charged all the same: look/,
		);
		assert.doesNotMatch(failed('openai', 503, undefined).words, /charged/);
	});
});

function insteadOf(request: HttpRequest, reply: Reply): Step | undefined {
	return openaiImages.instead?.(request, reply, callFor('openai/gpt-image-2'), unbegun);
}

describe('a server that knows nothing of streams', () => {
	const refusal = openai('unknown_parameter', "Unknown parameter: 'stream'.");

	it('is asked again without them', () => {
		const reply = { status: 400, headers: {}, json: refusal };
		for (const operation of ['generate', 'edit'] as const) {
			const task = operation === 'edit' ? { operation, images: [png] } : { operation };
			const call = callFor('openai/gpt-image-2', { operation }, { task, watched: true });
			const simpler = nextOf(insteadOf(sentFor(call), reply));
			assert.doesNotMatch(JSON.stringify(simpler.body), /stream|partial/);
			assert.equal(insteadOf(simpler, reply), undefined, 'and not a third time');
			const { offer } = call;
			const plain = offer.images && { ...offer, images: { ...offer.images, streams: false } };
			assert.ok(plain);
			assert.deepEqual(simpler, sentFor({ ...call, offer: plain }));
		}
	});

	it('may say it as FastAPI does, or name the parameter alone', () => {
		const request = sentFor(callFor('openai/gpt-image-2'));
		for (const json of [
			{ detail: [{ loc: ['body', 'stream'], msg: 'Extra inputs are not permitted' }] },
			{ error: { message: 'Unknown parameter.', param: 'stream' } },
		]) {
			assert.ok(insteadOf(request, { status: 422, headers: {}, json }));
		}
	});

	it('is not blamed for anything else', () => {
		const request = sentFor(callFor('openai/gpt-image-2'));
		const json = openai('invalid_value', 'The upstream size is wrong.');
		assert.equal(insteadOf(request, { status: 400, headers: {}, json }), undefined);
	});
});
