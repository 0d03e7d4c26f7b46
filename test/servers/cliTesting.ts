import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Result, resultShape } from '../contractShapes';

/** How a command ended. */
export interface Ended {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** The command line as it ships. */
export const bundle = path.resolve('dist/cli.js');

/** A folder to work in, with a name that is awkward everywhere, and one for Limn's own files. */
export class Desk {
	private constructor(
		readonly top: string,
		readonly root: string,
		readonly home: string,
	) {}

	static async open(): Promise<Desk> {
		const top = await mkdtemp(path.join(os.tmpdir(), 'limn-cli-'));
		const [root, home] = [path.join(top, 'a b#ü'), path.join(top, 'home')];
		await mkdir(root);
		return new Desk(top, root, home);
	}

	/** Of the process: nothing of whoever runs the tests. */
	environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
		const { PATH = '' } = process.env;
		return { PATH, HOME: this.top, LIMN_HOME: this.home, ...more };
	}

	async write(name: string, content: string | Uint8Array): Promise<void> {
		const file = path.join(this.root, name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, content);
	}

	/** The files of the root, by path. */
	async files(): Promise<string[]> {
		return (await filesBelow(this.root)).toSorted();
	}

	/** All that Limn has written down. */
	async own(): Promise<string[]> {
		return (await filesBelow(this.home)).toSorted();
	}

	/** Runs a command. `during`: what happens to it meanwhile. */
	async limn(
		args: readonly string[],
		env: Readonly<Record<string, string>> = {},
		during?: (child: ChildProcess) => Promise<void>,
	): Promise<Ended> {
		return ended(bundle, args, { cwd: this.root, env: this.environment(env) }, during);
	}

	/** Runs a command that prints a result. */
	async result(
		args: readonly string[],
		env: Readonly<Record<string, string>> = {},
		during?: (child: ChildProcess) => Promise<void>,
	): Promise<Ended & { readonly result: Result }> {
		const end = await this.limn([...args, '--json'], env, during);
		return { ...end, result: resultShape.parse(JSON.parse(end.out)) };
	}

	async close(): Promise<void> {
		await rm(this.top, { recursive: true, force: true });
	}
}

/** Runs a script of Node's to its end. */
export async function ended(
	script: string,
	args: readonly string[],
	{ cwd, env }: { readonly cwd: string; readonly env: Record<string, string> },
	during?: (child: ChildProcess) => Promise<void>,
): Promise<Ended> {
	const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let [out, err] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
	const code = new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	await during?.(child);
	return { code: await code, out, err };
}

async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	const files = entries.filter((entry) => !entry.isDirectory());
	return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

/** Waits until something holds that another process brings about. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
