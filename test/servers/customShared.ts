import * as z from 'zod';
import type { Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';
import { decodePicture, encodePicture, type FileFormat } from './pictureFiles';
import { invalid } from './answer';
import { type Area, colourOf, drawEdit, drawPicture, isDrawable, lightArea } from './pictures';
import type { Upload } from './request';
import type { Turn } from './turn';

/** What the local servers read of a request. A form says numbers as text; what they do not know they pass over. */
export const commonFields = z.object({
	prompt: z.string().default(''),
	n: z.coerce.number().int().min(1).max(10).default(1),
	size: z.string().default(''),
	seed: z.coerce.number().int().optional().catch(undefined),
	model: z.string().optional(),
	response_format: z.string().optional(),
	output_format: z.string().optional(),
});

/** `undefined`: no `WxH`, which most servers pass over in silence. */
export function sizeIn(text: string): Size | undefined {
	const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
	return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

export interface Drawing {
	readonly prompt: string;
	readonly seed?: number | undefined;
	readonly n: number;
	readonly size: Size;
	readonly source?: Pixels | undefined;
	readonly mask?: Pixels | undefined;
	/** Where the mask wants the picture repainted: where it is white, unless told. */
	readonly areaIn?: (mask: Pixels) => Area;
	readonly format?: FileFormat;
}

/** Does the work. */
export async function drawn(turn: Turn, drawing: Drawing): Promise<readonly Uint8Array[]> {
	const { prompt, seed, n, size, source, mask, areaIn = lightArea, format = 'png' } = drawing;
	if (!isDrawable(size)) throw invalid('invalid params: size', null);
	const area = mask && areaIn(mask);
	const pictures = Array.from({ length: n }, (_, index) => {
		const colour = colourOf(prompt, index, seed);
		return source ? drawEdit({ source, size, colour, area, habits: turn.habits }) : drawPicture(size, colour);
	});
	return turn.work(async () => Promise.all(pictures.map(async (pixels) => encodePicture(pixels, format))));
}

export async function pixelsOf(upload: Upload | undefined): Promise<Pixels | undefined> {
	return upload && (await decodePicture(upload.bytes))?.pixels;
}

export function now(): number {
	return Math.floor(Date.now() / 1000);
}
