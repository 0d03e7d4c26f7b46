import { readFile } from 'node:fs/promises';
import { type ImageError, isImageError } from '../domain/imageError';
import { pictureId, type ReceivedImage, type StoredPicture } from '../domain/picture';
import { Finishing } from '../generation/finishing';
import type { JobJournal } from '../generation/journal';
import type { PainterThread } from '../generation/painterThread';
import { digest } from '../generation/slices';
import { sniff } from '../image/sniff';
import { savePicture } from '../store/savePicture';
import { keepIn, localFiles } from './files';
import { localOf, uriOf } from './paths';
import type { Prepared } from './prepare';

interface Parts {
	readonly painter: PainterThread;
	readonly journal: JobJournal;
	/** Limn's own folder. */
	readonly home: string;
	/** Told of what went wrong. */
	readonly onFault: (fault: unknown) => void;
}

/** How the pictures of one job become files. */
export class Saver {
	readonly #finishing: Finishing;
	/** Where pictures of the job are by now: of two that are alike, each has its own file. */
	readonly #taken = new Set<string>();

	constructor(
		readonly job: Prepared,
		readonly parts: Parts,
	) {
		this.#finishing = new Finishing({ ...job, isExact: false, embed: () => 'auto' }, parts);
	}

	/** What is paid for is saved, whatever else fails. */
	readonly keep = async (image: ReceivedImage, index: number): Promise<StoredPicture | ImageError> => {
		const { begun, save } = this.job;
		const { home, journal, onFault } = this.parts;
		const { bytes, warnings, changedOutsideMask } = await this.#finishing.finish(image);
		const stored = await savePicture({ ...image, bytes }, index, save, {
			files: localFiles,
			digest,
			uriOf,
			keep: async (name, file) => keepIn(home, name, file),
			retire: async () => false,
			announce: async (id, path) => journal.publishing(index, id, path),
			log: onFault,
		});
		if (isImageError(stored)) return stored;
		this.#taken.add(stored.uri);
		return {
			...stored,
			...(begun && { parent: begun.id }),
			...(changedOutsideMask !== undefined && { changedOutsideMask }),
			warnings,
		};
	};

	/** The picture of an earlier command, if it is where it was about to be put. */
	readonly find = async ({
		id,
		path,
	}: {
		readonly id: string;
		readonly path: string;
	}): Promise<StoredPicture | undefined> => {
		const { begun } = this.job;
		const uri = uriOf(path);
		if (this.#taken.has(uri)) return undefined;
		const bytes = await readFile(localOf(path)).catch(() => undefined);
		const header = bytes && sniff(bytes);
		if (!bytes || !header || pictureId(await digest(bytes)) !== id) return undefined;
		this.#taken.add(uri);
		const { width, height, format } = header;
		return { id, uri, width, height, format, ...(begun && { parent: begun.id }) };
	};
}
