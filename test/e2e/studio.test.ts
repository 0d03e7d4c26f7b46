import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { Workbench } from '../editor/workbench';

/** Tests of one window, one after the other: what is made in the first is looked at in those after it. */
describe('the studio in the workbench', () => {
	let folder: string;
	let workbench: Workbench;

	before(async () => {
		folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-')), 'a b#ü');
		await mkdir(folder);
		await writeFile(path.join(folder, 'guide.md'), '# Guide\n\nA lighthouse.\n');
		await writeFile(path.join(folder, 'other.md'), '# Other\n');
		workbench = await Workbench.open(folder, { devPath: '.', settings: { 'limn.model': 'sketch/placeholder' } });
		await workbench.openFile('guide.md');
		await workbench.goTo(3, 14);
		await workbench.runCommand('Limn: Open Studio');
		await tab('Create').waitFor();
	});
	after(async () => {
		await workbench.close();
		await rm(path.dirname(folder), { recursive: true, force: true });
	});
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
	});

	it('makes pictures with the keyboard alone, and shows each as it comes', async () => {
		await prompt().fill('a lighthouse at dawn');
		await studio().getByRole('spinbutton', { name: 'Count' }).fill('2');
		await studio().getByText('Saves to images').waitFor();
		await prompt().press('Control+Enter');
		await job('a lighthouse at dawn').locator('img').nth(1).waitFor();
		assert.deepEqual((await pictures()).toSorted(), ['a-lighthouse-at-dawn-1.png', 'a-lighthouse-at-dawn.png']);
		for (const theme of ['dark', 'hc', 'hcLight', 'light'] as const)
			await workbench.screenshot(`studio-create-${theme}`, { theme });
	});

	it('brings earlier prompts back', async () => {
		await prompt().fill('something else');
		await prompt().press('Alt+ArrowUp');
		await until(async () => (await prompt().inputValue()) === 'a lighthouse at dawn');
		await prompt().press('Alt+ArrowDown');
		await until(async () => (await prompt().inputValue()) === 'something else');
	});

	it('cancels a job, and keeps what came', async () => {
		await prompt().fill('a hundred foxes');
		await studio().getByRole('spinbutton', { name: 'Count' }).fill('100');
		await prompt().press('Control+Enter');
		await job('a hundred foxes').locator('img').first().waitFor();
		await job('a hundred foxes').getByRole('button', { name: 'Cancel' }).click();
		await job('a hundred foxes').getByText('Cancelled. Pictures that had arrived were kept.').waitFor();
		const foxes = (await pictures()).filter((name) => name.startsWith('a-hundred-foxes'));
		assert.ok(foxes.length > 0 && foxes.length < 100, String(foxes.length));
		await job('a hundred foxes').getByRole('button', { name: 'Dismiss' }).click();
		await studio().getByRole('spinbutton', { name: 'Count' }).fill('1');
	});

	it('keeps what is being written, and what has come, when the window is loaded again in the middle of a job', async () => {
		await prompt().fill('a hundred owls');
		await studio().getByRole('spinbutton', { name: 'Count' }).fill('100');
		await prompt().press('Control+Enter');
		await job('a hundred owls').locator('img').first().waitFor();
		await studio().getByRole('spinbutton', { name: 'Count' }).fill('1');
		await prompt().fill('a draft that stays');
		const reloaded = workbench.page.waitForEvent('domcontentloaded');
		await workbench.runCommand('Developer: Reload Window');
		await reloaded;
		await until(async () => (await prompt().inputValue()) === 'a draft that stays');
		const owls = (await pictures()).filter((name) => name.startsWith('a-hundred-owls'));
		assert.ok(owls.length > 0 && owls.length < 100, String(owls.length));
		await tab('Gallery').click();
		await search('owls');
		await studio()
			.getByText(/^\d+ pictures?$/)
			.waitFor();
		await search('');
		await tab('Create').click();
	});

	it('keeps it while another tab hides it, too', async () => {
		await prompt().click();
		await workbench.inputBox.choose('ControlOrMeta+P', 'other.md', /^other\.md/, 15_000);
		await workbench.tab('other.md').waitFor();
		await workbench.tab('Limn Studio').click();
		await prompt().waitFor();
		await until(async () => (await prompt().inputValue()) === 'a draft that stays');
	});

	it('finds a picture by its words, and makes it a favourite', async () => {
		await tab('Gallery').click();
		await search('dawn');
		await found('2 pictures');
		await tile(/^a lighthouse at dawn/)
			.first()
			.click();
		await studio().getByRole('button', { name: 'Favourite' }).click();
		await tile(/favourite$/).waitFor();
		for (const theme of ['dark', 'hc', 'hcLight', 'light'] as const)
			await workbench.screenshot(`studio-gallery-${theme}`, { theme });
		await search('');
	});

	it('shows a picture with its recipe, and inserts it at the cursor of the document', async () => {
		await search('dawn');
		await found('2 pictures');
		await tile(/^a lighthouse at dawn/)
			.first()
			.focus();
		await workbench.page.keyboard.press('Enter');
		await studio()
			.getByRole('heading', { name: /^a-lighthouse-at-dawn/ })
			.waitFor();
		await studio().getByText('sketch/placeholder').first().waitFor();
		await workbench.screenshot('studio-detail-dark', { theme: 'dark' });
		await workbench.screenshot('studio-detail-light', { theme: 'light' });
		await studio().getByRole('button', { name: 'Copy Picture' }).click();
		await studio().getByText('The picture is on the clipboard.').waitFor();
		await studio().getByRole('button', { name: 'Insert', exact: true }).click();
		await studio().getByText('Inserted into guide.md.').waitFor();
		assert.match(
			await workbench.savedText('guide.md'),
			/!\[A lighthouse at dawn\]\(images\/a-lighthouse-at-dawn(-1)?\.png\)/,
		);
	});

	it('makes a picture once more from its recipe, as its own child does it', async () => {
		await studio().getByRole('button', { name: 'Remix' }).click();
		await until(async () => (await prompt().inputValue()) === 'a lighthouse at dawn');
		await tab('Gallery').click();
		await studio().getByRole('button', { name: 'Edit', exact: true }).click();
		await studio().getByRole('radio', { name: 'Whole Picture' }).check({ force: true });
		const change = studio().getByRole('textbox', { name: 'What should change?' });
		await change.fill('a full moon');
		await change.press('Control+Enter');
		await job('a full moon').locator('img').first().waitFor();
		await job('a full moon')
			.getByRole('button', { name: /full-moon/ })
			.click();
		await studio()
			.getByRole('button', { name: /^a lighthouse at dawn/ })
			.waitFor();
		await studio().locator('.viewer img').waitFor();
		await workbench.screenshot('studio-lineage');
	});

	it('says so where a picture’s file was moved outside of the editor', async () => {
		const name = (await pictures()).find((each) => each.startsWith('a-full-moon')) ?? '';
		await rename(path.join(folder, 'images', name), path.join(folder, 'elsewhere.png'));
		await tab('Gallery').click();
		await studio().getByText('The file is gone').first().waitFor();
		await studio().getByRole('button', { name: 'Forget' }).click();
		await search('moon');
		await found('No picture matches');
	});

	it('deletes a picture to the trash, after a question', async () => {
		await search('dawn');
		await found('2 pictures');
		await tile(/^a lighthouse at dawn/)
			.first()
			.focus();
		await workbench.page.keyboard.press('Delete');
		const question = workbench.page.getByRole('dialog').filter({ hasText: 'Delete images/a-lighthouse-at-dawn' });
		await question.getByRole('button', { name: 'Move to Trash' }).click();
		await workbench.screenshot('studio-deleted');
		const forGood = workbench.page.getByRole('dialog').filter({ hasText: 'It could not be moved to the trash.' });
		await Promise.race([found('1 picture'), forGood.getByRole('button', { name: 'Delete Permanently' }).click()]);
		await found('1 picture');
		await until(async () => (await pictures()).filter((name) => name.startsWith('a-lighthouse')).length === 1);
	});

	it('shows its gallery in the side bar, too', async () => {
		await workbench.page.getByRole('tab', { name: 'Limn', exact: true }).click();
		const side = await sideBar();
		await side.locator('.tile img').first().waitFor();
		await side.getByRole('searchbox').fill('owls');
		await side.getByText(/^\d+ pictures?$/).waitFor();
		await workbench.screenshot('studio-side-bar');
	});

	/** The one in the editor's tab, which is opened first. */
	function studio(): FrameLocator {
		return workbench.page.locator('iframe.webview.ready').first().contentFrame().frameLocator('iframe#active-frame');
	}

	/** The page of the side bar's view: frames of webviews lie side by side, whatever they are shown in. */
	async function sideBar(): Promise<Frame> {
		for (const end = performance.now() + 15_000; performance.now() < end;) {
			for (const frame of workbench.page.frames()) {
				// One that goes while it is asked is none.
				const found = await frame
					.locator('body[data-place="sideBar"]')
					.count()
					.catch(() => 0);
				if (found > 0) return frame;
			}
		}
		throw new Error('The side bar shows no gallery.');
	}

	function tab(name: string): Locator {
		return studio().getByRole('tab', { name });
	}

	function prompt(): Locator {
		return studio().getByRole('textbox', { name: 'Prompt' });
	}

	function job(words: string): Locator {
		return studio().getByRole('article').filter({ hasText: words }).first();
	}

	async function search(words: string): Promise<void> {
		await studio().getByRole('searchbox', { name: 'Search pictures' }).fill(words);
	}

	async function found(sentence: string): Promise<void> {
		await studio().getByText(sentence, { exact: true }).first().waitFor();
	}

	function tile(name: RegExp): Locator {
		return studio().getByRole('option', { name });
	}

	async function pictures(): Promise<string[]> {
		return readdir(path.join(folder, 'images'));
	}
});

/** Waits for what happens soon; what does not is a failure. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
	const end = performance.now() + 15_000;
	while (!(await isSo())) assert.ok(performance.now() < end, isSo.toString());
}
