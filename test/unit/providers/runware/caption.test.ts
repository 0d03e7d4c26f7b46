import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isImageError } from '../../../../src/domain/imageError';
import { captioner, captionPrompt, captionRequest, readCaption } from '../../../../src/providers/runware/caption';
import { sentence } from '../../builders';
import { taskOf } from './asking';

const image = { bytes: new Uint8Array([1, 2, 3]), format: 'png' } as const;

function read(json: unknown, status = 200) {
	return readCaption({ status, headers: {}, json });
}

function failed(json: unknown, status = 200) {
	const error = read(json, status);
	assert.ok(isImageError(error));
	return error;
}

describe('a description by Runware', () => {
	it('is asked for as one task that is paid for', () => {
		const { body: _, ...rest } = captionRequest('an id', image);
		assert.deepEqual(rest, { kind: 'http', method: 'POST', path: '', billed: true });
		assert.deepEqual(taskOf(captionRequest('an id', image)), {
			taskType: 'caption',
			taskUUID: 'an id',
			model: 'runware:152@2',
			inputs: { image },
			prompt: captionPrompt,
			includeCost: true,
		});
		assert.match(captionPrompt, /125 characters/);
		assert.equal(captioner.offer.provider, 'runware');
	});

	it('is the text of the answer, with what it cost', () => {
		const one = { taskType: 'caption', taskUUID: 'an id', text: ' A fox. ', cost: 0.0006 };
		assert.deepEqual(read({ data: [one] }), { text: 'A fox.', costUsd: 0.0006 });
		assert.deepEqual(read({ data: one }), { text: 'A fox.', costUsd: 0.0006 });
		assert.deepEqual(read({ data: [{ text: 'A fox' }] }), { text: 'A fox' });
		assert.deepEqual(read({ data: [{ text: 'A fox', cost: 'little' }] }), { text: 'A fox' });
		assert.deepEqual(read({ data: [{ text: 'A fox' }], errors: [{ code: 'webhookFailed' }] }), { text: 'A fox' });
		assert.deepEqual(read({ data: [{ taskType: 'authentication' }, { text: 'A fox' }] }), { text: 'A fox' });
	});

	it('is missing where nothing is said, and may have been paid', () => {
		for (const json of [
			{ data: [] },
			{ data: [{ text: ' ' }] },
			{ data: [{ taskUUID: 'an id' }] },
			{ data: null },
			{},
			'x',
		]) {
			const error = failed(json);
			assert.deepEqual([error.code, error.charged, error.provider], ['bad-reply', 'unknown', 'runware']);
			assert.match(sentence(error.message), /^Runware said nothing about the picture/);
		}
		assert.equal(failed(undefined).code, 'bad-reply');
	});

	it('fails as every request to Runware fails', () => {
		const cases = [
			[401, { errors: [{ code: 'invalidApiKey', message: 'No.' }] }, 'bad-key', 'no'],
			[200, { errors: [{ code: 'insufficientCredits', message: 'No.' }] }, 'no-credit', 'no'],
			[400, { errors: [{ code: 'invalidImage', parameter: 'inputs.image', message: 'No.' }] }, 'invalid-request', 'no'],
			[400, { errors: [{ code: 'invalidModel', parameter: 'model', message: 'No.' }] }, 'model-unavailable', 'no'],
			[429, undefined, 'rate-limited', 'no'],
			[503, undefined, 'server-error', 'no'],
			[500, { error: { code: 'internalServerError', message: 'Oh.' } }, 'server-error', 'unknown'],
			[504, undefined, 'timed-out', 'unknown'],
		] as const;
		for (const [status, json, code, charged] of cases) {
			const error = failed(json, status);
			assert.deepEqual([error.code, error.charged], [code, charged], `${status} ${JSON.stringify(json)}`);
			assert.equal(error.provider, 'runware');
		}
	});

	it('is a text or a failure, whatever comes', () => {
		const any = fc.oneof(fc.jsonValue(), fc.record({ data: fc.jsonValue() }), fc.record({ errors: fc.jsonValue() }));
		fc.assert(
			fc.property(any, fc.integer({ min: 200, max: 599 }), (json, status) => {
				const answer = read(json, status);
				assert.ok(isImageError(answer) || answer.text.trim() !== '');
			}),
		);
	});
});
