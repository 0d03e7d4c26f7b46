import assert from 'node:assert/strict';
import type { ReceivedImage } from '../../../src/domain/picture';
import { type JobFile, JobJournal } from '../../../src/generation/journal';
import type { JobHead } from '../../../src/generation/journalLines';
import { readJob } from '../../../src/generation/journalRecord';
import type { CallState } from '../../../src/providers/provider';
import { digest, RememberedFile } from './scripted';

/** Remembers what was done to it. */
class Memory extends RememberedFile {
	readonly acts: string[] = [];
	/** The act that fails, counted from 1. */
	failsAt = 0;

	/** As a job has it. */
	readonly file: JobFile = {
		write: async (line) => this.#act('write', async () => this.write(line)),
		stage: async (name, bytes) => this.#act(`stage ${name}`, async () => this.stage(name, bytes)),
		remove: async () => this.#act('remove', this.remove),
	};

	async #act(act: string, work: () => Promise<void>): Promise<void> {
		this.acts.push(act);
		if (this.acts.length === this.failsAt) throw new Error(act);
		await work();
	}
}

function journalOf(file: JobFile | undefined): { readonly journal: JobJournal; readonly faults: unknown[] } {
	const faults: unknown[] = [];
	return { journal: new JobJournal(file, digest, (fault) => void faults.push(fault)), faults };
}

const head: JobHead = {
	id: 'job',
	at: '2026-11-22T08:00:00.000Z',
	model: 'a/b',
	origin: 'https://images.example',
	n: 4,
	usd: 0.16,
	calls: [2, 2],
};
const order = { prompt: 'ü 森\u2028\n' };
const call = { id: 'call', n: 2, before: 0 };
const image: ReceivedImage = { bytes: Uint8Array.of(1, 2, 3), seed: '7', costUsd: 0.04 };
const state: CallState = { handed: ['a'], polls: 2, ticket: 't', asked: 5, quiet: 1, lost: true, version: 'v' };

/** One of each. */
async function actAll(journal: JobJournal): Promise<void> {
	await journal.head(head, order);
	await journal.begin(call);
	await journal.reached(call, state);
	await journal.arrived(image, 1);
	await journal.publishing(1, 'id', 'folder/fox.png');
	await journal.saved(1);
	await journal.failed({ code: 'unreachable', charged: 'unknown' }, 2, 0.02);
}

function recordOf(text: string): Exclude<ReturnType<typeof readJob>, string> {
	const record = readJob(text);
	return typeof record === 'string' ? assert.fail(record) : record;
}

describe('a job’s journal', () => {
	it('has a line for each act, and a picture before the line that tells of it', async () => {
		const file = new Memory();
		const { journal, faults } = journalOf(file.file);
		await actAll(journal);
		assert.deepEqual(file.acts, ['write', 'write', 'write', 'stage 1.picture', 'write', 'write', 'write', 'write']);
		const kinds = file.text.split('\n').map((line) => /^\{"kind":"(\w+)"/.exec(line)?.[1]);
		const expected = ['job', 'order', 'call', 'state', 'arrived', 'publishing', 'saved', 'failed', undefined];
		assert.deepEqual(kinds, expected);
		assert.deepEqual(file.staged.get('1.picture'), image.bytes);
		assert.deepEqual(faults, []);
	});

	it('is read as it was written', async () => {
		const file = new Memory();
		await actAll(journalOf(file.file).journal);
		const { head: found, order: ordered, calls, pictures, isTold, damaged } = recordOf(file.text);
		assert.deepEqual([found, ordered, isTold], [head, order, false]);
		assert.deepEqual(calls, [{ ...call, state }]);
		const sum = await digest(image.bytes);
		assert.deepEqual(
			[...pictures],
			[
				[
					1,
					{
						arrived: { file: '1.picture', digest: sum, facts: { seed: '7', costUsd: 0.04 } },
						publishing: { id: 'id', path: 'folder/fox.png' },
						ending: 'saved',
					},
				],
				[2, { ending: { code: 'unreachable', charged: 'unknown', costUsd: 0.02 } }],
			],
		);
		assert.equal(damaged, 0);
	});

	it('says where a picture is kept that could not be saved, and until when it is not', async () => {
		const file = new Memory();
		const { journal } = journalOf(file.file);
		await journal.head(head, order);
		await journal.failed({ code: 'no-space', charged: 'yes', kept: { at: '/kept/fox.png' } }, 1);
		assert.deepEqual(recordOf(file.text).pictures.get(1)?.ending, {
			code: 'no-space',
			charged: 'yes',
			kept: '/kept/fox.png',
		});
		await journal.saved(1);
		assert.equal(recordOf(file.text).pictures.get(1)?.ending, 'saved');
	});

	it('goes at the end, also after a fault', async () => {
		for (const failsAt of [0, 1, 3]) {
			const file = new Memory();
			file.failsAt = failsAt;
			const { journal, faults } = journalOf(file.file);
			await actAll(journal);
			await journal.end();
			assert.equal(file.isRemoved, true);
			assert.equal(faults.length, failsAt === 0 ? 0 : 1);
		}
	});

	it('tells its first fault, goes on, and stops nothing', async () => {
		const whole = new Memory();
		await actAll(journalOf(whole.file).journal);
		for (let failsAt = 1; failsAt <= whole.acts.length; failsAt++) {
			const file = new Memory();
			file.failsAt = failsAt;
			const { journal, faults } = journalOf(file.file);
			await actAll(journal);
			assert.deepEqual(faults.map(String), [`Error: ${whole.acts[failsAt - 1]}`]);
			// Only the line is missing that could not be written, or whose picture could not.
			const lines = file.text.split('\n');
			assert.ok(lines.every((line) => whole.text.includes(line)));
			if (failsAt > 1) assert.equal(lines.length, whole.text.split('\n').length - 1);
		}
	});

	it('tells of an end that fails, and of a digest', async () => {
		const file = new Memory();
		file.failsAt = 1;
		const { journal, faults } = journalOf(file.file);
		await journal.end();
		assert.equal(faults.length, 1);
		const broken = new JobJournal(
			file.file,
			async () => Promise.reject(new Error('x')),
			(fault) => void faults.push(fault),
		);
		await broken.arrived(image, 1);
		await broken.saved(1);
		assert.deepEqual([faults.length, file.text.includes('"arrived"'), file.text.includes('"saved"')], [2, false, true]);
	});

	it('is nothing without a file', async () => {
		const { journal, faults } = journalOf(undefined);
		await actAll(journal);
		await journal.end();
		assert.deepEqual(faults, []);
	});
});

describe('what is no journal', () => {
	it('is torn before the first whole line, newer by its own word, else damaged', async () => {
		const file = new Memory();
		await journalOf(file.file).journal.head(head, order);
		for (const text of ['', '{"kind":"job"', file.text.split('\n')[0] ?? '']) assert.equal(readJob(text), 'torn', text);
		assert.equal(readJob('{"kind":"job","version":2}\n'), 'newer');
		assert.equal(readJob(`{"kind":"job","version":99,"x":1,"sum":"00000000"}\nx`), 'newer');
		for (const text of [
			'\n',
			'x\n',
			'{}\n',
			'null\n',
			'{"kind":"job","version":1}\n',
			'{"kind":"job","version":0}\n',
			'{"kind":"job","version":"2"}\n',
			file.text.replace('"n":4', '"n":5'),
			`x${file.text}`,
			`\n${file.text}`,
		]) {
			assert.equal(readJob(text), 'damaged', text);
		}
	});
});
