import { joined, latin1, startsWith, viewOf } from './bytes';
import { adaptation, type Chromaticities, columnsOf, d50, rowsOf, type Vector } from './chromaticities';

/**
 * A colour profile (ICC) of red, green and blue that have these chromaticities and this curve (see {@link gammaCurve}). `undefined`:
 * there is no such space of colours.
 */
export function matrixProfile(chromaticities: Chromaticities, curve: Uint8Array): Uint8Array | undefined {
	const columns = columnsOf(chromaticities);
	if (!columns?.flat().every(isNumber)) return undefined;
	const [red, green, blue] = columns.map(xyz);
	return written([
		{ names: ['desc'], data: text('Colours of the original') },
		{ names: ['cprt'], data: text('No copyright') },
		{ names: ['wtpt'], data: xyz(d50) },
		{ names: ['chad'], data: joined([latin1('sf32\0\0\0\0'), numbers(rowsOf(adaptation(chromaticities)).flat())]) },
		{ names: ['rXYZ'], data: red ?? none },
		{ names: ['gXYZ'], data: green ?? none },
		{ names: ['bXYZ'], data: blue ?? none },
		{ names: ['rTRC', 'gTRC', 'bTRC'], data: curve },
	]);
}

const none = new Uint8Array();

/** Samples from 0 to 1 are light to this power. `undefined`: profiles have no such number. */
export function gammaCurve(power: number): Uint8Array | undefined {
	return power > 0 && isNumber(power) ? parametricCurve(0, [power]) : undefined;
}

/** That of sRGB. */
export const srgbCurve = parametricCurve(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);

function parametricCurve(kind: number, parameters: readonly number[]): Uint8Array {
	return joined([latin1('para\0\0\0\0'), Uint8Array.of(0, kind, 0, 0), numbers(parameters)]);
}

/** The curve of a profile of greys. `undefined`: it has none, or says in another way what its greys are. */
export function curveOfGreys(profile: Uint8Array): Uint8Array | undefined {
	const curve = startsWith(profile, 'GRAYXYZ ', 16) ? tagOf(profile, 'kTRC') : undefined;
	return curve && (startsWith(curve, 'curv') || startsWith(curve, 'para')) ? curve : undefined;
}

const headerLength = 128;
const entryLength = 12;

function tagOf(profile: Uint8Array, name: string): Uint8Array | undefined {
	const view = viewOf(profile);
	for (let at = headerLength + 4; at + entryLength <= tableEnd(view); at += entryLength) {
		if (!startsWith(profile, name, at)) continue;
		const [start, length] = [view.getUint32(at + 4), view.getUint32(at + 8)];
		return start + length <= profile.length ? profile.subarray(start, start + length) : undefined;
	}
	return undefined;
}

function tableEnd(view: DataView): number {
	if (view.byteLength < headerLength + 4) return 0;
	return Math.min(view.byteLength, headerLength + 4 + view.getUint32(headerLength) * entryLength);
}

/** What a profile says, under one or more names of four letters. */
interface Tag {
	readonly names: readonly string[];
	readonly data: Uint8Array;
}

/** Header, table, data; each of them begins at a multiple of 4 bytes. */
function written(tags: readonly Tag[]): Uint8Array {
	const parts = tags.map(({ names, data }) => ({
		names,
		data: joined([data, new Uint8Array(-data.length & 3)]),
		is: data.length,
	}));
	const count = tags.flatMap(({ names }) => names).length;
	let at = headerLength + 4 + count * entryLength;
	const entries = parts.flatMap(({ names, data, is }) => {
		const start = at;
		at += data.length;
		return names.map((name) => joined([latin1(name), integers([start, is])]));
	});
	return joined([header(at), integers([count]), ...entries, ...parts.map(({ data }) => data)]);
}

/** Of a profile of so many bytes, for displays, in version 4.3 of the format. */
function header(length: number): Uint8Array {
	const bytes = new Uint8Array(headerLength);
	bytes.set(integers([length, 0, 0x04300000]));
	bytes.set(latin1('mntrRGB XYZ '), 12);
	// A date has to be there: the first day of 2026.
	bytes.set(Uint8Array.of(0x07, 0xea, 0, 1, 0, 1), 24);
	bytes.set(latin1('acsp'), 36);
	bytes.set(numbers(d50), 68);
	return bytes;
}

function xyz(vector: Vector): Uint8Array {
	return joined([latin1('XYZ \0\0\0\0'), numbers(vector)]);
}

/** One text, in English, of ASCII. */
function text(words: string): Uint8Array {
	const characters = latin1(Array.from(words, (character) => `\0${character}`).join(''));
	return joined([
		latin1('mluc\0\0\0\0'),
		integers([1, 12]),
		latin1('enUS'),
		integers([characters.length, 28]),
		characters,
	]);
}

/** Whether it can be written as one of {@link numbers}. */
function isNumber(value: number): boolean {
	return Math.abs(value) < 2 ** 15;
}

/** With 16 bits behind the point. */
function numbers(values: readonly number[]): Uint8Array {
	return integers(values.map((value) => Math.round(value * 2 ** 16)));
}

function integers(values: readonly number[]): Uint8Array {
	const bytes = new Uint8Array(values.length * 4);
	for (const [index, value] of values.entries()) viewOf(bytes).setInt32(index * 4, value);
	return bytes;
}
