import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { asSentence, asText, withoutHiding } from '../../../src/domain/plainText';
import { payloads } from '../../attacks/payloads';
import { editorLink, obeyed, turning } from '../../attacks/textRules';

describe('a text of others in a sentence', () => {
	it('turns nothing round, and is one line', () => {
		assert.equal(asText('fox\u202Egnp.exe \u2066a\u2069\u200F'), 'foxgnp.exe a');
		assert.equal(asText('a\r\nb\u001B[31mc\u0085d\u2028e\0f'), 'a b [31mc d e f');
		assert.equal(asText('\u061Cfox\u200E'), 'fox');
		for (const payload of payloads) {
			assert.doesNotMatch(asText(payload), obeyed);
			assert.doesNotMatch(asText(payload), turning);
		}
	});

	it('keeps what people write', () => {
		for (const text of ['a  b', 'می‌خواهم', '👩‍🚀', 'שלום', 'fox [1](2).png', '']) assert.equal(asText(text), text);
	});

	it('is no link to the editor, whatever it is', () => {
		const hostile = '[Sign in](command:workbench.action.quit) [x](https://x.example "y")';
		assert.match(hostile, editorLink);
		for (const payload of [hostile, ...payloads]) assert.doesNotMatch(asSentence(payload), editorLink);
		const signs = fc.string({
			unit: fc.constantFrom('[', ']', '(', ')', 'command:x', 'https://x', ' ', '"', '\u200E', '\r'),
		});
		fc.assert(fc.property(signs, (text) => assert.doesNotMatch(asSentence(text), editorLink)));
		assert.equal(asSentence(hostile).replaceAll('\u200b', ''), hostile);
	});
});

const shown = (codePoint: number) => withoutHiding(`a${String.fromCodePoint(codePoint)}b`);
const numbered = (codePoint: number) => `a<U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}>b`;

describe('a text that will be sent', () => {
	it('shows as a number what would not show', () => {
		const unseen = [0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x200b, 0x202e, 0x2060, 0x2066, 0x2800, 0x3164];
		const ranges = [
			[0xfe00, 0xfe0d],
			[0xe0000, 0xe0fff],
		] as const;
		const others = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
		for (const each of [...unseen, 0xfeff, 0xffa0, 0x1d173, ...others]) assert.equal(shown(each), numbered(each));
	});

	it('keeps what people write', () => {
		for (const text of ['a fox', '👩\u200D🚀', '❤\uFE0F', '❤\uFE0E', 'می\u200Cخواهم', 'é ü 狐 \u0301'])
			assert.equal(withoutHiding(text), text);
	});

	it('hides nothing, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const left = withoutHiding(text).replace(/\u200C|\u200D|\uFE0E|\uFE0F/g, '');
				assert.doesNotMatch(left, /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u);
			}),
		);
	});
});
