/** A vendor, or a server of the user's own (contract, section 1). */
export interface ProviderFacts {
	readonly id: string;
	readonly title: string;
	/** Absent: works without a key and never asks for one. */
	readonly key?: {
		/** Environment variable that may hold it. */
		readonly variable: string;
		readonly optional: boolean;
	};
	/** How this vendor's keys begin, and nobody else's. Absent: they are not to be told by their beginning. */
	readonly keyPrefixes?: readonly string[];
	/** The service's address where the person set no other. Absent: built in, nothing is sent. */
	readonly baseUrl?: string;
	/** A gateway that takes `vendor/model` and then has this vendor make the picture: the model stays the same. */
	readonly routes?: boolean;
}

/** The built-in provider: offline, free, no AI. */
export const sketchProvider = 'sketch';

/** In the order in which `limn.model: auto` looks for a key. */
export const providers: readonly ProviderFacts[] = [
	{
		id: 'openai',
		title: 'OpenAI',
		key: { variable: 'OPENAI_API_KEY', optional: false },
		keyPrefixes: ['sk-'],
		baseUrl: 'https://api.openai.com/v1',
	},
	{
		id: 'runware',
		title: 'Runware',
		key: { variable: 'RUNWARE_API_KEY', optional: false },
		baseUrl: 'https://api.runware.ai/v1',
	},
	{
		id: 'lumenfall',
		title: 'Lumenfall',
		key: { variable: 'LUMENFALL_API_KEY', optional: false },
		keyPrefixes: ['lmnfl_'],
		baseUrl: 'https://api.lumenfall.ai/openai/v1',
		routes: true,
	},
	{
		id: 'vincony',
		title: 'Vincony',
		key: { variable: 'VINCONY_API_KEY', optional: false },
		keyPrefixes: ['vncy_'],
		baseUrl: 'https://api.vincony.com/v1',
	},
	{
		id: 'replicate',
		title: 'Replicate',
		key: { variable: 'REPLICATE_API_TOKEN', optional: false },
		keyPrefixes: ['r8_'],
		baseUrl: 'https://api.replicate.com/v1',
	},
	{
		id: 'custom',
		title: 'Custom server',
		key: { variable: 'LIMN_CUSTOM_API_KEY', optional: true },
		baseUrl: 'http://127.0.0.1:1234/v1',
	},
	{ id: sketchProvider, title: 'Sketch' },
];

/** `undefined` for a provider that Limn does not know. */
export function findProvider(id: string): ProviderFacts | undefined {
	return providers.find((provider) => provider.id === id);
}

/** What a person calls a provider; its id where nobody knows it. */
export function titleOf(id: string): string {
	return findProvider(id)?.title ?? id;
}

/** The setting that holds a provider's address. */
export function addressSetting(id: string): string {
	return `limn.providers.${id}.baseUrl`;
}
