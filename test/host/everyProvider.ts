import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { replicateKey, startReplicate } from '../servers/replicate';
import { runwareKey, startRunware } from '../servers/runware';
import { lumenfallKey, openaiKey } from '../servers/testing';
import { startVincony, vinconyKey } from '../servers/vincony';
import { type StandIns, standIns } from './standIn';

const keys = {
	OPENAI_API_KEY: openaiKey,
	LUMENFALL_API_KEY: lumenfallKey,
	RUNWARE_API_KEY: runwareKey,
	VINCONY_API_KEY: vinconyKey,
	REPLICATE_API_TOKEN: replicateKey,
};

/** As stubborn as models are: what is to be kept comes back altered, everywhere and visibly. */
const habits = { perturbs: 'strongly' } as const;

const starts: Readonly<Record<string, () => Promise<Emulator>>> = {
	openai: async () => startOpenAI(habits),
	lumenfall: async () => startLumenfall(habits),
	runware: async () => startRunware(habits),
	vincony: async () => startVincony(habits),
	replicate: async () => startReplicate(habits),
	custom: async () => startCustom('sd-cpp', habits),
};

interface EveryProvider extends StandIns {
	/** An emulator in the place of a provider, until the test ends. */
	readonly standInFor: (provider: string) => Promise<Emulator>;
}

/** Emulators with their keys for a suite; called once in it. */
export function everyProvider(): EveryProvider {
	const all = standIns();
	beforeEach(async () => {
		Object.assign(process.env, keys);
		await all.set('keys.fromEnvironment', ['openai', 'lumenfall', 'runware', 'vincony', 'replicate']);
	});
	after(() => {
		for (const name of Object.keys(keys)) delete process.env[name];
	});
	return {
		...all,
		standInFor: async (provider) => {
			const start = starts[provider];
			if (!start) throw new Error(`Nothing stands in for ${provider}.`);
			return all.standIn(provider, start());
		},
	};
}

/** `provider` of `provider/model`. */
export function providerOf(model: string): string {
	return model.slice(0, model.indexOf('/'));
}
