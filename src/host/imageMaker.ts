import { createHash } from 'node:crypto';
import { l10n, type LogOutputChannel, type Uri, workspace } from 'vscode';
import { recommendedModel } from '../catalogue/catalogue';
import { check, type Plan } from '../catalogue/check';
import { findProvider, providers, sketchProvider } from '../catalogue/providers';
import { succeed } from '../catalogue/successor';
import { slug } from '../documents/fileName';
import { type ImageError, isImageError, sentencesOf, unsent } from '../domain/imageError';
import { formatOfName, type RequestableFormat } from '../domain/imageFormat';
import type { ImageRequest, Options } from '../domain/imageRequest';
import { english } from '../domain/message';
import type { JobResult } from '../domain/picture';
import { formatSizeWish, type SizeWish } from '../domain/size';
import type { Clock } from '../generation/clock';
import { inFormat } from '../generation/convert';
import { dialects } from '../generation/dialects';
import { limit } from '../generation/limit';
import type { PainterThread } from '../generation/painterThread';
import { runJob } from '../generation/runJob';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';
import { checkTarget, type SavePlan, savePicture, type SavePorts } from '../store/savePicture';
import type { Destination } from '../workspace/destination';
import { filesOf } from '../workspace/files';
import { keepIn } from '../workspace/keep';
import { endpointOf } from './endpoints';
import type { Keyring } from './keyring';
import type { ModelLists } from './modelLists';
import type { RunningJobs } from './runningJobs';
import { settingsFor } from './settings';
import { worldOf } from './worldOf';

/** What somebody wants, from whichever door it came; what is absent is in the settings. */
export interface Wish {
	readonly prompt: string;
	readonly model?: string | undefined;
	readonly size?: SizeWish | undefined;
	readonly n: number;
	/** See {@link ImageRequest}. */
	readonly already?: number;
	readonly options: Options;
	readonly format?: RequestableFormat | undefined;
	readonly folder?: string | undefined;
	readonly fileName?: string | undefined;
	readonly destination: Destination;
	/** The settings that hold for this document are used. */
	readonly document?: Uri | undefined;
}

/** What a job tells while it runs. */
export interface JobWatch {
	/** Aborts the job. */
	readonly controller: AbortController;
	/** Called after each picture or failure with the number of them. */
	readonly onArrival?: (arrived: number) => void;
	/** Called with an unfinished picture, encoded, and its number in the job. Absent: nobody looks on, so none is asked for. */
	readonly onPreview?: (bytes: Uint8Array, index: number) => void;
}

/** A wish that can be fulfilled, as far as one can know. */
export interface Job {
	/** Always ends with at least as many images and failures as were wished for. */
	readonly run: (watch: JobWatch) => Promise<JobResult>;
}

