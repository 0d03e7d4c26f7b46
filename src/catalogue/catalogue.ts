import type { Model, Offer, SizeRule } from './models';

/** An offer with the model that it sells. */
export interface Offered {
	readonly offer: Offer;
	readonly model: Model;
}

/** The two tables, as a value: tests bring their own. */
export interface Catalogue {
	readonly models: readonly Model[];
	readonly offers: readonly Offer[];
}

/** `provider/model`, as a person names it. */
export function nameOf(offer: Offer): string {
	return `${offer.provider}/${offer.name}`;
}

/** Every offer together with its model. */
export function offered({ models, offers }: Catalogue): Offered[] {
	return offers.flatMap((offer) => {
		const model = models.find(({ id }) => id === offer.model);
		return model ? [{ offer, model }] : [];
	});
}

/** The sizes that a model takes, by its name `provider/model`; `undefined` for one that the catalogue does not know. */
export function sizeRuleOf(name: string, catalogue: Catalogue): SizeRule | undefined {
	return offered(catalogue).find(({ offer }) => nameOf(offer) === name)?.model.size;
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
