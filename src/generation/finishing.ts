import { nameOf } from '../catalogue/catalogue';
import type { AlterPlan } from '../catalogue/alterPlan';
import type { Plan } from '../catalogue/check';
import { formatOption } from '../catalogue/plainWords';
import { sketchProvider } from '../catalogue/providers';
import { publicOptions } from '../catalogue/publicOptions';
import type { ImageRecord } from '../domain/imageRecord';
import { say } from '../domain/message';
import { type FileContent, type PictureBytes, PictureFile, type ReceivedImage, wholeOf } from '../domain/picture';
import { lookAtPng, toldAtEnd } from '../image/metadata/pngEnd';
import { isSigned } from '../image/metadata/signed';
import { inFormat } from './convert';
import type { PainterThread } from './painterThread';
import type { Craft, Errand, Finished, Original, PainterWork } from './painterWork';

/** When the recipe is written into a picture's file (contract §3, `limn.metadata.embed`). */
export type EmbedMode = 'auto' | 'always' | 'never';

/** A job, as far as the content of its pictures' files goes. */
export interface FinishingJob {
	readonly plan: Plan;
	/** The picture that they are made from, and its id. Absent: they are made of words alone. */
	readonly begun: { readonly original: Original; readonly id: string } | undefined;
	readonly began: Date;
	/** The file's name asks for the format: what comes is converted, whatever it is. */
	readonly isExact: boolean;
	readonly embed: () => EmbedMode;
}

interface Ports {
	readonly painter: Pick<PainterThread, 'ask'>;
	/** Told of what went wrong in Limn itself. */
	readonly onFault: (fault: unknown) => void;
}

/** What is to be saved. */
export interface FinishedFile extends Pick<Finished, 'warnings'>, Partial<Pick<Finished, 'changedOutsideMask'>> {
	readonly bytes: FileContent;
}

/** What becomes of a picture that came, before it is saved: put together with what it was made from, told where it comes from. */
export class Finishing {
	constructor(
		readonly job: FinishingJob,
		readonly ports: Ports,
	) {}

	/** What is paid for is saved, whatever else fails. Rejects only where the picture cannot be read. */
	async finish(image: ReceivedImage): Promise<FinishedFile> {
		const { plan, begun } = this.job;
		const record = this.recordOf(image);
		if (begun && plan.alter?.keeps === true) return this.#placed(image, begun.original, plan.alter, record);
		// Whoever names the provider's own format gets what comes.
		const isNamed = !this.job.isExact && formatOption(plan.options) !== undefined;
		const { bytes } = isNamed
			? image
			: await inFormat(image, plan.request.format, this.ports.painter, this.job.isExact);
		return this.#told(bytes, record);
	}

	recordOf({ seed, revisedPrompt }: ReceivedImage): ImageRecord {
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

	/** What was made, on the picture that it was made from; where that fails, what was made alone. */
	async #placed(image: ReceivedImage, original: Original, plan: AlterPlan, record: ImageRecord): Promise<FinishedFile> {
		const { format } = this.job.plan.request;
		const said = this.job.embed() === 'never' ? undefined : record;
		const order = { original, plan, made: await wholeOf(image.bytes), format, record: said };
		const finished = await this.#ask({ craft: 'finish', order });
		if (finished && 'bytes' in finished) return finished;
		const told = await this.#told(image.bytes, record);
		return { ...told, warnings: [finished?.problem ?? unplaced, ...told.warnings] };
	}

	/** The file with where it comes from; a signed one stays byte for byte, unless somebody wants it otherwise. */
	async #told(picture: PictureBytes, record: ImageRecord): Promise<FinishedFile> {
		const mode = this.job.embed();
		if (mode === 'never') return { bytes: picture, warnings: [] };
		if (picture instanceof PictureFile) {
			const look = lookAtPng(picture);
			const told = look === 'plain' ? toldAtEnd(picture, record) : undefined;
			if (told || (look === 'signed' && mode === 'auto')) return { bytes: told ?? picture, warnings: [] };
		}
		const bytes = await wholeOf(picture);
		const signed = isSigned(bytes);
		if (mode === 'auto' && signed) return { bytes: picture, warnings: [] };
		const told = await this.#ask({ craft: 'tell', order: { bytes, record } });
		return { bytes: told ?? picture, warnings: signed && told ? [broken] : [] };
	}

	/** Whatever becomes of the job, this picture is paid: nothing stops its work, and a fault of the painter is only told. */
	async #ask<K extends Craft>(errand: Extract<Errand, { craft: K }>): Promise<PainterWork[K]['answer'] | undefined> {
		return this.ports.painter.ask(errand, new AbortController().signal).catch((fault: unknown) => {
			this.ports.onFault(fault);
			return undefined;
		});
	}
}

const unplaced = say('What came back could not be put in its place, so it was saved as it came. The log has more.');

const broken = say(
	'The picture was signed by its maker. The recipe in it breaks the signature, as the setting limn.metadata.embed says.',
);
