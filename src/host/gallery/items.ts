import { createHash } from 'node:crypto';
import { Uri, workspace } from 'vscode';
import { nameOfPath } from '../../documents/paths';
import type { GalleryItem } from '../../gallery/item';
import type { HistoryEntry } from '../../store/history';
import type { ListedFile } from './fileList';

/** The name that a picture has for the views: they are told no more of where it is. */
export function handleOf(uri: string): string {
	return `p${createHash('sha256').update(uri).digest('hex').slice(0, 16)}`;
}

/** What the gallery has of a picture, made once as long as nothing about it changes: what is made ready of it for a search is kept. */
export class Items {
	readonly #known = new WeakMap<HistoryEntry | ListedFile, GalleryItem>();

	of(source: HistoryEntry | ListedFile, favourites: ReadonlySet<string>): GalleryItem {
		const known = this.#known.get(source);
		if (known && known.isFavourite === favourites.has(known.key)) return known;
		const item = known ?? ('prompt' in source ? itemOfEntry(source) : itemOfFile(source));
		const own = { ...item, isFavourite: favourites.has(item.key) };
		this.#known.set(source, own);
		return own;
	}
}

function itemOfEntry({ id, uri, prompt, model, operation, saved, parent }: HistoryEntry): GalleryItem {
	const made = { prompt, model, operation, picture: id, ...(parent !== undefined && { parent }) };
	return { ...itemAt(Uri.parse(uri), uri), ...made, saved: Date.parse(saved) || 0, key: id };
}

function itemOfFile({ file, changed }: ListedFile): GalleryItem {
	return { ...itemAt(file), saved: changed };
}

/** A picture of which nothing is known but where it is. */
export function itemAt(file: Uri, uri = file.toString()): GalleryItem {
	return {
		id: handleOf(uri),
		uri,
		name: nameOfPath(file.path),
		path: workspace.asRelativePath(file),
		prompt: '',
		saved: 0,
		key: uri,
		isFavourite: false,
	};
}
