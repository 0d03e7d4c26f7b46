import { type ImageError, isImageError, unsent } from '../domain/imageError';
import type { ImageRequest } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import { type Catalogue, findOffered, nameOf, type Offered, sizeRuleOf } from './catalogue';
import { fitSize } from './fitSize';
import { jobOf } from './job';
import { daysBetween, isRetired, isServed, retirementOf, type Terms } from './lifecycle';
import type { Day } from './model';
import { formatUsd, pricePerPicture } from './price';
import { succeed, successorOf } from './successor';

/** How long before its end a model is warned of. */
const noticeDays = 60;

/** Why a retired model is not asked, with what takes its place; `undefined` where it still answers or the person wants it all the same. */
export function retirementProblem(
	request: ImageRequest,
	found: Offered,
	catalogue: Catalogue,
	terms: Terms,
): ImageError | undefined {
	const day = retirementOf(found);
	if (day === undefined || isServed(found, terms)) return undefined;
	const next = succeed(request, catalogue, terms.today)?.request;
	const name = nameOf(found.offer);
	if (!next) return unsent('model-unavailable', say('{0} was retired on {1}. Choose another model.', name, day));
	const message = retired(name, day, next.model, priceOf(next, catalogue), priceOf(request, catalogue));
	return { ...unsent('model-unavailable', message), successor: next.model };
}

function retired(name: string, day: Day, next: string, now: number | undefined, before: number | undefined): Message {
	if (now === undefined) return say('{0} was retired on {1}. Choose its successor {2}.', name, day, next);
	const price = formatUsd(now);
	if (before === undefined) {
		return say('{0} was retired on {1}. Its successor {2} costs about {3} a picture.', name, day, next, price);
	}
	return say(
		'{0} was retired on {1}. Its successor {2} costs about {3} instead of {4} a picture.',
		name,
		day,
		next,
		price,
		formatUsd(before),
	);
}

/** What one picture of a request costs; of a size that the model does not take: any size. */
function priceOf({ model, size, options }: ImageRequest, catalogue: Catalogue): number | undefined {
	const found = findOffered(model, catalogue);
	if (!found) return undefined;
	const fitted = fitSize(size, sizeRuleOf(found));
	return pricePerPicture(found, isImageError(fitted) ? undefined : fitted, options);
}

/** Says that a model is sent although it is retired, or that it soon will be. */
export function retirementWarnings(
	request: Pick<ImageRequest, 'operation' | 'alteration'>,
	found: Offered,
	catalogue: Catalogue,
	{ today }: Terms,
): Message[] {
	const day = retirementOf(found);
	if (day === undefined) return [];
	const name = nameOf(found.offer);
	if (isRetired(found, today)) {
		return [say('{0} was retired on {1}. It is asked all the same, and may not answer.', name, day)];
	}
	const days = daysBetween(today, day);
	if (days > noticeDays) return [];
	const next = successorOf(found, jobOf(request), catalogue, day);
	return [
		next
			? say('{0} is retired on {1}, in {2} days. Its successor is {3}.', name, day, days, nameOf(next.offer))
			: say('{0} is retired on {1}, in {2} days. Choose another model by then.', name, day, days),
	];
}
