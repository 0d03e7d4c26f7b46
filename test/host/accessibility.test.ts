import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mock } from 'node:test';
import { type QuickPickItem, type StatusBarItem, Uri, window, workspace } from 'vscode';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { pickSize } from '../../src/host/promptPickers';
import { RunningJobs } from '../../src/host/runningJobs';
import { askWhich } from '../../src/host/showPictures';

const root = path.resolve(__dirname, '..');

const catalogue = () => ({ models, offers });

/** What a list would show, while nobody chooses anything. */
async function listed(ask: () => Promise<unknown>): Promise<readonly QuickPickItem[]> {
	let shown: readonly QuickPickItem[] = [];
	mock.method(window, 'showQuickPick', async (items: readonly QuickPickItem[]) => void (shown = items));
	await ask();
	return shown;
}

describe('what is read out, in folders', () => {
	afterEach(() => mock.restoreAll());

	it('is which size is chosen, in words', async () => {
		const items = await listed(async () => pickSize('16:9', 'sketch/placeholder', { job: 'generate', catalogue }));
		const chosen = items.filter(({ iconPath }) => iconPath);
		assert.deepEqual(
			chosen.map(({ label }) => label),
			['16:9'],
		);
		for (const item of items) {
			assert.doesNotMatch(item.label, /\$\(/);
			assert.equal(/\bchosen$/.test(item.description ?? ''), item === chosen[0], item.label);
		}
	});

	it('is the name of a picture, without that of its icon', async () => {
		const image = { uri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), 'a$(b).png').toString() };
		const items = await listed(async () =>
			askWhich([
				{ ...image, id: '', width: 1, height: 1, mimeType: 'image/png', operation: 'generate', prompt: '', model: '' },
			]),
		);
		assert.deepEqual(
			items.map(({ label }) => label),
			[String.raw`a b#ü/a\$(b).png`, 'All of them'],
		);
	});

	it('is what is under way, in the status bar', async () => {
		const create = window.createStatusBarItem.bind(window);
		const items: StatusBarItem[] = [];
		mock.method(window, 'createStatusBarItem', (id: string) => {
			const item = create(id);
			items.push(item);
			return item;
		});
		const jobs = new RunningJobs();
		await jobs.track('a fox', new AbortController(), async () =>
			assert.equal(items[0]?.accessibilityInformation?.label, 'Limn: 1 job, a fox'),
		);
		jobs.dispose();
		assert.equal(items.length, 1);
	});
});

describe('the keys that the README proposes, in folders', () => {
	it('are none of the editor’s own', async () => {
		const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
		const proposed = Array.from(readme.matchAll(/"key": "([^"]+)"/g), ([, key]) => key);
		assert.ok(proposed.length > 0);
		const defaults = await workspace.openTextDocument(Uri.parse('vscode://defaultsettings/keybindings.json'));
		const taken = new Set(Array.from(defaults.getText().matchAll(/"key": "([^"]+)"/g), ([, key]) => key));
		assert.ok(taken.size > 300, `${taken.size} keys`);
		for (const key of proposed) assert.ok(!taken.has(key), key);
	});
});
