import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { replicateKey, startReplicate } from '../servers/replicate';
import { runwareKey, startRunware } from '../servers/runware';
import { lumenfallKey, openaiKey } from '../servers/testing';
import { startVincony, vinconyKey } from '../servers/vincony';

interface Provider {
	/** Of the environment variable. */
	readonly name: string;
	readonly key: string;
	readonly model: string;
	readonly start: () => Promise<Emulator>;
}

/** The providers, with the keys that their emulators take. */
export const providerKeys: Readonly<Record<string, Provider>> = {
	openai: { name: 'OPENAI_API_KEY', key: openaiKey, model: 'openai/gpt-image-2', start: startOpenAI },
	runware: { name: 'RUNWARE_API_KEY', key: runwareKey, model: 'runware/runware:100@1', start: startRunware },
	lumenfall: { name: 'LUMENFALL_API_KEY', key: lumenfallKey, model: 'lumenfall/gpt-image-2', start: startLumenfall },
	vincony: { name: 'VINCONY_API_KEY', key: vinconyKey, model: 'vincony/openai/gpt-image-2', start: startVincony },
	replicate: {
		name: 'REPLICATE_API_TOKEN',
		key: replicateKey,
		model: 'replicate/black-forest-labs/flux-schnell',
		start: startReplicate,
	},
	custom: {
		name: 'LIMN_CUSTOM_API_KEY',
		key: 'canary-custom',
		model: 'custom/sd-cpp-local',
		start: async () => startCustom('sd-cpp'),
	},
};
