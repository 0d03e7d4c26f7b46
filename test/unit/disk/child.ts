import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

/** Makes a program for another process, of TypeScript that imports from the top of the tree. */
export async function bundle(contents: string, outfile: string): Promise<string> {
	const stdin = { contents, resolveDir: process.cwd(), loader: 'ts' } as const;
	await build({ stdin, bundle: true, platform: 'node', target: 'node20', outfile });
	return outfile;
}

/** A process that speaks in lines. */
export class Child {
	readonly #process: ChildProcess;
	readonly #ended: Promise<unknown>;
	readonly #lines: AsyncIterator<string, undefined>;

	/** `args`: of Node. */
	constructor(args: readonly string[]) {
		const { stdout } = (this.#process = spawn(process.execPath, args, {
			stdio: ['pipe', 'pipe', 'inherit'],
		}));
		this.#ended = once(this.#process, 'close');
		if (!stdout) throw new Error('There is nothing to read.');
		this.#lines = createInterface(stdout)[Symbol.asyncIterator]();
	}

	get pid(): number {
		return this.#process.pid ?? 0;
	}

	/** What it says next; `undefined`: it has ended. */
	async next(): Promise<string | undefined> {
		const line = await this.#lines.next();
		return line.done ? undefined : line.value;
	}

	/** All that it says until it ends. */
	async rest(): Promise<string[]> {
		const lines: string[] = [];
		for (let line = await this.next(); line !== undefined; line = await this.next()) lines.push(line);
		await this.#ended;
		return lines;
	}

	say(line: string): void {
		this.#process.stdin?.write(`${line}\n`);
	}

	/** As the system does when memory is short: it can do nothing about it. */
	async kill(): Promise<void> {
		this.#process.kill('SIGKILL');
		await this.#ended;
	}

	/** The signal that ended it. */
	get signal(): string | null {
		return this.#process.signalCode;
	}
}
