import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as z from 'zod';
import type { Plan } from '../../../src/catalogue/check';
import { type ImageError, unsent } from '../../../src/domain/imageError';
import type { ImageRequest } from '../../../src/domain/imageRequest';
import { say } from '../../../src/domain/message';
import type { JobResult, SavePicture } from '../../../src/domain/picture';
import type { Send } from '../../../src/generation/run';
import { limit } from '../../../src/generation/limit';
import { type JobPorts, runJob } from '../../../src/generation/runJob';
import type { Call, Delivery } from '../../../src/providers/provider';
import { planOf, sentence } from '../builders';
import {
	callOf,
	emptyReply,
	journalIn,
	pictureOf,
	planToRepaint,
	RememberedFile,
	saveAnything,
	type ScriptedStep,
	scripted,
	sendAtOnce,
	worldOf,
} from './scripted';

/** Every picture of a call at once, named by its number in the job. */
function everything({ n, before }: Call): readonly ScriptedStep[] {
	return [{ images: [] }, { images: Array.from({ length: n }, (_, index) => `${before + index + 1}`) }];
}

const ports: JobPorts = {
	provider: scripted(everything),
	world: worldOf(sendAtOnce),
	limited: limit(() => 3),
	watched: false,
	save: saveAnything,
	onArrival: () => undefined,
	onPreview: () => undefined,
	journal: journalIn(),
	newId: () => 'an id',
	onFault: (fault) => assert.fail(String(fault)),
};

async function run(
	changes: Partial<ImageRequest>,
	other: Partial<JobPorts> = {},
	controller = new AbortController(),
): Promise<JobResult> {
	return runJob(planOf(changes), { ...ports, provider: scripted(everything), ...other }, controller.signal);
}

function savedWith(found: object): SavePicture {
	return async (image, index) => ({ ...(await saveAnything(image, index)), ...found });
}

const codesOf = ({ failures }: JobResult): string[] => failures.map(({ code }) => code);
const seedsOf = ({ images }: JobResult): (string | undefined)[] => images.map(({ seed }) => seed);

