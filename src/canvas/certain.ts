import type { Rect, Size } from '../domain/size';
import { overlap } from '../image/overlap';
import { around, boxOf } from './extent';
import { type PlainStroke, resolved } from './resolve';
import type { Stroke } from './strokes';

/**
 * Whether nothing (0) or all (1) of a picture is selected, as far as the strokes alone say it for certain, without making pixels of them: what
 * nobody painted, and what rectangles cover. `undefined`: only the pixels say it.
 */
export function certainShare(strokes: readonly Stroke[], { width, height }: Size): 0 | 1 | undefined {
	const picture = { x: 0, y: 0, width, height };
	let known: Known = { share: 0 };
	for (const stroke of resolved(strokes)) known = after(known, stroke, picture);
	return known.but ? undefined : known.share;
}

/** Nothing or all is selected, but for what is in a rectangle: of that it is not known. */
interface Known {
	readonly share: 0 | 1;
	readonly but?: Rect;
}

function after(known: Known, stroke: PlainStroke, picture: Rect): Known {
	const { share, but } = known;
	if (stroke.kind === 'invert') return { ...known, share: share === 0 ? 1 : 0 };
	const becomes = stroke.erases ? 0 : 1;
	const touched = overlap(boxOf(stroke), picture);
	const covers = (rect: Rect) => stroke.kind === 'rectangle' && isWithin(rect, touched);
	if (touched.width === 0 || touched.height === 0) return known;
	if (covers(picture) || (becomes === share && but && covers(but))) return { share: becomes };
	return becomes === share ? known : { share, but: around(but ? [but, touched] : [touched]) ?? touched };
}

function isWithin(inner: Rect, outer: Rect): boolean {
	const { x, y, width, height } = overlap(inner, outer);
	return x === inner.x && y === inner.y && width === inner.width && height === inner.height;
}
