import type { ImageError } from '../domain/imageError';
import type { JobResult } from '../domain/picture';
import { type Failure, failureIn, type Result, resultIn } from '../domain/result';
import { translate } from './translate';

export type { Result } from '../domain/result';

/** A job's result in the words and the language of the outside. */
export function resultOf(job: JobResult): Result {
	return resultIn(job, translate);
}

/** A failure in the words of the outside. */
export function failureOf(error: ImageError): Failure {
	return failureIn(error, translate);
}

/** A result of nothing but `count` times this failure. */
export function failed(error: ImageError, count: number): Result {
	return resultOf({ images: [], failures: Array.from({ length: count }, () => error), warnings: [] });
}
