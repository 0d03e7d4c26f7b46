import * as z from 'zod';
import type { PaintedMask } from '../canvas/paintedMask';
import { paintedSchema } from '../canvas/paintedSchema';
import type { ImageRecord } from '../domain/imageRecord';
import { parseRecord } from '../image/metadata/imageRecordSchema';

/** A picture that was saved, and how it came to be. */
export interface HistoryEntry extends ImageRecord {
	/** See `StoredPicture`. */
	readonly id: string;
	/** Where it was put; it may be elsewhere by now. */
	readonly uri: string;
	/** An instant in ISO 8601, UTC. */
	readonly saved: string;
	readonly costUsd?: number;
	/** What was selected, where it was painted: a picture's file tells only the box round it. Absent: nobody knows it, or nothing was. */
	readonly painted?: PaintedMask;
}

/** What became of a picture's file since. URIs as strings. */
export type HistoryNote =
	| { readonly moved: { readonly from: string; readonly to: string } }
	/** The entry counts no more: its file is gone, and nobody wants to hear of it. */
	| { readonly forgotten: string };

/** An address that the editor can take: it throws at others. */
const address = z.string().regex(/^\w[\w+.-]*:(?!\/{4})/);

/** What a line holds besides the record. */
const placeSchema = z.object({
	id: z.string(),
	uri: address,
	saved: z.string(),
	costUsd: z.number().exactOptional(),
	painted: z.unknown().exactOptional(),
});

const noteSchema: z.ZodType<HistoryNote> = z.union([
	z.object({ moved: z.object({ from: z.string(), to: address }) }),
	z.object({ forgotten: z.string() }),
]);

/** An entry or a note as one line of the history's file, with both its ends: a line before it may have been torn. */
export function lineOf(line: HistoryEntry | HistoryNote): string {
	return `\n${JSON.stringify(line)}\n`;
}

/** The entries of the history's file, the oldest first. A line that is none, torn by a crash or of a later version, is passed over. */
export function entriesOf(text: string): HistoryEntry[] {
	return text.split('\n').flatMap((line) => entryOf(line) ?? []);
}

/** The pictures that the history's file comes to, and how many of its lines nobody can read. See {@link HistoryFold}. */
export function presentEntries(text: string): {
	readonly entries: readonly HistoryEntry[];
	readonly damaged: number;
} {
	const fold = new HistoryFold();
	fold.read(text);
	return { entries: fold.entries(), damaged: fold.damaged };
}

/** What the lines of a history come to, one after the other: of each place the latest entry, those moved that were moved. */
export class HistoryFold {
	/** By URI, in the order in which they were saved. */
	readonly #present = new Map<string, HistoryEntry>();
	/** By id: how a picture was made is known as long as the history is. */
	readonly #latest = new Map<string, HistoryEntry>();
	#damaged = 0;

	/** Lines that are neither empty nor anything that a history holds. */
	get damaged(): number {
		return this.#damaged;
	}

	/** Takes whole lines. What stands behind the last line's end may still be being written: it is no damage. */
	read(text: string): void {
		const lines = text.split('\n');
		const last = lines.pop() ?? '';
		// A failed reading takes long, and every other line is empty.
		for (const line of lines) if (line.trim() !== '' && !this.#readLine(line)) this.#damaged++;
		this.#readLine(last);
	}

	take(line: HistoryEntry | HistoryNote): void {
		if ('moved' in line) this.#move(line.moved);
		else if ('forgotten' in line) this.#present.delete(line.forgotten);
		else this.#put(line);
	}

	entries(): HistoryEntry[] {
		return [...this.#present.values()];
	}

	/** The latest entry of a picture, be it forgotten or not. */
	find(id: string): HistoryEntry | undefined {
		return this.#latest.get(id);
	}

	#readLine(line: string): boolean {
		const read = entryOf(line) ?? noteOf(line);
		if (read) this.take(read);
		return read !== undefined;
	}

	#put(entry: HistoryEntry): void {
		this.#present.delete(entry.uri);
		this.#present.set(entry.uri, entry);
		this.#latest.set(entry.id, entry);
	}

	#move({ from, to }: { readonly from: string; readonly to: string }): void {
		const entry = this.#present.get(from);
		if (!entry || from === to) return;
		const moved = { ...entry, uri: to };
		this.#present.delete(from);
		this.#present.delete(to);
		this.#present.set(to, moved);
		if (this.#latest.get(entry.id) === entry) this.#latest.set(entry.id, moved);
	}
}

function entryOf(line: string): HistoryEntry | undefined {
	const record = parseRecord(line);
	const read = record && placeSchema.safeParse(JSON.parse(line)).data;
	if (!read) return undefined;
	const { painted: given, ...place } = read;
	// Of a later version perhaps, or damaged: the rest is as good without it.
	const painted = given === undefined ? undefined : paintedSchema.safeParse(given).data;
	return { ...record, ...place, ...(painted && { painted }) };
}

function noteOf(line: string): HistoryNote | undefined {
	try {
		return noteSchema.safeParse(JSON.parse(line)).data;
	} catch {
		return undefined;
	}
}
