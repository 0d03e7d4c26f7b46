import { randomUUID } from 'node:crypto';
import { EventEmitter, l10n, type LogOutputChannel, type Uri } from 'vscode';
import { type ImageError, isImageError, missingOf, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { JobResult, SavedImage } from '../../domain/picture';
import type { Clock } from '../../generation/clock';
import type { Draft } from '../../protocol/draft';
import { askPerson } from '../consent';
import { curesOf, type Retries } from '../failureActions';
import type { ImageMaker } from '../imageMaker';
import type { Offer } from '../tell';
import type { Wish } from '../wish';
import { Previews } from './previews';
import { Said } from './said';

/** A job as the studio shows it, while it runs and after. */
export interface StudioJob {
	readonly id: string;
	readonly wish: Wish;
	/** What the form held. Absent: it was begun elsewhere. */
	readonly draft: Draft | undefined;
	/** `provider/model`. */
	readonly model: string;
	/** ms since the epoch. */
	readonly started: number;
	readonly controller: AbortController;
	readonly previews: Previews;
	/** In order of arrival. */
	readonly images: SavedImage[];
	readonly failures: ImageError[];
	/** Absent: it runs. */
	result?: JobResult;
	/** What can be done about its failures. */
	cures: readonly Offer[];
	/** Of those that were begun once more and once more of it. */
	readonly series: Series;
	/** What was begun when it was last begun once more. `asked`: ms since the epoch. */
	again?: { readonly asked: number; readonly id: Promise<string> };
}

/** Jobs of one order: each goes on where the one before it ends, for the same pictures are there already. */
interface Series {
	/** Pictures that were asked for so far. */
	length: number;
}

interface Parts {
	readonly maker: Pick<ImageMaker, 'prepare' | 'succeeding'>;
	readonly clock: Pick<Clock, 'now'>;
	readonly log: Pick<LogOutputChannel, 'error'>;
	/** Where unfinished pictures lie. */
	readonly unfinished: Uri;
	/** Puts the order of a job into the form again. */
	readonly rewrite: (job: Pick<StudioJob, 'wish' | 'draft'>) => void;
	/** Rejects with what a person is told where the picture of an order is not the one any more that it was given for. */
	readonly mustBeAsSeen: (draft: Draft | undefined) => Promise<void>;
}

/** In ms: of a button that is pressed twice in this time nobody wants two orders. */
const doublePress = 500;

/** Of as many jobs that have ended the cards are kept. */
const mostEnded = 50;

/** The studio's jobs. They go on when no studio is open; what they make is in the gallery. */
export class StudioJobs {
	readonly #changes = new EventEmitter<void>();
	readonly onDidChange = this.#changes.event;
	#jobs: readonly StudioJob[] = [];

	constructor(readonly parts: Parts) {}

	/** The newest first. */
	get all(): readonly StudioJob[] {
		return this.#jobs;
	}

	/** Begins a job. `model`: what the wish's model stands for. */
	start(
		wish: Wish,
		model: string,
		draft?: Draft,
		series: Series = { length: (wish.already ?? 0) + wish.n },
	): StudioJob {
		const job: StudioJob = {
			id: randomUUID(),
			wish,
			draft,
			model,
			started: Date.now(),
			controller: new AbortController(),
			previews: new Previews(this.parts.unfinished, () => this.#changes.fire()),
			images: [],
			failures: [],
			cures: [],
			series,
		};
		this.#jobs = [job, ...this.#jobs];
		this.#forgetOldest();
		this.#changes.fire();
		void this.#run(job);
		return job;
	}

	cancel(id: string): void {
		this.#find(id)?.controller.abort();
	}

	/** A job that still runs stays. */
	dismiss(id: string): void {
		this.#jobs = this.#jobs.filter((job) => job.id !== id || !job.result);
		this.#changes.fire();
	}

	/** Its order into the form again. */
	reuse(id: string): void {
		const job = this.#find(id);
		if (job) this.parts.rewrite(job);
	}

	/**
	 * Begins the same order once more and returns the job's id; when pressed twice, once. Throws {@link Said}: it is not known, or its
	 * picture is another.
	 */
	async again(id: string): Promise<string> {
		const job = this.#find(id);
		if (!job) throw new Said(l10n.t('That job is not known any more. Press the button of the form instead.'));
		const now = this.parts.clock.now();
		if (!job.again || Math.abs(now - job.again.asked) >= doublePress)
			job.again = { asked: now, id: this.#beginAgain(job) };
		return job.again.id;
	}

	async #beginAgain({ wish, model, draft, series }: StudioJob): Promise<string> {
		await this.parts.mustBeAsSeen(draft);
		const already = series.length;
		series.length += wish.n;
		return this.start({ ...wish, already }, model, draft, series).id;
	}

	/** Does what a failed job offers. */
	async cure(id: string, index: number): Promise<void> {
		await this.#find(id)?.cures[index]?.run();
	}

	async #run(job: StudioJob): Promise<void> {
		const result = await this.#resultOf(job);
		job.result = result;
		job.images.splice(0, Infinity, ...result.images);
		job.failures.splice(0, Infinity, ...result.failures);
		job.cures = this.#curesOf(job);
		this.#changes.fire();
		await job.previews.end();
	}

	async #resultOf(job: StudioJob): Promise<JobResult> {
		try {
			const prepared = await this.parts.maker.prepare(job.wish);
			if (!('run' in prepared)) return prepared;
			return await prepared.run({
				controller: job.controller,
				consent: askPerson,
				onArrival: (_, what, index) => {
					job.previews.drop(index);
					if (isImageError(what)) job.failures.push(what);
					else job.images.push(what);
					this.#changes.fire();
				},
				onPreview: (bytes, index) => job.previews.show(bytes, index),
			});
		} catch (fault) {
			this.parts.log.error(fault instanceof Error ? fault : String(fault));
			const failures = [{ ...unsent('server-error', broken), charged: 'unknown' } as const];
			return { images: job.images, failures, warnings: [] };
		}
	}

	/** One of each kind, the likeliest first. */
	#curesOf(job: StudioJob): Offer[] {
		const byTitle = new Map<string, Offer>();
		for (const failure of job.failures) {
			if (failure.code === 'cancelled') continue;
			for (const cure of curesOf(failure, this.#retriesOf(job)))
				byTitle.set(cure.title, byTitle.get(cure.title) ?? cure);
		}
		return [...byTitle.values()];
	}

	#retriesOf(job: StudioJob): Retries {
		const { wish, draft, failures, images, model, series } = job;
		const { already = 0 } = wish;
		const missing = { n: missingOf(failures), already: already + images.length };
		return {
			// What came is there and paid: only what did not come is made again.
			tryAgain: async () => {
				// Once: a second click would be a second order.
				const { cures } = job;
				job.cures = [];
				await this.parts.mustBeAsSeen(draft).catch((refusal: unknown) => {
					job.cures = cures;
					this.#changes.fire();
					throw refusal;
				});
				this.start({ ...wish, ...missing }, model, draft, series);
			},
			changePrompt: async () => this.parts.rewrite(job),
			useSuccessor: async () => {
				const succession = await this.parts.maker.succeeding({ ...wish, ...missing });
				// Into the form, where its price and what it takes are seen.
				if (succession) this.parts.rewrite({ wish: succession.wish, draft: undefined });
			},
		};
	}

	#find(id: string): StudioJob | undefined {
		return this.#jobs.find((job) => job.id === id);
	}

	#forgetOldest(): void {
		const ended = new Set(this.#jobs.filter(({ result }) => result).slice(mostEnded));
		this.#jobs = this.#jobs.filter((job) => !ended.has(job));
	}
}

const broken = say('It could not be made. The log has more.');
