import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Uri } from 'vscode';
import { type ImageError, unsent } from '../../src/domain/imageError';
import type { JobResult, SavedImage } from '../../src/domain/picture';
import type { JobWatch } from '../../src/host/imageMaker';
import { jobViewOf } from '../../src/host/studio/jobViews';
import { Said } from '../../src/host/studio/said';
import { StudioJobs } from '../../src/host/studio/studioJobs';
import type { Wish } from '../../src/host/wish';
import { encodePng } from '../../src/image/encodePng';
import type { Draft } from '../../src/protocol/draft';
import { chosenDestination } from '../../src/workspace/destination';
import { codecs } from '../unit/image/nodeCodecs';
import { photo } from './photo';
import { until } from './until';

const destination = chosenDestination(Uri.file('/nowhere'));
const wish: Wish = { prompt: 'a fox', n: 2, options: {}, destination };

const image: SavedImage = {
	id: '0123456789abcdef',
	uri: 'file:///nowhere/a-fox.png',
	width: 8,
	height: 8,
	mimeType: 'image/png',
	operation: 'generate',
	prompt: 'a fox',
	model: 'sketch/placeholder',
};

/** An order for a picture that has changed since. */
const changed: Draft = { prompt: 'a fox', n: 2, options: {}, references: [], source: 'p1', seen: 'another' };

type Script = (wish: Wish, watch: JobWatch) => Promise<JobResult>;

/** The studio's jobs, made by a script. */
async function jobsOf(script: Script, refusal?: JobResult) {
	const unfinished = Uri.file(await mkdtemp(path.join(os.tmpdir(), 'limn-jobs-')));
	const wishes: Wish[] = [];
	const rewritten: Wish[] = [];
	const faults: string[] = [];
	/** ms since the epoch; and what the picture of an order is now. */
	const world = { now: 0, stamp: 'one' };
	const jobs = new StudioJobs({
		maker: {
			prepare: async (given) => {
				wishes.push(given);
				return refusal ?? { run: async (watch) => script(given, watch) };
			},
			succeeding: async (given) => ({ wish: { ...given, model: 'openai/gpt-image-2' }, changes: [] }),
		},
		clock: { now: () => world.now },
		log: { error: (fault: string | Error) => faults.push(String(fault)) },
		unfinished,
		rewrite: ({ wish: given }) => rewritten.push(given),
		mustBeAsSeen: async (draft) => {
			if (draft?.seen !== undefined && draft.seen !== world.stamp) throw new Said('It has changed.');
		},
	});
	return { jobs, wishes, rewritten, faults, unfinished, world };
}

/** What a webview would be told of the newest job. */
function shown(jobs: StudioJobs) {
	const [job] = jobs.all;
	assert.ok(job);
	return jobViewOf(job, { idOf: (file) => path.basename(file.path), address: String });
}

async function ended(jobs: StudioJobs): Promise<void> {
	await until(() => jobs.all.every(({ result }) => result));
}

const refused: ImageError = { code: 'refused', charged: 'no', provider: 'openai' };

