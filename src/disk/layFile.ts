import { constants, type Stats } from 'node:fs';
import { copyFile, type FileHandle, link, open, stat, unlink } from 'node:fs/promises';
import { type Extended, type FileContent, PictureFile } from '../domain/picture';
import { codeOf } from './systemError';

/**
 * Puts a picture's file where there is none, open to whoever a new file there is open to. Its bytes are copied only where they must be: where
 * nobody else has the picture's own file, that one becomes it, and is written on at its end. Not yet on the disk to stay: see `finish`.
 */
export async function layFile(
	target: string,
	content: FileContent,
	finish: (handle: FileHandle) => Promise<void> = async () => undefined,
): Promise<void> {
	const fresh = await open(target, 'wx');
	if (content instanceof Uint8Array) {
		await closing(fresh, async () => {
			await fresh.writeFile(content);
			await finish(fresh);
		});
		return;
	}
	const like = await closing(fresh, async () => fresh.stat());
	const { picture, upTo, rest } = content instanceof PictureFile ? asItIs(content) : content;
	await moveOrCopy(picture.path, target, like);
	const handle = await open(target, 'r+');
	await closing(handle, async () => {
		await handle.chmod(like.mode & 0o7777);
		await writeAll(handle, rest, upTo);
		await finish(handle);
	});
}

/** A disk that is nearly full takes a part, and says what is wrong only when it is given the rest. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
	for (let done = 0; done < bytes.length;)
		done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

/** Gives a file a second name, in a folder of Limn's own; another file of the same bytes where that cannot be. */
export async function linkOrCopy(source: string, target: string): Promise<void> {
	try {
		await link(source, target);
	} catch (error) {
		if (!linkless.has(codeOf(error) ?? '')) throw error;
		await copyFile(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
	}
}

/** What file systems without hard links (FAT, some network drives) answer. */
export const linkless: ReadonlySet<string> = new Set([
	'EPERM',
	'ENOTSUP',
	'EOPNOTSUPP',
	'ENOSYS',
	'EXDEV',
	'EMLINK',
	'EINVAL',
]);

/** `like`: what a new file of this place is. */
async function moveOrCopy(source: string, target: string, like: Stats): Promise<void> {
	const own = await stat(source);
	const mayMove = own.nlink === 1 && own.dev === like.dev && own.uid === like.uid && own.gid === like.gid;
	if (mayMove) {
		await unlink(target);
		await linkOrCopy(source, target);
	} else await copyFile(source, target, constants.COPYFILE_FICLONE);
}

function asItIs(picture: PictureFile): Extended {
	return { picture, upTo: picture.length, rest: new Uint8Array() };
}

async function closing<T>(handle: FileHandle, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} finally {
		await handle.close();
	}
}
