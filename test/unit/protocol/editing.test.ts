import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Stroke } from '../../../src/canvas/strokes';
import { draftSchema } from '../../../src/protocol/draft';
import { type Editing, editingSchema } from '../../../src/protocol/editing';
import { mostNumbers, mostStrokes, widestFeather, widestMargin } from '../../../src/protocol/limits';

const rect = { x: -3, y: 0, width: 20, height: 10 };
const margins = { top: 0, right: 1, bottom: 0, left: 0 };

function takes(value: unknown): boolean {
	return editingSchema.safeParse(value).success;
}

function painted(...strokes: readonly unknown[]): unknown {
	return { kind: 'mask', strokes, feather: 8 };
}

function strokesOf(count: number): unknown {
	return painted(...Array.from({ length: count }, () => ({ kind: 'invert' })));
}

function lineOf(count: number): unknown {
	return painted({ kind: 'line', size: 4, points: Array.from({ length: count }, () => 1) });
}

function feathered(feather: number): unknown {
	return { kind: 'mask', strokes: [], feather };
}

function widened(left: number): unknown {
	return { kind: 'expand', margins: { ...margins, left } };
}

describe('what is done to a picture, as the host takes it', () => {
	it('is a mask, a frame or a variation', () => {
		assert.ok(
			takes(
				painted(
					{ kind: 'line', size: 1, points: [0.5, -2, 7, 8] },
					{ kind: 'lasso', points: [0, 0, 9, 0, 9, 9], erases: true },
					{ kind: 'rectangle', rect },
					{ kind: 'invert' },
					{ kind: 'place', from: rect, to: { ...rect, x: 0.25, width: 0 } },
					{ kind: 'clear' },
				),
			),
		);
		assert.ok(takes(painted()));
		assert.ok(takes({ kind: 'expand', margins }));
		for (const strength of ['subtle', 'medium', 'strong']) assert.ok(takes({ kind: 'vary', strength }));
		const draft = { prompt: '', n: 1, options: {}, references: [], source: 'p1', seen: '1 2' };
		assert.ok(draftSchema.safeParse({ ...draft, editing: { kind: 'expand', margins } }).success);
		assert.ok(!draftSchema.safeParse({ ...draft, editing: 'expand' }).success);
	});

	it('is nothing that no canvas sends', () => {
		for (const stroke of [
			{ kind: 'line', size: 0, points: [0, 0] },
			{ kind: 'line', size: 4, points: [] },
			{ kind: 'line', size: 4, points: [1, 2, 3] },
			{ kind: 'line', size: 4, points: [1, Number.NaN] },
			{ kind: 'line', size: 4, points: [1, 1e9] },
			{ kind: 'line', size: 4, points: [1, 2], erases: false },
			{ kind: 'rectangle', rect: { ...rect, width: 0 } },
			{ kind: 'rectangle', rect: { ...rect, x: 0.5 } },
			{ kind: 'rectangle' },
			{ kind: 'clear', file: '/etc/passwd' },
			{ kind: 'file', path: '/etc/passwd' },
		])
			assert.ok(!takes(painted(stroke)), JSON.stringify(stroke));
		for (const value of [
			{ kind: 'mask', strokes: [] },
			{ kind: 'mask', strokes: [], feather: -1 },
			{ kind: 'mask', strokes: [], feather: 0.5 },
			{ kind: 'expand', margins: { ...margins, left: -1 } },
			{ kind: 'expand', margins: { top: 1 } },
			{ kind: 'expand', by: '16:9' },
			{ kind: 'vary', strength: 'wild' },
		])
			assert.ok(!takes(value), JSON.stringify(value));
	});

	it('is taken up to its limits', () => {
		for (const [at, most] of [
			[strokesOf, mostStrokes],
			[lineOf, mostNumbers],
			[feathered, widestFeather],
			[widened, widestMargin],
		] as const) {
			assert.ok(takes(at(most)), at.name);
			assert.ok(!takes(at(most + 2)), at.name);
		}
		assert.ok(!takes(feathered(widestFeather + 1)));
	});

	it('is the same after the wire', () => {
		const place = fc.double({ min: -9999, max: 9999, noNaN: true });
		const points = fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 20 }).map((pairs) => pairs.flat());
		const side = fc.integer({ min: 1, max: 9999 });
		const start = fc.integer({ min: -99, max: 99 });
		const rects = fc.record({ x: start, y: start, width: side, height: side }, { noNullPrototype: true });
		const erases = fc.constant(true as const);
		const stroke: fc.Arbitrary<Stroke> = fc.oneof(
			fc.record(
				{ kind: fc.constant('line'), size: side, points, erases },
				{ requiredKeys: ['kind', 'size', 'points'], noNullPrototype: true },
			),
			fc.record(
				{ kind: fc.constant('lasso'), points, erases },
				{ requiredKeys: ['kind', 'points'], noNullPrototype: true },
			),
			fc.record(
				{ kind: fc.constant('rectangle'), rect: rects, erases },
				{ requiredKeys: ['kind', 'rect'], noNullPrototype: true },
			),
			fc.record({ kind: fc.constant('place'), from: rects, to: rects }, { noNullPrototype: true }),
			fc.constantFrom({ kind: 'invert' as const }, { kind: 'clear' as const }),
		);
		const feather = fc.integer({ min: 0, max: widestFeather });
		const orders: fc.Arbitrary<Editing> = fc
			.tuple(fc.array(stroke), feather)
			.map(([strokes, soft]) => ({ kind: 'mask', strokes, feather: soft }));
		fc.assert(fc.property(orders, (given) => assert.deepEqual(editingSchema.parse(structuredClone(given)), given)));
	});
});
