import { computed, signal } from '@preact/signals';
import type { Extent } from './sight';
import { heightOf, layoutOf, revealed, rowsInSight } from './layout';
import { ids, placeOf } from './pictures';

// What is in sight of the grid. It is kept while another view is shown: one comes back to the same place.

const size = signal<Extent>({ width: 0, height: 0 });
const top = signal(0);

const layoutText = computed(() => JSON.stringify(layoutOf(size.value.width, size.value.height)));
/** The same object as long as nothing has changed. */
export const layout = computed(() => (void layoutText.value, layoutOf(size.peek().width, size.peek().height)));
export const height = computed(() => heightOf(layout.value, ids.value.length));

const rows = computed(() => rowsInSight(layout.value, Math.min(top.value, height.value), size.value.height));
export const firstRow = computed(() => rows.value.first);
const endRow = computed(() => rows.value.end);

/** Places in the order: from the first up to, not including, the last. */
export const firstPlace = computed(() => firstRow.value * layout.value.columns);
const endPlace = computed(() => Math.min(endRow.value * layout.value.columns, ids.value.length));

/** The pictures whose tiles there are. */
export const inSight = computed(() =>
	size.value.width === 0 ? [] : ids.value.slice(firstPlace.value, endPlace.value),
);

/** Rows of a page, for the keys. */
export const pageRows = computed(() => Math.max(1, Math.floor(size.value.height / layout.value.row)));

/** It is scrolled so fast that no picture could be made out: none is loaded that is gone with the next frame. */
export const isRushing = signal(false);

/** After the last fast frame, ms. */
const calm = 80;
let timer: number | undefined;

/** `distance`: since the last frame. */
function notePace(distance: number): void {
	if (distance < size.peek().height / 2) return;
	isRushing.value = true;
	clearTimeout(timer);
	timer = setTimeout(() => (isRushing.value = false), calm);
}

/** The first picture in sight, and how far it is scrolled away. It stays where it is when pictures come or the width changes. */
let held: { readonly id: string; readonly by: number } | undefined;

/** Follows an element that scrolls. Returns what ends it. */
export function follow(element: HTMLElement): () => void {
	let frame = 0;
	const look = () => {
		frame = 0;
		notePace(Math.abs(element.scrollTop - top.peek()));
		top.value = element.scrollTop;
		hold();
	};
	const scrolled = () => (frame ||= requestAnimationFrame(look));
	const measure = () => (size.value = { width: element.clientWidth, height: element.clientHeight });
	measure();
	const observer = new ResizeObserver(measure);
	observer.observe(element);
	element.addEventListener('scroll', scrolled, { passive: true });
	return () => {
		cancelAnimationFrame(frame);
		observer.disconnect();
		element.removeEventListener('scroll', scrolled);
	};
}

function hold(): void {
	const { columns, row } = layout.peek();
	const line = Math.floor(top.peek() / row);
	const id = ids.peek()[line * columns];
	held = id === undefined || top.peek() === 0 ? undefined : { id, by: top.peek() - line * row };
}

/** After the pictures or their places have changed: what was first in sight is so again. */
export function stay(element: HTMLElement): void {
	const place = placeOf(held?.id);
	const { columns, row } = layout.peek();
	const wanted = held && place >= 0 ? Math.floor(place / columns) * row + held.by : top.peek();
	scroll(element, wanted);
}

export function toBeginning(element: HTMLElement): void {
	held = undefined;
	scroll(element, 0);
}

/** Scrolls as little as it takes to have a picture in sight. */
export function reveal(element: HTMLElement, place: number): void {
	scroll(element, revealed(layout.peek(), place, element.scrollTop, size.peek().height));
	hold();
}

function scroll(element: HTMLElement, wanted: number): void {
	if (Math.abs(element.scrollTop - wanted) >= 1) element.scrollTop = wanted;
	top.value = element.scrollTop;
}
