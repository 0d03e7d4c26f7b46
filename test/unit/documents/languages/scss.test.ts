import assert from 'node:assert/strict';
import { parse, walk } from 'css-tree';
import * as fc from 'fast-check';
import less from 'less';
import * as sass from 'sass';
import { scss } from '../../../../src/documents/languages/scss';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyPath } from './arbitraries';
import { assertLinear } from './readingChecks';
import { hrefsSeen, pathOfHref, seenIn } from './seen';

const size = { alt: 'A fox', width: 2, height: 1 };
const fox = { path: 'images/a fox.png', ...size };

/** The addresses of the style sheet that comes of it. */
function urlsOf(sheet: string): string[] {
	const urls: string[] = [];
	walk(parse(sheet), { visit: 'Url', enter: (node) => void urls.push(node.value) });
	return urls;
}

const urlsOfScss = (text: string) => urlsOf(sass.compileString(text).css);
const urlsOfLess = async (text: string) => urlsOf((await less.render(text)).css);

describe('a reference in SCSS and Less', () => {
	it('leads to this picture and nothing else, whatever it is', async () => {
		await fc.assert(
			fc.asyncProperty(anyPath, async (folder) => {
				const path = `${folder}/fox.png`;
				const text = `// a\na { b { background: ${writeReference(scss, { ...fox, path })} no-repeat; } }`;
				assert.deepEqual(urlsOfScss(text).map(pathOfHref), [path]);
				assert.deepEqual((await urlsOfLess(text)).map(pathOfHref), [path]);
				assert.deepEqual(hrefsSeen(seenIn(scss, text)).map(pathOfHref), [path]);
			}),
			{ numRuns: 300 },
		);
	});

	it('is filled in with nothing where it is a whole address', async () => {
		const uri = 'https://x.example/#{1+1}@{a}%20`~.png';
		const text = `@a: 1;\na { b: ${writeReference(scss, { uri, ...size })} }`;
		const expected = ['https://x.example/#%7B1+1%7D@%7Ba%7D%20`~.png'];
		assert.deepEqual(urlsOfScss(text.replace('@a: 1;', '')), expected);
		assert.deepEqual(await urlsOfLess(text), expected);
	});
});

const sheets: readonly (readonly [
	what: string,
	text: string,
	hrefs: readonly string[],
	comments: readonly (readonly string[])[],
])[] = [
	[
		'comments to the end of the line',
		'// a\n//b\nc { d: url(e.png); // f: url(g.png)\n}',
		['e.png'],
		[['a', 'b'], ['f: url(g.png)']],
	],
	[
		'addresses that are no comments',
		'a { b: url(//c.example/d.png); e: url("//f.png") /* g */; }',
		['//c.example/d.png', '//f.png'],
		[['g']],
	],
	['strings that are no comments', 'a { b: "//c"; d: \'/*\'; e: "\\"//f"; g: url(h.png) }', ['h.png'], []],
	[
		'a recipe',
		'/// a\n// limn: b\n//   c | size=1:1\nd { e: url("f.png") }',
		['f.png'],
		[['a'], ['limn: b', 'c | size=1:1']],
	],
	['what is imported', '@import url(https://a.example/b.svg?c=.css);\nb { c: url(d.png) }', ['d.png'], []],
	['fonts', '@font-face { font-family: a; src: url("b.svg") }\nc { d: url(e.svg) }', ['e.svg'], []],
];

describe('pictures and comments in SCSS and Less', () => {
	for (const [what, text, hrefs, comments] of sheets) {
		it(`are found: ${what}`, async () => {
			const seen = seenIn(scss, text);
			assert.deepEqual(hrefsSeen(seen), hrefs);
			assert.deepEqual(
				seen.comments.map(([, ...lines]) => lines),
				comments,
			);
			const written = [...hrefs, ...Array.from(text.matchAll(/@[^}]*?url\("?([^")]*)/g), ([, url = '']) => url)];
			assert.deepEqual(urlsOfScss(text).toSorted(), written.toSorted());
			assert.deepEqual((await urlsOfLess(text)).toSorted(), written.toSorted());
		});
	}

	it('are not those that are put together: SCSS', () => {
		const text = `
			$a: "b"; @function f($g) { @return $g; }
			h { i: url("#{$a}/c.png"); j: url($a + "/d.png"); k: url(#{$a}/e.png); l: url("#{f("//x")}.png"); m: url($a); /* n */ }
			o { p: "#{f("//q")}" url(r.png); } // s
			t { u: "#{f('}')}{" url("v.png"); }`;
		assert.deepEqual(urlsOfScss(text), ['b/c.png', 'b/d.png', 'b/e.png', '//x.png', 'b', 'r.png', 'v.png']);
		const seen = seenIn(scss, text);
		assert.deepEqual(hrefsSeen(seen), ['r.png', 'v.png']);
		assert.deepEqual(
			seen.comments.map(([, ...lines]) => lines),
			[['n'], ['s']],
		);
	});

	it('are not those that are put together: Less', async () => {
		const text = `
			@a: "b"; @c: ~"'//d'"; @e: ~'"/*"';
			f { g: url("@{a}/h.png"); i: url(@a); j: url("k.png"); l: @c @e; } // m
			n { o: ~"url(p.png)"; .q() !important; } .q() { r: url('s.png') }`;
		assert.deepEqual(await urlsOfLess(text), ['b/h.png', 'b', 'k.png', 'p.png', 's.png']);
		const seen = seenIn(scss, text);
		assert.deepEqual(hrefsSeen(seen), ['k.png', 's.png']);
		assert.deepEqual(
			seen.comments.map(([, ...lines]) => lines),
			[['m']],
		);
	});

	it('are read in no more time than the text is long', () => {
		const { read } = scss;
		assert.ok(read);
		assertLinear(read, ['//', '// a\n', '"#{', '"', '#{', '\'#{"', 'url(//', 'url(#{', '/*', '//\n', 'url("#{', '\n']);
	});
});

describe('an escaped bracket in a style sheet', () => {
	it('begins no address, and is passed over', () => {
		for (const text of ['\\(url({{', '\\(', 'a\\(b { background: url(fox.png) }']) {
			const { pictures } = scss.read?.(text) ?? {};
			assert.deepEqual(
				pictures?.map(({ href }) => href),
				text.includes('fox') ? ['fox.png'] : [],
			);
		}
	});
});
