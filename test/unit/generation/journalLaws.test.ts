import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import type { ReceivedImage } from '../../../src/domain/picture';
import type { JobHead } from '../../../src/generation/journalLines';
import type { JobJournal } from '../../../src/generation/journal';
import {
	type JobRecord,
	type RecordedCall,
	type RecordedPicture,
	readJob,
} from '../../../src/generation/journalRecord';
import type { CallState } from '../../../src/providers/provider';
import { digest, journalIn, RememberedFile } from './scripted';

const head: JobHead = {
	id: 'job',
	at: '2026-11-22T08:00:00.000Z',
	model: 'a/b',
	n: 4,
	calls: [4],
};

const order = { prompt: 'ü 森\u2028\n' };

type Act =
	| { readonly act: 'begin'; readonly call: number; readonly n: number; readonly before: number }
	| { readonly act: 'reached'; readonly call: number; readonly state: CallState }
	| { readonly act: 'arrived'; readonly at: number; readonly image: ReceivedImage }
	| { readonly act: 'publishing'; readonly at: number; readonly id: string; readonly path: string }
	| { readonly act: 'saved'; readonly at: number }
	| { readonly act: 'failed'; readonly at: number; readonly charged: 'no' | 'yes' | 'unknown'; readonly kept?: string };

const at = fc.integer({ min: 1, max: 5 });
const callIndex = fc.nat({ max: 2 });
const words = fc.string({ unit: 'grapheme', maxLength: 12 });

const states: fc.Arbitrary<CallState> = fc.record(
	{
		handed: fc.array(words, { maxLength: 3 }),
		polls: fc.nat(),
		ticket: words,
		asked: fc.nat(),
		version: words,
		quiet: fc.nat(),
		lost: fc.boolean(),
	},
	{ requiredKeys: ['handed', 'polls'], noNullPrototype: true },
);

const images: fc.Arbitrary<ReceivedImage> = fc.record(
	{ bytes: fc.uint8Array({ maxLength: 9 }), seed: words, revisedPrompt: words, costUsd: fc.constantFrom(0, 0.04) },
	{ requiredKeys: ['bytes'] },
);

const acts: fc.Arbitrary<Act> = fc.oneof(
	fc.record({ act: fc.constant('begin' as const), call: callIndex, n: at, before: fc.nat({ max: 9 }) }),
	fc.record({ act: fc.constant('reached' as const), call: callIndex, state: states }),
	fc.record({ act: fc.constant('arrived' as const), at, image: images }),
	fc.record({ act: fc.constant('publishing' as const), at, id: words, path: words }),
	fc.record({ act: fc.constant('saved' as const), at }),
	fc.record(
		{
			act: fc.constant('failed' as const),
			at,
			charged: fc.constantFrom('no' as const, 'yes' as const, 'unknown' as const),
			kept: words,
		},
		{ requiredKeys: ['act', 'at', 'charged'] },
	),
);

async function perform(journal: JobJournal, act: Act): Promise<void> {
	switch (act.act) {
		case 'begin':
			return journal.begin({ id: `c${act.call}`, n: act.n, before: act.before });
		case 'reached':
			return journal.reached({ id: `c${act.call}` }, act.state);
		case 'arrived':
			await journal.arrived(act.image, act.at);
			return;
		case 'publishing':
			return journal.publishing(act.at, act.id, act.path);
		case 'saved':
			return journal.saved(act.at);
		case 'failed':
			return journal.failed(
				{ code: 'no-space', charged: act.charged, ...(act.kept !== undefined && { kept: { at: act.kept } }) },
				act.at,
			);
	}
}

/** What is to be known after acts. */
class Model {
	readonly calls = new Map<string, RecordedCall>();
	readonly pictures = new Map<number, RecordedPicture>();

	async take(act: Act): Promise<void> {
		if (act.act === 'begin') this.calls.set(`c${act.call}`, { id: `c${act.call}`, n: act.n, before: act.before });
		else if (act.act === 'reached') {
			const begun = this.calls.get(`c${act.call}`);
			if (begun) this.calls.set(begun.id, { ...begun, state: act.state });
		} else {
			const before = act.act === 'arrived' ? {} : this.pictures.get(act.at);
			this.pictures.set(act.at, { ...before, ...(await newsOf(act)) });
		}
	}
}

async function newsOf(act: Exclude<Act, { readonly act: 'begin' | 'reached' }>): Promise<RecordedPicture> {
	switch (act.act) {
		case 'arrived': {
			const { bytes, ...facts } = act.image;
			return { arrived: { file: `${act.at}.picture`, digest: await digest(bytes), facts } };
		}
		case 'publishing':
			return { publishing: { id: act.id, path: act.path } };
		case 'saved':
			return { ending: 'saved' };
		case 'failed':
			return { ending: { code: 'no-space', charged: act.charged, ...(act.kept !== undefined && { kept: act.kept }) } };
	}
}

/** A job's text after acts, and what is known after each line of it. */
async function written(some: readonly Act[]): Promise<{ readonly file: RememberedFile; readonly models: Model[] }> {
	const file = new RememberedFile();
	const journal = journalIn(file);
	await journal.head(head, order);
	// Of a line each.
	const models = [new Model(), new Model()];
	for (const act of some) {
		await perform(journal, act);
		const model = new Model();
		for (const done of some.slice(0, models.length - 1)) await model.take(done);
		models.push(model);
	}
	return { file, models };
}

