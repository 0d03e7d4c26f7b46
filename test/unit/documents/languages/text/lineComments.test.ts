import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { joinLineComments } from '../../../../../src/documents/languages/text/lineComments';
import { linesOf, trimmed, wordsOf } from '../../../../../src/documents/languages/text/lines';

/** The comments that begin with `//`. */
function commentsIn(text: string): string[][] {
	const spans = Array.from(text.matchAll(/\/\/.*/g), ({ index, 0: comment }) => ({
		start: index,
		end: index + comment.length,
	}));
	return joinLineComments(text, spans, /^\/+/).map(({ span, lines }) => [
		text.slice(span.start, span.end),
		lines.map(({ start, end }) => text.slice(start, end)).join('|'),
	]);
}

describe('comments to the ends of lines', () => {
	it('are one where they are all that is on neighbouring lines', () => {
		assert.deepEqual(commentsIn('// a\n\t///  b \n//\r\n// c'), [['// a\n\t///  b \n//\r\n// c', 'a|b||c']]);
		assert.deepEqual(commentsIn('// a\n\n// b'), [
			['// a', 'a'],
			['// b', 'b'],
		]);
		assert.deepEqual(commentsIn('x // a\ny // b\n// c'), [
			['// a', 'a'],
			['// b\n// c', 'b|c'],
		]);
	});

	it('begin anew with a recipe', () => {
		assert.deepEqual(commentsIn('// a\n// limn: b\n// c\n// limn:d'), [
			['// a', 'a'],
			['// limn: b\n// c', 'limn: b|c'],
			['// limn:d', 'limn:d'],
		]);
		assert.deepEqual(commentsIn('// a\n// not limn: b'), [['// a\n// not limn: b', 'a|not limn: b']]);
	});

	it('lose no words', () => {
		const line = fc.constantFrom('// a', '  // limn: b', '//', 'x', '', 'y // c ');
		fc.assert(
			fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, eol) => {
				const words = lines.flatMap((text) => /\/\/(.*)/.exec(text)?.[1]?.trim() ?? []);
				assert.deepEqual(
					commentsIn(lines.join(eol)).flatMap(([, joined = '']) => joined.split('|')),
					words,
				);
			}),
		);
	});
});

describe('the lines of a text', () => {
	const text = fc.array(fc.constantFrom('a', ' ', '\n', '\r\n', '\r', '\t')).map((parts) => parts.join(''));

	it('are what is between their ends', () => {
		fc.assert(
			fc.property(text, (text) => {
				assert.deepEqual(
					linesOf(text).map(({ start, end }) => text.slice(start, end)),
					text.split(/\r\n|[\n\r]/),
				);
			}),
		);
		assert.deepEqual(linesOf('ab\ncd\nef', { start: 1, end: 7 }), [
			{ start: 1, end: 2 },
			{ start: 3, end: 5 },
			{ start: 6, end: 7 },
		]);
	});

	it('have words between white space', () => {
		fc.assert(
			fc.property(text, (text) => {
				const { start, end } = trimmed(text, { start: 0, end: text.length });
				assert.equal(text.slice(start, end), text.trim());
			}),
		);
		const words = wordsOf('\n a \n\n b\n ', linesOf('\n a \n\n b\n '));
		assert.deepEqual(words, [
			{ start: 2, end: 3 },
			{ start: 5, end: 5 },
			{ start: 7, end: 8 },
		]);
		assert.deepEqual(wordsOf(' \n', linesOf(' \n')), []);
	});
});
