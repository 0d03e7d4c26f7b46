import type { Rect, Size } from '../domain/size';
import { isOnGrid, nearestOnGrid, type GridRule } from './gridSize';
import type { SizeRule } from './model';

/**
 * A part of a canvas, and as how many pixels a model gets or makes it. The canvas is the picture with what is added to it; a part
 * may reach beyond it, because models take few sizes.
 */
export interface Patch {
	readonly part: Rect;
	readonly size: Size;
}

/** Which sizes can be sent: listed ones, or those of a grid. */
export type Sizes = Extract<SizeRule, { kind: 'list' | 'grid' | 'free' }>;

/** What suits every diffusion model, where nobody knows what this one takes. */
const likely: GridRule = {
	kind: 'grid',
	step: 64,
	maxSide: 2048,
	maxRatio: 4,
	minPixels: 64 * 64,
	maxPixels: 2048 * 2048,
	default: { width: 1024, height: 1024 },
};

function isKnown(rule: SizeRule | undefined): rule is Sizes {
	return rule?.kind === 'list' || rule?.kind === 'grid' || rule?.kind === 'free';
}

/** The sizes that pictures go out in: the vendor's own rule, else the model's, else what is likely. */
export function sizesToSend(own: SizeRule | undefined, models: SizeRule): Sizes {
	const known = [own, models].find(isKnown);
	return known ?? likely;
}

/**
 * The part of a canvas to send so that what lies in `focus` can be made anew: with its surroundings, pixel by pixel where that can
 * be, and no larger than is good for it.
 */
export function patchFor(canvas: Size, focus: Rect, sizes: Sizes): Patch {
	const region = withSurroundings(focus, canvas);
	const candidates = [...sizesLike(canvas, sizes), ...sizesLike(region, sizes)];
	const patches = candidates.map((candidate) => patchOf(candidate, canvas, region));
	const [best = patchOf(sizes.default, canvas, region)] = patches.toSorted(
		(a, b) => costOf(a, canvas) - costOf(b, canvas),
	);
	return best;
}

/** How many pixels of the model come to one of the canvas: below 1 what it makes is enlarged. */
export function scaleOf({ part, size }: Patch): number {
	return Math.min(size.width / part.width, size.height / part.height);
}

/** A model needs to see what it is to fit in with: half as much again on each side, and 64 pixels at least. */
function withSurroundings({ x, y, width, height }: Rect, canvas: Size): Rect {
	const more = Math.max(64, Math.ceil(Math.max(width, height) / 2));
	const [left, top] = [Math.max(0, x - more), Math.max(0, y - more)];
	return {
		x: left,
		y: top,
		width: Math.min(canvas.width, x + width + more) - left,
		height: Math.min(canvas.height, y + height + more) - top,
	};
}

/** Sizes that a model takes and that are like a wanted one: not smaller than it, or as near as can be. */
function sizesLike(wanted: Size, sizes: Sizes): readonly Size[] {
	switch (sizes.kind) {
		case 'list':
			return sizes.sizes;
		case 'grid': {
			const above = { width: ceilTo(wanted.width, sizes.step), height: ceilTo(wanted.height, sizes.step) };
			return isOnGrid(above, sizes) ? [above] : [nearestOnGrid(wanted, sizes)];
		}
		case 'free':
			return [withinFree(wanted, sizes)];
	}
}

function withinFree({ width, height }: Size, { min, max }: Extract<Sizes, { kind: 'free' }>): Size {
	const scale = Math.min(1, max / Math.max(width, height));
	const side = (length: number): number => Math.min(max, Math.max(min, Math.round(length * scale)));
	return { width: side(width), height: side(height) };
}

function ceilTo(length: number, step: number): number {
	return Math.ceil(length / step) * step;
}

/** The part to send as this size: pixel by pixel if it can hold the region so, never more than the canvas needs. */
function patchOf(size: Size, canvas: Size, region: Rect): Patch {
	const ratio = size.width / size.height;
	const least = Math.max(region.width, region.height * ratio);
	const most = Math.max(canvas.width, canvas.height * ratio);
	// Somewhat more than the canvas needs is filled rather than the picture enlarged: so it goes out pixel by pixel.
	const isClose = size.width > most && size.width < most * 1.1;
	const width = isClose ? size.width : Math.min(most, Math.max(least, size.width));
	const part = { width: Math.ceil(width), height: width === size.width ? size.height : Math.ceil(width / ratio) };
	const x = startOf(part.width, canvas.width, region.x + region.width / 2);
	const y = startOf(part.height, canvas.height, region.y + region.height / 2);
	return { part: { x, y, ...part }, size };
}

/** Round the middle of the region as far as the canvas goes; round the canvas where the part is longer. */
function startOf(length: number, whole: number, middle: number): number {
	if (length >= whole) return Math.floor((whole - length) / 2);
	return Math.min(whole - length, Math.max(0, Math.round(middle - length / 2)));
}

/** A picture of more pixels than this is slow and dear, and seldom any better. */
const enoughPixels = 1.5e6;

/** What is bad about a patch: detail that is lost most of all, then emptiness, pixels beyond need, and surroundings that the model does not see. */
function costOf(patch: Patch, canvas: Size): number {
	const { part, size } = patch;
	const growth = Math.log2(scaleOf(patch));
	const whole = part.width * part.height;
	const inside = overlap(part.x, part.width, canvas.width) * overlap(part.y, part.height, canvas.height);
	return (
		4 * Math.max(0, -growth) +
		Math.max(0, growth) +
		2 * (1 - inside / whole) +
		Math.max(0, Math.log2((size.width * size.height) / enoughPixels)) / 2 +
		(1 - inside / (canvas.width * canvas.height)) / 2
	);
}

function overlap(start: number, length: number, whole: number): number {
	return Math.min(whole, start + length) - Math.max(0, start);
}
