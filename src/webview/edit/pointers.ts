import { type Point, toPicture } from '../../canvas/sight';
import { box, panBy, sight, zoomBy } from './canvasSight';
import type { Work } from './work';

/** Of `PointerEvent.buttons`. */
const eraserEnd = 32;

/** Of `PointerEvent.button`: the main one, the middle one, and the end of a pen that erases. Others are the editor's. */
const buttons: ReadonlySet<number> = new Set([0, 1, 5]);

/** `rest`: what was begun is over, but the pointer is still down. */
type Act = 'paint' | 'pan' | 'pinch' | 'rest';

/** What pointers do on the canvas: they paint, move and zoom. */
export class Pointers {
	/** That are down, in points of the box. */
	readonly #down = new Map<number, Point>();
	#act: Act | undefined;
	/** Of what is down: `mouse`, `pen` or `touch`. */
	#kind = '';
	/** The space bar is held: one moves what is seen instead of painting. */
	#isMoving = false;

	/** `work`: absent where nothing is to be painted. */
	constructor(
		readonly element: HTMLElement,
		readonly work: () => Work | undefined,
	) {}

	/** Listens, until what it returns is called. */
	listen(): () => void {
		const { element } = this;
		const ending = new AbortController();
		const { signal } = ending;
		element.addEventListener('pointerdown', (pressed) => this.down(pressed), { signal });
		element.addEventListener('pointermove', (moved) => this.move(moved), { signal });
		element.addEventListener('pointerup', (lifted) => this.up(lifted), { signal });
		element.addEventListener('pointercancel', (lost) => this.cancel(lost), { signal });
		element.addEventListener('pointerleave', () => this.leave(), { signal });
		element.addEventListener('wheel', (wheel) => this.turn(wheel), { signal, passive: false });
		element.addEventListener('keyup', ({ key }) => key === ' ' && this.release(), { signal });
		element.addEventListener('focusout', (left) => this.#leaveFocus(left), { signal });
		// Before what is kept is written down.
		document.addEventListener('visibilitychange', () => this.finish(), { signal, capture: true });
		window.addEventListener('pagehide', () => this.finish(), { signal, capture: true });
		return () => ending.abort();
	}

	down(pressed: PointerEvent): void {
		const { button, pointerType: kind } = pressed;
		if (!buttons.has(button)) return;
		// The hand that holds a pen may lie on the screen before.
		if (kind === 'pen' && this.#kind === 'touch') this.#liftFingers();
		const isSecondFinger = kind === 'touch' && this.#kind === 'touch' && this.#down.size === 1;
		if (this.#act && !isSecondFinger) return;
		this.#kind = kind;
		pressed.preventDefault();
		this.element.focus({ preventScroll: true });
		this.element.setPointerCapture(pressed.pointerId);
		this.#down.set(pressed.pointerId, this.#pointOf(pressed));
		const work = this.work();
		if (isSecondFinger) {
			if (this.#act === 'paint') work?.letGo();
			this.#act = 'pinch';
		} else if (!work || button === 1 || this.#isMoving) this.#act = 'pan';
		else {
			this.#act = 'paint';
			work.begin(this.#placeOf(pressed), pressed.shiftKey || (pressed.buttons & eraserEnd) !== 0);
		}
	}

	move(moved: PointerEvent): void {
		const point = this.#pointOf(moved);
		const work = this.work();
		if (moved.pointerType !== 'touch') work?.marks.point(point);
		const before = this.#down.get(moved.pointerId);
		if (!before) return;
		this.#down.set(moved.pointerId, point);
		if (this.#act === 'paint') work?.add(this.#placesOf(moved));
		else if (this.#act === 'pan') panBy(point.x - before.x, point.y - before.y);
		else if (this.#act === 'pinch') this.#pinch(moved.pointerId, before, point);
	}

	up(lifted: PointerEvent): void {
		if (!this.#down.delete(lifted.pointerId)) return;
		if (this.#act === 'paint') {
			this.work()?.add([this.#placeOf(lifted)]);
			this.work()?.end();
		}
		// A finger that stays after a pinch does nothing more.
		if (this.#down.size === 0) this.#act = undefined;
	}

	cancel({ pointerId }: PointerEvent): void {
		if (!this.#down.delete(pointerId)) return;
		if (this.#act === 'paint') this.work()?.letGo();
		if (this.#down.size === 0) this.#act = undefined;
	}

	#liftFingers(): void {
		if (this.#act === 'paint') this.work()?.letGo();
		this.#down.clear();
		this.#act = undefined;
	}

	leave(): void {
		this.work()?.marks.point(undefined);
	}

	/** Nobody is there any more: what was painted stays. */
	finish(): void {
		this.work()?.end();
		this.#down.clear();
		this.#act = undefined;
		this.release();
	}

	/** The space bar. */
	hold(): void {
		this.#isMoving = true;
		this.element.toggleAttribute('data-moves', true);
	}

	release(): void {
		this.#isMoving = false;
		this.element.toggleAttribute('data-moves', false);
	}

	/** Nothing comes of what was begun. */
	stop(): void {
		this.work()?.drop();
		if (this.#act === 'paint') this.#act = 'rest';
	}

	turn(wheel: WheelEvent): void {
		wheel.preventDefault();
		const lines = wheel.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
		const [dx, dy] = [wheel.deltaX * lines, wheel.deltaY * lines];
		const isZoom = wheel.ctrlKey || wheel.metaKey;
		if (!isZoom && wheel.shiftKey) panBy(-(dx || dy), 0);
		else if (!isZoom && Math.abs(dx) > Math.abs(dy)) panBy(-dx, -dy);
		else zoomBy(Math.exp(-dy / 300), this.#pointOf(wheel));
	}

	/** The focus may go to something on the canvas itself. */
	#leaveFocus({ relatedTarget }: FocusEvent): void {
		if (!(relatedTarget instanceof Node) || !this.element.contains(relatedTarget)) this.finish();
	}

	#pinch(moved: number, before: Point, now: Point): void {
		const other = [...this.#down].find(([id]) => id !== moved)?.[1];
		if (!other) return;
		panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
		const factor = distance(now, other) / Math.max(1, distance(before, other));
		if (factor > 0) zoomBy(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
	}

	/** All that the browser has seen since the last time, not only the last of it. */
	#placesOf(moved: PointerEvent): Point[] {
		const all = moved.getCoalescedEvents();
		return (all.length === 0 ? [moved] : all).map((one) => this.#placeOf(one));
	}

	#placeOf(at: MouseEvent): Point {
		return toPicture(this.#pointOf(at), sight.peek(), box.peek());
	}

	#pointOf({ clientX, clientY }: MouseEvent): Point {
		const { left, top } = this.element.getBoundingClientRect();
		return { x: clientX - left, y: clientY - top };
	}
}

function distance(a: Point, b: Point): number {
	return Math.hypot(a.x - b.x, a.y - b.y);
}
