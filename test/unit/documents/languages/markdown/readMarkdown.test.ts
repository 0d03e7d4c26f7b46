import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Dialect } from '../../../../../src/documents/languages/markdown/markdownInline';
import { markdown } from '../../../../../src/documents/languages/markdown';
import { readMarkdown } from '../../../../../src/documents/languages/markdown/readMarkdown';
import { assertSame } from '../mdast';
import { assertLinear } from '../readingChecks';
import { hrefsSeen, seenIn } from '../seen';

const read = (text: string) => seenIn(markdown, text);

/** What documents are put together of: it means something at the start of a line, in a line, or across lines. */
const pieces = [
	'a',
	'b ',
	'foo bar',
	'\n',
	'\n\n',
	'\r\n',
	'\t',
	' ',
	'  ',
	'    ',
	'😀',
	'é',
	'\u2028',
	'\u00A0',
	'> ',
	'- ',
	'* ',
	'1. ',
	'+ ',
	'```',
	'~~~',
	'````',
	'***',
	'---',
	'===',
	'# ',
	'#',
	'[^1]: ',

	'`',
	'``',
	'*',
	'_',
	'**',
	')',
	'<',
	'>',
	'!',
	'"',
	"'",
	'=',
	'-',
	'|',
	'~',
	'{',
	'}',
	'$',
	'\\',
	'\\!',
	'&amp;',
	'&#35;',

	'![a](b)',
	'![a *b* c](<d e> "t")',
	'![a',
	'[ ',
	'](x)',
	'](x "t")',
	']',
	'[![a](b)](c)',
	'![a ![b](c) d](e)',
	'<x-y:z>',

	'[id]',
	'![id]',
	'![id][]',
	'![x][id]',
	'![p][id2]',
	'[id]: /url\n',
	'[id]: <u v> "t"\n',
	'\n[Id2]: z (t)\n',

	'<!-- c -->',
	'<!-- c\n\nd -->',
	'<!--',
	'-->',
	'<!-->',
	'<img src=x alt="y">',
	'<img src="x"\nalt=\'z\'>',
	'<IMG SRC=q>',

	'<div>',
	'</div>',
	'<b>',
	'</b>',
	'<script>',
	'</script>',
	'<a href="',
	'">',
	'\n\n| a | b |\n|---|:-|\n',
	'|---|\n',
	'| a ![t](u) | b |',
];

const documents = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));

/**
 * What CommonMark and mdast disagree on: a bracket behind a label that is none itself; and what only Limn reads: front matter. Where a line
 * is broken with a backslash or blanks, mdast joins the words of an alt text.
 */
const differs = /\]\[(?!id|\])|^---|(?:\\| {2})\r?\n/i;

function linear(dialect: Dialect, texts: readonly string[]): void {
	assertLinear((text) => {
		// A picture at the end: what has none is not read closely.
		assert.ok(readMarkdown(`${text} ![a](b)`, dialect).comments.length <= text.length);
		return { comments: [], pictures: [] };
	}, texts);
}

describe('a Markdown document', () => {
	it('is what mdast sees in it, whatever it is put together of', () => {
		fc.assert(
			fc.property(documents, (text) => {
				fc.pre(!differs.test(text));
				assertSame(text);
			}),
			{ numRuns: 2000 },
		);
	});

	it('is the same behind the mark of its encoding', () => {
		fc.assert(
			fc.property(documents, (text) => {
				fc.pre(!differs.test(text));
				assertSame(`\uFEFF${text}`);
			}),
			{ numRuns: 200 },
		);
	});

	it('is the same in a quote, line by line', () => {
		fc.assert(
			fc.property(documents, (text) => {
				fc.pre(!differs.test(text));
				assertSame(text.replace(/^/gm, '> ').replaceAll('\u2028> ', '\u2028'));
			}),
			{ numRuns: 1000 },
		);
	});

	it('may be anything', () => {
		const anything = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 60 }),
			documents,
			fc.string({ unit: fc.constantFrom(...Array.from('![](<>-`{}/*\n\\"')) }),
		);
		fc.assert(
			fc.property(anything, fc.constantFrom<Dialect>('markdown', 'mdx'), (text, dialect) => {
				for (const { span, target } of readMarkdown(text, dialect).pictures) {
					assert.ok(span.start < span.end && span.end <= text.length);
					assert.ok(target.start <= target.end && target.end <= text.length);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('of nested quotes and lists is read to a depth of a hundred', () => {
		assert.deepEqual(hrefsSeen(read(`${'> '.repeat(99)}![a](b)`)), ['b']);
		assert.deepEqual(hrefsSeen(read(`${'> '.repeat(5000)}![a](b)`)), ['b']);
		assert.deepEqual(hrefsSeen(read(`${'- '.repeat(5000)}![a](b)\n\n\n![c](d)`)), ['b', 'd']);
		assert.equal(read(`${'!['.repeat(5000)}a${'](b)'.repeat(5000)}`).pictures.length, 1);
	});

	it('takes a time that grows no faster than its length', () => {
		const hard = [
			'![',
			'[',
			'`a``b```',
			'<!--',
			'<a b="',
			'<img src=a>',
			'<?',
			'*a_',
			'![a](<',
			'![a](b "',
			'[a](b (',
			'![a][a]',

			'> ',
			'- ',
			'  - a\n',
			'> a\nb\n',
			'> <!--\n\n',
			'> <pre>\n\n',
			'|a|\n|-|\n',
			'\t-',
			'\r',
			'[a]: b\n',
			'[a]: b "',
		];
		linear('markdown', hard);
		linear('mdx', ['{', '{"', '{/*', '`${', '<a {', '{/* a */}\n', '<A>\n{', 'export {\n\n']);
	}).timeout(120_000);
});
