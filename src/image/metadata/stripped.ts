import { inspect } from '../inspect';
import { joined, latin1, startsWith } from './bytes';
import { readContainer } from './container';
import { exifPrefix } from './exif';
import { orientationBlock } from './exifWrite';
import {
	app,
	behindStart,
	comment,
	endOfImage,
	type Jpeg,
	jpegSegment,
	type JpegSegment,
	nextMarker,
	segmentAt,
	startOfScan,
} from './jpegSegments';
import { behindHeader, type Png, pngChunk, writePng } from './pngChunks';
import { isProfileSegment } from './profile';
import { extended, readChunks, type Webp, webpChunk, type WebpChunk, writeWebp } from './webpChunks';

/**
 * The same picture without a word about it: no XMP, EXIF, text, IPTC, comment, Content Credentials, time, preview, and nothing
 * behind its end. Only what is known to be needed stays: pixels, colours (profile, gamma, palette, transparency), animation, the
 * density of pixels, and how it is turned for display, if it is (see {@link inspect}); with `orientation: 'dropped'` not that
 * either, and so nothing of EXIF. `undefined`: a broken file, or a format that is not written.
 */
export function stripped(
	bytes: Uint8Array,
	{ orientation = 'kept' }: { readonly orientation?: 'kept' | 'dropped' } = {},
): Uint8Array | undefined {
	const file = readContainer(bytes);
	if (!file) return undefined;
	const turned = orientation === 'kept' ? (inspect(bytes)?.orientation ?? 1) : 1;
	const exif = turned === 1 ? undefined : orientationBlock(turned);
	switch (file.format) {
		case 'png':
			return strippedPng(file, exif);
		case 'jpeg':
			return strippedJpeg(file, exif);
		case 'webp':
			return strippedWebp(file);
	}
}

/** What a PNG needs besides the chunks that no decoder may leave out (their first letter is a capital). */
const neededChunks: ReadonlySet<string> = new Set(
	'tRNS gAMA cHRM iCCP sRGB sBIT cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

function strippedPng({ chunks }: Png, exif: Uint8Array | undefined): Uint8Array {
	const kept = chunks.filter(({ type }) => /^[A-Z]/.test(type) || neededChunks.has(type));
	return writePng(behindHeader(kept, exif ? [pngChunk('eXIf', exif)] : []));
}

function strippedJpeg({ segments, scans }: Jpeg, exif: Uint8Array | undefined): Uint8Array | undefined {
	const kept = segments.flatMap(bare);
	const head = behindStart(kept, exif ? [jpegSegment(app(1), joined([latin1(exifPrefix), exif]))] : []);
	const rest = strippedScans(scans);
	return rest && joined([Uint8Array.of(0xff, 0xd8), ...head.map(({ raw }) => raw), ...rest]);
}

/** A segment that stays, or none. */
function bare(segment: JpegSegment): readonly JpegSegment[] {
	const { marker, data } = segment;
	// The preview in it is left out.
	if (marker === app(0) && startsWith(data, 'JFIF\0') && data.length >= 14)
		return [jpegSegment(marker, joined([data.subarray(0, 12), new Uint8Array(2)]))];
	// Says how colours are coded.
	if (marker === app(14) && startsWith(data, 'Adobe')) return [jpegSegment(marker, data.subarray(0, 12))];
	return isAside(marker) && !isProfileSegment(segment) ? [] : [segment];
}

/** Whether a segment is for programs of their own: APPn, or a comment. */
function isAside(marker: number): boolean {
	return (marker >= app(0) && marker <= app(15)) || marker === comment;
}

/** The scans and the tables between them, as far as the end of the image. A file that is cut off within a scan has no end. */
function strippedScans(scans: Uint8Array): readonly Uint8Array[] | undefined {
	const parts: Uint8Array[] = [];
	for (let at = 0; at < scans.length;) {
		const segment = segmentAt(scans, at);
		if (!segment) return undefined;
		at += segment.raw.length;
		if (!isAside(segment.marker)) parts.push(segment.raw);
		if (segment.marker === endOfImage) return parts;
		if (segment.marker !== startOfScan) continue;
		const end = nextMarker(scans, at);
		parts.push(scans.subarray(at, end));
		at = end;
	}
	return parts;
}

const neededWebp: ReadonlySet<string> = new Set(['VP8X', 'ICCP', 'ANIM', 'ANMF', 'ALPH', 'VP8 ', 'VP8L']);

/** Browsers turn no WebP, whatever its EXIF says. */
function strippedWebp({ chunks }: Webp): Uint8Array | undefined {
	const kept = chunks.filter(({ type }) => neededWebp.has(type)).map(bareFrame);
	const whole = kept.some(({ type }) => type === 'VP8X') ? extended(kept) : kept;
	return whole && writeWebp(whole);
}

/** A frame of an animation holds chunks of its own behind 16 bytes. */
function bareFrame(chunk: WebpChunk): WebpChunk {
	const inner = chunk.type === 'ANMF' ? readChunks(chunk.data.subarray(16)) : undefined;
	if (!inner || inner.every(({ type }) => neededWebp.has(type))) return chunk;
	const kept = inner.filter(({ type }) => neededWebp.has(type)).map(({ raw }) => raw);
	return webpChunk('ANMF', joined([chunk.data.subarray(0, 16), ...kept]));
}
