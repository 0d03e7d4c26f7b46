import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import { noMargins } from '../../src/domain/margins';
import type { Size } from '../../src/domain/size';
import type { Mask } from '../../src/host/change';
import type { Pixels } from '../../src/image/pixels';
import type { Client } from '../../src/protocol/client';
import type { Draft } from '../../src/protocol/draft';
import type { Editing } from '../../src/protocol/editing';
import type { HostAnswers, HostParams } from '../../src/protocol/hostMethods';
import type { JobView, ViewState } from '../../src/protocol/views';
import { chosenDestination } from '../../src/workspace/destination';
import { countChanged, isInside } from './photo';
import { pixelsOf, saveFile, saveMask, savePhoto } from './photos';
import { refusal, StudioBench } from './studioBench';
import { until } from './until';
import { closeEditors } from './workspace';

const size: Size = { width: 320, height: 240 };
const rect = { x: 100, y: 60, width: 120, height: 110 };
const selected: Editing = { kind: 'mask', strokes: [{ kind: 'rectangle', rect }], feather: 8 };
const draft: Draft = { prompt: 'a moon', n: 1, options: { seed: 3 }, references: [], model: 'sketch/placeholder' };

let bench: StudioBench;
let host: Client<HostParams, HostAnswers, ViewState>;

async function order(source: Uri, changes: Partial<Draft>): Promise<string> {
	return (await host.call('generate', { ...draft, source: idOf(source), ...changes })).job;
}

/** Does something to a picture; the job as the page sees it in the end. */
async function done(source: Uri, changes: Partial<Draft>): Promise<JobView> {
	return bench.ended(await order(source, changes));
}

/** What came of it, by somebody else's decoder. */
async function pictureOf({ pictures, failures }: JobView): Promise<Pixels> {
	assert.deepEqual(failures, []);
	return pixelsOf({ uri: (fileOf(pictures[0]?.id ?? '') ?? assert.fail('nothing came')).toString() });
}

function idOf(file: Uri): string {
	return bench.bench.gallery.idOf(file);
}

function fileOf(id: string): Uri | undefined {
	return bench.bench.gallery.fileOf(id);
}

async function photo(name: string, given = size): Promise<{ file: Uri; before: Pixels }> {
	const file = await savePhoto(`canvas/${name}`, given);
	return { file, before: await pixelsOf({ uri: file.toString() }) };
}

/** The share of the pixels that are others, of those that count. */
function shareOf(before: Pixels, after: Pixels, counts: (x: number, y: number) => boolean): number {
	let [all, others] = [0, 0];
	for (let pixel = 0; pixel < before.width * before.height; pixel++) {
		if (!counts(pixel % before.width, Math.floor(pixel / before.width))) continue;
		all++;
		if ([0, 1, 2].some((channel) => before.data[pixel * 4 + channel] !== after.data[pixel * 4 + channel])) others++;
	}
	assert.ok(all > 0);
	return others / all;
}

const everywhere = () => true;

/** Whether a pixel lies so near to the line that is painted below. */
function isNearLine(x: number, y: number, reach: number): boolean {
	return Math.hypot(x + 0.5 - Math.min(200, Math.max(60, x + 0.5)), y + 0.5 - 200) <= reach;
}

/** How far two pictures are apart in the outermost pixels of a rectangle, levels on the average. */
function apartAtEdge(a: Pixels, b: Pixels): number {
	const inner = { x: rect.x + 2, y: rect.y + 2, width: rect.width - 4, height: rect.height - 4 };
	let [sum, count] = [0, 0];
	for (let at = 0; at < a.data.length; at++) {
		const [x, y] = [(at >> 2) % a.width, Math.floor((at >> 2) / a.width)];
		if ((at & 3) === 3 || !isInside(x, y, [rect]) || isInside(x, y, [inner])) continue;
		sum += Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
		count++;
	}
	return sum / count;
}

