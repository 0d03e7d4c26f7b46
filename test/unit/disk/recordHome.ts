import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { RecordFiles } from '../../../src/disk/recordFiles';

/** Where the records of one test are. */
export class RecordHome {
	home = '';
	/** Of the records; not there at first. */
	folder = '';
	/** The time, in milliseconds since 1970. */
	now = Date.UTC(2026, 10, 22);
	/** What the windows were told; a test that expects something takes it away. */
	readonly faults: unknown[] = [];
	readonly #opened: RecordFiles[] = [];

	/** For each test of the suite that it is called in. */
	static forEach(): RecordHome {
		const home = new RecordHome();
		beforeEach(async () => home.#begin());
		afterEach(async () => home.#end());
		return home;
	}

	/** What another window has of the records. */
	readonly aWindow = (): RecordFiles => {
		const owner = { id: `w${this.#opened.length}`, now: () => this.now };
		const files = new RecordFiles(this.folder, owner, (fault) => void this.faults.push(fault));
		this.#opened.push(files);
		return files;
	};

	/** A record that its window has left. */
	async leave(id: string, ...lines: readonly string[]): Promise<void> {
		const gone = this.aWindow();
		const file = await gone.open(id);
		for (const line of lines) await file.write(line);
		await gone.dispose();
	}

	async everything(): Promise<string[]> {
		return (await readdir(this.folder, { recursive: true })).toSorted();
	}

	async #begin(): Promise<void> {
		this.home = await mkdtemp(path.join(os.tmpdir(), 'limn records ü '));
		this.folder = path.join(this.home, 'storage', 'journal');
	}

	async #end(): Promise<void> {
		mock.restoreAll();
		for (const files of this.#opened.splice(0)) await files.dispose();
		await rm(this.home, { recursive: true, force: true });
		assert.deepEqual(this.faults.splice(0), []);
	}
}
