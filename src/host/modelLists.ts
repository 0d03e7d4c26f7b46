import * as z from 'zod';
import { parseBaseUrl } from '../catalogue/baseUrl';
import { type Catalogue, findOffered } from '../catalogue/catalogue';
import { listsModels } from '../catalogue/openList';
import { findProvider, type ProviderFacts } from '../catalogue/providers';
import { type Sighting, withSightings } from '../catalogue/sightings';
import { isImageError } from '../domain/imageError';
import { parseModelName } from '../domain/modelName';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';
import { controlsOfSchema, listRequest, schemaRequest, sightingsOf } from '../providers/openai-images/modelList';
import type { HttpRequest, Reply } from '../providers/provider';
import type { Agreements } from './agreements';
import { endpointOf } from './endpoints';
import type { Keyring } from './keyring';
import { baseUrlOf } from './settings';

/** What is kept from one session to the next. `base`: the address that said it. */
const remembered = z.array(
	z.object({
		base: z.string(),
		provider: z.string(),
		name: z.string(),
		retires: z.string().nullable().exactOptional(),
		title: z.string().exactOptional(),
	}),
);

/** What an address said. Another one, an emulator perhaps, says nothing about this one's models. */
interface Heard extends Sighting {
	readonly base: string;
}

interface Parts {
	/** As it ships. */
	readonly catalogue: Catalogue;
	readonly keyring: Keyring;
	/** Nobody is asked for a list before the person has agreed to send anything there. */
	readonly agreements: Pick<Agreements, 'covers'>;
	readonly network: Network;
	/** The editor's memory (a `Memento`). */
	readonly state: { get(key: string): unknown; update(key: string, value: unknown): Thenable<void> };
}

const memory = 'modelLists';

/** The catalogue as it ships, with what the providers themselves said of their models since. Asks them in the background, once a session. */
export class ModelLists {
	/** What has been asked, by address and subject. */
	readonly #asked = new Map<string, Promise<void>>();
	#heard: readonly Heard[];

	constructor(readonly parts: Parts) {
		this.#heard = remembered.catch([]).parse(parts.state.get(memory));
	}

	catalogue(): Catalogue {
		const holding = this.#heard.filter(({ base, provider }) => base === baseOf(provider));
		return withSightings(this.parts.catalogue, holding);
	}

	/**
	 * Asks the provider of a model, and for the model itself where nobody knows it. Resolves when that is known, or cannot be known now:
	 * then it is asked again the next time. Nobody has to wait for it.
	 */
	async refresh(model: string): Promise<void> {
		const provider = findProvider(parseModelName(model)?.provider ?? '');
		if (!provider || !listsModels(provider.id)) return;
		await this.#once(provider, '', async (endpoint) => this.#readList(provider, endpoint));
		const known = findOffered(model, this.catalogue());
		if (!provider.routes || known?.model.controls !== 'open') return;
		const { name } = known.offer;
		await this.#once(provider, name, async (endpoint) => this.#readSchema(provider, name, endpoint));
	}

	async #once(provider: ProviderFacts, subject: string, ask: (endpoint: Endpoint) => Promise<boolean>): Promise<void> {
		const id = `${baseOf(provider.id)} ${subject}`;
		const asking =
			this.#asked.get(id) ?? this.#ask(provider, ask).then((answered) => void (answered || this.#asked.delete(id)));
		this.#asked.set(id, asking);
		await asking;
	}

	/** Whether there was an answer. */
	async #ask(provider: ProviderFacts, ask: (endpoint: Endpoint) => Promise<boolean>): Promise<boolean> {
		const endpoint = await endpointOf(provider, this.parts.keyring);
		if (isImageError(endpoint) || !this.parts.agreements.covers(endpoint)) return false;
		return ask(endpoint).catch(() => false);
	}

	async #readList({ id, key: facts }: ProviderFacts, endpoint: Endpoint): Promise<boolean> {
		const reply = await this.#get(listRequest, endpoint);
		if (!reply) return false;
		const base = { base: endpoint.base.href };
		const seen = sightingsOf(reply, id, facts?.optional === true).map((sighting) => Object.assign(sighting, base));
		this.#heard = [...this.#heard.filter(({ provider }) => provider !== id), ...seen];
		await this.parts.state.update(memory, remembered.parse(this.#heard));
		return true;
	}

	/** What a model takes is asked for after the list, and forgotten at the end of the session. */
	async #readSchema({ id: provider }: ProviderFacts, name: string, endpoint: Endpoint): Promise<boolean> {
		const reply = await this.#get(schemaRequest(name), endpoint);
		const controls = reply && controlsOfSchema(reply);
		if (!controls) return reply !== undefined;
		const isIt = (heard: Heard) => heard.provider === provider && heard.name === name;
		const known = this.#heard.find(isIt);
		const heard = { ...known, base: endpoint.base.href, provider, name, controls };
		this.#heard = [...this.#heard.filter((each) => !isIt(each)), heard];
		return true;
	}

	async #get(request: HttpRequest, endpoint: Endpoint): Promise<Reply | undefined> {
		const reply = await this.parts.network.exchange(request, endpoint, AbortSignal.timeout(patience));
		return 'lost' in reply || reply.status !== 200 || reply.events ? undefined : reply;
	}
}

/** ms: nobody waits for a list, but no connection need stay open for it. */
const patience = 20_000;

/** The address that holds now; empty where that is none. */
function baseOf(provider: string): string {
	const base = parseBaseUrl(baseUrlOf(provider), provider);
	return isImageError(base) ? '' : base.href;
}
