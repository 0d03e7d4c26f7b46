import assert from 'node:assert/strict';
import { markdown } from '../../../../../src/documents/languages/markdown';
import { readMarkdown } from '../../../../../src/documents/languages/markdown/readMarkdown';
import { assertSame } from '../mdast';
import { seenIn } from '../seen';

/** Asserts what pictures a document has, by their addresses; and that mdast agrees. */
function assertHrefs(text: string, hrefs: readonly string[]): void {
	assert.deepEqual(
		readMarkdown(text, 'markdown').pictures.map(({ href }) => href),
		hrefs,
		text,
	);
	assertSame(text);
}

const read = (text: string) => seenIn(markdown, text);

describe('pictures in Markdown', () => {
	it('are where they are, as they are', () => {
		assert.deepEqual(read('See ![A \\*red\\* fox &amp; more](<my fox.png> "Title") here.').pictures, [
			{
				span: '![A \\*red\\* fox &amp; more](<my fox.png> "Title")',
				target: 'my fox.png',
				href: 'my fox.png',
				alt: 'A *red* fox & more',
			},
		]);
		const [picture] = readMarkdown('a\n> ![b\n> c](d&#46;png)', 'markdown').pictures;
		assert.deepEqual(picture, {
			span: { start: 4, end: 23 },
			target: { start: 13, end: 22 },
			href: 'd.png',
			kind: 'url',
			alt: { text: 'b\nc', span: { start: 6, end: 11 } },
			lacksAlt: false,
		});
	});

	const addresses: readonly (readonly [text: string, ...hrefs: string[]])[] = [
		['![a](b)![c](d)', 'b', 'd'],
		['![a](  b\n"t"  )', 'b'],
		['![a](b(c)d(e(f)))', 'b(c)d(e(f))'],
		['![a](b(c)'],
		['![a](b\\(c)', 'b(c'],
		['![a](b c)'],
		['![a](<b c>)', 'b c'],
		['![a](<b\\>c>)', 'b>c'],
		['![a](<b\nc>)'],
		['![a](<b)'],
		['![a](<b>c)'],
		["![a](b 't')", 'b'],
		['![a](b (t))', 'b'],
		['![a](b "t)'],
		['![a](b "t" u)'],
		['![a](b"t")', 'b"t"'],
		['![a](b "t\\"u")', 'b'],
		['![a](b%20c&ouml;&#x26;\\d\\!)', 'b%20cö&\\d!'],
		['![a] (b)'],
		['! [a](b)'],
		['![a[b]c](d)', 'd'],
		['![a[b](c)d](e)', 'e'],
		['![a![b](c)d](e)', 'e'],
		['![a\\]b](c)', 'c'],
		['![a]b](c)'],
		['[![a](b)](c)', 'b'],
		['[a ![b](c) [d](e) ![f](g)](h)', 'c', 'g'],
		['\\![a](b)'],
		['\\\\![a](b)', 'b'],
		['!\\[a](b)'],
		['`![a](b)` ![c](d)', 'd'],
		['``![a](b)` ![c](d)', 'b', 'd'],
		['`` ` ![a](b) `` ![c](d)', 'd'],
		['\\`![a](b)\\` ![c](d)', 'b', 'd'],
		['![a`](b)`](c)', 'c'],
		['<x-y:![a](b)> ![c](d)', 'd'],
		['<a@b.c> ![c](d)', 'd'],
		['<a title="![a](b)"> ![c](d)', 'd'],
		['<a title=![a](b)> ![c](d)', 'd'],
		['x <?![a](b)?> <!A ![c](d)> <![CDATA[![e](f)]]> ![g](h)', 'h'],
		['a < b ![c](d) > e', 'd'],
		['![a](b)\n![c](d)\r\n![e](f)', 'b', 'd', 'f'],
		['*![a](b)* **_![c](d)_** ~~![e](f)~~', 'b', 'd', 'f'],
		['![😀](森.png) 😀 ![𝒶](𝒷)', '森.png', '𝒷'],
	];
	for (const [text, ...hrefs] of addresses) it(`are read in ${JSON.stringify(text)}`, () => assertHrefs(text, hrefs));

	const references: readonly (readonly [text: string, ...hrefs: string[]])[] = [
		['![a][b]\n\n[b]: c', 'c'],
		['![b][] ![b]\n\n[b]: <c d> "t"', 'c d', 'c d'],
		['[B  x]:\n  c\n  "t"\n\n![a][b X]\n![ b\nx ]', 'c', 'c'],
		['[b]: c\n[b]: d\n[e]: f\n![b] ![e]', 'c', 'f'],
		['[b]: c "t" u\n\n![b]'],
		['[b]: c\n"t" u\n\n![b]', 'c'],
		['a\n[b]: c\n\n![b]'],
		['# a\n[b]: c\n![b]', 'c'],
		['> [b]: c\n\n- ![b]\n\n1. [d]: e\n\n   ![d]', 'c', 'e'],
		['> [b]:\n> c\n> ![b]', 'c'],
		['```\n[b]: c\n```\n\n    [d]: e\n\n![b] ![d]'],
		['[b\\]]: c\n\n![b\\]]', 'c'],
		['[]: c\n\n[ ]: c\n\n![] ![ ]'],
		['![a][c] ![a][b]\n\n[a]: d\n[b]: '],
		['[ẞ]: c\n\n![SS] ![ß]', 'c', 'c'],
		['[a]: b\n===\n![a]', 'b'],
		['[a]: b\n---\n![a]', 'b'],
		['[![a]][a]\n\n[a]: b', 'b'],
		['![^1] ![a][^1]\n\n[^1]: b'],
		['[b]: c\n    d\n\n![b]', 'c'],
		['[b]: c "t\n\n![x](y)', 'y'],
		['[b]: c "![x](y)"\n\n![b]', 'c'],
	];
	for (const [text, ...hrefs] of references)
		it(`are defined in ${JSON.stringify(text)}`, () => assertHrefs(text, hrefs));

	it('that are defined elsewhere have their address there', () => {
		const text = '![a][b]\n\n[b]: <c d> "t"';
		const [picture] = readMarkdown(text, 'markdown').pictures;
		assert.deepEqual(picture && text.slice(picture.target.start, picture.target.end), 'c d');
		assert.deepEqual(picture?.span, { start: 0, end: 7 });
	});
});
