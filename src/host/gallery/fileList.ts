import { Disposable, EventEmitter, type Uri, workspace } from 'vscode';
import { excludedBy } from '../../recipes/ignored';
import { inParallel, Turns } from '../../recipes/turns';
import { turnPorts } from '../../workspace/place';
import { treeOf } from '../../workspace/tree';
import { stateOf } from './pictureFile';
import { picturesBelow } from './pictureWalk';
import { unlessAborted } from './unlessAborted';

/** A picture's file in the workspace. */
export interface ListedFile {
	readonly file: Uri;
	/** ms since the epoch. */
	readonly changed: number;
}

/** All of them, by URI. */
export interface Listing {
	readonly files: ReadonlyMap<string, ListedFile>;
	/** There are more. */
	readonly isCut: boolean;
}

/** More files are not listed. */
export const mostFiles = 50_000;

const pictures = '**/*.{png,jpg,jpeg,webp,gif,avif,PNG,JPG,JPEG,WEBP,GIF,AVIF}';

/** How many files are looked at at a time. */
const atOnce = 16;

/** The pictures' files of the workspace: looked for when somebody asks, and known as long as they are watched. */
export class FileList {
	readonly #changes = new EventEmitter<void>();
	#listing: Found | undefined;
	#watches = 0;
	#watcher: Disposable | undefined;
	/** While they are watched. */
	#finding: Finding | undefined;

	/** Files have come, gone or changed. */
	readonly onDidChange = this.#changes.event;

	/** What is known without looking. */
	get known(): Listing | undefined {
		return this.#listing;
	}

	get isLooking(): boolean {
		return this.#finding !== undefined;
	}

	/** Rejects with the signal's reason. Whoever asks again soon finds the look for files still under way, where they are watched. */
	async list(signal: AbortSignal): Promise<Listing> {
		if (this.#listing) return this.#listing;
		if (this.#watches === 0) return find(signal);
		this.#finding ??= this.#find();
		return unlessAborted(this.#finding.found, signal);
	}

	/** Forgets what is listed. */
	drop(): void {
		this.#finding?.controller.abort();
		this.#finding = undefined;
		this.#listing = undefined;
	}

	/** A file, or a folder with all that is in it, is there no more. `true`: there was something in it. */
	remove(gone: Uri): boolean {
		const uri = gone.toString();
		const files = this.#listing?.files;
		if (files?.delete(uri)) {
			this.#changes.fire();
			return false;
		}
		const inside = [...(files?.keys() ?? [])].filter((key) => key === uri || key.startsWith(`${uri}/`));
		for (const key of inside) files?.delete(key);
		if (inside.length > 0) this.#changes.fire();
		return inside.some((key) => key !== uri);
	}

	watch(): Disposable {
		if (this.#watches++ === 0) this.#watcher = this.#start();
		let isOver = false;
		return new Disposable(() => {
			if (isOver) return;
			isOver = true;
			if (--this.#watches > 0) return;
			this.#watcher?.dispose();
			this.drop();
		});
	}

	#start(): Disposable {
		const watcher = workspace.createFileSystemWatcher(pictures);
		const changed = (file: Uri) => void this.#look(file);
		watcher.onDidCreate(changed);
		watcher.onDidChange(changed);
		watcher.onDidDelete(changed);
		return watcher;
	}

	#find(): Finding {
		const controller = new AbortController();
		const touched: Uri[] = [];
		const found = find(controller.signal);
		const finding = { found, controller, touched };
		const end = (listing?: Found) => {
			if (this.#finding !== finding) return;
			this.#finding = undefined;
			this.#listing = listing;
			for (const file of touched) void this.#look(file);
		};
		found.then(end, () => end());
		return finding;
	}

	async #look(file: Uri): Promise<void> {
		this.#finding?.touched.push(file);
		const state = await stateOf(file);
		const uri = file.toString();
		const files = this.#listing?.files;
		if (!state) files?.delete(uri);
		else if (files && (files.has(uri) || (files.size < mostFiles && isOwn(file))))
			files.set(uri, { file, changed: state.changed });
		this.#changes.fire();
	}
}

/** A look for files that is under way. */
interface Finding {
	readonly found: Promise<Found>;
	readonly controller: AbortController;
	/** What has changed since it began. */
	readonly touched: Uri[];
}

type Found = Listing & { readonly files: Map<string, ListedFile> };

function isOwn({ path }: Uri): boolean {
	return !path.includes('/node_modules/');
}

async function find(signal: AbortSignal): Promise<Found> {
	const turns = new Turns(turnPorts);
	const all = new Map<string, Uri>();
	for (const folder of workspace.workspaceFolders ?? []) {
		const { uri } = folder;
		const isExcluded = excludedBy(workspace.getConfiguration('files', uri).get<Record<string, unknown>>('exclude', {}));
		const walk = { tree: treeOf(uri), turns, isExcluded, signal };
		for (const path of await picturesBelow(uri.path, mostFiles + 1 - all.size, walk)) {
			const file = uri.with({ path });
			await turns.run(() => all.set(file.toString(), file));
		}
	}
	const files = new Map<string, ListedFile>();
	await inParallel([...all].slice(0, mostFiles), atOnce, async ([uri, file]) => {
		signal.throwIfAborted();
		const state = await stateOf(file);
		await turns.run(() => state && files.set(uri, { file, changed: state.changed }));
	});
	return { files, isCut: all.size > mostFiles };
}
