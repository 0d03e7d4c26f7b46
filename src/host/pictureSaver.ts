import { type LogOutputChannel, Uri, workspace } from 'vscode';
import { isNotable, type PaintedMask } from '../canvas/paintedMask';
import { nameOf } from '../catalogue/catalogue';
import type { AlterPlan } from '../catalogue/alterPlan';
import type { Plan } from '../catalogue/check';
import { formatOption } from '../catalogue/plainWords';
import { sketchProvider } from '../catalogue/providers';
import { publicOptions } from '../catalogue/publicOptions';
import { type ImageError, isImageError } from '../domain/imageError';
import type { ImageRecord } from '../domain/imageRecord';
import { say } from '../domain/message';
import { pictureId, type ReceivedImage, type StoredPicture } from '../domain/picture';
import type { Clock } from '../generation/clock';
import { inFormat } from '../generation/convert';
import type { JobJournal } from '../generation/journal';
import type { PainterThread } from '../generation/painterThread';
import type { Craft, Errand, Finished, PainterWork } from '../generation/painterWork';
import { isSigned } from '../image/metadata/signed';
import { sniff } from '../image/sniff';
import { type SavePlan, savePicture } from '../store/savePicture';
import { keepIn } from '../workspace/keep';
import { type Begun, paintedOf } from './change';
import type { History } from './history';
import { savePortsOf } from './savePorts';
import { settingsFor } from './settings';
import type { Settings } from './settingsSchema';
import { digest } from './slices';
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

/** What is to be saved. */
type File = Pick<Finished, 'bytes' | 'warnings'> & Partial<Finished>;

type Mode = Settings['metadata.embed'];

/** How the pictures of one job become files: put together with the picture that they were made from, told where they come from, saved. */
export class PictureSaver {
	/** Where pictures of the job are by now: of two that are alike, each has its own file. */
	readonly #taken = new Set<string>();

	constructor(
		readonly job: Job,
		readonly parts: Parts,
	) {}

	/** What is paid for is saved, whatever else fails. */
	readonly keep = async (image: ReceivedImage, index: number): Promise<StoredPicture | ImageError> => {
		const { begun, save, wish } = this.job;
		const { log, storage } = this.parts;
		const record = this.#recordOf(image);
		const { bytes, warnings, changedOutsideMask } = await this.#finished(image, record);
		const ports = savePortsOf(wish.destination.uri, log, {
			keep: async (name, file) => keepIn(storage, name, file),
			retire: async (id, path, file) => this.#retire(id, path, file),
			announce: async (id, path) => this.parts.journal.publishing(index, id, path),
		});
		const stored = await savePicture({ ...image, bytes }, index, save, ports);
		if (isImageError(stored)) return stored;
		this.#taken.add(stored.uri);
		await this.#remember(stored, record, image);
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
		if (!(await this.parts.history.find(id))) await this.#remember(stored, this.#recordOf(image), image);
		return stored;
	};

	async #remember({ id, uri }: StoredPicture, record: ImageRecord, { costUsd }: ReceivedImage): Promise<void> {
		const painted = paintedFor(this.job.wish);
		await this.parts.history.add({
			...record,
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

	async #finished(image: ReceivedImage, record: ImageRecord): Promise<File> {
		const { plan, begun, wish } = this.job;
		const mode = settingsFor(scopeOf(wish))['metadata.embed'];
		if (begun && plan.alter?.keeps === true) return this.#placed(image, begun, plan.alter, record, mode);
		const { request, options } = plan;
		// Whoever names the provider's own format gets what comes.
		const isNamed = !wish.exact && formatOption(options) !== undefined;
		const { bytes } = isNamed
			? image
			: await inFormat(image, request.format, this.parts.painter, wish.exact !== undefined);
		return this.#told(bytes, record, mode);
	}

	/** What was made, on the picture that it was made from; where that fails, what was made alone. */
	async #placed(image: ReceivedImage, begun: Begun, plan: AlterPlan, record: ImageRecord, mode: Mode): Promise<File> {
		const { original } = begun;
		const { format } = this.job.plan.request;
		const order = { original, plan, made: image.bytes, format, record: mode === 'never' ? undefined : record };
		const finished = await this.#ask({ craft: 'finish', order });
		if (finished && 'bytes' in finished) return finished;
		const told = await this.#told(image.bytes, record, mode);
		return { ...told, warnings: [finished?.problem ?? unplaced, ...told.warnings] };
	}

	/** The file with where it comes from; a signed one stays byte for byte, unless somebody wants it otherwise. */
	async #told(bytes: Uint8Array, record: ImageRecord, mode: Mode): Promise<File> {
		const signed = isSigned(bytes);
		if (mode === 'never' || (mode === 'auto' && signed)) return { bytes, warnings: [] };
		const told = await this.#ask({ craft: 'tell', order: { bytes, record } });
		return { bytes: told ?? bytes, warnings: signed && told ? [broken] : [] };
	}

	/** Whatever becomes of the job, this picture is paid: nothing stops its work, and a fault of the painter is only logged. */
	async #ask<K extends Craft>(errand: Extract<Errand, { craft: K }>): Promise<PainterWork[K]['answer'] | undefined> {
		return this.parts.painter.ask(errand, new AbortController().signal).catch((fault: unknown) => {
			this.parts.log.error(fault instanceof Error ? fault : String(fault));
			return undefined;
		});
	}

	#recordOf({ seed, revisedPrompt }: ReceivedImage): ImageRecord {
		const { plan, begun, began } = this.job;
		const { request, prompt, offer, options } = plan;
		const { alteration } = request;
		const { seed: _, ...others } = publicOptions(options);
		return {
			operation: request.operation,
			prompt,
			model: nameOf(offer),
			options: seed === undefined ? publicOptions(options) : others,
			// The built-in provider's pictures are the same, byte for byte, whenever they are made; others whenever they are saved.
			...(offer.provider !== sketchProvider && { created: began.toISOString() }),
			...(revisedPrompt !== undefined && { revisedPrompt }),
			...(seed !== undefined && { seed }),
			...(begun && { parent: begun.id }),
			...(alteration?.operation === 'edit' && alteration.selected && { selected: alteration.selected }),
			...(alteration?.operation === 'expand' && { margins: alteration.margins }),
			...(alteration?.operation === 'vary' && { strength: alteration.strength }),
		};
	}
}

/** The mask, if it can be made again of what the history notes. */
function paintedFor({ change }: Pick<Wish, 'change'>): PaintedMask | undefined {
	const painted = change?.operation === 'edit' && change.mask ? paintedOf(change.mask) : undefined;
	return painted && isNotable(painted) ? painted : undefined;
}

const unplaced = say('What came back could not be put in its place, so it was saved as it came. The log has more.');

const broken = say(
	'The picture was signed by its maker. The recipe in it breaks the signature, as the setting limn.metadata.embed says.',
);
