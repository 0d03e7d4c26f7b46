import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, Position, type TextDocument, Uri, workspace, WorkspaceEdit } from 'vscode';
import * as z from 'zod';
import { startCustom } from '../servers/custom';
import { startOpenAI } from '../servers/openai';
import type { Received } from '../servers/request';
import { isRunwarePoll, startRunware } from '../servers/runware';
import { generate, parseResult, type Result } from './contract';
import { countChanged } from './photo';
import { pixelsOf, savePhoto } from './photos';
import { standIns } from './standIn';
import { until } from './until';
import { bytesOf, closeEditors, folder, openNew } from './workspace';

async function recover(): Promise<Result> {
	return parseResult(await commands.executeCommand('limn.recoverJobs'));
}

const rect = { x: 300, y: 200, width: 120, height: 90 };

describe('recovering jobs in folders', () => {
	const { set, standIn } = standIns(['openai', 'runware']);

	it('finds nothing where nothing was left', async () => {
		await recover();
		assert.deepEqual(await recover(), { images: [], failures: [], warnings: [] });
	});

	it('brings back a paid picture that could not be saved, to where it belongs', async () => {
		const custom = await standIn('custom', startCustom('sd-cpp'));
		const blocked = Uri.file(path.join(folder(0), 'recovery', 'images'));
		await mkdir(path.dirname(blocked.fsPath), { recursive: true });
		await writeFile(blocked.fsPath, 'a file in the place of a folder');
		const job = { model: 'custom/sd-cpp-local', prompt: 'a buoy', n: 2, folder: 'recovery/images' };
		const { images, failures } = await generate(job);
		assert.deepEqual([images.length, failures.map(({ code }) => code)], [0, ['not-writable', 'not-writable']]);
		const again = await recover();
		assert.deepEqual(
			again.failures.map(({ code }) => code),
			['not-writable', 'not-writable'],
		);

		await rm(blocked.fsPath);
		const recovered = await recover();
		assert.deepEqual(recovered.failures, []);
		assert.deepEqual(
			recovered.images.map(({ uri }) => path.basename(Uri.parse(uri).path)),
			['a-buoy.png', 'a-buoy-1.png'],
		);
		assert.deepEqual((await readdir(blocked.fsPath)).toSorted(), ['a-buoy-1.png', 'a-buoy.png']);
		for (const image of recovered.images) assert.equal((await bytesOf(image)).subarray(1, 4).toString(), 'PNG');
		assert.equal(custom.charges, 2);
		assert.deepEqual((await recover()).images, []);
	});

	it('puts an edit together with the picture that it was made from, though that has changed meanwhile', async () => {
		const openai = await standIn('openai', startOpenAI({ perturbs: 'strongly' }));
		const size = { width: 640, height: 480 };
		const image = await savePhoto('recovery/source.png', size);
		const before = await pixelsOf({ uri: image.toString() });
		const blocked = Uri.file(path.join(folder(0), 'recovery', 'edits'));
		await writeFile(blocked.fsPath, 'a file in the place of a folder');
		const argument = { image, mask: [rect], prompt: 'a door', model: 'openai/gpt-image-2', folder: 'recovery/edits' };
		const refused = parseResult(await commands.executeCommand('limn.edit', { ...argument, silent: true }));
		assert.deepEqual(refused.images, []);
		await savePhoto('recovery/source.png', { width: 64, height: 64 });
		await rm(blocked.fsPath);
		const { images } = await recover();
		assert.deepEqual([images.length, images[0]?.changedOutsideMask, openai.charges], [1, 0, 1]);
		assert.ok(images[0]);
		assert.equal(countChanged(before, await pixelsOf(images[0]), [rect]), 0);
	});

	it('asks nobody for a picture but where it was ordered', async () => {
		const runware = await standIn('runware', startRunware());
		let isBroken = true;
		const when = (request: Received) => isBroken && isRunwarePoll(request);
		runware.fail('quota', { when, times: Number.POSITIVE_INFINITY });
		const job = { model: 'runware/runware:100@1', prompt: 'a pier', size: '512x512', folder: 'recovery/moved' };
		assert.deepEqual(codesOf(await generate(job)), ['no-credit']);

		const other = await standIn('runware', startRunware());
		for (const { images, failures } of [await recover(), await recover()]) {
			assert.deepEqual(
				[images, failures.map(({ code, charged }) => [code, charged])],
				[[], [['unreachable', 'unknown']]],
			);
			assert.match(failures[0]?.message ?? '', /ordered at another address.*Set that address again/);
		}
		assert.deepEqual(other.requests, []);

		isBroken = false;
		await set('providers.runware.baseUrl', runware.baseUrl);
		const { images, failures } = await recover();
		assert.deepEqual([images.length, failures, runware.charges], [1, [], 1]);
	});
});

async function findingsOf(uri: Uri): Promise<readonly unknown[]> {
	const checked: unknown = await commands.executeCommand('limn.checkImages', { uri });
	return z.object({ findings: z.array(z.unknown()) }).parse(checked).findings;
}

async function type(document: TextDocument, words: string): Promise<void> {
	const edit = new WorkspaceEdit();
	edit.insert(document.uri, new Position(0, 0), words);
	assert.ok(await workspace.applyEdit(edit));
}

async function build(uri: Uri): Promise<Result> {
	return parseResult(await commands.executeCommand('limn.buildImages', { uri, silent: true }));
}

const codesOf = ({ failures }: Result) => failures.map(({ code }) => code);

