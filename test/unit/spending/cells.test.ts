import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cellOf, cellsOf, textOf } from '../../../src/spending/cells';
import { anyText } from './arbitraries';

/** What a spreadsheet reckons. */
const formula = /^\s*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

/** RFC 4180, section 2, and what is commonly read: lines and their cells. */
const examples: readonly (readonly [line: string, cells: readonly string[] | undefined])[] = [
	['aaa,bbb,ccc', ['aaa', 'bbb', 'ccc']],
	['zzz,yyy,xxx', ['zzz', 'yyy', 'xxx']],
	['"aaa","bbb","ccc"', ['aaa', 'bbb', 'ccc']],
	['"aaa","b,bb",ccc', ['aaa', 'b,bb', 'ccc']],
	['"aaa","b""bb","ccc"', ['aaa', 'b"bb', 'ccc']],
	['""""', ['"']],
	['"""",""""""', ['"', '""']],
	[' a , b ', [' a ', ' b ']],
	['', ['']],
	[',', ['', '']],
	['a,,"",', ['a', '', '', '']],
	['"a', undefined],
	['"a"b', undefined],
	['a"b', undefined],
	['a,"b""', undefined],
];

describe('cells', () => {
	for (const [line, cells] of examples) {
		it(`are read as RFC 4180 says: ${line}`, () => assert.deepEqual(cellsOf(line), cells));
	}

	it('give any text back exactly', () => {
		fc.assert(
			fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), (texts) => {
				const read = cellsOf(texts.map(cellOf).join(','));
				assert.deepEqual(read?.map(textOf), texts);
			}),
			{ numRuns: 2000 },
		);
	});

	it('are no formula, and never more than one line', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const cell = cellOf(text);
				const [bare = ''] = cellsOf(cell) ?? [];
				assert.doesNotMatch(bare, formula);
				assert.doesNotMatch(cell, /[\r\n\0\u0085\u2028\u2029]/);
			}),
			{ numRuns: 2000 },
		);
	});

	it('are as people write them where nothing is in the way', () => {
		assert.equal(cellOf('docs/fox.md'), 'docs/fox.md');
		assert.equal(cellOf('runware/openai:gpt-image@2'), 'runware/openai:gpt-image@2');
		assert.equal(cellOf('100% fox'), '"100% fox"');
		assert.equal(cellOf('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
		assert.equal(cellOf('a\nb'), `'a%0Ab`);
	});

	it('that a person typed are text, whatever they are', () => {
		assert.equal(textOf("'%FF"), '%FF');
		assert.equal(textOf("'%zz"), '%zz');
		assert.equal(textOf('50%25'), '50%25');
	});

	it('of a line without end are read at once, or found to be none', () => {
		const long = 'a'.repeat(4_000_000);
		assert.equal(cellsOf(`"${long}`), undefined);
		assert.deepEqual(
			cellsOf(`"${long}",${long}`)?.map(({ length }) => length),
			[4_000_000, 4_000_000],
		);
	});
});
