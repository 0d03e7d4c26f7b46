import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { destinationOf, plainTarget, urlOf } from '../../../../src/documents/languages/target';
import { anyPath } from './arbitraries';
import { pathOfHref } from './seen';

describe('a path as a URL', () => {
	it('decodes to the path', () => {
		fc.assert(fc.property(anyPath, (path) => assert.equal(decodeURIComponent(urlOf(path)), path)));
	});

	it('leads there from the document, also where a folder has the name of a scheme', () => {
		fc.assert(fc.property(anyPath, (path) => assert.equal(pathOfHref(urlOf(path)), path)));
		assert.equal(urlOf('javascript:x/c:'), 'javascript%3Ax/c%3A');
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

describe('a target', () => {
	it('is encoded for who reads URLs, and plain for who reads paths', () => {
		assert.equal(destinationOf({ path: 'a b/c#.png' }), 'a%20b/c%23.png');
		assert.equal(destinationOf({ path: '/a b.png' }), '/a%20b.png');
		assert.equal(plainTarget({ path: 'a b/c#.png' }), 'a b/c#.png');
	});

	it('that is an address stays as it is', () => {
		const uri = 'vscode-vfs://github/a%20b.png?x#y';
		assert.equal(destinationOf({ uri }), uri);
		assert.equal(plainTarget({ uri }), uri);
	});
});
