import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Pixels } from '../../../src/image/pixels';
import { resampled, rowsOf, scaled, stretchOf } from '../../../src/image/resample';
import { noise } from '../builders';
import { greatestDifference, pictures, sizes, smooth } from './arbitrary';

const byte = fc.integer({ min: 0, max: 255 });

function plain(width: number, height: number, colour: readonly number[]): Pixels {
	return { width, height, data: Uint8Array.from({ length: width * height * 4 }, (_, at) => colour[at % 4] ?? 0) };
}

/** Columns of pixels, each all of one colour. */
function columns(height: number, ...colours: readonly (readonly number[])[]): Pixels {
	const row = colours.flat();
	return { width: colours.length, height, data: Uint8Array.from(Array.from({ length: height }, () => row).flat()) };
}

function row({ width, data }: Pixels, channel: number, y = 0): number[] {
	return Array.from({ length: width }, (_, x) => data[(y * width + x) * 4 + channel] ?? -1);
}

function mean({ data }: Pixels, channel: number): number {
	let sum = 0;
	for (let at = channel; at < data.length; at += 4) sum += data[at] ?? 0;
	return sum / (data.length / 4);
}

function turned({ width, height, data }: Pixels): Pixels {
	const result = new Uint8Array(data.length);
	for (let at = 0; at < width * height; at++) {
		const to = (at % width) * height + Math.floor(at / width);
		result.set(data.subarray(at * 4, at * 4 + 4), to * 4);
	}
	return { width: height, height: width, data: result };
}

describe('scaling a picture', () => {
	it('has the size that was asked for, and leaves the source alone', () => {
		fc.assert(
			fc.property(pictures, sizes, (pixels, size) => {
				const before = pixels.data.slice();
				const { width, height, data } = scaled(pixels, size);
				assert.deepEqual([width, height, data.length], [size.width, size.height, size.width * size.height * 4]);
				assert.deepEqual(pixels.data, before);
			}),
		);
	});

	it('is the same picture in its own size', () => {
		fc.assert(fc.property(pictures, (pixels) => assert.equal(scaled(pixels, pixels), pixels)));
	});

	it('keeps a plain colour, clear ones included', () => {
		fc.assert(
			fc.property(sizes, sizes, fc.tuple(byte, byte, byte, byte), (from, to, colour) => {
				const result = scaled(plain(from.width, from.height, colour), to);
				assert.deepEqual(result, plain(to.width, to.height, colour));
			}),
		);
	});

	it('repeats the colours below what is all clear', () => {
		const picture = noise(7, 5, 2, 0);
		const larger = scaled(picture, { width: 21, height: 15 });
		for (let at = 0; at < 21 * 15; at++) {
			const from = (Math.floor(at / 63) * 7 + Math.floor((at % 21) / 3)) * 4;
			assert.deepEqual(larger.data.subarray(at * 4, at * 4 + 4), picture.data.subarray(from, from + 4));
		}
	});

	it('lets no colour shine through from where the picture is clear', () => {
		const picture = columns(
			8,
			...Array.from({ length: 12 }, (_, x) => (x % 3 === 0 ? [200, 10, 30, 255] : [0, 255, 0, 0])),
		);
		for (const size of [
			{ width: 5, height: 8 },
			{ width: 31, height: 8 },
			{ width: 4, height: 3 },
		]) {
			const { data } = scaled(picture, size);
			for (let at = 0; at < data.length; at += 4) {
				if (data[at + 3] !== 0) assert.deepEqual([...data.subarray(at, at + 3)], [200, 10, 30]);
			}
		}
	});

	it('treats rows as it treats columns', () => {
		fc.assert(
			fc.property(pictures, sizes, ({ width, height, data }, size) => {
				// Opaque: where nearly nothing is to be seen, a colour hangs on the last bit.
				const pixels = { width, height, data: data.map((value, at) => (at % 4 === 3 ? 255 : value)) };
				const other = scaled(turned(pixels), { width: size.height, height: size.width });
				assert.ok(greatestDifference(turned(scaled(pixels, size)), other) <= 1);
			}),
		);
	});

	it('keeps left and right, above and below alike', () => {
		const picture = noise(23, 17, 5, 255);
		const mirrored = { ...picture, data: new Uint8Array(new Uint32Array(picture.data.buffer).toReversed().buffer) };
		for (const size of [
			{ width: 9, height: 40 },
			{ width: 60, height: 5 },
		]) {
			const other = scaled(mirrored, size);
			const back = { ...other, data: new Uint8Array(new Uint32Array(other.data.buffer).toReversed().buffer) };
			assert.ok(greatestDifference(back, scaled(picture, size)) <= 1);
		}
	});
});

