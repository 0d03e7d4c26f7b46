import { crc32, deflateSync } from 'node:zlib';
import { quantize } from 'gifenc';
import { PNG } from 'pngjs';

/** Of a PNG with a palette. */
const mostColours = 256;
/** After so many the palette hardly moves any more. */
const rounds = 10;
/** What a pixel misses goes on to its neighbours (Floyd and Steinberg): how much of it, and only where it is little, as in a sky. */
const passedOn = { share: 0.75, most: 12 };

type Colour = readonly [red: number, green: number, blue: number];

/** An opaque PNG of a screen with the 256 colours that suit it best: a third of the bytes, and no difference that one sees. */
export function smallPng(png: Buffer): Buffer {
	const { width, height, data } = PNG.sync.read(png);
	const pixels = Array.from({ length: width * height }, (_, at): Colour => colourAt(data, at * 4));
	const palette = paletteOf(pixels, quantize(data, mostColours));
	const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	return Buffer.concat([
		png.subarray(0, 8),
		chunk('IHDR', header),
		chunk('PLTE', Buffer.from(palette.flat().map(Math.round))),
		chunk('IDAT', deflateSync(rowsOf(pixels, width, palette), { level: 9, memLevel: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function colourAt(data: Buffer, at: number): Colour {
	return [data.readUInt8(at), data.readUInt8(at + 1), data.readUInt8(at + 2)];
}

/** A palette whose colours lie in the middle of those that they stand for (Lloyd's algorithm), found from one that is near it. */
function paletteOf(pixels: readonly Colour[], near: readonly (readonly number[])[]): Colour[] {
	const counts = new Map<string, { readonly colour: Colour; count: number }>();
	for (const colour of pixels) {
		const known = counts.get(colour.join(' '));
		if (known) known.count += 1;
		else counts.set(colour.join(' '), { colour, count: 1 });
	}
	let palette = near.map(([red = 0, green = 0, blue = 0]): Colour => [red, green, blue]);
	for (let round = 0; round < rounds; round++) {
		const sums = palette.map((): [...Colour, number] => [0, 0, 0, 0]);
		for (const { colour, count } of counts.values()) {
			const sum = sums[nearest(palette, colour)];
			if (!sum) continue;
			// By the root, so that the colours of letters count beside those of large surfaces.
			const weight = Math.sqrt(count);
			for (const part of [0, 1, 2] as const) sum[part] += colour[part] * weight;
			sum[3] += weight;
		}
		palette = sums.flatMap(([red, green, blue, weight]): Colour[] =>
			weight === 0 ? [] : [[red / weight, green / weight, blue / weight]],
		);
	}
	return palette;
}

/** The rows of the file: no filter, and of each pixel its place in the palette. */
function rowsOf(pixels: readonly Colour[], width: number, palette: readonly Colour[]): Buffer {
	const rows = Buffer.alloc(pixels.length + pixels.length / width);
	const missing = [0, 1, 2].map(() => new Float32Array(pixels.length + width + 2));
	const neighbours = [
		[1, 7 / 16],
		[width - 1, 3 / 16],
		[width, 5 / 16],
		[width + 1, 1 / 16],
	] as const;
	pixels.forEach(([red, green, blue], at) => {
		const [moreRed = 0, moreGreen = 0, moreBlue = 0] = missing.map((errors) => errors[at]);
		const wanted: Colour = [red + moreRed, green + moreGreen, blue + moreBlue];
		const index = nearest(palette, wanted);
		rows[at + Math.floor(at / width) + 1] = index;
		const errors = (palette[index] ?? wanted).map((value, part) => (wanted[part] ?? 0) - value);
		if (errors.some((error) => Math.abs(error) > passedOn.most)) return;
		for (const [part, error] of errors.entries()) {
			const later = missing[part] ?? new Float32Array();
			for (const [step, share] of neighbours)
				later[at + step] = (later[at + step] ?? 0) + error * share * passedOn.share;
		}
	});
	return rows;
}

function nearest(palette: readonly Colour[], [red, green, blue]: Colour): number {
	let [best, least] = [0, Infinity];
	for (const [index, other] of palette.entries()) {
		const distance = (other[0] - red) ** 2 + (other[1] - green) ** 2 + (other[2] - blue) ** 2;
		if (distance < least) [best, least] = [index, distance];
	}
	return best;
}

function chunk(type: string, content: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(content.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}
