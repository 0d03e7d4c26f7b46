import { type ImageRequest, type OptionValue, sentPrompt } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import { formatSizeWish, type SizeWish } from '../domain/size';
import { type Catalogue, controlsOf, findOffered, nameOf, type Offered, offered, sizeRuleOf } from './catalogue';
import { fitOptions } from './fitOptions';
import { nearestSize } from './fitSize';
import { type Job, jobOf, wayOf } from './job';
import { isRetired } from './lifecycle';
import type { Day } from './model';
import { formatOption, inPlainWords } from './plainWords';

/** A request for the model that takes another's place, and what had to change, a sentence each. */
export interface Succession {
	readonly request: ImageRequest;
	readonly changes: readonly Message[];
}

/**
 * What takes a model's place and can do the same: at the same provider, else where it is recommended. A successor that is retired
 * itself gives way to its own. `undefined`: there is none.
 */
export function successorOf(
	{ offer, model }: Offered,
	job: Job,
	catalogue: Catalogue,
	today: Day,
): Offered | undefined {
	const able = offered(catalogue).filter((other) => wayOf(other.offer, job) !== undefined && !isRetired(other, today));
	for (const id of successorsOf(model.id, catalogue)) {
		const sellers = able.filter((other) => other.model.id === id);
		const found = sellers.find((seller) => seller.offer.provider === offer.provider) ?? sellers.find(isRecommended);
		if (found) return found;
	}
	return undefined;
}

function isRecommended({ offer }: Offered): boolean {
	return offer.recommended;
}

/** The successor's id, its successor's, and so on; a circle ends where it began. */
function successorsOf(id: string, { models }: Catalogue): string[] {
	const chain = [id];
	for (const last of chain) {
		const next = models.find((model) => model.id === last)?.successor;
		if (next !== undefined && !chain.includes(next)) chain.push(next);
	}
	return chain.slice(1);
}

/** The request with the model's successor in its place, changed as little as that one allows. `undefined`: there is no successor. */
export function succeed(request: ImageRequest, catalogue: Catalogue, today: Day): Succession | undefined {
	const found = findOffered(request.model, catalogue);
	const successor = found && successorOf(found, jobOf(request), catalogue, today);
	if (!successor) return undefined;
	const model = nameOf(successor.offer);
	const plain = inPlainWords(request, controlsOf(found));
	const { size: wish, ...sizeless } = plain;
	const size = wish && sizeFor(wish, successor);
	const { changes, ...carried } = optionsFor(plain, successor);
	return {
		request: { ...sizeless, model, ...carried, ...(size?.near && { size: size.near }) },
		changes: [
			say('The model is {0} instead of {1}.', model, nameOf(found.offer)),
			...(size?.changes ?? []),
			...changes,
		],
	};
}

function sizeFor(size: SizeWish, successor: Offered): { near?: SizeWish; changes: Message[] } {
	const near = nearestSize(size, sizeRuleOf(successor));
	if (near === size) return { near, changes: [] };
	const wish = formatSizeWish(size);
	return near
		? { near, changes: [say('The size is {0} instead of {1}.', formatSizeWish(near), wish)] }
		: { changes: [say('{0} cannot be told a size: {1} was left out.', nameOf(successor.offer), wish)] };
}

/** What the values of a control are called by the models that came after. */
const laterValues: ReadonlyMap<string, string> = new Map([
	['quality=standard', 'medium'],
	['quality=hd', 'high'],
]);

/** What the styles of DALL·E 3 stood for, in the words of its documentation: its successors take no style but do as they are told. */
const styleWords: ReadonlyMap<OptionValue, string> = new Map([
	['vivid', 'hyper-real and dramatic'],
	['natural', 'natural, less hyper-real'],
]);

/** What becomes of one option: itself or another value, words for the prompt, or nothing. */
interface Carried {
	readonly value?: OptionValue;
	readonly words?: string;
	readonly change?: Message;
}

function optionsFor(
	request: ImageRequest,
	successor: Offered,
): Pick<ImageRequest, 'addition' | 'options'> & Pick<Succession, 'changes'> {
	const carried = Object.entries(request.options).map(
		([name, value]) => [name, carry(name, value, request, successor)] as const,
	);
	const [words] = carried.flatMap(([, { words }]) => words ?? []);
	return {
		...(words !== undefined && { addition: styled(words) }),
		options: Object.fromEntries(carried.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]))),
		changes: carried.flatMap(([, { change }]) => change ?? []),
	};
}

function carry(name: string, value: OptionValue, request: ImageRequest, successor: Offered): Carried {
	if (takes(successor, name, value, request)) return { value };
	const later = laterValues.get(`${name}=${String(value)}`);
	if (later !== undefined && takes(successor, name, later, request)) {
		return { value: later, change: say('{0} is {1} instead of {2}.', name, later, String(value)) };
	}
	const words = name === 'style' ? styleWords.get(value) : undefined;
	if (words !== undefined && hasRoomFor(sentPrompt({ ...request, addition: styled(words) }), successor)) {
		return { words, change: say('The style {0} is said in the prompt: {1}.', String(value), words) };
	}
	return { change: say('The option {0} is left out: {1} does not take it.', name, nameOf(successor.offer)) };
}

function takes(successor: Offered, name: string, value: OptionValue, request: ImageRequest): boolean {
	const { operation, n, options } = request;
	const format = formatOption(options) ?? request.format;
	const use = { model: nameOf(successor.offer), operation, format, n };
	const { warnings, problems } = fitOptions(Object.fromEntries([[name, value]]), controlsOf(successor), use);
	return warnings.length + problems.length === 0;
}

function styled(words: string): string {
	return `Style: ${words}.`;
}

function hasRoomFor(prompt: string, { offer, model }: Offered): boolean {
	return Array.from(prompt).length <= (offer.promptLimit ?? model.promptLimit ?? Infinity);
}
