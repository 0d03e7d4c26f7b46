/** What a document says of a picture. */
export type Reference = ReferenceTarget & {
	/** Not escaped. Empty: the picture is decoration. */
	readonly alt: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
};

/**
 * How the document reaches the picture: a path with `/`, not encoded, relative to the document or, with a `/` before it, from the root of
 * the site; or a whole URI, encoded, where no path leads there.
 */
export type ReferenceTarget = { readonly path: string } | { readonly uri: string };

/** The target as a URL. */
export function destinationOf(target: ReferenceTarget): string {
	return 'uri' in target ? target.uri : urlOf(target.path);
}

/** The target for people and programs that read no URLs. */
export function plainTarget(target: ReferenceTarget): string {
	return 'uri' in target ? target.uri : target.path;
}

/**
 * A path as a URL: letters and digits of every script stay readable, everything that some language reads as more than a
 * character (blanks, brackets, quotes, `&`, `#`, `%`, `|`, …) is percent-encoded. One form is then right in all of them.
 */
export function urlOf(path: string): string {
	return path.replace(/[^\p{L}\p{N}\p{M}\-._~/]/gu, (character) => percentEncode(character));
}

/** Every byte of the character's UTF-8, also where `encodeURIComponent` leaves it alone. */
function percentEncode(character: string): string {
	const bytes = new TextEncoder().encode(character);
	return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
