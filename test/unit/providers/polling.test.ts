import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { longestWork, pauseBeforePoll, waitedFor } from '../../../src/providers/polling';

describe('the pauses between polls', () => {
	it('begin with a second, then half of one, and grow to five', () => {
		assert.deepEqual(
			[0, 1, 2, 3, 20, 500].map((polls) => Math.round(pauseBeforePoll(polls))),
			[1000, 500, 650, 845, 5000, 5000],
		);
	});

	it('never grow shorter after the first, and add up', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 300 }), (polls) => {
				assert.ok(pauseBeforePoll(polls) <= pauseBeforePoll(polls + 1));
				assert.ok(Math.abs(waitedFor(polls + 1) - waitedFor(polls) - pauseBeforePoll(polls)) < 1e-6);
			}),
		);
		assert.equal(waitedFor(0), 0);
		assert.ok(waitedFor(260) > longestWork && waitedFor(200) < longestWork);
	});
});
