import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { type ProviderFacts, providers } from './providers';

/** The vendor whose key this plainly is although it was given for another provider; `undefined` where nothing speaks against it. */
export function foreignVendor(key: string, provider: string): ProviderFacts | undefined {
	const vendor = providers.find(({ keyPrefixes = [] }) => keyPrefixes.some((prefix) => key.trim().startsWith(prefix)));
	return vendor?.id === provider ? undefined : vendor;
}

/** A key of another vendor is not for this one, except where the address is that vendor's own. */
export function foreignKey(key: string, provider: ProviderFacts, base: URL): ImageError | undefined {
	// A server of the user's own may take any key.
	const vendor = provider.key?.optional ? undefined : foreignVendor(key, provider.id);
	if (!vendor?.baseUrl || new URL(vendor.baseUrl).origin === base.origin) return undefined;
	return unsent('bad-key', say('The key for {0} is one of {1}. Set another one.', provider.title, vendor.title));
}
