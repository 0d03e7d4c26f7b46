import type { Memento } from 'vscode';
import * as z from 'zod';
import { type Catalogue, findOffered } from '../catalogue/catalogue';
import { findProvider, type ProviderFacts } from '../catalogue/providers';
import { type Sighting, withSightings } from '../catalogue/sightings';
import { isImageError } from '../domain/imageError';
import { parseModelName } from '../domain/modelName';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';
import { controlsOfSchema, listRequest, schemaRequest, sightingsOf } from '../providers/openai-images/modelList';
import type { HttpRequest, Reply } from '../providers/provider';
import { endpointOf } from './endpoints';
import type { Keyring } from './keyring';

/** What is kept from one session to the next. */
const remembered = z.array(
	z.object({
		provider: z.string(),
		name: z.string(),
		retires: z.string().exactOptional(),
		title: z.string().exactOptional(),
	}),
);

interface Parts {
	/** As it ships. */
	readonly catalogue: Catalogue;
	readonly keyring: Keyring;
	readonly network: Network;
	readonly state: Memento;
}

const key = 'modelLists';

/** The catalogue as it ships, with what the providers themselves said of their models since. Asks them in the background, once a session. */
export class ModelLists {
	readonly #asked = new Set<string>();
	#sightings: readonly Sighting[];

	constructor(readonly parts: Parts) {
		this.#sightings = remembered.catch([]).parse(parts.state.get(key));
	}

	catalogue(): Catalogue {
		return withSightings(this.parts.catalogue, this.#sightings);
	}

	/** Asks the provider of a model, and for the model itself where nobody knows it. What fails is only not known; it is asked again. */
	refresh(model: string): void {
		const provider = findProvider(parseModelName(model)?.provider ?? '');
		if (!provider || !listing.has(provider.id)) return;
		void this.#once(provider.id, async (endpoint) => this.#readList(provider, endpoint), provider);
		const known = findOffered(model, this.catalogue());
		if (!provider.routes || known?.model.controls !== 'open') return;
		void this.#once(model, async (endpoint) => this.#readSchema(provider, known.offer.name, endpoint), provider);
	}

	async #once(id: string, ask: (endpoint: Endpoint) => Promise<boolean>, provider: ProviderFacts): Promise<void> {
		if (this.#asked.has(id)) return;
		this.#asked.add(id);
		const endpoint = await endpointOf(provider, this.parts.keyring);
		const answered = !isImageError(endpoint) && (await ask(endpoint).catch(() => false));
		if (!answered) this.#asked.delete(id);
	}

	async #readList({ id, key: facts }: ProviderFacts, endpoint: Endpoint): Promise<boolean> {
		const reply = await this.#get(listRequest, endpoint);
		if (!reply) return false;
		const seen = sightingsOf(reply, id, facts?.optional === true);
		this.#sightings = [...this.#sightings.filter(({ provider }) => provider !== id), ...seen];
		await this.parts.state.update(key, remembered.parse(this.#sightings));
		return true;
	}

	async #readSchema({ id }: ProviderFacts, name: string, endpoint: Endpoint): Promise<boolean> {
		const reply = await this.#get(schemaRequest(name), endpoint);
		const controls = reply && controlsOfSchema(reply);
		if (controls) this.#describe({ provider: id, name, controls });
		return reply !== undefined;
	}

	#describe(sighting: Sighting): void {
		const isIt = ({ provider, name }: Sighting) => provider === sighting.provider && name === sighting.name;
		const known = this.#sightings.find(isIt);
		this.#sightings = [...this.#sightings.filter((each) => !isIt(each)), { ...known, ...sighting }];
	}

	async #get(request: HttpRequest, endpoint: Endpoint): Promise<Reply | undefined> {
		const reply = await this.parts.network.exchange(request, endpoint, AbortSignal.timeout(patience));
		return 'lost' in reply || reply.status !== 200 ? undefined : reply;
	}
}

/** ms: nobody waits for a list, but no connection need stay open for it. */
const patience = 20_000;

/** Providers that have a list of models in the OpenAI dialect. */
const listing: ReadonlySet<string> = new Set(['openai', 'lumenfall', 'custom']);
