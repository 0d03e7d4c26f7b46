import { parseModelName } from '../domain/modelName';
import type { Catalogue, Control, Offer, Offered, SizeRule } from './model';
import { openOffer } from './openList';
import { findProvider } from './providers';

export type { Catalogue, Offered } from './model';

/** `provider/model`, as a person names it. */
export function nameOf({ provider, name }: Pick<Offer, 'provider' | 'name'>): string {
	return `${provider}/${name}`;
}

/** Every offer together with its model. */
export function offered({ models, offers }: Catalogue): Offered[] {
	const byId = new Map(models.map((model) => [model.id, model]));
	return offers.flatMap((offer) => {
		const model = byId.get(offer.model);
		return model ? [{ offer, model }] : [];
	});
}

/**
 * What is sold under a name `provider/model`. Through a gateway that routes, `vendor/model` is the gateway's own `model`, with the
 * longer name sent. A name that no table has is made up where the provider takes any; `undefined` where it does not, and for what
 * is no name.
 */
export function findOffered(name: string, catalogue: Catalogue): Offered | undefined {
	const parts = parseModelName(name);
	if (!parts) return undefined;
	const known = (wanted: string): Offered | undefined =>
		offered(catalogue).find(({ offer }) => offer.provider === parts.provider && offer.name === wanted);
	return known(parts.name) ?? routed(parts.name, parts.provider, known) ?? openOffer(parts.provider, parts.name);
}

function routed(name: string, provider: string, known: (name: string) => Offered | undefined): Offered | undefined {
	const [, short] = /^[^/]+\/(.+)$/.exec(name) ?? [];
	if (short === undefined || !findProvider(provider)?.routes) return undefined;
	const found = known(short);
	return found && { ...found, offer: { ...found.offer, name, recommended: false } };
}

/** The sizes that this vendor's version of the model takes. */
export function sizeRuleOf({ offer, model }: Offered): SizeRule {
	return offer.size ?? model.size;
}

/** The controls that this vendor's version of the model takes. */
export function controlsOf({ offer, model }: Offered): readonly Control[] | 'open' {
	if (model.controls === 'open') return 'open';
	const { controls: own = [], lacks = [] } = offer;
	const replaced = new Set([...lacks, ...own.map(({ name }) => name)]);
	return [...model.controls.filter(({ name }) => !replaced.has(name)), ...own];
}

/** What `limn.model: auto` stands for: the recommended model of the first provider with a key, else of the one that needs none. */
export function recommendedModel(
	catalogue: Catalogue,
	providersWithKey: readonly string[],
	fallbackProvider: string,
): string | undefined {
	const recommended = catalogue.offers.filter((offer) => offer.recommended);
	const choice = [...providersWithKey, fallbackProvider]
		.map((provider) => recommended.find((offer) => offer.provider === provider))
		.find((offer) => offer !== undefined);
	return choice && nameOf(choice);
}
