import { createHash } from 'node:crypto';
import assert from 'node:assert/strict';
import path from 'node:path';
import { PNG } from 'pngjs';
import { Uri, workspace } from 'vscode';
import type { Rect, Size } from '../../src/domain/size';
import { encodePicture, type FileFormat } from '../servers/pictureFiles';
import type { Pixels } from '../../src/image/pixels';
import type { SavedImage } from './contract';
import { isInside, photo } from './photo';
import { bytesOf, folder } from './workspace';

/** Puts a photo into the first workspace folder, or into another one. */
export async function savePhoto(
	name: string,
	size: Size = { width: 640, height: 480 },
	format: FileFormat = 'png',
	base = folder(0),
): Promise<Uri> {
	return saveFile(name, await photoFile(size, format), base);
}

const photoFiles = new Map<string, Promise<Uint8Array>>();

/** Made once: most tests begin with the same one. */
async function photoFile(size: Size, format: FileFormat): Promise<Uint8Array> {
	const key = `${format} ${size.width}x${size.height}`;
	const making = photoFiles.get(key) ?? encodePicture(photo(size), format);
	photoFiles.set(key, making);
	return making;
}

export async function saveFile(name: string, bytes: Uint8Array, base = folder(0)): Promise<Uri> {
	const uri = Uri.file(path.join(base, name));
	await workspace.fs.writeFile(uri, bytes);
	return uri;
}

/** A mask that repaints what is in the rectangle. `clear`: by its alpha; `white`: by its brightness. */
export async function saveMask(name: string, size: Size, rect: Rect, marks: 'clear' | 'white'): Promise<Uri> {
	const png = new PNG(size);
	for (let pixel = 0; pixel < size.width * size.height; pixel++) {
		const inside = isInside(pixel % size.width, Math.floor(pixel / size.width), [rect]);
		const grey = marks === 'white' && inside ? 255 : 0;
		png.data.set([grey, grey, grey, marks === 'clear' && inside ? 0 : 255], pixel * 4);
	}
	return saveFile(name, PNG.sync.write(png));
}

/** A WebP of two frames: the container's chunks round those of a still one. */
export async function saveMovingWebp(name: string, size: Size): Promise<Uri> {
	const still = Buffer.from(await encodePicture(photo(size), 'webp'));
	const numbers = (...values: readonly (readonly [value: number, bytes: number])[]) =>
		Buffer.concat(values.map(([value, bytes]) => littleEndian(value, bytes)));
	const canvas = [[size.width - 1, 3] as const, [size.height - 1, 3] as const];
	const frame = chunk('ANMF', numbers([0, 3], [0, 3], ...canvas, [100, 3], [0, 1]), still.subarray(12));
	const isAnimated = 2;
	const header = chunk('VP8X', numbers([isAnimated, 1], [0, 3], ...canvas));
	const whole = Buffer.concat([Buffer.from('WEBP'), header, chunk('ANIM', numbers([0, 4], [0, 2])), frame, frame]);
	return saveFile(name, Buffer.concat([Buffer.from('RIFF'), littleEndian(whole.length, 4), whole]));
}

function chunk(type: string, ...content: readonly Buffer[]): Buffer {
	const length = content.reduce((sum, part) => sum + part.length, 0);
	return Buffer.concat([Buffer.from(type), littleEndian(length, 4), ...content, Buffer.alloc(length % 2)]);
}

function littleEndian(value: number, bytes: number): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntLE(value, 0, bytes);
	return buffer;
}

/** By somebody else's decoder. */
export async function pixelsOf(image: Pick<SavedImage, 'uri'>): Promise<Pixels> {
	const { width, height, data } = PNG.sync.read(await bytesOf(image));
	return { width, height, data };
}

/** A picture's identity (contract: `parent`). */
export async function idOf(uri: Uri): Promise<string> {
	const bytes = await workspace.fs.readFile(uri);
	return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** The one picture that came, in the size that is wanted. */
export async function onlyPicture(
	{ images, failures }: { readonly images: readonly SavedImage[]; readonly failures: readonly object[] },
	size: Size,
): Promise<{ image: SavedImage; pixels: Pixels }> {
	assert.deepEqual(failures, []);
	const [image] = images;
	assert.ok(image && images.length === 1);
	const pixels = await pixelsOf(image);
	assert.deepEqual(
		[pixels.width, pixels.height, image.width, image.height],
		[size.width, size.height, size.width, size.height],
	);
	return { image, pixels };
}
