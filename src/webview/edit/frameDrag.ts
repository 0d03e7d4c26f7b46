import { frameOf, isPossible, marginsOf, moved } from '../../canvas/frame';
import { resized, sidesOf } from '../../canvas/resizeFrame';
import type { CanvasSight, Point } from '../../canvas/sight';
import { snapped } from '../../canvas/snapFrame';
import type { Rect, Size } from '../../domain/size';
import { canvas } from '../kept';
import { fit, hold, isFitted } from './canvasSight';
import { frameName, held, type Hold, isFree, ratios, step } from './frameSight';
import { speak } from './spoken';

/** Screen pixels from which the frame is drawn to a ratio, or to a multiple. */
const reach = 8;

/** Pixels of the picture that an arrow key moves a side; with Shift 1. */
const stride = 8;

export function setFrame(source: Size, frame: Rect): void {
	canvas.value = { ...canvas.peek(), margins: marginsOf(source, frame) };
}

export function sayFrame(source: Size): void {
	speak(frameName(frameOf(source, canvas.peek().margins)));
}

interface Dragged {
	readonly part: Hold;
	readonly source: Size;
	readonly sight: CanvasSight;
}

/** Follows a pointer that has taken hold of the frame, until it lets go. Escape, and what interrupts it, takes all of it back. */
export function drag(pressed: PointerEvent, { part, source, sight: { scale } }: Dragged): void {
	const element = pressed.currentTarget;
	// The space bar moves what is seen; so do the other buttons.
	if (pressed.button !== 0 || !(element instanceof HTMLElement) || element.closest('[data-moves]')) return;
	pressed.stopPropagation();
	pressed.preventDefault();
	element.focus({ preventScroll: true });
	element.setPointerCapture(pressed.pointerId);
	const before = frameOf(source, canvas.peek().margins);
	const wasFitted = isFitted.peek();
	const listening = new AbortController();
	const { signal } = listening;
	hold();
	held.value = part;
	const end = () => {
		listening.abort();
		held.value = undefined;
		if (wasFitted) fit();
		sayFrame(source);
	};
	const takeBack = () => {
		setFrame(source, before);
		end();
	};
	const follow = (move: PointerEvent) => {
		if (move.pointerId !== pressed.pointerId) return;
		const by = { x: (move.clientX - pressed.clientX) / scale, y: (move.clientY - pressed.clientY) / scale };
		const isExact = move.ctrlKey || move.metaKey || move.altKey;
		setFrame(source, dragged(before, part, by, { source, reach: isExact ? 0 : reach / scale }));
	};
	const leave = (key: KeyboardEvent) => {
		if (key.key !== 'Escape') return;
		key.stopPropagation();
		takeBack();
	};
	element.addEventListener('pointermove', follow, { signal });
	element.addEventListener('pointerup', end, { signal });
	element.addEventListener('pointercancel', takeBack, { signal });
	element.addEventListener('keydown', leave, { signal });
}

interface Drawn {
	readonly source: Size;
	/** In pixels of the picture. 0: the frame is drawn to nothing. */
	readonly reach: number;
}

function dragged(before: Rect, part: Hold, by: Point, { source, reach: near }: Drawn): Rect {
	if (part === 'whole') return moved(before, source, by.x, by.y);
	const next = resized(before, part, shifted(before, part, by), source);
	if (near === 0) return next;
	const wanted = isFree.peek() ? [] : ratios.peek();
	return snapped(next, source, part, { step: step.peek(), ratios: wanted, reach: near }).frame;
}

/** Where a handle comes to be. */
function shifted({ x, y, width, height }: Rect, part: Exclude<Hold, 'whole'>, by: Point): Point {
	const sides = sidesOf[part];
	return {
		x: (sides.includes('right') ? x + width : x) + by.x,
		y: (sides.includes('bottom') ? y + height : y) + by.y,
	};
}

const arrows: Readonly<Record<string, Point>> = {
	ArrowLeft: { x: -1, y: 0 },
	ArrowRight: { x: 1, y: 0 },
	ArrowUp: { x: 0, y: -1 },
	ArrowDown: { x: 0, y: 1 },
};

/** Moves what has the keys by an arrow. */
export function nudge(event: KeyboardEvent, part: Hold, source: Size): void {
	const arrow = arrows[event.key];
	if (!arrow || event.ctrlKey || event.metaKey || event.altKey || held.peek() !== undefined) return;
	event.preventDefault();
	event.stopPropagation();
	const by = event.shiftKey ? 1 : stride;
	const before = frameOf(source, canvas.peek().margins);
	const next = dragged(before, part, { x: arrow.x * by, y: arrow.y * by }, { source, reach: 0 });
	if (isPossible(next, source)) setFrame(source, next);
	sayFrame(source);
}
