import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ImageRequest } from '../../../src/domain/imageRequest';
import { isImageError, unsent } from '../../../src/domain/imageError';
import type { SavePicture, StoredPicture } from '../../../src/domain/picture';
import type { Gathered } from '../../../src/generation/gathering';
import { JobJournal } from '../../../src/generation/journal';
import { readJob } from '../../../src/generation/journalRecord';
import { Leaving } from '../../../src/generation/leaving';
import { limit } from '../../../src/generation/limit';
import { type RecoveryPorts, recoverJob } from '../../../src/generation/recoverJob';
import type { Send } from '../../../src/generation/run';
import { type JobPorts, runJob } from '../../../src/generation/runJob';
import {
	type Call,
	type CallState,
	type HttpRequest,
	type Provider,
	type Step,
	unbegun,
} from '../../../src/providers/provider';
import { planOf, sentence } from '../builders';
import { digest, emptyReply, journalIn, RememberedFile, standingClock, worldOf } from './scripted';

const order: HttpRequest = { kind: 'http', method: 'POST', path: '/orders', billed: true };
const poll: HttpRequest = { ...order, path: '/polls', billed: false, afterMs: 1 };

/** One picture with each answer. */
function asked(call: Call, state: CallState): Step {
	const place = state.handed.length;
	const image = { bytes: new TextEncoder().encode(`${call.id} ${place}`), costUsd: 0.5 };
	const next = { ...state, handed: [...state.handed, `${place}`], polls: state.polls + 1 };
	return place + 1 >= call.n
		? { images: [image], state: next, done: true }
		: { images: [image], state: next, next: poll };
}

/** Works on an order for a while, and brings one picture with each answer. `knows`: it can be asked again by the name of the work. */
function worker(knows: 'by our id' | 'by its ticket' | 'nothing'): Provider {
	return {
		begin: () => ({ next: order }),
		read: (_, call, state) =>
			state.polls === 0 && knows !== 'nothing'
				? { state: { ...state, ticket: 'a ticket', polls: 1 }, next: poll }
				: asked(call, state),
		failure: () => unsent('server-error'),
		...(knows !== 'nothing' && {
			resume: (_: Call, state: CallState): Step | undefined =>
				knows === 'by our id' || state.ticket !== undefined ? { state: { ...state, polls: 1 }, next: poll } : undefined,
		}),
	};
}

/** The folder of the pictures: what lies at which path. */
type Folder = Map<string, string>;

/** Everything that is left of a process that dies now. */
interface Remains {
	readonly text: string;
	readonly staged: ReadonlyMap<string, Uint8Array>;
	readonly folder: Folder;
	readonly orders: number;
}

/** A process with its disk, which remembers what it would have left at each step. */
class Life {
	readonly remains: Remains[] = [];
	readonly folder: Folder;
	readonly file = new RememberedFile();
	orders = 0;

	constructor(left?: Remains) {
		this.folder = new Map(left?.folder);
		this.file.text = left?.text ?? '';
		for (const [name, bytes] of left?.staged ?? []) this.file.staged.set(name, bytes);
	}

	readonly send: Send = async (request, signal) => {
		signal.throwIfAborted();
		if (request.kind === 'http' && request.billed) this.orders++;
		this.note();
		return emptyReply;
	};

	note(): void {
		const { text, staged } = this.file;
		this.remains.push({ text, staged: new Map(staged), folder: new Map(this.folder), orders: this.orders });
	}

	journal(): JobJournal {
		const { file } = this;
		const noting =
			<A extends unknown[]>(act: (...given: A) => Promise<void>) =>
			async (...given: A) => {
				await act(...given);
				this.note();
			};
		return journalIn({ write: noting(file.write), stage: noting(file.stage), remove: noting(file.remove) });
	}

