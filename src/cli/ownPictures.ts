import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { leadsOutLocally } from '../disk/localFiles';
import { neverSent } from '../documents/neverSent';
import { isWithin, relativePath } from '../documents/paths';
import { type ImageError, unsent } from '../domain/imageError';
import { formatOfName } from '../domain/imageFormat';
import { say } from '../domain/message';
import { notAnImage } from '../agents/toolPath';
import { largestFile, type SourceFile, tooLarge, unreadable } from '../generation/beginChange';
import { nameIn, pathOf, type Root } from './paths';

/** A picture of the root that may be sent. */
export interface OwnPicture extends SourceFile {
	/** See `Root`. */
	readonly path: string;
}

/** A picture that is named by a path from the root on, an absolute one, or a `file:` address; the error says why it is not read. */
export async function ownPicture(
	name: string,
	root: Root,
	ignore: readonly string[],
): Promise<OwnPicture | ImageError> {
	const local = localNamed(name, root);
	if (local === undefined || (await leadsOutLocally(local, [root.local]))) return outside(name);
	if (formatOfName(local) === undefined) return notAnImage(name);
	const real = pathOf(await realpath(local).catch(() => local));
	const ways = [pathOf(local), real]
		.filter((way) => isWithin(way, root.path))
		.map((way) => relativePath(root.path, way));
	if (ways.some(neverSent(ignore))) {
		return unsent('bad-input', say('{0} is not sent: limn.ignore or --ignore names it.', name));
	}
	const shown = nameIn(root, real);
	return { path: real, name: shown, read: async () => readPicture(local, shown) };
}

function localNamed(name: string, root: Root): string | undefined {
	try {
		return name.startsWith('file:') ? fileURLToPath(name) : path.resolve(root.local, name);
	} catch {
		return undefined;
	}
}

async function readPicture(local: string, name: string): Promise<Uint8Array | ImageError> {
	try {
		return (await stat(local)).size > largestFile ? tooLarge(name) : await readFile(local);
	} catch {
		return unreadable(name);
	}
}

function outside(name: string): ImageError {
	return unsent('bad-input', say('{0} is not inside the workspace, so it was not read. Name a picture inside.', name));
}
