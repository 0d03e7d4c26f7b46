import { lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Names that pictures are likely to get, and that are taken. */
export const wanted = ['a fox', 'image', 'all at once', 'guide', 'A-FOX'] as const;

/** A workspace full of links and of other people's files, and what lies beside it. */
export class Trap {
	#outside = '';
	#inside = '';

	private constructor(readonly home: string) {}

	static async set(home: string): Promise<Trap> {
		const trap = new Trap(home);
		await trap.#make();
		return trap;
	}

	/** The workspace. */
	get root(): string {
		return path.join(this.home, 'ws');
	}

	/** What was changed is as it was again. */
	async outsideChanged(): Promise<boolean> {
		const others = (await readdir(this.home)).filter((name) => name !== 'ws').map((name) => path.join(this.home, name));
		const isChanged = (await contentsOf(others)) !== this.#outside;
		if (isChanged) await this.#make();
		return isChanged;
	}

	/** Whether a file of somebody else's in the workspace was. */
	async insideChanged(): Promise<boolean> {
		const isChanged = (await contentsOf(this.#taken())) !== this.#inside;
		if (isChanged) await this.#make();
		return isChanged;
	}

	async #make(): Promise<void> {
		const [root, outside] = [this.root, path.join(this.home, 'outside')];
		await rm(this.home, { recursive: true, force: true });
		for (const folder of [outside, path.join(root, 'images'), path.join(root, '.git/hooks')])
			await mkdir(folder, { recursive: true });
		for (const file of [...this.#taken(), path.join(outside, 'victim.png'), path.join(this.home, 'notes.md')])
			await writeFile(file, `${path.basename(file)}, and nobody else’s`);
		for (const [at, target] of [
			['out', '../outside'],
			['abs', outside],
			['up', '..'],
			['loop', 'loop'],
			['images/deep', '../../outside'],
			['images/a-fox-1.png', '../../outside/victim.png'],
			['images/a-fox-2.png', '../../outside/new.png'],
			['guide.png', '../outside/victim.png'],
		] as const)
			await symlink(target, path.join(root, at));
		this.#outside = await contentsOf([outside, path.join(this.home, 'notes.md')]);
		this.#inside = await contentsOf(this.#taken());
	}

	/** Also where only a link stands in the way. */
	#taken(): string[] {
		const names = ['a-fox', 'image', 'all-at-once', 'A-Fox'].flatMap((name) => [`${name}.png`, `images/${name}.png`]);
		return [...names, 'notes.md', '.git/hooks/pre-commit'].map((name) => path.join(this.root, name));
	}
}

/** As one text: every file below, and where every link leads. */
async function contentsOf(places: readonly string[]): Promise<string> {
	const found = await Promise.all(places.toSorted().map(async (place) => `${place}: ${await contentOf(place)}`));
	return found.join('\n');
}

async function contentOf(place: string): Promise<string> {
	const stat = await lstat(place).catch(() => undefined);
	if (!stat) return 'gone';
	if (stat.isSymbolicLink()) return `→ ${await readlink(place)}`;
	if (stat.isDirectory()) return contentsOf((await readdir(place)).map((name) => path.join(place, name)));
	return readFile(place, 'latin1');
}
