import assert from 'node:assert/strict';
import { english, say } from '../../../src/domain/message';

describe('english', () => {
	it('fills in names, numbers and what is said itself', () => {
		const rule = say('a whole number from {0} to {1}', 1, 10);
		assert.equal(english(say('{0} must be {1}.', 'n', rule)), 'n must be a whole number from 1 to 10.');
		assert.equal(english(say('{1}, {0}, {1}', 'a', 'b')), 'b, a, b');
	});

	it('leaves braces that nobody fills in, and those of what is filled in', () => {
		assert.equal(english(say('{ line, character }')), '{ line, character }');
		assert.equal(english(say('{0} {1}', '{1}')), '{1} {1}');
		assert.equal(english(say('{0} of {1}', 0, '')), '0 of ');
	});
});
