import { type Job, wayOf } from './job';
import type { Offer, Offered } from './model';

/** The most pictures that one request sends, whoever takes more. */
const mostEver = 16;

/** How many pictures may go out beside a prompt, in all. 0: it takes none, or none without a mask. */
export function mostReferences({ offer }: Pick<Offered, 'offer'>): number {
	return wayOf(offer, 'edit') ? mostPicturesOf(offer) : 0;
}

/** How many pictures may go out besides the one that is changed. 0: none, or it does no such job. */
export function mostBesides({ offer }: Pick<Offered, 'offer'>, job: Job): number {
	if (!wayOf(offer, job)) return 0;
	switch (job) {
		case 'edit':
		case 'markup':
			return mostPicturesOf(offer) - 1;
		case 'mask':
			// Where no mask goes out, words would have to say in which of the pictures a place is.
			return offer.masks ? mostPicturesOf(offer) - 1 : 0;
		case 'generate':
		case 'expand':
		case 'vary':
			return 0;
	}
}

/** Whether it is known how many pictures an edit sends at most. */
export function isSureOfPictures({ runware, mostPictures }: Offer): boolean {
	return runware !== undefined || mostPictures !== undefined;
}

function mostPicturesOf({ runware, mostPictures = mostEver }: Offer): number {
	return Math.min(mostEver, runware ? (runware.references?.most ?? 1) : mostPictures);
}
