import * as z from 'zod';
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
}

/** What a line holds besides the record. */
const placeSchema = z.object({
	id: z.string(),
	uri: z.string(),
	saved: z.string(),
	costUsd: z.number().exactOptional(),
});

/** An entry as one line of the history's file, with both its ends: a line before it may have been torn. */
export function lineOf(entry: HistoryEntry): string {
	return `\n${JSON.stringify(entry)}\n`;
}

/** The entries of the history's file, the oldest first. A line that is none, torn by a crash or of a later version, is passed over. */
export function entriesOf(text: string): HistoryEntry[] {
	return text.split('\n').flatMap((line) => entryOf(line) ?? []);
}

function entryOf(line: string): HistoryEntry | undefined {
	const record = parseRecord(line);
	const place = record && placeSchema.safeParse(JSON.parse(line)).data;
	return place && { ...record, ...place };
}
