import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import { decode, UndecodableError } from '../../../src/image/decode';
import { noise } from '../builders';
import { codecs } from './nodeCodecs';
import { chunk, headerChunk, kinds, pngChunks, pngOf, type RawPng } from './rawPng';

/** Any PNG: all kinds, with and without palette, transparency and interlace, all filters. */
const anyPng: fc.Arbitrary<RawPng> = fc
	.tuple(
		fc.constantFrom(...kinds),
		fc.record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) }),
		fc.record({ interlaced: fc.boolean(), transparent: fc.boolean(), plain: fc.boolean() }),
		fc.integer(),
	)
	.map(([kind, size, { interlaced, transparent, plain }, salt]) => {
		const bytes = noise(64, 32, salt).data;
		let at = 0;
		const next = () => (plain ? 0 : (bytes[at++ % bytes.length] ?? 0));
		return Object.assign({ interlaced, next }, size, coloursOf(kind, transparent, bytes));
	});

function coloursOf([colourType, depth]: (typeof kinds)[number], transparent: boolean, bytes: Uint8Array) {
	const kind = { colourType, depth };
	if (colourType === 3) {
		const palette = bytes.subarray(0, 3 * 2 ** depth);
		return transparent ? { ...kind, palette, transparency: bytes.subarray(5, 7) } : { ...kind, palette };
	}
	if (!transparent || colourType > 3) return kind;
	// One that occurs: black where all bytes are 0, or the next to it where there are few colours.
	const lowest = depth < 8 ? 1 : 0;
	return {
		...kind,
		transparency: Uint8Array.from({ length: colourType === 2 ? 6 : 2 }, (_, index) => (index % 2) * lowest),
	};
}

/** The bytes of one pixel. */
function pixel({ data }: { readonly data: Uint8Array }, index = 0): number[] {
	return [...data.subarray(index * 4, index * 4 + 4)];
}

/** A decoder that others wrote; of 16 bits it gives all. */
function byOthers(file: Uint8Array, depth: number): Uint8Array {
	// Only with this does it leave 16 bits as they are, but then fewer than 8 as well.
	const { data } = PNG.sync.read(Buffer.from(file), depth === 16 ? { skipRescale: true } : {});
	return Uint8Array.from(data, (sample) => (depth === 16 ? sample >> 8 : sample));
}

function blackWhereClear(rgba: Uint8Array): Uint8Array {
	return rgba.map((byte, index) => (rgba[index | 3] === 0 ? 0 : byte));
}

async function broken(file: Uint8Array): Promise<void> {
	await assert.rejects(decode(file, codecs), (error) => error instanceof UndecodableError && error.reason === 'broken');
}

/** A row of pixels, each of these bytes. */
function rowOf(colourType: number, depth: number, width: number, bytes: readonly number[]): RawPng {
	const unfiltered = [0, ...bytes][Symbol.iterator]();
	return { width, height: 1, colourType, depth, next: () => unfiltered.next().value ?? 0 };
}

async function pixelsOf(png: RawPng): Promise<number[][]> {
	const decoded = await decode(pngOf(...pngChunks(png)), codecs);
	return Array.from({ length: decoded.width }, (_, index) => pixel(decoded, index));
}

describe('the pixels of a PNG', () => {
	it('are those that another decoder finds, for every kind, filter and interlace', async () => {
		await fc.assert(
			fc.asyncProperty(anyPng, async (png) => {
				const file = pngOf(...pngChunks(png));
				const { width, height, data } = await decode(file, codecs);
				assert.deepEqual([width, height], [png.width, png.height]);
				// Under the transparent colour that decoder puts black, this one leaves the colour.
				const comparable = png.transparency && png.colourType !== 3 ? blackWhereClear(data) : data;
				assert.deepEqual(comparable, byOthers(file, png.depth));
			}),
			{ numRuns: 1000 },
		);
	});

	it('take the upper half of 16 bits, as browsers do', async () => {
		const grey = rowOf(0, 16, 4, [0x12, 0xff, 0xff, 0x7f, 0x00, 0x80, 0xff, 0xff]);
		assert.deepEqual(
			(await pixelsOf(grey)).map(([value]) => value),
			[0x12, 0xff, 0, 0xff],
		);
	});

	it('compare all 16 bits with the transparent colour, and leave the colour', async () => {
		const grey = { ...rowOf(0, 16, 2, [5, 6, 5, 7]), transparency: Uint8Array.of(5, 7) };
		assert.deepEqual(await pixelsOf(grey), [
			[5, 5, 5, 255],
			[5, 5, 5, 0],
		]);
		const deep = {
			...rowOf(2, 16, 2, [1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 4]),
			transparency: Uint8Array.of(1, 1, 2, 2, 3, 3),
		};
		assert.deepEqual(await pixelsOf(deep), [
			[1, 2, 3, 0],
			[1, 2, 3, 255],
		]);
	});

	it('take of a transparent colour the bits that the samples have', async () => {
		const grey = { ...rowOf(0, 8, 2, [77, 78]), transparency: Uint8Array.of(1, 77) };
		assert.deepEqual(
			(await pixelsOf(grey)).map(([, , , alpha]) => alpha),
			[0, 255],
		);
		const colours = { ...rowOf(2, 8, 2, [1, 2, 3, 1, 2, 4]), transparency: Uint8Array.of(0, 1, 0, 2, 0, 3) };
		assert.deepEqual(
			(await pixelsOf(colours)).map(([, , , alpha]) => alpha),
			[0, 255],
		);
	});

	it('are black where the palette has no such colour', async () => {
		const indexed = {
			...rowOf(3, 8, 3, [0, 1, 2]),
			palette: Uint8Array.of(9, 8, 7),
			transparency: Uint8Array.of(6, 5),
		};
		assert.deepEqual(await pixelsOf(indexed), [
			[9, 8, 7, 6],
			[0, 0, 0, 5],
			[0, 0, 0, 255],
		]);
	});

	it('are those of the default picture of an animation', async () => {
		const first = pngChunks(rowOf(0, 8, 1, [7]));
		const animation = chunk('acTL', Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 0));
		const frame = chunk('fdAT', Buffer.concat([Buffer.alloc(4), deflateSync(Uint8Array.of(0, 200))]));
		const file = pngOf(...first.slice(0, 1), animation, ...first.slice(1), frame);
		assert.deepEqual(pixel(await decode(file, codecs)), [7, 7, 7, 255]);
	});

	it('are found in a part of a larger buffer', async () => {
		const file = pngOf(...pngChunks(rowOf(0, 8, 1, [7])));
		const larger = Buffer.concat([Buffer.from('x'), file, Buffer.from('behind the end')]);
		assert.deepEqual(pixel(await decode(larger.subarray(1), codecs)), [7, 7, 7, 255]);
	});
});

