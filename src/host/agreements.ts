import type { Memento } from 'vscode';
import * as z from 'zod';
import { isLoopback } from '../catalogue/baseUrl';
import type { ProviderFacts } from '../catalogue/providers';
import { isImageError } from '../domain/imageError';
import { limit } from '../generation/limit';
import type { Endpoint } from '../network/encode';
import { endpointOf } from './endpoints';
import type { Keyring } from './keyring';

/** Each as `provider origin`. */
const remembered = z.array(z.string()).catch([]);

const memory = 'agreements';

interface Parts {
	/** The editor's, of this workspace: no file of the workspace reaches it. */
	readonly memory: Memento;
	readonly keyring: Keyring;
}

/** Which providers a person lets have what this workspace sends, each at its own address. */
export class Agreements {
	readonly #oneAtATime = limit(() => 1);

	constructor(readonly parts: Parts) {}

	/** Nothing has to be asked: the person has agreed, or what is sent stays on this machine and no key goes along. */
	covers(endpoint: Endpoint): boolean {
		const staysHere = endpoint.key === undefined && isLoopback(endpoint.base);
		return staysHere || this.#all().includes(nameOf(endpoint));
	}

	/** A provider as it is set now. `undefined`: nothing can be sent to it. */
	async endpointOf(provider: ProviderFacts): Promise<Endpoint | undefined> {
		const endpoint = await endpointOf(provider, this.parts.keyring);
		return isImageError(endpoint) ? undefined : endpoint;
	}

	async add(endpoint: Endpoint): Promise<void> {
		await this.parts.memory.update(memory, [...new Set([...this.#all(), nameOf(endpoint)])]);
	}

	/** One question after the other: what the first one settles is not asked again. With an aborted signal it does not wait. */
	async inTurn<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		return this.#oneAtATime(ask, signal);
	}

	#all(): readonly string[] {
		return remembered.parse(this.parts.memory.get(memory));
	}
}

function nameOf({ provider, base }: Endpoint): string {
	return `${provider} ${base.origin}`;
}