function start(): void {
	beforeEach(async () => {
		await closeEditors();
		bench = await StudioBench.start();
		host = await bench.open();
	});
	afterEach(async () => {
		bench.end();
		await rm(bench.bench.storage.fsPath, { recursive: true, force: true });
	});
}

describe('what is ordered on the canvas, in folders', () => {
	start();

	it('makes anew what is painted over, and no other pixel', async () => {
		const { file, before } = await photo('strokes.png');
		const line = { kind: 'line', size: 40, points: [60, 200, 200, 200] } as const;
		const hole = { x: 140, y: 100, width: 20, height: 30 };
		const job = await done(file, {
			editing: {
				kind: 'mask',
				strokes: [selected.strokes[0] ?? line, { kind: 'rectangle', rect: hole, erases: true }, line],
				feather: 0,
			},
		});
		const after = await pictureOf(job);
		const inRects = (x: number, y: number) => isInside(x, y, [rect]) && !isInside(x, y, [hole]);
		assert.equal(
			shareOf(before, after, (x, y) => !inRects(x, y) && !isNearLine(x, y, 21)),
			0,
		);
		assert.ok(shareOf(before, after, (x, y) => inRects(x, y)) > 0.9);
		assert.ok(shareOf(before, after, (x, y) => isNearLine(x, y, 19)) > 0.9);
		const [picture] = job.pictures;
		assert.deepEqual([job.operation, job.source, picture?.changedOutsideMask], ['edit', idOf(file), 0]);
		assert.match(job.warnings.join(' '), /natively, with the mask/);
	});

	it('fades in over as many pixels as the feather says', async () => {
		const { file, before } = await photo('feather.png');
		const hard = await pictureOf(await done(file, { editing: { ...selected, feather: 0 } }));
		const soft = await pictureOf(await done(file, { editing: { ...selected, feather: 20 } }));
		for (const after of [hard, soft]) assert.equal(countChanged(before, after, [rect]), 0);
		const middle = { x: rect.x + 30, y: rect.y + 30, width: rect.width - 60, height: rect.height - 60 };
		assert.equal(
			shareOf(hard, soft, (x, y) => isInside(x, y, [middle])),
			0,
			'in the middle they are alike',
		);
		assert.ok(apartAtEdge(before, soft) < apartAtEdge(before, hard) / 3);
	});

	it('adds what the frame says, and leaves the picture in it as it is', async () => {
		const { file, before } = await photo('frame.png');
		const margins = { top: 16, right: 96, bottom: 0, left: 33 };
		const job = await done(file, { prompt: '', editing: { kind: 'expand', margins } });
		const after = await pictureOf(job);
		assert.deepEqual([after.width, after.height], [320 + 96 + 33, 240 + 16]);
		assert.equal(countChanged(before, after, [], { x: 33, y: 16 }), 0);
		const [picture] = job.pictures;
		assert.deepEqual([job.operation, job.margins, picture?.changedOutsideMask], ['expand', margins, 0]);
		assert.deepEqual(bench.latest.prompts, [], 'no words are no prompt');
	});

	it('varies as far as it is told, whatever pictures are beside it', async () => {
		const { file, before } = await photo('varied.png');
		const changes = { prompt: '', references: ['p0'] };
		const [subtle, strong] = [
			await done(file, { ...changes, editing: { kind: 'vary', strength: 'subtle' } }),
			await done(file, { ...changes, editing: { kind: 'vary', strength: 'strong' } }),
		];
		assert.deepEqual([subtle.operation, subtle.pictures[0]?.changedOutsideMask], ['vary', undefined]);
		assert.ok(shareOf(before, await pictureOf(subtle), everywhere) > 0.5);
		assert.ok(shareOf(await pictureOf(subtle), await pictureOf(strong), everywhere) > 0.5);
		assert.match(
			await refusal(host.call('quote', { ...draft, ...changes, source: idOf(file), editing: selected })),
			/^A picture is not there any more/,
			'an edit looks at them',
		);
	});

	it('is refused where nothing is selected, and warned of where everything is', async () => {
		const { file, before } = await photo('all.png');
		const none = { ...selected, strokes: [...selected.strokes, { kind: 'clear' } as const] };
		const empty = await done(file, { editing: none });
		assert.deepEqual(empty.failures, [{ message: 'Nothing is selected. Paint over what should change.', count: 1 }]);
		const all = { ...selected, strokes: [{ kind: 'invert' } as const] };
		const whole = await done(file, { editing: all });
		assert.match(whole.warnings.join(' '), /The whole picture is selected: nothing of it is kept\./);
		assert.ok(shareOf(before, await pictureOf(whole), everywhere) > 0.9);
		assert.equal(whole.pictures[0]?.changedOutsideMask, 0);
	});

	it('is on the canvas again, as it was, when a job is cancelled and its order wanted back', async () => {
		const { file } = await photo('cancelled.png');
		const editing: Editing = { ...selected, feather: 3 };
		const job = await order(file, { n: 100, editing });
		await until(() => bench.latest.jobs.some(({ id, pictures }) => id === job && pictures.length > 0));
		await host.call('cancel', { job });
		const { pictures, failures } = await bench.ended(job);
		assert.ok(pictures.length > 0 && pictures.length < 100, `${pictures.length} pictures`);
		assert.equal(failures[0]?.message, 'Cancelled. Pictures that had arrived were kept.');
		await host.call('reuse', { job });
		await until(() => bench.latest.request !== undefined);
		const { request } = bench.latest;
		assert.deepEqual([request?.view, request?.draft?.editing, request?.draft?.n], ['edit', editing, 100]);
	});

	it('is made again as a whole, and differently', async () => {
		const { file } = await photo('again.png');
		const first = await done(file, { n: 2, editing: selected });
		const again = await bench.ended((await host.call('again', { job: first.id })).job);
		assert.deepEqual([again.pictures.length, again.n, again.source], [2, 2, idOf(file)]);
		const files = [...first.pictures, ...again.pictures].map(({ id }) => fileOf(id)?.toString() ?? '');
		const pictures = await Promise.all(files.map(async (uri) => Buffer.from((await pixelsOf({ uri })).data)));
		assert.equal(new Set(pictures.map((data) => data.toString('base64'))).size, 4);
		assert.match(await refusal(host.call('again', { job: 'gone' })), /^That job is not known any more\. Press/);
	});

	it('goes on when the studio is closed, and is there when it is opened again', async () => {
		const { file } = await photo('closed.png');
		const job = await order(file, { n: 3, editing: selected });
		const again = await bench.reopen();
		const { pictures, source } = await bench.ended(job);
		assert.deepEqual([pictures.length, source], [3, idOf(file)]);
		const { ids } = await again.call('browse', { source: 'made', search: '', favourites: false, sort: 'newest' });
		assert.deepEqual(ids.toSorted(), pictures.map(({ id }) => id).toSorted());
	});
});

