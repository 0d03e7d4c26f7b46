import { deflateSync } from 'node:zlib';
import type { Pixels } from '../../src/image/pixels';
import { packedPixels } from './pictures';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * A PNG, with alpha only where something is not opaque, unless told. Another encoder than the product's, so that neither
 * proves itself, and ten times as fast, since tests ask for many.
 */
export function encodePng(pixels: Pixels, channels: 3 | 4 = isOpaque(pixels) ? 3 : 4): Uint8Array<ArrayBuffer> {
	const { width, height } = pixels;
	const header = new DataView(new ArrayBuffer(13));
	header.setUint32(0, width);
	header.setUint32(4, height);
	header.setUint8(8, 8);
	header.setUint8(9, channels === 3 ? 2 : 6);
	return Buffer.concat([
		signature,
		chunk('IHDR', new Uint8Array(header.buffer)),
		chunk('IDAT', deflateSync(rowsOf(pixels, channels), { level: 1 })),
		chunk('IEND', new Uint8Array()),
	]);
}

/** Another width and height in a PNG's header. */
export function claimingToMeasure(png: Uint8Array, width: number, height: number): Uint8Array {
	const changed = Uint8Array.from(png);
	const view = new DataView(changed.buffer);
	view.setUint32(16, width);
	view.setUint32(20, height);
	view.setUint32(29, crc32(changed.subarray(12, 29)));
	return changed;
}

/** Where a PNG's header ends: the signature, and a chunk of 13 bytes. */
const headerEnd = 33;

/** A PNG as its maker signed it (C2PA), as far as anybody can see who does not check. */
export function signed(png: Uint8Array): Uint8Array {
	const manifest = chunk('caBX', new TextEncoder().encode('jumb'));
	return Buffer.concat([png.subarray(0, headerEnd), manifest, png.subarray(headerEnd)]);
}

function isOpaque(pixels: Pixels): boolean {
	return packedPixels(pixels).every((pixel) => pixel >= 0xff000000);
}

/** Each row begins with its filter: none. */
function rowsOf({ width, height, data }: Pixels, channels: 3 | 4): Uint8Array {
	const rows = new Uint8Array(height * (1 + width * channels));
	for (let y = 0, from = 0, to = 0; y < height; y++) {
		to += 1;
		if (channels === 4) {
			rows.set(data.subarray(from, from + width * 4), to);
			from += width * 4;
			to += width * 4;
			continue;
		}
		for (let x = 0; x < width; x++, from += 4, to += 3) {
			rows[to] = data[from] ?? 0;
			rows[to + 1] = data[from + 1] ?? 0;
			rows[to + 2] = data[from + 2] ?? 0;
		}
	}
	return rows;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(12 + data.length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, data.length);
	bytes.set(new TextEncoder().encode(type), 4);
	bytes.set(data, 8);
	view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
	return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	return crc;
});

/** Node has it only from 22 on. */
function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] ?? 0);
	return (crc ^ 0xffffffff) >>> 0;
}