	/** Under a name that is free. */
	saver(journal: JobJournal): SavePicture {
		return async ({ bytes }, index) => {
			const id = (await digest(bytes)).slice(0, 16);
			for (let suffix = 0; ; suffix++) {
				const path = `/images/fox-${suffix}.png`;
				await journal.publishing(index, id, path);
				if (this.folder.has(path)) continue;
				this.folder.set(path, id);
				this.note();
				return stored(id, path);
			}
		};
	}

	readonly published: RecoveryPorts['published'] = async ({ id, path }) =>
		this.folder.get(path) === id ? stored(id, path) : undefined;
}

function stored(id: string, path: string): StoredPicture {
	return { id, uri: path, width: 2, height: 1, format: 'png' };
}

const head = { id: 'a job', at: '2026-11-22T10:00:00.000Z', model: 'openai/vendor/easel:2@1' };

function portsOf(life: Life, provider: Provider, journal: JobJournal) {
	return {
		provider,
		world: worldOf(life.send),
		limited: limit(() => 2),
		save: life.saver(journal),
		journal,
		onArrival: () => undefined,
		onFault: (fault: unknown) => assert.fail(String(fault)),
	};
}

/** A whole job, with all that it would have left at each of its steps. */
async function lived(changes: Partial<ImageRequest>, provider: Provider): Promise<Life> {
	const life = new Life();
	const plan = planOf(changes);
	const journal = life.journal();
	await journal.head({ ...head, n: plan.request.n, calls: [...plan.calls] }, {});
	let ids = 0;
	const others = { watched: false, onPreview: () => undefined, newId: () => `call ${++ids}` };
	const result = await runJob(plan, { ...portsOf(life, provider, journal), ...others }, new AbortController().signal);
	assert.equal(result.images.length, plan.request.n);
	return life;
}

async function recovered(
	changes: Partial<ImageRequest>,
	provider: Provider,
	life: Life,
	other: Partial<RecoveryPorts> = {},
	controller = new AbortController(),
): Promise<Gathered> {
	const record = readJob(life.file.text);
	if (typeof record === 'string') throw new Error(record);
	const journal = life.journal();
	const ports = {
		...portsOf(life, provider, journal),
		staged: async (name: string) => life.file.staged.get(name),
		published: life.published,
		...other,
	};
	return recoverJob(planOf(changes), record, ports, controller.signal);
}

describe('a job that is taken up again', () => {
	for (const knows of ['by our id', 'by its ticket'] as const) {
		it(`has all its pictures once, wherever its window went, if the provider knows it ${knows}`, async () => {
			const changes = { n: 6 };
			const whole = await lived(changes, worker(knows));
			assert.ok(whole.remains.length > 30);
			for (const left of whole.remains) {
				const life = new Life(left);
				const result = await recovered(changes, worker(knows), life);
				const ids = [...life.folder.values()];
				assert.equal(new Set(ids).size, ids.length, 'no picture twice');
				const ordered = readJob(left.text);
				const asked = typeof ordered === 'string' ? [] : ordered.calls;
				const known = asked.filter(({ state }) => knows === 'by our id' || state !== undefined);
				assert.equal(
					ids.length,
					known.reduce((sum, { n }) => sum + n, 0),
				);
				assert.equal(life.orders, 0, 'nothing is ordered again');
				assert.equal(left.folder.size + result.images.length - found(left, life, result.images), ids.length);
				assert.equal(result.isUnfinished, false);
			}
		});
	}

	it('tells of what nobody can be asked for, and keeps what had come', async () => {
		const changes = { n: 6 };
		const whole = await lived(changes, worker('nothing'));
		for (const left of whole.remains) {
			const life = new Life(left);
			const record = readJob(left.text);
			if (typeof record === 'string') continue;
			const result = await recovered(changes, worker('nothing'), life);
			const came = left.staged.size;
			assert.equal(life.folder.size, came);
			const begun = record.calls.reduce((sum, { n }) => sum + n, 0);
			const charges = result.failures.map(({ charged }) => charged);
			assert.equal(charges.filter((charged) => charged === 'unknown').length, begun - came);
			assert.equal(charges.filter((charged) => charged === 'no').length, 6 - begun);
			assert.deepEqual([result.isUnfinished, life.orders], [false, 0]);
		}
	});

	it('may be left and taken up any number of times', async () => {
		const changes = { n: 5 };
		const whole = await lived(changes, worker('by our id'));
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), async (places) => {
				let life = whole;
				for (const place of places) {
					const left = life.remains[place % life.remains.length];
					if (!left || typeof readJob(left.text) === 'string') continue;
					life = new Life(left);
					life.note();
					await recovered(changes, worker('by our id'), life);
				}
				const ids = [...life.folder.values()];
				assert.equal(new Set(ids).size, ids.length);
				if (life !== whole) assert.equal(life.orders, 0);
			}),
			{ numRuns: 60 },
		);
	});

	it('costs what all of it cost, and not only what came now', async () => {
		const whole = await lived({ n: 4 }, worker('by our id'));
		const left = whole.remains.find(({ folder, text }) => folder.size === 2 && text.includes('"saved","index":2'));
		assert.ok(left);
		const result = await recovered({ n: 4 }, worker('by our id'), new Life(left));
		assert.deepEqual(result.cost, { usd: 2, estimated: false });
		assert.equal(result.images.length, 2);
	});
});

