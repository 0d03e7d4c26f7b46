import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Passage } from '../../../../../src/documents/languages/markdown/passage';
import type { Span } from '../../../../../src/documents/span';

const quote = '> one\r\n> two\n\n> three';
const lines = [
	{ start: 2, end: 5 },
	{ start: 9, end: 12 },
	{ start: 16, end: 21 },
];

describe('a passage', () => {
	it('is the text of its lines', () => {
		assert.equal(new Passage(quote, lines).text, 'one\ntwo\nthree');
		assert.equal(new Passage(quote, [{ start: 2, end: 12 }]).text, 'one\r\n> two');
		assert.equal(new Passage(quote, []).text, '');
	});

	it('knows where its characters stand', () => {
		const passage = new Passage(quote, lines);
		assert.deepEqual(passage.spanOf({ start: 0, end: 13 }), { start: 2, end: 21 });
		assert.deepEqual(passage.spanOf({ start: 4, end: 7 }), { start: 9, end: 12 });
		assert.deepEqual(
			[0, 2, 3, 4, 7, 8].map((at) => passage.sourceOf(at)),
			[2, 4, 5, 9, 12, 16],
		);
	});

	it('has every character of its lines where the document has it', () => {
		const sizes = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(fc.string({ minLength: 60, maxLength: 60 }), sizes, (source, gaps) => {
				const pieces: Span[] = [];
				let at = 0;
				for (const [gap, length] of gaps) {
					pieces.push({ start: at + gap, end: at + gap + length });
					at += gap + length + 1;
				}
				const passage = new Passage(source, pieces);
				let offset = 0;
				for (const { start, end } of pieces) {
					for (let place = start; place < end; place++, offset++) {
						assert.equal(passage.sourceOf(offset), place);
						assert.equal(passage.text[offset], source[place]);
					}
					assert.equal(passage.sourceOf(offset), end);
					offset++;
				}
			}),
		);
	});

	it('moves pictures and comments with all that they are made of', () => {
		const passage = new Passage(quote, lines);
		const parts = passage.partsOf({
			comments: [
				{
					span: { start: 0, end: 7 },
					lines: [
						{ start: 0, end: 3 },
						{ start: 4, end: 7 },
					],
				},
			],
			pictures: [
				{ span: { start: 4, end: 7 }, target: { start: 5, end: 6 }, href: 'x', kind: 'url', lacksAlt: true },
				{
					span: { start: 8, end: 13 },
					target: { start: 9, end: 10 },
					href: 'y',
					kind: 'url',
					alt: { text: 'z', span: { start: 10, end: 11 } },
					lacksAlt: false,
				},
			],
		});
		assert.deepEqual(parts.comments, [
			{
				span: { start: 2, end: 12 },
				lines: [
					{ start: 2, end: 5 },
					{ start: 9, end: 12 },
				],
			},
		]);
		assert.deepEqual(parts.pictures, [
			{ span: { start: 9, end: 12 }, target: { start: 10, end: 11 }, href: 'x', kind: 'url', lacksAlt: true },
			{
				span: { start: 16, end: 21 },
				target: { start: 17, end: 18 },
				href: 'y',
				kind: 'url',
				alt: { text: 'z', span: { start: 18, end: 19 } },
				lacksAlt: false,
			},
		]);
	});
});
