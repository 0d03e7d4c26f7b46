import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { string } from 'css-tree';
import * as fc from 'fast-check';
import { astro } from '../../../../../src/documents/languages/astro';
import { css } from '../../../../../src/documents/languages/css';
import { isPictureName, pictureOfElement } from '../../../../../src/documents/languages/markup/elementPicture';
import { html } from '../../../../../src/documents/languages/html';
import { jsx } from '../../../../../src/documents/languages/jsx';
import { scss } from '../../../../../src/documents/languages/scss';
import {
	beginsValue,
	endOfExpression,
	endOfString,
	endOfTemplateText,
	unescapeScript,
} from '../../../../../src/documents/languages/markup/scriptText';
import { endOfStyleString, unescapeStyle } from '../../../../../src/documents/languages/styles/styleText';
import { svelte } from '../../../../../src/documents/languages/svelte';
import { vue } from '../../../../../src/documents/languages/vue';
import { hrefsSeen, seenIn } from '../seen';

const languages = { html, vue, svelte, astro, jsx, css, scss };

/** Everything that some of these languages take for more than a character. */
const sign = fc.constantFrom(
	...Array.from('<>/"\'`{}()[]=!-?:;,.*#@$\\&| \n\r\tab\u2028\u00a0'),
	'<!--',
	'-->',
	'/*',
	'*/',
	'//',
	'{/*',
	'*/}',
	'${',
	'{{',
	'}}',
	'---',
	'</',
	'/>',
	'<>',
	'</>',
	'=>',
	'#{',
	'url(',
	'\r\n',
	'\0',
	'\ud83e',
	'<img src=',
	' alt=',
	'limn: ',
	'<script>',
	'</script>',
	'<style lang="scss">',
	'</style>',
	'<template>',
	'</template>',
	'@import ',
	'return',
	'=<a',
	' src="a.png"',
	'<Image ',
	'<svg>',
	'<title/>',
	'{...b}',
	'{#if ',
	'{/if}',
	'<T,>',
	' extends ',
	'<textarea>',
	'@font-face {',
	'is:raw',
	':src=',
);
const anyText = fc.array(sign, { maxLength: 60 }).map((signs) => signs.join(''));

describe('reading markup, scripts and style sheets', () => {
	for (const [name, language] of Object.entries(languages)) {
		it(`gives what is where it is said to be, of any text: ${name}`, () => {
			fc.assert(
				fc.property(anyText, (text) => {
					const parts = language.read?.(text);
					assert.ok(parts);
					for (const { span, target, alt } of parts.pictures) {
						const inner = [target, ...(alt ? [alt.span] : [])];
						for (const { start, end } of inner) assert.ok(span.start <= start && start <= end && end <= span.end);
						assert.ok(span.start >= 0 && span.end <= text.length);
					}
					seenIn({ ...language, read: () => ({ ...parts, pictures: [] }) }, text);
				}),
				{ numRuns: 1000 },
			);
		});
	}

	it('runs out of nothing on what never ends', () => {
		const [much, more] = [500_000, 8_000_000];
		for (const language of Object.values(languages)) {
			for (const text of [`=<img ${'a=b '.repeat(much)}`, '<p>{'.repeat(much), '"'.padEnd(much, '\\')])
				assert.deepEqual(hrefsSeen(seenIn(language, text)), []);
		}
		// A pattern that remembers every backslash needs more memory for these than it gets.
		assert.deepEqual(hrefsSeen(seenIn(css, `a: url(${'\\a'.repeat(more)}`)), []);
	});
});

