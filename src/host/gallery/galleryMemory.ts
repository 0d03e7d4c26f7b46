import type { Memento } from 'vscode';
import * as z from 'zod';

/** A picture that was named to a view. */
export interface Named {
	readonly id: string;
	readonly uri: string;
	/** Where people know it under another name than its file's. */
	readonly name?: string;
}

const favouritesSchema = z.array(z.string());
const namedSchema = z.array(z.object({ id: z.string(), uri: z.string(), name: z.string().exactOptional() }));

/** Of as many pictures the names are known after the window was loaded again. */
const mostNamed = 500;

/** What the gallery keeps of this workspace besides the history. */
export class GalleryMemory {
	#favourites: ReadonlySet<string> | undefined;
	#named: Map<string, Named> | undefined;

	constructor(readonly state: Pick<Memento, 'get' | 'update'>) {}

	/** Their keys, see `GalleryItem`. */
	favourites(): ReadonlySet<string> {
		return (this.#favourites ??= new Set(favouritesSchema.catch([]).parse(this.state.get('gallery.favourites'))));
	}

	async setFavourites(keys: Iterable<string>): Promise<void> {
		this.#favourites = new Set(keys);
		await this.state.update('gallery.favourites', [...this.#favourites]);
	}

	/** Of a file, or of all that is in a folder, where favourites hang on the file alone. */
	async moveFavourites(from: string, to: string): Promise<void> {
		const keys = [...this.favourites()];
		const moved = keys.map((key) => (key === from || key.startsWith(`${from}/`) ? to + key.slice(from.length) : key));
		if (moved.some((key, index) => key !== keys[index])) await this.setFavourites(moved);
	}

	named(id: string): Named | undefined {
		return this.#all().get(id);
	}

	/** The one that was named last in a long time goes first. */
	async name(named: Named): Promise<void> {
		const all = this.#all();
		const known = all.get(named.id);
		all.delete(named.id);
		all.set(named.id, { ...known, ...named });
		const [oldest] = all.keys();
		if (oldest !== undefined && all.size > mostNamed) all.delete(oldest);
		await this.state.update('gallery.named', [...all.values()]);
	}

	#all(): Map<string, Named> {
		return (this.#named ??= new Map(
			namedSchema
				.catch([])
				.parse(this.state.get('gallery.named'))
				.map((named) => [named.id, named]),
		));
	}
}
