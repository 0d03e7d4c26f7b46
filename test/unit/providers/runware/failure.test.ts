import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { failureCodes, sentencesOf } from '../../../../src/domain/imageError';
import { english } from '../../../../src/domain/message';
import type { Reply } from '../../../../src/providers/provider';
import { errorsOf } from '../../../../src/providers/runware/errorReply';
import { runware } from '../../../../src/providers/runware/runware';
import { callFor, callId } from '../calls';

const call = callFor('runware/openai:gpt-image@2');

function failed(status: number, json: unknown, more: Partial<Reply> = {}) {
	const error = runware.failure({ status, headers: {}, json, ...more }, call);
	return { ...error, words: sentencesOf(error).map(english).join(' ') };
}

/** What a code is called, by the status with which it comes. */
function named(code: string, status = 400, more: object = {}): string {
	const failure = failed(status, { errors: [{ code, message: 'No.', taskUUID: callId, ...more }] });
	return `${failure.code} ${failure.charged}`;
}

/** The rules of Runware's own client, in its order, and codes that each holds for (Runware reference, *Error codes*). */
const rules: Readonly<Record<string, readonly string[]>> = {
	'no-credit no': [
		'insufficientCredits',
		'providerInsufficientCredits',
		'thirdPartyInsufficientCredits',
		'quotaExceeded',
		'paymentRequired',
		'insufficientBalance',
	],
	'rate-limited no': [
		'rateLimitExceeded',
		'inferenceRateLimitExceeded',
		'inferenceRateLimitRequestTooLarge',
		'providerRateLimitExceeded',
	],
	'refused no': ['contentPolicyViolation', 'providerContentPolicyViolation', 'promptBlocked', 'moderationFailed'],
	'refused unknown': ['sensitiveContentDetected', 'unsafeContentDetected', 'nsfwContentDetected', 'imageBlocked'],
	'bad-key no': [
		'invalidApiKey',
		'missingApiKey',
		'authFailed',
		'unauthorized',
		'forbidden',
		'permissionDenied',
		'insufficientPermissions',
		'authenticationFailed',
		'invalidAuthentication',
		'missingAuthentication',
		'invalidCredentials',
		'tokenExpired',
		'tokenInvalid',
		'tokenMissing',
		'tokenRevoked',
		'accountSuspended',
		'organizationDisabled',
		'workspaceSuspended',
	],
	'timed-out unknown': ['timeout', 'timeoutProvider', 'providerTimeout', 'providerGatewayTimeout', 'webhookTimeout'],
	'model-unavailable no': [
		'modelNotFound',
		'providerModelNotFound',
		'modelDisabled',
		'modelUnavailable',
		'invalidModel',
		'missingModel',
	],
	'invalid-request no': [
		'imageNotFound',
		'uploadExpired',
		'invalidPositivePrompt',
		'invalidPositivePromptLength',
		'missingPositivePrompt',
		'invalidParameter',
		'missingParameter',
		'unsupportedParameter',
		'unsupportedTaskType',
		'unknownParameter',
		'invalidPixels',
		'valueTooLarge',
		'arrayTooSmall',
		'maxLengthExceeded',
		'duplicateTaskUUID',
		'conflictTaskUUID',
		'incompatibleParameters',
		'mismatchProviderSettingsProvider',
		'unknownProviderSettingsProvider',
		'transparentModelMismatch',
		'modelOwnershipValidationError',
		'validationFailed',
		'invalidSeedImage',
		'invalidMaskImage',
	],
	'server-error unknown': [
		'internalServerError',
		'serviceUnavailable',
		'serverUnavailable',
		'standardError',
		'unknownError',
		'errorRetrievingAccountManagement',
		'unrecognizedResponse',
		'providerError',
		'inferenceError',
		'processingFailed',
		'taskFailed',
		'taskCancelled',
		'taskFailedOrNotFound',
		'downloadFailed',
		'uploadFailed',
		'noAvailableServer',
		'modelNotReady',
		'mediaStorageFileCouldNotBeMoved',
	],
};

