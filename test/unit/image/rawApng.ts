import type { Rect } from '../../../src/domain/size';
import { chunk } from './rawPng';

/** The chunk that makes a PNG an animation of so many frames. */
export function animationChunk(count: number): Uint8Array {
	return chunk('acTL', uint32(count, 0));
}

/** What stands before the pixels of a frame: where it lies. */
export function frameChunk({ x, y, width, height }: Rect, order = 0): Uint8Array {
	return chunk('fcTL', Buffer.concat([uint32(order, width, height, x, y), Uint8Array.of(0, 1, 0, 10, 0, 0)]));
}

/** The pixels of a frame that is no still picture: what `IDAT` has, in as many chunks. */
export function frameData(pixels: readonly Uint8Array[], order = 1): Uint8Array[] {
	return pixels.map((data, index) => chunk('fdAT', Buffer.concat([uint32(order + index), data])));
}

/** The same chunk with a wrong sum. */
export function unsound(raw: Uint8Array): Uint8Array {
	return raw.map((byte, index) => (index === raw.length - 1 ? byte ^ 1 : byte));
}

function uint32(...values: readonly number[]): Uint8Array {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
	return bytes;
}
