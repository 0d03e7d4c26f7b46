import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
	commands,
	type Disposable,
	EventEmitter,
	FileSystemError,
	Range,
	Uri,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { encodePicture } from '../servers/pictureFiles';
import { call, generate, parseResult } from './contract';
import { MemoryFiles, memoryScheme, memoryUri } from './memoryFiles';
import { photo } from './photo';
import { closeEditors, filesBelow, folder, withSetting } from './workspace';

const tiny = { size: '16x16' };

describe('files that cannot be written in folders', () => {
	it('keeps a picture whose folder cannot be made, and says where', async () => {
		await writeFile(path.join(folder(0), 'a-file'), 'no folder');
		const { images, failures } = await generate({ ...tiny, prompt: 'kept', folder: 'a-file/below' });
		assert.deepEqual(images, []);
		assert.deepEqual([failures[0]?.code, failures[0]?.charged], ['not-writable', 'no']);
		const [, kept] = / kept at (.*)\.$/.exec(failures[0]?.message ?? '') ?? [];
		assert.ok(kept, failures[0]?.message);
		assert.equal((await readFile(kept)).subarray(1, 4).toString(), 'PNG');
		assert.equal(kept.startsWith(folder(0)), false);
	});

	it('keeps every one of many', async () => {
		const { failures } = await generate({ ...tiny, prompt: 'many kept', n: 40, folder: 'a-file/below' });
		const places = failures.map(({ message }) => / kept at (.*)\.$/.exec(message)?.[1]);
		assert.equal(new Set(places).size, 40);
		for (const place of places) await readFile(place ?? '');
	});

	it('leaves no unfinished file behind', async () => {
		await mkdir(path.join(folder(0), 'clean'));
		await Promise.all([1, 2, 3].map(async () => generate({ ...tiny, prompt: 'clean', folder: 'clean' })));
		assert.deepEqual(await filesBelow(path.join(folder(0), 'clean')), ['clean-1.png', 'clean-2.png', 'clean.png']);
	});
});

