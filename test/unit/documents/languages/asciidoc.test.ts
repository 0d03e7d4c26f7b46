import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { asciidoc } from '../../../../src/documents/languages/asciidoc';
import { readAsciidoc } from '../../../../src/documents/languages/asciidoc/asciidocReader';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { imagesOfAsciidoc } from './asciidoctor';
import { assertLinear, assertReadsBack, readWords } from './readingChecks';

const size = { width: 1024, height: 768 };

/** Asciidoctor.js fails on names like `valueOf` that every object of JavaScript has. */
const anyFile = anyPath.map((path) => (path in {} ? `${path}.png` : path));
const blocks = fc.constantFrom<[string, string]>(
	['', ''],
	['One.\n\n', '\n\nTwo.'],
	['// limn: a fox\n', '\n'],
	['* item\n+\n', '\n* item'],
	['====\n', '\n===='],
);
const lines = fc.constantFrom<[string, string]>(
	['See ', ' here.'],
	['', ' x'],
	['word', 'word'],
	['* a ', ''],
	['== Head ', ''],
	['|===\n|a ', ' |b\n|==='],
	['*bold* _so_ `', '` "a"'],
);

/** Where a URL leads from the folder `/dir/`. */
function pathOf(url: string): string {
	const { pathname, origin, search, hash } = new URL(url, 'https://site.example/dir/document');
	if (origin !== 'https://site.example' || search !== '' || hash !== '') return `outside: ${url}`;
	return decodeURIComponent(pathname.replace(/^\/dir\//, ''));
}

/** How a reference names a path: as a URL, but for the blanks in it. */
function targetOf(path: string): string {
	return asciidoc.reference.src({ path });
}

async function assertShows(text: string, path: string, alt: string): Promise<void> {
	const images = await imagesOfAsciidoc(text);
	assert.deepEqual(
		images.map(({ src, alt, width, height }) => [pathOf(src), alt, width, height]),
		[[path, alt, '1024', '768']],
		text,
	);
}

describe('an AsciiDoc reference', () => {
	it('is readable where nothing needs escaping', () => {
		const picture = { path: 'my images/füchse_1 (2).png', alt: "A fox's den, at dawn (50 %): red!", ...size };
		assert.equal(
			writeReference(asciidoc, picture),
			'image::my images/füchse_1 (2).png[alt="A fox\\\'s den, at dawn (50 %): red!",width=1024,height=768]',
		);
		assert.equal(
			writeReference(asciidoc, { ...picture, alt: '' }, true),
			'image:my images/füchse_1 (2).png[alt="",width=1024,height=768]',
		);
	});

	it('leaves an address as it is', () => {
		const picture = { uri: 'https://site.example/a%20b.png?c#d', alt: 'a', ...size };
		assert.match(writeReference(asciidoc, picture), /^image::https:\/\/site\.example\/a%20b\.png\?c#d\[/);
	});

	it('shows this picture with this alt text, whatever they are', async () => {
		await fc.assert(
			fc.asyncProperty(anyFile, anyAlt, blocks, async (path, alt, [before, after]) => {
				await assertShows(before + writeReference(asciidoc, { path, alt, ...size }) + after, path, alt);
			}),
			{ numRuns: 700 },
		);
	});

	it('shows it in a line of text', async () => {
		await fc.assert(
			fc.asyncProperty(anyFile, anyAlt, lines, async (path, alt, [before, after]) => {
				await assertShows(before + writeReference(asciidoc, { path, alt, ...size }, true) + after, path, alt);
			}),
			{ numRuns: 700 },
		);
	});

	it('is read back', () => {
		fc.assert(
			fc.property(anyFile, anyAlt, blocks, (path, alt, place) => {
				assertReadsBack(asciidoc, { path, alt }, place, targetOf);
				assert.equal(pathOf(targetOf(path)), path);
			}),
			{ numRuns: 500 },
		);
		fc.assert(
			fc.property(anyFile, anyAlt, lines, (path, alt, place) =>
				assertReadsBack(asciidoc, { path, alt }, place, targetOf, true),
			),
			{ numRuns: 500 },
		);
	});
});

describe('reading AsciiDoc', () => {
	const examples: readonly (readonly [what: string, text: string, comments: string[][], pictures: string[]])[] = [
		['a comment', 'text // no\n\n// limn: a fox \nmore', [['// limn: a fox', 'limn: a fox']], []],
		['comments on neighbouring lines', '// a\r\n//b\r\n//\r\nc', [['// a\r\n//b\r\n//', 'a', 'b', '']], []],
		[
			'two recipes',
			'// limn: a\n// b\n// limn: c',
			[
				['// limn: a\n// b', 'limn: a', 'b'],
				['// limn: c', 'limn: c'],
			],
			[],
		],
		[
			'comments in a paragraph',
			'a\n// b\nimage::no.png[]\n// c\nimage:d.png[]',
			[
				['// b', 'b'],
				['// c', 'c'],
			],
			['d.png'],
		],
		['what is no comment', '/// a\n // b\nhttps://site.example', [], []],
		[
			'a comment of many lines',
			'////\nlimn: a\n\n// b\n////\n\n////\nc',
			[
				['////\nlimn: a\n\n// b\n////', 'limn: a', '', '// b'],
				['////\nc', 'c'],
			],
			[],
		],
		[
			'listings',
			'----\n// a\nimage::a.png[]\n-----\n----\n....\nimage::b.png[]\n....\n++++\n// c\n++++\n```ruby\n// d\n```\n// e',
			[['// e', 'e']],
			[],
		],
		['a listing without an end', '====\n----\n// a\n====\n// b\n....\n// c', [['// b', 'b']], []],
		[
			'styles of listings',
			'[source,ruby]\nx\n// a\nimage::a.png[]\n\n[listing]\n--\nimage::b.png[]\n\n// b\n--\n[stem]\nimage:c.png[]\n\nimage:d.png[]',
			[],
			['d.png'],
		],
		[
			'other blocks',
			'====\n// a\n--\nimage::a.png[]\n--\n****\nimage::b.png[]\n====',
			[['// a', 'a']],
			['a.png', 'b.png'],
		],
		[
			'a literal paragraph',
			' image:a.png[]\n// b\n\n  image::c.png[]\n\n* item\n  image:d.png[]\n\n  image:e.png[]',
			[],
			['d.png'],
		],
		[
			'pictures',
			'image::a b.png[]\n\na image:b.png[] image:c d.png[x] *image:e.png[]*\nimage::f.png[x]',
			[],
			['a b.png', 'b.png', 'c d.png', 'e.png'],
		],
		[
			'what is no picture',
			'\\image:a.png[] image: b.png[] image:c.png image:d.png [x] image:\ne.png[]\n\nimage:: f.png[]\n\nimage::g.png [x]',
			[],
			[],
		],
		[
			'what is passed through',
			'+image:a.png[]+ `+image:b.png[]+` +++image:c.png[]+++ ++image:d.png[]++ $$image:e.png[]$$ pass:[image:f.png[\\]] stem:[image:g.png[\\]] 1+image:h.png[] + image:i.png[]',
			[],
			['h.png', 'i.png'],
		],
		[
			'what would be passed through if it ended',
			'+++image:a.png[] \\++image:b.png[] ++\n\npass:[image:c.png[',
			[],
			['a.png', 'b.png'],
		],
		[
			'titles and headings',
			'.Title image:a.png[]\n== Head image:b.png[]\nText\n----\nimage::c.png[]\n\nUnder image:d.png[]\n~~~~~~~~~~~~~~~~~~~\nimage::e.png[]',
			[],
			['a.png', 'b.png', 'c.png', 'd.png', 'e.png'],
		],
		[
			'items of lists',
			'* a image:a.png[]\nimage::b.png[]\n. c\nmore\nimage::no.png[]\n- d\n+\nimage::d.png[]\nterm:: image:e.png[]\nimage::f.png[]\n<1> image:g.png[]',
			[],
			['a.png', 'b.png', 'd.png', 'e.png', 'f.png', 'g.png'],
		],
		[
			'tables',
			'[cols="1,a"]\n|===\n|a image:a.png[] |image:b.png[x]\n// c\n\n a|image::c.png[x]\n|\nimage::d.png[]\n  image:e.png[]\n|===\nimage::f.png[]',
			[['// c', 'c']],
			['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png'],
		],
		[
			'entries and conditions',
			':a: image:no.png[] \\\n image:no.png[]\n:b!:\nifdef::x[]\nimage::a.png[]\nendif::[]\nb\ninclude::c[]\nimage:d.png[]',
			[],
			['a.png', 'd.png'],
		],
		['attributes in a target', 'image::{imagesdir}/a.png[]', [], ['{imagesdir}/a.png']],
		[
			'brackets in attributes',
			'image::a.png[b [c] d]\n\nimage:b.png[c\\]d] image:c.png[d\ne]',
			[],
			['a.png', 'b.png', 'c.png'],
		],
	];
	for (const [what, text, comments, pictures] of examples) {
		it(`knows ${what}`, () => {
			const found = readWords(readAsciidoc, text);
			assert.deepEqual(found.comments, comments);
			assert.deepEqual(
				found.pictures.map(({ href }) => href),
				pictures,
			);
		});
	}

	const told: readonly (readonly [attributes: string, alt: string | undefined])[] = [
		['', undefined],
		['A fox', 'A fox'],
		[' A fox , 10', 'A fox'],
		['"A fox, red",10', 'A fox, red'],
		["'A \\'fox\\'',10", "A 'fox'"],
		[',10', undefined],
		['"",10', ''],
		['alt=', ''],
		['alt=A fox,width=10', 'A fox'],
		['width=10,alt = "A \\"fox\\" &#91;it\\\'s red&#93;, &amp; so"', 'A "fox" [it\'s red], & so'],
		['A,alt=B', 'B'],
		['width=10,B', undefined],
		['alt="open,width=10', '"open'],
		['role=x', undefined],
	];
	for (const [attributes, alt] of told) {
		it(`says what [${attributes}] tells`, async () => {
			const text = `image::a-b.png[${attributes}]`;
			const [picture] = readAsciidoc(text).pictures;
			assert.equal(picture?.alt?.text, alt);
			assert.equal(picture?.lacksAlt, alt === undefined);
			assert.deepEqual(
				(await imagesOfAsciidoc(text)).map((image) => image.alt),
				[alt ?? 'a b'],
			);
		});
	}

	it('says what the line above tells', () => {
		const text = '[.left,alt="A, b"]\n[#id]\n\nimage::a.png[]\n\nimage::b.png[]\n\n[alt=C]\nimage::c.png[D]';
		assert.deepEqual(
			readAsciidoc(text).pictures.map(({ alt, lacksAlt }) => [alt?.text, lacksAlt]),
			[
				['A, b', false],
				[undefined, true],
				['D', false],
			],
		);
	});

	it('says where everything is', () => {
		const text = 'a\n\nimage::b c.png[width=1, alt="d"] \n';
		assert.deepEqual(readAsciidoc(text).pictures, [
			{
				span: { start: 3, end: 35 },
				target: { start: 10, end: 17 },
				href: 'b c.png',
				kind: 'url',
				alt: { text: 'd', span: { start: 32, end: 33 } },
				lacksAlt: false,
			},
		]);
	});

	it('knows where pictures are by the header', () => {
		const bases: readonly (readonly [text: string, base: string | undefined])[] = [
			['= T\n:imagesdir: a b\n\ntext', 'a b'],
			['// c\n\n:imagesdir: a\r\n:imagesdir: {b}/c\r\n\r\n= T\r\nAuthor <a@b.c>\r\n:x: y', '{b}/c'],
			['= T\nAuthor\n:imagesdir: a\n:imagesdir!:\n', undefined],
			[':imagesdir: a\n:!imagesdir:', undefined],
			[':imagesdir:', undefined],
			['= T\n\ntext\n\n:imagesdir: a', undefined],
			['', undefined],
		];
		for (const [text, base] of bases) assert.equal(asciidoc.baseOf?.(text), base, text);
	});

	const fragments = [
		'words, *more* and https://site.example/a//b',
		'// limn: a fox | size=1x1 image:no.png[]',
		'text\n// image:no.png[] in it\nimage:a.png[A fox] more',
		'////\nimage::no.png[]\n\n----\n////',
		'----\nimage::no.png[] // no\n----',
		'[source,ruby]\n----\nimage:no.png[]\n----',
		'....\nimage::no.png[]\n....',
		'```\nimage::no.png[]\n```',
		' literal image:no.png[]',
		'image::b.png[]',
		'.Title\n[.role,alt="Three, or so"]\nimage::images/c d.png[width=10]',
		'See image:e.png["A, b",10] and \\image:no.png[] and +image:no.png[]+ there.',
		'== Heading image:f.png[]',
		'====\nimage::g.png[G]\n\n--\ntext image:h.png[]\n--\n====',
		'* item image:i.png[]\n+\nimage::j.png[J]\n\n* item\nimage::k.png[]',
		'|===\n|a |image:l.png[L]\n\na|image::m.png[] |b\n|===',
		'term:: text image:n.png[]',
		':name: value',
		'NOTE: A note image:o.png[]',
		'"`quoted`" image:p.png[It\\]s] +++image:no.png[]+++',
	];
	const documents = fc
		.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 8 })
		.chain((parts) => fc.constantFrom('\n\n', '\r\n\r\n').map((eol) => parts.join(eol)));

	it('finds what Asciidoctor shows', async () => {
		await fc.assert(
			fc.asyncProperty(documents, async (text) => {
				const shown = (await imagesOfAsciidoc(text)).map(({ src, alt }) => [src, alt]);
				const read = readAsciidoc(text).pictures.map(({ href, alt }) => [
					href.replaceAll(' ', '%20'),
					alt?.text ?? href.replace(/^.*\/|\.png$/g, '').replace(/^.*\//, ''),
				]);
				assert.deepEqual(read, shown, text);
			}),
			{ numRuns: 500 },
		);
	});

	it('finds what makes no difference', async () => {
		await fc.assert(
			fc.asyncProperty(documents, async (text) => {
				const comments = readAsciidoc(text).comments.toReversed();
				const without = comments.reduce(
					(rest, { span }) => rest.slice(0, span.start) + '//' + rest.slice(span.end),
					text,
				);
				assert.deepEqual(await imagesOfAsciidoc(without), await imagesOfAsciidoc(text));
				assert.doesNotMatch(without, /limn:|in it|^\/\/\/\//m);
			}),
			{ numRuns: 200 },
		);
	});

	it('reads any text, in a time that grows with it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => void readWords(readAsciidoc, text)),
			{ numRuns: 500 },
		);
		const bits = fc.constantFrom(
			'image:',
			'image::',
			'a.png',
			'[',
			']',
			'[alt="',
			'"',
			',',
			'\\',
			'+',
			'+++',
			'pass:[',
			'\n',
			'\r\n',
			'----\n',
			'====\n',
			'--\n',
			'|===\n',
			'// ',
			'////\n',
			'* ',
			'[source]\n',
			' ',
			'a|',
			'\n\n',
			'a:: ',
		);
		fc.assert(
			fc.property(fc.array(bits, { maxLength: 40 }), (parts) => void readWords(readAsciidoc, parts.join(''))),
			{ numRuns: 500 },
		);
		assertLinear(readAsciidoc, [
			'a',
			'// a\n',
			'image:',
			'image:a',
			'image:a[',
			'image:a[]',
			'image::a[',
			'image::a b [',
			'+a',
			'+++',
			'$$ ',
			'pass:[',
			'[alt="',
			'"\\',
			'\\',
			'----\n',
			'====\n',
			'--\n',
			'|===\n',
			'* a\n',
			'a:: ',
			'::',
			' a\n',
			'[a]\n',
			'[alt="a"]\nimage::b[]\n',
			':a: \\\n',
			'=',
			'\n',
			' ',
			'- - ',
		]);
		const deep = Array.from({ length: 1000 }, (_, index) => '='.repeat(index + 4)).join('\n');
		assertLinear(readAsciidoc, [deep]);
		assertLinear(readAsciidoc, [`image::a[alt="${'a\\"'.repeat(300_000)}"]\n`]);
	});
});
