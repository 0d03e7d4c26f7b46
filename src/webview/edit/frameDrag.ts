import { frameOf, isPossible, marginsOf, moved } from '../../canvas/frame';
import { resized, sidesOf } from '../../canvas/resizeFrame';
import { type Point, toPicture } from '../../canvas/sight';
import { snapped } from '../../canvas/snapFrame';
import type { Rect, Size } from '../../domain/size';
import { canvas } from '../kept';
import { box, fit, hold, isFitted, sight } from './canvasSight';
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
}

/** Ends the drag that is under way; what it has done stays. */
let letGo: (() => void) | undefined;

/** Whoever held the frame holds it no more: it is not there any more. */
export function release(): void {
	letGo?.();
}

/** Follows a pointer that has taken hold of the frame, until it lets go. Escape, and a pointer that is lost, takes all of it back. */
export function drag(pressed: PointerEvent, { part, source }: Dragged): void {
	const element = pressed.currentTarget;
	// The space bar moves what is seen; so do the other buttons.
	if (pressed.button !== 0 || !(element instanceof HTMLElement) || element.closest('[data-moves]')) return;
	pressed.stopPropagation();
	pressed.preventDefault();
	if (held.peek() !== undefined) return;
	element.focus({ preventScroll: true });
	element.setPointerCapture(pressed.pointerId);
	const before = frameOf(source, canvas.peek().margins);
	const start = placeOf(pressed, element);
	const { end, signal } = begun(part);
	const follow = (move: PointerEvent) => {
		if (move.pointerId !== pressed.pointerId) return;
		const place = placeOf(move, element);
		const by = { x: place.x - start.x, y: place.y - start.y };
		const isExact = move.ctrlKey || move.metaKey || move.altKey;
		setFrame(source, dragged(before, part, by, { source, reach: isExact ? 0 : reach / sight.peek().scale }));
	};
	const takeBack = () => {
		setFrame(source, before);
		end();
		sayFrame(source);
	};
	const drop = () => {
		end();
		sayFrame(source);
	};
	listen(element, pressed.pointerId, { follow, drop, takeBack, signal });
}

/** Somebody holds the frame: what is seen does not move by itself. `signal`: that it has ended. */
function begun(part: Hold): { readonly end: () => void; readonly signal: AbortSignal } {
	const wasFitted = isFitted.peek();
	hold();
	const seen = sight.peek();
	held.value = part;
	const listening = new AbortController();
	const end = () => {
		letGo = undefined;
		listening.abort();
		held.value = undefined;
		// Who has zoomed meanwhile wants to see that.
		if (wasFitted && sight.peek() === seen) fit();
	};
	letGo = end;
	return { end, signal: listening.signal };
}

interface Deeds {
	readonly follow: (move: PointerEvent) => void;
	readonly drop: () => void;
	readonly takeBack: () => void;
	readonly signal: AbortSignal;
}

function listen(element: HTMLElement, pointer: number, { follow, drop, takeBack, signal }: Deeds): void {
	const ofPointer = (deed: () => void) => (event: PointerEvent) => {
		if (event.pointerId === pointer) deed();
	};
	element.addEventListener('pointermove', follow, { signal });
	element.addEventListener('pointerup', ofPointer(drop), { signal });
	element.addEventListener('pointercancel', ofPointer(takeBack), { signal });
	element.addEventListener('lostpointercapture', ofPointer(drop), { signal });
	window.addEventListener('blur', drop, { signal });
	document.addEventListener('visibilitychange', () => document.hidden && drop(), { signal });
	const leave = (key: KeyboardEvent) => {
		if (key.key !== 'Escape') return;
		key.stopPropagation();
		takeBack();
	};
	// The keys may have gone elsewhere meanwhile.
	window.addEventListener('keydown', leave, { signal, capture: true });
}

/** Where a pointer is on the picture, by what is seen now. */
function placeOf({ clientX, clientY }: PointerEvent, element: HTMLElement): Point {
	const { left = 0, top = 0 } = element.closest('.stage')?.getBoundingClientRect() ?? {};
	return toPicture({ x: clientX - left, y: clientY - top }, sight.peek(), box.peek());
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
