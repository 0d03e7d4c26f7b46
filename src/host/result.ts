import { type ImageError, unsent } from '../domain/imageError';
import { english, type Message } from '../domain/message';
import type { JobResult, SavedImage } from '../domain/picture';
import { describe, translate } from './translate';

/** What a command that makes pictures returns (contract: `Result`). */
export interface Result {
	readonly images: readonly SavedImage[];
	readonly failures: readonly Failure[];
	readonly warnings: readonly string[];
	readonly cost?: { readonly usd: number; readonly estimated: boolean };
}

type Failure = Omit<ImageError, 'message' | 'said' | 'kept' | 'about' | 'successor'> & { readonly message: string };

/** A job's result in the words and the language of the outside. */
export function resultOf({ images, failures, warnings, notes = [], cost }: JobResult): Result {
	const said = [...notes, ...warnings].map(translate);
	return { images, failures: failures.map(failureOf), warnings: said, ...(cost && { cost }) };
}

/** A failure in the words of the outside. */
export function failureOf(error: ImageError): Failure {
	const { code, charged, provider, requestId } = error;
	return {
		code,
		message: describe(error),
		charged,
		...(provider !== undefined && { provider }),
		...(requestId !== undefined && { requestId }),
	};
}

/** In characters: what an agent is told of a provider's own words. */
const mostWords = 300;

/** What a job's result says to an agent: nothing of where this computer keeps its files, and little in the words of others. */
export function forAgents(result: JobResult): JobResult {
	return { ...result, failures: result.failures.map(forAgent) };
}

function forAgent({ kept, said, ...error }: ImageError): ImageError {
	return {
		...error,
		...(kept && { kept: kept === 'lost' ? kept : { at: kept.at.split(/[\\/]/).at(-1) ?? '' } }),
		...(said && { said: { by: said.by, words: shortened(said.words) } }),
	};
}

function shortened(words: string): string {
	const characters = Array.from(words);
	return characters.length <= mostWords ? words : `${characters.slice(0, mostWords).join('').trimEnd()}…`;
}

/** A result of nothing but `count` times this failure. */
export function failed(error: ImageError, count: number): Result {
	return resultOf({ images: [], failures: Array.from({ length: count }, () => error), warnings: [] });
}

/** What came of a wish that was not fulfilled: at least `n` failures. */
export function refused(n: number, problems: readonly ImageError[]): JobResult {
	const [first = unsent('bad-input')] = problems;
	const rest = Array.from({ length: Math.max(0, n - problems.length) }, () => first);
	return { images: [], failures: [...problems, ...rest], warnings: [] };
}

/** What came of several jobs, as one. */
export function merged(results: readonly JobResult[]): JobResult {
	const costs = results.flatMap(({ cost }) => cost ?? []);
	const usd = costs.reduce((sum, cost) => sum + cost.usd, 0);
	return {
		images: results.flatMap(({ images }) => images),
		failures: results.flatMap(({ failures }) => failures),
		// Said once, however many pictures it holds for.
		warnings: distinct(results.flatMap(({ warnings }) => warnings)),
		notes: distinct(results.flatMap(({ notes = [] }) => notes)),
		...(costs.length > 0 && { cost: { usd, estimated: costs.some(({ estimated }) => estimated) } }),
	};
}

function distinct(messages: readonly Message[]): Message[] {
	return [...new Map(messages.map((message) => [english(message), message])).values()];
}
