import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { markdown } from '../../../../../src/documents/languages/markdown';
import { imagesOfMarkdown } from '../parse';
import { seenIn } from '../seen';

const read = (text: string) => seenIn(markdown, text);
const altOf = (alt: string) => read(`![${alt}](x)`).pictures[0]?.alt;

describe('the alt text of pictures in Markdown', () => {
	it('lack an alt text where the brackets are empty', () => {
		const lacks = read('![](a) ![ ](b) ![&#32;](c) ![d](e) ![``](f)').pictures.map(({ lacksAlt }) => lacksAlt ?? false);
		assert.deepEqual(lacks, [true, true, true, false, false]);
	});

	it('have an alt text without marks', () => {
		assert.equal(altOf('*a* **b** ***c*** _d_ `e` ``f`g``'), 'a b c d e f`g');
		assert.equal(altOf('snake_case_name 2 * 3 * 4 *'), 'snake_case_name 2 * 3 * 4 *');
		assert.equal(altOf('*a **b** c* _d*e_f* **g*'), 'a b c _de_f *g');
		assert.equal(altOf('a [b](c) ![d](e) <x-y:z> <b>f</b>'), 'a b d x-y:z <b>f</b>');
		assert.equal(altOf('&quot;a&quot; &#233; &nosuch; &amp &'), '"a" é &nosuch; &amp &');
		assert.equal(altOf('\\*a\\* \\a \\\\'), '*a* \\a \\');
		assert.equal(altOf('a  \n  b\\\nc\r\nd'), 'a\nb\nc\nd');
	});

	it('have the same alt text for markdown-it, whatever marks are in it', () => {
		const marks = ['*', '**', '_', '__', '***', '.', '!', '“', '\\*', '&amp;'];
		const part = fc.constantFrom('a', ' ', 'é', '`b`', '[c](d)', ...marks);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
				const text = `![${parts.join('')}](x)`;
				assert.deepEqual(
					read(text).pictures.map(({ alt }) => alt),
					imagesOfMarkdown(text).map(({ alt }) => alt),
					text,
				);
			}),
			{ numRuns: 3000 },
		);
	});
});
