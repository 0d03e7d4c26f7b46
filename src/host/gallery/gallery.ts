import { Disposable, EventEmitter, l10n, type LogOutputChannel, type Memento, Uri, workspace } from 'vscode';
import { type ImageError, isImageError } from '../../domain/imageError';
import type { GalleryItem } from '../../gallery/item';
import { sniff } from '../../image/sniff';
import { type GalleryQuery, selecting } from '../../gallery/query';
import type { PainterThread } from '../../generation/painterThread';
import type {
	BrowseAnswer,
	CardView,
	DetailView,
	GalleryState,
	ReferenceView,
	ThumbnailView,
} from '../../protocol/views';
import { inParallel, Turns } from '../../recipes/turns';
import { turnPorts } from '../../workspace/place';
import { readImage } from '../change';
import type { History } from '../history';
import { adopt } from './adopt';
import { cardOf, picturedOf } from './cards';
import { daysOf } from './days';
import { detailOf } from './detail';
import { FileList, mostFiles } from './fileList';
import { follow } from './follow';
import { GalleryMemory } from './galleryMemory';
import { handleOf, itemAt } from './items';
import { Pictures, type Stock } from './pictures';
import type { Shown } from './shown';
import { Thumbnails } from './thumbnails';
import { unknownDetail, unknownPicture } from './unknownPicture';

interface Parts {
	readonly history: History;
	readonly painter: PainterThread;
	/** Limn's own folder. */
	readonly storage: Uri;
	/** Of the workspace. */
	readonly memory: Memento;
	readonly log: LogOutputChannel;
}

/** ms: changes that come closer to each other are told as one. */
const coalesced = 50;

/** How many files are looked at at a time. */
const atOnce = 16;

/** The pictures that there are, for the views. All of it is looking: it is done without a folder and without trust, too. */
export class Gallery implements Disposable {
	readonly #changes = new EventEmitter<void>();
	readonly #files = new FileList();
	readonly #memory: GalleryMemory;
	readonly #pictures: Pictures;
	readonly #thumbnails: Thumbnails;
	readonly #listeners: Disposable;
	#timer: NodeJS.Timeout | undefined;
	#state: GalleryState = { revision: 0, count: 0, isLoading: true };
	#loading: Promise<void> | undefined;

	/** What {@link state} says is another thing now. */
	readonly onDidChange = this.#changes.event;

