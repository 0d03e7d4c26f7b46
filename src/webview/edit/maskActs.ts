import { computed } from '@preact/signals';
import { coverageOf } from '../../canvas/coverage';
import { extentOf } from '../../canvas/extent';
import { resolved } from '../../canvas/resolve';
import { current, redone, type Stroke, type StrokeList, undone, withStroke } from '../../canvas/strokes';
import type { Rect, Size } from '../../domain/size';
import { mostStrokes } from '../../protocol/limits';
import { canvas } from '../kept';
import { l10n } from '../words';
import type { Canvas, Tool } from './canvasState';
import { speak } from './spoken';

// What is done to a mask, whoever asks for it: each act says what has come of it.

const list = computed(() => canvas.value.strokes);
const done = computed(() => current(list.value));

/** What the mask is made of, as it lies now. */
export const plainStrokes = computed(() => resolved(done.value));

/** What is painted, wherever it lies. `undefined`: nothing is. */
export const extent = computed(() => extentOf(done.value));

export const canUndo = computed(() => list.value.done > 0);
export const canRedo = computed(() => list.value.done < list.value.strokes.length);
/** One more stroke can be kept. */
export const hasRoom = computed(() => list.value.done < mostStrokes);
/** There is something that could be cleared away. */
export const isMarked = computed(() => plainStrokes.value.length > 0);

export function change(part: Partial<Canvas>): void {
	canvas.value = { ...canvas.peek(), ...part };
}

/** Adds a stroke, and says how much is selected. */
export function commit(stroke: Stroke, picture: Size): void {
	if (!hasRoom.peek()) {
		speak(l10n.t('There is no room for more strokes. Undo or clear some.'));
		return;
	}
	become(withStroke(list.peek(), stroke), picture);
}

export function undo(picture: Size): void {
	if (!canUndo.peek()) speak(l10n.t('Nothing to undo'));
	else become(undone(list.peek()), picture);
}

export function redo(picture: Size): void {
	if (!canRedo.peek()) speak(l10n.t('Nothing to redo'));
	else become(redone(list.peek()), picture);
}

export function invert(picture: Size): void {
	commit({ kind: 'invert' }, picture);
}

export function clear(picture: Size): void {
	if (!isMarked.peek()) speak(l10n.t('Nothing to clear'));
	else commit({ kind: 'clear' }, picture);
}

/** Moves what is painted, in pixels of the picture. */
export function moveBy(dx: number, dy: number, picture: Size): void {
	const now = extent.peek();
	if (!now) speak(l10n.t('Nothing is painted'));
	else placeAt({ ...now, x: now.x + dx, y: now.y + dy }, picture);
}

/** Moves and sizes what is painted. To do so several times is one act. */
export function placeAt(to: Rect, picture: Size): void {
	const from = extent.peek();
	if (!from) return;
	const last = done.peek().at(-1);
	const stroke: Stroke =
		last?.kind === 'place'
			? { kind: 'place', from: last.from, to: carried(last.to, from, to) }
			: { kind: 'place', from, to };
	const before = last?.kind === 'place' ? undone(list.peek()) : list.peek();
	become(withStroke(before, stroke), picture);
	const { x, y, width, height } = rounded(extent.peek() ?? to);
	speak(l10n.t('Mask at {0}, {1}, {2} × {3}', x, y, width, height));
}

/** Where a rectangle comes to lie when what was in `from` comes to be in `to`. */
function carried(rect: Rect, from: Rect, to: Rect): Rect {
	const [across, down] = [to.width / from.width, to.height / from.height];
	return {
		x: to.x + (rect.x - from.x) * across,
		y: to.y + (rect.y - from.y) * down,
		width: rect.width * across,
		height: rect.height * down,
	};
}

export function rounded({ x, y, width, height }: Rect): Rect {
	return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function become(strokes: StrokeList, picture: Size): void {
	change({ strokes });
	speak(selectedText(picture));
}

/** `Selected: 12 % of the picture` */
function selectedText(picture: Size): string {
	const share = coverageOf(done.peek(), picture);
	if (share === 0) return l10n.t('Nothing is selected');
	if (share < 0.01) return l10n.t('Selected: less than 1 % of the picture');
	// Only all of it is all of it.
	return l10n.t('Selected: {0} % of the picture', share === 1 ? 100 : Math.min(99, Math.round(share * 100)));
}

const toolNames: Readonly<Record<Tool, string>> = {
	brush: l10n.t('Brush'),
	eraser: l10n.t('Eraser'),
	rectangle: l10n.t('Rectangle'),
	lasso: l10n.t('Lasso'),
};

export function nameOf(tool: Tool): string {
	return toolNames[tool];
}

export function choose(tool: Tool): void {
	change({ tool });
	const { brush } = canvas.peek();
	const isRound = tool === 'brush' || tool === 'eraser';
	speak(isRound ? l10n.t('{0}, {1} pixels', nameOf(tool), brush) : nameOf(tool));
}

/** In pixels of the picture. */
export const largestBrush = 1000;

/** `wanted`: the diameter; it is held within what there is. */
function sizeBrush(wanted: number): void {
	const brush = Math.min(Math.max(Math.round(wanted), 1), largestBrush);
	change({ brush });
	speak(l10n.t('{0} pixels', brush));
}

/** One step up or down; of a large brush steps are larger. `steps`: how many; below zero: down. */
export function stepBrush(steps: number): void {
	const { brush } = canvas.peek();
	const step = 10 ** Math.floor(Math.log10(steps < 0 ? Math.max(1, brush - 1) : brush));
	sizeBrush(brush + steps * Math.max(1, step / 2));
}
