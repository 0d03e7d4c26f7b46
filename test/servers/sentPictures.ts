import type { Size } from '../../src/domain/size';
import { decodePicture } from './pictureFiles';
import { type Received, uploads } from './request';

/** The sizes of the pictures of a request, in their order, however its dialect says them; masks are none. */
export async function sentSizes({ form, json }: Received): Promise<readonly Size[]> {
	const files = form ? uploads(form, 'image').map(({ bytes }) => bytes) : dataIn(json);
	return Promise.all(files.map(sizeOf));
}

async function sizeOf(file: Uint8Array): Promise<Size> {
	const picture = await decodePicture(file);
	if (!picture) throw new Error('What was sent is no picture.');
	const { width, height } = picture.pixels;
	return { width, height };
}

/** The pictures in a body, as data URLs. */
function dataIn(value: unknown): Uint8Array[] {
	if (typeof value === 'string') {
		const [, base64] = /^data:image\/[^,]*;base64,(.*)$/s.exec(value) ?? [];
		return base64 === undefined ? [] : [Buffer.from(base64, 'base64')];
	}
	if (Array.isArray(value)) return value.flatMap(dataIn);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, child]) => (/mask/i.test(name) ? [] : dataIn(child)));
}
