import { performance } from 'node:perf_hooks';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { check, type Plan } from '../../src/catalogue/check';
import { models } from '../../src/catalogue/models';
import { listsModels } from '../../src/catalogue/openList';
import { offers } from '../../src/catalogue/offers';
import { arrivingIn } from '../../src/disk/arriving';
import { sweepBeside } from '../../src/disk/stagedFiles';
import { leadsOutLocally, publishLocally, replaceLocally } from '../../src/disk/localFiles';
import { type ImageError, sentencesOf } from '../../src/domain/imageError';
import { english } from '../../src/domain/message';
import {
	type FileContent,
	isPictureBytes,
	type JobResult,
	type ReceivedImage,
	type StoredPicture,
} from '../../src/domain/picture';
import type { Clock } from '../../src/generation/clock';
import { dialects } from '../../src/generation/dialects';
import type { JobJournal } from '../../src/generation/journal';
import { readJob } from '../../src/generation/journalRecord';
import { limit } from '../../src/generation/limit';
import type { World } from '../../src/generation/run';
import { digest } from '../../src/generation/slices';
import { type DoorPorts, type OwnFile, recoverWritten, runWritten } from '../../src/generation/writtenJob';
import { sniff } from '../../src/image/sniff';
import type { Endpoint } from '../../src/network/encode';
import { createNetwork, type Network } from '../../src/network/network';
import { listRequest, sightingsOf } from '../../src/providers/openai-images/modelList';
import { FilesError } from '../../src/store/files';
import { checkTarget, type SavePlan, savePicture, type SavePorts } from '../../src/store/savePicture';
import { Gauge } from './gauge';
import { Guarded } from './guarded';
import { leftJobs, lookAgain, newJobFile, type OnStep } from './journalFolder';
import { killOf, Mishaps } from './mishaps';
import type { Order, Told } from './order';

/** Real ms are so many times as many for the network's clock: pauses between downloads are as much shorter. */
const pace = 10;

/** Limn's core, put together as the host does it, without the editor. */
export class Client {
	readonly #guarded = new Guarded();
	readonly #mishaps = new Mishaps();

