import type { Codecs } from '../codecs';
import { heeded } from '../pngFile';
import { latin1Text, viewOf } from './bytes';
import type { Chromaticities } from './chromaticities';
import { type Container, readContainer } from './container';
import { curveOfGreys, gammaCurve, matrixProfile, srgbCurve } from './matrixProfile';
import { behindHeader, type PngChunk, writePng } from './pngChunks';
import { colourSpaceOf, pngColours, profileOf, withProfile } from './profile';

/**
 * A new file (a PNG, JPEG or WebP of red, green and blue that says nothing of its colours) whose numbers stand for the colours that
 * they stand for in the original, as browsers show them: the very same bytes where those are the usual ones (sRGB's). `undefined`:
 * what the original says of them cannot be said in the new file, or one of the two is broken.
 */
export function withColoursOf(
	original: Uint8Array,
	bytes: Uint8Array,
	codecs: Pick<Codecs, 'deflate' | 'inflate'>,
): Uint8Array | undefined {
	const source = readContainer(original);
	const target = readContainer(bytes);
	if (!source || !target) return undefined;
	const profile = profileOf(original, codecs);
	if (source.format === 'png' && target.format === 'png' && !isOfGreys(source, profile)) {
		const said = heeded(source.chunks, ...pngColours);
		return said.length === 0 ? bytes : writePng(behindHeader(target.chunks, said), target.tail);
	}
	const colours = coloursOf(source, profile);
	return colours === 'usual' ? bytes : colours && withProfile(bytes, colours, codecs);
}

/** As a profile of red, green and blue; `usual`: those of sRGB. `undefined`: no profile says it. */
type Colours = Uint8Array | 'usual' | undefined;

/** What comes first counts, as browsers have it: a code, a profile, the word for sRGB, a gamma. */
function coloursOf(source: Container, profile: Uint8Array | undefined): Colours {
	const chunks = source.format === 'png' ? heeded(source.chunks, ...pngColours) : [];
	const code = dataOf(chunks, 'cICP', 4);
	if (code) return ofCode(code);
	if (profile && spaceOf(profile) === 'RGB ') return profile;
	// One of greys says nothing of other colours, but in front of what else might be said it stands.
	if (profile && spaceOf(profile) === 'GRAY') return isOfGreys(source, profile) ? ofGreys(profile) : 'usual';
	const intent = dataOf(chunks, 'sRGB', 1)?.[0] ?? 4;
	return intent < 4 ? 'usual' : ofGamma(chunks);
}

/** Whether a file has nothing but greys, and a profile for them. */
function isOfGreys(source: Container, profile: Uint8Array | undefined): boolean {
	return profile !== undefined && spaceOf(profile) === 'GRAY' && colourSpaceOf(source) === 'GRAY';
}

function spaceOf(profile: Uint8Array): string {
	return latin1Text(profile.subarray(16, 20));
}

function ofGreys(profile: Uint8Array): Colours {
	const curve = curveOfGreys(profile);
	return curve && matrixProfile(srgb, curve);
}

/** Of one that has the length that it should have. */
function dataOf(chunks: readonly PngChunk[], type: string, length: number): Uint8Array | undefined {
	return chunks.find((chunk) => chunk.type === type && chunk.data.length === length)?.data;
}

const srgb: Chromaticities = { white: [0.3127, 0.329], red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06] };

/** By their numbers in ITU-T H.273: sRGB, BT.2020, Display P3. */
const coded: ReadonlyMap<number | undefined, Chromaticities> = new Map([
	[1, srgb],
	[9, { ...srgb, red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046] }],
	[12, { ...srgb, red: [0.68, 0.32], green: [0.265, 0.69] }],
]);

/** Only with the curve of sRGB; as for others (of films, of HDR), browsers do more than a profile can say. */
function ofCode([primaries, transfer, matrix, isFull]: Uint8Array): Colours {
	const found = transfer === 13 && matrix === 0 && isFull === 1 ? coded.get(primaries) : undefined;
	return found === srgb ? 'usual' : found && matrixProfile(found, srgbCurve);
}

/** Browsers take a gamma alone for that of sRGB if it is no further from it: libpng set that measure. */
const nearly = 0.05;

function ofGamma(chunks: readonly PngChunk[]): Colours {
	const gamma = numbersIn(dataOf(chunks, 'gAMA', 4))[0] ?? 0;
	const corners = dataOf(chunks, 'cHRM', 32);
	if (gamma === 0 || (!corners && Math.abs(gamma * 2.2 - 1) <= nearly)) return 'usual';
	const curve = gammaCurve(1 / gamma);
	return curve && matrixProfile(corners ? chromaticitiesIn(corners) : srgb, curve);
}

function chromaticitiesIn(data: Uint8Array): Chromaticities {
	const [whiteX = 0, whiteY = 0, redX = 0, redY = 0, greenX = 0, greenY = 0, blueX = 0, blueY = 0] = numbersIn(data);
	return { white: [whiteX, whiteY], red: [redX, redY], green: [greenX, greenY], blue: [blueX, blueY] };
}

/** In hundred thousandths. */
function numbersIn(data: Uint8Array = new Uint8Array()): readonly number[] {
	return Array.from({ length: data.length / 4 }, (_, index) => viewOf(data).getUint32(index * 4) / 1e5);
}
