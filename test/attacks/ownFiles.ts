import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { LedgerFile } from '../../src/disk/ledgerFile';
import { RecordFiles } from '../../src/disk/recordFiles';
import { type Line, written } from '../../src/generation/journalLines';
import { readHead, readJob } from '../../src/generation/journalRecord';
import { GalleryMemory } from '../../src/host/gallery/galleryMemory';
import { Book } from '../../src/spending/book';
import { ledgerHead, ledgerLine, readLedger } from '../../src/spending/ledger';
import { type HistoryEntry, lineOf, presentEntries } from '../../src/store/history';
import { recordOf } from '../unit/image/metadata/pictures';
import { settlement } from '../unit/spending/arbitraries';
import { type Attack, type Figure, messageOf, Tally } from './figure';
import { formulas, huge, spoiled } from './hostileFiles';
import { payloads } from './payloads';

/** Of each kind of file. */
const runs = { inMemory: 10_000, onDisk: 150 };

/** S20, S13: the files that Limn keeps, as somebody else left them. */
export const ownFiles: Attack = async () => [await readers(), await disk(), cells()];

/** Reads a text as a file of Limn's. */
type Reader = (text: string) => unknown;

const entry: HistoryEntry = {
	...recordOf(),
	id: '0123456789abcdef',
	uri: 'file:///ws/fox.png',
	saved: '2026-11-22T10:00:00Z',
};
const sounds = {
	history:
		lineOf(entry) + lineOf({ moved: { from: entry.uri, to: 'file:///ws/den.png' } }) + lineOf({ forgotten: entry.uri }),
	journal: journal(),
	ledger: ledgerHead + ledgerLine(settlement()) + ledgerLine(settlement({ job: 'other', document: '=1+1' })),
	memory: JSON.stringify([{ id: 'a', uri: entry.uri, name: 'fox' }]),
};

const readerOf: Readonly<Record<keyof typeof sounds, Reader>> = {
	history: presentEntries,
	journal: (text) => [readJob(text), readHead(text.split('\n')[0] ?? '')],
	ledger: readLedger,
	memory: (text) => {
		const value = parsed(text);
		const memory = new GalleryMemory({ get: () => value, update: async () => undefined });
		return [memory.favourites(), memory.named('a'), memory.named('__proto__')];
	},
};

/** What they read, without a disk. */
async function readers(): Promise<Figure> {
	const tally = new Tally(
		'S20',
		'spoiled files of Limn’s own make a reader throw or stall, or change what objects are',
	);
	for (const name of ['history', 'journal', 'ledger', 'memory'] as const) {
		const texts = fc.sample(spoiled(sounds[name]), { numRuns: runs.inMemory, seed: 1122 });
		for (const text of [...texts, ...huge, ...huge.map((each) => sounds[name] + each)]) {
			const began = performance.now();
			const thrown = (await messageOf(() => readerOf[name](text))) ?? pollution() ?? slowness(began);
			tally.note(thrown === undefined ? undefined : `${name}: ${thrown}: ${JSON.stringify(text.slice(0, 200))}`);
			tally.noteCareless((await messageOf(() => carelessly(text))) !== undefined || pollution() !== undefined);
		}
	}
	return tally.figure;
}

/** The same from the disk, where they are found at start: each start goes on, and what is added afterwards is there. */
async function disk(): Promise<Figure> {
	const tally = new Tally('S20', 'starts with spoiled files fail, or lose what is written afterwards');
	const home = await mkdtemp(path.join(os.tmpdir(), 'limn-attack-'));
	try {
		const small = huge.filter(({ length }) => length < 3 * 2 ** 20);
		for (const text of [...fc.sample(spoiled(sounds.ledger), { numRuns: runs.onDisk, seed: 1122 }), ...small]) {
			const thrown = await messageOf(async () => startWithLedger(home, text));
			tally.note(thrown && `ledger: ${thrown}: ${JSON.stringify(text.slice(0, 200))}`);
		}
		for (const text of [...fc.sample(spoiled(sounds.journal), { numRuns: runs.onDisk, seed: 1122 }), ...small]) {
			const thrown = await messageOf(async () => startWithJournal(home, text));
			tally.note(thrown && `journal: ${thrown}: ${JSON.stringify(text.slice(0, 200))}`);
		}
	} finally {
		await rm(home, { recursive: true, force: true });
	}
	return tally.figure;
}

