import { computed, signal } from '@preact/signals';
import { type CanvasSight, fitting, panned, type Point, toScreen, zoomed } from '../../canvas/sight';
import type { Rect, Size } from '../../domain/size';

/** The canvas box on the screen. */
export const box = signal<Size>({ width: 1, height: 1 });

/** All that there is to see, in pixels of the picture that is changed. */
export const area = signal<Rect>({ x: 0, y: 0, width: 1, height: 1 });

const chosen = signal<CanvasSight | undefined>(undefined);

/** What is seen: what was zoomed and moved to, else all that there is. */
export const sight = computed<CanvasSight>(() => chosen.value ?? fitting(area.value, box.value));

/** All of it fits, also when it or the box changes. */
export const isFitted = computed(() => chosen.value === undefined);

export function fit(): void {
	chosen.value = undefined;
}

/** What is seen stays as it is, whatever becomes of the area. */
export function hold(): void {
	chosen.value = sight.peek();
}

/** Screen pixels that stay free round what is shown to somebody. */
const border = 32;

/** Enlarges by a factor. `about`: a point of the box, which stays where it is; default: its middle. */
export function zoomBy(factor: number, about?: Point): void {
	const { width, height } = box.peek();
	const middle = { x: width / 2, y: height / 2 };
	chosen.value = zoomed(sight.peek(), factor, about ?? middle, area.peek(), box.peek());
}

/** A pixel of the picture is one of the screen. */
export function pixelForPixel(): void {
	zoomBy(1 / devicePixelRatio / sight.peek().scale);
}

/** Moves what is seen by screen pixels. */
export function panBy(dx: number, dy: number): void {
	if (dx !== 0 || dy !== 0) chosen.value = panned(sight.peek(), dx, dy, area.peek());
}

/** Moves as little as it takes to have a place of the picture in sight. */
export function follow(place: Point): void {
	const { x, y } = toScreen(place, sight.peek(), box.peek());
	const { width, height } = box.peek();
	panBy(inward(x, width), inward(y, height));
}

function inward(at: number, length: number): number {
	const margin = Math.min(border, length / 2);
	return Math.min(Math.max(at, margin), length - margin) - at;
}
