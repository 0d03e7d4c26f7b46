import { createHash } from 'node:crypto';
import path from 'node:path';
import { l10n, type LogOutputChannel, Uri } from 'vscode';
import { publishLocally } from '../../disk/localFiles';
import { statLocally } from '../../disk/readLocally';
import type { PainterThread } from '../../generation/painterThread';
import { sniff } from '../../image/sniff';
import { treeOf } from '../../workspace/tree';
import { shared } from '../../generation/slices';
import { translate } from '../translate';
import { NewestFirst } from './newestFirst';
import { type FileState, stateOf } from './pictureFile';
import { type Bounds, sweep } from './sweep';

/** A picture whose file is to be shown. */
export interface Pictured {
	readonly file: Uri;
	/** What its file held when it was saved: the same wherever it is moved. Absent: nobody knows. */
	readonly made?: string;
}

/** For the grid, or for looking at one. */
export type Scale = 'tile' | 'preview';

/** `missing`: the picture's file is gone. `unreadable`: in words, why it cannot be shown. */
export type Thumbnailed =
	| { readonly kind: 'ready'; readonly file: Uri }
	| { readonly kind: 'missing' }
	| { readonly kind: 'unreadable'; readonly why: string };

interface Parts {
	readonly painter: PainterThread;
	readonly folder: Uri;
	readonly log: LogOutputChannel;
}

/** Of the longer side, in pixels. */
const longest: Readonly<Record<Scale, number>> = { tile: 256, preview: 2048 };

/** In bytes: a larger file is not read for a look at it. */
const largestFile = 128 * 1024 * 1024;

/** A GIF or an AVIF is shown as it is where it is no larger: in bytes, in pixels. */
const largestCopy = { bytes: 2 * 1024 * 1024, pixels: 4e6 };

const bounds: Bounds = { files: 30_000, bytes: 1024 ** 3 };

/** Small pictures of pictures: made by the painter, each once, and kept in Limn's own folder. */
export class Thumbnails {
	readonly #queue = new NewestFirst<Thumbnailed>();
	/** Why it cannot be shown, by the name in the folder: until the window is closed it is not tried again. */
	readonly #failed = new Map<string, string>();
	#isSwept = false;

	constructor(readonly parts: Parts) {}

	/** The one that there is already. `state`: of the picture's file. */
	async ready(picture: Pictured, state: FileState, scale: Scale = 'tile'): Promise<Uri | undefined> {
		const file = this.#fileOf(nameOf(picture, state, scale));
		return (await statLocally(file.fsPath)) && file;
	}

	/** Makes it where there is none. Rejects with the signal's reason if that aborts before it is done. */
	async make(picture: Pictured, scale: Scale, signal: AbortSignal): Promise<Thumbnailed> {
		const state = await stateOf(picture.file);
		if (!state) return { kind: 'missing' };
		const name = nameOf(picture, state, scale);
		const why = this.#failed.get(name);
		if (why !== undefined) return { kind: 'unreadable', why };
		const file = this.#fileOf(name);
		if (await statLocally(file.fsPath)) return { kind: 'ready', file };
		return this.#queue.run(name, async () => this.#make(picture.file, state, name, scale), signal);
	}

	async #make(source: Uri, { size }: FileState, name: string, scale: Scale): Promise<Thumbnailed> {
		const bytes = size > largestFile ? l10n.t('The file is larger than 128 MB.') : await this.#draw(source, scale);
		if (bytes === undefined) return { kind: 'missing' };
		const why = typeof bytes === 'string' ? bytes : await this.#keep(name, bytes);
		if (why === undefined) return { kind: 'ready', file: this.#fileOf(name) };
		this.#failed.set(name, why);
		return { kind: 'unreadable', why };
	}

	/** The bytes to show; a text says why there are none; `undefined`: the file cannot be read. */
	async #draw(source: Uri, scale: Scale): Promise<Uint8Array | string | undefined> {
		const bytes = await treeOf(source).read(source.path);
		if (!bytes) return undefined;
		const header = sniff(bytes);
		if (header?.format === 'gif' || header?.format === 'avif') {
			const isSmall = bytes.length <= largestCopy.bytes && header.width * header.height <= largestCopy.pixels;
			return isSmall ? bytes : l10n.t('The picture is too large to be shown in small.');
		}
		const order = { bytes: await shared(bytes), longest: longest[scale] };
		try {
			const { signal } = new AbortController();
			const drawn = await this.parts.painter.ask({ craft: 'thumbnail', order }, signal);
			return 'problem' in drawn ? translate(drawn.problem) : drawn.bytes;
		} catch (fault) {
			this.parts.log.error(String(fault));
			return l10n.t('The picture could not be read.');
		}
	}

	/** A text says why it could not be kept. */
	async #keep(name: string, bytes: Uint8Array): Promise<string | undefined> {
		const { fsPath } = this.#fileOf(name);
		try {
			await publishLocally(path.dirname(fsPath), name, bytes, [this.parts.folder.fsPath]);
		} catch (fault) {
			this.parts.log.error(String(fault));
			return l10n.t('A small picture of it could not be saved.');
		}
		if (!this.#isSwept) void sweep(this.parts.folder.fsPath, bounds);
		this.#isSwept = true;
		return undefined;
	}

	#fileOf(name: string): Uri {
		return Uri.joinPath(this.parts.folder, name.slice(0, 2), name);
	}
}

/** Another one whenever the file is another one. */
function nameOf({ file, made }: Pictured, { size, changed }: FileState, scale: Scale): string {
	const stem = hash(`${made ?? file.toString()}\n${changed}\n${size}`);
	return `${stem}${scale === 'tile' ? '' : `-${longest[scale]}`}${/\.(?:gif|avif)$/i.exec(file.path)?.[0].toLowerCase() ?? '.webp'}`;
}

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
