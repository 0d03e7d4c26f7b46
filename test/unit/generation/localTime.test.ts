import assert from 'node:assert/strict';
import { dateAndTime, sinceOf } from '../../../src/generation/localTime';

describe('the person’s own time', () => {
	it('names a day and a time as they stand on the wall', () => {
		assert.deepEqual(dateAndTime(new Date(2026, 10, 5, 4, 3, 2)), { date: '2026-11-05', time: '04-03-02' });
		assert.equal(dateAndTime(new Date(2026, 0, 1, 0, 0, 0)).date, '2026-01-01');
		assert.equal(dateAndTime(new Date(2026, 11, 31, 23, 59, 59)).date, '2026-12-31');
	});

	it('knows when the day and the month began', () => {
		const { today, month } = sinceOf(new Date(2026, 10, 5, 4, 3, 2));
		assert.equal(today, new Date(2026, 10, 5).toISOString());
		assert.equal(month, new Date(2026, 10, 1).toISOString());
	});
});
