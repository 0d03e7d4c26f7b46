import assert from 'node:assert/strict';
import { markdown } from '../../../../../src/documents/languages/markdown';
import { readMarkdown } from '../../../../../src/documents/languages/markdown/readMarkdown';
import { seenIn, wordsSeen } from '../seen';

const read = (text: string) => seenIn(markdown, text);

describe('HTML in Markdown', () => {
	const texts: readonly (readonly [text: string, ...hrefs: string[]])[] = [
		['a <img src="b" alt="c"> <img alt=d src=e /> <IMG SRC=\'f\'>', 'b', 'e', 'f'],
		['<img src="a&amp;b"\n  alt="c">', 'a&b'],
		['<div align="center">\n<img src="a">\n![b](c)\n</div>', 'a'],
		['<div>\n\n![a](b)\n\n</div>', 'b'],
		['<details><summary><img src=a></summary>\n\n![b](c)\n</details>', 'a', 'c'],
		['<script>\n![a](b)\n\n"<img src=c>"\n</script>\n![d](e)', 'e'],
		['<pre>\n<img src=a>\n\n![b](c)</pre>\n<img src=d>', 'd'],
		['<style>\n\n</style> <img src=a> ![b](c)\n![d](e)', 'a', 'e'],
		['<b>![a](b)</b>\n\n<b>\n![c](d)\n</b>', 'b'],
		['</b>\n![c](d)'],
		['a\n<b>\n![c](d)', 'd'],
		['a\n<div>\n![c](d)'],
		['<a title="<img src=a>"> <img src=b>', 'b'],
		['<div title="<img src=a>"\n> <img src=b>', 'b'],
		['<img src=a'],
		['<div><img src="a'],
		['<img alt="a">'],
		['`<img src=a>` \\<img src=b> <img\nsrc=c>', 'c'],
		['> <div>\n> <img src="a"\n> alt="b"></div>\n\n- <p><img src=c></p>', 'a', 'c'],
		['<?php\n\n<img src=a>\n?> <img src=b>\n<img src=c>', 'b', 'c'],
		['<!DOCTYPE html>\n<img src=a>', 'a'],
		['![a <img src=b> <!-- c -->](d)', 'd'],
		['<div>\n<textarea><img src=a></textarea><img src=b>', 'b'],
	];
	for (const [text, ...hrefs] of texts)
		it(`has the pictures of ${JSON.stringify(text)}`, () =>
			assert.deepEqual(
				readMarkdown(text, 'markdown').pictures.map(({ href }) => href),
				hrefs,
			));

	it('tells decoration from a missing alt text', () => {
		assert.deepEqual(read('<img src=a> <img src=b alt> <img src=c alt=""> <img src=d alt="e">').pictures, [
			{ span: '<img src=a>', target: 'a', href: 'a', lacksAlt: true },
			{ span: '<img src=b alt>', target: 'b', href: 'b' },
			{ span: '<img src=c alt="">', target: 'c', href: 'c', alt: '' },
			{ span: '<img src=d alt="e">', target: 'd', href: 'd', alt: 'e' },
		]);
	});
});

describe('comments in Markdown', () => {
	const texts: readonly (readonly [text: string, ...comments: string[]])[] = [
		['<!-- limn: a fox -->\n![a](b)', '<!-- limn: a fox -->'],
		['a <!-- b --> c <!--d-->', '<!-- b -->', '<!--d-->'],
		['<!-- a\n\n![b](c)\n\n-->', '<!-- a\n\n![b](c)\n\n-->'],
		['a <!-- b\nc --> d', '<!-- b\nc -->'],
		['a <!-- b\n\nc --> d'],
		['<!-- a --> ![b](c) <!-- d -->\ne', '<!-- a -->', '<!-- d -->'],
		['<div>\n<!-- a -->\n</div>', '<!-- a -->'],
		['<!-- a'],
		['a <!--> b --> <!---> c -->', '<!-->', '<!--->'],
		['`<!-- a -->` \\<!-- b --> <!-- c -->', '<!-- c -->'],
		['    <!-- a -->\n\n```\n<!-- b -->\n```\n\n<pre>\n<!-- c -->\n</pre>'],
		['- <!-- a\n  b -->\n\n  ![c](d)', '<!-- a\n  b -->'],
		['# a <!-- b -->\n\n| c <!-- d --> |\n|---|', '<!-- b -->', '<!-- d -->'],
		['![a <!-- b --> c](d)'],
	];
	for (const [text, ...comments] of texts)
		it(`are found in ${JSON.stringify(text)}`, () => {
			assert.deepEqual(
				read(text).comments.map(([comment]) => comment),
				comments,
			);
		});

	it('are lines of words without blanks around them', () => {
		assert.deepEqual(wordsSeen(read('<!--\n  limn: a fox,\n\n  at dawn  \n-->')), ['limn: a fox,', 'at dawn']);
		assert.deepEqual(wordsSeen(read('> <!-- limn: a\r\n>  b\r\n> -->\r\n> ![a](b)')), ['limn: a', 'b']);
		assert.deepEqual(wordsSeen(read('<!---->')), []);
		assert.deepEqual(wordsSeen(read('a\r<!-- b\rc -->')), ['b', 'c']);
	});
});
