import { type Uri, workspace } from 'vscode';
import { type PaintedMask, paintedRects } from '../canvas/paintedMask';
import type { ImageError } from '../domain/imageError';
import {
	type Begun,
	beginChange,
	type Change as ChangeOf,
	largestFile,
	type SourceFile,
	tooLarge,
	unreadable,
} from '../generation/beginChange';
import type { PainterThread } from '../generation/painterThread';
import { refusalOfFiles } from './ignoredFiles';

/** What is to be done to which picture. */
export type Change = ChangeOf<Uri>;

type Edit = Extract<Change, { operation: 'edit' }>;

/** What selects a part of a picture. */
export type Mask = NonNullable<Edit['mask']>;

/** A mask as what was painted. `undefined`: it is a file. */
export function paintedOf(mask: Mask): PaintedMask | undefined {
	if (isFile(mask)) return undefined;
	return 'strokes' in mask ? mask : paintedRects(mask);
}

/** Begins a change, unless a file of it is never sent. */
export async function begin(change: Change, painter: PainterThread): Promise<Begun | ImageError> {
	return (await refusalOfFiles(filesOf(change))) ?? beginChange(withSources(change), painter);
}

function filesOf(change: Change): readonly Uri[] {
	if (change.operation !== 'edit') return [change.image];
	const { image, mask, markup, references = [] } = change;
	return [image, ...(mask && isFile(mask) ? [mask] : []), ...(markup ? [markup] : []), ...references];
}

function withSources(change: Change): ChangeOf<SourceFile> {
	const image = sourceOf(change.image);
	if (change.operation !== 'edit') return { ...change, image };
	const { mask, markup, references } = change;
	return {
		operation: 'edit',
		image,
		mask: mask && isFile(mask) ? sourceOf(mask) : mask,
		markup: markup && sourceOf(markup),
		references: references?.map(sourceOf),
	};
}

function isFile(mask: Mask): mask is Uri {
	return 'scheme' in mask;
}

function sourceOf(file: Uri): SourceFile {
	return { name: nameOf(file), read: async () => readImage(file) };
}

/** The bytes of a picture's file; the error says that it is not there, or too large. */
export async function readImage(file: Uri): Promise<Uint8Array | ImageError> {
	try {
		const { size } = await workspace.fs.stat(file);
		return size > largestFile ? tooLarge(nameOf(file)) : await workspace.fs.readFile(file);
	} catch {
		return unreadable(nameOf(file));
	}
}

function nameOf(file: Uri): string {
	return workspace.asRelativePath(file);
}
