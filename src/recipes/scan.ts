import type { DocumentLanguage, DocumentParts, PictureLink } from '../documents/languages/language';
import { documentsOf } from './fileDocuments';
import { type FileFinding, findingsOf } from './findings';
import { recipesIn } from './recipe';
import { type PictureFiles, survey, type SurveyDocument } from './survey';
import type { FileState } from './tree';
import { inParallel, type TurnPorts, Turns } from './turns';

/** In bytes, of UTF-16 units where a text is open: one file is read without a pause, so that this bounds the longest stretch. */
export const largestFile = 4 * 1024 * 1024;

/** More would only wait for each other, and each holds a file. */
const readsAtOnce = 16;

/** A file that may hold documents. */
export interface ScanFile extends Partial<FileState> {
	readonly path: string;
}

/** What a scan works with. */
export interface ScanPorts extends TurnPorts {
	/** What is in a file: bytes in UTF-8, or the text as somebody is writing it; `undefined`: it is gone. */
	readonly read: (path: string) => Promise<Uint8Array | string | undefined>;
}

/** `recipes`: documents with recipes alone, which is faster. `everything`: those with pictures too. */
export type Depth = 'recipes' | 'everything';

/** A document as a scan leaves it: ready to be compared with its pictures any number of times without being read again. */
export interface ScannedDocument extends SurveyDocument {
	/** Empty where there is no recipe: only what was found is kept. */
	readonly text: string;
	/** In a notebook, zero-based. */
	readonly cell?: number;
	readonly hasRecipes: boolean;
	/** The zero-based line of a place in the text. */
	readonly lineOf: (offset: number) => number;
}

/** What a scan has found. */
export interface Scan {
	/** In the order of the files. */
	readonly documents: readonly ScannedDocument[];
	/** Paths of files that were not looked into. */
	readonly tooLarge: readonly string[];
}

/** What is known of a file. */
interface Known {
	readonly stamp: string | undefined;
	readonly depth: Depth;
	/** `undefined`: the file is too large. */
	readonly documents: readonly ScannedDocument[] | undefined;
}

/** Finds the documents with recipes or pictures among files, and reads again only those that have changed since the last time. */
export class Scanner {
	#known: ReadonlyMap<string, Known> = new Map();

	constructor(readonly ports: ScanPorts) {}

	/** Forgets files that are no longer named. What a scan has read before it was cancelled stays known. */
	async scan(files: readonly ScanFile[], depth: Depth, signal?: AbortSignal): Promise<Scan> {
		const before = this.#known;
		const known = new Map(before);
		this.#known = known;
		const turns = new Turns(this.ports);
		const changed = files.filter((file) => !isSame(before.get(file.path), file, depth));
		await inParallel(changed, readsAtOnce, async (file) => {
			signal?.throwIfAborted();
			const found = await this.#look(file, depth, turns);
			if (found) known.set(file.path, found);
			else known.delete(file.path);
		});
		const present = files.flatMap((file) => entryOf(known, file.path));
		this.#known = new Map(present);
		const documents = present.flatMap(([, found]) => found.documents ?? []);
		return {
			documents: depth === 'recipes' ? documents.filter(({ hasRecipes }) => hasRecipes) : documents,
			tooLarge: present.flatMap(([path, found]) => (found.documents ? [] : [path])),
		};
	}

	async #look({ path, stamp, size = 0 }: ScanFile, depth: Depth, turns: Turns): Promise<Known | undefined> {
		if (size > largestFile) return { stamp, depth: 'everything', documents: undefined };
		const content = await this.ports.read(path);
		if (content === undefined) return undefined;
		if (content.length > largestFile) return { stamp, depth: 'everything', documents: undefined };
		return turns.run(() => {
			if (depth === 'recipes' && !mayHaveRecipes(content)) return { stamp, depth, documents: [] };
			return { stamp, depth: 'everything', documents: scanText(path, textOf(content)) };
		});
	}
}

