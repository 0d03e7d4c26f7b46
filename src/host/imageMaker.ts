import { randomUUID } from 'node:crypto';
import { l10n, type LogOutputChannel, type Uri, workspace } from 'vscode';
import { controlsOf, findOffered, recommendedModel } from '../catalogue/catalogue';
import type { AlterPlan } from '../catalogue/alterPlan';
import { check, type Plan } from '../catalogue/check';
import { keeps } from '../catalogue/kept';
import type { Terms } from '../catalogue/lifecycle';
import { inPlainWords } from '../catalogue/plainWords';
import { pricePerPicture } from '../catalogue/price';
import { findProvider, providers, sketchProvider } from '../catalogue/providers';
import { succeed } from '../catalogue/successor';
import { type ImageError, isImageError, sentencesOf, unsent } from '../domain/imageError';
import type { Alteration, ImageRequest } from '../domain/imageRequest';
import { english, type Message, say } from '../domain/message';
import type { JobResult, SavedImage } from '../domain/picture';
import { formatSizeWish } from '../domain/size';
import type { Clock } from '../generation/clock';
import { dialects } from '../generation/dialects';
import { limit } from '../generation/limit';
import type { PainterThread } from '../generation/painterThread';
import { runJob } from '../generation/runJob';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';
import type { Task } from '../providers/provider';
import { checkTarget, foreseenFolder, type SavePlan } from '../store/savePicture';
import { filesOf } from '../workspace/files';
import { begin, type Begun } from './change';
import { endpointOf } from './endpoints';
import type { History } from './history';
import type { Keyring } from './keyring';
import type { ModelLists } from './modelLists';
import { PictureSaver } from './pictureSaver';
import type { RunningJobs } from './runningJobs';
import { settingsFor } from './settings';
import { isTaken } from './takenPlace';
import { dateAndTime, formatFor, savePlanFor, scopeOf, subjectOf, type Wish } from './wish';
import { worldOf } from './worldOf';

/** What a job tells while it runs. */
export interface JobWatch {
	/** Aborts the job. */
	readonly controller: AbortController;
	/** Called after each picture or failure with the number of them, itself, and its own number in the job. */
	readonly onArrival?: (arrived: number, what: SavedImage | ImageError, index: number) => void;
	/** Called with an unfinished picture, encoded, and its number in the job. Absent: nobody looks on, so none is asked for. */
	readonly onPreview?: (bytes: Uint8Array, index: number) => void;
}

/** A wish that can be fulfilled, as far as one can know. */
export interface Job {
	/** Always ends with at least as many images and failures as were wished for. */
	readonly run: (watch: JobWatch) => Promise<JobResult>;
}

/** What a wish would come to. */
export interface Quote {
	/** `provider/model`. */
	readonly model: string;
	/** For all its pictures, rather too much than too little. Absent: nobody knows. */
	readonly usd?: number;
	/** Where they go, as a person names it. */
	readonly folder: string;
	/** What the person should know of how they would be made. */
	readonly warnings: readonly Message[];
}

interface Parts {
	readonly lists: ModelLists;
	readonly keyring: Keyring;
	readonly painter: PainterThread;
	readonly network: Network;
	readonly clock: Clock;
	readonly jobs: RunningJobs;
	readonly history: History;
	readonly log: LogOutputChannel;
	/** Limn's own folder for pictures that could not be saved where they belong. */
	readonly storage: Uri;
}

/** What is needed to run a plan. */
interface Prepared {
	readonly plan: Plan;
	readonly begun: Begun | undefined;
	readonly endpoint: Endpoint | undefined;
	readonly save: SavePlan;
	readonly wish: Wish;
}

const taken = say('Another picture is there. It was left as it is, and nothing was sent.');

/** Turns a wish into saved pictures: the one way from any command to a job. Asks nothing and shows nothing. */
export class ImageMaker {
	/** Of requests to providers; what the painter does costs no request. */
	readonly #inFlight = limit(() => settingsFor()['network.maxConcurrentRequests']);
	readonly #painting = limit(() => 3);

	constructor(readonly parts: Parts) {}

