import { startsWith } from './bytes';
import type { Container } from './container';
import { tiffOf } from './exif';
import { app, isExif, type JpegSegment } from './jpegSegments';
import type { PngChunk } from './pngChunks';
import { keywordOf } from './pngText';

/** The keyword of XMP in a PNG. */
export const xmpKeyword = 'XML:com.adobe.xmp';
/** What begins a segment of XMP in a JPEG. */
export const xmpPrefix = 'http://ns.adobe.com/xap/1.0/\0';

/** Whether a chunk of a PNG has XMP, as its standard has it or as ImageMagick writes it. */
export function isXmpChunk(chunk: Pick<PngChunk, 'type' | 'data'>): boolean {
	return [xmpKeyword, 'Raw profile type xmp'].includes(keywordOf(chunk) ?? '');
}

/** Whether a segment of a JPEG has XMP, or more of it than one segment holds. */
export function isXmpSegment({ marker, data }: JpegSegment): boolean {
	return marker === app(1) && (startsWith(data, xmpPrefix) || startsWith(data, 'http://ns.adobe.com/xmp/extension/\0'));
}

/** The block of EXIF in a file. */
export function exifIn(file: Container): Uint8Array | undefined {
	const data = exifDataIn(file);
	return data && tiffOf(data);
}

function exifDataIn(file: Container): Uint8Array | undefined {
	switch (file.format) {
		case 'png':
			return file.chunks.find(({ type }) => type === 'eXIf')?.data;
		case 'jpeg':
			return file.segments.find(isExif)?.data;
		case 'webp':
			return file.chunks.find(({ type }) => type === 'EXIF')?.data;
	}
}
