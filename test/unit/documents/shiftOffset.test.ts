import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { shiftOffset, type TextChange } from '../../../src/documents/shiftOffset';

interface Edit {
	readonly offset: number;
	readonly length: number;
	readonly text: string;
}

const letters = fc.stringMatching(/^[a-z]{0,12}$/);

/** A text and edits of it that do not overlap, in its own coordinates, from its end to its beginning: as the editor tells them. */
const edited: fc.Arbitrary<{ text: string; edits: readonly Edit[] }> = fc
	.tuple(fc.stringMatching(/^[a-z]{0,40}$/), fc.array(fc.tuple(fc.nat(10), fc.nat(6), letters), { maxLength: 4 }))
	.map(([text, steps]) => {
		const edits: Edit[] = [];
		let at = 0;
		for (const [gap, length, inserted] of steps) {
			const offset = Math.min(text.length, at + gap + (edits.length > 0 ? 1 : 0));
			const end = Math.min(text.length, offset + length);
			if (edits.length > 0 && offset <= at) break;
			edits.unshift({ offset, length: end - offset, text: inserted.toUpperCase() });
			at = end;
		}
		return { text, edits };
	});

const changeOf = ({ offset, length, text }: Edit): TextChange => ({ offset, length, textLength: text.length });

function apply(text: string, { offset, length, text: inserted }: Edit): string {
	return text.slice(0, offset) + inserted + text.slice(offset + length);
}

/** The model: what stands before a sentinel in the text after a person edited around it. */
function textBefore(text: string, place: number, { offset, length, text: inserted }: Edit): string {
	const beginsBefore = offset < place || (offset === place && length === 0);
	const kept = (from: number, to: number): string => text.slice(Math.min(from, place), Math.min(to, place));
	return kept(0, offset) + (beginsBefore ? inserted : '') + kept(offset + length, text.length);
}

describe('a place in a text that changes', () => {
	it('is where a sentinel in the text would be', () => {
		fc.assert(
			fc.property(edited, fc.nat(40), ({ text, edits }, wish) => {
				let place = Math.min(wish, text.length);
				let now = text;
				for (const edit of edits) {
					const before = textBefore(now, place, edit);
					place = shiftOffset(place, changeOf(edit));
					now = apply(now, edit);
					assert.equal(now.slice(0, place), before);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('stays between the same two characters unless they were replaced', () => {
		fc.assert(
			fc.property(edited, fc.nat(40), ({ text, edits }, wish) => {
				const place = Math.min(wish, text.length);
				if (edits.some(({ offset, length }) => place >= offset && place <= offset + length)) return;
				const after = edits.reduce((at, edit) => shiftOffset(at, changeOf(edit)), place);
				const now = edits.reduce(apply, text);
				assert.equal(now[after - 1], text[place - 1]);
				assert.equal(now[after], text[place]);
			}),
			{ numRuns: 1000 },
		);
	});

	it('never leaves the text, and two places never change their order', () => {
		fc.assert(
			fc.property(edited, fc.nat(40), fc.nat(40), ({ text, edits }, one, other) => {
				const shift = (place: number): number =>
					edits.reduce((at, edit) => shiftOffset(at, changeOf(edit)), Math.min(place, text.length));
				assert.ok(shift(one) >= 0 && shift(one) <= edits.reduce(apply, text).length);
				assert.ok(shift(Math.min(one, other)) <= shift(Math.max(one, other)));
			}),
		);
	});

	const cases: readonly (readonly [what: string, place: number, change: TextChange, after: number])[] = [
		['typing before it', 5, { offset: 2, length: 0, textLength: 3 }, 8],
		['typing exactly there', 5, { offset: 5, length: 0, textLength: 3 }, 8],
		['typing behind it', 5, { offset: 6, length: 0, textLength: 3 }, 5],
		['deleting before it', 5, { offset: 1, length: 3, textLength: 0 }, 2],
		['deleting up to it', 5, { offset: 2, length: 3, textLength: 0 }, 2],
		['deleting from it on', 5, { offset: 5, length: 3, textLength: 0 }, 5],
		['deleting around it', 5, { offset: 3, length: 4, textLength: 0 }, 3],
		['replacing up to it', 5, { offset: 2, length: 3, textLength: 7 }, 9],
		['replacing from it on', 5, { offset: 5, length: 3, textLength: 7 }, 5],
		['replacing around it', 5, { offset: 3, length: 4, textLength: 2 }, 5],
		['replacing everything', 5, { offset: 0, length: 9, textLength: 1 }, 1],
		['changing nothing', 5, { offset: 5, length: 0, textLength: 0 }, 5],
	];
	for (const [what, place, change, after] of cases) {
		it(`after ${what}`, () => assert.equal(shiftOffset(place, change), after));
	}
});