interface Parts {
	readonly lists: ModelLists;
	readonly keyring: Keyring;
	readonly painter: PainterThread;
	readonly network: Network;
	readonly clock: Clock;
	readonly jobs: RunningJobs;
	readonly log: LogOutputChannel;
	/** Limn's own folder for pictures that could not be saved where they belong. */
	readonly storage: Uri;
}

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

	/** Judges a wish, before anything is shown or sent. A result instead of a job: it cannot be done, and says why. */
	async prepare(wish: Wish): Promise<Job | JobResult> {
		if (!workspace.isTrusted) return this.#refuse(wish, [unsent('untrusted')]);
		const fileName = wish.fileName ?? settingsFor(scopeOf(wish))['output.fileName'];
		const request = await this.#request(wish, fileName);
		const plan = check(request, this.parts.lists.catalogue(), this.#terms());
		if (!('calls' in plan)) return this.#refuse(wish, plan);
		const endpoint = await this.#endpointFor(plan);
		if (isImageError(endpoint)) return this.#refuse(wish, [endpoint]);
		const save = savePlanFor(wish, fileName, plan);
		const problem = await checkTarget(save, filesOf(wish.destination.uri));
		if (problem) return this.#refuse(wish, [problem]);
		const title = l10n.t('{0} with {1}', wish.prompt.trim().slice(0, 60), request.model);
		const run = async (watch: JobWatch) => this.#run(plan, endpoint, save, wish, watch);
		return { run: async (watch) => this.parts.jobs.track(title, watch.controller, async () => run(watch)) };
	}

	/** The same wish for the model that takes the place of a retired one. `undefined`: there is none. */
	async succeeding(wish: Wish): Promise<Wish | undefined> {
		const request = await this.#request(wish, wish.fileName ?? '');
		const succession = succeed(request, this.parts.lists.catalogue(), this.today());
		if (!succession) return undefined;
		const { prompt, model, size, options } = succession.request;
		return { ...wish, prompt, model, size, options };
	}

	/** `YYYY-MM-DD`, in the person's own time zone. */
	today(): string {
		return dateAndTime(new Date(this.parts.clock.now())).date;
	}

	#terms() {
		return { today: this.today(), allowRetired: settingsFor()['models.allowRetired'] };
	}

	/** `undefined`: the provider is built in. */
	async #endpointFor({ offer }: Plan): Promise<Endpoint | ImageError | undefined> {
		const provider = findProvider(offer.provider);
		return provider?.baseUrl === undefined ? undefined : endpointOf(provider, this.parts.keyring);
	}

	async #request(wish: Wish, fileName: string): Promise<ImageRequest> {
		return {
			operation: 'generate',
			prompt: wish.prompt,
			model: await this.modelFor(wish.model, scopeOf(wish)),
			...(wish.size && { size: wish.size }),
			n: wish.n,
			...(wish.already !== undefined && { already: wish.already }),
			options: wish.options,
			format: formatOfName(fileName) ?? wish.format ?? settingsFor(scopeOf(wish))['output.format'],
		};
	}

	async #run(
		plan: Plan,
		endpoint: Endpoint | undefined,
		save: SavePlan,
		wish: Wish,
		watch: JobWatch,
	): Promise<JobResult> {
		const provider = dialects.get(plan.offer.provider);
		if (!provider) throw new Error(`The catalogue offers ${plan.offer.provider}, but nothing speaks to it.`);
		const started = performance.now();
		let arrived = 0;
		const ports = this.#savePorts(wish.destination.uri);
		const result = await runJob(
			plan,
			{
				provider,
				world: worldOf(endpoint, this.parts),
				limited: endpoint ? this.#inFlight : this.#painting,
				watched: watch.onPreview !== undefined,
				save: async (image, index) =>
					savePicture(await inFormat(image, plan.request.format, this.parts.painter), index, save, ports),
				onArrival: () => watch.onArrival?.(++arrived),
				onPreview: (bytes, index) => watch.onPreview?.(bytes, index),
				onFault: (fault) => this.parts.log.error(fault instanceof Error ? fault : String(fault)),
			},
			watch.controller.signal,
		);
		this.#report(plan, result, performance.now() - started);
		return result;
	}

	#savePorts(base: Uri): SavePorts {
		const { log, storage } = this.parts;
		return {
			files: filesOf(base),
			digest: (bytes) => createHash('sha256').update(bytes).digest('hex'),
			uriOf: (path) => base.with({ path }).toString(),
			keep: async (name, bytes) => keepIn(storage, name, bytes),
			log: ({ fault, message }) => {
				log.error(`saving failed: ${fault}`);
				log.trace(message);
			},
		};
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

function savePlanFor(wish: Wish, fileName: string, { prompt, offer }: Plan): SavePlan {
	const { destination } = wish;
	return {
		templates: { folder: folderTemplate(wish), fileName },
		facts: { slug: slug(prompt), ...dateAndTime(new Date()), model: offer.name, provider: offer.provider },
		place: destination,
		describe: (path) => workspace.asRelativePath(destination.uri.with({ path })),
	};
}

/** The command's own folder, else the one that was pointed at, else the setting, else `images` beside the document. */
function folderTemplate(wish: Wish): string {
	if (wish.folder !== undefined) return wish.folder;
	if (wish.destination.pointedAt) return '${documentFolder}';
	return settingsFor(scopeOf(wish))['output.folder'] || '${documentFolder}/images';
}

/** The settings of the document hold, else those of the folder that the pictures go to. */
function scopeOf({ document, destination }: Wish): Uri {
	return document ?? destination.uri;
}

/** In the person's own time zone: `2026-11-21` and `14-05-09`. */
function dateAndTime(now: Date): { date: string; time: string } {
	const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
	return { date: local.slice(0, 10), time: local.slice(11, 19).replaceAll(':', '-') };
}
