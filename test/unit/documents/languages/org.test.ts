import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { org } from '../../../../src/documents/languages/org';
import { readOrg } from '../../../../src/documents/languages/org/orgReader';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { readByUniorg } from './orgParser';
import { assertLinear, assertReadsBack, readWords } from './readingChecks';

const size = { width: 1024, height: 768 };

/** Org takes `::` for the end of a name, and the end of a line for a blank. Only pictures are shown. */
const anyFile = anyPath.map((path) => `${path.replace(/::+|[\n\r\u2028\u2029]/g, '_').replace(/:$/, '_')}.png`);
const around = fc.constantFrom<[string, string]>(
	['', ''],
	['One.\n\n', '\n\nTwo.'],
	['# limn: a fox\n', '\n# more\n'],
	['* Head =x=\n', '\n- item'],
);
const hrefOf = (path: string) => path.replace(/^~/, './~');

describe('an Org reference', () => {
	it('is readable where nothing needs escaping', () => {
		const picture = { path: 'my images/füchse #1.png', alt: "A fox's den: at dawn, 50 %", ...size };
		assert.equal(
			writeReference(org, picture),
			"#+ATTR_HTML: :alt A fox's den: at dawn, 50 % :width 1024\n[[file:my images/füchse #1.png]]",
		);
		assert.equal(writeReference(org, picture, true), '[[file:my images/füchse #1.png]]');
		assert.equal(
			writeReference(org, { ...picture, alt: '' }),
			'#+ATTR_HTML: :alt "" :width 1024\n[[file:my images/füchse #1.png]]',
		);
	});

	it('escapes what a link and a list of properties take for signs', () => {
		const names = [
			['a[1].png', 'a\\[1\\].png'],
			['a\\[b\\c\\\\', 'a\\\\\\[b\\c\\\\\\\\'],
			['~/a.png', './~/a.png'],
		];
		for (const [path = '', name] of names) assert.equal(org.reference.src({ path }), name);
		const alts = ['a :b c', ':b', 'nil', '""', ':b: c :d,', 'nil and "" "', '"'];
		const escaped = ['a :b\u200B c', ':b\u200B', 'nil\u200B', '""\u200B', ':b: c :d,', 'nil and "" "', '"'];
		assert.deepEqual(
			alts.map((alt) => org.reference.alt(alt)),
			escaped,
		);
	});

	it('shows this picture with this alt text, whatever they are', () => {
		fc.assert(
			fc.property(anyFile, anyAlt, around, (path, alt, [before, after]) => {
				const text = before + writeReference(org, { path, alt, ...size }) + after;
				const { images } = readByUniorg(text);
				assert.deepEqual(
					images.map((image) => [unescape(image.span), image.alt?.replaceAll('\u200B', '')]),
					[[`[[file:${hrefOf(path)}]]`, alt]],
					text,
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('shows it in a line of text', () => {
		fc.assert(
			fc.property(anyFile, anyAlt, (path, alt) => {
				const text = `See ${writeReference(org, { path, alt, ...size }, true)} here.`;
				assert.deepEqual(
					readByUniorg(text).images.map(({ span }) => unescape(span)),
					[`[[file:${hrefOf(path)}]]`],
				);
				assert.deepEqual(
					readOrg(text).pictures.map(({ href, alt }) => [href, alt]),
					[[hrefOf(path), undefined]],
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('is read back', () => {
		fc.assert(
			fc.property(anyFile, anyAlt, around, (path, alt, place) => assertReadsBack(org, { path, alt }, place, hrefOf)),
			{ numRuns: 500 },
		);
	});
});

describe('reading Org', () => {
	const examples: readonly (readonly [what: string, text: string, comments: string[][], pictures: string[]])[] = [
		['a comment', 'text # no\n# limn: a fox \nmore', [['# limn: a fox', 'limn: a fox']], []],
		['comments on neighbouring lines', '# a\r\n  # b\r\n#\r\nc', [['# a\r\n  # b\r\n#', 'a', 'b', '']], []],
		[
			'two recipes',
			'# limn: a\n# b\n# limn: c',
			[
				['# limn: a\n# b', 'limn: a', 'b'],
				['# limn: c', 'limn: c'],
			],
			[],
		],
		['what is no comment', '#a\n#+TITLE: b\n: # c\n* # d\n- # e', [], []],
		[
			'a comment of many lines',
			'#+BEGIN_COMMENT\nlimn: a\n\n  # b\n#+end_comment',
			[['#+BEGIN_COMMENT\nlimn: a\n\n  # b\n#+end_comment', 'limn: a', '', '# b']],
			[],
		],
		[
			'blocks of code',
			'#+begin_src org\n# a\n[[./a.png]]\n#+end_src\n# b\n  #+BEGIN_EXAMPLE\n# c\n  #+END_EXAMPLE',
			[['# b', 'b']],
			[],
		],
		['other blocks', '#+begin_quote\n# a\n[[./a.png]]\n#+end_quote', [['# a', 'a']], ['./a.png']],
		[
			'a block without an end',
			'#+begin_src\n# a\n* b\n#+end_src\n#+begin_example\n# c',
			[
				['# a', 'a'],
				['# c', 'c'],
			],
			[],
		],
		[
			'a drawer of properties',
			':PROPERTIES:\n:ID: [[./a.png]]\n:END:\n[[./b.png]]\n:LOGBOOK:\n[[./c.png]]\n:END:',
			[],
			['./b.png', './c.png'],
		],
		[
			'pictures',
			'[[file:a b.png]] [[./c.JPEG]] [[../d.webp]] [[/e.svg]] [[~/f.gif]] [[file+emacs:g.png]] [[https://site.example/h%20i.png]]',
			[],
			['a b.png', './c.JPEG', '../d.webp', '/e.svg', '~/f.gif', 'g.png', 'https://site.example/h%20i.png'],
		],
		[
			'what shows no picture',
			'[[a.png]] [[file:a.txt]] [[file:b.png][words]] [[file:c.png] [[]] [[id:d.png]] [[file:e[f].png]]',
			[],
			[],
		],
		['a place in a file', '[[file:a.png::12]]', [], ['a.png']],
		['escapes in a link', '[[file:a\\[1\\]\\\\\\[ b\\c.png]]', [], ['a[1]\\[ b\\c.png']],
		['a link over two lines', '[[file:a\n  b.png]]', [], ['a b.png']],
		[
			'verbatim text',
			'=[[./a.png]]= ~[[./b.png]]~ (=x [[./c.png]]\ny=) a=[[./d.png]]= =[[./e.png]]\n\n=',
			[],
			['./d.png', './e.png'],
		],
		[
			'pictures in lists, tables and headlines',
			'* a [[./a.png]]\n- b\n  [[./b.png]]\n| [[./c.png]] | =x |\n| [[./d.png]]= |',
			[],
			['./a.png', './b.png', './c.png', './d.png'],
		],
		['literal lines', ': [[./a.png]]\n:\n[[./b.png]]', [], ['./b.png']],
	];
	for (const [what, text, comments, pictures] of examples) {
		it(`knows ${what}`, () => {
			const found = readWords(readOrg, text);
			assert.deepEqual(found.comments, comments);
			assert.deepEqual(
				found.pictures.map(({ href }) => href),
				pictures,
			);
		});
	}

	const told: readonly (readonly [text: string, span: string, alt: string | undefined])[] = [
		[
			'#+ATTR_HTML: :alt A fox: red :width 10\n[[./a.png]]',
			'#+ATTR_HTML: :alt A fox: red :width 10\n[[./a.png]]',
			'A fox: red',
		],
		[
			'#+attr_html: :width 10\n#+CAPTION: c\n#+attr_html: :alt  a :b\n[[./a.png]]',
			'#+attr_html: :width 10\n#+CAPTION: c\n#+attr_html: :alt  a :b\n[[./a.png]]',
			'a',
		],
		['#+ATTR_HTML: :alt ""\n[[./a.png]]', '#+ATTR_HTML: :alt ""\n[[./a.png]]', ''],
		['#+ATTR_HTML: :alt """a" :b\n[[./a.png]]', '#+ATTR_HTML: :alt """a" :b\n[[./a.png]]', '"""a"'],
		['#+ATTR_HTML: :alt nil\n[[./a.png]]', '#+ATTR_HTML: :alt nil\n[[./a.png]]', undefined],
		['#+ATTR_HTML: :alt\n[[./a.png]]', '#+ATTR_HTML: :alt\n[[./a.png]]', undefined],
		['#+ATTR_HTML: :alt a\nSee [[./a.png]]', '[[./a.png]]', 'a'],
		['#+ATTR_HTML: :alt a\n[[b]] [[./a.png]]', '[[./a.png]]', undefined],
		['#+ATTR_HTML: :alt a\n\n[[./a.png]]', '[[./a.png]]', undefined],
		['#+ATTR_HTML: :alt a\n# c\n[[./a.png]]', '[[./a.png]]', undefined],
		['#+ATTR_HTML: :alt a\n- [[./a.png]]', '[[./a.png]]', undefined],
		['#+ATTR_LATEX: :alt a\n[[./a.png]]', '[[./a.png]]', undefined],
		['[[./a.png]]', '[[./a.png]]', undefined],
	];
	for (const [text, span, alt] of told) {
		it(`says what ${JSON.stringify(text)} tells`, () => {
			const [picture, more] = readOrg(text).pictures;
			assert.ok(picture && !more);
			assert.equal(text.slice(picture.span.start, picture.span.end), span);
			assert.equal(picture.alt?.text, alt);
			if (picture.alt) assert.equal(text.slice(picture.alt.span.start, picture.alt.span.end), alt);
			assert.equal(picture.lacksAlt, false);
		});
	}

	it('says where everything is', () => {
		const text = 'a\n\n#+ATTR_HTML: :alt b\n[[file:c.png::1]] d';
		assert.deepEqual(readOrg(text).pictures, [
			{
				span: { start: 3, end: text.length - 2 },
				target: { start: 30, end: 35 },
				href: 'c.png',
				kind: 'path',
				alt: { text: 'b', span: { start: 21, end: 22 } },
				lacksAlt: false,
			},
		]);
	});

	const fragments = [
		'words =verbatim [[./no.png]]= and ~code [[./no.png]]~ #no comment',
		'# limn: a fox | size=1x1 [[./no.png]]',
		'  # indented\n  # two lines',
		'#+BEGIN_COMMENT\n[[./no.png]]\n# in it\n#+END_COMMENT',
		'#+BEGIN_SRC org :tangle no\n# no\n[[./no.png]]\n#+END_SRC',
		'#+begin_example\n# no\n[[./no.png]]\n#+end_example',
		': literal [[./no.png]]',
		'[[./a.png]]',
		'#+ATTR_HTML: :alt A fox, red :width 10\n[[file:images/b c.png]]',
		'#+CAPTION: A caption\n#+ATTR_HTML: :width 10\n#+NAME: fig\n#+ATTR_HTML: :alt Two\n[[../c.png]]',
		'See [[./d.png]] and [[./no.png][words]] and [[https://site.example][site]] there',
		'* Headline [[./e.png]] :tag:',
		'- item\n- [[./f.png]]\n  more',
		'| a | [[./g.png]] |\n|---+---|\n| b | =x= |',
		'#+TITLE: no # comment',
		'#+begin_quote\n[[./h.png]]\n# in it\n#+end_quote',
	];
	const documents = fc
		.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 8 })
		.chain((parts) => fc.constantFrom('\n', '\n\n').map((eol) => parts.join(eol)));

	it('finds what uniorg finds', () => {
		fc.assert(
			fc.property(documents, fc.boolean(), (lines, windows) => {
				const { images, comments } = readByUniorg(lines);
				const text = windows ? lines.replaceAll('\n', '\r\n') : lines;
				const read = readOrg(text);
				const words = read.comments.flatMap(({ lines }) => lines.map(({ start, end }) => text.slice(start, end)));
				const seen = comments.flatMap((comment) => comment.split('\n').map((line) => line.trim())).filter(Boolean);
				assert.deepEqual(words, seen, text);
				assert.deepEqual(
					read.pictures.map(({ span, alt }) => [
						text.slice(span.start, span.end).replace(/^[^]*(?=\[\[)/, ''),
						alt?.text,
					]),
					images.map(({ span, alt }) => [span, alt]),
					text,
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('reads any text, in a time that grows with it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => void readWords(readOrg, text)),
			{ numRuns: 500 },
		);
		const bits = fc.constantFrom(
			'[[',
			']]',
			'][',
			'[',
			']',
			'\\',
			'file:',
			'./',
			'.png',
			'=',
			'~',
			' ',
			'\n',
			'\r\n',
			'# ',
			'#+ATTR_HTML: :alt a ',
			'#+begin_src\n',
			'#+end_src',
			'\n* ',
			':PROPERTIES:\n',
			':END:',
		);
		fc.assert(
			fc.property(fc.array(bits, { maxLength: 40 }), (parts) => void readWords(readOrg, parts.join(''))),
			{ numRuns: 700 },
		);
		assertLinear(readOrg, [
			'a',
			'# a\n',
			'[[',
			'[[a',
			'[[a][',
			'[[./a.png]]',
			'[[./a.png][b',
			'\\',
			'[[\\',
			'[[a\\\n',
			'=',
			' =a',
			' =a\n',
			'~a ',
			'#+begin_src\n',
			'#+begin_comment\n#+end_comment\n',
			':PROPERTIES:\n',
			'* ',
			'*',
			'#+ATTR_HTML: :alt a\n',
			'#+ATTR_HTML: :a',
			' ',
			'\n',
			':a ',
		]);
	});
});

/** A link without its escapes, as Org says how they are written. */
function unescape(link: string): string {
	return link.slice(0, -2).replace(/\\+(?=[[\]]|$)/g, (slashes) => '\\'.repeat(slashes.length / 2)) + link.slice(-2);
}
