import type { Size } from '../../../src/domain/size';

/** A JPEG of one colour, by its parts: what no encoder at hand writes. */
export interface RawJpeg extends Size {
	/** 1: grey, 3: colours, 4: CMYK. */
	readonly components?: number;
	/** How often the picture is gone over again. More than 0 makes it progressive. */
	readonly refinements?: number;
	/** Bytes of coded pixels, if not as many as the picture needs. */
	readonly coded?: number;
	/** Of SOF: 0 is sequential, 2 progressive, 9 arithmetic coding. */
	readonly coding?: number;
}

/** Every code of its tables is the one bit 0, and means: the same as before, and nothing more. */
export function jpegOf({ width, height, components = 1, refinements = 0, ...rest }: RawJpeg): Uint8Array {
	const blocks = Math.ceil(width / 8) * Math.ceil(height / 8) * components;
	const { coded = Math.ceil((blocks * 2) / 8), coding = refinements > 0 ? 2 : 0 } = rest;
	const all = Array.from({ length: components }, (_, index) => index + 1);
	const onlyZero = [1, ...new Uint8Array(15), 0];
	const pixels = new Uint8Array(coded);
	const scan = (low: number, high: number, bits: number) =>
		segment(0xda, [components, ...all.flatMap((id) => [id, 0]), low, high, bits]);
	const first = [scan(0, coding === 2 ? 0 : 63, 0), pixels];
	const again = [scan(0, 0, 0x10), pixels];
	return Buffer.concat([
		Uint8Array.of(0xff, 0xd8),
		segment(0xdb, [0, ...new Uint8Array(64).fill(1)]),
		segment(0xc0 + coding, [8, ...uint16(height), ...uint16(width), components, ...all.flatMap((id) => [id, 0x11, 0])]),
		segment(0xc4, [0x00, ...onlyZero]),
		segment(0xc4, [0x10, ...onlyZero]),
		...first,
		...Array.from({ length: refinements }, () => again).flat(),
		Uint8Array.of(0xff, 0xd9),
	]);
}

export function segment(marker: number, data: ArrayLike<number>): Uint8Array {
	return Uint8Array.from([0xff, marker, ...uint16(data.length + 2), ...Array.from(data)]);
}

/** A block of EXIF with the orientation and nothing else. */
export function exifOf(orientation: number): Uint8Array {
	const entry = [...uint16(0x0112), ...uint16(3), 0, 0, 0, 1, ...uint16(orientation), 0, 0];
	return Uint8Array.from([...Buffer.from('MM'), 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0]);
}

/** The file with EXIF behind its first marker. */
export function withExif(file: Uint8Array, orientation: number): Uint8Array {
	const app1 = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifOf(orientation)]));
	return Buffer.concat([file.subarray(0, 2), app1, file.subarray(2)]);
}

function uint16(value: number): [number, number] {
	return [value >> 8, value & 255];
}