const jobs = fc.array(acts, { maxLength: 14 });

function recordOf(text: string): JobRecord {
	const record = readJob(text);
	return typeof record === 'string' ? assert.fail(record) : record;
}

function assertModel(text: string, model: Model | undefined): void {
	const { head: found, calls, pictures, damaged } = recordOf(text);
	assert.deepEqual(found, head);
	assert.deepEqual(calls, [...(model?.calls.values() ?? [])]);
	assert.deepEqual(pictures, model?.pictures);
	assert.equal(damaged, 0);
}

describe('any job', () => {
	it('is read as what was done, wherever its text ends', async () => {
		await fc.assert(
			fc.asyncProperty(jobs, fc.nat(), async (some, cut) => {
				const { file, models } = await written(some);
				assertModel(file.text, models.at(-1));
				const torn = file.text.slice(0, cut % (file.text.length + 1));
				const lines = torn.split('\n').length - 1;
				if (lines === 0) assert.equal(readJob(torn), 'torn');
				else assertModel(torn, models[lines - 1]);
			}),
			{ numRuns: 200 },
		);
	});

	it('of which bytes are damaged tells nothing that did not happen', async () => {
		await fc.assert(
			fc.asyncProperty(jobs, fc.array(damages, { minLength: 1, maxLength: 4 }), async (some, harms) => {
				const { file, models } = await written(some);
				let bytes: Uint8Array = Buffer.from(file.text);
				for (const harm of harms) bytes = harm(bytes);
				const record = readJob(Buffer.from(bytes).toString());
				if (typeof record === 'string') return;
				assert.deepEqual(record.head, head);
				assertHappened(record.pictures, models);
				const begun = new Set(
					models.flatMap(({ calls }) => [...calls.values()].map(({ id, n, before }) => `${id} ${n} ${before}`)),
				);
				for (const { id, n, before } of record.calls) assert.ok(begun.has(`${id} ${n} ${before}`));
			}),
			{ numRuns: 2000 },
		);
	});

	it('is read with a line of ten megabytes in it', async () => {
		const { file, models } = await written([{ act: 'saved', at: 1 }]);
		const long = { kind: 'job', order: 'x'.repeat(10_000_000) };
		for (const line of [`${JSON.stringify(long)}\n`, `${'\0'.repeat(10_000_000)}\n`, `${'['.repeat(10_000_000)}\n`]) {
			const record = recordOf(file.text + line);
			assert.deepEqual([record.pictures, record.damaged], [models.at(-1)?.pictures, 1]);
		}
	});
});

function isOld(fact: unknown, known: readonly unknown[]): boolean {
	return fact === undefined || known.some((other) => isDeepStrictEqual(other, fact));
}

/** Each fact of each picture was so at some time. */
function assertHappened(pictures: ReadonlyMap<number, RecordedPicture>, models: readonly Model[]): void {
	for (const [index, { arrived, publishing, ending }] of pictures) {
		const then = models.map((model) => model.pictures.get(index));
		assert.ok(
			isOld(
				arrived,
				then.map((known) => known?.arrived),
			),
			`${index} arrived`,
		);
		assert.ok(
			isOld(
				publishing,
				then.map((known) => known?.publishing),
			),
			`${index} publishing`,
		);
		assert.ok(
			isOld(
				ending,
				then.map((known) => known?.ending),
			),
			`${index} ending`,
		);
	}
}

type Harm = (bytes: Uint8Array) => Uint8Array;

function inserted(at: number, garbage: Uint8Array): Harm {
	return (bytes) => {
		const place = at % (bytes.length + 1);
		return Buffer.concat([bytes.subarray(0, place), garbage, bytes.subarray(place)]);
	};
}

const damages: fc.Arbitrary<Harm> = fc.oneof(
	fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, mask]): Harm => (bytes) => {
		const flipped = Buffer.from(bytes);
		if (flipped.length > 0) flipped[at % flipped.length] = (flipped[at % flipped.length] ?? 0) ^ mask;
		return flipped;
	}),
	// One digit for another is the worst that can happen to a number.
	fc.tuple(fc.nat(), fc.integer({ min: 0, max: 9 })).map(([at, digit]): Harm => (bytes) => {
		const text = Buffer.from(bytes).toString();
		const digits = [...text.matchAll(/\d/g)];
		const place = digits[at % Math.max(1, digits.length)]?.index ?? 0;
		return Buffer.from(`${text.slice(0, place)}${digit}${text.slice(place + 1)}`);
	}),
	fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 30 })).map(([at, garbage]) => inserted(at, garbage)),
	fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5000 })).map(([at, length]) => inserted(at, new Uint8Array(length))),
	fc
		.tuple(
			fc.nat(),
			fc.constantFrom('{"kind":"saved","index":1,"by":"v2"}\n', '{"kind":"job","version":2}\n', '\n\n', '{}\n'),
		)
		.map(([at, line]) => inserted(at, Buffer.from(line))),
	fc.tuple(fc.nat(), fc.nat({ max: 300 })).map(([at, length]): Harm => (bytes) => {
		const place = at % (bytes.length + 1);
		return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + length)]);
	}),
);
