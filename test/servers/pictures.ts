import { createHash } from 'node:crypto';
import type { Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';

export type Colour = readonly [red: number, green: number, blue: number];

/** No server has room for more: somewhat more than the largest picture that any model makes, and no side too long for a format. */
export function isDrawable({ width, height }: Size): boolean {
	const longest = 16_383;
	return width > 0 && height > 0 && width <= longest && height <= longest && width * height <= 20_000_000;
}

/** The colour that a prompt is drawn in; each further picture, and each seed, has another. */
export function colourOf(prompt: string, index = 0, seed = 0): Colour {
	const [red = 0, green = 0, blue = 0] = createHash('sha256')
		.update(`${prompt}\n${index + seed}`)
		.digest();
	return [shade(red), shade(green), shade(blue)];
}

/** Neither black nor white, so that nobody takes it for a mask. */
function shade(byte: number): number {
	return 32 + Math.floor((byte * 192) / 256);
}

/** A picture of one colour. A transparent one is clear all around, to an eighth of its width and height. */
export function drawPicture({ width, height }: Size, colour: Colour, isTransparent = false): Pixels {
	const pixels = new Uint32Array(width * height).fill(packed(colour));
	if (isTransparent) {
		const [left, top] = [Math.ceil(width / 8), Math.ceil(height / 8)];
		for (let y = 0; y < height; y++) {
			const isEdge = y < top || y >= height - top;
			pixels.fill(0, y * width, y * width + (isEdge ? width : left));
			pixels.fill(0, (y + 1) * width - left, (y + 1) * width);
		}
	}
	return { width, height, data: new Uint8Array(pixels.buffer) };
}

function packed([red, green, blue]: Colour): number {
	return new DataView(Uint8Array.of(red, green, blue, 255).buffer).getUint32(0, true);
}

/** A number for each pixel, alpha uppermost: the same memory, unless that begins where no number can. */
export function packedPixels({ data }: Pixels): Uint32Array {
	const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : new Uint8Array(data);
	return new Uint32Array(buffer, byteOffset, length / 4);
}

/** Where a picture is to be changed: a byte for each pixel, 1 where it is. */
export interface Area extends Size {
	readonly marked: Uint8Array;
}

/** OpenAI's masks: clear where the picture is to be changed. */
export function clearArea(mask: Pixels): Area {
	return areaWhere(mask, (at) => mask.data[at + 3] === 0);
}

/** OpenAI's markup: drawn over what is to be changed. */
export function markedArea(markup: Pixels): Area {
	return areaWhere(markup, (at) => (markup.data[at + 3] ?? 0) > 0);
}

/** Local servers' masks: white where the picture is to be changed, whatever the alpha says. */
export function lightArea(mask: Pixels): Area {
	const { data } = mask;
	const light = (at: number) => 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
	return areaWhere(mask, (at) => light(at) >= 128);
}

/** The other way round. */
export function darkArea(mask: Pixels): Area {
	const area = lightArea(mask);
	return { ...area, marked: area.marked.map((mark) => 1 - mark) };
}

function areaWhere({ width, height }: Size, isMarked: (at: number) => boolean): Area {
	const marked = new Uint8Array(width * height);
	for (let pixel = 0; pixel < marked.length; pixel++) marked[pixel] = isMarked(pixel * 4) ? 1 : 0;
	return { width, height, marked };
}

/** How the models of an emulator edit. */
export interface EditHabits {
	/**
	 * What becomes of what is to be kept: around a mask, and of a picture that is extended. Slightly altered unless told, as GPT models
	 * do, and whatever works on anything but pixels: so a client who promises to keep it has to put it back (OpenAI reference, recipes).
	 */
	readonly perturbs?: Perturbation;
	/** The size in which edits come back in place of the one that was asked for: a client has to trust the bytes. */
	readonly resizes?: (asked: Size) => Size;
}

/** By how much each channel of each pixel differs: 1 to 3, or 40 to 42. */
export type Perturbation = 'not' | 'slightly' | 'strongly';

export interface Edit {
	readonly source: Pixels;
	readonly size: Size;
	readonly colour: Colour;
	/** Without one the whole picture takes on the colour by half. */
	readonly area: Area | undefined;
	readonly habits: EditHabits;
}

/** The source in the wanted size, with the colour where it is to be changed. */
export function drawEdit({ source, size, colour, area, habits }: Edit): Pixels {
	const picture = scaled(source, size);
	if (area) paintOver(picture, colour, area, leastChange[habits.perturbs ?? 'slightly']);
	else mix(packedPixels(picture), packed(colour));
	return habits.resizes ? scaled(picture, habits.resizes(size)) : picture;
}

const leastChange: Readonly<Record<Perturbation, number>> = { not: 0, slightly: 1, strongly: 40 };

function paintOver({ data, width, height }: Pixels, colour: Colour, area: Area, least: number): void {
	const columns = Uint32Array.from({ length: width }, (_, x) => Math.floor((x * area.width) / width));
	for (let y = 0, at = 0; y < height; y++) {
		const row = Math.floor((y * area.height) / height) * area.width;
		for (let x = 0; x < width; x++, at += 4) {
			if (area.marked[row + (columns[x] ?? 0)] === 1) fill(data, at, colour);
			else if (least > 0) alter(data, at, least);
		}
	}
}

// Pixel by pixel and in place: a large picture has eight million of them.

function fill(data: Uint8Array, at: number, [red, green, blue]: Colour): void {
	data[at] = red;
	data[at + 1] = green;
	data[at + 2] = blue;
	data[at + 3] = 255;
}

/** The mean of each channel, rounded down, and opaque: what both have, and half of what one of them has. */
function mix(pixels: Uint32Array, colour: number): void {
	for (let at = 0; at < pixels.length; at++) {
		const pixel = pixels[at] ?? 0;
		pixels[at] = ((pixel & colour) + (((pixel ^ colour) & 0xfefefefe) >>> 1)) | 0xff000000;
	}
}

/** By so much and up to 2 more, away from the end of the scale, and opaque. */
function alter(data: Uint8Array, at: number, least: number): void {
	const change = least + ((at >> 2) % 3);
	for (let channel = at; channel < at + 3; channel++) {
		const value = data[channel] ?? 0;
		data[channel] = value > 128 ? value - change : value + change;
	}
	data[at + 3] = 255;
}

/** The nearest pixel, without smoothing: a test finds the source's own values again. */
function scaled({ width, height, data }: Pixels, size: Size): Pixels {
	if (size.width === width && size.height === height) return { width, height, data: new Uint8Array(data) };
	const from = packedPixels({ width, height, data });
	const to = new Uint32Array(size.width * size.height);
	const columns = Uint32Array.from({ length: size.width }, (_, x) => Math.floor((x * width) / size.width));
	for (let y = 0, at = 0; y < size.height; y++) {
		const row = Math.floor((y * height) / size.height) * width;
		for (let x = 0; x < size.width; x++, at++) to[at] = from[row + (columns[x] ?? 0)] ?? 0;
	}
	return { ...size, data: new Uint8Array(to.buffer) };
}

/** A picture on its way: the more steps are done, the less of it is grey. */
export function halfDone({ width, height, data }: Pixels, done: number): Pixels {
	const grey = new Uint8Array(data.length);
	for (let at = 0; at < data.length; at++) {
		const value = data[at] ?? 0;
		grey[at] = (at & 3) === 3 ? value : Math.round(128 + (value - 128) * done);
	}
	return { width, height, data: grey };
}
