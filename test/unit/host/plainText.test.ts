import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { asSentence, asText } from '../../../src/host/plainText';
import { payloads } from '../../attacks/payloads';

/** How the editor finds links in notifications and in what an input box says (`parseLinkedText`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('a text of others in a sentence', () => {
	it('turns nothing round, and is one line', () => {
		assert.equal(asText('fox\u202Egnp.exe \u2066a\u2069\u200F'), 'foxgnp.exe a');
		assert.equal(asText('a\r\nb\u001B[31mc\u0085d\u2028e\0f'), 'a b [31mc d e f');
		for (const payload of payloads)
			assert.doesNotMatch(asText(payload), /[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029]/u);
	});

	it('keeps what people write', () => {
		for (const text of ['a  b', 'می‌خواهم', '👩‍🚀', 'שלום', 'fox [1](2).png', '']) assert.equal(asText(text), text);
	});

	it('is no link to the editor, whatever it is', () => {
		const hostile = '[Sign in](command:workbench.action.quit) [x](https://x.example "y")';
		assert.match(hostile, link);
		for (const payload of [hostile, ...payloads]) assert.doesNotMatch(asSentence(payload), link);
		const signs = fc.string({
			unit: fc.constantFrom('[', ']', '(', ')', 'command:x', 'https://x', ' ', '"', '\u200E', '\r'),
		});
		fc.assert(fc.property(signs, (text) => assert.doesNotMatch(asSentence(text), link)));
		assert.equal(asSentence(hostile).replaceAll('\u200b', ''), hostile);
	});
});
