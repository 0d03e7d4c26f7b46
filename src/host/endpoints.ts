import { workspace } from 'vscode';
import { parseBaseUrl } from '../catalogue/baseUrl';
import { foreignKey } from '../catalogue/keyVendor';
import type { ProviderFacts } from '../catalogue/providers';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { Endpoint } from '../network/encode';
import type { Keyring } from './keyring';
import { baseUrlOf } from './settings';

/** Where a provider's API is, and the key that goes there; or why nothing can be sent. */
export async function endpointOf(provider: ProviderFacts, keyring: Keyring): Promise<Endpoint | ImageError> {
	// Whatever door it is: in such a workspace nothing is sent.
	if (!workspace.isTrusted) return unsent('untrusted');
	const base = addressOf(provider);
	if (isImageError(base)) return { ...base, provider: provider.id };
	const key = await keyring.get(provider, base.origin);
	const problem = key === undefined ? await missingKey(provider, base, keyring) : foreignKey(key, provider, base);
	if (problem) return { ...problem, provider: provider.id };
	return { provider: provider.id, base, ...(key !== undefined && { key }) };
}

/** Where the user's settings say that a provider's API is. */
export function addressOf(provider: ProviderFacts): URL | ImageError {
	return parseBaseUrl(baseUrlOf(provider.id), provider.id);
}

async function missingKey(provider: ProviderFacts, base: URL, keyring: Keyring): Promise<ImageError | undefined> {
	if (provider.key?.optional) return undefined;
	const [elsewhere] = await keyring.stored([provider]);
	return elsewhere
		? unsent(
				'no-key',
				say('The API key of {0} was entered for another address than {1}. Set it again.', provider.title, base.origin),
			)
		: unsent('no-key', say('There is no API key for {0}. Set one.', provider.title));
}
