import { convertIndexedToRgb, decode } from 'fast-png';
import type { Pixels } from './pixels';

/** The pixels of a PNG that Limn wrote, as 8-bit RGBA, at once. Throws where the file is no whole PNG. Files of others are for `decode`. */
export function decodePng(bytes: Uint8Array): Pixels {
	const png = decode(bytes);
	const indexed = png.palette !== undefined;
	const samples = indexed ? convertIndexedToRgb(png) : png.data;
	const channels = indexed ? samples.length / (png.width * png.height) : png.channels;
	const shift = !indexed && png.depth === 16 ? 8 : 0;
	const data = new Uint8Array(png.width * png.height * 4);
	for (let from = 0, to = 0; to < data.length; from += channels, to += 4) {
		const at = (channel: number) => (samples[from + channel] ?? 0) >> shift;
		const isGrey = channels < 3;
		data[to] = at(0);
		data[to + 1] = at(isGrey ? 0 : 1);
		data[to + 2] = at(isGrey ? 0 : 2);
		data[to + 3] = channels % 2 === 0 ? at(channels - 1) : 255;
	}
	return { width: png.width, height: png.height, data };
}
