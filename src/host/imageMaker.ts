import { l10n, type LogOutputChannel, type Uri, workspace } from 'vscode';
import { controlsOf, findOffered, recommendedModel } from '../catalogue/catalogue';
import { check, type Plan } from '../catalogue/check';
import { keeps } from '../catalogue/kept';
import type { Terms } from '../catalogue/lifecycle';
import { inPlainWords } from '../catalogue/plainWords';
import { pricePerPicture } from '../catalogue/price';
import { findProvider, providers, sketchProvider } from '../catalogue/providers';
import { succeed } from '../catalogue/successor';
import { folderOf, nameOfPath } from '../documents/paths';
import { type ImageError, isImageError, sentencesOf, unsent } from '../domain/imageError';
import type { Alteration, ImageRequest } from '../domain/imageRequest';
import { english, type Message, say } from '../domain/message';
import type { JobResult, SavedImage, StoredPicture } from '../domain/picture';
import { formatSizeWish } from '../domain/size';
import type { RecordFile } from '../disk/recordFile';
import type { Clock } from '../generation/clock';
import type { JobRecord } from '../generation/journalRecord';
import type { PainterThread } from '../generation/painterThread';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';
import { checkTarget, foreseenFolder } from '../store/savePicture';
import { filesOf } from '../workspace/files';
import type { Agreements } from './agreements';
import { begin } from './change';
import type { Consent } from './consent';
import { endpointOf } from './endpoints';
import type { History } from './history';
import type { Keyring } from './keyring';
import type { ModelLists } from './modelLists';
import { type Prepared, JobRunner } from './jobRunner';
import type { Purse } from './purse';
import { refused } from '../domain/result';
import type { RunningJobs } from './runningJobs';
import { settingFor } from './settings';
import { isTaken } from './takenPlace';
import { formatFor, savePlanFor, scopeOf, subjectOf, type Wish } from './wish';
import { dateAndTime } from '../generation/localTime';
import { readOrder, type WrittenOrder } from './writtenOrder';

/** What a job tells while it runs. */
export interface JobWatch {
	/** Aborts the job. */
	readonly controller: AbortController;
	/** Who says that it may be sent, where the person has not said it once for all. */
	readonly consent: Consent;
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

/** Notes pictures in the document that asked for them; what a person should know of that. */
export type Noted = (
	wish: Wish,
	pictures: readonly Pick<StoredPicture, 'id' | 'uri' | 'width' | 'height'>[],
) => Promise<readonly Message[]>;

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

/** What making pictures needs of the window. */
export interface MakerParts {
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
	readonly purse: Purse;
	readonly agreements: Agreements;
	/** The jobs' records. Rejects where none can be opened. */
	readonly records: { readonly open: (id: string) => Promise<RecordFile> };
	/** Tells the person, once, what is wrong with Limn's own files. */
	readonly warn: (message: Message) => void;
}

const elsewhere = unsent(
	'unreachable',
	say('It was ordered at another address of the provider. Set that address again to get it.'),
);

const taken = say('Another picture is there. It was left as it is, and nothing was sent.');

/** Turns a wish into saved pictures: the one way from any command to a job. What it asks, and what it warns of, goes through its ports. */
export class ImageMaker {
	readonly #runner: JobRunner;

	constructor(readonly parts: MakerParts) {
		this.#runner = new JobRunner(parts);
	}

	/** `provider/model` that the name stands for: the setting where it is absent, the recommended one where that is `auto`. */
	async modelFor(name: string | undefined, document?: Uri): Promise<string> {
		const chosen = name ?? settingFor('model', document);
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
		const prepared = await this.#prepared({ wish, begun }, this.#now(), this.terms());
		if ('problems' in prepared) return this.#refuse(wish, prepared.problems);
		if (prepared.refusal) return this.#refuse(wish, [prepared.refusal]);
		const problem = await checkTarget(prepared.save, filesOf(wish.destination.uri));
		if (problem) return this.#refuse(wish, [problem]);
		if (await isTaken(wish)) return this.#refuse(wish, [unsent('not-writable', taken)]);
		const run = async (watch: JobWatch) => this.#run(prepared, watch);
		const title = titleOf(prepared);
		return { run: async (watch) => this.parts.jobs.track(title, watch.controller, async () => run(watch)) };
	}

