import { ConfigurationTarget, workspace } from 'vscode';
import type { Emulator } from '../servers/emulator';
import { replicateKey } from '../servers/replicate';
import { runwareKey } from '../servers/runware';
import { emulators, lumenfallKey, openaiKey } from '../servers/testing';
import { vinconyKey } from '../servers/vincony';

/** What only the user may set, undone after each test; and emulators that stand in for providers until then. */
export interface StandIns {
	readonly set: (name: string, value: unknown) => Promise<void>;
	readonly standIn: (provider: string, starting: Promise<Emulator>) => Promise<Emulator>;
}

const keys = {
	openai: ['OPENAI_API_KEY', openaiKey],
	lumenfall: ['LUMENFALL_API_KEY', lumenfallKey],
	runware: ['RUNWARE_API_KEY', runwareKey],
	vincony: ['VINCONY_API_KEY', vinconyKey],
	replicate: ['REPLICATE_API_TOKEN', replicateKey],
} as const;

type Keyed = keyof typeof keys;

const environment = 'keys.fromEnvironment';

/** What the editor of the tests starts with, see hostTests.ts. */
const usual: Readonly<Record<string, unknown>> = { 'budget.confirmAbove': null };

/**
 * Called once in a suite. `keyed`: whose keys each test finds in the environment. The editor takes a tenth of a second for each change
 * of a setting: what is the same for all tests is set once, and the address of an emulator that has ended stays until the suite ends.
 */
export function standIns(
	keyed: readonly Keyed[] = ['openai', 'lumenfall', 'runware', 'vincony', 'replicate'],
): StandIns {
	const settings = workspace.getConfiguration('limn');
	const [changed, addresses] = [new Set<string>(), new Set<string>()];
	const opened = emulators();
	const update = async (name: string, value?: unknown) => settings.update(name, value, ConfigurationTarget.Global);
	before(async () => update(environment, keyed));
	beforeEach(() => {
		for (const provider of keyed) process.env[keys[provider][0]] = keys[provider][1];
	});
	afterEach(async () => {
		for (const name of changed) await update(name, name === environment ? keyed : usual[name]);
		changed.clear();
	});
	after(async () => {
		for (const provider of keyed) delete process.env[keys[provider][0]];
		for (const name of [environment, ...addresses]) await update(name);
	});
	return {
		set: async (name, value) => {
			changed.add(name);
			await update(name, value);
		},
		standIn: async (provider, starting) => {
			const emulator = await opened(starting);
			const name = `providers.${provider}.baseUrl`;
			addresses.add(name);
			await update(name, emulator.baseUrl);
			return emulator;
		},
	};
}
