import type { Rect, Size } from '../../../src/domain/size';

/** A part of a WebP: four characters, length, data, padding. */
export function riff(type: string, data: Uint8Array): Uint8Array {
	const length = Buffer.alloc(4);
	length.writeUInt32LE(data.length);
	return Buffer.concat([Buffer.from(type), length, data, Buffer.alloc(data.length % 2)]);
}

export function webpOf(...chunks: readonly Uint8Array[]): Uint8Array {
	return riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));
}

/** The header of an extended file. */
export function vp8x({ width, height }: Size, flags: number): Uint8Array {
	const data = Buffer.alloc(10);
	data.writeUInt8(flags);
	data.writeUIntLE(width - 1, 4, 3);
	data.writeUIntLE(height - 1, 7, 3);
	return riff('VP8X', data);
}

/** The chunks of a file in the simple form. */
export function chunksOf(webp: Uint8Array): Uint8Array {
	return webp.subarray(12);
}

/** An animation of stills in the simple form, each somewhere on the canvas (at even places). */
export function animationOf(
	canvas: Size,
	...frames: readonly (readonly [still: Uint8Array, place: Rect])[]
): Uint8Array {
	return webpOf(
		vp8x(canvas, 0x12),
		riff('ANIM', Uint8Array.of(1, 2, 3, 4, 0, 0)),
		...frames.map(([still, place]) => frameOf(chunksOf(still), place)),
	);
}

function frameOf(chunks: Uint8Array, { x, y, width, height }: Rect): Uint8Array {
	const head = Buffer.alloc(16);
	for (const [index, value] of [x / 2, y / 2, width - 1, height - 1, 100].entries())
		head.writeUIntLE(value, index * 3, 3);
	return riff('ANMF', Buffer.concat([head, chunks]));
}