	constructor(readonly parts: Parts) {
		const { history, storage, memory } = parts;
		this.#memory = new GalleryMemory(memory);
		this.#pictures = new Pictures({ history, files: this.#files, memory: this.#memory });
		this.#thumbnails = new Thumbnails({ ...parts, folder: Uri.joinPath(storage, 'studio', 'thumbnails') });
		this.#listeners = Disposable.from(
			history.onDidChange(() => this.#renew()),
			this.#files.onDidChange(() => this.#renewFiles()),
			workspace.onDidChangeWorkspaceFolders(() => this.#dropFiles()),
			workspace.onDidRenameFiles(({ files }) => void this.#moved(files)),
			workspace.onDidDeleteFiles(({ files }) => this.#deleted(files)),
		);
	}

	/** What is known now. Begins to read the history where nobody has asked for it yet. */
	state(): GalleryState {
		void this.#load();
		return { ...this.#state, isLoading: this.#state.isLoading || this.#files.isLooking };
	}

	/** The names of the pictures that are wanted, in order. Rejects with the signal's reason. */
	async browse(query: GalleryQuery, signal: AbortSignal): Promise<BrowseAnswer> {
		const { items, isCut } = await this.#stock(query.source, signal);
		const turns = new Turns(turnPorts);
		const steps = selecting(items, query, daysOf(query));
		for (;;) {
			signal.throwIfAborted();
			const { done, value } = await turns.run(() => steps.next());
			if (!done) continue;
			const note = l10n.t('Only the first {0} pictures are shown.', mostFiles.toLocaleString());
			return { ids: value, models: modelsOf(items), ...(isCut && { note }) };
		}
	}

	/** In the order of the ids; of those that are known. */
	async cards(ids: readonly string[], shown: Shown): Promise<readonly CardView[]> {
		const items = await Promise.all(ids.map(async (id) => this.#find(id)));
		const known = items.filter((item) => item !== undefined);
		return inParallel(known, atOnce, async (item) => cardOf(item, shown, this.#thumbnails));
	}

	/** Makes it where there is none. Rejects with the signal's reason. */
	async thumbnail(id: string, shown: Shown, signal: AbortSignal): Promise<ThumbnailView> {
		const item = await this.#find(id);
		if (!item) return { kind: 'missing' };
		const made = await this.#thumbnails.make(picturedOf(item), 'tile', signal);
		return made.kind === 'ready' ? { kind: 'ready', uri: shown.address(made.file) } : made;
	}

	/** All that is known of a picture, as its file is now. */
	async look(id: string, shown: Shown): Promise<DetailView> {
		const item = await this.#find(id);
		if (!item) return unknownDetail(id);
		const { items } = await this.#pictures.made();
		if (item.picture === undefined) void this.#memory.name({ id, uri: item.uri });
		return detailOf(item, { ...this.parts, thumbnails: this.#thumbnails, items, shown });
	}

	/** The bytes of a picture's file. */
	async read(id: string): Promise<Uint8Array | ImageError> {
		const item = await this.#find(id);
		const bytes = item ? await readImage(Uri.parse(item.uri)) : unknownPicture();
		// Nothing but pictures is handed out.
		return isImageError(bytes) || sniff(bytes) ? bytes : unknownPicture();
	}

	/** How a picture is shown beside the form. */
	async reference(id: string, shown: Shown): Promise<ReferenceView> {
		const item = await this.#find(id);
		const name = item?.name ?? '';
		const thumbnail = await this.thumbnail(id, shown, new AbortController().signal);
		if (thumbnail.kind === 'ready') return { id, name, uri: thumbnail.uri };
		return { id, name, problem: thumbnail.kind === 'missing' ? l10n.t('The file is gone.') : thumbnail.why };
	}

	/** The name that a file has for the views; it is understood after the window was loaded again, too. */
	idOf(file: Uri): string {
		const uri = file.toString();
		const id = handleOf(uri);
		if (this.#pictures.known(id)?.picture === undefined) void this.#memory.name({ id, uri });
		return id;
	}

	/** The file that a name stands for. See {@link ready}. */
	fileOf(id: string): Uri | undefined {
		const uri = this.#pictures.known(id)?.uri ?? this.#memory.named(id)?.uri;
		return uri === undefined ? undefined : Uri.parse(uri);
	}

	/** Resolves when the history has been read: then all its names are understood. */
	async ready(): Promise<void> {
		await this.#pictures.made();
	}

	/** Keeps a picture that was dropped from outside, and answers its name. `name`: as people know it. */
	async adopt(name: string, bytes: Uint8Array): Promise<string | ImageError> {
		const file = await adopt(name, bytes, Uri.joinPath(this.parts.storage, 'studio', 'adopted'));
		if (isImageError(file)) return file;
		const uri = file.toString();
		const id = handleOf(uri);
		await this.#memory.name({ id, uri, ...(name !== '' && { name }) });
		return id;
	}

	async favour(ids: readonly string[], on: boolean): Promise<void> {
		const items = await Promise.all(ids.map(async (id) => this.#find(id)));
		const keys = new Set(this.#memory.favourites());
		for (const item of items) {
			if (item && on) keys.add(item.key);
			else if (item) keys.delete(item.key);
		}
		await this.#memory.setFavourites(keys);
		this.#renew();
	}

	/** Takes pictures off the history; files are not touched. */
	async forget(ids: readonly string[]): Promise<void> {
		const { items } = await this.#pictures.made();
		const wanted = new Set(ids);
		await this.parts.history.forget(items.filter(({ id }) => wanted.has(id)).map(({ uri }) => uri));
	}

	/** Watches the workspace's files while somebody looks at them. */
	watch(): Disposable {
		return this.#files.watch();
	}

	/** Watches one file, wherever it is: when it is another, or gone, so is what is known of it. */
	follow(file: Uri): Disposable {
		return follow(file, () => this.#changed());
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#files.drop();
		this.#listeners.dispose();
		this.#changes.dispose();
	}

	async #stock(source: GalleryQuery['source'], signal: AbortSignal): Promise<Stock> {
		if (source === 'made') return this.#pictures.made();
		const stock = this.#pictures.all(signal);
		if (this.#files.isLooking) this.#changed();
		return stock;
	}

	async #find(id: string): Promise<GalleryItem | undefined> {
		await this.#pictures.made();
		const known = this.#pictures.known(id);
		const named = this.#memory.named(id);
		if (known || !named) return known;
		const item = itemAt(Uri.parse(named.uri), named.uri);
		return { ...item, name: named.name ?? item.name, isFavourite: this.#memory.favourites().has(item.key) };
	}

	async #load(): Promise<void> {
		return (this.#loading ??= this.#read().catch((fault: unknown) => this.parts.log.error(String(fault))));
	}

	async #read(): Promise<void> {
		const made = await this.#pictures.made();
		// Another one is being read by now.
		if (made !== (await this.#pictures.made())) return;
		const { items, damaged, isUnreadable } = made;
		const problem = isUnreadable
			? l10n.t('The history cannot be read. See the log.')
			: damaged > 0
				? passedOver(damaged)
				: undefined;
		const { revision } = this.#state;
		this.#state = { revision, count: items.length, isLoading: false, ...(problem !== undefined && { problem }) };
		this.#changed();
	}

	#renew(): void {
		this.#pictures.renew();
		// Nobody has asked for it yet.
		if (!this.#loading) return;
		this.#loading = undefined;
		void this.#load();
	}

	#renewFiles(): void {
		this.#pictures.renewFiles();
		this.#changed();
	}

	#dropFiles(): void {
		this.#files.drop();
		this.#renew();
	}

	async #moved(files: readonly { readonly oldUri: Uri; readonly newUri: Uri }[]): Promise<void> {
		for (const { oldUri, newUri } of files) {
			await this.parts.history.move(oldUri, newUri);
			await this.#memory.moveFavourites(oldUri.toString(), newUri.toString());
			// Nobody says which files are in a folder that was moved.
			if (this.#files.remove(oldUri)) this.#files.drop();
		}
		this.#renew();
	}

	#deleted(files: readonly Uri[]): void {
		for (const file of files) this.#files.remove(file);
		if (files.some((file) => this.#pictures.hasAt(file))) this.#changed();
	}

	#changed(): void {
		this.#state = { ...this.#state, revision: this.#state.revision + 1 };
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#changes.fire();
		}, coalesced);
	}
}

const models = new WeakMap<readonly GalleryItem[], readonly string[]>();

function modelsOf(items: readonly GalleryItem[]): readonly string[] {
	const known = models.get(items);
	if (known) return known;
	const found = [...new Set(items.flatMap(({ model }) => model ?? []))].sort();
	models.set(items, found);
	return found;
}

function passedOver(damaged: number): string {
	if (damaged === 1) return l10n.t('1 entry of the history could not be read; it was passed over.');
	return l10n.t('{0} entries of the history could not be read; they were passed over.', damaged);
}