describe('a job of the studio, in folders', () => {
	it('shows each picture as it arrives, and ends with what it cost', async () => {
		const seen: number[] = [];
		const { jobs } = await jobsOf(async (_, watch) => {
			watch.onArrival?.(1, image, 1);
			seen.push(shown(jobs).pictures.length);
			watch.onArrival?.(2, image, 2);
			seen.push(shown(jobs).pictures.length);
			return { images: [image, image], failures: [], warnings: [], cost: { usd: 0.04, estimated: true } };
		});
		jobs.start(wish, 'sketch/placeholder');
		assert.equal(shown(jobs).isRunning, true);
		await ended(jobs);
		assert.deepEqual(seen, [1, 2]);
		const { isRunning, cost, failures, cures, pictures } = shown(jobs);
		assert.deepEqual([isRunning, cost, failures, cures], [false, 'It cost about $0.04.', [], []]);
		assert.deepEqual(
			pictures.map(({ name }) => name),
			['a-fox.png', 'a-fox.png'],
		);
	});

	it('keeps its errors on its card, those that are alike together, with what can be done', async () => {
		const failures = [refused, refused];
		const { jobs, rewritten } = await jobsOf(async () => ({ images: [], failures, warnings: [] }));
		const { id } = jobs.start(wish, 'openai/gpt-image-2');
		await ended(jobs);
		assert.deepEqual(shown(jobs).failures, [{ message: 'The provider refused the prompt. Change it.', count: 2 }]);
		assert.deepEqual(shown(jobs).cures, ['Change Prompt…', 'Open Log']);
		await jobs.cure(id, 0);
		jobs.reuse(id);
		assert.deepEqual(rewritten, [wish, wish]);
		await jobs.cure(id, 7);
	});

	it('makes only what did not come when it is tried again', async () => {
		const failures: ImageError[] = [{ code: 'unreachable', charged: 'no' }];
		const { jobs, wishes } = await jobsOf(async ({ n }) =>
			n === 2 ? { images: [image], failures, warnings: [] } : { images: [image], failures: [], warnings: [] },
		);
		const { id } = jobs.start(wish, 'openai/gpt-image-2');
		await ended(jobs);
		const again = shown(jobs).cures.indexOf('Try Again');
		await jobs.cure(id, again);
		// A second press comes too late.
		await jobs.cure(id, again);
		await ended(jobs);
		assert.deepEqual(
			wishes.map(({ n, already }) => [n, already]),
			[
				[2, undefined],
				[1, 1],
			],
		);
		assert.equal(jobs.all.length, 2);
		// Both go on behind what the two have made.
		for (const { id: either } of jobs.all) await jobs.again(either);
		assert.deepEqual(
			wishes.slice(2).map(({ n, already }) => [n, already]),
			[
				[1, 2],
				[2, 3],
			],
		);
	});

	it('is begun once more as a whole, and goes on after all that its order made before', async () => {
		const { jobs, wishes, world } = await jobsOf(async () => ({
			images: [image, image],
			failures: [],
			warnings: [],
		}));
		const { id, draft } = jobs.start(wish, 'sketch/placeholder', {
			prompt: 'a fox',
			n: 2,
			options: {},
			references: [],
		});
		const second = await jobs.again(id);
		world.now += 500;
		await jobs.again(id);
		await jobs.again(second);
		await ended(jobs);
		assert.deepEqual(
			wishes.map(({ n, already = 0 }) => [n, already]),
			[
				[2, 0],
				[2, 2],
				[2, 4],
				[2, 6],
			],
		);
		assert.deepEqual(
			jobs.all.map((job) => [job.model, job.draft]),
			Array.from({ length: 4 }, () => ['sketch/placeholder', draft]),
		);
		jobs.dismiss(id);
		await assert.rejects(
			jobs.again(id),
			/^Error: That job is not known any more\. Press the button of the form instead\.$/,
		);
	});

	it('is begun once more once when the button is pressed twice', async () => {
		const { jobs, wishes, world } = await jobsOf(async () => ({ images: [image], failures: [], warnings: [] }));
		const { id } = jobs.start(wish, 'sketch/placeholder');
		const other = jobs.start(wish, 'sketch/placeholder');
		const pressed = [jobs.again(id), jobs.again(id)];
		world.now += 499;
		pressed.push(jobs.again(id));
		const begun = new Set(await Promise.all(pressed));
		assert.deepEqual([begun.size, wishes.length], [1, 3]);
		assert.ok(!begun.has(await jobs.again(other.id)), 'of another job there is another one');
		world.now += 1;
		assert.ok(!begun.has(await jobs.again(id)), 'later it is wanted');
		assert.equal(wishes.length, 5);
	});

	it('is not begun once more for a picture that has changed since, until that is what it was again', async () => {
		const failures: ImageError[] = [{ code: 'unreachable', charged: 'no' }];
		const { jobs, wishes, world } = await jobsOf(async () => ({ images: [], failures, warnings: [] }));
		const { id } = jobs.start(wish, 'openai/gpt-image-2', changed);
		await ended(jobs);
		await assert.rejects(jobs.again(id), /It has changed/);
		const { cures } = shown(jobs);
		let told: readonly string[] = [];
		jobs.onDidChange(() => (told = shown(jobs).cures));
		const cure = jobs.cure(id, cures.indexOf('Try Again'));
		assert.deepEqual(shown(jobs).cures, [], 'while that is looked at');
		await assert.rejects(cure, /It has changed/);
		assert.equal(wishes.length, 1);
		assert.deepEqual([told, shown(jobs).cures], [cures, cures]);
		world.stamp = 'another';
		await jobs.cure(id, cures.indexOf('Try Again'));
		assert.deepEqual([wishes.length, jobs.all.length], [2, 2]);
	});

	it('says which picture it changes, what it adds, and how many pixels it did not keep', async () => {
		const kept = { ...image, changedOutsideMask: 0 };
		const { jobs } = await jobsOf(async () => ({ images: [kept, image], failures: [], warnings: [] }));
		const margins = { top: 0, right: 8, bottom: 0, left: 0 };
		const change = { operation: 'expand', image: Uri.file('/nowhere/dawn.png'), by: margins } as const;
		jobs.start({ ...wish, change }, 'sketch/placeholder');
		await ended(jobs);
		const { source, pictures, operation, ...view } = shown(jobs);
		assert.deepEqual([operation, source, view.margins], ['expand', 'dawn.png', margins]);
		assert.deepEqual(
			pictures.map(({ changedOutsideMask }) => changedOutsideMask),
			[0, undefined],
		);
		jobs.start({ ...wish, change: { ...change, by: { width: 16, height: 9 } } }, 'sketch/placeholder');
		await ended(jobs);
		assert.equal(shown(jobs).margins, undefined);
		// As the form has it, where it goes by pictures and changes none.
		const byPictures: Draft = { prompt: 'a fox', n: 2, options: {}, references: ['p2'] };
		jobs.start({ ...wish, change: { operation: 'edit', image: change.image } }, 'sketch/placeholder', byPictures);
		await ended(jobs);
		assert.equal(shown(jobs).source, undefined);
	});

	it('puts the model that takes the place of a retired one into the form, where its price is seen', async () => {
		const gone: ImageError = { code: 'model-unavailable', charged: 'no', successor: 'openai/gpt-image-2' };
		const failures = [gone, gone];
		const { jobs, wishes, rewritten } = await jobsOf(async () => ({ images: [], failures, warnings: [] }));
		const { id } = jobs.start(wish, 'openai/dall-e-3');
		await ended(jobs);
		assert.equal(shown(jobs).cures[0], 'Use openai/gpt-image-2');
		await jobs.cure(id, 0);
		assert.deepEqual([rewritten[0]?.model, rewritten[0]?.n, wishes.length], ['openai/gpt-image-2', 2, 1]);
	});

	it('is cancelled, and keeps what came', async () => {
		const { jobs } = await jobsOf(
			async (_, { controller, onArrival }) =>
				new Promise((resolve) => {
					onArrival?.(1, image, 1);
					const failures = [unsent('cancelled')];
					const end = () => resolve({ images: [image], failures, warnings: [] });
					controller.signal.addEventListener('abort', end);
				}),
		);
		const { id } = jobs.start(wish, 'sketch/placeholder');
		jobs.dismiss(id);
		assert.equal(jobs.all.length, 1, 'a job that runs stays');
		await until(() => shown(jobs).pictures.length === 1);
		jobs.cancel(id);
		jobs.cancel('another');
		await ended(jobs);
		assert.deepEqual([shown(jobs).pictures.length, shown(jobs).cures], [1, []]);
		assert.equal(shown(jobs).failures[0]?.message, 'Cancelled. Pictures that had arrived were kept.');
		jobs.dismiss(id);
		assert.deepEqual(jobs.all, []);
	});

	it('is refused before anything is sent, and says why', async () => {
		const failures = [unsent('no-key'), unsent('no-key')];
		const { jobs } = await jobsOf(async () => assert.fail('nobody may run it'), { images: [], failures, warnings: [] });
		jobs.start(wish, 'openai/gpt-image-2');
		await ended(jobs);
		assert.deepEqual(shown(jobs).cures, ['Set API Key']);
	});

	it('ends with a sentence where something in Limn breaks, and says that it may have been charged', async () => {
		const { jobs, faults } = await jobsOf(async (_, { onArrival }) => {
			onArrival?.(1, image, 1);
			throw new Error('broken');
		});
		jobs.start(wish, 'openai/gpt-image-2');
		await ended(jobs);
		assert.match(shown(jobs).failures[0]?.message ?? '', /^It could not be made\. The log has more\. It may have been/);
		assert.deepEqual([shown(jobs).pictures.length, faults], [1, ['Error: broken']]);
	});

	it('shows unfinished pictures while it runs, each under an address of its own, and removes them', async () => {
		const bytes = encodePng(photo({ width: 8, height: 8 }), codecs);
		let go: (() => void) | undefined;
		let arrive: (() => void) | undefined;
		const { jobs, unfinished } = await jobsOf(async (_, { onPreview, onArrival }) => {
			arrive = () => onArrival?.(1, image, 1);
			onPreview?.(bytes, 1);
			onPreview?.(bytes, 1);
			onPreview?.(new Uint8Array([1, 2, 3]), 2);
			await new Promise<void>((resolve) => (go = resolve));
			return { images: [image, image], failures: [], warnings: [] };
		});
		jobs.start(wish, 'openai/gpt-image-2');
		await until(() => shown(jobs).previews[0]?.uri.endsWith('/1-2.png') === true);
		assert.equal(shown(jobs).previews.length, 1);
		// A picture that is finished is not shown unfinished as well.
		arrive?.();
		await until(() => shown(jobs).previews.length === 0);
		go?.();
		await ended(jobs);
		assert.deepEqual(shown(jobs).previews, []);
		// The files end with the job.
		await until(() => readdirSync(unfinished.fsPath).length === 0);
	});
});
