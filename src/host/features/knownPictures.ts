import type { Uri } from 'vscode';
import { readHead } from '../../disk/readHead';
import { formatOfName } from '../../domain/imageFormat';
import type { Size } from '../../domain/size';
import { inspect, mostPixels } from '../../image/inspect';
import { sniff } from '../../image/sniff';
import { treeOf } from '../../workspace/tree';
import type { History } from '../history';
import { type PictureRecord, recordOf } from '../pictureRecords';

/** What is known of a picture's file. */
export interface PictureFacts extends Partial<PictureRecord> {
	/** Of the file. */
	readonly bytes: number;
	/** As it is displayed, in pixels. Absent: the file is damaged, or no picture that Limn knows. */
	readonly size?: Size;
	/** Limn can make another one of it. */
	readonly changeable: boolean;
}

/** In bytes: of a larger file only the head is read. */
export const mostBytes = 64 * 1024 * 1024;

/** In bytes: a JPEG says its size behind its profile and its preview. */
const headBytes = 256 * 1024;

/** Of as many pictures the facts are kept. */
const mostKept = 100;

interface Kept {
	readonly stamp: string;
	readonly facts: Promise<PictureFacts | undefined>;
}

/** Looks at the files of pictures, at each once until it changes. */
export class KnownPictures {
	readonly #kept = new Map<string, Kept>();

	constructor(readonly parts: { readonly history: Pick<History, 'find'> }) {}

	/** `missing`: there is no such file. `undefined`: it cannot be read. */
	async look(image: Uri): Promise<PictureFacts | 'missing' | undefined> {
		const state = await treeOf(image).stat(image.path);
		if (!state) return 'missing';
		const { stamp, size } = state;
		if (stamp === undefined) return this.#read(image, size);
		const key = image.toString();
		const kept = this.#kept.get(key);
		if (kept?.stamp === stamp) return kept.facts;
		const facts = this.#read(image, size);
		this.#keep(key, { stamp, facts });
		return facts;
	}

	/** What the bytes of a picture say. */
	async factsOf(bytes: Uint8Array): Promise<PictureFacts> {
		const inspected = inspect(bytes);
		const size = inspected ?? sniff(bytes);
		const changeable = inspected !== undefined && inspected.colours !== 'cmyk' && pixelsOf(inspected) <= mostPixels;
		const record = size && (await recordOf(bytes, this.parts.history));
		return { bytes: bytes.length, ...(size && { size: sizeIn(size) }), changeable, ...record };
	}

	async #read(image: Uri, size: number): Promise<PictureFacts | undefined> {
		if (size > mostBytes) return headOf(image, size).catch(() => undefined);
		const bytes = await treeOf(image).read(image.path);
		return bytes && this.factsOf(bytes);
	}

	/** The one that was found last in a long time goes first. */
	#keep(key: string, kept: Kept): void {
		this.#kept.delete(key);
		this.#kept.set(key, kept);
		const [oldest] = this.#kept.keys();
		if (oldest !== undefined && this.#kept.size > mostKept) this.#kept.delete(oldest);
		// What could not be read now can be read later perhaps.
		const forget = () => this.#kept.delete(key);
		kept.facts.then((facts) => facts ?? forget(), forget);
	}
}

/** The editor reads no parts of files: elsewhere than on the disk a large one says nothing. */
async function headOf(image: Uri, bytes: number): Promise<PictureFacts> {
	const size = image.scheme === 'file' ? sniff(await readHead(image.fsPath, headBytes)) : undefined;
	const isKnown = size !== undefined && formatOfName(`.${size.format}`) !== undefined;
	return { bytes, ...(size && { size: sizeIn(size) }), changeable: isKnown && pixelsOf(size) <= mostPixels };
}

function sizeIn({ width, height }: Size): Size {
	return { width, height };
}

function pixelsOf({ width, height }: Size): number {
	return width * height;
}