describe('a job', () => {
	it('ends with every picture and all that is known of it', async () => {
		const provider = scripted(() => [{ images: ['7'] }]);
		assert.deepEqual(await run({ prompt: ' a fox ' }, { provider }), {
			images: [
				{
					id: '7#1',
					uri: 'test:/7',
					width: 2,
					height: 1,
					mimeType: 'image/png',
					operation: 'generate',
					prompt: 'a fox',
					model: 'openai/vendor/easel:2@1',
					seed: '7',
					costUsd: 1,
				},
			],
			failures: [],
			isUnfinished: false,
			reckoning: { usd: 1, estimated: false, open: 0 },
			warnings: [],
			cost: { usd: 1, estimated: false },
		});
	});

	it('tells what the provider made of the prompt, and leaves out what nobody said', async () => {
		const provider = scripted(() => [{ images: [] }]);
		const image = { bytes: new Uint8Array(), revisedPrompt: 'a red fox' };
		const { images } = await run({}, { provider: { ...provider, begin: () => ({ images: [image], done: true }) } });
		assert.equal(images[0]?.revisedPrompt, 'a red fox');
		assert.ok(images[0] && !('seed' in images[0]) && !('costUsd' in images[0]));
	});

	it('asks for so many pictures a call, and numbers them through', async () => {
		const calls: Call[] = [];
		const provider = scripted((call) => (calls.push(call), everything(call)));
		const result = await run({ n: 10, options: { quality: 'high' }, format: 'webp' }, { provider });
		const begun = [...new Map(calls.map((call) => [call.before, call])).values()];
		assert.deepEqual(
			begun.map(({ n, before }) => [n, before]),
			[
				[4, 0],
				[4, 4],
				[2, 8],
			],
		);
		for (const { prompt, size, options, format, task } of begun) {
			assert.deepEqual(
				{ prompt, size, options, format, task },
				{
					prompt: 'a fox at dawn',
					size: { kind: 'pixels', size: { width: 1024, height: 1024 } },
					options: { quality: 'high' },
					format: 'webp',
					task: { operation: 'generate' },
				},
			);
		}
		assert.deepEqual(
			result.images.map(({ id }) => id).toSorted(),
			Array.from({ length: 10 }, (_, index) => `${index + 1}#${index + 1}`).toSorted(),
		);
		assert.deepEqual(result.cost, { usd: 10, estimated: false });
	});

	it('goes on after the pictures of the series that are there already', async () => {
		assert.deepEqual(seedsOf(await run({ n: 2, already: 3 })), ['4', '5']);
		assert.deepEqual(seedsOf(await run({ n: 3, already: 1, model: 'sketch/easel' })), ['2', '3', '4']);
	});

	it('keeps no more than three calls under way', async () => {
		const open: (() => void)[] = [];
		let most = 0;
		const send: Send = async () => {
			await new Promise<void>((resolve) => open.push(resolve));
			return emptyReply;
		};
		const job = run({ n: 8, model: 'sketch/easel' }, { world: worldOf(send) });
		for (let done = 0; done < 8;) {
			await new Promise((resolve) => setImmediate(resolve));
			most = Math.max(most, open.length);
			const next = open.shift();
			if (next) done++;
			next?.();
		}
		assert.equal((await job).images.length, 8);
		assert.equal(most, 3);
	});

	it('asks for the next picture while one is saved', async () => {
		let saved: (() => void) | undefined;
		const save: SavePicture = async (image, index) => {
			if (index === 1) await new Promise<void>((resolve) => (saved = resolve));
			return saveAnything(image, index);
		};
		const orders: string[] = [];
		const send: Send = async () => (orders.push('asked'), emptyReply);
		const job = run({ n: 3, model: 'sketch/easel' }, { world: worldOf(send), save, limited: limit(() => 1) });
		await new Promise((resolve) => setImmediate(resolve));
		assert.equal(orders.length, 3);
		saved?.();
		assert.deepEqual(seedsOf(await job), ['1', '2', '3']);
	});

	it('has the pictures in order of arrival', async () => {
		const open: (() => void)[] = [];
		const send: Send = async () => {
			await new Promise<void>((resolve) => open.push(resolve));
			return emptyReply;
		};
		const job = run({ n: 3, model: 'sketch/easel' }, { world: worldOf(send) });
		for (const call of [2, 0, 1]) {
			await new Promise((resolve) => setImmediate(resolve));
			open[call]?.();
		}
		assert.deepEqual(seedsOf(await job), ['3', '1', '2']);
	});

	it('tells of each arrival once it is dealt with', async () => {
		const seen: string[] = [];
		const save: SavePicture = async (image, index) => (seen.push(`save ${index}`), saveAnything(image, index));
		const provider = scripted(() => [{ images: ['a', 'b'], failures: 1 }]);
		await run({ n: 4 }, { provider, save, onArrival: () => seen.push('arrival') });
		assert.deepEqual(seen, ['save 1', 'arrival', 'save 2', 'arrival', 'arrival', 'arrival']);
	});
});

