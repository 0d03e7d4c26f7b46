import { findOffered, nameOf } from './catalogue';
import { isDay } from './lifecycle';
import type { Catalogue, Control, Day, Offer, Offered } from './model';

/** An image model that a provider's own list of models names. */
export interface Sighting {
	/** Id of a provider. */
	readonly provider: string;
	/** The provider's own name for the model. */
	readonly name: string;
	/** The first day on which it will not answer; `null`: the list says that there is none yet. Absent: it says nothing. */
	readonly retires?: Day | null;
	readonly title?: string;
	/** What it takes, where the provider describes that. */
	readonly controls?: readonly Control[];
}

/**
 * The catalogue with what the providers themselves say of their models: a day of retirement goes before ours, and a model that we do
 * not know is offered as what it is called. Nothing is lost: lists leave models out that answer, and name some that do not.
 */
export function withSightings(catalogue: Catalogue, sightings: readonly Sighting[]): Catalogue {
	const { models, offers } = catalogue;
	const byName = new Map(sightings.map((sighting) => [nameOf(sighting), sighting]));
	const known = new Set(offers.map(nameOf));
	const found = Array.from(byName.values())
		.filter((sighting) => !known.has(nameOf(sighting)))
		.flatMap((sighting) => newOffer(sighting, catalogue) ?? []);
	return {
		models: [...models, ...found.map(({ model }) => model)],
		offers: [...offers.map((offer) => dated(offer, byName.get(nameOf(offer)))), ...found.map(({ offer }) => offer)],
	};
}

/** A gateway's other name for a model that we know stays what it is; a name that nobody can write is none. */
function newOffer(sighting: Sighting, catalogue: Catalogue): Offered | undefined {
	const made = findOffered(nameOf(sighting), catalogue);
	if (made?.model.controls !== 'open') return undefined;
	const { title = made.model.title, controls = made.model.controls } = sighting;
	return { model: { ...made.model, title, controls }, offer: dated(made.offer, sighting) };
}

/** Only a day that is one counts, or the word that there is none: what is missing or garbled says nothing. */
function dated(offer: Offer, sighting: Sighting | undefined): Offer {
	const retired = sighting?.retires;
	return retired === null || (retired !== undefined && isDay(retired)) ? { ...offer, retired } : offer;
}