describe('recovering pictures of recipes in folders', () => {
	const { standIn } = standIns(['openai']);
	let base = '';
	const buoy = '<!-- limn: a buoy | model=openai/gpt-image-2 -->\n![A buoy](pics/buoy.png)\n';
	const gull = '<!-- limn: a gull | model=openai/gpt-image-2 -->\n';
	const noted = / made=[0-9a-f]{12}-[0-9a-f]{12}/g;

	beforeEach(async () => {
		await recover();
		base = path.join(folder(0), 'recovered recipes');
		await mkdir(base, { recursive: true });
		for (const name of ['pics', 'images']) await writeFile(path.join(base, name), 'a file in the place of a folder');
	});
	afterEach(async () => {
		await closeEditors();
		await rm(base, { recursive: true });
	});

	async function unblock(): Promise<void> {
		for (const name of ['pics', 'images']) await rm(path.join(base, name));
	}

	it('notes them in the document as a build does, and pays nothing a second time', async () => {
		const openai = await standIn('openai', startOpenAI());
		const document = await openNew('noted.md', `${buoy}\n${gull}\nThe end.\n`, base);
		assert.deepEqual(codesOf(await build(document.uri)), ['not-writable', 'not-writable']);
		const again = await build(document.uri);
		assert.deepEqual(codesOf(again), ['bad-input', 'bad-input']);
		assert.match(again.failures[0]?.message ?? '', /An unfinished job makes this picture/);
		await unblock();
		const { images, failures, warnings } = await recover();
		assert.deepEqual([images.length, failures, warnings], [2, [], []]);
		const text = document.getText();
		assert.equal(text.match(noted)?.length, 2);
		assert.equal(text.replace(noted, ''), `${buoy}\n${gull}![A gull](images/a-gull.png)\n\nThe end.\n`);
		assert.equal(await readFile(document.uri.fsPath, 'utf8'), text);
		assert.deepEqual(await findingsOf(document.uri), []);
		assert.deepEqual(await build(document.uri), { images: [], failures: [], warnings: [] });
		assert.equal(openai.charges, 2);
	});

	it('makes nothing that is being recovered while a build asks for it', async () => {
		const openai = await standIn('openai', startOpenAI());
		const document = await openNew('both.md', `${buoy}\n${gull}`, base);
		await build(document.uri);
		await unblock();
		const [recovered, built] = await Promise.all([recover(), build(document.uri)]);
		assert.deepEqual([recovered.images.length, built.images, built.failures], [2, [], []]);
		assert.deepEqual([openai.charges, document.getText().match(noted)?.length], [2, 2]);
	});

	it('keeps no second file of a picture that fails again', async () => {
		await standIn('openai', startOpenAI());
		const document = await openNew('kept.md', buoy, base);
		const [, kept = ''] = / kept at (.*)\.$/.exec((await build(document.uri)).failures[0]?.message ?? '') ?? [];
		const before = await readdir(path.dirname(kept));
		assert.ok(before.includes(path.basename(kept)));
		assert.deepEqual(codesOf(await recover()), ['not-writable']);
		assert.deepEqual(await readdir(path.dirname(kept)), before);
		await unblock();
		const [image] = (await recover()).images;
		assert.equal(`${image?.id}.png`, path.basename(kept));
		assert.ok(!(await readdir(path.dirname(kept))).includes(path.basename(kept)));
	});

	it('leaves a recipe alone that was changed meanwhile, and says where its picture is', async () => {
		await standIn('openai', startOpenAI());
		const document = await openNew('changed.md', gull, base);
		await build(document.uri);
		await workspace.fs.writeFile(document.uri, Buffer.from(gull.replace('gull', 'tern')));
		await until(() => document.getText().includes('tern'));
		await unblock();
		const { images, warnings } = await recover();
		assert.equal(images.length, 1);
		assert.match(warnings.join(' '), /changed\.md is gone or was changed.*a-gull\.png/);
		assert.equal(document.getText(), gull.replace('gull', 'tern'));
	});

	it('says where a picture is whose document is gone', async () => {
		await standIn('openai', startOpenAI());
		const document = await openNew('gone.md', gull, base);
		await build(document.uri);
		await closeEditors();
		await workspace.fs.delete(document.uri);
		await unblock();
		const { images, warnings } = await recover();
		assert.equal(images.length, 1);
		assert.match(warnings.join(' '), /gone\.md is gone or was changed.*a-gull\.png/);
	});

	it('leaves a document unsaved in which somebody is writing', async () => {
		await standIn('openai', startOpenAI());
		const document = await openNew('dirty.md', buoy, base);
		await build(document.uri);
		await unblock();
		await type(document, 'Words.\n');
		await recover();
		assert.deepEqual([document.isDirty, document.getText().match(noted)?.length], [true, 1]);
		assert.equal(await readFile(document.uri.fsPath, 'utf8'), buoy);
	});

	it('finds the recipe in a notebook, closed or open', async () => {
		const openai = await standIn('openai', startOpenAI());
		const cells = [gull, buoy].map((source) => ({ cell_type: 'markdown', metadata: {}, source }));
		const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
		const file = Uri.file(path.join(base, 'cells.ipynb'));
		await workspace.fs.writeFile(file, Buffer.from(text.replace(gull, gull.trim())));
		assert.deepEqual(codesOf(await build(file)), ['not-writable', 'not-writable']);
		await unblock();
		const { images, warnings } = await recover();
		assert.deepEqual([images.length, warnings], [2, []]);
		const written = await readFile(file.fsPath, 'utf8');
		assert.equal(written.match(noted)?.length, 2);
		assert.match(written, /images\/a-gull\.png/);
		assert.deepEqual(await build(file), { images: [], failures: [], warnings: [] });
		assert.equal(openai.charges, 2);
	});
});
