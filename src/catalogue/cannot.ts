import { type Message, say } from '../domain/message';
import { findOffered, nameOf, type Offered } from './catalogue';
import { type Job, wayOf } from './job';
import type { Terms } from './lifecycle';
import type { Catalogue, Offer } from './model';
import { cardsFor, type ModelCard } from './modelCards';
import { isSureOfPictures, mostBesides } from './references';

/** The most models that a sentence names. */
const mostNamed = 6;

/** Why an offer does not do a job, and who does: some of the same provider first. */
export function cannot(offer: Offer, job: Job, catalogue: Catalogue, terms: Terms): Message {
	const name = nameOf(offer);
	const others = someOf(cardsFor(job, undefined, catalogue, terms), offer);
	switch (job) {
		case 'generate':
			return say('{0} makes no pictures of words alone. These do: {1}.', name, others);
		case 'edit':
			if (wayOf(offer, 'mask')) {
				return say('{0} makes no edits without a mask. Select a part, or choose one of these: {1}.', name, others);
			}
			return say('{0} cannot edit a picture. These can: {1}.', name, others);
		case 'mask':
			return say('{0} cannot edit a picture. These can: {1}.', name, others);
		case 'markup':
			return say('{0} takes no markup. These do: {1}.', name, others);
		case 'expand':
			return say('{0} cannot expand a picture. These can: {1}.', name, others);
		case 'vary':
			return say('{0} cannot make variations. These can: {1}.', name, others);
	}
}

/** Why an offer does not take so many pictures besides the one that is changed; `undefined`: it does. */
export function tooManyPictures(
	{ offer }: Offered,
	job: Job,
	references: number,
	catalogue: Catalogue,
	terms: Terms,
): Message | undefined {
	const most = mostBesides({ offer }, job);
	if (references <= most) return undefined;
	const name = nameOf(offer);
	const [is, all] = [most + 1, references + 1];
	const able = cardsFor(job, undefined, catalogue, terms).filter((card) => {
		const found = findOffered(card.name, catalogue);
		return found && isSureOfPictures(found.offer) && mostBesides(found, job) >= references;
	});
	if (able.length === 0) return say('{0} takes at most {1} pictures, not {2}. Leave some out.', name, is, all);
	const others = someOf(able, offer);
	if (job === 'mask' && most === 0) {
		return say('{0} takes one picture where a part is selected, not {1}. These take {1}: {2}.', name, all, others);
	}
	return most === 0
		? say('{0} takes one picture only, not {1}. These take {1}: {2}.', name, all, others)
		: say('{0} takes at most {1} pictures, not {2}. These take {2}: {3}.', name, is, all, others);
}

/** Names of some, those of the same provider first. */
function someOf(able: readonly ModelCard[], offer: Offer): string {
	const near = able.filter(({ provider }) => provider === offer.provider).slice(0, mostNamed / 2);
	const named = [...near, ...able.filter((card) => !near.includes(card))].slice(0, mostNamed);
	return named.map(({ name }) => name).join(', ');
}