describe('a picture on the canvas, in folders', () => {
	start();

	it('is not changed once its file is another than the one that was looked at', async () => {
		const { file } = await photo('seen.png');
		const seen = (await host.call('look', { id: idOf(file) })).picture?.stamp ?? assert.fail('it cannot be seen');
		const first = await done(file, { seen, editing: selected });
		assert.deepEqual(first.failures, []);
		await savePhoto('canvas/seen.png', { width: 300, height: 200 });
		const { formRevision } = bench.latest;
		assert.match(
			await refusal(order(file, { seen, editing: selected })),
			/seen\.png has changed since you looked at it\. Look at it again, then order\.$/,
		);
		// Nobody need watch the file for that: the page looks again now.
		await until(() => bench.latest.formRevision > formRevision);
		assert.match(await refusal(host.call('again', { job: first.id })), /has changed since/);
		assert.equal(bench.latest.jobs.length, 1);
		const other = (await host.call('look', { id: idOf(file) })).picture?.stamp;
		assert.notEqual(other, seen);
		assert.deepEqual((await done(file, { seen: other ?? '', editing: selected })).failures, []);
	});

	it('is followed wherever it is, until another one is', async () => {
		const folder = bench.bench.storage;
		const file = await savePhoto('a [1] {b}.png', { width: 8, height: 8 }, 'png', folder.fsPath);
		const other = await savePhoto('other.png', { width: 8, height: 8 }, 'png', folder.fsPath);
		const heard: string[] = [];
		const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '*'));
		for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
			event(({ path }) => heard.push(path));
		const revision = () => bench.bench.gallery.state().revision;
		const save = async (name: string) => saveFile(name, new Uint8Array(9), folder.fsPath);
		/** Nobody says when watching has begun: what is done is done until it is noticed. */
		const isTold = async (change: () => Promise<unknown>) => {
			const before = revision();
			const end = performance.now() + 15_000;
			while (revision() === before && performance.now() < end) await change();
			return revision() > before;
		};
		/** Does something that the test's own watcher hears of. */
		const hear = async (path: string, change: () => Promise<unknown>) => {
			heard.length = 0;
			await change();
			await until(() => heard.includes(path));
		};
		const isPassedOver = async (path: string, change: () => Promise<unknown>) => {
			// What was done before this is heard of before it.
			const mark = Uri.joinPath(folder, `${revision()}.mark`);
			await hear(mark.path, async () => workspace.fs.writeFile(mark, new Uint8Array()));
			const before = revision();
			await hear(path, change);
			return revision() === before;
		};
		try {
			await until(() => !bench.bench.gallery.state().isLoading);
			await host.call('follow', { id: idOf(file) });
			assert.ok(await isTold(async () => save('a [1] {b}.png')), 'changed');
			const before = revision();
			await rm(file.fsPath);
			await until(() => revision() > before);
			assert.ok(await isPassedOver(other.path, async () => save('other.png')), 'another one');
			assert.ok(await isTold(async () => save('a [1] {b}.png')), 'there again');
			await host.call('follow', { id: idOf(other) });
			assert.ok(await isTold(async () => save('other.png')), 'the other one');
			assert.ok(await isPassedOver(file.path, async () => rm(file.fsPath)), 'the first one no more');
			await host.call('follow', {});
			assert.ok(await isPassedOver(other.path, async () => rm(other.fsPath)), 'none');
		} finally {
			watcher.dispose();
		}
	});

	it('is on the canvas when the gallery is asked to vary or to expand it', async () => {
		const { file } = await photo('asked.png');
		for (const action of ['vary', 'expand'] as const) {
			await host.call('perform', { action, ids: [idOf(file)] });
			await until(() => bench.latest.request?.job === action);
			assert.deepEqual([bench.latest.request?.view, bench.latest.request?.picture], ['edit', idOf(file)]);
		}
	});

	it('comes back from a recipe with what was done to it', async () => {
		const { file } = await photo('recipe.png');
		const { pictures } = await done(file, { editing: selected });
		// Of a picture that was not made here nobody knows where it is.
		const [made = assert.fail('nothing came')] = pictures;
		const source = fileOf(made.id) ?? assert.fail('it is gone');
		const orders: readonly Editing[] = [
			selected,
			{ kind: 'expand', margins: { ...noMargins, left: 64 } },
			{ kind: 'vary', strength: 'strong' },
		];
		for (const editing of orders) {
			const child = (await done(source, { editing })).pictures[0]?.id ?? assert.fail(editing.kind);
			const seen = await host.call('look', { id: child });
			assert.deepEqual([seen.draft?.source, seen.draft?.editing], [made.id, editing]);
			await host.call('perform', { action: 'regenerate', ids: [child] });
			const { id } = bench.latest.jobs[0] ?? assert.fail('no job');
			const again = await bench.ended(id);
			await host.call('reuse', { job: again.id });
			await until(() => bench.latest.request?.draft?.editing?.kind === editing.kind);
			assert.deepEqual(bench.latest.request?.draft?.editing, editing);
		}
	});
});

