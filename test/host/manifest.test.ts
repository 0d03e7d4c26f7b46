import assert from 'node:assert/strict';
import { commands, extensions, Uri, window, workspace } from 'vscode';
import { galleryViewId } from '../../src/host/studio/viewIds';
import { hiddenCommandIds } from '../../src/host/commandIds';
import * as z from 'zod';
import { generate } from './contract';

const manifestSchema = z.object({
	contributes: z.object({
		commands: z.array(z.object({ command: z.string(), title: z.string() })),
		configuration: z.object({ properties: z.record(z.string(), z.object({ default: z.unknown() })) }),
	}),
});

function limn() {
	const extension = extensions.getExtension<unknown>('limn.limn');
	assert.ok(extension);
	return { extension, manifest: manifestSchema.parse(extension.packageJSON) };
}

describe('the extension in folders', () => {
	it('registers exactly the commands of its manifest, each with a title, and those behind what documents show', async () => {
		const { extension, manifest } = limn();
		await extension.activate();
		// The editor itself has some for each view.
		const all = (await commands.getCommands(true)).filter((id) => !id.startsWith(`${galleryViewId}.`));
		const registered = all.filter((id) => id.startsWith('limn.')).toSorted();
		const inPalette = manifest.contributes.commands.map(({ command }) => command);
		assert.deepEqual(registered, [...inPalette, ...hiddenCommandIds].toSorted());
		assert.ok(manifest.contributes.commands.every(({ title }) => title !== '' && !title.startsWith('%')));
	});

	it('has the defaults of its manifest', () => {
		for (const [name, { default: expected }] of Object.entries(limn().manifest.contributes.configuration.properties)) {
			assert.deepEqual(workspace.getConfiguration().inspect(name)?.defaultValue, expected, name);
		}
	});

	it('is called limn.limn and runs where the workspace is', () => {
		const { extension } = limn();
		assert.equal(extension.id, 'limn.limn');
	});

	it('refuses a provider that takes no key, without asking', async () => {
		assert.equal(await commands.executeCommand('limn.setApiKey', { provider: 'sketch' }), false);
		assert.equal(await commands.executeCommand('limn.setApiKey', { provider: 'nobody' }), false);
		assert.equal(await commands.executeCommand('limn.setApiKey', { key: 'secret' }), false);
		assert.equal(await commands.executeCommand('limn.clearApiKey', { provider: 'openai' }), false);
	});
});

describe('the editor without a folder', () => {
	it('has no place for a picture: silent calls say so', async () => {
		const { failures } = await generate({ prompt: 'nowhere', n: 2 });
		assert.deepEqual(
			failures.map(({ code }) => code),
			['not-writable', 'not-writable'],
		);
	});

	it('has none for an untitled document either', async () => {
		await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content: '' }));
		const { failures } = await generate({ prompt: 'nowhere', insert: true });
		assert.equal(failures[0]?.code, 'not-writable');
	});

	it('saves beside a document that is open alone, and nowhere above it', async () => {
		const home = process.env['LIMN_HOME_FOLDER'] ?? '';
		const uri = Uri.joinPath(Uri.file(home), 'alone', 'note.md');
		await workspace.fs.writeFile(uri, Buffer.from(''));
		const document = await workspace.openTextDocument(uri);
		await window.showTextDocument(document);
		const { images } = await generate({ prompt: 'alone', size: '16x16', insert: true });
		assert.equal(images[0]?.uri, Uri.joinPath(uri, '../images/alone.png').toString());
		assert.equal(document.getText(), '![Alone](images/alone.png)');
		const { failures } = await generate({ prompt: 'alone', folder: '../up' });
		assert.equal(failures[0]?.code, 'bad-input');
	});
});