function isSame(known: Known | undefined, { stamp }: ScanFile, depth: Depth): boolean {
	if (!known || stamp === undefined || known.stamp !== stamp) return false;
	return known.depth === 'everything' || depth === 'recipes';
}

function entryOf(known: ReadonlyMap<string, Known>, path: string): [string, Known][] {
	const found = known.get(path);
	return found ? [[path, found]] : [];
}

/** What a file's text shows. A byte order mark is not part of the text. */
export function scanText(path: string, text: string): ScannedDocument[] {
	return documentsOf(path, text).flatMap((document) => scanDocument(document) ?? []);
}

/** What every recipe begins with. */
const mark = 'limn:';

const decoder = new TextDecoder();

/** What is no UTF-8 becomes a replacement character: what stands around it can still be read. */
export function textOf(content: Uint8Array | string): string {
	return typeof content === 'string' ? content : decoder.decode(content);
}

/** Most files have none: their bytes are looked through, which is many times faster than to read them. */
function mayHaveRecipes(content: Uint8Array | string): boolean {
	if (typeof content === 'string') return content.includes(mark);
	const colon = 0x3a;
	for (let at = content.indexOf(colon, letters.length); at >= 0; at = content.indexOf(colon, at + 1)) {
		if (letters.every((letter, index) => content[at - letters.length + index] === letter)) return true;
	}
	return false;
}

/** What stands before the colon of a recipe's mark. */
const letters = Array.from(mark.slice(0, -1), (letter) => letter.charCodeAt(0));

/** A document that has been read; `undefined`: it shows no pictures and has no recipes. */
export function scanDocument(document: SurveyDocument & { readonly cell?: number }): ScannedDocument | undefined {
	const { path, text, language, cell } = document;
	const parts = language.read?.(text);
	if (!parts) return undefined;
	const hasRecipes = recipesIn(text, parts).length > 0;
	if (!hasRecipes && parts.pictures.length === 0) return undefined;
	const kept = hasRecipes ? parts : { comments: [], pictures: parts.pictures.map(detached) };
	const base = language.baseOf?.(text);
	return {
		path,
		text: hasRecipes ? text : '',
		language: knowing(language, kept, base),
		hasRecipes,
		lineOf: linesOf(text),
		...(cell !== undefined && { cell }),
	};
}

/** What is wrong with the pictures of a document, in the order of the text. */
export async function findingsIn(document: ScannedDocument, files: PictureFiles): Promise<FileFinding[]> {
	const { cell, lineOf } = document;
	const place = (offset: number) => ({ line: lineOf(offset), ...(cell !== undefined && { cell }) });
	const findings = findingsOf(await survey(document, files));
	return findings.map((finding) => Object.assign(finding, place(finding.span.start)));
}

/** The language of one document that has been read already. */
function knowing(language: DocumentLanguage, parts: DocumentParts, base: string | undefined): DocumentLanguage {
	const known = base === undefined ? undefined : copyOf(base);
	return { ...language, read: () => parts, ...(language.baseOf && { baseOf: () => known }) };
}

/** Without the document: a piece of a text holds the whole of it. */
function detached(link: PictureLink): PictureLink {
	const { href, alt } = link;
	return { ...link, href: copyOf(href), ...(alt && { alt: { ...alt, text: copyOf(alt.text) } }) };
}

function copyOf(text: string): string {
	return ` ${text}`.slice(1);
}

/** Tells the lines of places: kept is where each line but the first begins. */
function linesOf(text: string): (offset: number) => number {
	const starts = Uint32Array.from(lineStarts(text));
	return (offset) => {
		let [low, high] = [0, starts.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((starts[middle] ?? Infinity) <= offset) low = middle + 1;
			else high = middle;
		}
		return low;
	};
}

/** Most texts have one kind of line end, which is found much faster than either of two. */
function lineStarts(text: string): number[] {
	if (text.includes('\r')) return Array.from(text.matchAll(/\r\n?|\n/g), ({ index, 0: end }) => index + end.length);
	const starts: number[] = [];
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
	return starts;
}