/** Pictures that recovery found in their places: they are in its result, and were in the folder. */
function found({ folder }: Remains, _: Life, images: readonly { readonly id: string }[]): number {
	const ids = new Set(folder.values());
	return images.filter(({ id }) => ids.has(id)).length;
}

async function left(): Promise<Remains> {
	const whole = await lived({ n: 2 }, worker('by our id'));
	return whole.remains.find(({ orders }) => orders === 1) ?? assert.fail();
}

const nowhere: SavePicture = async () => ({ ...unsent('not-writable'), charged: 'yes', kept: { at: '/kept' } });

describe('a job that cannot be finished yet', () => {
	it('stays open where the provider does not answer, and is finished another time', async () => {
		const life = new Life(await left());
		const world = worldOf(async () => ({ lost: 'refused', unseen: true, detail: '' }));
		const first = await recovered({ n: 2 }, worker('by our id'), life, { world });
		assert.equal(first.isUnfinished, true);
		assert.deepEqual(
			first.failures.map(({ code, charged }) => `${code} ${charged}`),
			['unreachable unknown', 'unreachable unknown'],
		);
		const second = await recovered({ n: 2 }, worker('by our id'), life);
		assert.deepEqual([second.isUnfinished, second.images.length, life.folder.size], [false, 2, 2]);
	});

	it('stays open where its window goes again', async () => {
		const life = new Life(await left());
		const controller = new AbortController();
		controller.abort(new Leaving());
		assert.equal((await recovered({ n: 2 }, worker('by our id'), life, {}, controller)).isUnfinished, true);
		assert.equal((await recovered({ n: 2 }, worker('by our id'), life)).images.length, 2);
	});

	it('keeps a picture that cannot be saved, and saves it when it can be', async () => {
		const life = new Life(await left());
		const first = await recovered({ n: 2 }, worker('by our id'), life, { save: nowhere });
		assert.deepEqual(
			first.failures.map(({ code }) => code),
			['not-writable', 'not-writable'],
		);
		const second = await recovered({ n: 2 }, worker('by our id'), life);
		assert.deepEqual([second.images.length, life.folder.size, life.orders], [2, 2, 0]);
	});

	it('says so where what had come was taken away', async () => {
		const whole = await lived({ n: 1 }, worker('by our id'));
		const came = whole.remains.find(({ text }) => text.includes('"arrived"')) ?? assert.fail();
		const life = new Life({ ...came, staged: new Map() });
		const result = await recovered({ n: 1 }, worker('by our id'), life);
		const [failure] = result.failures;
		assert.ok(isImageError(failure) && failure.message);
		assert.match(sentence(failure.message), /is gone/);
	});
});

