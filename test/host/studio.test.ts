import assert from 'node:assert/strict';
import { commands, type Tab, TabInputWebview, Uri, window } from 'vscode';
import { until } from './until';
import { closeEditors, folder, openNew } from './workspace';

function studioTabs(): readonly Tab[] {
	return window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('limn.studio'));
}

describe('limn.openStudio in folders', () => {
	afterEach(closeEditors);

	it('opens one tab, beside what is written in, and returns nothing', async () => {
		await openNew('studio.md', '# Studio\n');
		assert.equal(await commands.executeCommand('limn.openStudio'), undefined);
		assert.equal(await commands.executeCommand('limn.openStudio', { view: 'gallery' }), undefined);
		await until(() => studioTabs().length === 1);
		assert.equal(studioTabs()[0]?.group.viewColumn, 2);
		assert.equal(studioTabs()[0]?.label, 'Limn Studio');
	});

	it('takes the picture of a menu, a view and a picture, and an argument of any of the ways to name one', async () => {
		const image = Uri.file(`${folder(0)}/nowhere.png`);
		for (const argument of [
			image,
			{ image },
			{ view: 'edit', image: image.toString() },
			{ view: 'create', image: 'a.png' },
		])
			assert.equal(await commands.executeCommand('limn.openStudio', argument), undefined);
		await commands.executeCommand('limn.editInStudio', image);
		await until(() => studioTabs().length === 1);
	});

	it('opens nothing for an argument that it does not know', async () => {
		for (const argument of [{ view: 'settings' }, { image: 7 }, { path: '/' }, 'gallery'])
			assert.equal(await commands.executeCommand('limn.openStudio', argument), undefined);
		assert.deepEqual(studioTabs(), []);
	});
});
