import { placing } from '../../canvas/placing';
import { current, redone, type Stroke, type StrokeList, undone } from '../../canvas/strokes';
import type { Rect, Size } from '../../domain/size';
import { canvas } from '../kept';
import { l10n } from '../words';
import type { Canvas, Tool } from './canvasState';
import { showing } from './editing';
import { canRedo, canUndo, done, extent, isMarked, list, refuse, withAct } from './maskList';
import { sayShare } from './selected';
import { speak } from './spoken';

// What is done to a mask, whoever asks for it: each act says what has come of it.

export function change(part: Partial<Canvas>): void {
	canvas.value = { ...canvas.peek(), ...part };
}

/** Why nothing more can be painted. */
export const noRoom = l10n.t('There is no room for more strokes. Undo or clear some.');

export function hasRoomFor(stroke: Stroke): boolean {
	return withAct(list.peek(), stroke) !== undefined;
}

/** Adds a stroke, and says how much is selected. */
export function commit(stroke: Stroke): void {
	if (add(list.peek(), stroke)) sayShare();
}

export function undo(): void {
	if (!canUndo.peek()) {
		speak(l10n.t('Nothing to undo'));
		return;
	}
	become(undone(list.peek()));
	sayShare();
}

export function redo(): void {
	if (!canRedo.peek()) {
		speak(l10n.t('Nothing to redo'));
		return;
	}
	become(redone(list.peek()));
	sayShare();
}

export function invert(): void {
	commit({ kind: 'invert' });
}

export function clear(): void {
	if (!isMarked.peek()) speak(l10n.t('Nothing to clear'));
	else commit({ kind: 'clear' });
}

/** Moves what is painted, in pixels of the picture. */
export function moveBy(dx: number, dy: number, picture: Size): void {
	const now = extent.peek();
	if (!now) speak(l10n.t('Nothing is painted'));
	else placeAt({ ...now, x: now.x + dx, y: now.y + dy }, picture);
}

/** Brings what is painted into a rectangle, or as near to it as can be. To do so several times is one act. */
export function placeAt(wished: Rect, picture: Size): void {
	const now = extent.peek();
	if (!now) return;
	const to = within(wished, picture, now);
	const last = done.peek().at(-1);
	const before = last?.kind === 'place' ? undone(list.peek()) : list.peek();
	// What is only moved keeps its size to a fraction of a pixel.
	const isMoved = last?.kind === 'place' && to.width === now.width && to.height === now.height;
	const guess = isMoved ? { ...last.to, x: last.to.x + to.x - now.x, y: last.to.y + to.y - now.y } : to;
	const stroke = placing(current(before), to, guess);
	if (!stroke || !add(before, stroke)) return;
	const { x, y, width, height } = rounded(extent.peek() ?? to);
	speak(l10n.t('Mask at {0}, {1}, {2} × {3}', x, y, width, height));
}

/** So many times as far as the picture is long a mask may be placed, and as long it may be. */
const farthest = 4;

/** `now`: where it is, it may stay. */
function within({ x, y, width, height }: Rect, picture: Size, now: Rect): Rect {
	const most = farthest * Math.max(picture.width, picture.height);
	return {
		x: between(x, Math.min(-most, now.x), Math.max(most, now.x)),
		y: between(y, Math.min(-most, now.y), Math.max(most, now.y)),
		width: between(width, 1, Math.max(most, now.width)),
		height: between(height, 1, Math.max(most, now.height)),
	};
}

function between(value: number, least: number, most: number): number {
	return Math.min(Math.max(value, least), most);
}

export function rounded({ x, y, width, height }: Rect): Rect {
	return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

/** `false`: there is no room for it, and that is said. */
function add(before: StrokeList, act: Stroke): boolean {
	const next = withAct(before, act);
	if (next) become(next);
	else {
		refuse();
		speak(noRoom);
	}
	return next !== undefined;
}

/** Nobody changes what is not seen: in the place of a result the picture is shown again. */
function become(strokes: StrokeList): void {
	canvas.value = showing({ ...canvas.peek(), strokes }, undefined);
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
