import type { ImagesDialect } from '../../catalogue/model';
import type { HttpRequest } from '../provider';
import type { ErrorReply } from './errorReply';
import { maskFieldsOf, withoutMaskField, withoutStream } from './request';

/**
 * The same request without what the server has just said that it does not know. `undefined`: it complains of something else, or
 * does not know what matters.
 */
export function withoutUnknown(
	request: HttpRequest,
	error: ErrorReply | undefined,
	dialect: ImagesDialect,
): HttpRequest | undefined {
	if (!error) return undefined;
	const words = `${error.parameter} ${error.message}`.split(/\W+/);
	if (words.includes('stream') || words.includes('partial_images')) return withoutStream(request);
	if (!isAboutNames(error)) return undefined;
	const unknown = maskFieldsOf(dialect).filter((name) => words.includes(name));
	return unknown.map((name) => withoutMaskField(request, name, dialect)).find((next) => next !== undefined);
}

/** In the words of OpenAI, FastAPI and JSON Schema. */
const unknownName =
	/(unknown|unexpected|unrecogni[sz]ed|extra|additional)[ _]((form|request|keyword) )?(parameter|field|input|argument|propert|key)|extra_forbidden/i;

/**
 * Whether it is the name of a field that is wrong, and not what it holds: a mask that the server reads, and does not like, must not
 * go to where it is passed over.
 */
function isAboutNames({ code, message }: ErrorReply): boolean {
	return unknownName.test(`${code} ${message}`);
}
