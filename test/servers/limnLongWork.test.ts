import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { encode } from 'fast-png';
import * as z from 'zod';
import { sniff } from '../../src/image/sniff';
import type { Call } from '../../src/providers/provider';
import { quotedBy } from '../../src/providers/runware/reply';
import { quoteFor } from '../../src/providers/runware/request';
import { noise } from '../unit/builders';
import { callFor } from '../unit/providers/calls';
import type { Emulator } from './emulator';
import type { FaultName } from './faults';
import { limn, type Made } from './limn';
import { startReplicate } from './replicate';
import { type RunwareOptions, startRunware } from './runware';
import { emulators } from './testing';

/** A call with an id of its own. */
function runwareCall(n = 1, options: Call['options'] = {}): Call {
	const wish = { n, options, size: { kind: 'pixels', size: { width: 512, height: 512 } } } as const;
	return callFor('runware/runware:100@1', wish, { id: randomUUID() });
}

const picture = { bytes: encode({ ...noise(64, 64, 5, 255), channels: 4, depth: 8 }), format: 'png' } as const;

/** What the record of a job has to hold. */
const written = z.strictObject({
	ticket: z.uuid().exactOptional(),
	handed: z.array(z.string()),
	polls: z.int(),
	quiet: z.int().exactOptional(),
	lost: z.boolean().exactOptional(),
});

/** Of the orders, not of the polls. */
function orders({ requests }: Emulator): number {
	return requests.filter(({ text = '' }) => text.includes('"imageInference"')).length;
}

/** Of Replicate's predictions. */
function creations({ requests }: Emulator): number {
	return requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/predictions')).length;
}

function counted({ images, failures }: Made): string {
	const codes = failures.map(({ code, charged }) => `${code} ${charged}`);
	return [`${images.length} pictures`, ...codes].join(', ');
}

describe('work that Runware has taken on, for Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');
	const make = async (options: RunwareOptions, call = runwareCall()) => {
		const emulator = await started(startRunware(options));
		return { emulator, made: await client.make(emulator, call) };
	};

	it('is waited for, through empty answers, and under whatever name its states have', async () => {
		for (const options of [{ polls: 1 }, { polls: 5 }, { emptyPolls: 3 }, { unfinished: 'pending' }] as const) {
			const { emulator, made } = await make(options, runwareCall(4));
			assert.equal(counted(made), '4 pictures');
			assert.deepEqual([orders(emulator), emulator.charges], [1, 1]);
			assert.ok((made.images[0]?.costUsd ?? 0) > 0);
		}
	});

	it('is waited for though nothing is heard of it for minutes, but not for ever', async () => {
		assert.equal(counted((await make({ emptyPolls: 100 }, runwareCall(2))).made), '2 pictures');
		const { emulator, made } = await make({ polls: Infinity });
		assert.equal(counted(made), '0 pictures, timed-out unknown');
		assert.equal(orders(emulator), 1);
	});

	it('was cancelled there, or failed: that is said in the words of the server', async () => {
		for (const failureCode of ['taskCancelled', 'taskFailedOrNotFound']) {
			const { made } = await make({ failing: 1, failureCode });
			assert.equal(counted(made), '0 pictures, server-error unknown');
			assert.equal(made.failures[0]?.said?.by, 'Runware');
		}
	});

	it('may fail in part, or bring more than was asked for', async () => {
		for (const failureForm of ['errors', 'item'] as const) {
			const { made } = await make({ failing: 2, failureForm }, runwareCall(5));
			assert.equal(counted(made), '3 pictures, timed-out unknown, timed-out unknown');
		}
		assert.equal(counted((await make({ failing: 3 }, runwareCall(3))).made).split(', ').length, 4);
		assert.equal(counted((await make({ extraResults: 2 }, runwareCall(3))).made), '5 pictures');
	});

	it('is asked for and never ordered twice, however its answer is lost', async () => {
		for (const fault of [
			'reset',
			'reset-body',
			'cut',
			'500',
			'502-html',
			'504-html',
			'bad-json',
			'html',
		] satisfies FaultName[]) {
			const emulator = await started(startRunware());
			emulator.fail(fault, { times: 1 });
			assert.equal(counted(await client.make(emulator, runwareCall())), '1 pictures', fault);
			assert.deepEqual([orders(emulator), emulator.charges], [1, 1], fault);
		}
	});

	it('was taken on if it is said to be in conflict with itself', async () => {
		const emulator = await started(startRunware());
		const call = runwareCall();
		assert.equal(counted(await client.make(emulator, call)), '1 pictures');
		assert.equal(counted(await client.make(emulator, call)), '1 pictures');
		assert.deepEqual([orders(emulator), emulator.charges], [2, 1]);
	});

	it('is taken up again after a reload, with nothing but what was written down', async () => {
		const emulator = await started(startRunware());
		const call = runwareCall(3);
		const { taken } = await client.make(emulator, call);
		const state = written.parse(JSON.parse(JSON.stringify(taken[0])));
		assert.equal(counted(await client.make(emulator, call, state)), '3 pictures');
		assert.deepEqual([orders(emulator), emulator.charges], [1, 1]);
	});

	it('brings pictures in each of its ways, with seeds in every digit', async () => {
		for (const outputType of ['URL', 'base64Data', 'dataURI']) {
			const { made } = await make({}, runwareCall(1, { outputType, seed: '6110856530272051867' }));
			assert.equal(sniff(made.images[0]?.bytes ?? new Uint8Array())?.format, 'png');
			assert.equal(made.images[0]?.seed, '6110856530272051867');
		}
	});

	it('has a price beforehand, and is charged nothing for the telling', async () => {
		const emulator = await started(startRunware());
		const call = callFor('runware/openai:gpt-image@2', { n: 2, options: { quality: 'low' } });
		assert.equal(quotedBy(await client.ask(emulator, quoteFor(call), 'runware')), 0.012);
		assert.equal(emulator.charges, 0);
	});
});

