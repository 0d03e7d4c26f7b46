import { type LogOutputChannel, Uri, workspace } from 'vscode';
import { isNotable, type PaintedMask } from '../canvas/paintedMask';
import type { Plan } from '../catalogue/check';
import { type ImageError, isImageError } from '../domain/imageError';
import { pictureId, type ReceivedImage, type StoredPicture } from '../domain/picture';
import type { Clock } from '../generation/clock';
import { Finishing } from '../generation/finishing';
import type { JobJournal } from '../generation/journal';
import type { PainterThread } from '../generation/painterThread';
import { sniff } from '../image/sniff';
import { type SavePlan, savePicture } from '../store/savePicture';
import { keepIn } from '../workspace/keep';
import { paintedOf } from './change';
import type { Begun } from '../generation/beginChange';
import type { History } from './history';
import { savePortsOf } from './savePorts';
import { settingFor } from './settings';
import { digest } from '../generation/slices';
import { type Wish, scopeOf } from './wish';

interface Parts {
	readonly painter: PainterThread;
	readonly clock: Clock;
	readonly history: History;
	readonly journal: JobJournal;
	readonly log: LogOutputChannel;
	/** Limn's own folder for pictures that could not be saved where they belong. */
	readonly storage: Uri;
}

/** A job, as far as its pictures' files go. */
interface Job {
	readonly plan: Plan;
	/** Absent: its pictures are made of words alone. */
	readonly begun: Begun | undefined;
	readonly save: SavePlan;
	readonly wish: Wish;
	readonly began: Date;
}

/** How the pictures of one job become files: put together with the picture that they were made from, told where they come from, saved. */
export class PictureSaver {
	/** Where pictures of the job are by now: of two that are alike, each has its own file. */
	readonly #taken = new Set<string>();

	readonly #finishing: Finishing;

	constructor(
		readonly job: Job,
		readonly parts: Parts,
	) {
		const { wish } = job;
		const embed = () => settingFor('metadata.embed', scopeOf(wish));
		this.#finishing = new Finishing(
			{ ...job, isExact: wish.exact !== undefined, embed },
			{ painter: parts.painter, onFault: (fault) => parts.log.error(fault instanceof Error ? fault : String(fault)) },
		);
	}

	/** What is paid for is saved, whatever else fails. */
	readonly keep = async (image: ReceivedImage, index: number): Promise<StoredPicture | ImageError> => {
		const { begun, save, wish } = this.job;
		const { log, storage } = this.parts;
		const { bytes, warnings, changedOutsideMask } = await this.#finishing.finish(image);
		const ports = savePortsOf(wish.destination.uri, log, {
			keep: async (name, file) => keepIn(storage, name, file),
			retire: async (id, path, file) => this.#retire(id, path, file),
			announce: async (id, path) => this.parts.journal.publishing(index, id, path),
		});
		const stored = await savePicture({ ...image, bytes }, index, save, ports);
		if (isImageError(stored)) return stored;
		this.#taken.add(stored.uri);
		await this.#remember(stored, image);
		return {
			...stored,
			...(begun && { parent: begun.id }),
			...(changedOutsideMask !== undefined && { changedOutsideMask }),
			warnings,
		};
	};

	/** The picture of an earlier window, if it is where it was about to be put. */
	readonly find = async (
		{ id, path }: { readonly id: string; readonly path: string },
		image: ReceivedImage,
	): Promise<StoredPicture | undefined> => {
		const { begun, wish } = this.job;
		const uri = wish.destination.uri.with({ path });
		if (this.#taken.has(uri.toString())) return undefined;
		const bytes = await workspace.fs.readFile(uri).then(undefined, () => undefined);
		const header = bytes && sniff(bytes);
		if (!bytes || !header || pictureId(await digest(bytes)) !== id) return undefined;
		this.#taken.add(uri.toString());
		const { width, height, format } = header;
		const stored = { id, uri: uri.toString(), width, height, format, ...(begun && { parent: begun.id }) };
		if (!(await this.parts.history.find(id))) await this.#remember(stored, image);
		return stored;
	};

	async #remember({ id, uri }: StoredPicture, image: ReceivedImage): Promise<void> {
		const { costUsd } = image;
		const painted = paintedFor(this.job.wish);
		await this.parts.history.add({
			...this.#finishing.recordOf(image),
			id,
			uri,
			saved: new Date(this.parts.clock.now()).toISOString(),
			...(costUsd !== undefined && { costUsd }),
			...(painted && { painted }),
		});
	}

	/** A picture that another one replaces stays in Limn's own folder, and the history knows it there. */
	async #retire(id: string, path: string, bytes: Uint8Array): Promise<boolean> {
		const { history, storage } = this.parts;
		const kept = await keepIn(storage, `${id}${/\.[^./]+$/.exec(path)?.[0] ?? ''}`, bytes);
		if (kept === undefined) return false;
		const entry = await history.find(id);
		if (entry) await history.add({ ...entry, uri: Uri.file(kept).toString() });
		return true;
	}
}

/** The mask, if it can be made again of what the history notes. */
function paintedFor({ change }: Pick<Wish, 'change'>): PaintedMask | undefined {
	const painted = change?.operation === 'edit' && change.mask ? paintedOf(change.mask) : undefined;
	return painted && isNotable(painted) ? painted : undefined;
}
