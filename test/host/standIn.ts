import { ConfigurationTarget, workspace } from 'vscode';
import type { Emulator } from '../servers/emulator';
import { emulators } from '../servers/testing';

/** What only the user may set, undone after each test; and emulators that stand in for providers until then. */
export interface StandIns {
	readonly set: (name: string, value: unknown) => Promise<void>;
	readonly standIn: (provider: string, starting: Promise<Emulator>) => Promise<Emulator>;
}

/** Called once in a suite. */
export function standIns(): StandIns {
	const settings = workspace.getConfiguration('limn');
	const changed = new Set<string>();
	const opened = emulators();
	const set = async (name: string, value: unknown): Promise<void> => {
		changed.add(name);
		await settings.update(name, value, ConfigurationTarget.Global);
	};
	afterEach(async () => {
		for (const name of changed) await settings.update(name, undefined, ConfigurationTarget.Global);
		changed.clear();
	});
	return {
		set,
		standIn: async (provider, starting) => {
			const emulator = await opened(starting);
			await set(`providers.${provider}.baseUrl`, emulator.baseUrl);
			return emulator;
		},
	};
}
