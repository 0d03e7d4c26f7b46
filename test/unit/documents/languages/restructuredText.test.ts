import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { restructuredText } from '../../../../src/documents/languages/restructuredText';
import { readRest } from '../../../../src/documents/languages/rest/restReader';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { readByDocutils } from './docutils';
import { assertLinear, assertReadsBack, readWords } from './readingChecks';

const size = { width: 1024, height: 768 };
const around = fc.constantFrom<[string, string]>(
	['', ''],
	['One.\n\n', '\n\nTwo.'],
	['.. limn: a fox\n\n', '\n\n.. more'],
	['Title\n=====\n\n', '\n'],
	['- item\n\n', '\n\n- item'],
);

/** Where a URL leads from the folder `/dir/`. */
function pathOf(url: string): string {
	const { pathname, origin, search, hash } = new URL(url, 'https://site.example/dir/document');
	if (origin !== 'https://site.example' || search !== '' || hash !== '') return `outside: ${url}`;
	return decodeURIComponent(pathname.replace(/^\/dir\//, ''));
}

/** How a reference names a path, to who reads it: a URL, but for the blanks in it. */
function hrefOf(path: string): string {
	return restructuredText.reference.src({ path }).replaceAll('\\ ', ' ');
}

describe('a reStructuredText reference', () => {
	it('is readable where nothing needs escaping', () => {
		const picture = { path: 'my images/füchse_1 (2).png', alt: 'A *fox*: `at` dawn\\', ...size };
		assert.equal(
			writeReference(restructuredText, picture),
			'.. image:: my\\ images/füchse_1\\ (2).png\n   :alt: A *fox*: `at` dawn\\\n   :width: 1024px',
		);
		assert.equal(
			writeReference(restructuredText, { ...picture, path: ' a%b#c ', alt: '' }),
			'.. image:: %20a%25b%23c%20\n   :alt:\n   :width: 1024px',
		);
	});

	it('leaves an address as it is', () => {
		const reference = writeReference(restructuredText, { uri: 'vscode-vfs://github/a%20b.png', alt: 'a', ...size });
		assert.match(reference, /^\.\. image:: vscode-vfs:\/\/github\/a%20b\.png\n/);
	});

	it('shows this picture with this alt text, whatever they are', async () => {
		const cases = fc.sample(fc.tuple(anyPath, anyAlt, around), 2000);
		const documents = cases.map(([path, alt, [before, after]]) => {
			return before + writeReference(restructuredText, { path, alt, ...size }) + after;
		});
		for (const [index, { images, messages }] of (await readByDocutils(documents)).entries()) {
			const [path, alt] = cases[index] ?? [];
			const seen = images.map((image) => [pathOf(image.uri), image.alt, image.width]);
			assert.deepEqual(seen, [[path, alt, '1024px']], documents[index]);
			assert.deepEqual(messages, [], documents[index]);
		}
	});

	it('is read back', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, around, (path, alt, place) => {
				assertReadsBack(restructuredText, { path, alt }, place, hrefOf);
				assert.equal(pathOf(hrefOf(path)), path);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('reading reStructuredText', () => {
	const examples: readonly (readonly [what: string, text: string, comments: string[][], pictures: string[]])[] = [
		['a comment', 'text\n\n.. limn: a fox \n\nmore', [['.. limn: a fox', 'limn: a fox']], []],
		[
			'a comment on many lines',
			'.. limn: a\n   b\r\n\r\n     c\r\n\r\nd',
			[['.. limn: a\n   b\r\n\r\n     c', 'limn: a', 'b', '', 'c']],
			[],
		],
		[
			'a comment below its mark',
			'..\n   a\n   b\n.. c',
			[
				['..\n   a\n   b', 'a', 'b'],
				['.. c', 'c'],
			],
			[],
		],
		['an empty comment', '..\n\n   .. image:: a.png', [], ['a.png']],
		[
			'two recipes',
			'.. limn: a\n.. limn: b',
			[
				['.. limn: a', 'limn: a'],
				['.. limn: b', 'limn: b'],
			],
			[],
		],
		[
			'comments in other blocks',
			'- a\n\n  .. b\n     c\n- .. d\n\n  e\n\n1. .. f',
			[
				['.. b\n     c', 'b', 'c'],
				['.. d', 'd'],
				['.. f', 'f'],
			],
			[],
		],
		['what is no comment', '.. note:: a\n.. _b: c\n.. [1] d\n.. [#e]\n.. |f| replace:: g\n.. h::\n..i\n...', [], []],
		['what a paragraph goes on with', 'a\n.. b\n.. image:: c.png\n\n- d\n  .. e\n\nf\n  .. g', [['.. g', 'g']], []],
		[
			'titles',
			'a\n=\n.. b\n\n===\nc\n===\n.. d\n\n----\n.. e',
			[
				['.. b', 'b'],
				['.. d', 'd'],
				['.. e', 'e'],
			],
			[],
		],
		[
			'literal blocks',
			'a::\n\n   .. b\n\n   .. image:: c.png\n\n.. d\n\n::\n\n  .. e\nf\n\ng\\::\n\n  .. h',
			[
				['.. d', 'd'],
				['.. h', 'h'],
			],
			[],
		],
		['quoted literal blocks', 'a::\n\n.. b\n.. c\n\n.. d', [['.. d', 'd']], []],
		['a term that ends like an announcement', 'a::\n  .. b\n\nc\nd::\n  .. e', [['.. b', 'b']], []],
		[
			'code',
			'.. code-block:: rst\n\n   .. image:: a.png\n\n.. math::\n\n   .. b\n\n>>> .. c\n.. d\n\n.. e',
			[['.. e', 'e']],
			[],
		],
		['tables', '+---+\n| a |\n+---+\n.. b\n\n=== ===\nc   d\n\n.. e\n=== ===\n\n.. f', [['.. f', 'f']], []],
		[
			'pictures',
			'.. image:: a.png\n.. figure:: b/c.png\n   :alt: d\n\n   .. e\n\n   .. image:: f.png\n\n.. |g h| image:: i.png\n   :alt: j',
			[['.. e', 'e']],
			['a.png', 'b/c.png', 'f.png', 'i.png'],
		],
		[
			'pictures in other blocks',
			'.. note::\n\n   .. image:: a.png\n\n* .. image:: b.png\n\n  (1) .. image:: c.png\n\n:d:\n   .. image:: e.png\n\n   .. list-table::\n\n      * - .. image:: f.png',
			[],
			['a.png', 'b.png', 'c.png', 'e.png', 'f.png'],
		],
		[
			'targets',
			'.. image:: a\\ b\\c\\\\.png\n.. image:: d\n   e f.png\n   :alt: g\n.. image::\n   h.png\n.. IMAGE:: i.png',
			[],
			['a bc\\.png', 'def.png', 'h.png', 'i.png'],
		],
		[
			'what shows no picture',
			'.. image::\n\n.. image:: :alt: a\n.. image :: b.png\n.. images:: c.png\n.. image::d.png',
			[['.. image::d.png', 'image::d.png']],
			['b.png'],
		],
	];
	for (const [what, text, comments, pictures] of examples) {
		it(`knows ${what}`, () => {
			const found = readWords(readRest, text);
			assert.deepEqual(found.comments, comments);
			assert.deepEqual(
				found.pictures.map(({ href }) => href),
				pictures,
			);
		});
	}

	it('says what a picture is told by', () => {
		const told: readonly (readonly [options: string, alt: string | undefined])[] = [
			[':alt: A *fox*: \\red', 'A *fox*: \\red'],
			[':width: 10px\n   :ALT:  a\n      b\n\n   c', 'a b'],
			[':alt:\n     a\n   :width: 10', 'a'],
			[':alt:', ''],
			[':name: alt', undefined],
			[':alternative: a', undefined],
			['', undefined],
		];
		for (const [options, alt] of told) {
			const [picture] = readRest(`.. figure:: a.png\n   ${options}`).pictures;
			assert.deepEqual([picture?.alt?.text, picture?.lacksAlt], [alt, alt === undefined], options);
		}
	});

	it('says where everything is', () => {
		const text = 'a\n\n- .. image:: b\\ c.png\n     :alt: d\n       e\n     :width: 10px\n\nf';
		assert.deepEqual(readRest(text).pictures, [
			{
				span: { start: 5, end: text.length - 3 },
				target: { start: 16, end: 24 },
				href: 'b c.png',
				kind: 'url',
				alt: { text: 'd e', span: { start: 36, end: 46 } },
				lacksAlt: false,
			},
		]);
	});

	const fragments = [
		'words *more*: and\n.. image:: no.png',
		'.. limn: a fox | size=1x1\n   .. image:: no.png',
		'..\n   below\n\n     the mark',
		'Title\n=====',
		'Here::\n\n   .. image:: no.png\n\n   .. no',
		'Here:\n\n::\n\n .. no',
		'Quoted::\n\n> .. no\n> .. image:: no.png',
		'.. code:: rst\n\n   .. image:: no.png\n   .. no',
		'>>> .. image:: no.png\n.. no',
		'.. image:: a.png',
		'.. figure:: images/b\\ c.png\n   :alt: A fox, *red*\n     and quick\n   :width: 10px\n\n   A caption\n\n   .. image:: d.png\n      :alt: D',
		'.. |sub e| image:: e.png\n   :alt: E\n\nSee |sub e|.',
		'.. note:: text\n   .. no\n\n   .. image:: f.png',
		'- item\n  .. no\n\n  .. image:: g.png\n\n- .. in an item\n\n- .. image:: h.png\n     :alt: H',
		'1. one\n\n   .. image:: i.png\n\n2. .. in another',
		'term\n   .. image:: j.png\n\n   more',
		':field: text\n   more\n:other:\n   .. image:: k.png',
		'.. _target: https://site.example\n.. [1] A note\n.. |r| replace:: words',
		'text\n\n  quoted\n\n  .. image:: l.png\n\n  .. in a quote',
		'=====  =====\na      b\n=====  =====\nc      d\n=====  =====',
		'.. m.png\n.. image:: m.png',
		'| line\n| block',
		'.. list-table::\n\n   * - a\n     - .. image:: n.png',
	];
	const documents = fc
		.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 8 })
		.chain((parts) => fc.constantFrom('\n\n', '\n\n\n', '\r\n\r\n').map((eol) => parts.join(eol)));

	it('finds what docutils finds', async () => {
		const texts = fc.sample(documents, 700);
		for (const [index, { images, comments }] of (await readByDocutils(texts)).entries()) {
			const text = texts[index] ?? '';
			const read = readRest(text);
			const words = read.comments.map(({ lines }) => lines.map(({ start, end }) => text.slice(start, end)).join('\n'));
			assert.deepEqual(
				words,
				comments.map((comment) =>
					comment
						.split('\n')
						.map((line) => line.trim())
						.join('\n'),
				),
				text,
			);
			assert.deepEqual(
				read.pictures.map(({ href, alt }) => [href, alt?.text ?? null]),
				images.map(({ uri, alt }) => [uri, alt?.replace(/\s+/g, ' ') ?? null]),
				text,
			);
		}
	});

	it('reads any text, in a time that grows with it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => void readWords(readRest, text)),
			{ numRuns: 500 },
		);
		const bits = fc.constantFrom(
			'.. ',
			'..\n',
			'image:: ',
			'figure::\n',
			':alt: ',
			'a',
			'::',
			'\n',
			'\r\n',
			'\n\n',
			'   ',
			'\t',
			'- ',
			'1. ',
			'|a| ',
			'_a: ',
			'===\n',
			'=== ===\n',
			'\\',
			'>>> ',
			':',
			'[1] ',
		);
		fc.assert(
			fc.property(fc.array(bits, { maxLength: 40 }), (parts) => void readWords(readRest, parts.join(''))),
			{ numRuns: 500 },
		);
		assertLinear(readRest, [
			'a',
			'.. a\n',
			'..\n',
			'.. image:: a\n',
			'.. image:: a\n   :alt: b\n',
			'.. image::\n',
			'   :alt: a\n',
			'.. a\n   b\n',
			'.. |',
			'.. |a\\',
			':a',
			':a: ',
			':\\a',
			'\\',
			'\\::\n',
			'a::\n\n',
			'a::\n\n  b\n\n',
			'- ',
			'1. ',
			'* a\n',
			'===\n',
			'== ==\n',
			'== ==\na\n',
			'>>> a\n',
			' ',
			'\n',
			'\t',
			'.. code::\n',
			'.. note::\n',
			'.. a\n\n',
		]);
		const deep = Array.from({ length: 1000 }, (_, index) => `${' '.repeat(index)}.. note::\n`).join('');
		assertLinear(readRest, [deep]);
	});
});