	async run(order: Order, controller: AbortController): Promise<Told> {
		await this.#mishaps.begin(order);
		this.#guarded.begin(order.allowed, order.names);
		const gauge = new Gauge();
		const job = new ClientJob(order, this.#guarded, this.#mishaps, controller);
		try {
			const told = await job.run();
			return { ...told, peakBytes: gauge.end(), strays: this.#guarded.strays };
		} finally {
			gauge.end();
			this.#mishaps.end();
			await job.network.dispose();
		}
	}
}

class ClientJob {
	readonly network: Network;
	readonly #lines: string[] = [];
	readonly #faults: string[] = [];
	readonly #shown: string[] = [];
	readonly #written: string[] = [];
	#cancelled: number | undefined;

	constructor(
		readonly order: Order,
		readonly guarded: Guarded,
		readonly mishaps: Mishaps,
		readonly controller: AbortController,
	) {
		const { transport, timeoutMs, stallMs } = order;
		this.network = createNetwork({
			settings: () => ({ transport, timeoutMs: timeoutMs * pace }),
			loadDirect: async () => import('../../src/network/direct'),
			log: (line) => this.#lines.push(line),
			version: '0',
			clock: {
				now: () => performance.now() * pace,
				setTimer: (ms, run) => {
					const timer = setTimeout(run, ms / pace);
					return () => clearTimeout(timer);
				},
			},
			limits: { stallMs: stallMs * pace, eventStallMs: stallMs * pace },
			resolve: guarded.resolve,
			newFile: arrivingIn(path.join(order.storage, 'arriving')),
		});
		controller.signal.addEventListener('abort', () => (this.#cancelled = performance.now()));
	}

	async run(): Promise<Omit<Told, 'peakBytes' | 'strays'>> {
		const { order, controller } = this;
		const plan = this.#plan();
		if (order.mishap?.kind === 'cancelled' && order.mishap.when === 'before') controller.abort();
		const began = performance.now();
		const { result, isOpen } = order.recovers ? await this.#recover(plan) : await this.#make(plan);
		const ended = performance.now();
		const remembered = await this.#remembered(result);
		return {
			saved: result.images.map(({ uri }) => new URL(uri).pathname),
			failures: result.failures.map((error) => failureOf(error)),
			lines: this.#lines,
			errors: [...result.warnings.map(english), ...result.failures.flatMap(inAllWords), ...this.#faults],
			shown: [...this.#shown, JSON.stringify(result)],
			remembered,
			written: this.#written,
			faults: this.#faults,
			ms: ended - began,
			listMs: performance.now() - ended,
			...(this.#cancelled !== undefined && { cancelMs: ended - Math.max(began, this.#cancelled) }),
			isOpen,
		};
	}

	async #make(plan: Plan): Promise<{ result: JobResult; isOpen: boolean }> {
		const { order, controller } = this;
		const save = this.#savePlan(plan);
		const problem = await checkTarget(save, this.#savePorts().files);
		if (problem) return { result: { images: [], failures: [problem], warnings: [] }, isOpen: false };
		const result = await runWritten(
			{ plan, begun: undefined, began: new Date(this.mishaps.now()), origin: new URL(order.baseUrl).origin },
			{
				...this.#ports(plan, save),
				painter: { ask: async () => nothingIsPainted() },
				permit: async () => ({ usd: undefined }),
				records: { open: async () => this.#newFile() },
				writeOrder: async () => ({}),
				onArrival: (...arrival) => void this.#shown.push(JSON.stringify(arrival)),
				onPreview: () => undefined,
			},
			controller.signal,
		);
		return { result, isOpen: isOpen(result) };
	}

	async #newFile(): Promise<OwnFile> {
		const file = await newJobFile(this.order.storage, this.#killer());
		const write = async (line: string) => {
			this.#written.push(line);
			await file.write(line);
		};
		return { ...file, write };
	}

	/** What another process left, as the next window takes it up. */
	async #recover(plan: Plan): Promise<{ result: JobResult; isOpen: boolean }> {
		const save = this.#savePlan(plan);
		for (const { text, file } of await leftJobs(this.order.storage)) {
			const record = readJob(text);
			if (typeof record === 'string') {
				this.#lines.push(`the journal is ${record}`);
				if (record === 'torn') await file.remove();
				await lookAgain(this.order.storage);
				continue;
			}
			const ports = {
				...this.#ports(plan, save),
				sweep: sweepBeside,
				drop: async () => undefined,
			};
			const result = await recoverWritten({ plan, record, file }, ports, this.controller.signal);
			await lookAgain(this.order.storage);
			return { result, isOpen: isOpen(result) };
		}
		return { result: { images: [], failures: [], warnings: [] }, isOpen: false };
	}

	#plan(): Plan {
		const { model, n, options, side } = this.order;
		const size = { kind: 'pixels', size: { width: side, height: side } } as const;
		const request = { operation: 'generate', prompt: 'a fox at dawn', model, n, options, format: 'png', size } as const;
		const plan = check(request, { models, offers }, { today: '2026-11-21', allowRetired: [model] });
		if ('calls' in plan) return plan;
		throw new Error(plan.flatMap(sentencesOf).map(english).join(' '));
	}

	#ports(plan: Plan, save: SavePlan): DoorPorts {
		const provider = dialects.get(plan.offer.provider);
		if (!provider) throw new Error(`Nothing speaks to ${plan.offer.provider}.`);
		return {
			provider,
			world: this.#world(plan),
			limited: limit(() => 3),
			saver: (journal) => ({ keep: async (image, index) => this.#keep(image, index, save, journal), find: published }),
			purse: { reserve: async () => undefined, release: () => undefined },
			settle: async () => undefined,
			onUnwritten: this.#onTrouble,
			onFault: this.#onFault,
		};
	}

	async #keep(image: ReceivedImage, index: number, save: SavePlan, journal: JobJournal) {
		await this.mishaps.saving('a-fox-at-dawn.png');
		const announce = async (id: string, at: string) => journal.publishing(index, id, at);
		return savePicture(image, index, save, { ...this.#savePorts(), announce });
	}

	/**
	 * Stands in for the editor's memory, which the host alone fills: prompts, names of pictures, and, read by Limn's own reader, what the
	 * provider says of its models.
	 */
	async #remembered({ images }: JobResult): Promise<string[]> {
		const { model, lists } = this.order;
		const provider = model.slice(0, model.indexOf('/'));
		const named = images.map(({ id, uri, prompt }) => JSON.stringify({ id, uri, prompt, model }));
		if (!lists || !listsModels(provider)) return named;
		const asking = this.network.exchange(listRequest, this.#endpoint(provider), AbortSignal.timeout(250));
		const reply = await asking.catch(() => undefined);
		return !reply || 'lost' in reply ? named : [...named, JSON.stringify(sightingsOf(reply, provider, true))];
	}

	/** A journal that cannot be written is told of, and the job goes on. */
	readonly #onTrouble = (fault: unknown): undefined => {
		this.#lines.push(String(fault));
	};

	readonly #onFault = (fault: unknown): void => {
		this.#faults.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
	};

	#world({ offer }: Plan): World {
		const endpoint = this.#endpoint(offer.provider);
		return {
			send: async (request, signal) => {
				if (request.kind === 'http') return this.network.exchange(request, endpoint, signal);
				return nothingIsPainted();
			},
			download: async (url, signal) => {
				const fetched = await this.network.download(url, endpoint, signal);
				return isPictureBytes(fetched) ? fetched : { ...fetched, charged: 'unknown', provider: endpoint.provider };
			},
			clock: this.#clock(),
		};
	}

	#endpoint(provider: string): Endpoint {
		const { baseUrl, key } = this.order;
		return { provider, base: new URL(baseUrl), key };
	}

	#clock(): Clock {
		const { haste } = this.order;
		return {
			now: () => this.mishaps.now(),
			sleep: async (ms, signal) =>
				new Promise((resolve, reject) => {
					const leave = () => {
						clearTimeout(timer);
						reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
					};
					const timer = setTimeout(() => {
						signal.removeEventListener('abort', leave);
						resolve();
					}, ms / haste);
					signal.addEventListener('abort', leave, { once: true });
					if (signal.aborted) leave();
				}),
			random: () => 0.5,
		};
	}

	#savePlan({ offer }: Plan): SavePlan {
		const { folder } = this.order;
		return {
			templates: { folder: 'images', fileName: '${slug}' },
			facts: { slug: 'a-fox-at-dawn', date: '2026-11-21', time: '120000', model: offer.name, provider: offer.provider },
			place: { base: folder, documentFolder: folder, documentBaseName: '', roots: [folder] },
			describe: (at) => path.relative(folder, at),
		};
	}

	#savePorts(): SavePorts {
		const { storage } = this.order;
		return {
			files: { leadsOut: leadsOutLocally, publish: publishLocally, replace: replaceLocally },
			digest,
			uriOf: (at) => pathToFileURL(at).href,
			keep: async (name, content) => keepIn(path.join(storage, 'kept'), name, content, storage),
			announce: async () => undefined,
			retire: async () => false,
			log: ({ fault, message }) => this.#lines.push(`saving failed: ${fault}`, message),
		};
	}

	/** Kills this process at the step that was ordered. */
	#killer(): OnStep {
		const kill = killOf(this.order.mishap);
		let seen = 0;
		return (step, when) => {
			if (kill?.step !== step || kill.when !== when || ++seen < kill.nth) return;
			process.kill(process.pid, 'SIGKILL');
		};
	}
}

