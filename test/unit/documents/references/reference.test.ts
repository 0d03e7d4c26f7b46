import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { urlOf } from '../../../../src/documents/references/reference';
import { anyPath } from './arbitraries';

describe('a path as a URL', () => {
	it('decodes to the path', () => {
		fc.assert(fc.property(anyPath, (path) => assert.equal(decodeURIComponent(urlOf(path)), path)));
	});

	it('consists of letters, digits, marks and signs that mean nothing anywhere', () => {
		fc.assert(
			fc.property(anyPath, (path) => {
				assert.match(urlOf(path), /^([\p{L}\p{N}\p{M}\-._~/]|%[0-9A-F]{2})*$/u);
			}),
		);
	});

	it('leaves names of any script readable', () => {
		for (const path of ['../a/b-c_d.e~f', '夜明け.png', 'Ölkrug.png', 'चित्र.png', 'صورة.png'])
			assert.equal(urlOf(path), path);
	});

	it('encodes also what encodeURIComponent leaves alone', () => {
		assert.equal(urlOf("a'(b)*!"), 'a%27%28b%29%2A%21');
		assert.equal(urlOf('%20'), '%2520');
		assert.equal(urlOf('a b#c?d&e|f\\g:h'), 'a%20b%23c%3Fd%26e%7Cf%5Cg%3Ah');
		assert.equal(urlOf('😀'), '%F0%9F%98%80');
	});

	it('does not fail on half a character', () => assert.equal(urlOf('\uD800'), '%EF%BF%BD'));
});