describe('a code of Runware', () => {
	for (const [verdict, codes] of Object.entries(rules)) {
		for (const code of codes) it(`${code}: ${verdict}`, () => assert.equal(named(code), verdict));
	}

	it('about the model says that it is gone', () => {
		for (const parameter of ['model', ['model']]) {
			for (const code of ['invalidParameter', 'unsupportedParameter', 'resourceNotFound']) {
				assert.equal(named(code, 400, { parameter }), 'model-unavailable no');
			}
		}
		assert.equal(named('invalidParameter', 400, { parameter: ['model', 'width'] }), 'invalid-request no');
		assert.equal(named('internalServerError', 500, { parameter: 'model' }), 'server-error unknown');
	});

	it('goes before the status', () => {
		for (const status of [200, 400, 402]) assert.equal(named('insufficientCredits', status), 'no-credit no');
		assert.equal(named('invalidApiKey', 400), 'bad-key no');
		assert.equal(named('rateLimitExceeded', 400), 'rate-limited no');
	});

	it('may cost money where the work may have been done', () => {
		assert.equal(named('contentPolicyViolation', 200), 'refused unknown');
		assert.equal(named('promptBlocked', 200), 'refused no');
		assert.equal(named('imageNotFound', 200), 'invalid-request unknown');
		assert.equal(named('timeoutProvider', 200), 'timed-out unknown');
		assert.equal(named('serviceUnavailable', 503), 'server-error no');
		assert.equal(named('providerError', 429), 'server-error no');
	});

	it('that is new is judged by the status', () => {
		const statuses: Readonly<Record<number, string>> = {
			200: 'server-error unknown',
			400: 'invalid-request no',
			401: 'bad-key no',
			402: 'no-credit no',
			403: 'bad-key no',
			404: 'invalid-request no',
			405: 'invalid-request no',
			408: 'timed-out no',
			413: 'too-large no',
			418: 'invalid-request no',
			429: 'rate-limited no',
			500: 'server-error unknown',
			502: 'server-error unknown',
			503: 'server-error no',
			504: 'timed-out unknown',
		};
		for (const [status, verdict] of Object.entries(statuses)) {
			assert.equal(named('somethingNew', Number(status)), verdict, status);
			assert.equal(named('', Number(status)), verdict, status);
		}
	});
});

