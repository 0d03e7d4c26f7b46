import assert from 'node:assert/strict';
import { type CssNode, parse, walk } from 'css-tree';
import * as fc from 'fast-check';
import { parse as parsePost } from 'postcss';
import { css } from '../../../../src/documents/languages/css';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyPath } from './arbitraries';
import { assertLinear } from './readingChecks';
import { hrefsSeen, pathOfHref, seenIn, wordsSeen } from './seen';

const size = { alt: 'A fox', width: 2, height: 1 };
const fox = { path: 'images/a fox.png', ...size };

/** Every address in a style sheet, by a parser that others wrote; of rules that name other files and of fonts none. */
function urlsOf(text: string): string[] {
	const urls: string[] = [];
	walk(parse(text), function (this: { readonly atrule: { readonly name: string } | null }, node: CssNode) {
		if (node.type === 'Url' && !/^(?:import|namespace|font-face)$/i.test(this.atrule?.name ?? ''))
			urls.push(node.value);
	});
	return urls;
}

/** The words of its comments, line by line. */
function commentWords(text: string): string[] {
	const words: string[] = [];
	parse(text, { onComment: (value) => void words.push(...value.split(/\r\n|\r|\n/).map((line) => line.trim())) });
	return words.filter((line) => line !== '');
}

describe('a CSS reference', () => {
	it('is an address', () => assert.equal(writeReference(css, fox), 'url("images/a%20fox.png")'));

	it('leads to this picture and nothing else, whatever it is', () => {
		const around = fc.constantFrom(
			['a { background: ', ' }'],
			['a { mask: ', ' no-repeat; } /* b */'],
			['@media print { a { b: c ', ', d } }'],
		);
		fc.assert(
			fc.property(anyPath, around, (folder, [before = '', after = '']) => {
				const path = `${folder}/fox.png`;
				const text = before + writeReference(css, { ...fox, path }) + after;
				assert.deepEqual(urlsOf(text).map(pathOfHref), [path]);
				assert.deepEqual(hrefsSeen(seenIn(css, text)).map(pathOfHref), [path]);
				let value = '';
				parsePost(text).walkDecls((declaration) => void (value = declaration.value));
				assert.ok(value.includes(writeReference(css, { ...fox, path })));
			}),
			{ numRuns: 500 },
		);
	});

	it('stays in its quotes where it is a whole address', () => {
		const uri = 'https://x.example/"\\a #{b}@{c}.png';
		const text = `a { b: ${writeReference(css, { uri, ...size })} }`;
		assert.deepEqual(urlsOf(text), ['https://x.example/%22%5Ca%20#%7Bb%7D@%7Bc%7D.png']);
	});
});

describe('pictures in CSS', () => {
	it('are addresses, as they are', () => {
		assert.deepEqual(seenIn(css, 'a{b:URL( "a\\"\\62 c d.png?e#f" ) 1x, url(\tg\\)h.SVG )}').pictures, [
			{ span: 'URL( "a\\"\\62 c d.png?e#f" )', target: 'a\\"\\62 c d.png?e#f', href: 'a"bc d.png?e#f' },
			{ span: 'url(\tg\\)h.SVG )', target: 'g\\)h.SVG', href: 'g)h.SVG' },
		]);
	});

	it('are not fonts, other style sheets, fragments, data, and what stands in strings and comments', () => {
		const text = `
			@import url("a.svg") screen; @namespace x url(b.png); @font-face { font-family: C; src: url(c.svg), url(d.woff2) }
			@document url(e.png) { f { background: url(f.png) } }
			g { a: url(h.woff); b: url(#i.x); c: url(data:image/png;base64,a.png); d: "url(j.png)" /* url(k.png) */; e: my-url(l.png) url() url("") }
			h { background: image-set(url(m.avif) 1x, url('n.webp') 2x) }`;
		assert.deepEqual(hrefsSeen(seenIn(css, text)), ['f.png', 'm.avif', 'n.webp']);
	});

	it('are what a parser finds, whatever there is', () => {
		fc.assert(
			fc.property(anySheet, (text) => {
				const seen = seenIn(css, text);
				assert.deepEqual(
					hrefsSeen(seen),
					urlsOf(text).filter((url) => /^[^?#]*\.(?:png|jpe?g|svg)(?:[?#][^]*)?$/i.test(url)),
					text,
				);
				assert.deepEqual(wordsSeen(seen), commentWords(text), text);
			}),
			{ numRuns: 500 },
		);
	});
});

const anyValue = fc.constantFrom(
	'url(a.png)',
	'url("b c.png")',
	"url('d\\'e.jpg')",
	'url( f.svg#g )',
	'url("h.woff")',
	'URL(i.JPEG?j=)',
	'"url(k.png)"',
	"'\\'/*'",
	'/* l */',
	'/**/',
	'/*\n m\n n */',
	'o',
	'1px',
	',',
	'(p)',
	'url()',
	'url("q\\\nr.png")',
	'url(\\73.png)',
	'u-url("v.png")',
	'#w',
	'url("x.png" )',
	'url(//y.example/z.png)',
	'calc(1px + (2px))',
	'"/*"',
	'image-set(url(1.png) 1x)',
	'\\"',
	'url(2)',
	'url("3.png?4\\#5")',
);
const anyRule = fc
	.tuple(
		fc.constantFrom('a', '.b > c', '#d:not(e)', '[f="{"]', 'g\\:h', 'i /* j */'),
		fc.array(anyValue, { minLength: 1, maxLength: 4 }),
	)
	.map(([selector, values]) => `${selector} { k: ${values.join(' ')}; l: m }`);
const anySheet = fc
	.array(
		fc.oneof(
			anyRule,
			anyRule.map((rule) => `@media (min-width: 1px) { ${rule} }`),
			fc.constantFrom(
				'@import url(n.png);',
				'@import "o.png" screen;',
				'/* p\r\n q */',
				'@font-face { src: url(r.svg) /* s */ }',
				'<!-- -->',
				'\n',
			),
			fc.constantFrom('@charset "t";', '@supports (u: url(v)) { w { x: y } }', '@namespace "z";', '// 1 /* 2 */ { }'),
		),
		{ maxLength: 6 },
	)
	.map((pieces) => pieces.join('\n'));

describe('comments in CSS', () => {
	it('have the words of their lines, without the asterisks before them', () => {
		const text = '/** limn: a fox\n  * at *dawn*\n *\n **/ a { /* b *c* */ d: e /*\tf\t*/ } // no';
		assert.deepEqual(seenIn(css, text).comments, [
			['/** limn: a fox\n  * at *dawn*\n *\n **/', 'limn: a fox', 'at *dawn*'],
			['/* b *c* */', 'b *c*'],
			['/*\tf\t*/', 'f'],
		]);
	});

	it('that do not end hide the rest, and are none', () => {
		assert.deepEqual(seenIn(css, 'a{} /* limn: b\nc { d: url(e.png) }'), { comments: [], pictures: [] });
	});

	it('and pictures are read in no more time than the text is long', () => {
		const { read } = css;
		assert.ok(read);
		assertLinear(read, [
			'/*',
			'*/',
			'"',
			"'",
			'url(',
			'url("',
			'url(a',
			'\\',
			'{',
			'@import ',
			'/**/',
			'/*\n*',
			'url(a.png)',
			' ',
			'* * ',
			'url(\\a ',
			'"\\',
		]);
	});
});
