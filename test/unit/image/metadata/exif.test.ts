import assert from 'node:assert/strict';
import { load } from 'exifreader';
import * as fc from 'fast-check';
import { joined, latin1, latin1Text } from '../../../../src/image/metadata/bytes';
import { commentsOf, orientationOf, readExif, tiffOf } from '../../../../src/image/metadata/exif';
import { commentBlock, orientationBlock, withComment } from '../../../../src/image/metadata/exifWrite';
import { number, tiffBlock, tiffEntry } from './pictures';

const bothOrders = [true, false];

/** What another program reads in a block. */
function read(tiff: Uint8Array) {
	return { exif: load(Buffer.from(tiff), { expanded: true }).exif ?? {} };
}

/** A block with what a camera writes: a directory of the picture's own with a maker's note, and one for the preview. */
function rich(little: boolean): Uint8Array {
	const entry = (tag: number, type: number, count: number, value: number, size: 2 | 4 = 4) =>
		tiffEntry(tag, type, count, number(value, size, little), little);
	const directory = (next: number, ...entries: readonly Uint8Array[]) =>
		joined([number(entries.length, 2, little), ...entries, number(next, 4, little)]);
	const block = joined([
		latin1(little ? 'II*\0' : 'MM\0*'),
		number(8, 4, little),
		directory(116, entry(0x0112, 3, 1, 6, 2), entry(0x011a, 5, 1, 100), entry(0x8769, 4, 1, 50)),
		directory(0, entry(0x9003, 2, 20, 80), entry(0x927c, 7, 8, 108)),
		latin1('2026:11:21 10:00:00\0'),
		number(72, 4, little),
		number(1, 4, little),
		latin1('the note'),
		directory(0, entry(0x0112, 3, 1, 3, 2)),
	]);
	return block;
}

/** An entry that says how a picture is turned. */
function turned(value: number, type = 3, count = 1): Uint8Array {
	return tiffEntry(0x0112, type, count, number(value, type === 4 ? 4 : 2));
}

/** A block that says how many entries it has, and ends behind those that come. */
function cutBlock(count: number, ...entries: readonly Uint8Array[]): Uint8Array {
	return joined([latin1('MM\0*'), number(8, 4), number(count, 2), ...entries]);
}

/** A directory with a comment of so many bytes there. */
function commentAt(count: number, at: number): Uint8Array {
	return tiffBlock([tiffEntry(0x9286, 7, count, number(at, 4))]).subarray(8);
}

/** A block whose first directory names the one at its end. */
function blockWith(directory: Uint8Array): Uint8Array {
	return tiffBlock([tiffEntry(0x8769, 4, 1, number(26, 4))], directory);
}

