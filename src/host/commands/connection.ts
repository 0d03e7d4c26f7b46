import { commands, l10n, type QuickPick, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { findProvider, type ProviderFacts, providers } from '../../catalogue/providers';
import { unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { Network } from '../../network/network';
import { parseArguments, providerArguments } from '../arguments';
import { checkConnection, type Connection } from '../connections';
import { showFailure } from '../failureActions';
import type { Keyring } from '../keyring';
import { asLabel } from '../tell';
import { describe } from '../translate';

interface Parts {
	readonly keyring: Keyring;
	readonly network: Network;
}

/** How it stands with a provider (contract: what `limn.checkConnection` returns). */
interface Finding {
	readonly provider: string;
	readonly ok: boolean;
	readonly message: string;
}

/**
 * *Check Connection*: with an argument object, of its provider or of all; from the palette, of all, as a list that the person can act
 * on. `undefined`: the person left before all had answered.
 */
export async function checkConnections(argument: unknown, parts: Parts): Promise<Finding[] | undefined> {
	if (argument === undefined) return new ConnectionList(parts).show();
	const parsed = parseArguments(providerArguments, argument);
	if ('error' in parsed) return [{ provider: '', ok: false, message: describe(parsed.error) }];
	const { provider: id } = parsed.value;
	const chosen = id === undefined ? undefined : findProvider(id);
	if (id !== undefined && !chosen) return [{ provider: id, ok: false, message: describe(unknown(id)) }];
	const { signal } = new AbortController();
	const asked = chosen ? [chosen] : providers;
	return Promise.all(asked.map(async (provider) => findingOf(await checkConnection(provider, parts, signal))));
}

function unknown(id: string) {
	const ids = providers.map((provider) => provider.id).join(', ');
	return unsent('bad-input', say('There is no provider {0}. Available: {1}.', id || '–', ids));
}

function findingOf({ provider, error, message }: Connection): Finding {
	return { provider: provider.id, ok: !error, message };
}

interface Row extends QuickPickItem {
	readonly connection?: Connection;
}

/** The providers, each with its answer as soon as that is there. */
class ConnectionList {
	readonly #list: QuickPick<Row> = window.createQuickPick<Row>();
	readonly #left = new AbortController();
	readonly #known = new Map<ProviderFacts, Connection>();

	constructor(readonly parts: Parts) {}

	async show(): Promise<Finding[] | undefined> {
		const list = this.#list;
		list.title = l10n.t('Connections');
		list.placeholder = l10n.t('Choose one that does not work to mend it');
		list.matchOnDetail = true;
		list.busy = true;
		list.onDidAccept(() => void this.#mend(list.selectedItems[0]?.connection));
		list.onDidHide(() => {
			this.#left.abort();
			list.dispose();
		});
		this.#fill();
		list.show();
		try {
			await Promise.all(providers.map(async (provider) => this.#ask(provider)));
		} catch (error) {
			if (this.#left.signal.aborted) return undefined;
			throw error;
		} finally {
			list.busy = false;
		}
		return Array.from(this.#known.values(), findingOf);
	}

	async #ask(provider: ProviderFacts): Promise<void> {
		this.#known.set(provider, await checkConnection(provider, this.parts, this.#left.signal));
		this.#fill();
	}

	#fill(): void {
		const [active] = this.#list.activeItems;
		this.#list.items = providers.map((provider) => rowOf(provider, this.#known.get(provider)));
		// Where the person is stays where it is.
		if (active) this.#list.activeItems = this.#list.items.filter(({ label }) => label === active.label);
	}

	async #mend(connection: Connection | undefined): Promise<void> {
		const { error, provider } = connection ?? {};
		if (!error || !provider) return;
		this.#list.hide();
		const isAboutKey = error.code === 'no-key' || error.code === 'bad-key';
		if (isAboutKey) await commands.executeCommand('limn.setApiKey', { provider: provider.id });
		else await showFailure(error);
	}
}

function rowOf({ title }: ProviderFacts, connection: Connection | undefined): Row {
	if (!connection) return { label: title, detail: l10n.t('Asking…'), iconPath: new ThemeIcon('loading~spin') };
	const icon = new ThemeIcon(connection.error ? 'circle-slash' : 'pass');
	return { label: title, detail: asLabel(connection.message), iconPath: icon, connection };
}
