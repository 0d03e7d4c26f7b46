import type { Codecs } from './codecs';
import { joined, viewOf } from './metadata/bytes';
import { unfilterRow } from './pngFilter';
import { isSound, type PngFile, type PngHeader } from './pngFile';
import { type Pass, passesOf, rowLength, unpackedLength } from './pngPasses';
import type { Pixels } from './pixels';

/** Some encoders write a few bytes behind the last row, and every viewer lets them. */
const slack = 2 ** 16;

/** The pixels of a PNG as they are stored; `undefined` where it is broken. Of 16 bits the upper 8 are taken, as browsers do. */
export function pngPixels(file: PngFile, { inflate }: Pick<Codecs, 'inflate'>): Pixels | undefined {
	const { header, chunks } = file;
	const colours = coloursOf(file);
	if (!colours || !chunks.every(isSound)) return undefined;
	const rows = unpacked(file, inflate);
	if (!rows || !unfilter(rows, header)) return undefined;
	const { width, height } = header;
	const data = new Uint8Array(width * height * 4);
	let at = 0;
	for (const pass of passesOf(header)) {
		const length = 1 + rowLength(header, pass.width);
		for (let y = 0; y < pass.height; y++, at += length) {
			const row = rows.subarray(at + 1, at + length);
			const to = ((pass.y + y * pass.stepY) * width + pass.x) * 4;
			colours(row, data, to, pass);
		}
	}
	return { width, height, data };
}

/** All rows, still filtered. The header allows so many bytes and no more. */
function unpacked({ header, chunks }: PngFile, inflate: Codecs['inflate']): Uint8Array | undefined {
	const length = unpackedLength(header);
	const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
	try {
		const rows = inflate(joined(packed), length + slack);
		return rows.length < length ? undefined : rows;
	} catch {
		return undefined;
	}
}

/** In place. `false`: a row has a filter that does not exist. */
function unfilter(rows: Uint8Array, header: PngHeader): boolean {
	const step = Math.max(1, (header.channels * header.depth) >> 3);
	let at = 0;
	for (const { width, height } of passesOf(header)) {
		const length = rowLength(header, width);
		for (let y = 0; y < height; y++, at += 1 + length) {
			if (!unfilterRow(rows, { at: at + 1, length, step, isFirst: y === 0 })) return false;
		}
	}
	return true;
}

/** Writes the pixels of an unfiltered row as RGBA, from `to` on. */
type WriteRow = (row: Uint8Array, rgba: Uint8Array, to: number, pass: Pass) => void;

/** How samples become colours; `undefined`: a palette is missing. */
function coloursOf({ header, chunks }: PngFile): WriteRow | undefined {
	const [palette, transparency] = ['PLTE', 'tRNS'].map((name) => chunks.find(({ type }) => type === name)?.data);
	const { depth, channels, indexed } = header;
	if (indexed) return palette && fromTable(paletteTable(palette, transparency), depth);
	const key = channels % 2 === 1 && transparency?.length === channels * 2 ? transparency : undefined;
	if (channels === 1 && depth <= 8) return fromTable(greyTable(depth, key), depth);
	return key ? withKey(header, key) : fromSamples(header);
}

/** 256 colours, RGBA. An index that the palette does not have is black. */
function paletteTable(palette: Uint8Array, transparency: Uint8Array = new Uint8Array()): Uint8Array {
	return Uint8Array.from({ length: 256 * 4 }, (_, index) => {
		const [colour, channel] = [index >> 2, index & 3];
		return channel === 3 ? (transparency[colour] ?? 255) : (palette[colour * 3 + channel] ?? 0);
	});
}

/** Greys of up to 8 bits, of which one may be transparent. */
function greyTable(depth: number, key?: Uint8Array): Uint8Array {
	const most = 2 ** depth - 1;
	const clear = key && viewOf(key).getUint16(0) & most;
	return Uint8Array.from({ length: (most + 1) * 4 }, (_, index) => {
		const grey = index >> 2;
		if ((index & 3) === 3) return grey === clear ? 0 : 255;
		return (grey * 255) / most;
	});
}

function fromTable(table: Uint8Array, depth: number): WriteRow {
	const most = 2 ** depth - 1;
	return (row, rgba, start, { width, stepX }) => {
		for (let x = 0, to = start; x < width; x++, to += stepX * 4) {
			const bit = x * depth;
			const from = (((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & most) * 4;
			rgba[to] = table[from] ?? 0;
			rgba[to + 1] = table[from + 1] ?? 0;
			rgba[to + 2] = table[from + 2] ?? 0;
			rgba[to + 3] = table[from + 3] ?? 0;
		}
	};
}

/** Samples of 8 or 16 bits, whose upper byte comes first. */
function fromSamples({ channels, depth }: PngHeader): WriteRow {
	const sample = depth >> 3;
	const [green, blue] = channels < 3 ? [0, 0] : [sample, sample * 2];
	const alpha = channels % 2 === 0 ? (channels - 1) * sample : undefined;
	return (row, rgba, start, { width, stepX }) => {
		for (let x = 0, from = 0, to = start; x < width; x++, from += channels * sample, to += stepX * 4) {
			rgba[to] = row[from] ?? 0;
			rgba[to + 1] = row[from + green] ?? 0;
			rgba[to + 2] = row[from + blue] ?? 0;
			rgba[to + 3] = alpha === undefined ? 255 : (row[from + alpha] ?? 255);
		}
	};
}

/** The same, and the one colour `key`, of 16-bit samples, is transparent. */
function withKey(header: PngHeader, key: Uint8Array): WriteRow {
	const write = fromSamples(header);
	const colour = key.filter((_, index) => header.depth === 16 || index % 2 === 1);
	return (row, rgba, start, pass) => {
		write(row, rgba, start, pass);
		for (let x = 0, from = 0, to = start; x < pass.width; x++, from += colour.length, to += pass.stepX * 4) {
			if (colour.every((byte, index) => row[from + index] === byte)) rgba[to + 3] = 0;
		}
	};
}
