import type { FileContent } from '../domain/picture';

/** Why bytes could not be put where they should go. */
export type FilesFault = 'not-writable' | 'no-space' | 'outside';

/** What a {@link Files} throws; anything else that it throws is a fault of Limn's own. */
export class FilesError extends Error {
	constructor(
		readonly fault: FilesFault,
		/** For the log; never shown alone. */
		detail: string,
	) {
		super(detail);
	}
}

/** The little that saving needs of a file system. Folders are paths of URIs: absolute, with `/`. */
export interface Files {
	/** Whether links on the way lead out of every one of `roots`. The folder need not exist. */
	leadsOut(folder: string, roots: readonly string[]): Promise<boolean>;
	/**
	 * Makes the folder and puts a new file into it, whole or not at all. `exists` where the name is taken: nothing is ever overwritten.
	 * Throws a {@link FilesError}; `outside` where links lead out of every one of `roots`: then the file was not made.
	 */
	publish(folder: string, name: string, content: FileContent, roots: readonly string[]): Promise<'saved' | 'exists'>;
	/**
	 * Puts a file in the place of one, whole or not at all, if `mayGo` says so of the present one's bytes. `kept`: it did not; `gone`: there is none.
	 * Throws as `publish` does.
	 */
	replace(
		folder: string,
		name: string,
		content: FileContent,
		roots: readonly string[],
		mayGo: (present: Uint8Array) => Promise<boolean>,
	): Promise<'saved' | 'kept' | 'gone'>;
}
