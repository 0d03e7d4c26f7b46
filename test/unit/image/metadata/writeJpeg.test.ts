import assert from 'node:assert/strict';
import { joined, latin1, utf8Text } from '../../../../src/image/metadata/bytes';
import { embed } from '../../../../src/image/metadata/embed';
import { readJpeg } from '../../../../src/image/metadata/jpegSegments';
import { embedded, number, painted, recordOf, tiffBlock, tiffEntry, withSegments } from './pictures';

/** Where offsets in the list of pictures count from. */
function startOfList(bytes: Uint8Array): number {
	return Buffer.from(bytes).indexOf('MPF\0') + 4;
}

function valueAt(bytes: Uint8Array, at: number, little: boolean): number {
	return new DataView(bytes.buffer, bytes.byteOffset).getUint32(startOfList(bytes) + at, little);
}

function sizeOfFirst(bytes: Uint8Array, little: boolean): number {
	return valueAt(bytes, 26 + 4, little);
}

function second(bytes: Uint8Array, little: boolean): Uint8Array {
	return bytes.subarray(startOfList(bytes) + valueAt(bytes, 26 + 16 + 8, little));
}

describe('a JPEG with more pictures behind it', () => {
	const files = painted();

	it('still says where they are', () => {
		for (const little of [true, false]) {
			for (const isXmpBehind of [false, true]) {
				const file = several(little, isXmpBehind);
				assert.deepEqual(second(file, little), files().jpeg);
				const bytes = embedded(file, recordOf());
				assert.deepEqual(second(bytes, little), files().jpeg);
				assert.equal(sizeOfFirst(bytes, little), bytes.length - files().jpeg.length);
				assert.deepEqual(embed(bytes, recordOf()), bytes);
			}
		}
	});

	it('keeps a list that is broken', () => {
		for (const list of ['MPF\0', 'MPF\0II*\0\xff\0\0\0', 'MPF\0II*\0\x08\0\0\0\x09\0', 'MPF\0nonsense nonsense']) {
			const file = withSegments(files().jpeg, [0xe2, latin1(list)]);
			assert.ok(
				readJpeg(embedded(file, recordOf()))?.segments.some(({ data }) => utf8Text(data) === utf8Text(latin1(list))),
			);
		}
	});

	/** Two pictures in one file; old XMP in front of the list, or behind it. */
	function several(little: boolean, isXmpBehind: boolean): Uint8Array {
		const xmp = [0xe1, latin1('http://ns.adobe.com/xap/1.0/\0<old/>')] as const;
		const parts = (size: number, offset: number) => {
			const list = [0xe2, joined([latin1('MPF\0'), listOf(size, offset, little)])] as const;
			return withSegments(files().jpeg, ...(isXmpBehind ? [list, xmp] : [xmp, list]));
		};
		const { length } = parts(0, 0);
		const first = parts(length, length - startOfList(parts(0, 0)));
		return joined([first, files().jpeg]);
	}

	/** Two entries of 16 bytes: attributes, size, offset, and two more. */
	function listOf(size: number, offset: number, little: boolean): Uint8Array {
		const entry = (...values: readonly number[]) => joined(values.map((value) => number(value, 4, little)));
		const entries = joined([entry(0x20030000, size, 0, 0), entry(0, files().jpeg.length, offset, 0)]);
		return tiffBlock([tiffEntry(0xb002, 7, 32, number(26, 4, little), little)], entries, little);
	}
});
