import type { SecretStorage } from 'vscode';
import * as z from 'zod';
import type { ProviderFacts } from '../catalogue/providers';
import { baseUrlOf, settingFor } from './settings';

/** A key belongs to the origin that it was entered for, and goes nowhere else. */
const stored = z.object({ key: z.string(), origin: z.string() });

/** The only place that touches keys. They are in the editor's SecretStorage, or in the environment where the user allowed it. */
export class Keyring {
	constructor(
		readonly secrets: SecretStorage,
		readonly environment: Readonly<Record<string, string | undefined>>,
	) {}

	/** `undefined`: there is none for this provider at this origin. */
	async get(provider: ProviderFacts, origin: string): Promise<string | undefined> {
		return (await this.#fromStorage(provider, origin)) ?? this.#fromEnvironment(provider);
	}

	async set(provider: ProviderFacts, key: string, origin: string): Promise<void> {
		await this.secrets.store(provider.id, JSON.stringify({ key, origin }));
	}

	async clear(provider: ProviderFacts): Promise<void> {
		await this.secrets.delete(provider.id);
	}

	/** Of the given providers those that have a key for their present address, in the same order. */
	async withKey(providers: readonly ProviderFacts[]): Promise<ProviderFacts[]> {
		const keys = await Promise.all(providers.map(async (provider) => this.get(provider, originOf(provider))));
		return providers.filter((_, index) => keys[index] !== undefined);
	}

	/** Of the given providers those whose key is in SecretStorage, whatever address it was entered for. */
	async stored(providers: readonly ProviderFacts[]): Promise<ProviderFacts[]> {
		const secrets = await Promise.all(providers.map(async ({ id }) => this.#read(id)));
		return providers.filter((_, index) => secrets[index] !== undefined);
	}

	async #fromStorage({ id }: ProviderFacts, origin: string): Promise<string | undefined> {
		const { data } = stored.safeParse(parseJson(await this.#read(id)));
		return data?.origin === origin ? data.key : undefined;
	}

	/** A secret store that fails has no key for us; what needs one will say so. */
	async #read(id: string): Promise<string | undefined> {
		return this.secrets.get(id).then(undefined, () => undefined);
	}

	#fromEnvironment({ id, key }: ProviderFacts): string | undefined {
		if (!key || !settingFor('keys.fromEnvironment').includes(id)) return undefined;
		return this.environment[key.variable]?.trim() || undefined;
	}
}

/** Of the address that holds now; empty where that is none. */
function originOf({ id }: ProviderFacts): string {
	const address = baseUrlOf(id);
	return URL.canParse(address) ? new URL(address).origin : '';
}

function parseJson(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? '');
	} catch {
		return undefined;
	}
}
