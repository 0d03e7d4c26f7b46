import { type ImageError, isImageError } from '../domain/imageError';
import { type FileContent, pictureId, type ReceivedImage, type StoredPicture } from '../domain/picture';
import { sniff } from '../image/sniff';
import type { Finishing } from './finishing';
import { digest } from './slices';

/** Where pictures go, as the door sees it that they are made for. */
export interface SaverPorts {
	/** Puts a picture into its place. `bytes`: of its file. */
	readonly put: (bytes: FileContent, image: ReceivedImage, index: number) => Promise<StoredPicture | ImageError>;
	readonly uriOf: (path: string) => string;
	/** `undefined`: there is nothing that can be read. */
	readonly read: (path: string) => Promise<Uint8Array | undefined>;
	/** Told of each picture that is in its place. `isFound`: it was there before. */
	readonly onStored: (stored: StoredPicture, image: ReceivedImage, isFound: boolean) => Promise<void>;
}

/** How the pictures of one job become files: put together with the picture that they were made from, told where they come from, saved. */
export class JobSaver {
	/** Where pictures of the job are by now: of two that are alike, each has its own file. */
	readonly #taken = new Set<string>();

	constructor(
		readonly finishing: Finishing,
		readonly ports: SaverPorts,
	) {}

	/** What is paid for is saved, whatever else fails. */
	readonly keep = async (image: ReceivedImage, index: number): Promise<StoredPicture | ImageError> => {
		const { bytes, warnings, changedOutsideMask } = await this.finishing.finish(image);
		const stored = await this.ports.put(bytes, image, index);
		if (isImageError(stored)) return stored;
		this.#taken.add(stored.uri);
		await this.ports.onStored(stored, image, false);
		return {
			...stored,
			...this.#parent(),
			...(changedOutsideMask !== undefined && { changedOutsideMask }),
			warnings,
		};
	};

	/** The picture of an earlier process, if it is where it was about to be put. */
	readonly find = async (
		{ id, path }: { readonly id: string; readonly path: string },
		image: ReceivedImage,
	): Promise<StoredPicture | undefined> => {
		const { uriOf, read, onStored } = this.ports;
		const uri = uriOf(path);
		if (this.#taken.has(uri)) return undefined;
		const bytes = await read(path);
		const header = bytes && sniff(bytes);
		if (!bytes || !header || pictureId(await digest(bytes)) !== id) return undefined;
		this.#taken.add(uri);
		const { width, height, format } = header;
		const stored = { id, uri, width, height, format, ...this.#parent() };
		await onStored(stored, image, true);
		return stored;
	};

	#parent(): Pick<StoredPicture, 'parent'> {
		const { begun } = this.finishing.job;
		return begun ? { parent: begun.id } : {};
	}
}
