import assert from 'node:assert/strict';
import type { Stroke } from '../../src/canvas/strokes';
import { type Canvas, emptyCanvas } from '../../src/webview/edit/canvasState';
import { resumed, type Stashed, stashWeight, withStashed } from '../../src/webview/edit/stash';
import { editDraft } from './editScripts';

const staged = { id: 'p1', name: 'picture-1.png', job: 'job-1', margins: emptyCanvas.margins };

/** `numbers`: of its one stroke. */
function entry(source: string, numbers: number, changes: Partial<Canvas> = {}): Stashed {
	const stroke: Stroke = { kind: 'line', size: 5, points: Array.from({ length: numbers }, () => 1) };
	const strokes = { strokes: [stroke], done: 1 };
	return { source, canvas: { ...emptyCanvas, strokes, ...changes }, draft: { ...editDraft, source } };
}

describe('the work that is left for another picture', () => {
	it('is that on the last eight pictures, the newest first, each once', () => {
		const sources = ['a', 'b', 'c', 'd', 'a', 'e', 'f', 'g', 'h', 'i'];
		const stash = sources.reduce<readonly Stashed[]>((all, source) => withStashed(all, entry(source, 2)), []);
		assert.deepEqual(
			stash.map(({ source }) => source),
			['i', 'h', 'g', 'f', 'e', 'a', 'd', 'c'],
		);
	});

	it('stays small: of what is too much the strokes and the words are forgotten, the oldest first', () => {
		const first = entry('a', 20_000, { margins: { ...emptyCanvas.margins, left: 5 }, staged: [staged] });
		const stash = withStashed(withStashed(withStashed([], first), entry('b', 20_000)), entry('c', 20_000));
		assert.ok(stashWeight(stash) <= 50_000);
		assert.deepEqual(
			stash.map(({ canvas }) => canvas.strokes.strokes.length),
			[1, 1, 0],
		);
		assert.deepEqual(stash[2]?.canvas.staged, [staged]);
		assert.equal(stash[2]?.canvas.margins.left, 5);
		assert.equal(stash[2]?.draft.prompt, '');
		assert.equal(stash[2]?.draft.model, editDraft.model);
		const [huge] = withStashed([], entry('d', 60_000));
		assert.deepEqual(huge?.canvas.strokes.strokes, []);
	});

	it('is taken up with the tools in hand; its results were taken once, those of others stay known', () => {
		const other = { ...staged, id: 'p2' };
		const present: Canvas = { ...emptyCanvas, tool: 'lasso', brush: 9, staged: [other], taken: ['x y', 'job-1 p2'] };
		const [left] = withStashed([], entry('a', 2, { staged: [staged], taken: ['x y', 'job-1 p1'], feather: 3 }));
		assert.ok(left);
		const { tool, brush, feather, taken, staged: results } = resumed(present, left.canvas);
		assert.deepEqual({ tool, brush, feather }, { tool: 'lasso', brush: 9, feather: 3 });
		assert.deepEqual(taken, ['x y', 'job-1 p1']);
		assert.deepEqual(results, [staged]);
	});
});
