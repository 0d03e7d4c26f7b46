import type { Uri } from 'vscode';
import type { GalleryItem } from '../../gallery/item';
import { Turns } from '../../recipes/turns';
import type { HistoryEntry } from '../../store/history';
import { turnPorts } from '../../workspace/place';
import type { History, HistoryContent } from '../history';
import type { FileList, ListedFile } from './fileList';
import type { GalleryMemory } from './galleryMemory';
import { Items } from './items';

interface Parts {
	readonly history: History;
	readonly files: FileList;
	readonly memory: GalleryMemory;
}

/** Pictures to choose among. A list is never changed: after a change there is another one. */
export interface Stock {
	readonly items: readonly GalleryItem[];
	/** There are more than can be listed. */
	readonly isCut: boolean;
}

/** The pictures that there are: those of the history and, for whoever asks, all files of the workspace. */
export class Pictures {
	readonly #items = new Items();
	/** Every picture that was ever on a list, by id: a view may still show it. */
	readonly #known = new Map<string, GalleryItem>();
	#made: Promise<Stock & Pick<HistoryContent, 'damaged' | 'isUnreadable'>> | undefined;
	#all: Stock | undefined;
	/** Counts up whenever what is known is true no more. */
	#era = 0;

	constructor(readonly parts: Parts) {}

	/** Those of the history. Begins to read it where that is not known. */
	async made(): Promise<Stock & Pick<HistoryContent, 'damaged' | 'isUnreadable'>> {
		return (this.#made ??= this.#readMade());
	}

	/** Those, and all files. Rejects with the signal's reason. */
	async all(signal: AbortSignal): Promise<Stock> {
		// What was listed is true as long as it is watched.
		if (this.#all && this.parts.files.known) return this.#all;
		const era = this.#era;
		const { items } = await this.made();
		const { files, isCut } = await this.parts.files.list(signal);
		const listed = new Map(files);
		for (const { uri } of items) listed.delete(uri);
		const others = await this.#itemsOf([...listed.values()]);
		signal.throwIfAborted();
		const all = { items: [...items, ...others], isCut };
		// What has changed meanwhile, or is not watched, is asked for again.
		if (era === this.#era && this.parts.files.known) this.#all = all;
		return all;
	}

	/** The history, or what is kept of its pictures, is another one. */
	renew(): void {
		this.#made = undefined;
		this.renewFiles();
	}

	/** The workspace's files are others. */
	renewFiles(): void {
		this.#era++;
		this.#all = undefined;
	}

	/** One that is on a list, or was. */
	known(id: string): GalleryItem | undefined {
		return this.#known.get(id);
	}

	/** Whether a picture that is known lies there, or below. */
	hasAt(place: Uri): boolean {
		const uri = place.toString();
		for (const item of this.#known.values()) if (item.uri === uri || item.uri.startsWith(`${uri}/`)) return true;
		return false;
	}

	async #readMade(): Promise<Stock & Pick<HistoryContent, 'damaged' | 'isUnreadable'>> {
		const { entries, damaged, isUnreadable } = await this.parts.history.read();
		return { items: await this.#itemsOf(entries), isCut: false, damaged, isUnreadable };
	}

	async #itemsOf(sources: readonly (HistoryEntry | ListedFile)[]): Promise<readonly GalleryItem[]> {
		const turns = new Turns(turnPorts);
		const favourites = this.parts.memory.favourites();
		const items: GalleryItem[] = [];
		for (let at = 0; at < sources.length; at += atOnce) {
			await turns.run(() => {
				for (const source of sources.slice(at, at + atOnce)) {
					const item = this.#items.of(source, favourites);
					this.#known.set(item.id, item);
					items.push(item);
				}
			});
		}
		return items;
	}
}

/** What is made ready at a time: that takes a millisecond or two. */
const atOnce = 100;
