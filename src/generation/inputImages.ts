import type { AlterPlan } from '../catalogue/alterPlan';
import { sizeToLookAt } from '../catalogue/sizeToLookAt';
import type { Patch } from '../catalogue/patch';
import { type Message, say } from '../domain/message';
import type { Codecs } from '../image/codecs';
import { decode, UndecodableError } from '../image/decode';
import { encode } from '../image/encode';
import { framed } from '../image/frame';
import { inspect } from '../image/inspect';
import { withColoursOf } from '../image/metadata/colours';
import { stripped } from '../image/metadata/stripped';
import type { Pixels } from '../image/pixels';
import type { InputImage } from '../providers/provider';

/** The file itself, without what it says of its maker; `undefined` where its pixels have to be others than those in it. */
export function asItIs(bytes: Uint8Array, { part, size }: Patch): InputImage | undefined {
	const header = inspect(bytes);
	if (!header || header.orientation !== 1 || header.depth !== 8 || header.frames === 'many') return undefined;
	const isWhole = [part, size].every(({ width, height }) => width === header.width && height === header.height);
	const bare = isWhole ? stripped(bytes, { orientation: 'dropped' }) : undefined;
	return bare && { bytes: bare, format: header.format };
}

/** As a PNG that says what colours its pixels are, as the file did that they are from. */
export async function withItsColours(file: Uint8Array, pixels: Pixels, codecs: Codecs): Promise<InputImage> {
	const image = await pngOf(pixels, codecs);
	return { ...image, bytes: withColoursOf(file, image.bytes, codecs) ?? image.bytes };
}

export async function pngOf(pixels: Pixels, codecs: Codecs): Promise<InputImage> {
	return { bytes: await encode(pixels, 'png', codecs), format: 'png' };
}

/** `undefined`: the file is damaged. */
export async function readIfSound(bytes: Uint8Array, codecs: Codecs): Promise<Pixels | undefined> {
	try {
		return await decode(bytes, codecs);
	} catch (error) {
		if (error instanceof UndecodableError) return undefined;
		throw error;
	}
}

/** The pictures that the prompt speaks of, in their order: whole, and no larger than is of use. One after the other: each is large while it is decoded. */
export async function referenceImages(
	files: readonly Uint8Array[],
	{ anyFormat, mostBytes = Infinity }: Pick<AlterPlan, 'anyFormat' | 'mostBytes'>,
	codecs: Codecs,
): Promise<readonly InputImage[] | { problem: Message }> {
	const images: InputImage[] = [];
	for (const file of files) {
		const number = images.length + 1;
		const image = await lookedAt(file, anyFormat, codecs);
		if (!image) {
			return { problem: say('The reference {0} cannot be read: its file is damaged. Choose another one.', number) };
		}
		if (image.bytes.length > mostBytes) return { problem: tooHeavy(number, image, mostBytes) };
		images.push(image);
	}
	return images;
}

async function lookedAt(file: Uint8Array, anyFormat: boolean, codecs: Codecs): Promise<InputImage | undefined> {
	const pixels = await readIfSound(file, codecs);
	if (!pixels) return undefined;
	const { width, height } = pixels;
	const patch = { part: { x: 0, y: 0, width, height }, size: sizeToLookAt(pixels) };
	const itself = anyFormat ? asItIs(file, patch) : undefined;
	return itself ?? withItsColours(file, framed(pixels, patch.part, patch.size), codecs);
}

function tooHeavy(number: number, { bytes }: InputImage, mostBytes: number): Message {
	return say(
		'The reference {0} would be sent with {1} MB, and this model takes {2}. Leave it out, or choose another model.',
		number,
		megabytes(bytes.length),
		megabytes(mostBytes),
	);
}

/** With one digit after the point. */
export function megabytes(bytes: number): number {
	return Math.round(bytes / 1e5) / 10;
}
