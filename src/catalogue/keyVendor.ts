import { type ProviderFacts, providers } from './providers';

/** The vendor whose key this plainly is although it was given for another provider; `undefined` where nothing speaks against it. */
export function foreignVendor(key: string, provider: string): ProviderFacts | undefined {
	const vendor = providers.find(({ keyPrefixes = [] }) => keyPrefixes.some((prefix) => key.trim().startsWith(prefix)));
	return vendor?.id === provider ? undefined : vendor;
}
