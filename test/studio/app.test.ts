import assert from 'node:assert/strict';
import { faults, StudioBrowser } from './studio';

describe('the studio', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('has a tab for each view, chosen by the arrow keys', async () => {
		const page = await studio.open();
		await page.getByRole('tab', { name: 'Create', selected: true }).focus();
		await page.keyboard.press('ArrowRight');
		await page.getByRole('tab', { name: 'Gallery', selected: true }).waitFor();
		await page.keyboard.press('ArrowLeft');
		await page.getByRole('tab', { name: 'Create', selected: true }).waitFor();
		await page.close();
	});
});
