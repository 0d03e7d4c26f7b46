import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ImageError } from '../../../src/domain/imageError';
import { pauseBeforeRepeat } from '../../../src/generation/retry';
import type { HttpRequest, LossReason, NoReply, Reply } from '../../../src/providers/provider';
import { openaiImages } from '../../../src/providers/openai-images/openaiImages';
import { callOf, standingClock } from './scripted';

const request: HttpRequest = { kind: 'http', method: 'POST', path: '/images', billed: true };
const clock = standingClock();

function pause(reply: Reply | NoReply, { billed = true, attempt = 1 } = {}): number | undefined {
	return pauseBeforeRepeat({ ...request, billed }, reply, attempt, failureOf, clock);
}

/** Of the dialect that has the most to say about waiting. */
function failureOf(reply: Reply): ImageError {
	return openaiImages.failure(reply, callOf());
}

const answer = (status: number, headers: Reply['headers'] = {}): Reply => ({ status, headers });
const loss = (lost: LossReason, unseen: boolean): NoReply => ({ lost, unseen, detail: '' });

const losses = fc.constantFrom<LossReason>(
	'unresolved',
	'refused',
	'certificate',
	'proxy',
	'reset',
	'stalled',
	'timed-out',
	'too-large',
	'garbled',
);

describe('sending again', () => {
	it('never happens to what might be paid twice', () => {
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 599 }), losses, (status, lost) => {
				assert.equal(pause(answer(status)) !== undefined, status === 429 || status === 503, String(status));
				assert.equal(pause(loss(lost, false)), undefined, lost);
			}),
		);
	});

	it('happens where no connection opened, but not where none will a second later', () => {
		assert.equal(pause(loss('refused', true)), 500);
		assert.equal(pause(loss('unresolved', true)), 500);
		assert.equal(pause(loss('certificate', true)), undefined);
		assert.equal(pause(loss('proxy', true)), undefined);
	});

	it('is more patient with what costs nothing', () => {
		assert.equal(pause(answer(500), { billed: false }), 500);
		assert.equal(pause(loss('reset', false), { billed: false }), 500);
		assert.equal(pause(answer(404), { billed: false }), undefined);
		assert.equal(pause(loss('garbled', false), { billed: false }), undefined);
	});

	it('does not help where the credit is gone, or where the server says so', () => {
		const quota = { error: { message: 'No.', code: 'insufficient_quota' } };
		assert.equal(pause({ ...answer(429), json: quota }), undefined);
		assert.equal(pause(answer(503, { 'x-should-retry': 'false' })), undefined);
	});

	it('happens twice at most, after longer pauses', () => {
		const pauses = [1, 2, 3, 4].map((attempt) => pause(answer(503), { attempt }));
		assert.deepEqual(pauses, [500, 1000, undefined, undefined]);
	});

	it('goes on for about a minute where it only asks for work that is paid already', () => {
		const poll = { ...request, billed: false, afterMs: 1000 };
		const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) =>
			pauseBeforeRepeat(poll, loss('refused', true), attempt, failureOf, clock),
		);
		assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16_000, 32_000, undefined]);
		fc.assert(
			fc.property(losses, fc.boolean(), (lost, unseen) => {
				const isLasting = lost === 'certificate' || lost === 'too-large';
				const pauses = pauseBeforeRepeat(poll, loss(lost, unseen), 1, failureOf, clock);
				assert.equal(pauses, isLasting ? undefined : 500, lost);
			}),
		);
		const asked = (seconds: string) =>
			pauseBeforeRepeat(poll, answer(429, { 'retry-after': seconds }), 1, failureOf, clock);
		assert.deepEqual([asked('300'), asked('301')], [300_000, undefined]);
	});

	it('is never the painter’s lot', () => {
		const order = {
			task: { operation: 'generate' },
			prompt: '',
			size: { width: 16, height: 16 },
			seed: '0',
			format: 'png',
		} as const;
		const ask = { kind: 'paint', order } as const;
		assert.equal(pauseBeforeRepeat(ask, answer(503), 1, failureOf, clock), undefined);
	});
});

describe('the pause that a server names', () => {
	it('is in seconds, in milliseconds, or a date', () => {
		assert.equal(pause(answer(429, { 'retry-after': '2' })), 2000);
		assert.equal(pause(answer(429, { 'retry-after': '0' })), 0);
		assert.equal(pause(answer(429, { 'retry-after': '1.5' })), 1500);
		assert.equal(pause(answer(429, { 'retry-after-ms': '30', 'retry-after': '2' })), 30);
		const sentence = { error: { message: 'Please try again after 51.8 seconds.' } };
		assert.equal(pause({ ...answer(429), json: sentence }), 51_800);
		assert.equal(pause(answer(503, { 'retry-after': 'Sat, 21 Nov 2026 00:00:09 GMT' })), 9000);
		assert.equal(pause(answer(503, { 'retry-after': 'Fri, 20 Nov 2026 00:00:00 GMT' })), 0, 'is over');
	});

	it('is for the person to wait where it is longer than a minute', () => {
		assert.equal(pause(answer(429, { 'retry-after': '60' })), 60_000);
		assert.equal(pause(answer(429, { 'retry-after': '61' })), undefined);
		assert.equal(pause(answer(429, { 'retry-after': 'Sat, 21 Nov 2026 01:00:00 GMT' })), undefined);
	});

	it('is taken for none where it cannot be read', () => {
		fc.assert(
			fc.property(
				fc.string().filter((text) => Number.isNaN(Date.parse(text)) && !/^\d/.test(text)),
				(text) => {
					assert.equal(pause(answer(429, { 'retry-after': text })), 500);
				},
			),
		);
	});
});
