import assert from 'node:assert/strict';
import { encode } from 'fast-png';
import * as fc from 'fast-check';
import { mimeTypeOf, sniff } from '../../../src/image/sniff';

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const big = (value: number, bytes: number): number[] =>
	Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) % 256);
const little = (value: number, bytes: number): number[] => big(value, bytes).reverse();
const box = (type: string, ...content: readonly number[][]): number[] => {
	const body = content.flat();
	return [...big(body.length + 8, 4), ...ascii(type), ...body];
};

/** The first bytes of a picture, as each format's specification writes them. */
const headers = {
	png: (width: number, height: number) =>
		[
			[0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a],
			[...big(13, 4), ...ascii('IHDR'), ...big(width, 4), ...big(height, 4), 8, 6, 0, 0, 0, 0, 0, 0, 0],
		].flat(),
	gif: (width: number, height: number) => [...ascii('GIF89a'), ...little(width, 2), ...little(height, 2), 0, 0, 0],
	jpeg: (width: number, height: number) =>
		[
			[0xff, 0xd8, 0xff, 0xe0, ...big(16, 2), ...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
			[0xff, 0xc2, ...big(11, 2), 8, ...big(height, 2), ...big(width, 2), 1, 0, 0x11, 0],
		].flat(),
	webp: (width: number, height: number) =>
		[
			[...ascii('RIFF'), ...little(22, 4), ...ascii('WEBPVP8X'), ...little(10, 4), 0, 0, 0, 0],
			[...little(width - 1, 3), ...little(height - 1, 3)],
		].flat(),
	avif: (width: number, height: number) => isobmff('avif', width, height),
};

function isobmff(brand: string, width: number, height: number): number[] {
	const size = box('ispe', [0, 0, 0, 0], big(width, 4), big(height, 4));
	const associations = box('ipma', [0, 0, 0, 0], big(1, 4), big(1, 2), [1, 1]);
	const primary = box('pitm', [0, 0, 0, 0], big(1, 2));
	const file = box('ftyp', ascii(brand), [0, 0, 0, 0], ascii('mif1'));
	return [...file, ...box('meta', [0, 0, 0, 0], primary, box('iprp', box('ipco', size), associations))];
}

const formats = ['png', 'gif', 'jpeg', 'webp', 'avif'] as const;
const bytes = (numbers: readonly number[]): Uint8Array => Uint8Array.from(numbers);

describe('recognising a picture by its bytes', () => {
	for (const format of formats) {
		it(`reads format and size of ${format}`, () => {
			fc.assert(
				fc.property(fc.integer({ min: 1, max: 16_383 }), fc.integer({ min: 1, max: 16_383 }), (width, height) => {
					assert.deepEqual(sniff(bytes(headers[format](width, height))), { format, width, height });
				}),
			);
		});

		it(`takes no cut-off header of ${format} for a picture with another size`, () => {
			const whole = headers[format](300, 200);
			for (let length = 0; length < whole.length; length++) {
				const found = sniff(bytes(whole.slice(0, length)));
				if (found) assert.deepEqual(found, { format, width: 300, height: 200 }, `${length} bytes`);
			}
			assert.equal(sniff(bytes(whole.slice(0, 9))), undefined);
		});

		it(`has a media type for ${format}`, () => assert.equal(mimeTypeOf(format), `image/${format}`));
	}

	it('reads the size of a real file', () => {
		const file = encode({ width: 7, height: 5, channels: 4, depth: 8, data: new Uint8Array(7 * 5 * 4) });
		assert.deepEqual(sniff(file), { format: 'png', width: 7, height: 5 });
	});

	it('reads a part of a larger buffer as if it stood alone', () => {
		const header = headers.jpeg(300, 200);
		const buffer = bytes([1, 2, 3, ...header, 9, 9]);
		assert.deepEqual(sniff(buffer.subarray(3, 3 + header.length)), { format: 'jpeg', width: 300, height: 200 });
		assert.equal(sniff(buffer), undefined);
		assert.deepEqual(sniff(Buffer.from(header)), { format: 'jpeg', width: 300, height: 200 });
	});

	it('takes no picture without pixels', () => {
		for (const format of ['png', 'gif', 'jpeg', 'avif'] as const) {
			for (const [width, height] of [
				[0, 0],
				[0, 100],
				[100, 0],
			] as const) {
				assert.equal(sniff(bytes(headers[format](width, height))), undefined, format);
			}
		}
	});

	it('takes no format that browsers do not show', () => {
		assert.equal(sniff(bytes(isobmff('heic', 300, 200))), undefined);
		assert.equal(sniff(bytes([...ascii('BM'), ...new Uint8Array(60).fill(1)])), undefined);
		assert.equal(sniff(bytes([...ascii('II*\0'), ...new Uint8Array(60).fill(1)])), undefined);
	});

	it('takes no text for a picture, whatever it says of itself', () => {
		for (const text of [
			'',
			'<!doctype html><html><body>Not found</body></html>',
			'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
			'<?xml version="1.0"?><svg width="1" height="1"/>',
			'{"error":{"message":"content_policy_violation"}}',
			'data:image/png;base64,iVBORw0KGgo=',
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
			'PNG',
			'GIF',
			'\uFFFDPNG\r\n\x1A\n',
			'RIFFxxxxWAVEfmt ',
			'%PDF-1.7',
		]) {
			assert.equal(sniff(new TextEncoder().encode(text)), undefined, text);
		}
	});

	it('never throws, whatever the bytes, and never sees a picture without pixels', () => {
		const spoiled = fc
			.tuple(fc.constantFrom(...formats), fc.nat(80), fc.nat(255), fc.nat(90), fc.uint8Array({ maxLength: 40 }))
			.map(([format, at, value, length, tail]) => {
				const header = headers[format](300, 200).map((byte, index) => (index === at ? value : byte));
				return bytes([...header.slice(0, length), ...tail]);
			});
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), spoiled), (data) => {
				const found = sniff(data);
				if (found) assert.ok(found.width >= 1 && found.height >= 1 && Number.isInteger(found.width * found.height));
			}),
			{ numRuns: 3000 },
		);
	});
});