function nothingIsPainted(): never {
	throw new Error('Nothing is painted here.');
}

function isOpen({ failures }: JobResult): boolean {
	return failures.some(({ waits }) => waits);
}

/** As the host does it (workspace/keep.ts). */
async function keepIn(folder: string, name: string, content: FileContent, root: string): Promise<string | undefined> {
	try {
		await publishLocally(folder, name, content, [root]);
		return path.join(folder, name);
	} catch (error) {
		if (error instanceof FilesError) return undefined;
		throw error;
	}
}

/** As `generation/jobSaver.ts` does it. */
async function published({
	id,
	path: at,
}: {
	readonly id: string;
	readonly path: string;
}): Promise<StoredPicture | undefined> {
	const bytes = await readFile(at).catch(() => undefined);
	const header = bytes && sniff(bytes);
	if (!bytes || !header || !(await digest(bytes)).startsWith(id)) return undefined;
	return { id, uri: pathToFileURL(at).href, width: header.width, height: header.height, format: header.format };
}

function inAllWords(error: ImageError): string[] {
	return [JSON.stringify(error), ...sentencesOf(error).map(english)];
}

function failureOf(error: ImageError): Told['failures'][number] {
	const { code, charged, kept } = error;
	const words = sentencesOf(error).map(english).join(' ');
	return { code, charged, words, ...(kept && { kept: kept === 'lost' ? 'lost' : kept.at }) };
}
