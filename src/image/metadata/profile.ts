import type { Codecs } from '../codecs';
import { heeded } from '../pngFile';
import { copyOf, joined, latin1, startsWith } from './bytes';
import { type Container, readContainer } from './container';
import { app, behindStart, componentsOf, type Jpeg, jpegSegment, type JpegSegment, mostData } from './jpegSegments';
import { behindHeader, type Png, pngChunk, writePng } from './pngChunks';
import { extended, iccFlag, type Webp, webpChunk, writeWebp } from './webpChunks';
import { writeJpeg } from './writeJpeg';

/** Profiles of printers have some MB. */
const mostProfile = 2 ** 24;

const prefix = 'ICC_PROFILE\0';
/** Bytes of a profile in one segment, behind the prefix, its number and how many there are. */
const mostPiece = mostData - prefix.length - 2;

/** Whether a segment of a JPEG has a part of a colour profile. */
export function isProfileSegment({ marker, data }: JpegSegment): boolean {
	return marker === app(2) && startsWith(data, prefix) && data.length > prefix.length + 2;
}

/** The colour profile (ICC) of a file; `undefined`: none, or a broken one. Other ways to say colours (`gAMA`, `cICP`, …) are not read. */
export function profileOf(bytes: Uint8Array, ports: Pick<Codecs, 'inflate'>): Uint8Array | undefined {
	const file = readContainer(bytes);
	const profile = file && profileIn(file, ports);
	return profile && startsWith(profile, 'acsp', 36) ? copyOf(profile) : undefined;
}

function profileIn(file: Container, ports: Pick<Codecs, 'inflate'>): Uint8Array | undefined {
	switch (file.format) {
		case 'png':
			return ofPng(file, ports);
		case 'jpeg':
			return ofJpeg(file);
		case 'webp':
			return ofWebp(file);
	}
}

/** Name, compression method, profile. */
function ofPng({ chunks }: Png, { inflate }: Pick<Codecs, 'inflate'>): Uint8Array | undefined {
	const data = heeded(chunks, 'iCCP')[0]?.data;
	const name = data?.subarray(0, 80).indexOf(0) ?? -1;
	if (!data || name === -1 || data[name + 1] !== 0 || data.length > mostProfile) return undefined;
	try {
		return inflate(data.subarray(name + 2), mostProfile);
	} catch {
		return undefined;
	}
}

/** The parts say which they are, from 1, and how many there are. */
function ofJpeg({ segments }: Jpeg): Uint8Array | undefined {
	const parts = segments.filter(isProfileSegment).map(({ data }) => data.subarray(prefix.length));
	const count = parts[0]?.[1] ?? 0;
	const ordered = Array.from({ length: count }, (_, index) => parts.find(([number]) => number === index + 1));
	const whole = ordered.filter((part) => part !== undefined);
	return count > 0 && whole.length === count ? joined(whole.map((part) => part.subarray(2))) : undefined;
}

/** Heeded only where the header says that it is there. */
function ofWebp({ chunks }: Webp): Uint8Array | undefined {
	const flags = chunks[0]?.type === 'VP8X' ? (chunks[0].data[0] ?? 0) : 0;
	return (flags & iccFlag) === 0 ? undefined : chunks.find(({ type }) => type === 'ICCP')?.data;
}

/**
 * The same file with this colour profile, instead of what it said of its colours. `undefined`: a broken file, a format that is
 * not written, or a profile of other colours than the file's (of greys or inks for one of red, green and blue), which would spoil it.
 */
export function withProfile(
	bytes: Uint8Array,
	profile: Uint8Array,
	ports: Pick<Codecs, 'deflate'>,
): Uint8Array | undefined {
	const file = readContainer(bytes);
	if (!file || !startsWith(profile, 'acsp', 36) || !startsWith(profile, colourSpaceOf(file), 16)) return undefined;
	switch (file.format) {
		case 'png':
			return ontoPng(file, profile, ports);
		case 'jpeg':
			return ontoJpeg(file, profile);
		case 'webp':
			return ontoWebp(file, profile);
	}
}

/** What the numbers of a file are, as profiles name it. */
export function colourSpaceOf(file: Container): string {
	switch (file.format) {
		case 'png':
			// The second bit of the kind of colour.
			return ((file.chunks[0]?.data[9] ?? 0) & 2) === 0 ? 'GRAY' : 'RGB ';
		case 'jpeg':
			return { 1: 'GRAY', 4: 'CMYK' }[componentsOf(file.segments)] ?? 'RGB ';
		case 'webp':
			return 'RGB ';
	}
}

/** The chunks of a PNG that say what its colours are. */
export const pngColours: ReadonlySet<string> = new Set(['iCCP', 'sRGB', 'gAMA', 'cHRM', 'cICP', 'mDCV', 'cLLI']);

function ontoPng({ chunks, tail }: Png, profile: Uint8Array, { deflate }: Pick<Codecs, 'deflate'>): Uint8Array {
	const others = chunks.filter(({ type }) => !pngColours.has(type));
	const chunk = pngChunk('iCCP', joined([latin1('ICC profile\0\0'), deflate(profile)]));
	return writePng(behindHeader(others, [chunk]), tail);
}

function ontoJpeg(jpeg: Jpeg, profile: Uint8Array): Uint8Array | undefined {
	const count = Math.ceil(profile.length / mostPiece);
	if (count > 255) return undefined;
	const parts = Array.from({ length: count }, (_, index) => {
		const piece = profile.subarray(index * mostPiece, (index + 1) * mostPiece);
		return jpegSegment(app(2), joined([latin1(prefix), Uint8Array.of(index + 1, count), piece]));
	});
	const others = jpeg.segments.filter((segment) => !isProfileSegment(segment));
	return writeJpeg(jpeg, behindStart(others, parts));
}

function ontoWebp({ chunks, tail }: Webp, profile: Uint8Array): Uint8Array | undefined {
	const others = chunks.filter(({ type }) => type !== 'ICCP' && type !== 'VP8X');
	const header = chunks.filter(({ type }) => type === 'VP8X');
	const all = extended([...header, webpChunk('ICCP', profile), ...others]);
	return all && writeWebp(all, tail);
}