/** A picture that was made here, as what others are made of. */
async function madeHere(name: string): Promise<{ file: Uri; before: Pixels }> {
	const { file } = await photo(name);
	const job = await done(file, { prompt: 'a night' });
	return { file: fileOf(job.pictures[0]?.id ?? '') ?? assert.fail(name), before: await pictureOf(job) };
}

/** Has a picture of the gallery made once more. */
async function regenerate(picture: string): Promise<JobView> {
	const count = bench.latest.jobs.length;
	assert.equal((await host.call('perform', { action: 'regenerate', ids: [picture] })).said, 'It is being made again.');
	await until(() => bench.latest.jobs.length > count);
	return bench.ended(bench.latest.jobs[0]?.id ?? '');
}

/** Has the canvas show what would be made once more; the draft there. */
async function checkedAgain(picture: string): Promise<Draft | undefined> {
	const count = bench.studio.jobs.all.length;
	const { serial = 0 } = bench.latest.request ?? {};
	const { said, isProblem } = await host.call('perform', { action: 'regenerate', ids: [picture] });
	assert.deepEqual([said, isProblem], ['Only the box round the selection is known. Check it, then order.', false]);
	assert.equal(bench.studio.jobs.all.length, count, 'nothing is made');
	await until(() => (bench.latest.request?.serial ?? 0) > serial);
	const { request } = bench.latest;
	assert.deepEqual([request?.view, request?.picture], ['edit', request?.draft?.source]);
	return request?.draft;
}

