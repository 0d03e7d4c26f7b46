import { noStrokes, type StrokeList } from '../../canvas/strokes';
import type { Draft } from '../../protocol/draft';
import type { Canvas } from './canvasState';
import { renewed, showing, takenName } from './editing';

/** The work on a picture that was left for another one. */
export interface Stashed {
	readonly source: string;
	readonly canvas: Canvas;
	readonly draft: Draft;
}

/** Pictures whose work is remembered. */
const most = 8;

/** Numbers of strokes and characters of prompts that are remembered in all: what is kept has to stay small. */
const mostWritten = 50_000;

/** How much there is to write down, in numbers. */
export function weightOf({ strokes }: StrokeList): number {
	return strokes.reduce((sum, stroke) => sum + ('points' in stroke ? stroke.points.length : 8), 0);
}

export function stashWeight(stash: readonly Stashed[]): number {
	return stash.reduce((sum, { canvas, draft }) => sum + weightOf(canvas.strokes) + draft.prompt.length, 0);
}

/** The newest first. What goes beyond the limits, of the oldest ones, is forgotten. */
export function withStashed(stash: readonly Stashed[], { canvas, ...entry }: Stashed): readonly Stashed[] {
	// What was taken is known of all pictures together.
	const fresh = { ...entry, canvas: { ...canvas, taken: [] } };
	const all = [fresh, ...stash.filter(({ source }) => source !== fresh.source)].slice(0, most);
	let room = mostWritten;
	return all.map((one) => {
		const weight = stashWeight([one]);
		if (weight > room) return lightened(one);
		room -= weight;
		return one;
	});
}

/** What takes little room stays: the frame, the model, the results. */
function lightened({ canvas, draft, ...entry }: Stashed): Stashed {
	return { ...entry, canvas: { ...canvas, strokes: noStrokes }, draft: { ...draft, prompt: '' } };
}

/** The canvas for another picture, with the work that was left there. The tools are those that one has in hand. */
export function resumed(present: Canvas, left: Canvas): Canvas {
	const { tool, brush, taken } = renewed(present);
	const known = new Set([...taken, ...left.staged.map(takenName)]);
	return { ...left, tool, brush, taken: [...known] };
}

/** The canvas without the results: somebody has decided about them. */
export function decided(canvas: Canvas): Canvas {
	return { ...showing(canvas, undefined), staged: [] };
}
