import { EventEmitter, type SecretStorage, type SecretStorageChangeEvent } from 'vscode';

/** The editor's interface over a map; the editor's own storage is driven in the e2e tests. */
export class Secrets implements SecretStorage {
	readonly #changes = new EventEmitter<SecretStorageChangeEvent>();
	readonly onDidChange = this.#changes.event;
	readonly values = new Map<string, string>();

	async get(key: string): Promise<string | undefined> {
		return this.values.get(key);
	}
	async store(key: string, value: string): Promise<void> {
		this.values.set(key, value);
	}
	async delete(key: string): Promise<void> {
		this.values.delete(key);
	}
}
