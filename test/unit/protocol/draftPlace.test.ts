import assert from 'node:assert/strict';
import type { Draft } from '../../../src/protocol/draft';
import { placeOf } from '../../../src/protocol/draftPlace';

describe('where a draft is written on', () => {
	const draft: Draft = { prompt: 'a fox', n: 1, options: {}, references: ['p2'] };

	it('is the form, where a picture is made', () => {
		assert.deepEqual(placeOf(draft), { view: 'create', draft });
	});

	it('is beside the picture that it changes', () => {
		const change = { ...draft, source: 'p1' };
		assert.deepEqual(placeOf(change), { view: 'edit', picture: 'p1', draft: change });
	});
});
