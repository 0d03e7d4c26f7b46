import type { Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';
import { decodePicture } from './pictureFiles';
import { type Colour, colourOf, drawEdit, drawPicture, type EditHabits, isDrawable, lightArea } from './pictures';
import { codeName, wrong } from './runwareErrors';
import { type GivenImage, type Order, type Sides, wrongPixels } from './runwareOrder';
import { isUuid } from './runwareRules';
import type { Turn } from './turn';

/** Pictures by their UUID: uploads and results. */
export type Library = Map<string, Uint8Array>;

/** The pictures of an order, drawn. What cannot be read is refused before anything is drawn. */
export async function draw(order: Order, count: number, library: Library, turn: Turn): Promise<Pixels[]> {
	const read = async (image: GivenImage) => readImage(image, library, turn);
	const { source, mask, references } = order.images;
	const [first] = await Promise.all([...(source ? [source] : []), ...references].map(read));
	const maskPixels = mask && (await read(mask));
	const size = finalSize(order, first);
	if (!isDrawable(size)) throw wrongPixels('Too many pixels.');
	if (mask && maskPixels && first) checkMask(mask, maskPixels, first);
	const area = maskPixels && lightArea(maskPixels);
	return Array.from({ length: count }, (_, index) => {
		const colour = colourOf(order.prompt, index, Number(BigInt.asUintN(32, order.seed ?? 0n)));
		if (!first) return drawPicture(size, colour, order.isTransparent);
		if (order.outpaint) return extended(first, order.outpaint, colour, turn.habits);
		return drawEdit({ source: first, size, colour, area, habits: turn.habits });
	});
}

/** Final is what is asked for; with `outpaint` that must be the source and what is added to it. */
function finalSize({ size, outpaint, model }: Order, source: Size | undefined): Size {
	if (outpaint && source) {
		const { width, height } = larger(source, outpaint);
		if (size && (size.width !== width || size.height !== height)) {
			throw wrongPixels(`With these extensions the result is ${width}x${height}.`);
		}
		return { width, height };
	}
	if (size) return size;
	const own = source ?? { width: 1024, height: 1024 };
	return model.sizes.kind === 'list' ? nearest(model.sizes.sizes, own) : { width: own.width, height: own.height };
}

function larger({ width, height }: Size, { top, right, bottom, left }: Sides): Size {
	return { width: left + width + right, height: top + height + bottom };
}

/** By shape, for models that choose their own size after a reference. */
function nearest(sizes: readonly string[], { width, height }: Size): Size {
	const known = sizes.map((size) => size.split('x').map(Number)).map(([w = 1, h = 1]) => ({ width: w, height: h }));
	const distance = (size: Size) => Math.abs(Math.log((size.width * height) / (size.height * width)));
	return known.reduce((best, size) => (distance(size) < distance(best) ? size : best), known[0] ?? { width, height });
}

/** The source where it was, the colour around it. */
function extended(source: Pixels, sides: Sides, colour: Colour, habits: EditHabits): Pixels {
	const size = larger(source, sides);
	const canvas = drawPicture(size, colour);
	const marked = new Uint8Array(size.width * size.height).fill(1);
	for (let y = 0; y < source.height; y++) {
		const to = (y + sides.top) * size.width + sides.left;
		canvas.data.set(source.data.subarray(y * source.width * 4, (y + 1) * source.width * 4), to * 4);
		marked.fill(0, to, to + source.width);
	}
	return drawEdit({ source: canvas, size, colour, area: { ...size, marked }, habits });
}

function checkMask({ path }: GivenImage, mask: Size, source: Size): void {
	if (mask.width === source.width && mask.height === source.height) return;
	const sentence = `The mask is ${mask.width}x${mask.height}, its source ${source.width}x${source.height}.`;
	throw wrong(`invalid${codeName(path)}`, sentence, { parameter: path });
}

/** An image in any of the forms of the reference, *Uploading and passing images*. */
export async function readImage({ path, given }: GivenImage, library: Library, turn: Turn): Promise<Pixels> {
	const bytes = bytesOf(given, library, turn);
	const decoded = bytes && (await decodePicture(bytes));
	if (decoded) return decoded.pixels;
	const sentence = `'${path}' is no UUID of a stored image, no address, no data URI and no base64 of a PNG, JPG or WEBP.`;
	throw wrong(`invalid${codeName(path)}`, sentence, { parameter: path, type: 'string' });
}

/** No address beyond this machine is followed: only those of the emulator's own pictures. */
function bytesOf(given: string, library: Library, turn: Turn): Uint8Array | undefined {
	if (isUuid(given)) return library.get(given.toLowerCase());
	if (/^https?:/i.test(given)) return turn.published(given);
	const base64 = /^data:image\/[\w+.-]+;base64,(.*)$/is.exec(given)?.[1] ?? given;
	return /^[A-Za-z0-9+/]+=*$/.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}

/** Stored pictures have no side longer than 2048 pixels. */
export function stored(pixels: Pixels): Pixels {
	const longest = Math.max(pixels.width, pixels.height);
	if (longest <= 2048) return pixels;
	const scale = (edge: number) => Math.max(1, Math.round((edge * 2048) / longest));
	const size = { width: scale(pixels.width), height: scale(pixels.height) };
	const area = { ...size, marked: new Uint8Array(size.width * size.height) };
	return drawEdit({ source: pixels, size, colour: [0, 0, 0], area, habits: { perturbs: 'not' } });
}
