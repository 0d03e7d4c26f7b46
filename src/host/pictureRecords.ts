import type { ImageRecord } from '../domain/imageRecord';
import { pictureId } from '../domain/picture';
import { inflate } from '../generation/inflate';
import { readRecipe, type Recipe } from '../image/metadata/readRecipe';
import type { HistoryEntry } from '../store/history';
import type { History } from './history';
import { digest } from '../generation/slices';

/** What is known of how a picture was made. */
export interface PictureRecord {
	/** See `StoredPicture`. */
	readonly id: string;
	/** In the words of its file, else of the history. Absent: neither says anything. */
	readonly recipe?: Recipe;
	/** Absent: it was not made here, or nobody knows. */
	readonly costUsd?: number;
}

/** What the bytes of a picture's file, else the history, say of how it was made. */
export async function recordOf(bytes: Uint8Array, history: Pick<History, 'find'>): Promise<PictureRecord> {
	const id = pictureId(await digest(bytes));
	const entry = await history.find(id);
	// What is packed in a file is text of some kilobytes: that blocks nothing.
	const recipe = readRecipe(bytes, { inflate }) ?? (entry && { kind: 'limn', record: recordIn(entry) });
	return { id, ...(recipe && { recipe }), ...(entry?.costUsd !== undefined && { costUsd: entry.costUsd }) };
}

function recordIn(entry: HistoryEntry): ImageRecord {
	const { id: _id, uri: _uri, saved: _saved, costUsd: _costUsd, painted: _painted, ...record } = entry;
	return record;
}

/** The person's own words; possibly empty. */
export function promptOf(recipe: Recipe): string {
	return recipe.kind === 'limn' ? recipe.record.prompt : recipe.prompt;
}

/** `provider/model`, or what another program calls its model. */
export function modelOf(recipe: Recipe): string | undefined {
	if (recipe.kind === 'limn') return recipe.record.model;
	return recipe.parameters.find(([name]) => name === 'Model')?.[1];
}
