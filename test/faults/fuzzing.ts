import { inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { check } from '../../src/catalogue/check';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { isImageError } from '../../src/domain/imageError';
import { dialects } from '../../src/generation/dialects';
import { JobJournal } from '../../src/generation/journal';
import { limit } from '../../src/generation/limit';
import { runJob } from '../../src/generation/runJob';
import { digest } from '../../src/generation/slices';
import type { Carry } from '../../src/network/carrier';
import { createExchange, defaultLimits } from '../../src/network/exchange';
import { type ReceivedImage, wholeOf } from '../../src/domain/picture';
import { savePicture } from '../../src/store/savePicture';
import { encodePng } from '../servers/png';
import { columns } from './column';
import { isStream, mutated, mutation, type Mutation } from './mutations';

const png = Buffer.from(encodePng({ width: 8, height: 8, data: new Uint8Array(256).fill(200) }));

/** One way of answering: whose, and what real answers of it look like. */
export interface Spoken {
	readonly name: string;
	readonly model: string;
	readonly n: number;
	/** Of what the emulator has sent: JSON, or a stream of events. */
	readonly replies: readonly string[];
}

/** The real answers of every dialect, from the emulators, through the client's own questions. */
export async function collected(): Promise<readonly Spoken[]> {
	const spoken: Spoken[] = [];
	for (const column of columns.filter(({ title }) => title !== 'lumenfall' && title !== 'custom')) {
		const emulator = await column.start({ addressed: false });
		const replies: string[] = [];
		try {
			const carry: Carry = async (url, { method, headers, body }) => {
				const response = await fetch(url, { method, headers, ...(body && { body }) });
				const text = await response.text();
				replies.push(text);
				return {
					status: response.status,
					headers: Object.fromEntries(response.headers),
					body: chunked([Buffer.from(text)]),
				};
			};
			await make(column, emulator.baseUrl, column.key, carry);
		} finally {
			await emulator.close();
		}
		// A picture of some bytes does as well, and is read a thousand times as fast.
		spoken.push({ name: column.title, model: column.model, n: column.n, replies: replies.map(withSmallPictures) });
	}
	return spoken;
}

function withSmallPictures(text: string): string {
	return text.replaceAll(/[\w+/]{200,}={0,2}/g, png.toString('base64'));
}

/** Feeds mutated replies to the client. Rejects with the seed and the smallest reply at which a promise breaks. */
export async function fuzz(spoken: Spoken, runs: number, seed: number): Promise<void> {
	await fc.assert(
		fc.asyncProperty(mutation, async (change) => survive(spoken, change)),
		{ numRuns: runs, seed, endOnFailure: false },
	);
}

async function survive(spoken: Spoken, change: Mutation): Promise<void> {
	const { model, n, replies } = spoken;
	const first = change.reply % replies.length;
	let asked = 0;
	const carry: Carry = async () => {
		// One of them is changed; and a server that never comes to an end comes to one here.
		const at = asked++;
		if (at > 40) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED', syscall: 'connect' });
		const text = replies[Math.min(at, replies.length - 1)] ?? '';
		const isChanged = at === first || at >= replies.length;
		const headers = { 'content-type': isStream(text) ? 'text/event-stream' : 'application/json' };
		const body = isChanged ? mutated(text, change) : [Buffer.from(text)];
		return { status: isChanged ? change.status : 200, headers, body: chunked(body) };
	};
	const { images, failures, faults, files } = await make(
		{ model, n },
		'http://127.0.0.1:9/v1',
		'sk-nobody-knows',
		carry,
	);
	if (faults.length > 0) throw new Error(`a fault of its own: ${faults.join('; ')}`);
	if (images + failures < n) throw new Error(`${images} images and ${failures} failures of ${n}`);
	for (const file of files)
		if (!isPicture(file)) throw new Error(`no picture was saved: ${file.toString('hex', 0, 40)}`);
}

async function* chunked(chunks: readonly Buffer[]): AsyncGenerator<Uint8Array> {
	yield* chunks;
}

const signatures = ['\u0089PNG\r\n\u001a\n', '\u00ff\u00d8\u00ff', 'GIF87a', 'GIF89a', 'WEBP', 'ftyp'];

/** What was saved begins as a picture of a kind that people know; if it is the small PNG whole, its pixels unfold. */
function isPicture(file: Buffer): boolean {
	if (file.equals(png)) return inflateSync(png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8)).length > 0;
	return signatures.some((signature) =>
		file
			.toString('latin1', 0, 12)
			.replace(/^RIFF[^]{4}/, '')
			.replace(/^[^]{4}ftyp/, 'ftyp')
			.startsWith(signature),
	);
}

async function make({ model, n }: Pick<Spoken, 'model' | 'n'>, baseUrl: string, key: string, carry: Carry) {
	const request = { operation: 'generate', prompt: 'a fox', model, n, options: {}, format: 'png' } as const;
	const plan = check(request, { models, offers }, { today: '2026-11-21', allowRetired: [model] });
	if (!('calls' in plan)) throw new Error(`${model} cannot be asked.`);
	const provider = dialects.get(plan.offer.provider);
	if (!provider) throw new Error(`Nothing speaks to ${plan.offer.provider}.`);
	const exchange = createExchange({
		carrierFor: async () => carry,
		clock: { now: () => 0, setTimer: () => () => undefined },
		deadlineMs: () => 1000,
		limits: defaultLimits,
		log: () => undefined,
		userAgent: 'limn/0',
	});
	const endpoint = { provider: plan.offer.provider, base: new URL(baseUrl), key };
	const files: Buffer[] = [];
	const faults: string[] = [];
	const onFault = (fault: unknown) =>
		void faults.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
	const result = await runJob(
		plan,
		{
			provider,
			world: {
				send: async (request, signal) => {
					if (request.kind !== 'http') throw new Error('Nothing is painted here.');
					return exchange(request, endpoint, signal);
				},
				download: async () => png,
				clock: { now: () => 0, sleep: async () => undefined, random: () => 0.5 },
			},
			limited: limit(() => 3),
			watched: true,
			journal: new JobJournal(undefined, digest, onFault),
			save: async (image, index) => saved(image, index, files),
			onArrival: () => undefined,
			onPreview: () => undefined,
			newId: () => '7d9f4c1e-2b6a-4f0d-9c3e-5a8b1d2e3f40',
			onFault,
		},
		new AbortController().signal,
	);
	return { images: result.images.length, failures: result.failures.filter(isImageError).length, faults, files };
}

/** By the product's own rules, into memory. */
async function saved(image: ReceivedImage, index: number, files: Buffer[]) {
	const plan = {
		templates: { folder: '/w/images', fileName: '${slug}-${seed}' },
		facts: { slug: 'a-fox', date: '2026-11-21', time: '120000', model: 'm', provider: 'p' },
		place: { base: '/w', documentFolder: '/w', documentBaseName: '', roots: ['/w'] },
		describe: (at: string) => at,
	};
	return savePicture(image, index, plan, {
		files: {
			leadsOut: async () => false,
			publish: async (folder, name, content) => {
				if (!`${folder}/${name}`.startsWith('/w/images/') || name.includes('/'))
					throw new Error(`outside: ${folder} ${name}`);
				files.push(Buffer.from(await wholeOf(content)));
				return 'saved';
			},
			replace: async () => 'kept',
		},
		digest,
		uriOf: (at) => `file://${at}`,
		keep: async () => undefined,
		announce: async () => undefined,
		retire: async () => false,
		log: () => undefined,
	});
}
