import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { publishLocally } from './localFiles';

/** A file of lines that several windows add to and none changes. What is in it is the affair of others. */
export class LedgerFile {
	readonly #name: string;

	/** `today`: `YYYY-MM-DD`, for the name of a file that is set aside. */
	constructor(
		readonly file: string,
		readonly today: () => string,
	) {
		this.#name = path.basename(file);
	}

	/** Another one whenever the file is another; empty where there is none. */
	async stamp(): Promise<string> {
		const found = await orNothing(stat(this.file));
		return found ? stampOf(found) : '';
	}

	/** Empty where there is none. */
	async read(): Promise<string> {
		return (await orNothing(readFile(this.file, 'utf8'))) ?? '';
	}

	/**
	 * Adds lines to the end, on lines of their own; a new file begins with `head`. Resolves when they are on the disk, with the stamps of
	 * the file before and after; nobody else added anything in between, else `after` is empty.
	 */
	async append(lines: string, head: string): Promise<Stamps> {
		const folder = path.dirname(this.file);
		await mkdir(folder, { recursive: true });
		// Whoever is set aside by another window while it is written to is written to again: of a line that is there twice one counts.
		for (let tries = 0; tries < mostTries; tries++) {
			await publishLocally(folder, this.#name, Buffer.from(head), [folder]);
			const stamps = await this.#add(lines);
			if (stamps) return stamps;
		}
		throw new Error(`${this.file} was moved away again and again.`);
	}

	/** Gives the file a name that no file has, and says what is in it: nothing where nobody can read it. `undefined`: it is gone already. */
	async setAside(): Promise<{ readonly path: string; readonly text: string } | undefined> {
		const { dir, name, ext } = path.parse(this.file);
		for (let number = 1; ; number++) {
			const place = path.join(dir, `${name}-${this.today()}-unreadable${number === 1 ? '' : `-${number}`}${ext}`);
			if (await exists(place)) continue;
			if (!(await this.#movedTo(place))) return undefined;
			return { path: place, text: await readFile(place, 'utf8').catch(() => '') };
		}
	}

	async #movedTo(place: string): Promise<boolean> {
		return (await orNothing(rename(this.file, place).then(() => true))) ?? false;
	}

	/** `undefined`: it went to a file that is not the one any more. */
	async #add(lines: string): Promise<Stamps | undefined> {
		const handle = await orNothing(open(this.file, constants.O_RDWR | constants.O_APPEND));
		if (!handle) return undefined;
		try {
			const before = await handle.stat();
			const { size, ino } = before;
			const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
			const isWhole = size === 0 || buffer[0] === lineEnd;
			const text = isWhole ? lines : `\n${lines}`;
			await handle.appendFile(text);
			await handle.sync();
			const after = await orNothing(stat(this.file));
			if (after?.ino !== ino) return undefined;
			const isOurs = after.size === size + Buffer.byteLength(text);
			return { before: stampOf(before), after: isOurs ? stampOf(after) : '' };
		} finally {
			await handle.close();
		}
	}
}

interface Stamps {
	readonly before: string;
	readonly after: string;
}

function stampOf({ ino, size, mtimeMs }: Stats): string {
	return `${ino} ${size} ${mtimeMs}`;
}

const lineEnd = 0x0a;

const mostTries = 10;

async function exists(file: string): Promise<boolean> {
	return lstat(file).then(
		() => true,
		() => false,
	);
}

/** `undefined`: there is no such file. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
	return asked.catch((fault: unknown) => {
		if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
		throw fault;
	});
}
