import { randomUUID } from 'node:crypto';
import { link } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plan } from '../../../src/catalogue/check';
import { layFile } from '../../../src/disk/layFile';
import { leadsOutLocally, publishLocally, replaceLocally } from '../../../src/disk/localFiles';
import { RecordFiles } from '../../../src/disk/recordFiles';
import { nameStaged, withStaged } from '../../../src/disk/stagedFiles';
import { type ReceivedImage, wholeOf } from '../../../src/domain/picture';
import { Finishing } from '../../../src/generation/finishing';
import { JobJournal } from '../../../src/generation/journal';
import { limit } from '../../../src/generation/limit';
import { run, type World } from '../../../src/generation/run';
import { callOf, runJob } from '../../../src/generation/runJob';
import { digest } from '../../../src/generation/slices';
import type { Endpoint } from '../../../src/network/encode';
import { createNetwork, type Network } from '../../../src/network/network';
import { wayTo } from '../../../src/network/wayTo';
import { openaiImages } from '../../../src/providers/openai-images/openaiImages';
import { savePicture } from '../../../src/store/savePicture';
import { planFor } from '../../unit/providers/calls';
import { standingClock } from '../../unit/generation/scripted';
import type { Client, Order } from './rivals';

/** Limn's core over one of its two ways out. `storage`: its own folder. */
export class LimnClients {
	readonly #network: Network;

	constructor(
		transport: 'direct' | 'editor',
		readonly storage: string,
	) {
		this.#network = createNetwork({
			settings: () => ({ transport, timeoutMs: 60_000 }),
			loadDirect: async () => import('../../../src/network/direct'),
			log: () => undefined,
			version: '0',
			newFile: () => nameStaged(storage),
		});
	}

	/** What the rivals do: the answer becomes files. They are told where they come from all the same. */
	readonly save: Client = async (order) => {
		const plan = planOf(order);
		const [n] = plan.calls;
		const call = callOf(
			plan,
			{ id: randomUUID(), n: n ?? 1, before: 0 },
			{ operation: 'generate' },
			order.way === 'sse',
		);
		let number = 0;
		for await (const arrival of run(openaiImages, call, this.#world(order), new AbortController().signal)) {
			if (arrival.kind === 'failure') throw new Error(JSON.stringify(arrival.error));
			if (arrival.kind !== 'image') continue;
			const { bytes } = await finishingOf(plan).finish(arrival.image);
			const target = path.join(order.folder, `${number++}.png`);
			await withStaged(order.folder, async (file) => {
				await layFile(file, bytes);
				await link(file, target);
			});
		}
	};

	/** And all that Limn does besides: it writes down what it does and what came, and a picture is on the disk before it is told of. */
	readonly job: Client = async (order) => {
		const plan = planOf(order);
		const records = new RecordFiles(path.join(this.storage, 'journal'), { id: randomUUID(), now: Date.now }, fail);
		const file = await records.open(randomUUID());
		const journal = new JobJournal(file, digest, fail);
		await journal.head(
			{ id: file.id, at: new Date().toISOString(), model: 'openai/gpt-image-1', n: order.n, calls: [...plan.calls] },
			{},
		);
		const finishing = finishingOf(plan);
		const gathered = await runJob(
			plan,
			{
				provider: openaiImages,
				world: this.#world(order),
				limited: limit(() => 3),
				watched: order.way === 'sse',
				journal,
				save: async (image, index) => savedIn(order.folder, await finishing.finish(image), image, index, journal),
				onArrival: () => undefined,
				onPreview: () => undefined,
				newId: randomUUID,
				onFault: fail,
			},
			new AbortController().signal,
		);
		if (gathered.failures.length > 0) throw new Error(JSON.stringify(gathered.failures));
		await journal.end();
		await records.dispose();
	};

	async dispose(): Promise<void> {
		await this.#network.dispose();
	}

	#world({ origin, way }: Order): World {
		const endpoint: Endpoint = { provider: 'openai', base: new URL(`${origin}/${way}/v1`), key: 'none' };
		const { exchange, download } = wayTo(this.#network, endpoint);
		const send: World['send'] = async (request, signal) => {
			if (request.kind === 'http') return exchange(request, signal);
			throw new Error('Nothing is painted here.');
		};
		return { send, download, clock: standingClock() };
	}
}

function fail(fault: unknown): never {
	throw fault instanceof Error ? fault : new Error(String(fault));
}

/** All pictures of one answer, however many. */
function planOf({ n }: Order): Plan {
	return { ...planFor('openai/gpt-image-1', { n: 1 }), calls: [n] };
}

function finishingOf(plan: Plan): Finishing {
	const job = { plan, begun: undefined, began: new Date(), isExact: false, embed: () => 'auto' as const };
	const painter = { ask: async () => Promise.reject(new Error('Nothing is painted here.')) };
	return new Finishing(job, { painter, onFault: fail });
}

async function savedIn(
	folder: string,
	{ bytes }: Awaited<ReturnType<Finishing['finish']>>,
	image: ReceivedImage,
	index: number,
	journal: JobJournal,
) {
	const plan = {
		templates: { folder: '.', fileName: `${index - 1}` },
		facts: { slug: 'a-fox-at-dawn', date: '2026-11-22', time: '120000', model: 'gpt-image-1', provider: 'openai' },
		place: { base: folder, documentFolder: folder, documentBaseName: '', roots: [folder] },
		describe: (at: string) => at,
	};
	return savePicture({ ...image, bytes }, index, plan, {
		files: { leadsOut: leadsOutLocally, publish: publishLocally, replace: replaceLocally },
		digest,
		uriOf: (at) => pathToFileURL(at).href,
		keep: async (name, content) => `${name} ${(await wholeOf(content)).length}`,
		retire: async () => false,
		announce: async (id, at) => journal.publishing(index, id, at),
		log: fail,
	});
}
