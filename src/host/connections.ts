import { randomUUID } from 'node:crypto';
import { l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import type { ProviderFacts } from '../catalogue/providers';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { probe } from '../generation/probe';
import { probes } from '../generation/probes';
import type { Network } from '../network/network';
import { endpointOf } from './endpoints';
import type { Keyring } from './keyring';
import { describe } from './translate';

/** How it stands with one provider. */
export interface Connection {
	readonly provider: ProviderFacts;
	readonly message: string;
	/** Why it does not work; absent: it does. */
	readonly error?: ImageError;
}

interface Parts {
	readonly keyring: Keyring;
	readonly network: Network;
}

/** Seconds: an answer that costs nothing comes soon or not at all. */
const patience = 20;

/** Asks a provider whether its key works, and spends nothing. Rejects with the signal's reason when aborted. */
export async function checkConnection(
	provider: ProviderFacts,
	{ keyring, network }: Parts,
	signal: AbortSignal,
): Promise<Connection> {
	const how = probes.get(provider.id);
	if (!how) return { provider, message: l10n.t('{0} is built in. It needs no key.', provider.title) };
	const endpoint = await endpointOf(provider, keyring);
	if (isImageError(endpoint)) return failing(provider, endpoint);
	const late = AbortSignal.timeout(patience * 1000);
	// An answer that is a stream, and so none that was asked for, ends with it.
	const over = new AbortController();
	const until = AbortSignal.any([signal, late, over.signal]);
	try {
		const asked = { offer: { provider: provider.id, name: '' } };
		const probed = await probe(how, asked, async (request) => network.exchange(request, endpoint, until), randomUUID());
		if (probed.kind === 'fails') return failing(provider, probed.error);
		return { provider, message: sentenceOf(probed.usd, provider, endpoint.key !== undefined) };
	} catch (error) {
		if (signal.aborted || !late.aborted) throw error;
		const message = say('{0} did not answer within {1} seconds. Try again later.', provider.title, patience);
		return failing(provider, unsent('timed-out', message));
	} finally {
		over.abort();
	}
}

function failing(provider: ProviderFacts, error: ImageError): Connection {
	return { provider, message: describe(error), error: { ...error, provider: provider.id } };
}

function sentenceOf(usd: number | undefined, { title }: ProviderFacts, hasKey: boolean): string {
	if (!hasKey) return l10n.t('{0} answers. No key is set, and it asks for none.', title);
	// What is no amount of money that anybody has, nobody needs to read.
	const isAmount = usd !== undefined && usd >= 0 && usd < 1e9;
	return isAmount
		? l10n.t('{0} accepts the key. Left on the account: {1}.', title, formatUsd(usd))
		: l10n.t('{0} accepts the key.', title);
}
