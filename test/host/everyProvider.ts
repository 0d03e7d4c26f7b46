import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { startReplicate } from '../servers/replicate';
import { startRunware } from '../servers/runware';
import { startVincony } from '../servers/vincony';
import { type StandIns, standIns } from './standIn';

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
