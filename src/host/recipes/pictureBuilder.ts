import { EventEmitter, type LogOutputChannel, type Uri } from 'vscode';
import { altOf } from '../../documents/altText';
import { type ImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { JobResult } from '../../domain/picture';
import { limit } from '../../generation/limit';
import { cached } from '../../recipes/cached';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { unfinished } from '../failureActions';
import { unlessAborted } from '../gallery/unlessAborted';
import type { ImageMaker, JobWatch } from '../imageMaker';
import { refusalOfFiles } from '../ignoredFiles';
import { merged } from '../../domain/result';
import { settingFor } from '../settings';
import { placesOf, type Wish } from '../wish';
import { checkRoom, isMadeSince } from './noteMade';
import { notePicture } from './notePicture';
import { leftAlone, type PictureJob } from './pictureJob';

/** How a build is watched and stopped. */
export interface BuildWatch extends Pick<JobWatch, 'controller' | 'consent'> {
	/** Called after each picture or failure. */
	readonly onDone?: () => void;
}

interface Parts {
	readonly maker: Pick<ImageMaker, 'prepare' | 'modelFor' | 'quote'>;
	/** The places that jobs may fill yet which were left, as `placesOf` names them; known when none is being taken up here. */
	readonly openPlaces: () => Promise<ReadonlySet<string>>;
	readonly log: LogOutputChannel;
}

/** Makes the pictures of recipes, notes in the documents what they were made of, and knows which are under way. */
export class PictureBuilder {
	/** Twice as many as may be in flight: while those wait for their pictures, the next are made ready and the last are noted. One at a time stays one. */
	readonly #limited = limit(() => {
		const most = settingFor('network.maxConcurrentRequests');
		return most === 1 ? 1 : 2 * most;
	});
	readonly #running = new Map<string, number>();
	readonly #changes = new EventEmitter<void>();
	/** A picture was begun or is done. */
	readonly onDidChange = this.#changes.event;

	constructor(readonly parts: Parts) {}

	/** Whether the picture of a document's recipe or link is being made. */
	isMaking(document: Uri, about: string): boolean {
		return this.#running.has(keyOf(document, about));
	}

	/** The jobs with what each would cost. */
	async priced(jobs: readonly PictureJob[]): Promise<PictureJob[]> {
		// Every key is asked for then: once for each document, not for each recipe.
		const models = new Map<string, Promise<string>>();
		const refusals = new Map<string, Promise<ImageError | undefined>>();
		return Promise.all(
			jobs.map(async (job) => {
				const { uri } = job.holder;
				const refusal = job.wish && (await cached(refusals, uri.toString(), async () => refusalOfFiles([uri])));
				return refusal ? withProblem(job, refusal) : this.#priced(job, models);
			}),
		);
	}

	/** Makes them a few at a time, and returns what came of each. One that fails does not stop the others. */
	async build(jobs: readonly PictureJob[], watch: BuildWatch): Promise<JobResult[]> {
		// Before anything is made: what is written into a document meanwhile moves the places of its other recipes.
		const { signal } = watch.controller;
		const placed = jobs.map((job) => ({ job, place: placeOf(job) }));
		try {
			return await Promise.all(
				placed.map(async ({ job, place }) => {
					const result = await this.#limited(async () => this.#make(job, place, watch), signal);
					watch.onDone?.();
					return result;
				}),
			);
		} finally {
			for (const { place } of placed) place?.dispose();
		}
	}

	async #make(
		job: PictureJob,
		place: TrackedPlace | undefined,
		{ controller, consent }: BuildWatch,
	): Promise<JobResult> {
		const { wish, problem, about, inTheWay, recipe } = job;
		if (controller.signal.aborted) return failedWith({ ...unsent('cancelled'), about });
		if (!wish) return failedWith({ ...(problem ?? unsent('bad-input')), about });
		if (inTheWay) return failedWith(leftAlone(job));
		const refusal = await refusalOfFiles([job.holder.uri]);
		if (refusal) return failedWith({ ...refusal, about });
		const key = keyOf(job.holder.uri, about);
		if (this.#running.has(key)) return failedWith({ ...unsent('bad-input', underWay), about });
		this.#mark(key, 1);
		try {
			if (await this.#isPromised(wish, controller.signal)) return failedWith({ ...unfinished, about });
			if (controller.signal.aborted) return failedWith({ ...unsent('cancelled'), about });
			if (place && recipe && (await isMadeSince(place, recipe.recipe))) return merged([]);
			const cramped = place && recipe && (await checkRoom(place, recipe.recipe, anyPictureOf(job, wish)));
			if (cramped) return failedWith({ ...cramped, about });
			const prepared = await this.parts.maker.prepare(wish);
			const result = 'run' in prepared ? await prepared.run({ controller, consent }) : prepared;
			const failures = result.failures.map((failure) => ({ ...failure, about }));
			return { ...result, failures, warnings: [...result.warnings, ...(await this.#note(job, place, result))] };
		} catch (fault) {
			// Whatever it was, the others go on.
			this.#log(fault);
			return failedWith({ ...unsent('server-error', broken), about, charged: 'unknown' });
		} finally {
			this.#mark(key, -1);
		}
	}

	/** Whether a job that was left may fill the wish's place yet: it would be paid twice. */
	async #isPromised(wish: Wish, signal: AbortSignal): Promise<boolean> {
		try {
			const open = await unlessAborted(this.parts.openPlaces(), signal);
			return placesOf(wish).some((place) => open.has(place));
		} catch (fault) {
			// Where records cannot be read, none can be written either: the person is told of that.
			if (!signal.aborted) this.#log(fault);
			return false;
		}
	}

	async #note({ holder, recipe, wish }: PictureJob, place: TrackedPlace | undefined, { images: [image] }: JobResult) {
		const spot = 'cell' in holder ? holder.cell : place;
		if (!recipe || !image || !spot) return [];
		const problem = await notePicture(spot, recipe, image, wish?.destination.uri);
		return problem ? [problem] : [];
	}

	async #priced(job: PictureJob, models: Map<string, Promise<string>>): Promise<PictureJob> {
		const { wish: asked, holder } = job;
		if (!asked) return job;
		const { maker } = this.parts;
		const key = `${asked.model} ${holder.uri.toString()}`;
		const model = await cached(models, key, async () => maker.modelFor(asked.model, holder.uri));
		const quote = await maker.quote({ ...asked, model });
		if ('model' in quote) return { ...job, quote };
		return withProblem(job, quote[0] ?? unsent('bad-input'));
	}

	#log(fault: unknown): void {
		this.parts.log.error(fault instanceof Error ? fault : String(fault));
	}

	#mark(key: string, by: 1 | -1): void {
		const count = (this.#running.get(key) ?? 0) + by;
		if (count > 0) this.#running.set(key, count);
		else this.#running.delete(key);
		this.#changes.fire();
	}
}

function withProblem(job: PictureJob, problem: ImageError): PictureJob {
	const { wish: _, ...others } = job;
	return { ...others, problem };
}

const broken = say('It could not be made. The log has more.');

const underWay = say('This picture is being made already.');

function placeOf({ holder, recipe }: PictureJob): TrackedPlace | undefined {
	if (!recipe || 'cell' in holder) return undefined;
	return new TrackedPlace(holder, holder.positionAt(recipe.recipe.span.start));
}

/** One as it might come of a job, to see whether there is room for it. */
function anyPictureOf({ prompt }: PictureJob, { destination: { uri, documentFolder } }: Wish) {
	const picture = { uri: uri.with({ path: `${documentFolder}/picture.png` }), width: 1, height: 1, alt: altOf(prompt) };
	return { picture, home: uri };
}

function keyOf(document: Uri, about: string): string {
	return `${document.toString()} ${about}`;
}

function failedWith(failure: ImageError): JobResult {
	return { images: [], failures: [failure], warnings: [] };
}
