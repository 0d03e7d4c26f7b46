import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { DocumentLanguage } from '../../../../src/documents/languages/language';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { type ReadWords, readWords } from './readingChecks';
import type { SeenImage } from './parse';

/** What a reader found in a document. */
export function seenIn({ read }: DocumentLanguage, text: string): ReadWords {
	assert.ok(read);
	return readWords(read, text);
}

/** The words of all comments, line by line, without the blank ones. */
export function wordsSeen({ comments }: ReadWords): string[] {
	return comments.flatMap(([, ...lines]) => lines).filter((line) => line !== '');
}

export function hrefsSeen({ pictures }: ReadWords): string[] {
	return pictures.map(({ href }) => href);
}

/** Where a link leads that stands in a document in `/dir/`, decoded. */
export function pathOfHref(href: string): string {
	const { pathname, origin, search, hash } = new URL(href, 'https://site.example/dir/document');
	assert.equal(origin + search + hash, 'https://site.example', href);
	return decodeURIComponent(pathname.replace(/^\/dir\//, ''));
}

/**
 * Asserts that whatever is written as a reference, between any of the texts `around`, is just that picture by the language's own parser
 * and by Limn's reader.
 */
export function assertShown(
	language: DocumentLanguage,
	around: readonly (readonly [before: string, after: string])[],
	parsed: (text: string) => readonly SeenImage[],
	numRuns = 1000,
): void {
	fc.assert(
		fc.property(anyPath, anyAlt, fc.constantFrom(...around), (path, alt, [before, after]) => {
			const reference = writeReference(language, { path, alt, width: 1024, height: 768 });
			const text = before + reference + after;
			assert.deepEqual(parsed(text), [{ path, alt }], text);
			const { pictures } = seenIn(language, text);
			assert.deepEqual(
				pictures.map((seen) => [seen.span, pathOfHref(seen.href), seen.alt ?? '', seen.lacksAlt]),
				[[reference, path, alt, undefined]],
				text,
			);
		}),
		{ numRuns },
	);
}