describe('a job that does not go well', () => {
	it('tells what the provider refused', async () => {
		const provider = scripted(() => [{ images: ['a'], failures: 2 }, { images: ['b'] }]);
		const result = await run({ n: 4 }, { provider });
		assert.deepEqual(seedsOf(result), ['a', 'b']);
		assert.deepEqual(codesOf(result), ['refused', 'refused']);
	});

	it('counts what never came, and cannot say whether it cost money', async () => {
		const provider = scripted(() => [{ images: ['a'] }, { images: [] }]);
		const result = await run({ n: 3 }, { provider });
		assert.deepEqual(codesOf(result), ['bad-reply', 'bad-reply']);
		assert.ok(result.failures.every(({ charged }) => charged === 'unknown'));
		assert.match(sentence(result.failures[0]?.message), /^Fewer pictures came than were asked for/);
	});

	it('keeps more pictures than were asked for', async () => {
		const provider = scripted(() => [{ images: ['a', 'b', 'c'] }]);
		const result = await run({ n: 1 }, { provider });
		assert.deepEqual(seedsOf(result), ['a', 'b', 'c']);
		assert.deepEqual(result.failures, []);
	});

	it('goes on after a picture that could not be saved', async () => {
		const full: ImageError = { ...unsent('no-space'), charged: 'yes' };
		const save: SavePicture = async (image, index) => (image.seed === '2' ? full : saveAnything(image, index));
		const result = await run({ n: 4 }, { save });
		assert.deepEqual(seedsOf(result), ['1', '3', '4']);
		assert.deepEqual(result.failures, [full]);
	});

	it('repeats the provider’s reason for what it left out', async () => {
		const provider = scripted(() => [{ images: ['a'], failures: 1 }]);
		assert.deepEqual(codesOf(await run({ n: 4 }, { provider })), ['refused', 'refused', 'refused']);
	});

	it('tells a fault of Limn’s own to the log, and loses no more than it must', async () => {
		const fault = new TypeError('a fault');
		const faults: unknown[] = [];
		const onFault = (told: unknown) => void faults.push(told);
		const save: SavePicture = async (image, index) =>
			image.seed === '2' ? Promise.reject(fault) : saveAnything(image, index);
		const saved = await run({ n: 4 }, { save, onFault });
		assert.deepEqual([seedsOf(saved), codesOf(saved)], [['1', '3', '4'], ['bad-reply']]);
		let sent = 0;
		const send: Send = async (request, signal) => (sent++ === 1 ? Promise.reject(fault) : sendAtOnce(request, signal));
		const called = await run({ n: 3, model: 'sketch/easel' }, { world: worldOf(send), onFault });
		assert.deepEqual([called.images.length, codesOf(called)], [2, ['bad-reply']]);
		assert.deepEqual([saved.failures[0]?.charged, called.failures[0]?.charged], ['unknown', 'no'], 'the easel is free');
		assert.deepEqual(faults, [fault, fault]);
	});

	it('says how a picture was changed, once it was; what saving found out is a warning', async () => {
		const changed = planToRepaint();
		const signal = new AbortController().signal;
		const job = async (found: object) =>
			runJob(changed, { ...ports, provider: scripted(everything), save: savedWith(found) }, signal);
		const good = await job({ parent: 'p', changedOutsideMask: 0, warnings: [say('A little cropped.')] });
		assert.deepEqual(good.notes?.map(sentence), ['It was changed natively.', 'All else is as it was.']);
		assert.deepEqual(good.warnings.map(sentence), ['A little cropped.']);
		assert.deepEqual([good.images[0]?.parent, good.images[0]?.changedOutsideMask], ['p', 0]);
		const unkept = await job({ changedOutsideMask: 5 });
		assert.deepEqual(
			unkept.notes?.map(sentence),
			['It was changed natively.'],
			'a promise that is not kept is not made',
		);
		assert.equal((await job({ warnings: [say('It could not be put in its place.')] })).notes, undefined);
	});

	it('tells the model what the plan adds to the prompt, and who saves it does not', async () => {
		const prompts: string[] = [];
		const provider = scripted((call) => (prompts.push(call.prompt), everything(call)));
		const { images } = await runJob(planToRepaint(), { ...ports, provider }, new AbortController().signal);
		assert.deepEqual([...new Set(prompts)], ['a fox at dawn\n\nOnly the left half.']);
		assert.equal(images[0]?.prompt, 'a fox at dawn');
	});

	it('passes on the warnings of its plan', async () => {
		const { warnings } = await run({ options: { steps: 3 } });
		assert.deepEqual(warnings, planOf({ options: { steps: 3 } }).warnings);
		assert.equal(warnings.length, 1);
	});
});

describe('a job that is cancelled', () => {
	it('before it begins makes nothing', async () => {
		const controller = new AbortController();
		controller.abort();
		let saved = 0;
		const save: SavePicture = async (image, index) => (saved++, saveAnything(image, index));
		const result = await run({ n: 10 }, { save }, controller);
		assert.deepEqual(
			codesOf(result),
			Array.from({ length: 10 }, () => 'cancelled'),
		);
		assert.ok(result.failures.every(({ charged }) => charged === 'no'));
		assert.equal(saved, 0);
	});

	it('keeps the pictures that have arrived', async () => {
		const controller = new AbortController();
		const save: SavePicture = async (image, index) => {
			if (image.seed === '3') controller.abort();
			return saveAnything(image, index);
		};
		let asked = 0;
		const send: Send = async (_, signal) => {
			asked++;
			if (asked > 3) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
			signal.throwIfAborted();
			return emptyReply;
		};
		const result = await run({ n: 8, model: 'sketch/easel' }, { save, world: worldOf(send) }, controller);
		assert.deepEqual(seedsOf(result), ['1', '2', '3'], 'the one that was being saved is kept');
		assert.deepEqual(
			codesOf(result),
			Array.from({ length: 5 }, () => 'cancelled'),
		);
	});

	it('keeps every picture of a reply that has come', async () => {
		const controller = new AbortController();
		const save: SavePicture = async (image, index) => (controller.abort(), saveAnything(image, index));
		const result = await run({ n: 4 }, { save }, controller);
		assert.deepEqual(seedsOf(result), ['1', '2', '3', '4']);
		assert.deepEqual(result.failures, []);
	});

	it('counts a picture whose saving broke', async () => {
		const controller = new AbortController();
		const save: SavePicture = async () => {
			controller.abort();
			throw new Error('broken by the end');
		};
		const faults: unknown[] = [];
		const result = await run({ n: 3 }, { save, onFault: (fault) => faults.push(fault) }, controller);
		assert.equal(result.images.length + result.failures.length, 3);
		assert.equal(faults.length, 3, 'it is not taken for the cancel');
	});
});

