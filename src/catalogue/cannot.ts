import { type Message, say } from '../domain/message';
import { nameOf } from './catalogue';
import { type Job, wayOf } from './job';
import type { Terms } from './lifecycle';
import type { Catalogue, Offer } from './model';
import { cardsFor } from './modelCards';

/** The most models that a sentence names. */
const mostNamed = 6;

/** Why an offer does not do a job, and who does: some of the same provider first. */
export function cannot(offer: Offer, job: Job, catalogue: Catalogue, terms: Terms): Message {
	const name = nameOf(offer);
	const able = cardsFor(job, undefined, catalogue, terms);
	const near = able.filter(({ provider }) => provider === offer.provider).slice(0, mostNamed / 2);
	const named = [...near, ...able.filter((card) => !near.includes(card))].slice(0, mostNamed);
	const others = named.map((card) => card.name).join(', ');
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
