import { type ImageError, unsent } from '../domain/imageError';
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
