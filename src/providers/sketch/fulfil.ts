import type { Codecs } from '../../image/codecs';
import type { Pixels } from '../../image/pixels';
import { readPngFile } from '../../image/pngFile';
import { pngPixels } from '../../image/pngPixels';
import type { InputImage, PaintOrder, Task } from '../provider';
import { expand, repaint, vary } from './alter';
import { paint, type SketchOrder, sketchStyles } from './paint';

type Unpacking = Pick<Codecs, 'inflate'>;

/** Paints what was ordered. Takes a fraction of a second a megapixel: for the painter thread, not for the editor's. */
export function fulfil({ task, style: wanted, prompt, size, seed }: PaintOrder, codecs: Unpacking): Pixels {
	const style = sketchStyles.find((name) => name === wanted);
	const order = { prompt, size, seed, ...(style && { style }) };
	switch (task.operation) {
		case 'generate':
			return paint(order);
		case 'edit':
			return edit(task, order, codecs);
		case 'expand':
			return expand(decode(task.image, codecs), task.margins, order);
		case 'vary':
			return vary(decode(task.image, codecs), task.strength, order);
	}
}

/** Without a mask the whole picture is repainted. */
function edit({ images, mask }: Extract<Task, { operation: 'edit' }>, order: SketchOrder, codecs: Unpacking): Pixels {
	const [first] = images;
	if (!first) throw new Error('An edit has no picture.');
	const source = decode(first, codecs);
	const repainted = mask ? holesOf(decode(mask, codecs)) : new Uint8Array(source.width * source.height).fill(255);
	return repaint(source, repainted, order);
}

/** One byte a pixel, 255 where the mask is transparent. */
function holesOf({ data }: Pixels): Uint8Array {
	return Uint8Array.from({ length: data.length / 4 }, (_, pixel) => 255 - (data[pixel * 4 + 3] ?? 255));
}

/** What goes out to the sketch are PNGs that the painter thread wrote itself: plain ones, and whole. */
function decode({ bytes }: InputImage, codecs: Unpacking): Pixels {
	const file = readPngFile(bytes);
	const pixels = file && pngPixels(file, codecs);
	if (!pixels) throw new Error('Sketch takes PNGs.');
	return pixels;
}
