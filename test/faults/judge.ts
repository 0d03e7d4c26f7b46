import type { Seen } from './cell';
import { withinOf } from './cell';
import type { Told } from './order';
import { keysSeen } from './sinks';

/** What was promised, and may be broken. */
export const promises = [
	'double charges',
	'lost paid pictures',
	'hangs',
	'unsafe connections',
	'keys seen',
	'stray files',
	'wrong charged',
	'wrong codes',
	'faults of its own',
	'over 64 MB',
] as const;

export type Promised = (typeof promises)[number];

/** Broken promises of one cell, each with what was seen. */
export type Broken = ReadonlyMap<Promised, string>;

const mostMemory = 64 * 2 ** 20;
/** After the person cancels, in ms. */
const soon = 500;

/** Judges by the promises, which know nothing of the code. */
export function judge(seen: Seen): Broken {
	const { row, column, carried, recovered, charges } = seen;
	const expected = row.expected(column);
	const told = recovered ? recovered.told : carried.told;
	const broken = new Map<Promised, string>();
	const find = (promise: Promised, what: string | undefined) => {
		if (what !== undefined) broken.set(promise, what);
	};
	find('double charges', charges > 1 ? `${charges} charges` : undefined);
	if (!told) find('hangs', `no end within ${Math.round(carried.ms)} ms; ${(recovered ?? carried).output.slice(-300)}`);
	else for (const [promise, what] of toldWrong(told, seen)) find(promise, what);
	find('unsafe connections', listed([...seen.misled, ...(told?.strays ?? [])]));
	find('keys seen', keysOf(seen));
	find('stray files', listed([...strays(seen, told)]));
	if (!expected.charges.includes(charges)) find('faults of its own', `the server charged ${charges}: the row is wrong`);
	return broken;
}

function* toldWrong(told: Told, seen: Seen): Generator<[Promised, string | undefined]> {
	const { row, column, carried, evidence, undecodable, orders } = seen;
	const expected = row.expected(column);
	const { failures, saved } = told;
	const contents = new Set([...evidence.pictures.values(), ...evidence.kept.values()]);
	const isLost = !expected.nowhere && contents.size < expected.whole;
	yield ['lost paid pictures', isLost ? `${contents.size} of ${expected.whole} that came` : undefined];
	const phantoms = saved.filter((file) => !evidence.pictures.has(file));
	yield ['lost paid pictures', listed([...phantoms.map((file) => `not there: ${file}`), ...undecodable])];
	const isShort = saved.length + failures.length < column.n;
	yield ['lost paid pictures', isShort && !seen.recovered ? 'fewer images and failures than asked for' : undefined];
	const within = withinOf(row, column);
	const ms = Math.round(carried.ms - told.listMs);
	yield ['hangs', ms > within ? `${ms} ms, at most ${within}` : undefined];
	const { cancelMs = 0 } = told;
	yield ['hangs', cancelMs > soon ? `${Math.round(cancelMs)} ms after the cancellation` : undefined];
	const right = isFree(seen) ? ['no'] : expected.told;
	const wrongMoney = failures.filter(({ charged }) => !right.includes(charged));
	yield [
		'wrong charged',
		listed(wrongMoney.map(({ code, charged }) => `${code} ${charged}, not ${right.join(' or ')}`)),
	];
	const wrongCodes = failures.filter(({ code }) => !expected.codes.includes(code));
	yield ['wrong codes', listed(wrongCodes.map(({ code, words }) => `${code}: ${words}`))];
	yield ['faults of its own', listed(told.faults)];
	yield ['faults of its own', expected.unsent && orders > 0 ? `${orders} requests` : undefined];
	yield ['over 64 MB', told.peakBytes > mostMemory ? `+${Math.round(told.peakBytes / 2 ** 20)} MB` : undefined];
}

/** Of other models of one's own server nobody knows what they cost. */
function isFree({ row, column }: Seen): boolean {
	return column.isFree === true && !row.addressed;
}

function keysOf(seen: Seen): string | undefined {
	const found = [...keysSeen(seen)].filter(([, forms]) => forms.length > 0);
	return listed(found.map(([sink, forms]) => `${sink}: ${forms.join(', ')}`));
}

/** Whatever is left over. Where a picture could not be saved, it waits in the journal. */
function* strays({ evidence, recovered }: Seen, told: Told | undefined): Generator<string> {
	for (const file of evidence.strays) if (!(told?.isOpen && file.startsWith('storage/journal'))) yield file;
	// What the process that is gone has saved, it told nobody.
	if (recovered) return;
	const claimed = new Set(told?.saved);
	for (const file of evidence.pictures.keys()) if (!claimed.has(file)) yield `nobody’s: ${file}`;
}

function listed(what: readonly string[]): string | undefined {
	return what.length === 0 ? undefined : Array.from(new Set(what)).join('; ').slice(0, 600);
}
