import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { altEdit, edited, pictureAt } from '../../../../src/documents/altEdit';
import { languageOf } from '../../../../src/documents/languages/languages';
import type { DocumentParts, ReferenceForm } from '../../../../src/documents/languages/language';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { formAt, placeBelow } from '../../../../src/documents/placeReference';
import { promptOfSelection } from '../../../../src/documents/prose';
import { markdownCells, withCellText } from '../../../../src/documents/notebook/notebook';
import { languageNames } from '../../../../src/documents/languages/names';
import type { Span } from '../../../../src/documents/span';
import { lineEnds, textOf, turned } from './turned';

/** With its places moved, and every line end in a word the same. */
function moved({ comments, pictures }: DocumentParts, at: (place: number) => number, end: string): DocumentParts {
	const move = ({ start, end: last }: Span): Span => ({ start: at(start), end: at(last) });
	const same = (words: string) => words.replaceAll(end, '\n');
	return {
		comments: comments.map(({ span, lines: all }) => ({ span: move(span), lines: all.map(move) })),
		pictures: pictures.map((picture) => ({
			...picture,
			span: move(picture.span),
			target: move(picture.target),
			href: same(picture.href),
			...(picture.alt && { alt: { text: same(picture.alt.text), span: move(picture.alt.span) } }),
		})),
	};
}

const still = (place: number) => place;

describe('the line ends of a document', () => {
	for (const { name, ids } of languageNames) {
		const language = languageOf(ids[0], '');
		const read = (text: string): DocumentParts => language.read?.(text) ?? { comments: [], pictures: [] };

		for (const [called, end] of lineEnds) {
			it(`of ${called} change nothing of what is read in ${name}`, () => {
				fc.assert(
					fc.property(textOf(name), (text) => {
						const other = turned(text, end);
						assert.deepEqual(
							moved(read(other.text), still, end),
							moved(read(text), other.at, '\n'),
							JSON.stringify(text),
						);
						assert.equal(language.baseOf?.(other.text)?.replaceAll(end, '\n'), language.baseOf?.(text));
					}),
					{ numRuns: 3000 },
				);
			});
		}

		it(`of Windows are those of what is inserted in ${name}`, () => {
			const picture = { path: 'a b.png', alt: 'a fox', width: 2, height: 1 };
			/** The text with a reference below a line, as the editor puts it there. */
			const inserted = (text: string, line: number, end: string): string => {
				const all = text.split(/\r\n|\n/);
				const { before, after, indent, inLine, ...at } = placeBelow(all, line, language, end);
				const offset = all.slice(0, at.line).reduce((sum, { length }) => sum + length + end.length, at.character);
				const write = (form: ReferenceForm) =>
					before +
					writeReference({ ...language, reference: form }, picture, inLine).replaceAll('\n', end + indent) +
					after;
				return text.slice(0, offset) + write(formAt(text, offset, language, write)) + text.slice(offset);
			};
			fc.assert(
				fc.property(textOf(name), fc.nat(), (text, number) => {
					const line = number % text.split('\n').length;
					const windows = inserted(turned(text, '\r\n').text, line, '\r\n');
					assert.equal(windows, inserted(text, line, '\n').replaceAll('\n', '\r\n'), JSON.stringify(text));
				}),
				{ numRuns: 500 },
			);
		});

		it(`of Windows stay when a picture is described in ${name}`, () => {
			fc.assert(
				fc.property(
					textOf(name).map((text) => `${text}\n`),
					(text) => {
						const other = turned(text, '\r\n');
						const [plain, windows] = [read(text).pictures, read(other.text).pictures];
						for (const [index, picture] of plain.entries()) {
							const twin = windows[index];
							assert.ok(twin);
							const [edit, same] = [
								altEdit(language, text, picture, 'a fox'),
								altEdit(language, other.text, twin, 'a fox'),
							];
							assert.equal(
								same && edited(other.text, same),
								edit && edited(text, edit).replaceAll('\n', '\r\n'),
								JSON.stringify(text),
							);
							assert.equal(
								pictureAt(other.text, windows, other.at(picture.span.end)),
								windows[plain.indexOf(pictureAt(text, plain, picture.span.end) ?? picture)],
							);
						}
					},
				),
				{ numRuns: 500 },
			);
		});
	}

	it('change nothing of the prompt that a selection suggests', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...languageNames).chain(({ name }) => textOf(name)),
				(text) => {
					for (const [, end] of lineEnds)
						assert.equal(promptOfSelection(turned(text, end).text), promptOfSelection(text));
				},
			),
		);
	});

	it('of a notebook’s file stay when a cell is changed, and those of the cell too', () => {
		fc.assert(
			fc.property(textOf('markdown'), fc.nat(), fc.nat(), fc.constantFrom('\n', '\r\n'), (text, one, other, inCell) => {
				const cell = text.replaceAll('\n', inCell);
				const [start = 0, end = 0] = [one % (cell.length + 1), other % (cell.length + 1)].toSorted((a, b) => a - b);
				const source = cell.split(/(?<=\n)/);
				const file = JSON.stringify({ cells: [{ cell_type: 'markdown', source }], nbformat: 4 }, null, 1);
				const change = { start, end, replacement: ' made=x' };
				const after = withCellText(file, 0, change) ?? '';
				assert.equal(markdownCells(after)[0]?.text, `${cell.slice(0, start)} made=x${cell.slice(end)}`);
				const windows = turned(file, '\r\n').text;
				assert.equal(withCellText(windows, 0, change), turned(after, '\r\n').text);
				assert.equal(withCellText(`\uFEFF${windows}`, 0, change), `\uFEFF${turned(after, '\r\n').text}`);
			}),
			{ numRuns: 500 },
		);
	});
});