	/** Takes a job of an earlier window up again. An error: it cannot be; `undefined`: nobody can read what it was. */
	async recover(record: JobRecord, file: RecordFile, noted: Noted): Promise<JobResult | ImageError | undefined> {
		const order = await readOrder(record.order, file);
		if (!order) return undefined;
		const began = new Date(record.head.at);
		const { allowRetired } = this.terms();
		const terms = { today: dateAndTime(began).date, allowRetired: [...allowRetired, record.head.model] };
		// A document refers to the very place of the picture; if another is there by now, this one is put beside it.
		const wish = (await isTaken(order.wish)) ? besideIt(order.wish) : order.wish;
		const found = await this.#prepared({ ...order, wish }, began, terms);
		if ('problems' in found) return found.problems[0];
		const prepared = { ...found, ...(isElsewhere(found, record) && { endpoint: undefined, refusal: elsewhere }) };
		const controller = new AbortController();
		const { refusal } = prepared;
		const work = async () => this.#runner.recover(prepared, { record, file, refusal, noted }, controller.signal);
		const result = await this.parts.jobs.track(titleOf(prepared), controller, work);
		this.#report(prepared.plan, result, 0);
		return result;
	}

	/** Everything that running an order takes, or why it cannot be run. `refusal`: only the way to the provider is missing. */
	async #prepared(
		{ wish, begun }: WrittenOrder,
		began: Date,
		terms: Terms,
	): Promise<(Prepared & { readonly refusal?: ImageError }) | { readonly problems: readonly ImageError[] }> {
		const request = await this.#request(wish, begun?.alteration);
		const plan = check(request, this.parts.lists.catalogue(), terms);
		if (!('calls' in plan)) return { problems: plan };
		const endpoint = await this.#endpointFor(plan);
		const save = savePlanFor(wish, plan.offer, began);
		const prepared = { plan, begun, save, began, wish: { ...wish, model: request.model } };
		return isImageError(endpoint) ? { ...prepared, endpoint: undefined, refusal: endpoint } : { ...prepared, endpoint };
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
		return { today: dateAndTime(this.#now()).date, allowRetired: settingFor('models.allowRetired') };
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
		const started = performance.now();
		const result = await this.#runner.run(prepared, watch);
		this.#report(prepared.plan, result, performance.now() - started);
		return { ...result, warnings: [...(prepared.begun?.warnings ?? []), ...result.warnings] };
	}

	#refuse({ n }: Wish, problems: readonly ImageError[]): JobResult {
		this.#logFailures(problems);
		return refused(n, problems);
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

/** For people, in lists of what is under way. */
function titleOf({ plan, wish }: Prepared): string {
	return l10n.t('{0} with {1}', subjectOf(wish).trim().slice(0, 60), plan.request.model);
}

/** Whether the provider had another address when the job was ordered. What knows it is not asked of anybody else. */
function isElsewhere({ endpoint }: Prepared, { head: { origin } }: JobRecord): boolean {
	return endpoint !== undefined && origin !== undefined && endpoint.base.origin !== origin;
}

/** The same picture under a free name, in the folder of the place that is taken. */
function besideIt({ exact, ...wish }: Wish): Wish {
	if (!exact) return wish;
	const documentFolder = folderOf(exact.path);
	const name = nameOfPath(exact.path).replace(/\.[^.]+$/, '');
	const destination = { ...wish.destination, documentFolder };
	return { ...wish, destination, folder: '${documentFolder}', fileName: name.includes('$') ? '${slug}' : name };
}
