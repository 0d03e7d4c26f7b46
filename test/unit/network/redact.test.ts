import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { keyRemover, redactAll, redactor } from '../../../src/network/redact';

/** No real key looks like this, and none of these words is in the texts around it. */
const keyText = fc.string({
	minLength: 12,
	maxLength: 60,
	unit: fc.constantFrom(...Array.from('QWXZqwxz0123456789+/=-_~!')),
});
const around = fc.string({ maxLength: 30, unit: fc.constantFrom(...Array.from('abc def.,:(){}"')) });

/** The longest piece of a key that a text holds. */
function longestPiece(text: string, key: string): string {
	let longest = '';
	for (let start = 0; start < key.length; start++) {
		while (text.includes(key.slice(start, start + longest.length + 1)) && start + longest.length < key.length) {
			longest = key.slice(start, start + longest.length + 1);
		}
	}
	return longest;
}

describe('what goes to the log', () => {
	it('holds no key', () => {
		fc.assert(
			fc.property(keyText, around, around, (key, before, after) => {
				const text = redactor([key])(`${before}${key}${after}${key}`);
				assert.ok(!text.includes(key), text);
				assert.ok(longestPiece(text, key).length < 4, text);
			}),
		);
	});

	it('holds no key that was cut off', () => {
		fc.assert(
			fc.property(keyText, around, fc.integer({ min: 8, max: 60 }), (key, before, length) => {
				const text = redactor([key])(before + key.slice(0, length));
				assert.ok(!text.includes(key.slice(0, 8)), text);
				assert.ok(longestPiece(text, key).length < 4, text);
			}),
		);
	});

	it('holds no key in another form', () => {
		fc.assert(
			fc.property(keyText, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (key, before, after) => {
				const redact = redactor([key]);
				assert.ok(longestPiece(redact(`(${encodeURIComponent(key)})`), encodeURIComponent(key)).length < 4);
				for (const encoding of ['base64', 'base64url'] as const) {
					const whole = Buffer.from(`${before}:${key}:${after}`).toString(encoding);
					const text = redact(whole);
					const decoded = text.split('***').map((part) => Buffer.from(part, encoding).toString('latin1'));
					// At most the ends that share a group of four with what stands around.
					for (const part of decoded) assert.ok(longestPiece(part, key).length <= 6, text);
				}
			}),
		);
	});

	it('leaves what is none', () => {
		const text = 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9 (model gpt-image-1.5, 3 tries, max_tokens: 5)';
		assert.equal(redactor(['some-other-key-123'])(text), text);
		fc.assert(fc.property(around, (text) => assert.equal(redactor([])(text), text)));
	});

	it('leaves a text readable where a key is a mere letter', () => {
		assert.equal(redactor(['a', ''])('a banana'), 'a banana');
		assert.equal(redactor(['pass'])('no pass here'), 'no *** here');
	});

	const shapes: readonly (readonly [text: string, redacted: string])[] = [
		['key sk-proj-abcdefgh12 is wrong', 'key sk-*** is wrong'],
		['lmnfl_abcdefgh, vncy_abcdefgh, r8_abcdefgh', 'lmnfl_***, vncy_***, r8_***'],
		['Authorization: Bearer abc.def-123', 'Authorization: Bearer ***'],
		['authorization: basic dXNlcjpwYXNz', 'authorization: basic ***'],
		['https://x.example/a.png?X-Amz-Signature=abc&se=2026', 'https://x.example/a.png?X-Amz-Signature=***&se=***'],
		['see "https://x.example/?sig=a%2Bb".', 'see "https://x.example/?sig=***".'],
		['https://user:word@x.example/a', 'https://***@x.example/a'],
		['{"api_key":"abc","n":1}', '{"api_key":"***","n":1}'],
		['token=abc; other=1', 'token=***; other=1'],
	];
	for (const [text, redacted] of shapes) {
		it(`knows the look of a key: ${redacted}`, () => assert.equal(redactor([])(text), redacted));
	}

	it('is done in every corner of a value', () => {
		const redact = redactor(['secret-key-1']);
		const picture = new Uint8Array(3);
		const value = { a: ['x secret-key-1', 1, null], b: { c: 'fine', d: picture }, 'of secret-key-1': { e: true } };
		const expected = { a: ['x ***', 1, null], b: { c: 'fine', d: picture }, 'of ***': { e: true } };
		assert.deepEqual(redactAll(value, redact), expected);
		const odd: unknown = JSON.parse('{"__proto__":["secret-key-1"]}');
		assert.equal(JSON.stringify(redactAll(odd, redact)), '{"__proto__":["***"]}');
	});

	it('leaves the very value where there is nothing to take out', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				assert.equal(
					redactAll(value, (text) => text),
					value,
				);
				const copy: unknown = JSON.parse(JSON.stringify({ value, more: 'x' }));
				const other = redactAll(copy, (text) => (text === 'more' ? 'other' : text));
				assert.deepEqual(
					other,
					JSON.parse(
						JSON.stringify({ value: redactAll(value, (text) => (text === 'more' ? 'other' : text)), other: 'x' }),
					),
				);
			}),
		);
	});
});

const remove = (key: string, text: string): string => keyRemover([key])?.(text) ?? text;

describe('a key in data', () => {
	it('is taken out in every form', () => {
		fc.assert(
			fc.property(keyText, around, around, (key, before, after) => {
				assert.equal(remove(key, `${before}${key}${after}`).includes(key), false);
				assert.equal(remove(key, `${before}${encodeURIComponent(key)}`).includes(encodeURIComponent(key)), false);
				for (const encoding of ['base64', 'base64url'] as const) {
					const text = remove(key, Buffer.from(`${before}:${key}:${after}`).toString(encoding));
					const decoded = text.split('***').map((part) => Buffer.from(part, encoding).toString('latin1'));
					for (const part of decoded) assert.ok(longestPiece(part, key).length <= 6, text);
				}
			}),
		);
	});

	it('is nothing but the key', () => {
		const url = 'https://company-images.example/a.png?X-Amz-Signature=abc&token=sk-proj-1234&se=2026';
		assert.equal(remove('company-gateway-key', url), url);
		assert.equal(remove('sk-proj-abcdefgh', url), url);
	});

	it('is left where it is a mere word', () => {
		for (const key of ['', 'none', 'EMPTY', 'sk-1234']) assert.equal(keyRemover([key]), undefined);
		assert.equal(keyRemover([]), undefined);
	});
});
