import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { Workbench } from '../editor/workbench';

const language = 'zh-cn';
const words = z.record(z.string(), z.string());

/** The editor loads translations only where it speaks that language itself. */
describe('Limn in another language', () => {
	let folder: string;
	let workbench: Workbench;
	/** What the translations say. */
	let said: (english: string) => string;

	before(async () => {
		const bundle = words.parse(JSON.parse(await readFile(`l10n/bundle.l10n.${language}.json`, 'utf8')));
		const titles = words.parse(JSON.parse(await readFile(`package.nls.${language}.json`, 'utf8')));
		said = (english) => bundle[english] ?? titles[english] ?? assert.fail(english);
		folder = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		await cp('test/sample', folder, { recursive: true });
		const settings = { 'limn.model': 'sketch/placeholder' };
		workbench = await Workbench.open(folder, { devPath: '.', language, settings });
	});
	after(async () => {
		await workbench.close();
		await rm(folder, { recursive: true, force: true });
	});
	afterEach(async function () {
		if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-language');
	});

	it('speaks it in the palette, in its box, in a notification and in the studio', async () => {
		const { inputBox } = workbench;
		await workbench.openFile('docs/lighthouse.md');
		await workbench.runCommand(`Limn: ${said('generate')}`);
		await inputBox.title.getByText(`${said('Generate Image')} · sketch/placeholder`).waitFor();
		await inputBox.submit('a lighthouse');
		const saved = workbench.notification(filled(said('Saved {0}. No AI drew it: it is a placeholder.'), 'docs/'));
		for (const name of ['Set API Key', 'Undo']) await saved.getByRole('button', { name: said(name) }).waitFor();
		await workbench.clearNotifications();

		await workbench.runCommand(`Limn: ${said('openStudio')}`);
		const studio = workbench.webview();
		await studio.getByRole('textbox', { name: said('Prompt') }).waitFor();
		assert.deepEqual(
			await studio.getByRole('tab').allInnerTexts(),
			['Create', 'Gallery', 'Edit'].map((name) => said(name)),
		);
		// What the host says there.
		await studio.getByText(said('free'), { exact: true }).first().waitFor();
		assert.equal(await studio.locator('html').getAttribute('lang'), language);
		await workbench.screenshot('studio-zh-cn');
	});
});

/** Up to what is filled in, and the beginning of that. */
function filled(translation: string, beginning: string): string {
	return `${translation.slice(0, translation.indexOf('{0}'))}${beginning}`;
}
