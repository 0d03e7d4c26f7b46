import type { ImageRecord } from '../../domain/imageRecord';
import type { OptionValue } from '../../domain/imageRequest';
import { formatSize, type Size } from '../../domain/size';

/** The keyword of such a text in a PNG. */
export const parametersKeyword = 'parameters';

const negativeMark = 'Negative prompt:';

/** The last parameter, where Limn wrote them. */
const ownMark = 'Version: Limn';

/** What the text says that AUTOMATIC1111 writes into its pictures, and many others after it. */
export interface Parameters {
	readonly prompt: string;
	readonly negative?: string;
	/** In their order: `['Steps', '20']`, `['Seed', '…']`, … Values are texts, so that long seeds stay what they are. */
	readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** Prompt, `Negative prompt: …`, and a line of `Steps: 20, Seed: 5, …`. A value that nobody knows is left out. */
export function formatParameters(record: ImageRecord, size: Size): string {
	const negative = optionOf(record, 'negativeprompt');
	const pairs: readonly (readonly [string, OptionValue | undefined])[] = [
		['Steps', optionOf(record, 'steps', 'numinferencesteps')],
		['Sampler', optionOf(record, 'sampler', 'samplername', 'scheduler')],
		['CFG scale', optionOf(record, 'cfgscale', 'guidancescale', 'guidance')],
		['Seed', record.seed ?? optionOf(record, 'seed')],
		['Size', formatSize(size)],
		['Model', record.model],
	];
	const known = pairs.flatMap(([name, value]) =>
		value === undefined || value === '' ? [] : [`${name}: ${quoted(String(value))}`],
	);
	return [
		record.prompt,
		...(negative === undefined || negative === '' ? [] : [`Negative prompt: ${String(negative)}`]),
		[...known, ownMark].join(', '),
	].join('\n');
}

/** A model's control by the names that the APIs have for it: `cfg_scale`, `CFGScale`, … */
function optionOf({ options }: ImageRecord, ...names: readonly string[]): OptionValue | undefined {
	const entries = Object.entries(options).map(
		([name, value]) => [name.toLowerCase().replace(/[_-]/g, ''), value] as const,
	);
	return names.flatMap((name) => entries.filter((entry) => entry[0] === name))[0]?.[1];
}

/** As AUTOMATIC1111 does: what would end a value makes it a text of JSON. */
function quoted(value: string): string {
	return /[,:"\p{Cc}]/u.test(value) ? JSON.stringify(value) : value;
}

/** Reads what AUTOMATIC1111 or another program wrote. Any text is a prompt; only one with parameters is surely meant as one. */
export function parseParameters(text: string): Parameters {
	const lines = text.trim().split('\n');
	const settings = settingsIn(lines);
	const words = lines.slice(0, settings.at).map((line) => line.trim());
	const split = words.findIndex((line) => line.startsWith(negativeMark));
	const prompt = (split === -1 ? words : words.slice(0, split)).join('\n');
	const parameters = settings.pairs;
	if (split === -1) return { prompt, parameters };
	const negative = words
		.slice(split)
		.map((line) => (line.startsWith(negativeMark) ? line.slice(negativeMark.length).trim() : line));
	return { prompt, negative: negative.join('\n'), parameters };
}

/** Whether a text was meant to be read so: another comment has hardly such a line. */
export function isSure({ parameters }: Parameters): boolean {
	return parameters.length > 0;
}

type Pairs = Parameters['parameters'];

/** The last line, where it has three parameters; else the last that begins with steps, because some programs add lines of their own. */
function settingsIn(lines: readonly string[]): { readonly at: number; readonly pairs: Pairs } {
	const last = pairsIn(lines.at(-1) ?? '');
	if (last.length >= 3 || lines.at(-1)?.endsWith(ownMark)) return { at: lines.length - 1, pairs: last };
	const at = lines.findLastIndex((line) => /^\s*Steps: *\d/.test(line));
	return at === -1 ? { at: lines.length, pairs: [] } : { at, pairs: pairsIn(lines[at] ?? '') };
}

/** Programs write some thirty. The text may be hostile, and each one may want to be searched for its end. */
const mostPairs = 100;

/** `name: value, name: "a, value", …`; what is no such pair is passed over. */
function pairsIn(line: string): Pairs {
	const pairs: (readonly [string, string])[] = [];
	const head = /\s*([\p{L}\p{N}_][\p{L}\p{N}_ /-]{1,99}):[ \t]*/uy;
	for (let at = 0; at < line.length && pairs.length < mostPairs;) {
		head.lastIndex = at;
		const name = head.exec(line)?.[1];
		const start = name === undefined ? at : head.lastIndex;
		const comma = line.indexOf(',', name === undefined ? start : behindQuotes(line, start));
		const end = comma === -1 ? line.length : comma;
		const value = line.slice(start, end).trim();
		if (name !== undefined && value !== '') pairs.push([name, unquoted(value)]);
		at = end + 1;
	}
	return pairs;
}

/** Where a value in quotes ends; `start` where it is in none. */
function behindQuotes(line: string, start: number): number {
	if (line[start] !== '"') return start;
	for (let at = start + 1; at < line.length; at++) {
		if (line[at] === '\\') at++;
		else if (line[at] === '"') return at + 1;
	}
	return start;
}

function unquoted(value: string): string {
	if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
	try {
		return String(JSON.parse(value));
	} catch {
		return value;
	}
}
