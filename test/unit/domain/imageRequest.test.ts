import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isBlank } from '../../../src/domain/imageRequest';

describe('a text with nothing to read', () => {
	it('is made of blanks, control characters and what no font shows', () => {
		for (const text of ['', ' \n\t', '\u200b', '\u00a0\u3000', '\ufeff\u2060', '\u0000\u007f', '\u00ad']) {
			assert.ok(isBlank(text), JSON.stringify(text));
		}
	});

	it('is none with a single sign in it, of whatever script', () => {
		for (const text of ['x', '  . ', '海', '\u200b🦊\u200b', '\u0644', '0']) assert.ok(!isBlank(text), text);
		fc.assert(fc.property(fc.string(), fc.string(), (a, b) => !isBlank(`${a}x${b}`)));
	});
});