describe('EXIF', () => {
	it('says how a picture is turned', () => {
		for (let orientation = 2; orientation <= 8; orientation++) {
			const block = orientationBlock(orientation);
			assert.equal(orientationOf(block), orientation);
			assert.equal(read(block).exif.Orientation?.value, orientation);
		}
		assert.equal(orientationOf(latin1('nonsense')), 1);
	});

	it('says how a picture is turned in a block that is broken elsewhere, as browsers have it', () => {
		const elsewhere = tiffEntry(0x8769, 4, 1, number(99_999, 4));
		const other = tiffEntry(0x010f, 2, 4, latin1('xyz\0'));
		for (const block of [
			tiffBlock([turned(6), elsewhere]),
			tiffBlock([elsewhere, turned(6)]),
			cutBlock(1, turned(6)),
			cutBlock(9, turned(6)),
			cutBlock(2, turned(6), other.subarray(0, 5)),
			tiffBlock([turned(6), turned(3)]),
			// What has another type, another count or another value is none.
			tiffBlock([turned(3, 4), turned(6)]),
			tiffBlock([turned(3, 3, 2), turned(6)]),
			tiffBlock([turned(9), turned(0), turned(6)]),
		]) {
			assert.equal(orientationOf(block), 6);
		}
		for (const block of [
			tiffBlock([turned(6, 4)]),
			tiffBlock([turned(6, 1)]),
			tiffBlock([turned(6, 3, 2)]),
			tiffBlock([turned(6, 3, 0)]),
			tiffBlock([turned(9)]),
			cutBlock(1, turned(6)).subarray(0, -1),
			cutBlock(2, other, turned(6).subarray(0, 11)),
			cutBlock(0, turned(6)),
		]) {
			assert.equal(orientationOf(block), 1);
		}
	});

	it('has a word in front of the block, whose last byte is of no matter', () => {
		const block = orientationBlock(6);
		for (const prefix of ['', 'Exif\0\0', 'Exif\0\x01', 'Exif\0\xff'])
			assert.deepEqual(tiffOf(joined([latin1(prefix), block])), block);
		for (const text of ['exif\0\0', 'Exif\x01\0', 'Exif\0']) assert.deepEqual(tiffOf(latin1(text)), latin1(text));
	});

	it('holds any comment', () => {
		const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/\0$|^[\ufeff\ufffe]/.test(value));
		fc.assert(
			fc.property(text, (comment) => {
				const block = commentBlock(comment);
				assert.equal(commentsOf(block)[0], comment);
				assert.deepEqual(withComment(block, comment), block);
				assert.deepEqual(withComment(commentBlock('other'), comment), block);
			}),
		);
	});

	it('takes a comment into a block of either order, and moves nothing', () => {
		for (const little of bothOrders) {
			const block = rich(little);
			const longer = withComment(block, 'ein Füchschen');
			assert.ok(longer);
			for (const { exif } of [read(block), read(longer)]) {
				assert.equal(exif.DateTimeOriginal?.description, '2026:11:21 10:00:00');
				assert.equal(exif.Orientation?.value, 6);
				assert.deepEqual(exif.XResolution?.value, [72, 1]);
			}
			assert.equal(commentsOf(longer)[0], 'ein Füchschen');
			assert.deepEqual(longer.subarray(0, 42), block.subarray(0, 42));
			assert.deepEqual(longer.subarray(46, block.length), block.subarray(46), 'all but the pointer to the directory');
		}
	});

	it('gets a directory of its own for the comment where it has none, and keeps the preview', () => {
		for (const little of bothOrders) {
			const block = tiffBlock([tiffEntry(0x0112, 3, 1, number(6, 2, little), little)], latin1('odd'), little);
			block.set(number(1234, 4, little), 22);
			const longer = withComment(block, 'x') ?? new Uint8Array();
			assert.equal(commentsOf(longer)[0], 'x');
			const first = readExif(longer)?.first;
			assert.deepEqual(
				first?.entries.map(({ tag }) => tag),
				[0x0112, 0x8769],
			);
			assert.ok(first.at % 2 === 0 && first.at > block.length);
			assert.deepEqual(longer.subarray(first.end - 4, first.end), number(1234, 4, little));
			assert.equal(orientationOf(longer), 6);
			assert.deepEqual(longer.subarray(8, block.length), block.subarray(8));
		}
	});

	it('takes another comment in the place of one, and grows no further', () => {
		for (const little of bothOrders) {
			const first = withComment(rich(little), 'a first one that is long') ?? new Uint8Array();
			const second = withComment(first, 'short') ?? new Uint8Array();
			assert.ok(second.length < first.length);
			assert.ok(!latin1Text(second).includes('first'));
			assert.deepEqual(withComment(second, 'a first one that is long'), first);
		}
	});

	it('wipes a comment that stands in the middle, or in the entry itself', () => {
		const comment = latin1('ASCII\0\0\0secret');
		const own = tiffBlock([tiffEntry(0x9286, 7, comment.length, number(44, 4))], comment).subarray(8);
		const middle = tiffBlock([tiffEntry(0x8769, 4, 1, number(26, 4))], joined([own, latin1('behind')]));
		const changed = withComment(middle, 'new') ?? new Uint8Array();
		assert.ok(!latin1Text(changed).includes('secret'));
		assert.ok(latin1Text(changed).includes('behind'));
		assert.equal(commentsOf(changed)[0], 'new');
		const short = tiffBlock([tiffEntry(0x9286, 7, 3, latin1('abc'))]).subarray(8);
		const inside = tiffBlock([tiffEntry(0x8769, 4, 1, number(26, 4))], short);
		assert.deepEqual(commentsOf(inside), ['abc']);
		assert.equal(commentsOf(withComment(inside, 'new') ?? inside)[0], 'new');
	});

	it('is not written into where it is broken', () => {
		for (const broken of [
			blockWith(commentAt(10, 1000)),
			blockWith(commentAt(10, 0)),
			blockWith(commentAt(30, 10)),
			blockWith(commentAt(0xffffffff, 8)),
			blockWith(new Uint8Array()),
			tiffBlock([tiffEntry(0x8769, 4, 1, number(2, 4))]),
			latin1('II*\0\xff\xff\xff\xff\0\0\0\0\0\0'),
			latin1('MM\0*\0\0\0\0\0\0\0\0\0\0'),
			new Uint8Array(),
		]) {
			assert.equal(withComment(broken, 'new'), undefined);
		}
	});

	it('is never too much, nor throws', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, little) => {
				const tiff = joined([latin1(little ? 'II*\0\x08\0\0\0' : 'MM\0*\0\0\0\x08'), bytes]);
				readExif(tiff);
				commentsOf(tiff);
				orientationOf(tiff);
				const changed = withComment(tiff, 'x');
				if (changed) assert.ok(changed.length < tiff.length * 2 + 100);
			}),
			{ numRuns: 2000 },
		);
	});
});
