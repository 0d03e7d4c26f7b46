import { readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PictureFile } from '../../src/domain/picture';

/** How a picture was reached. */
export interface Reached {
	/** Bytes that were read of it in pieces. */
	pieces: number;
	/** How often it was read as a whole. */
	wholes: number;
	isReleased: boolean;
}

/** A picture as if it lay in a file, and how it is reached. */
export function pictureFile(
	bytes: Uint8Array,
	path = 'no file',
): { readonly picture: PictureFile; readonly reached: Reached } {
	const reached: Reached = { pieces: 0, wholes: 0, isReleased: false };
	const picture = new PictureFile(path, bytes.length, {
		look: (work) =>
			work((target, from) => {
				if (target.length > 0 && from + target.length > bytes.length)
					throw new RangeError(`${from} + ${target.length}`);
				target.set(bytes.subarray(from, from + target.length));
				reached.pieces += target.length;
			}),
		read: async () => {
			reached.wholes++;
			return new Uint8Array(bytes);
		},
		release: () => (reached.isReleased = true),
	});
	return { picture, reached };
}

/** The picture that lies there. */
export function pictureAt(path: string): PictureFile {
	const all = readFileSync(path);
	return new PictureFile(path, all.length, {
		look: (work) => work((target, from) => target.set(readFileSync(path).subarray(from, from + target.length))),
		read: async () => readFile(path),
		release: () => rmSync(path, { force: true }),
	});
}
