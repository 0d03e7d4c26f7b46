import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env, Uri, workspace } from 'vscode';
import { mostStrokes } from '../../src/canvas/paintedMask';
import { everyPicture } from '../../src/gallery/query';
import type { Client } from '../../src/protocol/client';
import type { Draft } from '../../src/protocol/draft';
import type { HostAnswers, HostParams } from '../../src/protocol/hostMethods';
import type { JobView, ViewState } from '../../src/protocol/views';
import { saveFile, savePhoto } from './photos';
import { refusal, StudioBench } from './studioBench';
import { until } from './until';
import { closeEditors, folder, openNew } from './workspace';

const draft: Draft = {
	prompt: 'a session',
	n: 1,
	size: '48x32',
	options: {},
	references: [],
	model: 'sketch/placeholder',
};

let bench: StudioBench;
let host: Client<HostParams, HostAnswers, ViewState>;

function start(): void {
	beforeEach(async () => {
		// The last document that was written in says where pictures go.
		await closeEditors();
		bench = await StudioBench.start();
		host = await bench.open();
	});
	afterEach(async () => {
		bench.end();
		await closeEditors();
		await rm(bench.bench.storage.fsPath, { recursive: true, force: true });
	});
}

function latest(): ViewState {
	const state = bench.page.states.at(-1);
	assert.ok(state);
	return state;
}

/** Makes what a draft says; the job as the page sees it in the end. */
async function made(changes: Partial<Draft> = {}): Promise<JobView> {
	const { job } = await host.call('generate', { ...draft, ...changes });
	const find = () => latest().jobs.find(({ id }) => id === job);
	await until(() => find()?.isRunning === false);
	const found = find();
	assert.ok(found);
	return found;
}

