import { joined, startsWith, viewOf } from './bytes';
import { app, type Jpeg, type JpegSegment, jpegSegment } from './jpegSegments';

/** The file again with another head. The pictures behind it (MPF) are where the head says that they are. */
export function writeJpeg(before: Jpeg, segments: readonly JpegSegment[]): Uint8Array {
	const head = followed(before.segments, segments).map(({ raw }) => raw);
	return joined([Uint8Array.of(0xff, 0xd8), ...head, before.scans]);
}

const entriesTag = 0xb002;
const entrySize = 16;

/**
 * The segments as they are after a change. A JPEG with more pictures behind the first one (MPF, CIPA DC-007: previews, gain maps)
 * names the size of the first, and the others by their distance from the segment that lists them: both move with the head.
 */
function followed(before: readonly JpegSegment[], after: readonly JpegSegment[]): readonly JpegSegment[] {
	const index = after.findIndex(({ marker, data }) => marker === app(2) && startsWith(data, 'MPF\0'));
	const list = after[index];
	const was = before.findIndex((segment) => segment === list);
	if (!list || was === -1) return after;
	const grown = sizeOf(after) - sizeOf(before);
	const moved = sizeOf(after.slice(index)) - sizeOf(before.slice(was));
	return grown === 0 && moved === 0 ? after : after.with(index, relisted(list, grown, moved));
}

function sizeOf(segments: readonly JpegSegment[]): number {
	return segments.reduce((sum, { raw }) => sum + raw.length, 0);
}

function relisted(list: JpegSegment, grown: number, moved: number): JpegSegment {
	const segment = jpegSegment(list.marker, list.data);
	const tiff = viewOf(segment.data.subarray(4));
	const entries = findEntries(tiff);
	if (!entries) return list;
	const { little, start, count } = entries;
	for (let index = 0; index < count; index++) {
		const [at, change] = index === 0 ? [start + 4, grown] : [start + index * entrySize + 8, moved];
		const value = tiff.getUint32(at, little);
		// An offset of 0 is the first picture's, or nobody's.
		if (value !== 0) tiff.setUint32(at, value + change, little);
	}
	return segment;
}

/** Where the list of pictures is in a block of TIFF; `undefined` where it is broken. */
function findEntries(tiff: DataView): { little: boolean; start: number; count: number } | undefined {
	if (tiff.byteLength < 8) return undefined;
	const little = tiff.getUint16(0) === 0x4949;
	const ifd = tiff.getUint32(4, little);
	if (ifd + 2 > tiff.byteLength) return undefined;
	const tags = tiff.getUint16(ifd, little);
	for (let at = ifd + 2; at < ifd + 2 + tags * 12 && at + 12 <= tiff.byteLength; at += 12) {
		if (tiff.getUint16(at, little) !== entriesTag) continue;
		const [length, start] = [tiff.getUint32(at + 4, little), tiff.getUint32(at + 8, little)];
		return start + length > tiff.byteLength ? undefined : { little, start, count: Math.floor(length / entrySize) };
	}
	return undefined;
}
