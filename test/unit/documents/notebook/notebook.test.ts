import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { z } from 'zod';
import { markdownCells, withCellText } from '../../../../src/documents/notebook/notebook';

/** The parts of a notebook that the tests look at. */
const notebook = z.looseObject({
	cells: z.array(z.looseObject({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]) })),
});

type Notebook = z.infer<typeof notebook>;

const fox = `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "metadata": {},
   "outputs": [{ "data": { "text/plain": ["{\\"cells\\": []}"], "source": ["no"] }, "output_type": "display_data" }],
   "source": ["![no](no.png)\\n", "x = 1"]
  },
  {
   "cell_type": "markdown",
   "metadata": { "source": "no", "tags": ["a"] },
   "source": [
    "<!-- limn: a f\\u00fcchs \\ud83e\\udd8a -->\\n",
    "![a \\"fox\\"](fox.png)\\n",
    "\\\\end"
   ],
   "id": "b1"
  },
  { "cell_type": "markdown", "metadata": {}, "source": "# One string\\n" },
  { "cell_type": "raw", "metadata": {}, "source": "raw" },
  { "cell_type": "markdown", "metadata": {}, "source": [] }
 ],
 "metadata": { "kernelspec": { "name": "python3" } },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

const text = '<!-- limn: a füchs 🦊 -->\n![a "fox"](fox.png)\n\\end';

/** Replaces the one place of a cell where `part` stands. */
function replaced(file: string, cell: number, part: string, replacement: string): string | undefined {
	const found = markdownCells(file).find(({ index }) => index === cell);
	const start = found?.text.indexOf(part) ?? -1;
	return withCellText(file, cell, { start, end: start + part.length, replacement });
}

/** Replaces in the file itself, by hand. */
function byHand(part: string, replacement: string): string {
	assert.equal(fox.split(part).length, 2, part);
	return fox.replace(part, () => replacement);
}

describe('the Markdown cells of a notebook', () => {
	it('are texts, numbered among all cells', () => {
		assert.deepEqual(markdownCells(fox), [
			{ index: 1, text },
			{ index: 2, text: '# One string\n' },
			{ index: 4, text: '' },
		]);
		assert.deepEqual(markdownCells(`\uFEFF${fox}`), markdownCells(fox));
	});

	it('are none where there is no notebook', () => {
		const others = [
			'',
			'{',
			'[]',
			'null',
			'3',
			'"cells"',
			'{"cells":3}',
			'{"cells":{}}',
			'{"worksheets":[{"cells":[]}]}',
		];
		for (const other of others) assert.deepEqual(markdownCells(other), [], other);
	});

	it('are those that are whole, whatever the others are', () => {
		const cells = [
			null,
			3,
			{},
			{ cell_type: 'markdown' },
			{ cell_type: 'markdown', source: 3 },
			{ cell_type: 'markdown', source: ['a', 3] },
		];
		const last = { cell_type: 'markdown', source: ['a', 'b'] };
		assert.deepEqual(markdownCells(JSON.stringify({ cells: [...cells, last] })), [{ index: cells.length, text: 'ab' }]);
	});
});

function added(cell: number, at: number): string | undefined {
	return withCellText(fox, cell, { start: at, end: at, replacement: 'X' });
}

describe('a change in a cell', () => {
	it('is written in the string that it is in', () => {
		assert.equal(replaced(fox, 1, 'fox.png', 'a/füchs.png'), byHand('(fox.png)', '(a/füchs.png)'));
		assert.equal(replaced(fox, 2, 'One', 'Two'), byHand('# One', '# Two'));
		assert.equal(replaced(fox, 1, 'end', ''), byHand('\\\\end', '\\\\'));
	});

	it('is counted in characters of the cell, not of the file', () => {
		assert.equal(replaced(fox, 1, '🦊', 'fox'), byHand('\\ud83e\\udd8a', 'fox'));
		assert.equal(replaced(fox, 1, '"fox"', 'fox'), byHand('\\"fox\\"', 'fox'));
		assert.equal(replaced(fox, 1, '\\', '/'), byHand('\\\\end', '/end'));
		assert.equal(replaced(fox, 1, 'ü', 'u'), byHand('\\u00fc', 'u'));
	});

	it('may have anything in it', () => {
		assert.equal(replaced(fox, 2, 'One', 'a\n"b"\\\t\u0001\u2028'), byHand('One', 'a\\n\\"b\\"\\\\\\t\\u0001\u2028'));
	});

	it('may reach over several strings', () => {
		const changed = replaced(fox, 1, '-->\n![a "fox"](fox.png)\n\\', 'X\nY');
		assert.deepEqual(markdownCells(changed ?? '')[0]?.text, '<!-- limn: a füchs 🦊 X\nYend');
		assert.match(changed ?? '', / X\\nY",\n {4}"",\n {4}"end"\n/);
	});

	it('may add to the beginning, the end, between strings, and to nothing', () => {
		assert.equal(added(1, 0), byHand('"<!--', '"X<!--'));
		assert.equal(added(1, text.length), byHand('\\\\end"', '\\\\endX"'));
		assert.equal(added(1, text.indexOf('![')), byHand('"![a ', '"X![a '));
		assert.equal(added(4, 0), byHand('"source": []', '"source": ["X"]'));
	});

	it('is not made where there is no such cell, or no such piece of it', () => {
		const change = { start: 0, end: 1, replacement: '' };
		for (const cell of [-1, 0, 3, 5, 0.5]) assert.equal(withCellText(fox, cell, change), undefined);
		for (const [start, end] of [
			[-1, 1],
			[2, 1],
			[0, text.length + 1],
		] as const)
			assert.equal(withCellText(fox, 1, { start, end, replacement: '' }), undefined);
		assert.equal(withCellText('', 0, change), undefined);
		assert.equal(withCellText('{}', 0, change), undefined);
	});

	it('is found where keys stand twice, as programs read them', () => {
		const file = '{"cells":[],"cells":[{"cell_type":"markdown","source":"no","source" : [ "a" , "b" ]}]}';
		const changed = withCellText(file, 0, { start: 1, end: 2, replacement: 'c' });
		assert.equal(changed, file.replace('"b"', '"c"'));
	});
});

/** Text with everything in it that JSON writes in more than one way. */
const words = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 10 }),
	fc.constantFrom('a\n', '\\', '"', '🦊', '\uD83E', 'ü', '\u2028', '\\u00fc', '\t', ']}', '{"'),
);

const source = fc.oneof(words, fc.array(words, { maxLength: 4 }));

const anyCell = fc.oneof(
	fc.record({ cell_type: fc.constant('markdown'), metadata: fc.object(), source }),
	fc.record({ source, cell_type: fc.constantFrom('markdown', 'raw'), source2: words, id: words }),
	fc.record({
		cell_type: fc.constant('code'),
		source,
		outputs: fc.array(fc.dictionary(words, fc.jsonValue()), { maxLength: 2 }),
	}),
);

const anyNotebook = fc.record({
	metadata: fc.object(),
	cells: fc.array(anyCell, { minLength: 1, maxLength: 4 }),
	nbformat: fc.constant(4),
});

/** As programs write notebooks. */
const anyFile = fc
	.tuple(
		anyNotebook,
		fc.constantFrom<string | number | undefined>(undefined, 1, 2, '\t'),
		fc.constantFrom('\n', '\r\n'),
		fc.boolean(),
	)
	.map(([value, indent, eol, asciiOnly]) => {
		const file = JSON.stringify(value, undefined, indent).replaceAll('\n', eol);
		return asciiOnly
			? file.replace(/[^\n\r\t -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
			: file;
	});

function joined(lines: string | readonly string[]): string {
	return typeof lines === 'string' ? lines : lines.join('');
}

function parsed(file: string): Notebook {
	return notebook.parse(JSON.parse(file));
}

describe('any change in any notebook', () => {
	const change = fc.record({
		cell: fc.nat(3),
		from: fc.double({ min: 0, max: 1, noNaN: true }),
		to: fc.double({ min: 0, max: 1, noNaN: true }),
		replacement: words,
	});

	it('changes that piece of that cell, and no other value', () => {
		fc.assert(
			fc.property(anyFile, change, (file, { cell, from, to, replacement }) => {
				const found = markdownCells(file).find(({ index }) => index === cell);
				if (!found) return;
				const [start = 0, end = 0] = [from, to]
					.map((part) => Math.round(part * found.text.length))
					.sort((one, other) => one - other);
				const changed = withCellText(file, cell, { start, end, replacement });
				assert.ok(changed !== undefined);
				const before = parsed(file);
				const after = parsed(changed);
				const text = joined(after.cells[cell]?.source ?? '');
				assert.equal(text, found.text.slice(0, start) + replacement + found.text.slice(end));
				for (const each of [before, after]) Object.assign(each.cells[cell] ?? {}, { source: '' });
				assert.deepEqual(after, before);
			}),
			{ numRuns: 2000 },
		);
	});

	it('adds to the file what is written, and leaves every byte of it as it is', () => {
		fc.assert(
			fc.property(anyFile, change, (file, { cell, from, replacement }) => {
				const found = markdownCells(file).find(({ index }) => index === cell);
				if (!found) return;
				const start = Math.round(from * found.text.length);
				const changed = withCellText(file, cell, { start, end: start, replacement }) ?? '';
				const { source: lines } = parsed(file).cells[cell] ?? {};
				const marks = typeof lines === 'object' && lines.length === 0 ? 2 : 0;
				const length = JSON.stringify(replacement).length - 2 + marks;
				let place = 0;
				while (place < file.length && file[place] === changed[place]) place++;
				assert.equal(changed.slice(place + length), file.slice(place));
			}),
			{ numRuns: 1000 },
		);
	});

	it('takes nothing away that is put in again', () => {
		fc.assert(
			fc.property(anyFile, change, (file, { cell, replacement }) => {
				const found = markdownCells(file).find(({ index }) => index === cell);
				if (!found) return;
				const longer = withCellText(file, cell, { start: 0, end: 0, replacement }) ?? '';
				const back = withCellText(longer, cell, { start: 0, end: replacement.length, replacement: '' });
				assert.deepEqual(markdownCells(back ?? ''), markdownCells(file));
			}),
			{ numRuns: 500 },
		);
	});

	it('is quick, also in a notebook with pictures in it', () => {
		const outputs = [{ data: { 'image/png': 'A'.repeat(20_000_000) } }];
		const cells = [
			{ cell_type: 'code', source: [], outputs },
			{ cell_type: 'markdown', source: ['a\n', 'b'] },
		];
		const file = JSON.stringify({ cells });
		assert.ok(withCellText(file, 1, { start: 2, end: 3, replacement: 'c' })?.endsWith('["a\\n","c"]}]}'));
	});

	it('leaves alone what only other strings look like', () => {
		const file = JSON.stringify({
			cells: [{ cell_type: 'markdown', source: '"source": "a"', metadata: { source: 'a' } }],
		});
		const changed = withCellText(file, 0, { start: 11, end: 12, replacement: 'b' });
		assert.equal(changed, file.replace('\\"a\\"', '\\"b\\"'));
	});
});