describe('a picture whose mask was painted, made once more in folders', () => {
	start();

	it('is painted over where it was, and nowhere else', async () => {
		const { file, before } = await madeHere('kept.png');
		const editing: Editing = {
			kind: 'mask',
			strokes: [
				{ kind: 'rectangle', rect },
				{ kind: 'line', size: 30, points: [60, 200, 200, 200] },
				{ kind: 'invert' },
			],
			feather: 0,
		};
		const first = await done(file, { editing });
		const picture = first.pictures[0]?.id ?? assert.fail('nothing came');
		assert.deepEqual((await host.call('look', { id: picture })).draft?.editing, editing);
		const again = await regenerate(picture);
		const after = await pictureOf(again);
		const stays = (x: number, y: number) => isInside(x, y, [rect]) || isNearLine(x, y, 14);
		assert.equal(shareOf(before, after, stays), 0);
		assert.ok(shareOf(await pictureOf(first), after, (x, y) => !stays(x, y) && !isNearLine(x, y, 16)) > 0.5);
		await host.call('reuse', { job: again.id });
		await until(() => bench.latest.request !== undefined);
		assert.deepEqual(bench.latest.request?.draft?.editing, editing);
		// What the picture's file tells others is no more than before.
		const bytes = await workspace.fs.readFile(fileOf(picture) ?? file);
		assert.ok(!Buffer.from(bytes).includes('painted') && !Buffer.from(bytes).includes('strokes'));
	});

	it('is put on the canvas first where only the box round it is known', async () => {
		const { file } = await madeHere('boxed.png');
		const box = { kind: 'mask', strokes: [{ kind: 'rectangle', rect }], feather: 8 };
		const destination = chosenDestination(Uri.joinPath(file, '..'));
		const wish = { prompt: 'a moon', n: 1, options: {}, model: 'sketch/placeholder', destination };
		const madeWith = async (mask: Mask) => {
			const job = await bench.ended(
				await bench.studio.start({ ...wish, change: { operation: 'edit', image: file, mask } }),
			);
			return job.pictures[0]?.id ?? assert.fail('nothing came');
		};
		const ofFile = await madeWith(await saveMask('canvas/boxed-mask.png', size, rect, 'white'));
		assert.deepEqual((await checkedAgain(ofFile))?.editing, box);
		assert.equal((await host.call('look', { id: ofFile })).again?.price, 'free');
		const points = Array.from({ length: 10_001 }, () => [160, 120]).flat();
		const [short, long] = [points.slice(2), points].map(
			(trace) => ({ kind: 'line', size: 40, points: trace }) as const,
		);
		assert.ok(short && long);
		assert.notDeepEqual((await checkedAgain(await madeWith({ strokes: [long], feather: 0 })))?.editing, undefined);
		await regenerate(await madeWith({ strokes: [short], feather: 0 }));
		const ofRects = await madeWith([rect]);
		await regenerate(ofRects);
		// As another version wrote it.
		const lines = path.join(bench.bench.storage.fsPath, 'history.jsonl');
		await writeFile(lines, (await readFile(lines, 'utf8')).replaceAll('"painted"', '"other"'));
		assert.deepEqual((await checkedAgain(ofRects))?.editing, box);
	});
});

