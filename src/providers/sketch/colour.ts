/** An sRGB colour; each channel 0 to 255, not rounded. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour in OKLab (Björn Ottosson's), where equal steps look equal: lightness 0 to 1, then green-red and blue-yellow. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** How far to move a colour: lightness is added, chroma multiplied, hue turned by degrees. */
export interface Shift {
	readonly lightness?: number;
	readonly chroma?: number;
	readonly hue?: number;
}

/** Reads `#rrggbb`. */
export function hex(text: string): Rgb {
	const value = Number.parseInt(text.slice(1), 16);
	return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** sRGB to OKLab. */
export function toLab([red, green, blue]: Rgb): Lab {
	const r = toLinear(red);
	const g = toLinear(green);
	const b = toLinear(blue);
	const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
		1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
		0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
	];
}

/** OKLab to sRGB. Out of gamut the chroma gives way, because clipped channels would turn the hue. */
export function fromLab([lightness, a, b]: Lab): Rgb {
	let chroma = 1;
	for (let attempt = 0; attempt < 14; attempt++) {
		const rgb = toRgb(lightness, a * chroma, b * chroma);
		if (rgb.every((channel) => channel >= -0.5 && channel <= 255.5)) return clip(rgb);
		chroma *= 0.9;
	}
	return clip(toRgb(Math.min(1, Math.max(0, lightness)), 0, 0));
}

/** A colour from its lightness (0 to 1), chroma (0 to about 0.3) and hue (degrees). */
export function fromLch(lightness: number, chroma: number, hue: number): Rgb {
	const angle = (hue * Math.PI) / 180;
	return fromLab([lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]);
}

/** The colour a share `t` (0 to 1) of the way from one to the other. */
export function mix(from: Rgb, to: Rgb, t: number): Rgb {
	const start = toLab(from);
	const end = toLab(to);
	return fromLab([
		start[0] + (end[0] - start[0]) * t,
		start[1] + (end[1] - start[1]) * t,
		start[2] + (end[2] - start[2]) * t,
	]);
}

/** A colour moved in lightness, chroma and hue. */
export function shift(colour: Rgb, { lightness = 0, chroma = 1, hue = 0 }: Shift): Rgb {
	const [light, a, b] = toLab(colour);
	const cos = Math.cos((hue * Math.PI) / 180) * chroma;
	const sin = Math.sin((hue * Math.PI) / 180) * chroma;
	return fromLab([Math.min(0.985, Math.max(0.06, light + lightness)), a * cos - b * sin, a * sin + b * cos]);
}

/** OKLab lightness, 0 to 1. */
export function lightnessOf(colour: Rgb): number {
	return toLab(colour)[0];
}

/** OKLab chroma, 0 for greys to about 0.3. */
export function chromaOf(colour: Rgb): number {
	const [, a, b] = toLab(colour);
	return Math.hypot(a, b);
}

function toRgb(lightness: number, a: number, b: number): Rgb {
	const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		fromLinear(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
		fromLinear(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
		fromLinear(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
	];
}

function toLinear(channel: number): number {
	const value = channel / 255;
	return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function fromLinear(value: number): number {
	return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
}

function clip([red, green, blue]: Rgb): Rgb {
	return [clamp(red), clamp(green), clamp(blue)];
}

function clamp(channel: number): number {
	return Math.min(255, Math.max(0, channel));
}