describe('a virtual workspace in folders', () => {
	const files = new MemoryFiles();
	let registration: Disposable;

	before(async () => {
		registration = workspace.registerFileSystemProvider(memoryScheme, files);
		const count = workspace.workspaceFolders?.length ?? 0;
		const added = new Promise((resolve) => workspace.onDidChangeWorkspaceFolders(resolve));
		assert.ok(workspace.updateWorkspaceFolders(count, 0, { uri: memoryUri('/project'), name: 'virtual' }));
		await added;
		await files.writeFile(memoryUri('/project/docs/page.md'), Buffer.from('text\n'));
	});
	afterEach(async () => {
		files.fault = undefined;
		await closeEditors();
	});
	after(() => {
		workspace.updateWorkspaceFolders((workspace.workspaceFolders?.length ?? 1) - 1, 1);
		registration.dispose();
	});

	it('saves and refers as on a disk, and never overwrites', async () => {
		const document = await workspace.openTextDocument(memoryUri('/project/docs/page.md'));
		await window.showTextDocument(document);
		await generate({ ...tiny, prompt: 'virtual', insert: { uri: document.uri, line: 1, character: 0 } });
		const { images } = await generate({ ...tiny, prompt: 'virtual' });
		assert.equal(document.getText(), 'text\n![Virtual](images/virtual.png)');
		assert.equal(Uri.parse(images[0]?.uri ?? '').path, '/project/docs/images/virtual-1.png');
		const expected = ['docs/images/virtual-1.png', 'docs/images/virtual.png', 'docs/page.md'];
		assert.deepEqual(
			files.paths,
			expected.map((name) => `/project/${name}`),
		);
	});

	it('changes its pictures, with masks and others from there, and puts the new ones beside them', async () => {
		const image = memoryUri('/project/art/photo.png');
		await files.writeFile(image, await encodePicture(photo({ width: 64, height: 48 }), 'png'));
		const rect = { x: 8, y: 8, width: 16, height: 16 };
		const sketch = { image, model: 'sketch/placeholder' };
		const edited = await call('limn.edit', { ...sketch, prompt: 'a moon', mask: [rect], folder: 'art' });
		const expanded = await call('limn.expand', { ...sketch, image: image.toString(), top: 16, folder: 'art' });
		assert.deepEqual([...edited.failures, ...expanded.failures], []);
		assert.equal(edited.images[0]?.changedOutsideMask, 0);
		const masked = await call('limn.edit', { ...sketch, prompt: 'a moon', mask: memoryUri('/project/art/none.png') });
		assert.match(masked.failures[0]?.message ?? '', /none\.png cannot be read/);
		assert.deepEqual([expanded.images[0]?.width, expanded.images[0]?.height], [64, 64]);
	});

	it('has its recipes built, and built again where they changed', async () => {
		const file = memoryUri('/project/docs/recipe.md');
		const recipe = '<!-- limn: a fox | size=32x16 model=sketch/placeholder -->\n![A fox](pics/fox.png)\n';
		await files.writeFile(file, Buffer.from(recipe));
		const build = async () =>
			parseResult(await commands.executeCommand('limn.buildImages', { uri: file, silent: true }));
		const [first] = (await build()).images;
		const written = Buffer.from(files.readFile(file)).toString();
		assert.match(written, / made=[0-9a-f]{12}-[0-9a-f]{12} -->/);
		const document = await workspace.openTextDocument(file);
		const edit = new WorkspaceEdit();
		const at = written.indexOf('a fox');
		edit.replace(file, new Range(document.positionAt(at), document.positionAt(at + 5)), 'a hen');
		assert.ok(await workspace.applyEdit(edit));
		const [second] = (await build()).images;
		assert.deepEqual(
			[first?.uri, second?.uri],
			[1, 2].map(() => memoryUri('/project/docs/pics/fox.png').toString()),
		);
		assert.notEqual(first?.id, second?.id);
		assert.deepEqual((await build()).images, []);
	});

	it('keeps what limn.ignore names to itself', async () => {
		const image = memoryUri('/project/art/private/photo.png');
		await files.writeFile(image, await encodePicture(photo({ width: 64, height: 48 }), 'png'));
		await withSetting('ignore', ['art/private'], async () => {
			const { failures } = await call('limn.vary', { image, model: 'sketch/placeholder' });
			assert.deepEqual([failures[0]?.code], ['bad-input']);
			assert.match(failures[0]?.message ?? '', /photo\.png is not sent: the setting limn\.ignore names it/);
		});
	});

	it('follows a document that is renamed while the picture is on its way', async () => {
		const [from, to] = [memoryUri('/project/docs/old.md'), memoryUri('/project/docs/new.md')];
		await files.writeFile(from, Buffer.from('text\n'));
		await window.showTextDocument(await workspace.openTextDocument(from));
		const released = new EventEmitter<void>();
		files.held = new Promise((resolve) => released.event(resolve));
		const running = generate({ ...tiny, prompt: 'renamed', insert: { uri: from, line: 1, character: 0 } });
		const edit = new WorkspaceEdit();
		edit.renameFile(from, to);
		assert.ok(await workspace.applyEdit(edit));
		released.fire();
		assert.deepEqual((await running).warnings, []);
		assert.equal((await workspace.openTextDocument(to)).getText(), 'text\n![Renamed](images/renamed.png)');
	});

	it('says at once that a file stands where the folder should be', async () => {
		const document = await workspace.openTextDocument(memoryUri('/project/docs/page.md'));
		await window.showTextDocument(document);
		await files.writeFile(memoryUri('/project/blocked'), Buffer.from('a file'));
		const { failures } = await generate({ ...tiny, prompt: 'blocked', folder: 'blocked' });
		assert.equal(failures[0]?.code, 'not-writable');
	});

	it('saves nothing behind a link, of which nobody knows where it leads', async () => {
		const document = await workspace.openTextDocument(memoryUri('/project/docs/page.md'));
		await window.showTextDocument(document);
		files.links.add('/project/link');
		const { failures } = await generate({ ...tiny, prompt: 'link', folder: 'link/below' });
		assert.equal(failures[0]?.code, 'bad-input');
		assert.match(failures[0]?.message ?? '', /leads out/);
	});

	for (const [fault, code] of [
		[FileSystemError.NoPermissions('read-only'), 'not-writable'],
		[FileSystemError.Unavailable('gone'), 'not-writable'],
		[new Error('ENOSPC: no space left on device'), 'no-space'],
	] as const) {
		it(`tells ${fault.message} apart and keeps the picture`, async () => {
			const document = await workspace.openTextDocument(memoryUri('/project/docs/page.md'));
			await window.showTextDocument(document);
			const before = files.paths;
			files.fault = fault;
			const { failures } = await generate({ ...tiny, prompt: 'fault' });
			assert.equal(failures[0]?.code, code);
			assert.match(failures[0]?.message ?? '', /kept at /);
			assert.deepEqual(files.paths, before);
		});
	}
});
