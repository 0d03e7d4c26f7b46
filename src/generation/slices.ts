import { createHash, type Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type Extended, type FileContent, PictureFile, pieceOf } from '../domain/picture';

/** Bytes that are read and hashed in a millisecond. */
const step = 2 ** 19;

/** Where they are for that time. One for all: no step is interrupted. */
const scratch = new Uint8Array(step);

/** In bytes: copied or hashed in a few milliseconds. */
export const slice = 4 * 1024 * 1024;

/** The SHA-256 of a file in hex. */
export async function digest(content: FileContent): Promise<string> {
	if (content instanceof Uint8Array) {
		const hash = createHash('sha256');
		await inSlices(content, (part) => hash.update(part));
		return hash.digest('hex');
	}
	const { picture, upTo, rest } = content instanceof PictureFile ? asExtended(content) : content;
	const hash = (await hashOfMost(picture)).copy();
	const most = lengthOfMost(picture);
	// What begins in another way is not made of pictures.
	if (upTo < most) throw new RangeError('A file has all of its picture but the end.');
	return hash
		.update(pieceOf(picture, most, upTo))
		.update(rest)
		.digest('hex');
}

/** Bytes at the end of a PNG that are others in a file which says where it comes from. */
const endSize = 12;

function asExtended(picture: PictureFile): Extended {
	const { length } = picture;
	const most = lengthOfMost(picture);
	return { picture, upTo: most, rest: pieceOf(picture, most, length) };
}

function lengthOfMost({ length }: PictureFile): number {
	return Math.max(0, length - endSize);
}

/** Of pictures that are here: the picture as it came and the file that is made of it are alike but for their ends. */
const hashes = new WeakMap<PictureFile, Promise<Hash>>();

async function hashOfMost(picture: PictureFile): Promise<Hash> {
	const known = hashes.get(picture) ?? hashMost(picture);
	hashes.set(picture, known);
	return known;
}

async function hashMost(picture: PictureFile): Promise<Hash> {
	const hash = createHash('sha256');
	const most = lengthOfMost(picture);
	for (let at = 0; at < most; at += step) {
		if (at > 0) await setImmediate();
		const part = scratch.subarray(0, most - at);
		picture.reader.look((readInto) => readInto(part, at));
		hash.update(part);
	}
	return hash;
}

/** The bytes of a file where the painter's thread sees them too. */
export async function shared(bytes: Uint8Array): Promise<Uint8Array> {
	const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
	await inSlices(bytes, (part, at) => copy.set(part, at));
	return copy;
}

/** A large file would hold up the editor: it has its turn between two slices. */
async function inSlices(bytes: Uint8Array, work: (part: Uint8Array, at: number) => void): Promise<void> {
	for (let at = 0; at < bytes.length; at += slice) {
		if (at > 0) await setImmediate();
		work(bytes.subarray(at, at + slice), at);
	}
}
