import { ConfigurationTarget, workspace } from 'vscode';
import type { Emulator } from '../../servers/emulator';
import { providerKeys } from '../providerKeys';

/** Stands in for every provider, with its key in the environment, while `work` runs. */
export async function emulated<T>(work: (emulators: readonly Emulator[]) => Promise<T>): Promise<T> {
	const emulators: Emulator[] = [];
	try {
		for (const [provider, { name, key, start }] of Object.entries(providerKeys)) {
			const emulator = await start();
			emulators.push(emulator);
			process.env[name] = key;
			await setByUser(`limn.providers.${provider}.baseUrl`, emulator.baseUrl);
		}
		return await work(emulators);
	} finally {
		await Promise.all(emulators.map(async (emulator) => emulator.close()));
	}
}

/** Sets a setting of the user's. */
export async function setByUser(name: string, value: unknown): Promise<void> {
	await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
}
