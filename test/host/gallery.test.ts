import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Uri, workspace, WorkspaceEdit } from 'vscode';
import { isImageError } from '../../src/domain/imageError';
import { everyPicture, type GalleryQuery } from '../../src/gallery/query';
import { inspect } from '../../src/image/inspect';
import { encodePicture } from '../servers/pictureFiles';
import { chunk, headerChunk, pngOf } from '../unit/image/rawPng';
import { Bench, shown } from './galleryBench';
import { photo } from './photo';
import { saveFile, savePhoto } from './photos';
import { until } from './until';
import { folder } from './workspace';

const { signal } = new AbortController();

let bench: Bench;

async function browse(changes: Partial<GalleryQuery> = {}): Promise<readonly string[]> {
	return (await bench.gallery.browse({ ...everyPicture, ...changes }, signal)).ids;
}

function idsOf(...files: readonly Uri[]): string[] {
	return files.map((file) => bench.gallery.idOf(file));
}

async function cardOf(file: Uri) {
	const [card] = await bench.gallery.cards(idsOf(file), shown);
	assert.ok(card);
	return card;
}

/** Waits until a query finds these. */
async function browsed(query: Partial<GalleryQuery>, ...files: readonly Uri[]): Promise<void> {
	const wanted = idsOf(...files)
		.toSorted()
		.join(' ');
	for (;;) {
		const changed = new Promise<void>((resolve) => {
			const listener = bench.gallery.onDidChange(() => {
				listener.dispose();
				resolve();
			});
		});
		if ((await browse(query)).toSorted().join(' ') === wanted) return;
		await changed;
	}
}

/** Waits until the only picture of the history lies there. */
async function moved(file: Uri): Promise<void> {
	const uri = file.toString();
	for (;;) {
		const changed = new Promise<void>((resolve) => {
			const listener = bench.history.onDidChange(() => {
				listener.dispose();
				resolve();
			});
		});
		const { entries } = await bench.history.read();
		if (entries.map((entry) => entry.uri).join(' ') === uri) return;
		await changed;
	}
}

/** Moves a file or a folder as a person does. */
async function rename(from: Uri, to: Uri): Promise<void> {
	const edit = new WorkspaceEdit();
	edit.renameFile(from, to);
	assert.ok(await workspace.applyEdit(edit));
}

function start(): void {
	beforeEach(async () => {
		bench = await Bench.start();
	});
	afterEach(async () => {
		bench.end();
		await rm(bench.storage.fsPath, { recursive: true });
	});
}