describe('work that Replicate has taken on, for Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');
	const call = callFor('replicate/openai/gpt-image-2', { prompt: 'a fox', n: 2 });

	it('is waited for, and taken up again after a reload', async () => {
		const emulator = await started(startReplicate({ polls: 4 }));
		const made = await client.make(emulator, call);
		assert.equal(counted(made), '2 pictures');
		const [state] = made.taken;
		assert.match(state?.ticket ?? '', /^[\w-]+$/);
		assert.equal(counted(await client.make(emulator, call, state)), '2 pictures');
		assert.equal(emulator.charges, 1);
	});

	it('is ordered in parts where a model gives fewer at once, and no picture is ordered twice', async () => {
		const models = {
			'black-forest-labs/flux-schnell': [6, 2],
			'black-forest-labs/flux-fill-dev': [9, 3],
			'stability-ai/stable-diffusion': [5, 2],
			'openai/gpt-image-2': [10, 1],
		} as const;
		for (const [name, [n, parts]] of Object.entries(models)) {
			const emulator = await started(startReplicate());
			const edit = { task: { operation: 'edit', images: [picture] } } as const;
			const many = callFor(`replicate/${name}`, { prompt: 'a fox' }, { n, ...(name.includes('fill') && edit) });
			const made = await client.make(emulator, many);
			assert.equal(counted(made), `${n} pictures`, name);
			assert.deepEqual([emulator.charges, creations(emulator)], [parts, parts], name);
			const tickets = made.taken.filter(({ ticket }) => ticket !== undefined);
			const [first, last] = [tickets[0], tickets.at(-1)];
			// Who is done at once has no name to ask for.
			if (!last) continue;
			// With what was written down of the last part: the earlier ones are not asked for again.
			const again = await client.make(emulator, many, last);
			assert.equal(again.images.length, n - last.handed.length, name);
			assert.equal(creations(emulator), parts, name);
			if (parts === 1) continue;
			// With that of the first: the others are ordered.
			assert.equal(counted(await client.make(emulator, many, first)), `${n} pictures`, name);
			assert.equal(creations(emulator), 2 * parts - 1, name);
		}
	});

	it('ends with the part that fails: what was never ordered costs nothing', async () => {
		const emulator = await started(startReplicate());
		const many = callFor('replicate/black-forest-labs/flux-schnell', { prompt: 'a fox !nsfw' }, { n: 6 });
		const refusals = ['unknown', 'unknown', 'unknown', 'unknown', 'no', 'no'].map((charged) => `refused ${charged}`);
		assert.equal(counted(await client.make(emulator, many)), ['0 pictures', ...refusals].join(', '));
		assert.equal(creations(emulator), 1);
	});

	it('is gone after an hour, and that is said', async () => {
		let now = Date.UTC(2026, 10, 21);
		const emulator = await started(startReplicate({ now: () => now }));
		const { taken } = await client.make(emulator, call);
		now += 2 * 3_600_000;
		assert.equal(counted(await client.make(emulator, call, taken[0])), '0 pictures, bad-reply yes, bad-reply yes');
		now += 40 * 24 * 3_600_000;
		assert.match(counted(await client.make(emulator, call, taken[0])), /^0 pictures, bad-reply unknown/);
	});

	it('ends in each of its ways', async () => {
		const ends = {
			'!failed': 'server-error unknown',
			'!nsfw': 'refused unknown',
			'!flagged': 'refused unknown',
			'!canceled': 'cancelled unknown',
			'!aborted': 'timed-out no',
		};
		for (const [word, end] of Object.entries(ends)) {
			const emulator = await started(startReplicate());
			const one = callFor('replicate/black-forest-labs/flux-schnell', { prompt: `a fox ${word}` });
			assert.equal(counted(await client.make(emulator, one)), `0 pictures, ${end}`, word);
		}
	});

	it('is not ordered twice where the answer is lost: what became of it nobody knows', async () => {
		for (const fault of ['reset', '504-html'] satisfies FaultName[]) {
			const emulator = await started(startReplicate());
			emulator.fail(fault, { times: 1 });
			assert.match(counted(await client.make(emulator, call)), /^0 pictures, [\w-]+ unknown/, fault);
			assert.equal(emulator.requests.filter(({ method }) => method === 'POST').length, 1, fault);
		}
	});
});
