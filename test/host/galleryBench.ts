import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Memento, Uri, window } from 'vscode';
import { PainterThread } from '../../src/generation/painterThread';
import { Gallery } from '../../src/host/gallery/gallery';
import type { Shown } from '../../src/host/gallery/shown';
import { History } from '../../src/host/history';
import type { HistoryEntry } from '../../src/store/history';
import { idOf } from './photos';

/** A memory that ends with the test. */
export class Memory implements Memento {
	readonly #values = new Map<string, unknown>();

	keys(): readonly string[] {
		return [...this.#values.keys()];
	}

	get<T>(key: string, absent?: T): T | undefined;
	get(key: string, absent?: unknown): unknown {
		return this.#values.get(key) ?? absent;
	}

	async update(key: string, value: unknown): Promise<void> {
		// What is kept is kept as JSON.
		this.#values.set(key, JSON.parse(JSON.stringify(value)));
	}
}

/** A webview that may show nothing but Limn's own files. */
export const shown: Shown = { address: (file) => `shown:${file.toString()}`, mayShow: () => false };

/** A gallery of its own, with a history and a memory that outlive it. */
export class Bench {
	readonly painter = new PainterThread(path.join(__dirname, '..', 'dist', 'generation', 'painter.js'));
	// Of a name of its own: a channel that ends closes those of its name.
	readonly log = window.createOutputChannel(`Gallery of the tests ${randomUUID()}`, { log: true });
	readonly memory = new Memory();
	history: History;
	gallery: Gallery;

	private constructor(readonly storage: Uri) {
		this.history = new History(storage, this.log);
		this.gallery = this.#open();
	}

	static async start(): Promise<Bench> {
		return new Bench(Uri.file(await mkdtemp(path.join(os.tmpdir(), 'limn-gallery-'))));
	}

	/** As when the window is loaded again. */
	reload(): void {
		this.gallery.dispose();
		this.history = new History(this.storage, this.log);
		this.gallery = this.#open();
	}

	/** Notes that a file was made here, just now or when a test says so. */
	async made(file: Uri, changes: Partial<HistoryEntry> = {}): Promise<string> {
		const id = await idOf(file);
		await this.history.add({
			id,
			uri: file.toString(),
			operation: 'generate',
			prompt: 'a fox',
			model: 'sketch/placeholder',
			options: {},
			saved: new Date().toISOString(),
			...changes,
		});
		return id;
	}

	end(): void {
		this.gallery.dispose();
		this.painter.dispose();
		this.log.dispose();
	}

	#open(): Gallery {
		const { history, painter, storage, memory, log } = this;
		return new Gallery({ history, painter, storage, memory, log });
	}
}