describe('any job', () => {
	const step: fc.Arbitrary<ScriptedStep> = fc.record({
		images: fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 3 }),
		failures: fc.nat(2),
	});
	const scripts = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 10 });
	const counts = fc.integer({ min: 1, max: 20 });
	const models = fc.constantFrom('openai/vendor/easel:2@1', 'sketch/easel');

	it('accounts for everything: what came, what failed to save, and what never came', async () => {
		await fc.assert(
			fc.asyncProperty(scripts, counts, models, fc.nat(4), async (scripts, n, model, spoil) => {
				const plan = planOf({ n, model });
				const scriptOf = scriptFor(plan, scripts);
				let saves = 0;
				const save: SavePicture = async (image, index) => {
					saves++;
					return spoil > 0 && index % spoil === 0 ? unsent('not-writable') : saveAnything(image, index);
				};
				let arrivals = 0;
				const changes = { provider: scripted(scriptOf), save, onArrival: () => void arrivals++ };
				const { images, failures } = await runJob(plan, { ...ports, ...changes }, new AbortController().signal);
				let before = 0;
				const expected = plan.calls.map((wanted) => {
					const came = brought(scriptOf({ ...callAt(before), n: wanted }));
					before += wanted;
					return Math.max(wanted, came);
				});
				const total = expected.reduce((sum, count) => sum + count, 0);
				assert.equal(images.length + failures.length, total);
				assert.ok(total >= n);
				assert.equal(arrivals, total);
				assert.equal(images.length + failures.filter(({ code }) => code === 'not-writable').length, saves);
			}),
		);
	});

	it('accounts for everything also when it is cancelled at any moment', async () => {
		await fc.assert(
			fc.asyncProperty(scripts, counts, models, fc.nat(12), async (scripts, n, model, moment) => {
				const plan = planOf({ n, model });
				const controller = new AbortController();
				let ticks = 0;
				const tick = (): void => {
					if (ticks++ === moment) controller.abort();
				};
				const send: Send = async (request, signal) => {
					tick();
					await new Promise((resolve) => setImmediate(resolve));
					return sendAtOnce(request, signal);
				};
				const saved: string[] = [];
				const save: SavePicture = async (image, index) => {
					tick();
					const stored = await saveAnything(image, index);
					saved.push(stored.id);
					return stored;
				};
				const provider = scripted(scriptFor(plan, scripts));
				const { images, failures } = await runJob(
					plan,
					{ ...ports, provider, world: worldOf(send), save },
					controller.signal,
				);
				assert.ok(images.length + failures.length >= n);
				assert.deepEqual(images.map(({ id }) => id).toSorted(), saved.toSorted(), 'what was saved is told');
				if (!controller.signal.aborted) assert.ok(failures.every(({ code }) => code !== 'cancelled'));
			}),
		);
	});
});

/** Pictures and failures that a script brings for a call. */
function brought(script: readonly ScriptedStep[]): number {
	return script.reduce((sum, { images, failures = 0 }) => sum + images.length + failures, 0);
}

/** Gives each call of a plan a script of its own. */
function scriptFor(plan: Plan, scripts: readonly (readonly ScriptedStep[])[]) {
	return ({ before }: Call): readonly ScriptedStep[] => {
		const index = plan.calls.findIndex((_, index) => before === index * (plan.calls[0] ?? 1));
		return scripts[index % scripts.length] ?? [];
	};
}

function callAt(before: number): Call {
	return callOf({ before });
}

/** Everything that arrives at once, and nothing else. */
function bringing(images: NonNullable<Delivery['images']>, failures: readonly ImageError[] = []): Partial<JobPorts> {
	return { provider: { ...scripted(() => []), begin: () => ({ images, failures, done: true }) } };
}

