import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { type ImageRequest, isBlank, maxPictures, type Options, sentPrompt } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import { parseModelName } from '../domain/modelName';
import { formatSizeWish, type SizeWish } from '../domain/size';
import { type Catalogue, controlsOf, findOffered, nameOf, type Offered, offered, sizeRuleOf } from './catalogue';
import { fitOptions } from './fitOptions';
import { fitSize } from './fitSize';
import type { Terms } from './lifecycle';
import { inPlainWords } from './plainWords';
import { findProvider } from './providers';
import { retirementProblem, retirementWarnings } from './retirement';

/** A request that can be done, and how. */
export interface Plan extends Offered {
	readonly request: ImageRequest;
	/** As it is sent: without white space around it, with what is added to it. */
	readonly prompt: string;
	/** Pixels, or a ratio where the vendor takes ratios. `undefined`: nothing was wished, and the server decides. */
	readonly size: SizeWish | undefined;
	/** Only options that the model takes. */
	readonly options: Options;
	/** Pictures per call, in order: 25 at 10 a call are 10, 10, 5. */
	readonly calls: readonly number[];
	readonly warnings: readonly Message[];
}

/** The only judge of what can be done. Pure: nothing is asked of anybody. Returns a plan, or every reason why there is none. */
export function check(request: ImageRequest, catalogue: Catalogue, terms: Terms): Plan | readonly ImageError[] {
	const found = findOffer(request, catalogue, terms);
	if (isImageError(found)) return [...wordProblems(request, undefined), found];
	const plain = inPlainWords(request, controlsOf(found));
	const { operation, format, n } = plain;
	const size = fitSize(request.size, sizeRuleOf(found));
	const use = { model: nameOf(found.offer), operation, format, n };
	const { options, warnings, problems } = fitOptions(plain.options, controlsOf(found), use);
	const words = wordProblems(plain, found.offer.promptLimit ?? found.model.promptLimit);
	if (isImageError(size)) return [...words, ...problems, size];
	if (words.length + problems.length > 0) return [...words, ...problems];
	return {
		...found,
		request: plain,
		prompt: sentPrompt(request),
		size,
		options,
		calls: split(n, found.offer.picturesPerCall),
		warnings: [...modelWarnings(request, found, catalogue, terms), ...sizeWarnings(request, found), ...warnings],
	};
}

function sizeWarnings({ size }: ImageRequest, found: Offered): Message[] {
	if (!size || sizeRuleOf(found).kind !== 'none') return [];
	return [say('{0} cannot be told a size: {1} was left out.', nameOf(found.offer), formatSizeWish(size))];
}

function wordProblems(request: ImageRequest, promptLimit: number | undefined): ImageError[] {
	const { prompt, n } = request;
	const problems: ImageError[] = [];
	const length = Array.from(sentPrompt(request)).length;
	if (isBlank(prompt)) problems.push(unsent('bad-input', say('The prompt is empty. Say what the picture shows.')));
	if (promptLimit !== undefined && length > promptLimit) {
		problems.push(
			unsent('bad-input', say('The prompt has {0} characters, this model takes {1}. Shorten it.', length, promptLimit)),
		);
	}
	if (!Number.isInteger(n) || n < 1 || n > maxPictures) {
		problems.push(unsent('bad-input', say('The count must be a whole number from 1 to {0}.', maxPictures)));
	}
	return problems;
}

function findOffer(request: ImageRequest, catalogue: Catalogue, terms: Terms): Offered | ImageError {
	const name = parseModelName(request.model);
	if (!name) {
		return unsent('bad-input', say('{0} is no model name. Write it as provider/model.', request.model || '""'));
	}
	const known = offered(catalogue);
	if (!findProvider(name.provider)) {
		const providers = [...new Set(known.map(({ offer }) => offer.provider))].join(', ');
		return unsent('bad-input', say('There is no provider {0}. Available: {1}.', name.provider, providers));
	}
	const found = findOffered(request.model, catalogue);
	if (!found) {
		const ofProvider = known.filter(({ offer }) => offer.provider === name.provider);
		const names = (ofProvider.length > 0 ? ofProvider : known).map(({ offer }) => nameOf(offer)).join(', ');
		return unsent('unsupported', say('This version of Limn has no model {0}. Available: {1}.', nameOf(name), names));
	}
	if (!found.offer.operations.includes(request.operation)) {
		return unsent('unsupported', say('{0} cannot do this. Choose another model.', nameOf(name)));
	}
	return retirementProblem(request, found, catalogue, terms) ?? found;
}

function modelWarnings(request: ImageRequest, found: Offered, catalogue: Catalogue, terms: Terms): Message[] {
	const unknown = say(
		'Limn does not know the model {0}: it is sent as named, and its abilities are not checked.',
		nameOf(found.offer),
	);
	return [
		...(found.model.controls === 'open' ? [unknown] : []),
		...retirementWarnings(request, found, catalogue, terms),
	];
}

function split(n: number, perCall: number): number[] {
	return Array.from({ length: Math.ceil(n / perCall) }, (_, index) => Math.min(perCall, n - index * perCall));
}