describe('what a person reads of a failure at Runware', () => {
	const read: readonly (readonly [status: number, json: unknown, words: RegExp])[] = [
		[
			401,
			{
				errors: [
					{
						code: 'invalidApiKey',
						message: 'Invalid API key. Get one at https://my.runware.ai/signup',
						parameter: 'apiKey',
						type: 'string',
						taskType: 'authentication',
					},
				],
			},
			/^Runware does not accept the API key\. Set another one\.$/,
		],
		[
			400,
			{ errors: [{ code: 'insufficientCredits', message: 'Insufficient credits, please add', taskUUID: callId }] },
			/^The account at Runware has no credit left\. Top it up there, then try again\.$/,
		],
		[
			400,
			{ errors: [{ code: 'thirdPartyInsufficientCredits', message: 'The vendor is out of credit.' }] },
			/Runware says: “The vendor is out of credit\.”$/,
		],
		[
			400,
			{ errors: [{ code: 'invalidModel', message: 'Invalid model.', parameter: 'model' }] },
			/^Runware does not offer openai:gpt-image@2\. Choose another model\. Runware says: “Invalid model\.”$/,
		],
		[
			400,
			{ errors: [{ code: 'invalidPixels', message: 'Too many\npixels.', parameter: ['width', 'height'] }] },
			/^Runware did not take the request\. Change it\. Runware says: “Too many pixels\.”$/,
		],
		[400, { errors: [{ code: 'invalidSeedImage', message: 'Bad.' }] }, /^Runware cannot read the picture/],
		[400, { errors: [{ code: 'promptBlocked', message: 'No.' }] }, /^Runware refused the prompt\. Change it\.$/],
		[429, { errors: [{ code: 'rateLimitExceeded', message: 'Try again after 7 seconds' }] }, /a pause of 7 seconds/],
		[503, { errors: [{ code: 'noAvailableServer', message: 'Full.' }] }, /^Runware is too busy to answer.*Full/],
		[500, { errors: [{ code: 'taskFailed' }] }, /^Runware failed\. Try again later\. Runware says: “taskFailed”/],
		[502, { error: { code: 'badGateway', message: 'Upstream.' }, taskUUID: callId }, /Runware says: “Upstream\.”/],
		[400, { error: 'no list' }, /Runware says: “no list”/],
		[
			401,
			{ error: true, errorId: 19, errorMessageContentId: 1212, errorMessage: 'Invalid api key' },
			/^Runware does not accept the API key/,
		],
		[
			200,
			{ errors: [{ code: 'timeoutProvider', message: 'Terminated.' }] },
			/^The work took too long, and Runware gave it up\. Try again, or choose another model\. It may have been charged/,
		],
		[400, { errors: [{ code: 'providerGatewayTimeout' }] }, /^The work took too long, and Runware gave it up\./],
		[504, undefined, /^The work took too long, and Runware gave it up\./],
		[408, undefined, /^Runware waited too long for the request/],
		[404, undefined, /nothing at this address\. Check the setting limn\.providers\.runware\.baseUrl\.$/],
		[500, undefined, /^Runware failed\. Try again later\. It may have been charged/],
	];

	for (const [status, json, words] of read) {
		it(`${status} ${JSON.stringify(json)?.slice(0, 80) ?? 'without a body'}`, () =>
			assert.match(failed(status, json).words, words));
	}

	it('is no page of HTML', () => {
		const page = failed(504, undefined, { text: '<html><body>Gateway time-out</body></html>' });
		assert.deepEqual([page.code, page.charged], ['timed-out', 'unknown']);
		assert.doesNotMatch(page.words, /[<>]/);
		assert.match(failed(500, undefined, { text: 'upstream\nreset' }).words, /Runware says: “upstream reset”/);
	});

	it('is short', () => {
		const { words } = failed(400, { errors: [{ code: 'invalidParameter', message: 'x'.repeat(5000) }] });
		assert.ok(words.length < 300);
	});

	it('has the number under which support finds the task', () => {
		assert.equal(failed(400, { errors: [{ code: 'x', message: 'y', taskUUID: callId }] }).requestId, callId);
		assert.equal(failed(400, { error: { code: 'x' }, taskUUID: 'u' }).requestId, 'u');
		const headers = { 'x-request-id': 'r' };
		assert.equal(failed(400, { errors: [{ code: 'x' }] }, { headers }).requestId, 'r');
		assert.equal(failed(400, {}).requestId, undefined);
	});

	it('says how long to wait', () => {
		const failure = failed(429, { errors: [{ code: 'x' }] }, { headers: { 'retry-after': '12' } });
		assert.equal(failure.wait, 12);
	});
});

describe('the errors of a Runware answer', () => {
	it('are read in every form', () => {
		const error = { code: 'c', message: 'm', parameters: ['p'], taskUUID: 'u', taskType: 't' };
		const written = { code: 'c', message: 'm', parameter: 'p', taskUUID: 'u', taskType: 't', more: 1 };
		assert.deepEqual(errorsOf({ json: { errors: [written, 7, null] } }), [error]);
		assert.deepEqual(errorsOf({ json: { errors: [{ ...written, parameter: ['p'] }] } }), [error]);
		assert.deepEqual(errorsOf({ json: { error: written } }), [error]);
		assert.deepEqual(errorsOf({ json: { errors: [], error: written } }), [error]);
		assert.deepEqual(errorsOf({ json: { errors: [{ code: 1, parameter: 2 }] } }), [
			{ code: '', message: '', parameters: [], taskUUID: '', taskType: '' },
		]);
		for (const json of [undefined, null, [], 'x', {}, { errors: null }, { error: null }, { error: false }]) {
			assert.deepEqual(errorsOf({ json }), []);
		}
	});

	it('are one of the contract’s for any body and status', () => {
		const codes = Object.values(rules).flat();
		const code = fc.oneof(fc.constantFrom(...codes), fc.string(), fc.jsonValue());
		fc.assert(
			fc.property(fc.integer({ min: 200, max: 599 }), code, fc.jsonValue(), fc.string(), (status, code, json, text) => {
				for (const body of [json, { errors: [{ code, message: json }] }, { error: { code }, taskUUID: json }]) {
					const failure = failed(status, body, { text });
					assert.ok(failureCodes.includes(failure.code));
					assert.ok(['no', 'unknown'].includes(failure.charged));
				}
			}),
		);
	});
});