describe('what a job cost', () => {
	const bytes = new Uint8Array();

	it('is what each picture says, and the price table for one that says nothing', async () => {
		const { cost } = await run({ n: 2 }, bringing([pictureOf('a'), { bytes }]));
		assert.deepEqual(cost, { usd: 1.04, estimated: true });
		const known = await run({ n: 2 }, bringing([pictureOf('a'), pictureOf('b')]));
		assert.deepEqual(known.cost, { usd: 2, estimated: false });
	});

	it('counts pictures that were paid and could not be saved', async () => {
		const lost: ImageError = { ...unsent('no-space'), charged: 'yes' };
		const all = { ...bringing([pictureOf('a'), pictureOf('b')]), save: async () => lost };
		const { cost } = await run({ n: 2 }, all);
		assert.deepEqual(cost, { usd: 2, estimated: false });
	});

	it('counts pictures that were paid and could not be fetched', async () => {
		const world = worldOf(sendAtOnce, { download: async () => unsent('unreachable') });
		const images = [{ url: '/lost.png', costUsd: 0.04 }, pictureOf('a')];
		const { cost, failures } = await run({ n: 2 }, { ...bringing(images), world });
		assert.deepEqual([cost, failures[0]?.charged], [{ usd: 1.04, estimated: false }, 'yes']);
	});

	it('is an estimate where something else may have been charged, and unknown where nothing is known', async () => {
		const lost: ImageError = { code: 'timed-out', charged: 'unknown' };
		const some = await run({ n: 2 }, bringing([pictureOf('a')], [lost]));
		assert.deepEqual(some.cost, { usd: 1, estimated: true });
		assert.equal((await run({ n: 1 }, bringing([], [lost]))).cost, undefined);
		assert.deepEqual((await run({ n: 1 }, bringing([], [unsent('refused')]))).cost, { usd: 0, estimated: false });
	});

	it('is unknown where a picture has no price', async () => {
		const plan = planOf({ n: 2 });
		const priceless = { ...plan, offer: { ...plan.offer, price: { read: '2026-11-01', rows: [] } } };
		const all = { ...ports, ...bringing([pictureOf('a'), { bytes }]) };
		const { images, cost } = await runJob(priceless, all, new AbortController().signal);
		assert.deepEqual([images.length, cost], [2, undefined]);
	});
});

describe('a job of several calls', () => {
	it('gives each call an id of its own, and tells what the provider has taken on', async () => {
		let ids = 0;
		const file = new RememberedFile();
		const provider = scripted(everything);
		const begun: typeof provider = {
			...provider,
			begin: (call) => ({ ...provider.begin(call), state: { ticket: `ticket of ${call.id}`, handed: [], polls: 0 } }),
		};
		const result = await run(
			{ n: 9 },
			{
				provider: begun,
				newId: () => `id ${++ids}`,
				journal: journalIn(file),
			},
		);
		assert.equal(result.images.length, 9);
		const lines = file.text.split('\n').filter((line) => line.includes('"state"'));
		const taken = lines.map((line) =>
			z.object({ call: z.string(), state: z.object({ ticket: z.string() }) }).parse(JSON.parse(line)),
		);
		assert.deepEqual(
			taken.map(({ call, state }) => [call, state.ticket]),
			[
				['id 1', 'ticket of id 1'],
				['id 2', 'ticket of id 2'],
				['id 3', 'ticket of id 3'],
			],
		);
	});

	it('gives no two pictures the same number, though each call brings more than it was asked for', async () => {
		const indexes: number[] = [];
		const provider = scripted(({ n, before }) => [
			{ images: Array.from({ length: n + 2 }, (_, index) => `${before} ${index}`) },
		]);
		const { images } = await run({ n: 9 }, { provider, onArrival: (_, index) => indexes.push(index) });
		assert.equal(new Set(indexes).size, images.length);
		assert.deepEqual(
			indexes.toSorted((a, b) => a - b),
			Array.from({ length: images.length }, (_, index) => index + 1),
		);
	});

	it('says once what all of them have to say', async () => {
		const provider = scripted(everything);
		const wary: typeof provider = {
			...provider,
			begin: (call) => ({ ...provider.begin(call), warnings: [say('Left out.')] }),
		};
		const { warnings } = await run({ n: 9, options: { steps: 3 } }, { provider: wary });
		assert.deepEqual(
			warnings.map((warning) => sentence(warning)),
			[
				'openai/vendor/easel:2@1 does not take the option steps: it was left out. It takes: quality, seed.',
				'Left out.',
			],
		);
	});
});