describe('a string of a script', () => {
	it('says what it says to the language itself', () => {
		const escaped = fc.constantFrom(
			'\\n',
			'\\t',
			'\\b',
			'\\f',
			'\\v',
			'\\r',
			'\\0',
			'\\x41',
			'\\u00e4',
			'\\u{1F98A}',
			'\\\n',
			'\\\r\n',
			"\\'",
			'\\q',
			'\\\\',
			'a',
			'🦊',
		);
		fc.assert(
			fc.property(fc.array(escaped, { maxLength: 8 }), (pieces) => {
				const written = pieces.join('').replaceAll('\\0', '\\x00');
				assert.equal(unescapeScript(written), runInNewContext(`'${written}'`));
				assert.equal(endOfString(`'${written}' + 'b'`, 0), written.length + 2);
			}),
		);
		assert.equal(unescapeScript('\\u{110000}a\\0'), 'a\0');
	});

	it('ends with its line where it does not end', () => {
		assert.equal(endOfString('"a\'b\\"c\nd"', 0), 7);
		assert.equal(endOfString("'a\\", 0), 2);
	});

	it('in a template lasts to the next code', () => {
		assert.equal(endOfTemplateText('`a$b\\`\\${c}${d}`', 1), 11);
		assert.equal(endOfTemplateText('`a', 1), 2);
		assert.equal(endOfTemplateText('`\\', 1), 2);
	});
});

describe('a regular expression', () => {
	for (const [text, end] of [
		['/a/.b/', 3],
		['/[/]/ /', 5],
		['/\\//g', 4],
		['/[\\]/]/', 7],
		['/a\n/', -2],
		['/a', -2],
		['/\\\n/', -2],
	] as const)
		it(`ends here: ${JSON.stringify(text)}`, () => assert.equal(endOfExpression(text, 0), end));

	const values = [
		'return',
		'a = typeof',
		'(',
		',',
		'=>',
		'a >',
		'&&',
		'a +',
		'!',
		'...',
		'a ? b :',
		'}...',
		'if (a) else',
		'b in',
	];
	for (const before of values) it(`may begin behind ${before}`, () => assert.ok(beginsValue(before, before.length)));

	const operands = [
		'a',
		'a.return',
		'a$in',
		'äof',
		'1',
		')',
		']',
		'"',
		'`',
		'a++',
		'a--',
		'a!',
		')!',
		'A<B>',
		'1.',
		'instanceofs',
	];
	for (const before of operands)
		it(`does not begin behind ${before}`, () => assert.ok(!beginsValue(before, before.length)));
});

describe('a string of CSS', () => {
	it('says what it says to a parser', () => {
		const piece = fc.constantFrom(
			'\\a ',
			'\\61',
			'\\000061 b',
			'\\"',
			'\\\n',
			'\\\r\n',
			'\\g',
			'\\0',
			'\\d800 ',
			'\\110000 ',
			'\\\\',
			"'",
			'a',
			'🦊',
			' ',
			'\\20\t',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const written = pieces.join('');
				assert.equal(unescapeStyle(written), string.decode(`"${written}"`), written);
				assert.equal(endOfStyleString(`"${written}" "b"`, 0, false), written.length + 2);
			}),
		);
	});

	it('may have code in it that has strings in it', () => {
		const text = '"a#{b("}", \'#{c("d")}\') {e}}f" "g"';
		assert.equal(endOfStyleString(text, 0, true), text.indexOf(' "g"'));
		assert.equal(endOfStyleString(text, 0, false), text.indexOf('}'));
		assert.equal(endOfStyleString('"a#{b\nc}"', 0, true), 5);
	});
});

describe('an element that stands for a picture', () => {
	for (const name of [
		'img',
		'Image',
		'NextImage',
		'ui.Image',
		'motion.img',
		'v-img',
		'nuxt-img',
		'enhanced:img',
		'NuxtPicture',
		'HeroImg',
	])
		it(`is ${name}`, () => assert.ok(isPictureName(name)));

	for (const name of ['image', 'picture', 'imgs', 'ImageList', 'svgimg', 'Imagery', 'IMG', 'image-set', 'myImage', ''])
		it(`is not ${name}`, () => assert.ok(!isPictureName(name)));

	it('has an address', () => {
		const span = { start: 0, end: 9 };
		const [name, kind] = ['src', 'text'] as const;
		assert.equal(pictureOfElement('<img src>', span, [{ name, kind, value: undefined }]), undefined);
		assert.equal(pictureOfElement('<img src>', span, []), undefined);
		assert.equal(pictureOfElement('<img src=" ">', span, [{ name, kind, value: { start: 10, end: 11 } }]), undefined);
	});
});