describe('the quality of scaling', () => {
	it('averages what becomes smaller, and leaves no pattern of fine stripes', () => {
		const stripes = columns(
			64,
			...Array.from({ length: 240 }, (_, x) => (x % 2 === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255])),
		);
		for (const width of [30, 47, 80]) {
			const values = row(scaled(stripes, { width, height: 20 }), 0, 10).slice(2, -2);
			assert.ok(
				values.every((value) => Math.abs(value - 127.5) < 6),
				`${width}: ${values.join(' ')}`,
			);
		}
	});

	it('keeps the mean brightness', () => {
		const picture = noise(120, 90, 3, 255);
		const halved = scaled(picture, { width: 50, height: 33 });
		for (const channel of [0, 1, 2]) assert.ok(Math.abs(mean(picture, channel) - mean(halved, channel)) < 3);
	});

	it('keeps an even course even', () => {
		const ramp = columns(3, ...Array.from({ length: 21 }, (_, x) => [x * 10, 200 - x * 10, 0, 255]));
		for (const width of [42, 63, 84]) {
			const larger = row(scaled(ramp, { width, height: 3 }), 0);
			for (const [x, value] of larger.entries()) {
				const wanted = ((x + 0.5) * 210) / width - 5;
				if (wanted > 20 && wanted < 180)
					assert.ok(Math.abs(value - wanted) <= 0.51, `${x}: ${value}, wanted ${wanted}`);
			}
		}
	});

	it('keeps an edge where it is, and sharp', () => {
		const edge = columns(
			4,
			...Array.from({ length: 20 }, (_, x) => (x < 10 ? [40, 40, 40, 255] : [200, 200, 200, 255])),
		);
		const larger = row(scaled(edge, { width: 80, height: 4 }), 0);
		assert.ok(larger.slice(0, 34).every((value) => value === 40) && larger.slice(46).every((value) => value === 200));
		assert.ok(larger.slice(38, 42).every((value, at) => (at < 2 ? value < 120 : value > 120)));
		const smaller = row(scaled(edge, { width: 10, height: 2 }), 0);
		assert.ok(Math.abs((smaller[4] ?? 0) - 40) < 20 && Math.abs((smaller[5] ?? 0) - 200) < 20);
	});

	it('gives nearly the same picture back after enlarging, and a like one after reducing', () => {
		const picture = smooth({ width: 90, height: 70 });
		const there = scaled(picture, { width: 173, height: 131 });
		assert.ok(greatestDifference(scaled(there, picture), picture) <= 2);
		const down = scaled(picture, { width: 52, height: 41 });
		assert.ok(greatestDifference(scaled(down, picture), picture) <= 6);
	});

	it('makes one pixel of a picture, and a picture of one pixel', () => {
		const grey = scaled(columns(2, [0, 0, 0, 255], [100, 100, 100, 255]), { width: 1, height: 1 });
		assert.deepEqual([...grey.data], [50, 50, 50, 255]);
		assert.deepEqual(scaled(plain(1, 1, [9, 8, 7, 6]), { width: 5, height: 3 }), plain(5, 3, [9, 8, 7, 6]));
	});
});

describe('a part of a scaled picture', () => {
	it('is the same as in the whole', () => {
		fc.assert(
			fc.property(pictures, sizes, fc.nat(), fc.nat(), (pixels, size, a, b) => {
				const [x, y] = [a % size.width, b % size.height];
				const [width, height] = [size.width - x, size.height - y];
				const across = { ...stretchOf(pixels.width, size.width), first: x, count: width };
				const down = { ...stretchOf(pixels.height, size.height), first: y, count: height };
				const part = resampled(rowsOf(pixels), across, down);
				const all = scaled(pixels, size);
				for (let line = 0; line < height; line++) {
					const start = ((y + line) * size.width + x) * 4;
					const wanted = all.data.subarray(start, start + width * 4);
					assert.deepEqual(part.data.subarray(line * width * 4, (line + 1) * width * 4), wanted);
				}
			}),
		);
	});

	it('may begin within the source, and is a copy where nothing is scaled', () => {
		const picture = noise(9, 6, 4);
		const across = { from: 2, span: 5, length: 5, first: 1, count: 3 };
		const copied = resampled(rowsOf(picture), across, stretchOf(6, 6));
		assert.deepEqual([copied.width, copied.height], [3, 6]);
		for (let y = 0; y < 6; y++) {
			const wanted = picture.data.subarray((y * 9 + 3) * 4, (y * 9 + 6) * 4);
			assert.deepEqual(copied.data.subarray(y * 12, y * 12 + 12), wanted);
		}
		const higher = { width: 3, height: 13 };
		assert.deepEqual(resampled(rowsOf(picture), across, stretchOf(6, 13)), scaled(copied, higher));
	});
});
