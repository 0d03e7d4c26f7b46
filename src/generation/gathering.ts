import { nameOf } from '../catalogue/catalogue';
import type { Plan } from '../catalogue/check';
import { isFree, pricePerPicture } from '../catalogue/price';
import { type Charged, type ImageError, isImageError, unsent } from '../domain/imageError';
import { english, type Message, say } from '../domain/message';
import type { JobResult, ReceivedImage, SavedImage, SavePicture, StoredPicture } from '../domain/picture';
import { mimeTypeOf } from '../image/sniff';
import type { JobJournal } from './journal';
import { Leaving } from './leaving';
import { limit } from './limit';

/** What gathering needs of the world around it. */
export interface GatheringPorts {
	readonly save: SavePicture;
	readonly journal: JobJournal;
	/** Called with each picture, saved, and with each failure, and its number in the job. */
	readonly onArrival: (arrived: SavedImage | ImageError, index: number) => void;
	/** Told of what went wrong in Limn itself. */
	readonly onFault: (fault: unknown) => void;
	/** USD for a picture of which neither the provider nor the price list says it. Absent: nobody knows it. */
	readonly usdEach?: number | undefined;
}

/** What a job came to, for who keeps accounts. */
export interface Reckoning {
	/** What is known, or estimated, to be spent. */
	readonly usd: number;
	readonly estimated: boolean;
	/** Pictures that may have been paid besides, and nobody knows for how much. */
	readonly open: number;
}

/** What came of a job. */
export interface Gathered extends JobResult {
	readonly reckoning: Reckoning;
	/** Something may come of it yet, if the provider is asked for it. */
	readonly isUnfinished: boolean;
}

/** What comes of a job: saved and written down as it comes, and told as one at the end. Pictures are counted from 1. */
export class Gathering {
	readonly #images: SavedImage[] = [];
	readonly #failures: ImageError[] = [];
	readonly #costs: (number | undefined)[] = [];
	/** The highest number that a picture has. */
	#last: number;
	/** Pictures that may have been paid, and nobody knows for how much. */
	#open = 0;
	#isUnfinished = false;
	/** By their words: the calls of a job are all alike, and what one of them has to say, the others say too. */
	readonly #warnings: Map<string, Message>;
	/** Saved one after the other, so that names and references follow the order of arrival. */
	readonly #inTurn = limit(() => 1);

	/** `taken`: numbers that pictures have already. */
	constructor(
		readonly plan: Plan,
		readonly ports: GatheringPorts,
		taken: Iterable<number> = [],
	) {
		const { n, already = 0 } = plan.request;
		this.#last = Math.max(already + n, ...taken);
		this.#warnings = new Map(plan.warnings.map((message) => [english(message), message]));
	}

	/** The number of a picture that nobody asked for. */
	nextExtra(): number {
		return ++this.#last;
	}

	/** What has come is safe before anything is made of it. */
	async take(image: ReceivedImage, index: number): Promise<void> {
		await this.save(image, index, await this.ports.journal.arrived(image, index));
	}

	/** `isSafe`: if it cannot be saved, it is not lost. */
	async save(image: ReceivedImage, index: number, isSafe = true): Promise<void> {
		this.pay(image.costUsd);
		await this.#inTurn(async () => this.#keep(await this.#saved(image, index, isSafe), index));
	}

	/** A picture that is in its place already. */
	async find(image: ReceivedImage, index: number, stored: StoredPicture): Promise<void> {
		this.pay(image.costUsd);
		await this.#inTurn(async () => this.#keep(savedImage(this.plan, image, stored), index));
	}

	/** `costUsd`: of a picture that was made and is lost, where it is known. */
	fail(error: ImageError, index: number, costUsd?: number): void {
		if (costUsd !== undefined) this.pay(costUsd);
		else if (error.charged !== 'no') this.#open++;
		this.#isUnfinished ||= error.waits === true;
		this.#failures.push(error);
		this.ports.onArrival(error, index);
	}

	/** `undefined`: a picture was made, and nobody said for how much. */
	pay(usd: number | undefined): void {
		this.#costs.push(usd);
	}

	warn(message: Message): void {
		this.#warnings.set(english(message), message);
	}

