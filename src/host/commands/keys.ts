import { l10n, window } from 'vscode';
import { findProvider, type ProviderFacts, providers } from '../../catalogue/providers';
import { isImageError } from '../../domain/imageError';
import { parseArguments, providerArguments } from '../arguments';
import type { Keyring } from '../keyring';
import { addressOf } from '../endpoints';
import { foreignKey } from '../../catalogue/keyVendor';
import { showFailure } from '../failureActions';
import { asSentence } from '../../domain/plainText';
import { tell } from '../tell';
import { describe } from '../translate';

/** *Set API Key…*: `true` where a key was stored. The key comes from a password box, never from an argument. */
export async function setApiKey(argument: unknown, keyring: Keyring): Promise<boolean> {
	const provider = await providerFor(argument, takingKeys, l10n.t('Set API Key'));
	if (!provider) return false;
	const address = addressOf(provider);
	if (isImageError(address)) {
		void showFailure(address);
		return false;
	}
	const key = await window.showInputBox({
		title: l10n.t('API Key of {0}', provider.title),
		prompt: asSentence(l10n.t('It is stored in the editor’s secret storage and sent to {0} only', address.href)),
		password: true,
		ignoreFocusOut: true,
		validateInput: (text) => problemOf(text.trim(), provider, address),
	});
	if (!key?.trim()) return false;
	if (!(await takes(async () => keyring.set(provider, key.trim(), address.origin)))) return false;
	window.setStatusBarMessage(l10n.t('The API key of {0} is set.', provider.title), 5000);
	return true;
}

/** *Clear API Key…*: `true` where a stored key is gone now. A key in the environment stays. */
export async function clearApiKey(argument: unknown, keyring: Keyring): Promise<boolean> {
	const stored = await keyring.stored(takingKeys);
	const provider = await providerFor(argument, stored, l10n.t('Clear API Key'));
	if (!provider || !stored.includes(provider)) return false;
	if (!(await takes(async () => keyring.clear(provider)))) return false;
	window.setStatusBarMessage(l10n.t('The API key of {0} is cleared.', provider.title), 5000);
	return true;
}

/** Whether the editor's secret storage did it: a locked keyring of the system does not. */
async function takes(change: () => Promise<void>): Promise<boolean> {
	try {
		await change();
		return true;
	} catch {
		void tell('error', l10n.t('The secret storage of the editor does not open. Unlock the keyring of the system.'));
		return false;
	}
}

const takingKeys = providers.filter(({ key }) => key !== undefined);

/** The provider that the argument names, else the one that the person chooses of `choices`. */
async function providerFor(
	argument: unknown,
	choices: readonly ProviderFacts[],
	title: string,
): Promise<ProviderFacts | undefined> {
	const parsed = parseArguments(providerArguments, argument ?? {});
	const named = 'value' in parsed ? parsed.value.provider : '';
	if (named !== undefined) {
		const provider = findProvider(named);
		if (provider?.key) return provider;
		void tell(
			'error',
			l10n.t('No API key belongs to {0}. Providers with a key: {1}.', named || '–', idsOf(takingKeys)),
		);
		return undefined;
	}
	const items = choices.map((provider) => ({ label: provider.title, description: provider.id, provider }));
	const placeHolder = items.length > 0 ? l10n.t('Choose a provider') : l10n.t('No API key is stored');
	return (await window.showQuickPick(items, { title, placeHolder }))?.provider;
}

function idsOf(list: readonly ProviderFacts[]): string {
	return list.map(({ id }) => id).join(', ');
}

function problemOf(key: string, provider: ProviderFacts, address: URL): string | undefined {
	if (key === '') return l10n.t('Paste the key that the provider gave you.');
	if (!/^[\x21-\x7e]+$/.test(key)) return l10n.t('A key has no blanks and only plain letters, digits and signs.');
	const foreign = foreignKey(key, provider, address);
	return foreign && asSentence(describe(foreign));
}
