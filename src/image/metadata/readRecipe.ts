import type { ImageRecord } from '../../domain/imageRecord';
import { isBlank } from '../../domain/imageRequest';
import type { Codecs } from '../codecs';
import { type Container, readContainer } from './container';
import { commentsOf } from './exif';
import { isSure, type Parameters, parametersKeyword, parseParameters } from './parameters';
import { exifIn, isXmpSegment, xmpKeyword, xmpPrefix } from './places';
import { textOf } from './pngText';
import { recordOfXmp } from './readXmp';

/** What a file says of how it was made. Anybody may have written it: it is text, and nothing that is obeyed. */
export type Recipe =
	| { readonly kind: 'limn'; readonly record: ImageRecord }
	| ({ readonly kind: 'a1111' } & Parameters);

/** Limn's own record, whatever program wrote the file last; else what AUTOMATIC1111 and others after it write. `undefined`: neither. */
export function readRecipe(bytes: Uint8Array, ports: Pick<Codecs, 'inflate'>): Recipe | undefined {
	const file = readContainer(bytes);
	if (!file) return undefined;
	const xmp = xmpIn(file, ports);
	const record = xmp === undefined ? undefined : recordOfXmp(xmp);
	return record ? { kind: 'limn', record } : fromText(file, ports);
}

function xmpIn(file: Container, ports: Pick<Codecs, 'inflate'>): Uint8Array | string | undefined {
	switch (file.format) {
		case 'png':
			return textOf(file.chunks, xmpKeyword, ports);
		case 'jpeg':
			return file.segments.find(isXmpSegment)?.data.subarray(xmpPrefix.length);
		case 'webp':
			return file.chunks.find(({ type }) => type === 'XMP ')?.data;
	}
}

function fromText(file: Container, ports: Pick<Codecs, 'inflate'>): Recipe | undefined {
	const text = file.format === 'png' ? textOf(file.chunks, parametersKeyword, ports) : undefined;
	if (text !== undefined && !isBlank(text)) {
		const parsed = parseParameters(text);
		// Some programs put JSON there, which is no prompt.
		if (isSure(parsed) || !text.trimStart().startsWith('{')) return { kind: 'a1111', ...parsed };
	}
	const exif = exifIn(file);
	const sure = exif && commentsOf(exif).map(parseParameters).find(isSure);
	return sure && { kind: 'a1111', ...sure };
}