describe('what is not ordered again', () => {
	it('is told as such', async () => {
		const hungry: Provider = {
			...worker('by our id'),
			resume: (_: Call, state: CallState) => ({ state, next: order }),
		};
		const life = new Life();
		const journal = life.journal();
		await journal.head({ ...head, n: 1, calls: [1] }, {});
		await journal.begin({ id: 'call 1', n: 1, before: 0 });
		await journal.reached({ id: 'call 1' }, unbegun);
		const result = await recovered({ n: 1 }, hungry, life);
		assert.deepEqual(
			result.failures.map(({ code, charged }) => `${code} ${charged}`),
			['cancelled no'],
		);
		assert.equal(life.orders, 0);
	});

	it('is open where the record is damaged: what is not in it may have gone out', async () => {
		const life = new Life();
		await life.journal().head({ ...head, n: 2, calls: [2] }, {});
		life.file.text += 'damage\n';
		const result = await recovered({ n: 2 }, worker('by our id'), life);
		assert.deepEqual(
			result.failures.map(({ code, charged }) => `${code} ${charged}`),
			['unreachable unknown', 'unreachable unknown'],
		);
	});
});

/** A world whose polls fail so many times from now on. */
function failingPolls(life: Life, times: number): Send {
	let left = times;
	return async (request, signal) => {
		if (request.kind === 'http' && !request.billed && left-- > 0) return { lost: 'reset', unseen: false, detail: '' };
		return life.send(request, signal);
	};
}

function said({ failures }: Gathered): string[] {
	return failures.map(({ code, charged, waits }) => `${code} ${charged}${waits ? ' waits' : ''}`);
}

async function made(
	changes: Partial<ImageRequest>,
	life: Life,
	send: Send,
	other: Partial<JobPorts> = {},
): Promise<Gathered> {
	const plan = planOf(changes);
	const journal = life.journal();
	await journal.head({ ...head, n: plan.request.n, calls: [...plan.calls] }, {});
	const others = { watched: false, onPreview: () => undefined, newId: () => 'call 1' };
	const ports = { ...portsOf(life, worker('by our id'), journal), ...others, world: worldOf(send), ...other };
	return runJob(plan, ports, new AbortController().signal);
}

describe('a job whose provider cannot be asked for a while', () => {
	it('waits, and has its pictures when it can be', async () => {
		const life = new Life();
		const first = await made({ n: 2 }, life, failingPolls(life, 100));
		assert.deepEqual(said(first), ['unreachable unknown waits', 'unreachable unknown waits']);
		assert.equal(first.isUnfinished, true);
		const down = await recovered({ n: 2 }, worker('by our id'), life, { world: worldOf(failingPolls(life, 100)) });
		assert.deepEqual(said(down), said(first));
		const second = await recovered({ n: 2 }, worker('by our id'), life);
		assert.deepEqual([second.images.length, said(second), life.orders], [2, [], 1]);
		assert.deepEqual(second.reckoning, { usd: 1, estimated: false, open: 0 });
	});

	it('has all of them once, though some come before it breaks and some after', async () => {
		const life = new Life();
		let answers = 0;
		const first = await made({ n: 4 }, life, async (request, signal) =>
			++answers > 3 ? { lost: 'reset', unseen: false, detail: '' } : life.send(request, signal),
		);
		assert.ok(first.images.length > 0 && first.images.length < 4);
		await recovered({ n: 4 }, worker('by our id'), life);
		assert.equal(new Set(life.folder.values()).size, 4);
		assert.equal(life.folder.size, 4);
	});

	it('is given up after a week, and may have been charged', async () => {
		const life = new Life();
		await made({ n: 1 }, life, failingPolls(life, 100));
		const after = async (ms: number) => {
			const clock = { ...standingClock(), now: () => Date.parse(head.at) + ms };
			const world = worldOf(failingPolls(life, 100), { clock });
			return recovered({ n: 1 }, worker('by our id'), life, { world });
		};
		const week = 7 * 24 * 3_600_000;
		assert.deepEqual(said(await after(week)), ['unreachable unknown waits']);
		const late = await after(week + 1);
		assert.deepEqual([said(late), late.isUnfinished], [['unreachable unknown'], false]);
	});

	it('saves what had come, though there is no key any more, and waits for the rest', async () => {
		const whole = await lived({ n: 2 }, worker('by our id'));
		const came = whole.remains.find(({ text }) => text.includes('"arrived"')) ?? assert.fail();
		const life = new Life(came);
		const refusal = unsent('no-key');
		const first = await recovered({ n: 2 }, worker('by our id'), life, { refusal });
		assert.deepEqual([first.images.length, said(first)], [1, ['no-key unknown waits']]);
		assert.equal((await recovered({ n: 2 }, worker('by our id'), life)).images.length, 1);
		assert.equal(life.folder.size, 2);
	});

	it('waits only if it is written down', async () => {
		const life = new Life();
		const result = await made({ n: 1 }, life, failingPolls(life, 100), { journal: journalIn() });
		assert.deepEqual(said(result), ['unreachable unknown']);
	});
});

