import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import {
	asks,
	done,
	draftOf,
	everyControl,
	failed,
	generateOf,
	kept,
	promptOf,
	running,
	scriptOf,
} from './createScripts';
import { faults, StudioBrowser, type StudioOptions, keptOf } from './studio';

const fox = { prompt: 'a fox', n: 1, options: {}, references: [] };

describe('Create, beside the form', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const open = async (options: StudioOptions = {}) => studio.open({ pictures: 40, script: scriptOf({}), ...options });
	const withDraft = async (draft: object, state: Parameters<typeof scriptOf>[0] = {}) =>
		open({ script: scriptOf(state, { kept: kept({ draft: { ...fox, ...draft } }) }) });

	describe('pictures beside the prompt', () => {
		it('are picked, dropped, pasted and removed, as many as the model takes', async () => {
			const page = await withDraft({ model: everyControl.model });
			await page.getByRole('button', { name: 'Add reference images' }).click();
			await page.getByRole('button', { name: 'Remove picture-0.png' }).waitFor();
			await drop(page, 'application/vnd.code.uri-list', 'file:///a.png\r\nfile:///b.png');
			await page.getByText('2 of 4').waitFor();
			await asks(page, 'dropFiles', [{ uris: ['file:///a.png', 'file:///b.png'] }]);
			await page.evaluate(() => {
				const data = new DataTransfer();
				data.items.add(new File([new Uint8Array([1, 2, 3])], 'pasted.png', { type: 'image/png' }));
				const target = document.querySelector('textarea');
				target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
			});
			await page.waitForFunction(() => window.scripted.calls.some(({ method }) => method === 'dropBytes'));
			const bytes = await page.evaluate(() => {
				const call = window.scripted.calls.find(({ method }) => method === 'dropBytes');
				return JSON.stringify(call?.params, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value));
			});
			assert.equal(bytes, '{"name":"pasted.png","bytes":[1,2,3]}');
			await drop(page, 'text/uri-list', ['a', 'b', 'c', 'd', 'e', 'f'].join('\n'));
			await page.getByText('This model takes 4 pictures: the others were left out.').waitFor();
			assert.deepEqual((await draftOf(page)).references, ['p0', 'p1', 'p2', 'p3']);
			await page.getByRole('button', { name: 'Remove picture-0.png' }).click();
			assert.deepEqual((await draftOf(page)).references, ['p1', 'p2', 'p3']);
			await page.close();
		});

		it('come back after a reload, or are said to be gone', async () => {
			const page = await withDraft({ model: everyControl.model, references: ['p1', 'gone'] });
			await page.getByRole('button', { name: 'Remove picture-1.png' }).waitFor();
			await page.getByTitle('There is no picture gone.').first().waitFor();
			await asks(page, 'reference', [{ id: 'p1' }, { id: 'gone' }]);
			await page.close();
		});
	});

	describe('jobs', () => {
		it('show their pictures one by one, and open them in the gallery', async () => {
			const page = await open({ script: scriptOf({ jobs: [running] }) });
			await page.getByText('1 of 4', { exact: true }).waitFor();
			assert.equal(await page.locator('.cell').count(), 4);
			assert.equal(await page.locator('.cell.awaited').count(), 2);
			await page.getByText(/^\d+ min /).waitFor();
			const two = { ...running, pictures: [...running.pictures, ...done.pictures.slice(0, 1)], previews: [] };
			await page.evaluate((jobs) => window.scripted.push({ jobs }), [two]);
			await page.getByRole('status').filter({ hasText: '2 of 4 pictures are there.' }).waitFor({ state: 'attached' });
			await page.getByRole('button', { name: 'Open picture-1.png in the gallery' }).click();
			await page.getByRole('tab', { name: 'Gallery', selected: true }).waitFor();
			await page.close();
		});

		it('are cancelled, mended, dismissed, and lend their prompt', async () => {
			const page = await withDraft({}, { jobs: [running, failed] });
			await page.getByRole('button', { name: 'Cancel' }).click();
			await page.getByRole('button', { name: 'Choose Another Model…' }).click();
			await page.getByRole('button', { name: 'Dismiss' }).click();
			// The button goes with its card: the keyboard stays among the jobs.
			assert.equal(await page.evaluate(() => document.activeElement?.id), 'jobs');
			await page.getByRole('button', { name: 'Use Prompt Again' }).last().click();
			await asks(page, 'reuse', [{ job: 'job-2' }]);
			await asks(page, 'cancel', [{ job: 'job-1' }]);
			await asks(page, 'cure', [{ job: 'job-2', cure: 1 }]);
			await asks(page, 'dismiss', [{ job: 'job-2' }]);
			await page.close();
		});

		it('tell how they ended, once', async () => {
			const page = await open({ script: scriptOf({ jobs: [{ ...failed, isRunning: true, failures: [] }, done] }) });
			const said = page.locator('.jobs [role=status]');
			assert.equal(await said.textContent(), '');
			await page.evaluate((jobs) => window.scripted.push({ jobs }), [failed, done]);
			await page.getByText('It may have been charged.').waitFor();
			await said.filter({ hasText: /^Done: 2 of 4 pictures are there\.$/ }).waitFor({ state: 'attached' });
			await page.close();
		});

		it('have a thumbnail made where there is none yet', async () => {
			const [{ id, name } = { id: '', name: '' }] = done.pictures;
			const page = await open({ script: scriptOf({ jobs: [{ ...done, pictures: [{ id, name }] }] }) });
			await page.locator('.cell.finished img').waitFor();
			await asks(page, 'thumbnail', [{ id }]);
			await page.close();
		});
	});

	describe('states', () => {
		it('say what is missing, and offer it', async () => {
			const page = await open({ script: scriptOf({ hasKey: false, hasFolder: false }) });
			await page.getByRole('button', { name: 'Set API Key' }).click();
			await page.getByRole('button', { name: 'Open Folder…' }).click();
			await asks(page, 'does', [{ action: 'setKey' }, { action: 'openFolder' }]);
			assert.ok(await promptOf(page).isEnabled());
			await page.close();
		});

		it('make nothing in Restricted Mode', async () => {
			const page = await withDraft({}, { isTrusted: false });
			await page.getByRole('button', { name: 'Manage Trust' }).click();
			await asks(page, 'does', [{ action: 'trust' }]);
			assert.ok(await promptOf(page).isDisabled());
			assert.ok(await generateOf(page).isDisabled());
			await page.evaluate(() => window.scripted.push({ isTrusted: true }));
			await page.locator('.primary[aria-disabled=false]').waitFor();
			await page.close();
		});

		it('show what was spent, and nothing where nothing was', async () => {
			const page = await open();
			assert.equal(await page.locator('.spending').count(), 0);
			const spending = { today: '$0.12', budget: { share: 1.2, text: '$12.00 of $10.00 this month' } };
			await page.evaluate((spending) => window.scripted.push({ spending }), spending);
			await page.getByText('Today $0.12').waitFor();
			assert.equal(
				await page.getByRole('progressbar', { name: '$12.00 of $10.00 this month' }).getAttribute('value'),
				'1',
			);
			await page.close();
		});

		it('keep the draft over a reload', async () => {
			const page = await open();
			await promptOf(page).fill('a draft');
			await page.getByLabel('style').selectOption('pattern');
			const before = await keptOf(page);
			await page.close();
			const again = await open({ script: scriptOf({}, { kept: before }) });
			assert.equal(await promptOf(again).inputValue(), 'a draft');
			await again.locator('select').first().waitFor();
			assert.equal(await again.getByLabel('style').inputValue(), 'pattern');
			await again.close();
		});
	});

	describe('texts of strangers', () => {
		const hostile = `<img src=x onerror="document.title='bad'"> \u202Etxet desrever ${'w'.repeat(300)}`;

		it('are text', async () => {
			const strange = {
				...everyControl,
				title: hostile,
				provider: hostile,
				price: hostile,
				badges: [hostile],
				needsKey: true,
				controls: [{ name: 'style', label: hostile, kind: 'choice' as const, values: [hostile] }],
			};
			const script = scriptOf(
				{
					jobs: [
						{
							...failed,
							prompt: hostile,
							warnings: [hostile],
							cures: [hostile],
							failures: [{ message: hostile, count: 2 }],
						},
					],
					prompts: [hostile],
				},
				{ forms: { [strange.model]: strange }, kept: kept({ draft: { ...fox, model: strange.model } }) },
			);
			const page = await open({ script, width: 320 });
			await page.evaluate((text) => {
				window.scripted.answers['quote'] = { price: text, folder: text, problems: [text] };
				window.scripted.push({ formRevision: 2 });
			}, hostile);
			await page.locator('.mistake').filter({ hasText: 'onerror' }).waitFor();
			assert.equal(await page.locator('img[src="x"]').count(), 0);
			assert.notEqual(await page.title(), 'bad');
			const { scrollWidth, clientWidth } = await page.evaluate(() => {
				const { scrollWidth, clientWidth } = document.documentElement;
				return { scrollWidth, clientWidth };
			});
			assert.equal(scrollWidth, clientWidth);
			await page.close();
		});

		it('may be long: a key is taken, and a card shows the beginning alone', async () => {
			const long = 'a prompt of many words '.repeat(100_000 / 23);
			const page = await withDraft({ prompt: long }, { prompts: [long], jobs: [{ ...done, prompt: long }] });
			await page.getByText('$0.01').waitFor();
			await promptOf(page).focus();
			await page.keyboard.press('Control+End');
			await page.keyboard.press('x');
			assert.equal((await draftOf(page)).prompt, `${long}x`);
			const shown = (await page.locator('.jobPrompt').textContent()) ?? '';
			assert.ok(shown.length < 1000);
			await page.close();
		});
	});
});

async function drop(page: Page, type: string, list: string): Promise<void> {
	await page.evaluate(
		([type, list]) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.setData(type ?? '', list ?? '');
			const zone = document.querySelector('.dropZone');
			zone?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
		},
		[type, list],
	);
}
