import { type ImageError, sentencesOf, unsent } from './imageError';
import { english, type Message } from './message';
import type { JobResult, SavedImage } from './picture';

/** What whoever asked for pictures is given (contract: `Result`). */
export interface Result {
	readonly images: readonly SavedImage[];
	readonly failures: readonly Failure[];
	readonly warnings: readonly string[];
	readonly cost?: { readonly usd: number; readonly estimated: boolean };
}

/** What was asked for and did not come (contract: `Failure`). */
export type Failure = Omit<ImageError, 'message' | 'said' | 'kept' | 'about' | 'successor'> & {
	readonly message: string;
};

/** Puts a sentence into the language of whoever reads it. */
export type InWords = (message: Message) => string;

/** A job's result in the words of the outside. */
export function resultIn({ images, failures, warnings, notes = [], cost }: JobResult, inWords: InWords): Result {
	return {
		images,
		failures: failures.map((failure) => failureIn(failure, inWords)),
		warnings: [...notes, ...warnings].map(inWords),
		...(cost && { cost }),
	};
}

/** A failure in the words of the outside. */
export function failureIn(error: ImageError, inWords: InWords): Failure {
	const { code, charged, provider, requestId } = error;
	return {
		code,
		message: sentencesOf(error).map(inWords).join(' '),
		charged,
		...(provider !== undefined && { provider }),
		...(requestId !== undefined && { requestId }),
	};
}

/** What came of a wish that was not fulfilled: at least `n` failures. */
export function refused(n: number, problems: readonly ImageError[]): JobResult {
	const [first = unsent('bad-input')] = problems;
	const rest = Array.from({ length: Math.max(0, n - problems.length) }, () => first);
	return { images: [], failures: [...problems, ...rest], warnings: [] };
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
