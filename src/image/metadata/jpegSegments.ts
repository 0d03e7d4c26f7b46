import { joined, mostParts, viewOf } from './bytes';
import { hasExifPrefix } from './exif';

/** One segment of a JPEG's head. */
export interface JpegSegment {
	/** The second byte of the marker. */
	readonly marker: number;
	/** Without its length. */
	readonly data: Uint8Array;
	/** As it stands in the file, with marker and length. */
	readonly raw: Uint8Array;
}

/** A JPEG taken apart; the parts are views into its bytes. */
export interface Jpeg {
	readonly format: 'jpeg';
	/** Between the start of the image and its first scan. */
	readonly segments: readonly JpegSegment[];
	/** From the first scan to the end of the file, whatever is there. */
	readonly scans: Uint8Array;
}

export const app = (index: number): number => 0xe0 + index;
export const comment = 0xfe;
export const startOfScan = 0xda;
export const endOfImage = 0xd9;

/** The most bytes that a segment holds. */
export const mostData = 0xffff - 2;

/** The head of a JPEG; `undefined` where it is none, or broken before its first scan. */
export function readJpeg(bytes: Uint8Array): Jpeg | undefined {
	if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
	const segments: JpegSegment[] = [];
	let at = 2;
	while (segments.length < mostParts) {
		const segment = segmentAt(bytes, at);
		if (!segment || segment.marker === endOfImage) return undefined;
		if (segment.marker === startOfScan) return { format: 'jpeg', segments, scans: bytes.subarray(at) };
		segments.push(segment);
		at += segment.raw.length;
	}
	return undefined;
}

/** The segment whose marker starts there, fill bytes included; `undefined` where none does, or it is cut off. */
export function segmentAt(bytes: Uint8Array, start: number): JpegSegment | undefined {
	if (bytes[start] !== 0xff) return undefined;
	let at = start + 1;
	while (bytes[at] === 0xff) at++;
	const marker = bytes[at++];
	if (marker === undefined || marker === 0) return undefined;
	const raw = (end: number) => bytes.subarray(start, end);
	if (standsAlone(marker)) return { marker, data: bytes.subarray(at, at), raw: raw(at) };
	if (at + 2 > bytes.length) return undefined;
	const length = viewOf(bytes).getUint16(at);
	if (length < 2 || at + length > bytes.length) return undefined;
	return { marker, data: bytes.subarray(at + 2, at + length), raw: raw(at + length) };
}

/** Where the next marker is that does not belong into a scan, behind coded pixels and whatever else stands there; the end: nowhere. */
export function nextMarker(bytes: Uint8Array, start: number): number {
	for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1] ?? 0;
		if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
	}
	return bytes.length;
}

/** TEM, RSTn, SOI and EOI have no length. */
function standsAlone(marker: number): boolean {
	return marker === 1 || (marker >= 0xd0 && marker <= endOfImage);
}

/** A new segment of at most {@link mostData} bytes. */
export function jpegSegment(marker: number, data: Uint8Array): JpegSegment {
	const length = data.length + 2;
	const raw = joined([Uint8Array.of(0xff, marker, length >> 8, length & 255), data]);
	return { marker, data: raw.subarray(4), raw };
}

/** The same segments with others where metadata belongs: behind JFIF, and behind EXIF if that comes next. */
export function behindStart(segments: readonly JpegSegment[], others: readonly JpegSegment[]): readonly JpegSegment[] {
	const jfif = segments.findIndex(({ marker }) => marker !== app(0));
	const start = jfif === -1 ? segments.length : jfif;
	const at = isExif(segments[start]) ? start + 1 : start;
	return [...segments.slice(0, at), ...others, ...segments.slice(at)];
}

export function isExif(segment: JpegSegment | undefined): boolean {
	return segment?.marker === app(1) && hasExifPrefix(segment.data);
}

/** How many components a pixel has (1: grey, 3: colours, 4: CMYK), by the header of the frame; 0: there is none. */
export function componentsOf(segments: readonly JpegSegment[]): number {
	return segments.find(isFrame)?.data[5] ?? 0;
}

/** SOF0 to SOF15: how the picture is coded. Of the same numbers are DHT, JPG and DAC. */
export function isFrame({ marker }: JpegSegment): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