describe('the studio’s talk with its host, in folders', () => {
	start();

	it('begins with a page that loads nothing but its own, and may look at no other folders', () => {
		const { html, options } = bench.page.webview;
		assert.match(html, /default-src &quot;|default-src 'none'/);
		assert.doesNotMatch(html, /unsafe-inline|unsafe-eval|https:\/\/(?!webview\.test)/);
		const roots = JSON.stringify(options);
		assert.ok(!roots.includes(`"${Uri.file(folder(0)).path}"`), roots);
	});

	it('tells what a model takes and what a draft costs', async () => {
		const form = await host.call('form', { model: 'openai/gpt-image-2', job: 'generate' });
		assert.deepEqual([form.title, form.needsKey, form.isOpen], ['GPT Image 2', true, false]);
		assert.ok(form.controls.some(({ name }) => name === 'quality'));
		const quote = await host.call('quote', { ...draft, model: 'openai/gpt-image-2', size: '1024x1024', n: 4 });
		assert.match(`${quote.price}, ${quote.each}`, /^up to \$\d+\.\d+, \$\d+\.\d+ each$/);
		assert.deepEqual(quote.problems, []);
		const blank = await host.call('quote', { ...draft, prompt: '' });
		assert.deepEqual([blank.price, blank.problems], ['free', []]);
		const retired = await host.call('quote', { ...draft, model: 'openai/dall-e-3', size: '1024x1024' });
		assert.match(retired.problems.join(' '), /retired on 2026-05-12/);
		assert.match(
			await refusal(host.call('form', { model: 'nobody/x', job: 'generate' })),
			/^There is no model nobody\/x\./,
		);
	});

	it('makes what a draft says, and has it in the gallery', async () => {
		const { pictures, failures } = await made({ n: 2 });
		assert.deepEqual([pictures.length, failures], [2, []]);
		const { ids } = await host.call('browse', everyPicture);
		assert.deepEqual(ids.toSorted(), pictures.map(({ id }) => id).toSorted());
		// The tests run in a remote window, which knows files by other addresses.
		const cards = await host.call('cards', { ids: [...ids] });
		assert.deepEqual([cards.map(({ file }) => file), env.remoteName === undefined], [['', ''], false]);
		const seen = await host.call('look', { id: ids[0] ?? '' });
		assert.deepEqual([seen.prompt, seen.again?.price, seen.draft?.prompt], ['a session', 'free', 'a session']);
		assert.deepEqual(latest().prompts, ['a session']);
	});

	it('changes a picture beside others, and saves what comes beside the first', async () => {
		const first = await made({ prompt: 'a night' });
		const source = first.pictures[0]?.id ?? '';
		const beside = await savePhoto('session-beside.png', { width: 48, height: 32 });
		assert.match(
			await refusal(host.call('quote', { ...draft, source, references: ['p0'] })),
			/^A picture is not there any more\./,
		);
		assert.equal((await host.call('reference', { id: bench.bench.gallery.idOf(beside) })).name, 'session-beside.png');
		const { pictures, operation } = await made({ prompt: 'a full moon', source });
		assert.equal(operation, 'edit');
		const seen = await host.call('look', { id: pictures[0]?.id ?? '' });
		const parent = await host.call('look', { id: source });
		assert.equal(path.dirname(seen.path), path.dirname(parent.path));
		assert.equal(seen.parent?.id, source);
		assert.deepEqual(
			parent.children.map(({ id }) => id),
			pictures.map(({ id }) => id),
		);
		assert.equal(seen.draft?.source, source);
		const { job } = await host.call('generate', { ...draft, prompt: 'a full moon', source });
		await host.call('reuse', { job });
		await until(() => latest().request?.view === 'edit');
		assert.equal(latest().request?.picture, source);
	});

	it('calls the workspace folder by its name where pictures go right into it', async () => {
		const file = await savePhoto('session-top.png', { width: 48, height: 32 });
		const { folder: top } = await host.call('quote', { ...draft, source: bench.bench.gallery.idOf(file) });
		assert.equal(top, path.basename(folder(0)));
		const below = await savePhoto('session/below.png', { width: 48, height: 32 });
		const quote = await host.call('quote', { ...draft, source: bench.bench.gallery.idOf(below) });
		assert.equal(quote.folder, workspace.asRelativePath(Uri.joinPath(below, '..')));
	});

	it('asks for something once: what a page has gone to is in no later snapshot', async () => {
		const request = () => latest().request?.picture;
		const renewed = async () => {
			const { formRevision } = latest();
			await bench.studio.learn('sketch/placeholder');
			await until(() => latest().formRevision > formRevision);
		};
		bench.studio.ask({ view: 'edit', picture: 'p1' });
		await until(() => request() === 'p1');
		const { serial = 0 } = latest().request ?? {};
		await renewed();
		assert.equal(request(), 'p1', 'the side bar goes nowhere');
		const tab = await bench.openTab();
		const first = tab.states.flatMap((state) => state.request?.picture ?? []);
		assert.ok(first.includes('p1'));
		await renewed();
		assert.equal(request(), undefined);
		bench.studio.ask({ view: 'edit', picture: 'p2' });
		// The snapshot after it has it no more, and may be there as soon.
		const second = () => tab.states.flatMap((state) => state.request ?? []).find(({ picture }) => picture === 'p2');
		await until(() => second() !== undefined);
		assert.ok((second()?.serial ?? 0) > serial);
		await renewed();
		assert.equal(request(), undefined);
		// What is hidden has it when it is shown again.
		tab.show(false);
		bench.studio.ask({ view: 'edit', picture: 'p3' });
		await renewed();
		assert.equal(request(), 'p3');
	});

	it('says that a picture of the draft is gone, before anything is made', async () => {
		for (const call of ['quote', 'generate'] as const)
			assert.match(
				await refusal(host.call(call, { ...draft, references: ['p0'] })),
				/^A picture is not there any more\./,
			);
		assert.deepEqual(latest().jobs, []);
	});

	it('takes no file from outside of the workspace, however it is written', async () => {
		const inside = await savePhoto('dropped.png', { width: 8, height: 8 });
		const [taken] = await host.call('dropFiles', { uris: [inside.toString()] });
		assert.equal(taken?.name, 'dropped.png');
		const base = Uri.file(folder(0)).toString();
		for (const uri of [
			'file:///etc/passwd',
			`${base}/../second/x.png`,
			`${base}/%2e%2e/x.png`,
			'https://example.org/x.png',
		])
			assert.match(await refusal(host.call('dropFiles', { uris: [uri] })), /^Only pictures of the workspace/, uri);
	});

	it('hands out nothing but pictures', async () => {
		const secret = await saveFile('secret.txt', Buffer.from('a secret'));
		assert.match(await refusal(host.call('read', { id: bench.bench.gallery.idOf(secret) })), /not known any more/);
		const photo = await savePhoto('session-read.png', { width: 8, height: 8 });
		const bytes = await host.call('read', { id: bench.bench.gallery.idOf(photo) });
		// A buffer of Node's arrives in a webview as something else.
		assert.equal(bytes.constructor, Uint8Array);
		assert.match(await refusal(host.call('dropBytes', { name: 'a.png', bytes: new Uint8Array([1, 2]) })), /./);
	});

	it('copies paths and references as the document would have them, and inserts', async () => {
		const { pictures } = await made({ prompt: 'a reference' });
		const document = await openNew('session.md', 'Here: ');
		const ids = pictures.map(({ id }) => id);
		await host.call('perform', { action: 'copyPath', ids });
		assert.match(await env.clipboard.readText(), /a-reference.*\.png$/);
		await host.call('perform', { action: 'copyReference', ids });
		assert.match(await env.clipboard.readText(), /^!\[A reference\]\(.*a-reference.*\.png\)$/);
		const { said } = await host.call('perform', { action: 'insert', ids });
		assert.match(said ?? '', /^Inserted into .*session\.md\.$/);
		assert.match(document.getText(), /!\[A reference\]\(/);
	});

	it('makes a picture again only one at a time, and forgets only what is gone', async () => {
		const { pictures } = await made({ n: 2, prompt: 'twins' });
		const ids = pictures.map(({ id }) => id);
		const jobs = latest().jobs.length;
		assert.equal((await host.call('perform', { action: 'regenerate', ids })).isProblem, true);
		assert.equal(latest().jobs.length, jobs);
		assert.equal((await host.call('perform', { action: 'forget', ids })).isProblem, true);
		assert.equal((await host.call('browse', everyPicture)).ids.length, 2);
		const [first = ''] = ids;
		await rm(bench.bench.gallery.fileOf(first)?.fsPath ?? '');
		assert.deepEqual(await host.call('perform', { action: 'forget', ids: [first] }), {
			isProblem: false,
			areGone: true,
		});
		assert.deepEqual((await host.call('browse', everyPicture)).ids, ids.slice(1));
	});

	it('sends nothing to a page that is hidden, and a whole snapshot when it is shown again', async () => {
		bench.page.show(false);
		const before = bench.page.down.length;
		bench.studio.ask({ view: 'gallery' });
		await writeFile(path.join(folder(0), 'unseen.txt'), '');
		assert.equal(bench.page.down.length, before);
		bench.page.show(true);
		await until(() => latest().request?.view === 'gallery');
	});

	it('answers a page that was loaded again nothing that the one before it asked for', async () => {
		const slow = host.call('thumbnail', { id: 'p0' });
		void slow.catch(() => undefined);
		bench.page.show(false);
		bench.page.show(true);
		const again = bench.page.open(2000);
		await again.call('ready', {});
		assert.equal((await again.call('form', { job: 'generate' })).model, 'sketch/placeholder');
		const answered = bench.page.down.filter((message) => JSON.stringify(message)?.includes('"id":1002'));
		assert.deepEqual(answered, []);
	});

	it('answers what it does not know with a refusal, and does nothing', async () => {
		bench.page.say({ kind: 'call', id: 1, method: 'executeCommand', params: { command: 'workbench.action.quit' } });
		bench.page.say({ kind: 'call', id: 2, method: 'perform', params: { action: 'rm', ids: ['p0'] } });
		bench.page.say('hello');
		const failed = (id: number) =>
			bench.page.down.some((message) => JSON.stringify(message)?.startsWith(`{"kind":"failed","id":${id},`));
		await until(() => failed(1) && failed(2));
		const strokes = Array.from({ length: mostStrokes + 1 }, () => ({ kind: 'invert' }) as const);
		assert.match(
			await refusal(host.call('quote', { ...draft, source: 'p0', editing: { kind: 'mask', strokes, feather: 0 } })),
			/^That is too much, or cannot be read\. Undo the last step/,
		);
	});

	it('passes over lines of the history that no gallery can show', async () => {
		const { storage } = bench.bench;
		await made();
		const line = {
			operation: 'generate',
			prompt: 'x',
			model: 'a/b',
			options: {},
			id: '0'.repeat(16),
			saved: 'yesterday',
		};
		const lines = ['bad scheme:/x', 'file:////x', 'nothing'].map((uri) => JSON.stringify({ ...line, uri, costUsd: 1 }));
		await writeFile(path.join(storage.fsPath, 'history.jsonl'), `${lines.join('\n')}\n`, { flag: 'a' });
		bench.bench.reload();
		const { ids } = await bench.bench.gallery.browse(everyPicture, new AbortController().signal);
		assert.equal(ids.length, 1);
		await until(() => bench.bench.gallery.state().problem !== undefined);
		assert.match(bench.bench.gallery.state().problem ?? '', /^3 entries of the history could not be read/);
	});
});

describe('the studio’s talk with its host, without a folder', () => {
	start();

	it('tells the price, and that there is no folder', async () => {
		assert.equal(latest().hasFolder, false);
		const quote = await host.call('quote', { ...draft, model: 'openai/gpt-image-2', size: '1024x1024' });
		assert.match(quote.price, /^up to \$/);
		assert.equal(quote.folder, undefined);
		const retired = await host.call('quote', { ...draft, model: 'openai/dall-e-3', size: '1024x1024' });
		assert.match(retired.problems.join(' '), /retired/);
	});
});