	result(): Gathered {
		const images = this.#images;
		const cost = this.#cost();
		const notes = images.length > 0 ? notesOf(this.plan, images) : undefined;
		return {
			images,
			failures: this.#failures,
			warnings: [...this.#warnings.values()],
			...(notes && { notes }),
			...(cost && { cost }),
			reckoning: this.#reckoning(),
			isUnfinished: this.#isUnfinished,
		};
	}

	async #keep(outcome: SavedImage | ImageError, index: number): Promise<void> {
		const { journal, onArrival } = this.ports;
		if (isImageError(outcome)) {
			this.#failures.push(outcome);
			if (!(outcome.code === 'cancelled' && outcome.waits)) await journal.failed(outcome, index);
		} else {
			this.#images.push(outcome);
			await journal.saved(index);
		}
		onArrival(outcome, index);
	}

	async #saved(image: ReceivedImage, index: number, isSafe: boolean): Promise<SavedImage | ImageError> {
		try {
			const stored = await this.ports.save(image, index);
			if (isImageError(stored)) return this.#unsaved(stored, isSafe);
			for (const warning of stored.warnings ?? []) this.warn(warning);
			return savedImage(this.plan, image, stored);
		} catch (error) {
			if (error instanceof Leaving) return { ...unsent('cancelled'), charged: chargeOf(this.plan), waits: true };
			this.ports.onFault(error);
			return { ...faultOf(this.plan), ...(isSafe && { waits: true }) };
		}
	}

	/** What was no picture never will be one; all else finds its place another time. */
	#unsaved(error: ImageError, isSafe: boolean): ImageError {
		const { kept, ...others } = error;
		const waits = isSafe && kept !== undefined;
		return {
			...others,
			...(kept !== undefined && !(waits && kept === 'lost') && { kept }),
			// What costs nothing cannot have been charged, wherever it failed.
			...(isFree(this.plan.offer) && { charged: 'no' }),
			...(waits && { waits }),
		};
	}

	/**
	 * What was spent on pictures that came, whether or not they could be saved: what the provider said, the price table where it said
	 * nothing. Absent: some of it nobody knows. An estimate also where something failed that may have been charged.
	 */
	#cost(): JobResult['cost'] {
		const { usd, estimated, open } = this.#reckoning();
		const isOpen = this.#failures.some(({ charged }) => charged === 'unknown');
		const isKnown = this.#costs.every((cost) => (cost ?? this.#usdEach()) !== undefined);
		return !isKnown || (isOpen && this.#costs.length === 0) ? undefined : { usd, estimated: estimated || open > 0 };
	}

	#reckoning(): Reckoning {
		const costs = this.#costs.map((cost) => cost ?? this.#usdEach());
		const known = costs.filter((cost) => cost !== undefined);
		const usd = known.reduce((sum, cost) => sum + cost, 0);
		const estimated = this.#costs.includes(undefined) && !isFree(this.plan.offer);
		return { usd, estimated, open: this.#open + costs.length - known.length };
	}

	/** By the price list, else as the provider said beforehand. */
	#usdEach(): number | undefined {
		const { plan, ports } = this;
		return pricePerPicture(plan, plan.size, plan.options) ?? ports.usdEach;
	}
}

/** A fault of Limn's own costs its call, not the whole job. */
export function faultOf(plan: Plan): ImageError {
	const message = say('Something failed in Limn itself. The log has more; please report it.');
	return { code: 'bad-reply', message, charged: chargeOf(plan) };
}

/** What a call may have cost of which nobody knows how it ended. */
export function chargeOf({ offer }: Plan): Charged {
	return isFree(offer) ? 'no' : 'unknown';
}

/** What went as planned; of a promise only where every picture keeps it. What could not be put together is told by a warning. */
function notesOf({ alter }: Plan, images: readonly SavedImage[]): readonly Message[] | undefined {
	if (!alter?.keeps) return alter?.notes;
	if (images.every(({ changedOutsideMask }) => changedOutsideMask === undefined)) return undefined;
	const isKept = images.every(({ changedOutsideMask }) => changedOutsideMask === 0);
	return [...alter.notes, ...(isKept && alter.promise ? [alter.promise] : [])];
}

function savedImage(plan: Plan, image: ReceivedImage, stored: StoredPicture): SavedImage {
	const { id, uri, width, height, format, parent, changedOutsideMask } = stored;
	const { seed, revisedPrompt, costUsd } = image;
	return {
		id,
		uri,
		width,
		height,
		mimeType: mimeTypeOf(format),
		operation: plan.request.operation,
		prompt: plan.prompt,
		model: nameOf(plan.offer),
		...(revisedPrompt !== undefined && { revisedPrompt }),
		...(seed !== undefined && { seed }),
		...(costUsd !== undefined && { costUsd }),
		...(parent !== undefined && { parent }),
		...(changedOutsideMask !== undefined && { changedOutsideMask }),
	};
}
