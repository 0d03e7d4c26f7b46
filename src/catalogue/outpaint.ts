import { type Margins, withMargins } from '../domain/margins';
import type { Size } from '../domain/size';
import { isOnGrid } from './gridSize';
import type { Offer } from './model';
import type { Patch, Sizes } from './patch';

/** An expansion as a vendor's own request has it. */
export interface Outpaint {
	/** The source on its canvas, and the size that it is sent in. */
	readonly sends: Patch;
	/** What the vendor adds to each side, in pixels of what is sent. */
	readonly added: Margins;
	/** What it makes of both. */
	readonly makes: Patch;
}

/** In pixels: what Runware demands of the sides to extend (Runware reference, *Other families*). */
const runwareStep = 64;

/** In pixels: of what a vendor's own expansion takes and adds every side is a multiple. */
export function outpaintStep({ runware }: Offer): number {
	return runware?.outpaint ? runwareStep : 1;
}

/** Tried from the wanted size downwards, a twentieth less each time. */
const shrink = 0.95;
const tries = 80;

/**
 * The source and its margins in multiples of `step`: each side scaled by itself to the next one, which is undone when the result
 * comes back; the margins rounded up, and cut off again. As large as the model takes. `undefined`: it takes nothing of this form.
 */
export function outpaintOf(source: Size, margins: Margins, sizes: Sizes, step: number): Outpaint | undefined {
	for (let attempt = 0, scale = 1; attempt < tries; attempt++, scale *= shrink) {
		const size = { width: multiple(source.width * scale, step), height: multiple(source.height * scale, step) };
		const across = size.width / source.width;
		const down = size.height / source.height;
		const added = {
			top: above(margins.top * down, step),
			right: above(margins.right * across, step),
			bottom: above(margins.bottom * down, step),
			left: above(margins.left * across, step),
		};
		const made = withMargins(size, added);
		if (!isTaken(made, sizes)) continue;
		const [x, width] = stretched(margins.left, source.width, margins.right, added.left / across, added.right / across);
		const [y, height] = stretched(margins.top, source.height, margins.bottom, added.top / down, added.bottom / down);
		const place = { x: margins.left, y: margins.top, ...source };
		return { sends: { part: place, size }, added, makes: { part: { x, y, width, height }, size: made } };
	}
	return undefined;
}

/**
 * Where what is made begins on the canvas, and how long it is: all of the canvas at least. Not in whole pixels where a side was scaled
 * by itself: rounded, it would lie beside the picture's edge.
 */
function stretched(
	before: number,
	length: number,
	after: number,
	addedBefore: number,
	addedAfter: number,
): [number, number] {
	const start = Math.min(0, before - addedBefore);
	return [start, Math.max(before + length + after, before + length + addedAfter) - start];
}

function multiple(length: number, step: number): number {
	return Math.max(step, Math.round(length / step) * step);
}

function above(length: number, step: number): number {
	return Math.max(0, Math.ceil(length / step - 1e-9)) * step;
}

function isTaken(made: Size, sizes: Sizes): boolean {
	switch (sizes.kind) {
		case 'list':
			return sizes.sizes.some(({ width, height }) => width === made.width && height === made.height);
		case 'grid':
			return isOnGrid(made, sizes);
		case 'free':
			return [made.width, made.height].every((side) => side >= sizes.min && side <= sizes.max);
	}
}
