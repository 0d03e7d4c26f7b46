import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { typst } from '../../../../src/documents/languages/typst';
import { readTypst } from '../../../../src/documents/languages/typst/typstReader';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { assertLinear, assertReadsBack, readWords } from './readingChecks';
import { startTypst, type TypstNode } from './typstParser';

const size = { width: 1024, height: 768 };
const compiler = startTypst();

/** No file system has a name with this character, and the compiler's own has none either. */
const anyFile = anyPath.map((path) => path.replaceAll('\0', '_'));

describe('a Typst reference', () => {
	it('is readable where nothing needs escaping', () => {
		assert.equal(
			writeReference(typst, { path: 'my images/füchse #1.png', alt: "A fox's den, 50 %", ...size }),
			'#image("my images/füchse #1.png", alt: "A fox\'s den, 50 %")',
		);
		assert.equal(
			writeReference(typst, { path: 'a"\\b\n.png', alt: '"\\', ...size }),
			'#image("a\\"\\\\b\\u{a}.png", alt: "\\"\\\\")',
		);
		assert.equal(writeReference(typst, { path: 'a.png', alt: '', ...size }), '#image("a.png", alt: "")');
	});

	it('shows this picture with this alt text, whatever they are', async () => {
		const { imagesOf } = await compiler;
		const around = fc.constantFrom(
			['', ''],
			['One.\n\n', '\n\nTwo.'],
			['See ', ' here.'],
			['= Head\n', '\n- item'],
			['[', ']'],
		);
		await fc.assert(
			fc.asyncProperty(anyFile, anyAlt, around, async (path, alt, [before = '', after = '']) => {
				const text = before + writeReference(typst, { path, alt, ...size }) + after;
				assert.deepEqual(await imagesOf(text, [path]), [{ path, alt }], text);
			}),
			{ numRuns: 500 },
		);
	});

	it('is read back', () => {
		const around = fc.constantFrom<[string, string]>(
			['', ''],
			['One.\n\n', '\n\nTwo.'],
			['// limn: a fox\r\n', '\r\n'],
			['#[a ', ' $x$]'],
		);
		fc.assert(
			fc.property(anyPath, anyAlt, around, (path, alt, place) => assertReadsBack(typst, { path, alt }, place)),
			{ numRuns: 500 },
		);
	});
});

