import assert from 'node:assert/strict';
import { secretsIn } from '../../../src/documents/secrets';
import { secretRefusal, wordsOf } from '../../../src/documents/sentWords';
import { sentence } from '../builders';

describe('the words that go out', () => {
	it('are the prompt and all options', () => {
		assert.equal(
			wordsOf({ prompt: 'a fox', options: { seed: 7, raw: true, note: 'a=b' } }),
			'a fox\nseed=7\nraw=true\nnote=a=b',
		);
		assert.equal(wordsOf({ prompt: 'a fox', options: {} }), 'a fox');
	});

	it('hold no secret where they are numbers that models take', () => {
		const options = { seed: 123456789012345, steps: 30, guidance: 7.5, max_tokens: 4096 };
		assert.deepEqual(secretsIn(wordsOf({ prompt: 'a fox', options })), []);
	});

	it('are refused by the kinds of what they hold', () => {
		const { code, charged, message } = secretRefusal('a token');
		assert.deepEqual([code, charged], ['bad-input', 'no']);
		assert.match(sentence(message), /secret \(a token\), so nothing was sent/);
	});
});