async function startWithLedger(home: string, text: string): Promise<void> {
	const file = path.join(home, 'ledger.csv');
	await rm(home, { recursive: true, force: true });
	await mkdir(home, { recursive: true });
	await writeFile(file, text);
	const troubles: unknown[] = [];
	const book = () => new Book(new LedgerFile(file, () => '2026-11-22'), (trouble) => troubles.push(trouble));
	await book().add(settlement({ job: 'new' }));
	if (!(await book().rows()).has('new')) throw new Error(`what was spent is forgotten ${JSON.stringify(troubles)}`);
}

async function startWithJournal(home: string, text: string): Promise<void> {
	const folder = path.join(home, 'journal');
	await rm(home, { recursive: true, force: true });
	for (const name of ['job.gone.record', '__proto__.gone.record', 'other.gone.gone', 'odd name.record']) {
		await mkdir(path.join(folder, name), { recursive: true });
		await writeFile(path.join(folder, name, 'lines.jsonl'), text);
	}
	await writeFile(path.join(folder, 'gone.owner'), text);
	await writeFile(path.join(folder, 'file.gone.record'), text);
	const faults: unknown[] = [];
	const records = new RecordFiles(folder, { id: 'own', now: Date.now }, (fault) => faults.push(fault));
	for (const left of await records.left()) readJob(left.text);
	await records.heads();
	const file = await records.open('new');
	await file.write('1\n');
	if ((await file.read()).text !== '1\n') throw new Error('what was written is not there');
	await records.dispose();
}

/** S13: what others say, in a file that spreadsheets open. */
function cells(): Figure {
	const tally = new Tally('S13', 'cells of the ledger are formulas to a spreadsheet');
	for (const text of [...formulas, ...payloads]) {
		const line = ledgerLine(settlement({ job: text, model: `${text}/${text}`, operation: text, document: text }));
		const found = cellsOf(line.trimEnd()).find(isFormula);
		tally.note(found ?? (line.indexOf('\n') < line.length - 1 ? `two lines: ${line}` : undefined));
		tally.noteCareless(cellsOf(`"${text.replaceAll('"', '""')}"`).some(isFormula));
	}
	return tally.figure;
}

/** As OWASP has it: the first letter that is no blank, in its wide form too. */
function isFormula(cell: string): boolean {
	return /^[\s\ufeff]*[=+\-@＝＋－＠]/.test(cell) || /^[\t\r\n]/.test(cell);
}

/** By RFC 4180, letter by letter: not the product's own way. */
function cellsOf(line: string): string[] {
	const found = [''];
	let isQuoted = false;
	for (let at = 0; at < line.length; at++) {
		const letter = line.charAt(at);
		if (letter === '"' && isQuoted && line.charAt(at + 1) === '"') {
			found.push(`${found.pop() ?? ''}"`);
			at++;
		} else if (letter === '"') isQuoted = !isQuoted;
		else if (letter === ',' && !isQuoted) found.push('');
		else found.push((found.pop() ?? '') + letter);
	}
	return found;
}

function journal(): string {
	const at = '2026-11-22T10:00:00.000Z';
	const digest = '0'.repeat(64);
	const lines: Line[] = [
		{ kind: 'job', version: 1, id: 'job', at, model: 'openai/gpt-image-2', n: 2, calls: [2] },
		{ kind: 'order', order: { prompt: 'a fox' } },
		{ kind: 'call', id: 'call', n: 2, before: 0 },
		{ kind: 'state', call: 'call', state: { handed: [], polls: 0, ticket: 'x' } },
		{ kind: 'arrived', index: 1, file: '1.picture', digest, facts: {} },
		{ kind: 'publishing', index: 1, id: '0'.repeat(16), path: '/ws/fox.png' },
		{ kind: 'saved', index: 1 },
	];
	return lines.map(written).join('');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Takes each line for what it should be, and puts it together with what it knows. */
function carelessly(text: string): void {
	const all: Record<string, unknown> = {};
	for (const line of text.split('\n').filter(Boolean)) Object.assign(all, JSON.parse(line));
}

/** Far longer than any of them should take, even on a machine that is busy. */
const tooLong = 5000;

function slowness(began: number): string | undefined {
	const ms = Math.round(performance.now() - began);
	return ms > tooLong ? `${ms} ms` : undefined;
}

/** What every object has now that it should not. */
function pollution(): string | undefined {
	const added = Object.keys(Object.prototype);
	for (const name of added) Reflect.deleteProperty(Object.prototype, name);
	return added.length > 0 ? `every object has ${added.join(', ')}` : undefined;
}