describe('reading Typst', () => {
	const examples: readonly (readonly [what: string, text: string, comments: string[][], pictures: string[]])[] = [
		['a comment', 'text // limn: a fox \nmore', [['// limn: a fox', 'limn: a fox']], []],
		['comments on neighbouring lines', '// a\n  //b\r\n//\n// c', [['// a\n  //b\r\n//\n// c', 'a', 'b', '', 'c']], []],
		[
			'comments with a line between them',
			'// a\n\n// b',
			[
				['// a', 'a'],
				['// b', 'b'],
			],
			[],
		],
		[
			'comments behind code',
			'#let a = 1 // a\n#let b = 2 // b',
			[
				['// a', 'a'],
				['// b', 'b'],
			],
			[],
		],
		[
			'two recipes',
			'// limn: a\n// b\n// limn: c',
			[
				['// limn: a\n// b', 'limn: a', 'b'],
				['// limn: c', 'limn: c'],
			],
			[],
		],
		['a comment for documentation', '/// a', [['/// a', 'a']], []],
		['a block', '/* limn: a fox\n\n   b */ c', [['/* limn: a fox\n\n   b */', 'limn: a fox', '', 'b']], []],
		['a block without words', '/*\n*/', [['/*\n*/']], []],
		['blocks in blocks', '/* a /* b */ c */', [['/* a /* b */ c */', 'a /* b */ c']], []],
		['a block without an end', 'a /* b', [['/* b', 'b']], []],
		['an address', 'https://site.example/a//b// and http://x.y/(a//b) // c', [['// c', 'c']], []],
		[
			'what ends an address',
			'[http://x.y]// c\nhttp://x.y") // d',
			[
				['// c', 'c'],
				['// d', 'd'],
			],
			[],
		],
		['raw text', '`//` `` // a\n```typ // b ``c` ``` `#image("a.png")`', [['// a', 'a']], []],
		['raw text without an end', '``` // a `` // b', [], []],
		['an escaped sign', '\\/\\/ a \\#image("a.png") \\`// b', [['// b', 'b']], []],
		['a string in code', '#f("// a \\" // b") // c', [['// c', 'c']], []],
		['a quotation mark in markup', 'He said "no // a', [['// a', 'a']], []],
		['a picture', '#image("a.png")', [], ['a.png']],
		[
			'a picture in code',
			'#let f = image("a.png")\n#{ let g = [#image("b.png")]; image("c.png") }',
			[],
			['a.png', 'b.png', 'c.png'],
		],
		['a picture in math', '$ x "#image" #image("a.png") \\$ $', [], ['a.png']],
		[
			'branches',
			'#if x == "a" [#image("a.png") "] else if y { image("b.png") } else [#image("c.png") "] " // d',
			[['// d', 'd']],
			['a.png', 'b.png', 'c.png'],
		],
		[
			'loops',
			'#for x in (1, "]") [#image("a.png") // b\n] "#while f[x](1) { image("c.png") } "',
			[['// b', 'b']],
			['a.png', 'c.png'],
		],
		['values', '#x.y(1)[2](3).z "#image("a.png") #1.2em #"a // b" #(1, "c // d")', [], ['a.png']],
		['context', '#context image("a.png") "', [], ['a.png']],
		['brackets in markup', '#[a [b] #image("a.png") c] ] "', [], ['a.png']],
		['a line of code', '#set text(font: "a")\n"#image("a.png")"', [], ['a.png']],
		['more lines of code', '#let f = (\n"a",\n) ; "#image("a.png")"', [], ['a.png']],
		['what no string names', '#image(x) #image("a" + "b") #image(read("c.png")) #image(bytes: "d")', [], []],
		['what is no picture', '#x.image("a.png") image("b.png") #images("c.png") #my-image("d.png")', [], []],
		['a first line for the shell', '#!/usr/bin/typst // a\n// b', [['// b', 'b']], []],
	];
	for (const [what, text, comments, pictures] of examples) {
		it(`knows ${what}`, () => {
			const found = readWords(readTypst, text);
			assert.deepEqual(found.comments, comments);
			assert.deepEqual(
				found.pictures.map(({ href }) => href),
				pictures,
			);
		});
	}

	it('says what a picture is told by', () => {
		const text = [
			'#image("a.png", alt: "A \\"fox\\" \\u{1F98A}")',
			'#image(width: 50%, "b.png", alt: "")',
			'#image("c\\\\\\n.png", alt: none)',
			'#image("d.png", alt: words)',
			'#figure(image("e.png"), caption: [An // e\n])',
			'#figure(image("f.png"), caption: none)',
			'#figure(caption: "G")[#image("g.png") #image("g2.png")]',
			'#figure(grid(image("h.png"), figure(image("i.png"), alt: "I")))',
			'#image("j.png", caption: [J])',
		].join('\n');
		const seen = readWords(readTypst, text).pictures.map(({ href, alt, lacksAlt }) => [href, alt, lacksAlt ?? false]);
		assert.deepEqual(seen, [
			['a.png', 'A "fox" 🦊', false],
			['b.png', '', false],
			['c\\\n.png', undefined, true],
			['d.png', undefined, false],
			['e.png', undefined, false],
			['f.png', undefined, true],
			['g.png', undefined, false],
			['g2.png', undefined, false],
			['h.png', undefined, true],
			['i.png', undefined, false],
			['j.png', undefined, true],
		]);
	});

	it('says where everything is', () => {
		const text = 'a\n#image("b.png", alt: "\\"c\\"")';
		assert.deepEqual(readTypst(text).pictures, [
			{
				span: { start: 2, end: text.length },
				target: { start: 10, end: 15 },
				href: 'b.png',
				kind: 'path',
				alt: { text: '"c"', span: { start: 24, end: 29 } },
				lacksAlt: false,
			},
		]);
	});

	const fragments = [
		'words, (more) [and [more]] and "a quotation',
		'see https://site.example/a//b, http://x.y/z[//]. // limn: a fox | size=1x1',
		'\\#image("no.png") \\\\ \\/ \\`',
		'`raw // no` and ``` raw ` #image("no.png") /* no ```',
		'// a comment #image("no.png") "',
		'/* a block /* in a block */\n#image("no.png") */',
		'#image("a.png")',
		'#figure(image("b.png", width: 80%), caption: [Two /* words */ "in" it]) <label>',
		'#let f(x, y: "// no") = { // yes\n  image("c.png", alt: "]}")\n}',
		'#let g = (a: 1, "b": [c // yes\n])',
		'#set text(size: 11pt); "after',
		'#show heading: it => [#it.body "in" /* yes */]',
		'#if 1 == 2 [ "#image("d.png") ] else if true { image("e.png") } else [ " ]; "text',
		'#for x in (1, 2) [ - #x // yes\n ] "text',
		'#{\n  let z = "a // no"\n  while false { image("f.png") }\n}',
		'$ a/b "// no" sum_(i=0)^n #image("g.png") // yes\n$',
		'#context [#image("h.png") "] text"',
		'- item #emph[a "b" #image("i.png")]',
		'= Heading // yes',
		'@ref[#image("j.png")] ~ --- ... 1/2 a/b',
		'#f("x")[a "][b // yes\n] "text',
	];
	const documents = fc
		.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 8 })
		.chain((parts) => fc.constantFrom('\n', '\n\n', '\r\n', '\r\n\r\n').map((eol) => parts.join(eol)));

	it('finds what Typst itself finds', async () => {
		const { treeOf } = await compiler;
		await fc.assert(
			fc.asyncProperty(documents, async (text) => {
				const nodes = flat(await treeOf(text));
				const comments = nodes
					.filter(({ kind }) => kind.endsWith('Comment'))
					.map(({ start, end }) => text.slice(start, end).trim());
				const calls = nodes.filter(
					({ kind, children: [called] }) =>
						kind === 'FuncCall' && called && text.slice(called.start, called.end) === 'image',
				);
				const read = readTypst(text);
				// Line comments on neighbouring lines are one here.
				const own = read.comments.flatMap(({ span }) =>
					text.slice(span.start, span.end).startsWith('//')
						? text.slice(span.start, span.end).split(/[\r\n]+\s*/)
						: [text.slice(span.start, span.end)],
				);
				assert.deepEqual(own, comments, text);
				assert.deepEqual(
					read.pictures.map(({ span }) => text.slice(span.start, span.end).replace('#', '')),
					calls.map(({ start, end }) => text.slice(start, end)),
					text,
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('reads any text, in a time that grows with it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => void readWords(readTypst, text)),
			{ numRuns: 700 },
		);
		const bits = fc.constantFrom(
			...'#image(" "a.png" alt: , [ ] { } $ \\ ` ``` // /* */ if else for let context x ; . figure( caption:'.split(
				' ',
			),
			'\n',
			' ',
		);
		fc.assert(
			fc.property(fc.array(bits, { maxLength: 40 }), (parts) => void readWords(readTypst, parts.join(''))),
			{ numRuns: 700 },
		);
		assertLinear(readTypst, [
			'a',
			'//',
			'// a\n',
			'/*',
			'`',
			'```',
			'#',
			'#[',
			'#image(',
			'#image("a")',
			'#figure(image("a"),caption:',
			'#context ',
			'#if ',
			'#if x[',
			'"',
			'\\',
			'$',
			'http://',
			'[',
			'(',
			'image(a',
			'a ',
			'#x.y',
			' ',
		]);
	});
});

function flat(node: TypstNode): TypstNode[] {
	return [node, ...node.children.flatMap(flat)];
}
