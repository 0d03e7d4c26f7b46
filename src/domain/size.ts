/** A picture's size in pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** A part of a picture, in its pixels; whole ones, unless something else is said. */
export interface Rect extends Size {
	readonly x: number;
	readonly y: number;
}

/** What a person asks for: exact pixels, or a ratio that the model turns into pixels. */
export type SizeWish =
	| { readonly kind: 'pixels'; readonly size: Size }
	| { readonly kind: 'ratio'; readonly ratio: Size };

/** Reads `1024x1024` (also `1024×1024`) or `16:9`. Anything else, and a zero, is no size: `undefined`. */
export function parseSizeWish(text: string): SizeWish | undefined {
	const [, width, sign, height] = /^\s*([1-9]\d{0,5})\s*([x×:])\s*([1-9]\d{0,5})\s*$/i.exec(text) ?? [];
	if (!width || !height) return undefined;
	const numbers = { width: Number(width), height: Number(height) };
	return sign === ':' ? { kind: 'ratio', ratio: numbers } : { kind: 'pixels', size: numbers };
}

/** `1024x768` or `16:9`. */
export function formatSizeWish(wish: SizeWish): string {
	return wish.kind === 'pixels' ? formatSize(wish.size) : `${wish.ratio.width}:${wish.ratio.height}`;
}

/** `1024x768`: the form of settings, arguments and recipes. */
export function formatSize({ width, height }: Size): string {
	return `${width}x${height}`;
}
