import assert from 'node:assert/strict';
import { emptyCanvas } from '../../src/webview/edit/canvasState';
import { asks, kept, scriptOf } from './createScripts';
import { faults, StudioBrowser } from './studio';

const draft = { prompt: 'make it night', n: 1, options: {}, references: [], source: 'p7', model: 'openai/gpt-image-2' };

describe('Edit', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const open = async (editDraft: object | undefined = draft, state: Parameters<typeof scriptOf>[0] = {}) =>
		studio.open({
			pictures: 40,
			script: scriptOf(state, {
				kept: kept({ view: 'edit', canvas: { ...emptyCanvas, job: 'edit' }, ...(editDraft && { editDraft }) }),
			}),
		});
	const empty = { prompt: '', n: 1, options: {}, references: [] };

	it('lets a picture be chosen, in the gallery or among the files', async () => {
		const page = await open(empty);
		await page.getByRole('button', { name: 'Pick a File…' }).click();
		await page.getByText('docs/images/picture-0.png').waitFor();
		await page.close();
		const other = await open(empty);
		await other.getByRole('button', { name: 'Choose in Gallery' }).click();
		await other.getByRole('tab', { name: 'Gallery', selected: true }).waitFor();
		await other.close();
	});

	it('changes the picture by instruction, by what models say for changes', async () => {
		const page = await open();
		await page.getByText('docs/images/picture-7.png').waitFor();
		await page.getByText('$0.01').waitFor();
		await asks(page, 'form', [{ job: 'edit', model: draft.model }]);
		await page.getByRole('textbox', { name: 'What should change?' }).press('Control+Enter');
		await asks(page, 'generate', [{ ...draft, seen: '1' }]);
		await page.getByRole('button', { name: 'Choose the model' }).click();
		await asks(page, 'chooseModel', [{ present: draft.model, job: 'edit' }]);
		await page.close();
	});

	it('shows no size where the model has none to choose', async () => {
		const page = await open();
		const sizes = page.getByRole('group', { name: 'Size' }).getByRole('radio');
		await sizes.first().waitFor({ state: 'attached' });
		await page.evaluate(() => {
			const form = window.script.forms['openai/gpt-image-2'];
			window.scripted.answers['form'] = { ...form, sizes: [], anySize: false };
			window.scripted.push({ formRevision: 2 });
		});
		await sizes.first().waitFor({ state: 'detached' });
		assert.equal(await page.getByText('Size', { exact: true }).count(), 0);
		await page.close();
	});

	it('says when the picture is gone, and takes another', async () => {
		const page = await open({ ...draft, source: 'gone' });
		await page.getByText('There is no picture gone.').waitFor();
		await page.getByRole('button', { name: 'Another Picture…' }).click();
		await page.getByText('docs/images/picture-0.png').waitFor();
		await page.getByText('There is no picture gone.').waitFor({ state: 'detached' });
		await page.close();
	});

	it('says when the picture cannot be drawn', async () => {
		const page = await open();
		await page.locator('.canvasBox').waitFor();
		await page.evaluate(() => {
			const picture = { uri: '/studio.css', width: 1024, height: 768, isWhole: true };
			Object.assign(window.script.details, { p7: { picture } });
			window.scripted.push({ gallery: { revision: 2, count: 40, isLoading: false } });
		});
		await page.getByText('The picture cannot be shown.').waitFor();
		assert.equal(await page.locator('.canvasBox').count(), 0);
		assert.equal(await page.getByText('docs/images/picture-7.png').count(), 1);
		await page.close();
	});

	it('looks again when the pictures have changed', async () => {
		const page = await open();
		await page.getByText('docs/images/picture-7.png').waitFor();
		await page.evaluate(() => {
			window.scripted.answers['look'] = { fail: 'The picture was deleted.' };
			window.scripted.push({ gallery: { revision: 2, count: 39, isLoading: false } });
		});
		await page.getByText('The picture was deleted.').waitFor();
		await page.close();
	});
});
