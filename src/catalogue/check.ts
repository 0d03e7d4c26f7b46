import { type ImageError, isImageError, unsent } from '../domain/imageError';
import type { RequestableFormat } from '../domain/imageFormat';
import { type ImageRequest, isBlank, maxPictures, type Options, sentPrompt } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import { parseModelName } from '../domain/modelName';
import { formatSizeWish, type SizeWish } from '../domain/size';
import { type Catalogue, controlsOf, findOffered, nameOf, type Offered, offered, sizeRuleOf } from './catalogue';
import { planAlteration } from './alter';
import type { AlterPlan } from './alterPlan';
import { fitOptions } from './fitOptions';
import { fitSize } from './fitSize';
import { cannot, tooManyPictures } from './cannot';
import { jobOf, wayOf } from './job';
import type { Terms } from './lifecycle';
import { asKept, formatProblems } from './kept';
import { inPlainWords } from './plainWords';
import { findProvider } from './providers';
import { retirementProblem, retirementWarnings } from './retirement';

/** A request that can be done, and how. */
export interface Plan extends Offered {
	readonly request: ImageRequest;
	/** Without white space around it, with what is added to it; an alteration's instruction comes after it. */
	readonly prompt: string;
	/** Pixels, or a ratio where the vendor takes ratios. `undefined`: nothing was wished, and the server decides. */
	readonly size: SizeWish | undefined;
	/** Only options that the model takes. */
	readonly options: Options;
	/** Pictures per call, in order: 25 at 10 a call are 10, 10, 5. */
	readonly calls: readonly number[];
	readonly warnings: readonly Message[];
	/** How a picture is changed. Absent: one is made of words alone. */
	readonly alter?: AlterPlan;
	/** The format that is asked of the provider: what is put together here afterwards must lose nothing on its way. */
	readonly format: RequestableFormat;
}

/** The only judge of what can be done. Pure: nothing is asked of anybody. Returns a plan, or every reason why there is none. */
export function check(request: ImageRequest, catalogue: Catalogue, terms: Terms): Plan | readonly ImageError[] {
	const found = findOffer(request, catalogue, terms);
	if (isImageError(found)) return [...wordProblems(request), found];
	const { request: plain, warnings: keptWarnings } = asKept(inPlainWords(request, controlsOf(found)));
	const limit = found.offer.promptLimit ?? found.model.promptLimit ?? Infinity;
	const planned = plain.alteration && planAlteration(plain.alteration, plain, found);
	if (isImageError(planned)) return [...wordProblems(plain, limit), planned];
	const alter = planned && withRoom(planned, sentPrompt(plain), limit);
	const { n } = plain;
	const format = alter?.keeps === true ? 'png' : plain.format;
	const use = { model: nameOf(found.offer), operation: alter?.task ?? plain.operation, format, n };
	const { options, warnings, problems } = fitOptions(plain.options, controlsOf(found), use);
	const words = [...wordProblems(plain, limit - lengthOf(alter?.instruction)), ...formatProblems(plain)];
	const size = sizeFor(plain, alter, found);
	if (isImageError(size)) return [...words, ...problems, size];
	if (words.length + problems.length > 0) return [...words, ...problems];
	return {
		...found,
		request: plain,
		prompt: alter?.wordless ? '' : sentPrompt(plain),
		size,
		options,
		calls: split(n, found.offer.picturesPerCall),
		warnings: [
			...modelWarnings(request, found, catalogue, terms),
			...sizeWarnings(plain, found),
			...keptWarnings,
			...(alter?.warnings ?? []),
			...warnings,
		],
		...(alter && { alter }),
		format,
	};
}

/** With what the model is told besides the prompt, unless there is no room for it and a mask says it as well. */
function withRoom(alter: AlterPlan, prompt: string, limit: number): AlterPlan {
	if (!alter.masked || Array.from(prompt).length + lengthOf(alter.instruction) <= limit) return alter;
	const { instruction: _, ...others } = alter;
	return others;
}

/** Of an instruction, with the empty line before it. */
function lengthOf(instruction: string | undefined): number {
	return instruction === undefined ? 0 : Array.from(instruction).length + 2;
}

/** The size that is asked of the provider. */
function sizeFor(
	{ size }: ImageRequest,
	alter: AlterPlan | undefined,
	found: Offered,
): SizeWish | undefined | ImageError {
	const rule = sizeRuleOf(found);
	if (!alter || (size && !alter.keeps)) return fitSize(size, rule);
	return rule.kind === 'none' && !alter.keeps ? undefined : { kind: 'pixels', size: alter.makes.size };
}

function sizeWarnings({ size }: ImageRequest, found: Offered): Message[] {
	if (!size || sizeRuleOf(found).kind !== 'none') return [];
	return [say('{0} cannot be told a size: {1} was left out.', nameOf(found.offer), formatSizeWish(size))];
}

function wordProblems(request: ImageRequest, limit = Infinity): ImageError[] {
	const { prompt, n, operation } = request;
	const problems: ImageError[] = [];
	const length = Array.from(sentPrompt(request)).length;
	const needsWords = operation === 'generate' || operation === 'edit';
	if (needsWords && isBlank(prompt))
		problems.push(unsent('bad-input', say('The prompt is empty. Say what the picture shows.')));
	if (length > limit) {
		problems.push(
			unsent(
				'bad-input',
				say('The prompt has {0} characters, this model takes {1}. Shorten it.', length, Math.max(0, limit)),
			),
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
	const job = jobOf(request);
	if (!wayOf(found.offer, job)) return unsent('unsupported', cannot(found.offer, job, catalogue, terms));
	const retired = retirementProblem(request, found, catalogue, terms);
	if (retired) return retired;
	const tooMany = tooManyPictures(found, job, referencesOf(request), catalogue, terms);
	return tooMany ? unsent('unsupported', tooMany) : found;
}

function referencesOf({ alteration }: ImageRequest): number {
	return alteration?.operation === 'edit' ? (alteration.references ?? 0) : 0;
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
