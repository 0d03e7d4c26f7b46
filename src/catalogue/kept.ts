import { type ImageError, unsent } from '../domain/imageError';
import { formatOfName } from '../domain/imageFormat';
import type { ImageRequest } from '../domain/imageRequest';
import { noMargins, withMargins } from '../domain/margins';
import { type Message, say } from '../domain/message';
import { formatSizeWish } from '../domain/size';
import { formatOption, withoutFormat } from './plainWords';

/** Whether what is not selected stays as it is: then the file is put together here, whatever format the provider sends. */
export function keeps({ alteration }: Pick<ImageRequest, 'alteration'>): boolean {
	return alteration?.operation === 'expand' || (alteration?.operation === 'edit' && alteration.selected !== undefined);
}

/**
 * A picture that is put together here is saved in the format that the options name, and the provider is not asked for it. It has its own
 * size, whatever is wished.
 */
export function asKept(wished: ImageRequest): { request: ImageRequest; warnings: Message[] } {
	if (!keeps(wished)) return { request: wished, warnings: [] };
	const { size, ...request } = wished;
	const named = formatOption(request.options);
	const format = named === undefined ? request.format : formatOfName(`.${named.toLowerCase()}`);
	const options = withoutFormat(request.options);
	return {
		request: { ...request, options, format: format ?? request.format },
		warnings: [
			...(size
				? [say('The size {0} was left out: that of the picture follows from its source.', formatSizeWish(size))]
				: []),
			...(format ? [] : [say('A picture with kept pixels is saved as {0}, not as {1}.', request.format, named ?? '')]),
			...(format === 'jpeg' ? [unkept] : []),
		],
	};
}

/** Pixels on a side: a WebP has 14 bits for them, and encoders of JPEGs stop a little short of 16. */
const longest = { png: Infinity, jpeg: 65_500, webp: 16_383 } as const;

const titles = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP' } as const;

/** What is put together here must fit into its file. */
export function formatProblems({ alteration, format }: ImageRequest): ImageError[] {
	if (!alteration || !keeps({ alteration })) return [];
	const margins = alteration.operation === 'expand' ? alteration.margins : noMargins;
	const { width, height } = withMargins(alteration.source, margins);
	if (Math.max(width, height) <= longest[format]) return [];
	return [
		unsent('bad-input', say('A {0} has at most {1} pixels on a side. Ask for png.', titles[format], longest[format])),
	];
}

const unkept = say(
	'A JPEG cannot keep pixels exactly: those that were not to change do so a little. Ask for png to keep them.',
);
