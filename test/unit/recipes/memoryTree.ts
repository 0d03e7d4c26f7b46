import type { Entry, Tree } from '../../../src/recipes/tree';

/** Files in memory, by their paths. A text of `link` stands for a link that leads nowhere. */
export class MemoryTree implements Tree {
	readonly files: Map<string, string | Uint8Array>;
	/** What was asked for, in order: `list /docs`. */
	readonly asked: string[] = [];
	/** How the disk takes paths when it looks for one: Windows takes capitals for small letters, macOS letters with marks in pieces, too. */
	takenAs = (path: string): string => path;
	readonly stamps = new Map<string, string | undefined>();

	constructor(files: Readonly<Record<string, string | Uint8Array>>) {
		this.files = new Map(Object.entries(files));
	}

	readonly list = async (folder: string): Promise<Entry[] | undefined> => {
		this.asked.push(`list ${folder}`);
		const prefix = folder === '/' ? '/' : `${folder}/`;
		const below = [...this.files].filter(([path]) => path.startsWith(prefix));
		const entries = below.map(([path, content]): [string, Entry['kind']] => {
			const [name = '', ...rest] = path.slice(prefix.length).split('/');
			return [name, rest.length > 0 ? 'folder' : content === 'link' ? 'link' : 'file'];
		});
		return below.length === 0 ? undefined : Array.from(new Map(entries), ([name, kind]) => ({ name, kind }));
	};

	readonly stat = async (path: string) => {
		this.asked.push(`stat ${path}`);
		const content = this.#find(path);
		if (content === undefined || content === 'link') return undefined;
		return { size: content.length, stamp: this.stamps.has(path) ? this.stamps.get(path) : `1/${content.length}` };
	};

	readonly read = async (path: string): Promise<Uint8Array | undefined> => {
		this.asked.push(`read ${path}`);
		const content = this.#find(path);
		return typeof content === 'string' ? new TextEncoder().encode(content) : content;
	};

	#find(path: string): string | Uint8Array | undefined {
		return this.files.get(path) ?? [...this.files].find(([each]) => this.takenAs(each) === this.takenAs(path))?.[1];
	}
}