const full: SavePicture = async () => ({ ...unsent('no-space'), charged: 'yes', kept: 'lost' });
const broken: SavePicture = async () => Promise.reject(new Error('broken'));

describe('a picture that cannot be saved anywhere', () => {
	for (const [why, save] of [
		['the disk is full', full],
		['Limn is broken', broken],
	] as const) {
		it(`is safe where it lies, while ${why}`, async () => {
			const life = new Life();
			const first = await made({ n: 1 }, life, life.send, { save, onFault: () => undefined });
			assert.deepEqual(
				[first.failures.map(({ waits, kept }) => [waits, kept]), first.isUnfinished],
				[[[true, undefined]], false],
			);
			const second = await recovered({ n: 1 }, worker('by our id'), life, { save, onFault: () => undefined });
			assert.equal(second.failures[0]?.waits, true);
			assert.equal((await recovered({ n: 1 }, worker('by our id'), life)).images.length, 1);
		});
	}

	it('is no picture at all: then nothing waits', async () => {
		const life = new Life();
		const result = await made({ n: 1 }, life, life.send, {
			save: async () => ({ ...unsent('bad-reply'), charged: 'yes' }),
		});
		assert.deepEqual(said(result), ['bad-reply yes']);
	});
});

describe('what had failed before the window went', () => {
	const refusing: Provider = {
		...worker('by our id'),
		begin: () => ({ failures: [{ ...unsent('refused'), charged: 'yes' }], next: order }),
	};

	it('is told and counted, unless the person has heard it', async () => {
		const life = new Life();
		await made({ n: 2 }, life, life.send, { provider: refusing });
		const first = await recovered({ n: 2 }, worker('by our id'), life);
		assert.deepEqual([said(first), first.reckoning.open], [['refused yes'], 1]);
		await life.journal().told();
		assert.deepEqual(said(await recovered({ n: 2 }, worker('by our id'), life)), []);
	});
});

describe('a window that goes', () => {
	it('writes down nothing as failed, and publishes nothing more', async () => {
		const life = new Life();
		const controller = new AbortController();
		const plan = planOf({ n: 2 });
		const journal = new JobJournal(life.file, digest, (fault) => assert.fail(String(fault)), controller.signal);
		await journal.head({ ...head, n: 2, calls: [...plan.calls] }, {});
		const save: SavePicture = async (image, index) => {
			if (index === 2) controller.abort(new Leaving());
			return life.saver(journal)(image, index);
		};
		const others = { watched: false, onPreview: () => undefined, newId: () => 'call 1' };
		const ports = { ...portsOf(life, worker('by our id'), journal), ...others, save };
		await runJob(plan, ports, controller.signal);
		assert.equal(life.folder.size, 1);
		assert.doesNotMatch(life.file.text, /"failed"/);
		await recovered({ n: 2 }, worker('by our id'), life);
		assert.equal(life.folder.size, 2);
	});
});