async function quoted(changes: Partial<Draft>, given = size) {
	const { file } = await photo(`quoted-${given.width}.png`, given);
	return host.call('quote', { ...draft, options: {}, source: idOf(file), ...changes });
}

describe('what a draft of the canvas would come to, in folders', () => {
	start();

	it('is told before the click: what a model cannot do, and how it does the rest', async () => {
		const masked = await quoted({ model: 'vincony/openai/gpt-image-2', editing: selected });
		assert.deepEqual(masked.problems, []);
		assert.match(masked.notes.join(' '), /^vincony\/openai\/gpt-image-2 takes no mask, so the edit is emulated\.$/);
		const native = await quoted({ model: 'openai/gpt-image-2', editing: selected });
		assert.deepEqual([native.problems, native.notes], [[], []]);
		const cannot = await quoted({ model: 'runware/bfl:1@3', editing: selected });
		assert.match(cannot.problems.join(' '), /^runware\/bfl:1@3 cannot edit a picture\. These can: runware\//);
		const words = await quoted({ model: 'runware/runware:102@1' });
		assert.match(words.problems.join(' '), /makes no edits without a mask\. Select a part/);
		const small = await quoted(
			{ model: 'openai/dall-e-2', editing: { kind: 'expand', margins: { ...noMargins, left: 4000, right: 4000 } } },
			{ width: 64, height: 64 },
		);
		assert.notDeepEqual(small.problems, []);
	});

	it('is not found fault with while it is being made', async () => {
		const orders: readonly Editing[] = [
			{ ...selected, strokes: [] },
			{ kind: 'expand', margins: noMargins },
			{ kind: 'vary', strength: 'subtle' },
			selected,
		];
		for (const editing of orders) {
			const { problems, notes, price } = await quoted({ prompt: '', editing });
			assert.deepEqual([problems, notes, price], [[], [], 'free'], editing.kind);
		}
	});

	it('is refused as the order would be: nothing selected, too much added, a file that is gone', async () => {
		const erased: Editing = { ...selected, strokes: [...selected.strokes, { kind: 'clear' }] };
		assert.deepEqual((await quoted({ editing: erased })).problems, [
			'Nothing is selected. Paint over what should change.',
		]);
		const margins = { top: 16_000, right: 16_000, bottom: 0, left: 0 };
		const huge = await quoted({ editing: { kind: 'expand', margins } });
		assert.match(huge.problems.join(' '), /more than 64 million\. Add less\.$/);
		const { file } = await photo('gone.png');
		await rm(file.fsPath);
		const gone = await host.call('quote', { ...draft, source: idOf(file), editing: selected });
		assert.match(gone.problems.join(' '), /gone\.png cannot be read\. Is it still there\?$/);
	});

	it('says of a plain draft what the model leaves out, too', async () => {
		const { notes } = await host.call('quote', { ...draft, model: 'vincony/openai/gpt-image-2', size: '1024x1024' });
		assert.match(notes.join(' '), /cannot be told a size: 1024x1024 was left out\./);
	});

	it('has frames that suit the model', async () => {
		const form = await host.call('form', { model: 'runware/runware:101@1', job: 'expand' });
		assert.deepEqual([form.frame?.step, form.frame?.ratios.length], [64, 7]);
		assert.equal((await host.call('form', { model: 'sketch/placeholder', job: 'mask' })).frame, undefined);
	});
});
