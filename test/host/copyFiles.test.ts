import assert from 'node:assert/strict';
import path from 'node:path';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { generate } from './contract';
import { closeEditors, filesBelow, folder, openNew, withSetting } from './workspace';

const tiny = { size: '16x16', prompt: 'A red fox' };

/** Sets `markdown.copyFiles.destination` while `work` runs. */
async function withDestination<T>(value: unknown, work: () => Promise<T>): Promise<T> {
	const configuration = workspace.getConfiguration('markdown');
	await configuration.update('copyFiles.destination', value, ConfigurationTarget.Workspace);
	try {
		return await work();
	} finally {
		await configuration.update('copyFiles.destination', undefined, ConfigurationTarget.Workspace);
	}
}

/** Where a picture for a new document is saved, relative to the first folder, and what the document says then. */
async function savedFor(name: string, more: Readonly<Record<string, unknown>> = {}): Promise<[string, string]> {
	const document = await openNew(name, '');
	const insert = { uri: document.uri, line: 0, character: 0 };
	const { images, failures } = await generate({ ...tiny, insert, ...more });
	assert.deepEqual(failures, []);
	const { fsPath } = Uri.parse(images[0]?.uri ?? '');
	return [path.relative(folder(0), fsPath), document.getText()];
}

describe('the editor’s own folder for files in folders', () => {
	afterEach(closeEditors);

	it('is where pictures go', async () => {
		await withDestination({ '/guide/**/*.md': '/media/${documentBaseName}/', '*.md': 'beside/' }, async () => {
			assert.deepEqual(await savedFor('guide/deep/one.md'), [
				'media/one/a-red-fox.png',
				'![A red fox](../../media/one/a-red-fox.png)',
			]);
			assert.deepEqual(await savedFor('other/one.md'), [
				'other/beside/a-red-fox.png',
				'![A red fox](beside/a-red-fox.png)',
			]);
			assert.equal((await savedFor('other/one.html'))[0], 'other/images/a-red-fox.png');
		});
		assert.equal((await savedFor('other/two.md'))[0], 'other/images/a-red-fox-1.png');
	});

	it('names the file, too', async () => {
		await withDestination({ '*.md': 'img/${documentBaseName}-${fileName}' }, async () => {
			assert.equal((await savedFor('named/one.md'))[0], 'named/img/one-a-red-fox.png');
			assert.equal((await savedFor('named/one.md', { fileName: 'mine' }))[0], 'named/img/mine.png');
		});
		await withDestination({ '*.md': 'hero.webp' }, async () => {
			assert.equal((await savedFor('named/two.md'))[0], 'named/hero.webp');
			assert.equal((await savedFor('named/two.md'))[0], 'named/hero-1.webp');
		});
	});

	it('comes after Limn’s own', async () => {
		await withDestination({ '**/*': 'theirs/' }, async () => {
			assert.equal((await savedFor('ours/one.md', { folder: 'given' }))[0], 'given/a-red-fox.png');
			await withSetting('output.folder', 'set', async () => {
				assert.equal((await savedFor('ours/one.md'))[0], 'set/a-red-fox.png');
			});
			assert.equal((await savedFor('ours/one.md'))[0], 'ours/theirs/a-red-fox.png');
		});
	});

	it('may have any signs in its path, which are no variables', async () => {
		await withDestination({ '*.md': '${documentBaseName}/x/' }, async () => {
			assert.deepEqual(await savedFor('odd/${slug} (1)#.md'), [
				'odd/${slug} (1)#/x/a-red-fox.png',
				'![A red fox](%24%7Bslug%7D%20%281%29%23/x/a-red-fox.png)',
			]);
		});
	});

	it('is never outside of the workspace', async () => {
		const document = await openNew('docs/out.md', '');
		const before = await filesBelow(path.dirname(folder(0)));
		await withDestination({ '**/*': '../../../outside-${documentBaseName}/' }, async () => {
			const insert = { uri: document.uri, line: 0, character: 0 };
			const { images, failures } = await generate({ ...tiny, insert });
			assert.deepEqual([images.length, failures.map(({ code }) => code)], [0, ['bad-input']]);
			assert.match(failures[0]?.message ?? '', /outside-out.* is outside the workspace/);
		});
		const after = await filesBelow(path.dirname(folder(0)));
		assert.deepEqual(
			after.filter((file) => file.endsWith('.png')),
			before.filter((file) => file.endsWith('.png')),
		);
	});

	it('is passed over where it is malformed', async () => {
		await withDestination({ '*.md': 7, '[': 'no/', '**/*.md': 'yes/' }, async () => {
			assert.equal((await savedFor('bad/one.md'))[0], 'bad/yes/a-red-fox.png');
		});
	});
});
