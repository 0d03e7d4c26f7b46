import { isImageError } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import { formatSizeWish, type SizeWish } from '../domain/size';
import { type Catalogue, controlsOf, nameOf, type Offered, offered, sizeRuleOf } from './catalogue';
import { fitSize, nearestSize } from './fitSize';
import { type Job, wayOf } from './job';
import { isServed, retirementOf, type Terms } from './lifecycle';
import { formatUsd, isFree, pricePerPicture } from './price';
import { sketchProvider } from './providers';

/** What a list of models says of one. */
export interface ModelCard {
	/** `provider/model`. */
	readonly name: string;
	readonly provider: string;
	readonly title: string;
	/** Of one picture. */
	readonly price: Message;
	/** What it can do besides, and how long it will. */
	readonly badges: readonly Message[];
}

/**
 * The models that can do a job, in the catalogue's order, but for each provider those first that do it by themselves, of them the
 * recommended one, and those last whose end is known. `size`: as wished; absent: the model's own.
 */
export function cardsFor(job: Job, size: SizeWish | undefined, catalogue: Catalogue, terms: Terms): ModelCard[] {
	return offered(catalogue)
		.filter((each) => wayOf(each.offer, job) && isServed(each, terms))
		.toSorted((a, b) => placeOf(a, job) - placeOf(b, job))
		.map((each) => cardOf(each, size, job));
}

/** The card of one model, retired or not. */
export function cardOf(each: Offered, size: SizeWish | undefined, job: Job = 'generate'): ModelCard {
	return {
		name: nameOf(each.offer),
		provider: each.offer.provider,
		title: each.model.title,
		price: priceOf(each, size),
		badges: [...(wayOf(each.offer, job) === 'emulated' ? [say('emulated')] : []), ...badgesOf(each)],
	};
}

function placeOf(each: Offered, job: Job): number {
	const place = retirementOf(each) === undefined ? 1 : 2;
	return (wayOf(each.offer, job) === 'native' ? 0 : 3) + (each.offer.recommended ? 0 : place);
}

/** At the quality that the model chooses by itself; at the nearest size, which is then named, where it cannot make the one that is wished. */
function priceOf(each: Offered, wish: SizeWish | undefined): Message {
	const rule = sizeRuleOf(each);
	const fitted = fitSize(wish, rule);
	const near = isImageError(fitted) && wish ? nearestSize(wish, rule) : undefined;
	const usd = pricePerPicture(each, isImageError(fitted) ? near : fitted, {});
	const at = near && formatSizeWish(near);
	if (isFree(each.offer)) return at === undefined ? say('free') : say('free at {0}', at);
	if (usd === undefined) return at === undefined ? say('price unknown') : say('price unknown at {0}', at);
	const price = formatUsd(usd);
	return at === undefined ? say('up to {0}', price) : say('up to {0} at {1}', price, at);
}

function badgesOf(each: Offered): Message[] {
	const { operations, masks } = each.offer;
	const retired = retirementOf(each);
	const isKnown = each.model.controls !== 'open';
	return [
		...(each.offer.provider === sketchProvider ? [say('no AI'), say('offline')] : []),
		...(isKnown ? [] : [say('abilities unknown')]),
		...(isKnown && operations.includes('edit') ? [say('edits')] : []),
		...(masks === 'taken' || masks === 'needed' ? [say('masks')] : []),
		...(isTransparent(each) ? [say('transparent')] : []),
		...(retired === undefined ? [] : [say('retired on {0}', retired)]),
	];
}

function isTransparent(each: Offered): boolean {
	const controls = controlsOf(each);
	if (controls === 'open') return false;
	return controls.some(
		(control) => control.kind === 'choice' && control.name === 'background' && control.values.includes('transparent'),
	);
}
