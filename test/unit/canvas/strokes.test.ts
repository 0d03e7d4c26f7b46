import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	current,
	noStrokes,
	redone,
	type Stroke,
	type StrokeList,
	undone,
	withStroke,
} from '../../../src/canvas/strokes';
import { strokeLists } from './strokesOf';

const stroke: fc.Arbitrary<Stroke> = strokeLists
	.filter((list) => list.length > 0)
	.map(([first]) => first ?? { kind: 'clear' });

/** Lists as they become when somebody paints, undoes and does again. */
const lists: fc.Arbitrary<StrokeList> = fc
	.array(fc.oneof(stroke, fc.constantFrom('undo' as const, 'redo' as const)), { maxLength: 12 })
	.map((acts) => acts.reduce(acted, noStrokes));

function acted(list: StrokeList, act: Stroke | 'undo' | 'redo'): StrokeList {
	if (act === 'undo') return undone(list);
	return act === 'redo' ? redone(list) : withStroke(list, act);
}

describe('the list of strokes', () => {
	it('is empty at first, with nothing to undo and nothing to do again', () => {
		assert.deepEqual(current(noStrokes), []);
		assert.equal(undone(noStrokes), noStrokes);
		assert.equal(redone(noStrokes), noStrokes);
	});

	it('has what is done behind what was done', () => {
		fc.assert(
			fc.property(lists, stroke, (list, next) => {
				assert.deepEqual(current(withStroke(list, next)), [...current(list), next]);
			}),
		);
	});

	it('is as it was before the last stroke when that is undone', () => {
		fc.assert(
			fc.property(lists, stroke, (list, next) => {
				assert.deepEqual(current(undone(withStroke(list, next))), current(list));
			}),
		);
	});

	it('is itself when what was undone is done again, and the other way round', () => {
		fc.assert(
			fc.property(lists, (list) => {
				if (list.done > 0) assert.deepEqual(redone(undone(list)), list);
				if (list.done < list.strokes.length) assert.deepEqual(undone(redone(list)), list);
			}),
		);
	});

	it('is undone to nothing, and done again to what it was, stroke by stroke', () => {
		fc.assert(
			fc.property(fc.array(stroke, { maxLength: 8 }), (strokes) => {
				const full = strokes.reduce(withStroke, noStrokes);
				const empty = strokes.reduce(undone, full);
				assert.deepEqual([current(empty), undone(empty)], [[], empty]);
				assert.deepEqual(strokes.reduce(redone, empty), full);
				assert.equal(redone(full), full);
			}),
		);
	});

	it('forgets what was undone as soon as something else is done', () => {
		fc.assert(
			fc.property(lists, stroke, (list, next) => {
				const longer = withStroke(undone(list), next);
				assert.equal(redone(longer), longer);
				assert.equal(longer.strokes.length, longer.done);
			}),
		);
	});

	it('is never changed in place', () => {
		fc.assert(
			fc.property(lists, stroke, (list, next) => {
				const before = structuredClone(list);
				withStroke(list, next);
				undone(list);
				redone(list);
				assert.deepEqual(list, before);
			}),
		);
	});
});
