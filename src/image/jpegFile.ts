import type { Size } from '../domain/size';
import { viewOf } from './metadata/bytes';
import { orientationOf, tiffOf } from './metadata/exif';
import { endOfImage, isExif, isFrame, nextMarker, readJpeg, segmentAt, startOfScan } from './metadata/jpegSegments';

/** A JPEG as far as its picture goes. */
export interface JpegFile extends Size {
	/** Of a pixel. 1: grey; 3: colours; 4: CMYK, for print. */
	readonly components: number;
	/** How it is displayed, 1 to 8. */
	readonly orientation: number;
	/** From the first scan on. */
	readonly scans: Uint8Array;
}

/** `undefined`: no JPEG, or one without a size. The scans are not looked at. */
export function readJpegFile(bytes: Uint8Array): JpegFile | undefined {
	const jpeg = readJpeg(bytes);
	const frame = jpeg?.segments.find(isFrame);
	if (!jpeg || !frame || frame.data.length < 6) return undefined;
	const [height, width] = [viewOf(frame.data).getUint16(1), viewOf(frame.data).getUint16(3)];
	if (width === 0 || height === 0) return undefined;
	const exif = jpeg.segments.find(isExif);
	const orientation = exif ? orientationOf(tiffOf(exif.data)) : 1;
	return { width, height, components: frame.data[5] ?? 0, orientation, scans: jpeg.scans };
}

/** Scans of a progressive picture: encoders make some ten. */
const mostScans = 100;
/** Every scan goes over the whole picture, however few bytes it has. */
const mostWork = 2e9;

/**
 * Whether the scans of a JPEG are plausible for its size, by their markers alone: all there, not so many that decoding them takes
 * minutes, not so few bytes that there cannot be a picture in them.
 */
export function hasSaneScans({ width, height, scans }: JpegFile): boolean {
	const most = Math.min(mostScans, mostWork / (width * height));
	// At least one bit for each block of 8x8 pixels.
	if (scans.length * 8 < (width * height) / 64) return false;
	let count = 0;
	for (let at = 0; at < scans.length; at = nextMarker(scans, at)) {
		const segment = segmentAt(scans, at);
		if (segment?.marker === endOfImage) return true;
		if (!segment || (segment.marker === startOfScan && ++count > most)) return false;
		at += segment.raw.length;
	}
	return false;
}
