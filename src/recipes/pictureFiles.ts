import type { PictureLink } from '../documents/languages/language';
import { folderOf, nameOfPath, normalizePath } from '../documents/paths';
import { resolveLink } from '../documents/resolveLink';
import { antoraModule, findSite, type Surroundings } from '../documents/sites';
import { cached } from './cached';
import type { Digest } from './made';
import type { PictureFiles, SurveyDocument } from './survey';
import type { Entry, Tree } from './tree';

/** What a document belongs to. */
export interface Home {
	/** Absent: no folder of the project holds the document. */
	readonly workspaceFolder?: string | undefined;
	/** See `Surroundings`. */
	readonly siteRoots: readonly string[];
}

/** What the files of pictures are looked up with. */
export interface LookupPorts {
	readonly tree: Tree;
	readonly homeOf: (document: string) => Home;
	/** SHA-256 of a picture in hex. Absent: nobody asks whose pictures they are, and no picture is read. */
	readonly digest?: ((path: string) => Promise<string | undefined>) | undefined;
	readonly hash: Digest;
}

type SiteAround = Pick<Surroundings, 'site' | 'siteRoots'>;

/** The files of a project as they are at one moment: each folder is looked into once, so that one lookup is for one run. */
export class PictureLookup implements PictureFiles {
	readonly hash: Digest;
	readonly #folders = new Map<string, Promise<ReadonlyMap<string, Entry['kind']> | undefined>>();
	readonly #others = new Map<string, Promise<boolean>>();
	readonly #sites = new Map<string, Promise<SiteAround>>();
	readonly #homes = new WeakMap<SurveyDocument, Surroundings>();

	constructor(readonly ports: LookupPorts) {
		this.hash = ports.hash;
	}

	readonly candidates = async (link: PictureLink, document: SurveyDocument): Promise<readonly string[] | undefined> => {
		const home = this.#homes.get(document) ?? this.#homeOf(document);
		// Nothing else depends on the site, and to find one all folders above are looked into.
		const isRooted = link.href.startsWith('/') || home.base?.startsWith('/') === true;
		const isOfSite = isRooted || antoraModule(home.document) !== undefined;
		const end = resolveLink(link, isOfSite ? { ...home, ...(await this.#siteAround(home)) } : home);
		return end.kind === 'file' ? end.candidates : undefined;
	};

	/** A disk that takes capitals for small letters finds what a listing does not name. */
	readonly exists = async (path: string): Promise<boolean> => {
		const kind = (await this.#folder(parentOf(path)))?.get(nameOfPath(path));
		if (kind === 'file' || kind === 'folder') return kind === 'file';
		return cached(this.#others, path, async () => (await this.ports.tree.stat(path)) !== undefined);
	};

	readonly digest = async (path: string): Promise<string | undefined> => this.ports.digest?.(path);

	#homeOf(document: SurveyDocument): Surroundings {
		const { path, text, language } = document;
		const home = { ...this.ports.homeOf(path), document: path, base: language.baseOf?.(text) };
		this.#homes.set(document, home);
		return home;
	}

	/** Of the folders that a site may have those that are there. */
	async #siteAround({ document, workspaceFolder: top, siteRoots }: Surroundings): Promise<SiteAround> {
		if (top === undefined) return { siteRoots: [] };
		const folder = folderOf(document);
		return cached(this.#sites, folder, async () => {
			const found = await Promise.all(siteRoots.map(async (root) => this.#folder(normalizePath(`${top}/${root}`))));
			const site = await findSite(folder, top, {
				list: async (each) => [...((await this.#folder(each))?.keys() ?? [])],
				exists: async (each) => (await this.#folder(parentOf(each)))?.has(nameOfPath(each)) === true,
			});
			return { site, siteRoots: siteRoots.filter((_, index) => found[index]) };
		});
	}

	async #folder(path: string): Promise<ReadonlyMap<string, Entry['kind']> | undefined> {
		return cached(this.#folders, path, async () => {
			const entries = await this.ports.tree.list(path);
			return entries && new Map(entries.map(({ name, kind }) => [name, kind]));
		});
	}
}

/** Which pictures are which, read again only where they have changed. */
export class PictureDigests {
	readonly #known = new Map<string, { readonly stamp: string; readonly digest: string }>();
	#last: Promise<unknown> = Promise.resolve();

	constructor(
		readonly tree: Tree,
		readonly hash: Digest,
	) {}

	/** `undefined`: there is none, or it cannot be read. */
	readonly of = async (path: string): Promise<string | undefined> => {
		const state = await this.tree.stat(path);
		const known = this.#known.get(path);
		if (!state || (known && known.stamp === state.stamp)) return state && known?.digest;
		// One after the other, so that they are not all in memory at once.
		const mine = this.#last.then(async () => this.#read(path, state.stamp));
		this.#last = mine.catch(() => undefined);
		return mine;
	};

	async #read(path: string, stamp: string | undefined): Promise<string | undefined> {
		const bytes = await this.tree.read(path);
		if (!bytes) return undefined;
		const digest = await this.hash(bytes);
		if (stamp !== undefined) this.#known.set(path, { stamp, digest });
		return digest;
	}
}

/** Of a path without `.` and `..`. */
function parentOf(path: string): string {
	return path.slice(0, path.lastIndexOf('/')) || '/';
}