describe('the gallery in folders', () => {
	start();

	it('lists the history, the newest first, and finds pictures in it', async () => {
		const fox = await savePhoto('gallery/fox.png', { width: 40, height: 30 });
		const owl = await savePhoto('gallery/owl.png', { width: 50, height: 30 });
		await bench.made(fox, { prompt: 'A red fox\nat dawn', saved: '2026-11-20T23:30:00.000Z' });
		await bench.made(owl, { prompt: 'an owl', model: 'openai/gpt-image-2', operation: 'edit' });
		assert.equal(bench.gallery.state().isLoading, true);
		await until(() => !bench.gallery.state().isLoading);
		assert.equal(bench.gallery.state().count, 2);
		assert.equal(bench.gallery.state().problem, undefined);
		assert.deepEqual(await browse(), idsOf(owl, fox));
		assert.deepEqual(await browse({ search: 'DAWN red' }), idsOf(fox));
		assert.deepEqual(await browse({ model: 'openai/gpt-image-2' }), idsOf(owl));
		assert.deepEqual(await browse({ operation: 'generate' }), idsOf(fox));
		const { models } = await bench.gallery.browse(everyPicture, signal);
		assert.deepEqual(models, ['openai/gpt-image-2', 'sketch/placeholder']);
		const saved = new Date('2026-11-20T23:30:00.000Z');
		const day = [saved.getFullYear(), saved.getMonth() + 1, saved.getDate()].map((part) => `${part}`.padStart(2, '0'));
		assert.deepEqual(await browse({ from: day.join('-'), to: day.join('-') }), idsOf(fox));
		assert.deepEqual(await browse({ to: '2026-11-01' }), []);
		const card = await cardOf(fox);
		assert.equal(card.name, 'fox.png');
		assert.equal(card.file, fox.toString());
		assert.deepEqual([card.isMissing, card.isFavourite, card.thumbnail], [false, false, undefined]);
		assert.match(card.date, /2026/);
	});

	it('is told of what is made meanwhile, once for many', async () => {
		await browse();
		let told = 0;
		bench.gallery.onDidChange(() => told++);
		const { revision } = bench.gallery.state();
		const file = await savePhoto('gallery/new.png', { width: 40, height: 30 });
		await Promise.all(Array.from({ length: 5 }, async () => bench.made(file)));
		await until(() => told > 0 && bench.gallery.state().count === 1);
		assert.ok(told <= 2, `${told} times`);
		assert.ok(bench.gallery.state().revision > revision);
	});

	it('makes thumbnails of every format, once, in Limn’s own folder', async () => {
		for (const format of ['png', 'jpeg', 'webp'] as const) {
			const file = await savePhoto(`gallery/photo.${format}`, { width: 640, height: 480 }, format);
			await bench.made(file);
			const [id = ''] = idsOf(file);
			const made = await bench.gallery.thumbnail(id, shown, signal);
			assert.ok(made.kind === 'ready');
			const thumbnail = Uri.parse(made.uri.replace('shown:', ''));
			assert.ok(thumbnail.path.startsWith(`${bench.storage.path}/studio/thumbnails/`));
			const { width, height } = inspect(await workspace.fs.readFile(thumbnail)) ?? {};
			assert.deepEqual([width, height], [256, 192]);
			const { mtimeMs } = await stat(thumbnail.fsPath);
			assert.deepEqual(await bench.gallery.thumbnail(id, shown, signal), made);
			assert.equal((await stat(thumbnail.fsPath)).mtimeMs, mtimeMs);
			assert.equal((await cardOf(file)).thumbnail, made.uri);
		}
	});

	it('shows a small GIF and AVIF as it is', async () => {
		for (const format of ['gif', 'avif'] as const) {
			const bytes = await encodePicture(photo({ width: 64, height: 48 }), format);
			const file = await saveFile(`gallery/moving.${format}`, bytes);
			const made = await bench.gallery.thumbnail(bench.gallery.idOf(file), shown, signal);
			assert.ok(made.kind === 'ready' && made.uri.endsWith(`.${format}`));
			const copied = await workspace.fs.readFile(Uri.parse(made.uri.replace('shown:', '')));
			assert.equal(Buffer.compare(copied, bytes), 0);
		}
		const large = await saveFile('gallery/large.gif', gifHeader(3000, 3000));
		const made = await bench.gallery.thumbnail(bench.gallery.idOf(large), shown, signal);
		assert.deepEqual(made, { kind: 'unreadable', why: 'The picture is too large to be shown in small.' });
	});

	it('says why a picture cannot be shown', async () => {
		const whole = await encodePicture(photo({ width: 320, height: 240 }), 'png');
		const bomb = pngOf(headerChunk({ width: 30_000, height: 30_000 }), chunk('IDAT', new Uint8Array(20)));
		const cases: readonly (readonly [name: string, bytes: Uint8Array, why: string])[] = [
			['cut.png', whole.subarray(0, 900), 'The file is damaged, or no picture.'],
			['text.png', Buffer.from('<img onerror=alert(1)>'), 'The file is damaged, or no picture.'],
			['empty.webp', new Uint8Array(), 'The file is damaged, or no picture.'],
			['bomb.png', bomb, 'The picture has more than 64 megapixels.'],
		];
		for (const [name, bytes, why] of cases) {
			const file = await saveFile(`gallery/${name}`, bytes);
			await bench.made(file);
			const [id = ''] = idsOf(file);
			assert.deepEqual(await bench.gallery.thumbnail(id, shown, signal), { kind: 'unreadable', why }, name);
			assert.deepEqual(await bench.gallery.thumbnail(id, shown, signal), { kind: 'unreadable', why }, 'again');
			const { problem, picture, prompt } = await bench.gallery.look(id, shown);
			assert.deepEqual([problem, picture, prompt], [why, undefined, 'a fox']);
			assert.deepEqual(await bench.gallery.reference(id, shown), { id, name, problem: why });
		}
	});

	it('says that a file is gone, and still knows how it was made', async () => {
		const file = await savePhoto('gallery/gone.png', { width: 40, height: 30 });
		await bench.made(file, { costUsd: 0.04, options: { quality: 'low' } });
		await workspace.fs.delete(file);
		const [id = ''] = idsOf(file);
		assert.equal((await cardOf(file)).isMissing, true);
		assert.deepEqual(await bench.gallery.thumbnail(id, shown, signal), { kind: 'missing' });
		const { problem, facts, draft } = await bench.gallery.look(id, shown);
		assert.equal(problem, 'The file is gone: it was moved or deleted.');
		const values = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
		assert.equal(values['cost'], '$0.04');
		assert.equal(values['options.quality'], 'low');
		assert.deepEqual([draft?.prompt, draft?.model], ['a fox', 'sketch/placeholder']);
		const read = await bench.gallery.read(id);
		assert.ok(isImageError(read));
		await bench.gallery.forget([id]);
		assert.deepEqual(await browse(), []);
	});

	it('shows another thumbnail of a file that was changed since', async () => {
		const file = await savePhoto('gallery/changed.png', { width: 300, height: 300 });
		await bench.made(file);
		const [id = ''] = idsOf(file);
		const before = await bench.gallery.thumbnail(id, shown, signal);
		await savePhoto('gallery/changed.png', { width: 300, height: 100 });
		const later = Date.now() / 1000 + 60;
		await utimes(file.fsPath, later, later);
		assert.equal((await cardOf(file)).thumbnail, undefined);
		const after = await bench.gallery.thumbnail(id, shown, signal);
		assert.ok(before.kind === 'ready' && after.kind === 'ready' && before.uri !== after.uri);
	});

	it('shows another thumbnail of a file that was overwritten as soon as it was saved', async () => {
		const file = await savePhoto('gallery/overwritten.png', { width: 64, height: 48 });
		await bench.made(file);
		const [id = ''] = idsOf(file);
		const { mtimeMs } = await stat(file.fsPath);
		const first = await bench.gallery.thumbnail(id, shown, signal);
		await savePhoto('gallery/overwritten.png', { width: 48, height: 64 });
		await utimes(file.fsPath, mtimeMs / 1000, mtimeMs / 1000);
		const second = await bench.gallery.thumbnail(id, shown, signal);
		await utimes(file.fsPath, mtimeMs / 1000 + 1, mtimeMs / 1000 + 1);
		const third = await bench.gallery.thumbnail(id, shown, signal);
		const addresses = [first, second, third].map((made) => (made.kind === 'ready' ? made.uri : made.kind));
		assert.equal(new Set(addresses).size, 3, addresses.join(' '));
		const { width, height } = inspect(await workspace.fs.readFile(Uri.parse((addresses[2] ?? '').slice(6)))) ?? {};
		assert.deepEqual([width, height], [48, 64]);
	});

	it('looks at a picture: facts, draft, parent and children', async () => {
		const parent = await savePhoto('gallery/parent.png', { width: 64, height: 48 });
		const child = await savePhoto('gallery/child.jpg', { width: 66, height: 48 }, 'jpeg');
		const other = await savePhoto('gallery/other.png', { width: 68, height: 48 });
		const id = await bench.made(parent, { prompt: 'a hut', seed: '7', saved: '2026-11-20T10:00:00.000Z' });
		await bench.made(other, { operation: 'vary', strength: 'subtle', parent: id, saved: '2026-11-21T12:00:00.000Z' });
		await bench.made(child, { operation: 'edit', prompt: 'a door', parent: id, saved: '2026-11-21T11:00:00.000Z' });
		const [parentId = '', childId = ''] = idsOf(parent, child);
		const detail = await bench.gallery.look(parentId, shown);
		assert.equal(detail.path, workspace.asRelativePath(parent));
		assert.deepEqual(
			detail.children.map(({ name }) => name),
			['child.jpg', 'other.png'],
		);
		assert.equal(detail.parent, undefined);
		const draft = { prompt: 'a hut', model: 'sketch/placeholder', size: '64x48', options: { seed: '7' } };
		assert.deepEqual(detail.draft, { ...draft, n: 1, references: [] });
		const { uri = '', stamp, ...picture } = detail.picture ?? {};
		const { mtimeMs, size } = await stat(parent.fsPath);
		assert.equal(stamp, `${mtimeMs} ${size}`);
		assert.ok(uri.startsWith(`shown:${bench.storage.toString()}/studio/thumbnails/`));
		assert.deepEqual(picture, { width: 64, height: 48, isWhole: true });
		assert.ok(detail.facts.some(({ name, value }) => name === 'size' && value === '64 × 48'));
		const made = await bench.gallery.look(childId, { ...shown, mayShow: () => true });
		assert.equal(made.parent?.id, parentId);
		assert.equal(made.draft?.source, parentId);
		assert.ok(made.picture?.uri.startsWith(`shown:${child.toString()}?changed=`));
		assert.ok((await bench.gallery.read(childId)) instanceof Uint8Array);
	});

	it('follows files and folders that are moved in the editor', async () => {
		const file = await savePhoto('gallery/here/fox.png', { width: 40, height: 30 });
		await bench.made(file);
		await bench.gallery.favour(idsOf(file), true);
		const renamed = Uri.joinPath(file, '../wolf.png');
		await rename(file, renamed);
		await moved(renamed);
		const there = Uri.file(path.join(folder(0), 'gallery/there'));
		await rename(Uri.joinPath(file, '..'), there);
		const last = Uri.joinPath(there, 'wolf.png');
		await moved(last);
		const card = await cardOf(last);
		assert.deepEqual([card.name, card.isMissing, card.isFavourite], ['wolf.png', false, true]);
		bench.reload();
		assert.deepEqual(await browse(), idsOf(last), 'after a reload, too');
		await workspace.fs.delete(there, { recursive: true });
	});

	it('keeps favourites and names over a reload, and takes them back', async () => {
		const fox = await savePhoto('gallery/fox.png', { width: 40, height: 30 });
		const wild = await savePhoto('gallery/wild.png', { width: 44, height: 30 });
		await bench.made(fox);
		const ids = idsOf(fox, wild);
		await bench.gallery.favour(ids, true);
		bench.reload();
		assert.deepEqual(await browse({ favourites: true }), idsOf(fox));
		const cards = await bench.gallery.cards(ids, shown);
		assert.deepEqual(
			cards.map(({ name, isFavourite }) => [name, isFavourite]),
			[
				['fox.png', true],
				['wild.png', true],
			],
		);
		assert.equal(bench.gallery.fileOf(ids[1] ?? '')?.toString(), wild.toString());
		await bench.gallery.favour(ids, false);
		assert.deepEqual(await browse({ favourites: true }), []);
	});

	it('lists all files of the workspace beside the history, and watches them', async () => {
		const watch = bench.gallery.watch();
		try {
			const made = await savePhoto('gallery/all/made.png', { width: 40, height: 30 });
			const found = await savePhoto('gallery/all/found.webp', { width: 40, height: 30 }, 'webp');
			await bench.made(made, { prompt: 'a very rare word' });
			const all = { source: 'all', search: 'gallery/all' } as const;
			assert.deepEqual(new Set(await browse(all)), new Set(idsOf(made, found)));
			assert.deepEqual(await browse({ ...all, search: 'rare' }), idsOf(made));
			const late = await savePhoto('gallery/all/late.jpg', { width: 40, height: 30 }, 'jpeg');
			await browsed(all, made, found, late);
			await workspace.fs.delete(found);
			await browsed(all, made, late);
			await assert.rejects(
				bench.gallery.browse({ ...everyPicture, ...all }, AbortSignal.abort(new Error('left'))),
				/left/,
			);
		} finally {
			watch.dispose();
			await workspace.fs.delete(Uri.file(path.join(folder(0), 'gallery/all')), { recursive: true });
		}
	});

	it('passes over what is damaged in the history, and says so', async () => {
		const file = await savePhoto('gallery/fox.png', { width: 40, height: 30 });
		const history = path.join(bench.storage.fsPath, 'history.jsonl');
		await writeFile(history, '\u0000\u0001 no JSON\n{"id":1}\n[]\n');
		await bench.made(file);
		assert.deepEqual(await browse(), idsOf(file));
		bench.gallery.state();
		await until(() => !bench.gallery.state().isLoading);
		const { problem } = bench.gallery.state();
		assert.equal(problem, '3 entries of the history could not be read; they were passed over.');
		await appendFile(history, '{"torn":');
		bench.reload();
		assert.deepEqual(await browse(), idsOf(file));
	});

	it('says that the history cannot be read, and goes on', async () => {
		await mkdir(path.join(bench.storage.fsPath, 'history.jsonl'));
		bench.gallery.state();
		await until(() => !bench.gallery.state().isLoading);
		assert.equal(bench.gallery.state().problem, 'The history cannot be read. See the log.');
		const file = await savePhoto('gallery/fox.png', { width: 40, height: 30 });
		await bench.made(file);
		assert.deepEqual(await browse(), idsOf(file), 'until the window is closed');
	});

	it('keeps a picture that is dropped from outside, by what it is', async () => {
		const bytes = await encodePicture(photo({ width: 40, height: 30 }), 'jpeg');
		const id = await bench.gallery.adopt('holiday.png', bytes);
		assert.ok(typeof id === 'string');
		assert.equal(await bench.gallery.adopt('holiday.png', bytes), id);
		const reference = await bench.gallery.reference(id, shown);
		assert.equal(reference.name, 'holiday.png');
		assert.ok(reference.uri);
		assert.ok(bench.gallery.fileOf(id)?.path.endsWith('.jpg'));
		const [kept, ...others] = await readdir(path.join(bench.storage.fsPath, 'studio', 'adopted'));
		assert.ok(kept !== undefined && others.length === 0);
		const refused = await bench.gallery.adopt('evil.png', Buffer.from('<svg onload="alert(1)"/>'));
		assert.ok(isImageError(refused) && refused.code === 'bad-input');
	});

	it('knows nothing of a name that nobody gave', async () => {
		assert.deepEqual(await bench.gallery.cards(['p0123456789abcdef', '../../etc'], shown), []);
		assert.deepEqual(await bench.gallery.thumbnail('p0', shown, signal), { kind: 'missing' });
		assert.equal((await bench.gallery.look('p0', shown)).problem, 'This picture is not known any more.');
		assert.ok(isImageError(await bench.gallery.read('p0')));
		assert.equal(bench.gallery.fileOf('p0'), undefined);
	});
});

describe('the gallery without a folder', () => {
	start();

	it('has the history, and no files besides', async () => {
		const file = await saveFile(
			'fox.png',
			await encodePicture(photo({ width: 40, height: 30 }), 'png'),
			bench.storage.fsPath,
		);
		await bench.made(file);
		const watch = bench.gallery.watch();
		assert.deepEqual(await browse({ source: 'all' }), idsOf(file));
		assert.equal((await bench.gallery.thumbnail(bench.gallery.idOf(file), shown, signal)).kind, 'ready');
		watch.dispose();
	});
});

/** The beginning of a GIF, which says its size. */
function gifHeader(width: number, height: number): Uint8Array {
	const bytes = Buffer.alloc(64);
	bytes.write('GIF89a');
	bytes.writeUInt16LE(width, 6);
	bytes.writeUInt16LE(height, 8);
	return bytes;
}