	/** `provider/model` that the name stands for: the setting where it is absent, the recommended one where that is `auto`. */
	async modelFor(name: string | undefined, document?: Uri): Promise<string> {
		const chosen = name ?? settingsFor(document).model;
		if (chosen !== 'auto') return chosen;
		const { lists, keyring } = this.parts;
		const withKey = await keyring.withKey(providers);
		const ids = withKey.map(({ id }) => id);
		return recommendedModel(lists.catalogue(), ids, sketchProvider) ?? chosen;
	}

	/** The same wish in the words that people use: whoever asks for its pictures again means so many as are missing then. */
	async inPlainWords(wish: Wish): Promise<Wish> {
		const request = await this.#request(wish, undefined);
		const found = findOffered(request.model, this.parts.lists.catalogue());
		const { n, options } = found ? inPlainWords(request, controlsOf(found)) : request;
		return Number.isNaN(n) ? wish : { ...wish, n, options };
	}

	/** Judges a wish, before anything is shown or sent. A result instead of a job: it cannot be done, and says why. */
	async prepare(wish: Wish): Promise<Job | JobResult> {
		if (!workspace.isTrusted) return this.#refuse(wish, [unsent('untrusted')]);
		const begun = wish.change && (await begin(wish.change, this.parts.painter));
		if (isImageError(begun)) return this.#refuse(wish, [begun]);
		const request = await this.#request(wish, begun?.alteration);
		const plan = check(request, this.parts.lists.catalogue(), this.terms());
		if (!('calls' in plan)) return this.#refuse(wish, plan);
		const endpoint = await this.#endpointFor(plan);
		if (isImageError(endpoint)) return this.#refuse(wish, [endpoint]);
		const save = savePlanFor(wish, plan.offer, this.#now());
		const problem = await checkTarget(save, filesOf(wish.destination.uri));
		if (problem) return this.#refuse(wish, [problem]);
		if (await isTaken(wish)) return this.#refuse(wish, [unsent('not-writable', taken)]);
		const title = l10n.t('{0} with {1}', subjectOf(wish).trim().slice(0, 60), request.model);
		const prepared = { plan, begun, endpoint, save, wish };
		const run = async (watch: JobWatch) => this.#run(prepared, watch);
		return { run: async (watch) => this.parts.jobs.track(title, watch.controller, async () => run(watch)) };
	}

	/**
	 * What a wish would cost, or every reason why it cannot be fulfilled. Needs no key and sends nothing. `alteration`: what its change
	 * comes to; where it is absent, that is not judged.
	 */
	async quote(wish: Wish, alteration?: Alteration): Promise<Quote | readonly ImageError[]> {
		const request = await this.#request(wish, alteration);
		const plan = check(request, this.parts.lists.catalogue(), this.terms());
		if (!('calls' in plan)) return plan;
		const usd = pricePerPicture(plan, plan.size, plan.options);
		const folder = foreseenFolder(savePlanFor(wish, plan.offer, this.#now()));
		if (isImageError(folder)) return [folder];
		const { warnings } = plan;
		return { model: plan.request.model, folder, warnings, ...(usd !== undefined && { usd: usd * plan.request.n }) };
	}

	/** The same wish for the model that takes the place of a retired one. `undefined`: there is none. */
	async succeeding(wish: Wish): Promise<{ wish: Wish; changes: readonly Message[] } | undefined> {
		const begun = wish.change && (await begin(wish.change, this.parts.painter));
		// Whoever asks for its pictures is then told what is wrong with the source.
		if (isImageError(begun)) return { wish, changes: [] };
		const request = await this.#request(wish, begun?.alteration);
		const succession = succeed(request, this.parts.lists.catalogue(), this.terms().today);
		if (!succession) return undefined;
		const { model, addition, size, n, options } = succession.request;
		return {
			wish: { ...wish, model, ...(addition !== undefined && { addition }), size, n, options },
			changes: succession.changes,
		};
	}

	#now(): Date {
		return new Date(this.parts.clock.now());
	}

	/** What the catalogue cannot know by itself. */
	terms(): Terms {
		return { today: dateAndTime(this.#now()).date, allowRetired: settingsFor()['models.allowRetired'] };
	}

	/** `undefined`: the provider is built in. */
	async #endpointFor({ offer }: Plan): Promise<Endpoint | ImageError | undefined> {
		const provider = findProvider(offer.provider);
		return provider?.baseUrl === undefined ? undefined : endpointOf(provider, this.parts.keyring);
	}

	async #request(wish: Wish, alteration: Alteration | undefined): Promise<ImageRequest> {
		return {
			operation: wish.change?.operation ?? 'generate',
			prompt: wish.prompt,
			...(wish.addition !== undefined && { addition: wish.addition }),
			model: await this.modelFor(wish.model, scopeOf(wish)),
			...(wish.size && { size: wish.size }),
			n: wish.n,
			...(wish.already !== undefined && { already: wish.already }),
			options: wish.options,
			format: formatFor(wish, alteration !== undefined && keeps({ alteration })),
			...(alteration && { alteration }),
		};
	}

	async #run(prepared: Prepared, watch: JobWatch): Promise<JobResult> {
		const { plan, endpoint, begun } = prepared;
		const provider = dialects.get(plan.offer.provider);
		if (!provider) throw new Error(`The catalogue offers ${plan.offer.provider}, but nothing speaks to it.`);
		const { signal } = watch.controller;
		const started = performance.now();
		const task = begun && plan.alter && (await this.#taskFor(plan.alter, begun, signal));
		if (isImageError(task)) return this.#refuse(prepared.wish, [task]);
		const watched = watch.onPreview !== undefined;
		// In the background, once it is sure that something may be sent; and not for callers that want nothing but a picture.
		if (watched) void this.parts.lists.refresh(plan.request.model);
		let arrived = 0;
		const result = await runJob(
			plan,
			{
				provider,
				world: worldOf(endpoint, this.parts),
				limited: endpoint ? this.#inFlight : this.#painting,
				watched,
				task,
				save: new PictureSaver(prepared, this.parts).keep,
				onArrival: (what, index) => watch.onArrival?.(++arrived, what, index),
				onPreview: (bytes, index) => watch.onPreview?.(bytes, index),
				onState: ({ offer }, { ticket = '' }) => this.parts.log.debug(`${offer.provider} works on ${ticket}`),
				newId: randomUUID,
				onFault: (fault) => this.parts.log.error(fault instanceof Error ? fault : String(fault)),
			},
			signal,
		);
		this.#report(plan, result, performance.now() - started);
		return { ...result, warnings: [...(begun?.warnings ?? []), ...result.warnings] };
	}

	/** The picture and its mask as they go out. */
	async #taskFor(plan: AlterPlan, { original, alteration }: Begun, signal: AbortSignal): Promise<Task | ImageError> {
		const strength = alteration.operation === 'vary' ? alteration.strength : 'medium';
		try {
			const order = { original, plan, strength };
			const task = await this.parts.painter.ask({ craft: 'prepare', order }, signal);
			return 'problem' in task ? unsent('bad-input', task.problem) : task;
		} catch (fault) {
			if (signal.aborted) return unsent('cancelled');
			this.parts.log.error(fault instanceof Error ? fault : String(fault));
			return unsent('bad-input', say('The picture could not be made ready to send. The log has more.'));
		}
	}

	#refuse({ n }: Wish, problems: readonly ImageError[]): JobResult {
		this.#logFailures(problems);
		const [first = unsent('bad-input')] = problems;
		const rest = Array.from({ length: Math.max(0, n - problems.length) }, () => first);
		return { images: [], failures: [...problems, ...rest], warnings: [] };
	}

	/** One line a job, without the prompt: it may be private, and logs are pasted into bug reports. */
	#report({ request, size }: Plan, { images, failures }: JobResult, milliseconds: number): void {
		const outcome = `${images.length} saved, ${failures.length} failed, ${Math.round(milliseconds)} ms`;
		const pixels = size ? formatSizeWish(size) : 'default size';
		this.parts.log.info(`${request.operation} ${request.model} ${pixels} n=${request.n}: ${outcome}`);
		this.#logFailures(failures);
	}

	/** The code alone: sentences quote file names, which are made of prompts. */
	#logFailures(failures: readonly ImageError[]): void {
		for (const code of new Set(failures.map((failure) => failure.code))) this.parts.log.warn(code);
		for (const failure of failures) this.parts.log.trace(sentencesOf(failure).map(english).join(' '));
	}
}
