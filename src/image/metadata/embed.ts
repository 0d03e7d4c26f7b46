import type { ImageRecord } from '../../domain/imageRecord';
import type { Size } from '../../domain/size';
import { isBlank } from '../../domain/imageRequest';
import { sniff } from '../sniff';
import { joined, latin1, utf8 } from './bytes';
import { readContainer } from './container';
import { commentsOf, exifPrefix, tiffOf } from './exif';
import { commentBlock, withComment } from './exifWrite';
import { app, behindStart, isExif, type Jpeg, jpegSegment, type JpegSegment, mostData } from './jpegSegments';
import { formatParameters, isSure, parametersKeyword, parseParameters } from './parameters';
import { isXmpChunk, isXmpSegment, xmpKeyword, xmpPrefix } from './places';
import { behindHeader, type Png, type PngChunk, writePng } from './pngChunks';
import { internationalChunk, keywordOf, textChunk } from './pngText';
import { extended, type Webp, webpChunk, writeWebp } from './webpChunks';
import { writeJpeg } from './writeJpeg';
import { xmpPackets } from './xmp';

/**
 * The same file with the record in it: as XMP, and as the text that AUTOMATIC1111 writes (PNG: `parameters`; JPEG and WebP: the
 * user's comment of EXIF). What it said of itself there before is replaced; everything else stays: each pixel, the other EXIF, a
 * comment that somebody else wrote. What does not fit into a segment of a JPEG is left out, see {@link xmpPackets}. `undefined`:
 * a broken file, or a format that is not written.
 */
export function embed(bytes: Uint8Array, record: ImageRecord): Uint8Array | undefined {
	const size = sniff(bytes);
	const file = readContainer(bytes);
	if (!size || !file) return undefined;
	const said = saidOf(record, size);
	switch (file.format) {
		case 'png':
			return intoPng(file, said);
		case 'jpeg':
			return intoJpeg(file, said);
		case 'webp':
			return intoWebp(file, said);
	}
}

/** The same in the chunks of a PNG that has none of it. */
export function recordChunks(record: ImageRecord, size: Size): readonly PngChunk[] {
	return chunksOf(saidOf(record, size));
}

/** What a file is to say of itself. */
interface Said {
	/** XMP, from the fullest to the barest. */
	readonly packets: readonly string[];
	/** As AUTOMATIC1111 writes it. */
	readonly text: string;
}

function saidOf(record: ImageRecord, size: Size): Said {
	return { packets: xmpPackets(record), text: formatParameters(record, size).replace(/[\0\uFFFE]/g, '\uFFFD') };
}

function chunksOf({ packets: [xmp = ''], text }: Said): readonly PngChunk[] {
	return [internationalChunk(xmpKeyword, xmp), textChunk(parametersKeyword, text)];
}

function intoPng({ chunks, tail }: Png, said: Said): Uint8Array {
	const others = chunks.filter((chunk) => !isXmpChunk(chunk) && keywordOf(chunk) !== parametersKeyword);
	return writePng(behindHeader(others, chunksOf(said)), tail);
}

function intoJpeg(jpeg: Jpeg, { packets, text }: Said): Uint8Array {
	const others = commentedSegments(
		jpeg.segments.filter((segment) => !isXmpSegment(segment)),
		text,
	);
	const fitting = packets.map((packet) => joined([latin1(xmpPrefix), utf8(packet)])).find(fits);
	return writeJpeg(jpeg, behindStart(others, fitting ? [jpegSegment(app(1), fitting)] : []));
}

function fits(data: Uint8Array): boolean {
	return data.length <= mostData;
}

function commentedSegments(segments: readonly JpegSegment[], text: string): readonly JpegSegment[] {
	const at = segments.findIndex(isExif);
	const exif = commented(segments[at]?.data, text, exifPrefix, fits);
	if (!exif || exif === segments[at]?.data) return segments;
	const segment = jpegSegment(app(1), exif);
	return at === -1 ? behindStart(segments, [segment]) : segments.with(at, segment);
}

function intoWebp({ chunks, tail }: Webp, { packets: [xmp = ''], text }: Said): Uint8Array | undefined {
	const others = chunks.filter(({ type }) => type !== 'XMP ');
	const at = others.findIndex(({ type }) => type === 'EXIF');
	const exif = webpChunk('EXIF', commented(others[at]?.data, text, '') ?? new Uint8Array());
	const all = extended([...(at === -1 ? [...others, exif] : others.with(at, exif)), webpChunk('XMP ', utf8(xmp))]);
	return all && writeWebp(all, tail);
}

/**
 * EXIF data with the text as the user's comment, or the very same object where the comment is somebody's own, or there is no way
 * to write it. `undefined`: there was none, and it does not fit.
 */
function commented(
	exif: Uint8Array | undefined,
	text: string,
	prefix: string,
	fits: (data: Uint8Array) => boolean = () => true,
): Uint8Array | undefined {
	if (!exif) return [joined([latin1(prefix), commentBlock(text)])].find(fits);
	const tiff = tiffOf(exif);
	const comments = commentsOf(tiff);
	const isOld = comments.some((comment) => isBlank(comment) || isSure(parseParameters(comment)));
	if (comments.length > 0 && !isOld) return exif;
	// One that does not fit goes all the same: it is another picture's.
	for (const comment of comments.length > 0 ? [text, ''] : [text]) {
		const block = withComment(tiff, comment);
		const data = block && joined([exif.subarray(0, exif.length - tiff.length), block]);
		if (data && fits(data)) return data;
	}
	return exif;
}
