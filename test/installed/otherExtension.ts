import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createVSIX } from '@vscode/vsce';
import * as z from 'zod';
import type { Order } from './orders';

const answerSchema = z.object({ value: z.unknown().optional(), fault: z.string().optional(), ms: z.number() });

const manifest = {
	name: 'driver',
	publisher: 'limn-tests',
	version: '1.0.0',
	engines: { vscode: '^1.100.0' },
	activationEvents: ['onStartupFinished'],
	main: './main.js',
	files: ['main.js'],
};

/** Another extension in Limn's editor: what it is told, it does there. */
export class OtherExtension {
	readonly #portFile: string;

	/** `folder`: where its package is made. */
	constructor(readonly folder: string) {
		this.#portFile = path.join(folder, 'port');
	}

	/** Its `.vsix`, to be installed. */
	async pack(): Promise<string> {
		await this.write();
		const packagePath = path.join(this.folder, 'driver.vsix');
		const careless = { allowMissingRepository: true, skipLicense: true };
		await createVSIX({ cwd: this.folder, packagePath, dependencies: false, ...careless });
		return packagePath;
	}

	/** Its files alone. */
	async write(): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		const [program, portFile] = [path.resolve('out', 'driver.js'), this.#portFile].map((file) => JSON.stringify(file));
		const main = `exports.activate = () => require(${program}).startDriver(${portFile});\n`;
		const files = { 'package.json': JSON.stringify(manifest), 'main.js': main, 'README.md': '# Driver\n' };
		for (const [name, text] of Object.entries(files)) await writeFile(path.join(this.folder, name), text);
	}

	/** The window is about to be loaded again: until then nobody answers. */
	async leave(): Promise<void> {
		await rm(this.#portFile);
	}

	/** Until it is activated nobody listens. */
	async ready(): Promise<void> {
		const end = Date.now() + 60_000;
		while (!existsSync(this.#portFile)) {
			if (Date.now() > end) throw new Error('The extension of the tests was not activated.');
			await setTimeout(50);
		}
	}

	/** Has a command run with one argument. */
	async command(id: string, argument?: unknown): Promise<unknown> {
		return this.#tell({ kind: 'command', id, argument });
	}

	/** How long a command takes in the extension host, ms. */
	async timeOf(id: string, argument?: unknown): Promise<number> {
		return (await this.#ask({ kind: 'command', id, argument })).ms;
	}

	/** What stands there in `globalThis`. */
	async global(name: string): Promise<unknown> {
		return this.#tell({ kind: 'global', name });
	}

	/** Has a language-model tool invoked, and returns what it says. */
	async tool(name: string, input: Readonly<Record<string, unknown>>): Promise<string> {
		return z.string().parse(await this.#tell({ kind: 'tool', name, input }));
	}

	/** Has a setting of the user set. */
	async set(name: string, value: unknown): Promise<void> {
		await this.#tell({ kind: 'setting', name, value });
	}

	/** What the editor knows of an extension. */
	async about(extension: string) {
		const facts = z.object({ version: z.string(), path: z.string(), isActive: z.boolean() });
		return facts.parse(await this.#tell({ kind: 'about', extension }));
	}

	async #tell(order: Order): Promise<unknown> {
		return (await this.#ask(order)).value;
	}

	async #ask(order: Order) {
		const port = await readFile(this.#portFile, 'utf8');
		const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: JSON.stringify(order) });
		const answer = answerSchema.parse(await response.json());
		if (answer.fault !== undefined) throw new Error(answer.fault);
		return answer;
	}
}
