import type { Margins } from '../domain/margins';
import type { Rect } from '../domain/size';

/** Reads `x,y,width,height`, several with a semicolon between, in whole pixels. Anything else: `undefined`. */
export function parseRects(text: string): readonly Rect[] | undefined {
	const parts = text.replace(/;\s*$/, '').split(';');
	const rects = parts.flatMap((part) => parseRect(part) ?? []);
	return rects.length === parts.length ? rects : undefined;
}

function parseRect(text: string): Rect | undefined {
	const [, x, y, width, height] = /^\s*(-?\d{1,6})[\s,]+(-?\d{1,6})[\s,]+(\d{1,6})[\s,]+(\d{1,6})\s*$/.exec(text) ?? [];
	const rect = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
	return rect.width > 0 && rect.height > 0 ? rect : undefined;
}

/** Reads one to four whole numbers of pixels, as margins are written in CSS: top, right, bottom, left. Anything else: `undefined`. */
export function parseMargins(text: string): Margins | undefined {
	const words = text.trim().split(/[\s,]+/);
	if (words.length > 4 || !words.every((word) => /^\d{1,6}$/.test(word))) return undefined;
	const [top = 0, right = top, bottom = top, left = right] = words.map(Number);
	return { top, right, bottom, left };
}