describe('a PNG of which Limn needs nothing but the picture', () => {
	const [header = new Uint8Array(), ...pixels] = pngChunks(rowOf(0, 8, 1, [7]));

	it('may hold anything else, broken or huge when it is unpacked', async () => {
		const other = chunk('iCCP', Buffer.concat([Buffer.from('name\0\0'), Buffer.alloc(100)]));
		const wrong = chunk('tEXt', Buffer.from('a\0b'));
		wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
		const unpacked: number[] = [];
		const counting = {
			...codecs,
			inflate: (bytes: Uint8Array, most: number) => {
				unpacked.push(most);
				return codecs.inflate(bytes, most);
			},
		};
		assert.deepEqual(pixel(await decode(pngOf(header, other, wrong, ...pixels), counting)), [7, 7, 7, 255]);
		assert.equal(unpacked.length, 1);
	});

	it('may have some bytes behind its last row', async () => {
		const more = chunk('IDAT', deflateSync(Uint8Array.of(0, 7, 0, 8)));
		assert.deepEqual(pixel(await decode(pngOf(header, more), codecs)), [7, 7, 7, 255]);
	});
});

/** Three greys in a row. */
const parts = () => pngChunks(rowOf(0, 8, 3, [7, 8, 9]));
const whole = (): Uint8Array => pngOf(...parts());

describe('a PNG is broken', () => {
	it('where a sum of the picture is wrong', async () => {
		const { length } = whole();
		for (const at of [8 + 12 + 13 - 1, length - 12 - 1, length - 1]) {
			await broken(whole().map((byte, index) => (index === at ? byte ^ 1 : byte)));
		}
	});

	it('wherever it is cut', async () => {
		for (let length = 0; length < whole().length; length++) await broken(whole().subarray(0, length));
	});

	it('where a row is missing, or has a filter that does not exist', async () => {
		await broken(pngOf(headerChunk({ width: 3, height: 2 }, 8, 0), ...parts().slice(1)));
		await broken(pngOf(headerChunk({ width: 1, height: 1 }, 8, 0), chunk('IDAT', deflateSync(Uint8Array.of(5, 7)))));
	});

	it('without pixels, without a palette, with pixels that are not packed', async () => {
		const header = headerChunk({ width: 1, height: 1 }, 8, 0);
		await broken(pngOf(header));
		await broken(pngOf(header, chunk('IDAT', new Uint8Array())));
		await broken(pngOf(header, chunk('IDAT', Buffer.from('not packed at all'))));
		await broken(pngOf(...pngChunks(rowOf(3, 8, 1, [0]))));
	});

	it('where the header says what no standard knows', async () => {
		for (const [colourType, depth] of [
			[0, 3],
			[1, 8],
			[2, 4],
			[3, 16],
			[5, 8],
			[6, 1],
			[7, 8],
		] as const) {
			await broken(pngOf(headerChunk({ width: 1, height: 1 }, depth, colourType), ...parts().slice(1)));
		}
		for (const size of [
			{ width: 0, height: 1 },
			{ width: 1, height: 0 },
		]) {
			await broken(pngOf(headerChunk(size, 8, 0), ...parts().slice(1)));
		}
		for (const at of [10, 11, 12]) {
			const data = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0).fill(2, at, at + 1);
			await broken(pngOf(chunk('IHDR', data), ...parts().slice(1)));
		}
	});

	it('where its header is not the first', async () => {
		await broken(pngOf(...parts().toReversed()));
		await broken(pngOf(chunk('CgBI', new Uint8Array(4)), ...parts()));
	});
});
