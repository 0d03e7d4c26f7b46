import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { asks, done, draftOf, everyControl, generateOf, kept, promptOf, running, scriptOf } from './createScripts';
import { callsOf, faults, StudioBrowser } from './studio';

const fox = { prompt: 'a fox', n: 1, options: {}, references: [] };

/** An address that answers, with no picture. */
const noPicture = '/studio.css';

describe('Create, where something goes wrong', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const open = async (draft: object = {}, state: Parameters<typeof scriptOf>[0] = {}) =>
		studio.open({ pictures: 40, script: scriptOf(state, { kept: kept({ draft: { ...fox, ...draft } }) }) });

	describe('a picture from elsewhere', () => {
		it('does not go up when it is too large', async () => {
			const page = await open({ model: everyControl.model });
			await page.locator('.dropZone').waitFor();
			await drop(page, { large: [64, 1], fits: [0, 3] });
			await page.getByText('large.png is larger than 64 MB.').waitFor();
			await page.getByRole('button', { name: 'Remove picture-0.png' }).waitFor();
			assert.equal((await callsOf(page, 'dropBytes')).length, 1);
			assert.deepEqual((await draftOf(page)).references, ['p0']);
			await page.close();
		});

		it('is taken by its bytes where it brings its address too', async () => {
			const page = await open({ model: everyControl.model });
			await page.locator('.dropZone').waitFor();
			await drop(page, { both: [0, 3] }, 'https://example.org/both.png');
			await page.getByRole('button', { name: 'Remove picture-0.png' }).waitFor();
			assert.equal((await callsOf(page, 'dropBytes')).length, 1);
			await asks(page, 'dropFiles', []);
			await page.close();
		});
	});

	describe('a price that nobody can say', () => {
		it('tells why, and orders nothing until it is known', async () => {
			const page = await open();
			await page.getByText('$0.01').waitFor();
			await page.evaluate(() => {
				window.scripted.answers['quote'] = { fail: 'The list of models is broken.' };
				window.scripted.push({ formRevision: 2 });
			});
			await page.getByRole('status').filter({ hasText: 'The list of models is broken.' }).waitFor();
			assert.equal(await page.locator('.quote').textContent(), '');
			assert.equal(await generateOf(page).getAttribute('aria-disabled'), 'true');
			await promptOf(page).press('Control+Enter');
			await asks(page, 'generate', []);
			await page.evaluate(() => delete window.scripted.answers['quote']);
			await page.getByLabel('Count').fill('2');
			await page.getByText('$0.02').waitFor();
			await page.getByText('The list of models is broken.').waitFor({ state: 'detached' });
			await page.locator('.primary[aria-disabled=false]').waitFor();
			await page.close();
		});
	});

	describe('an option by hand', () => {
		it('that is only begun stays when another one changes', async () => {
			const page = await open({ model: everyControl.model, options: { lora: 'x' } });
			await page.getByText('More options').click();
			await page.getByRole('button', { name: 'Add Option' }).click();
			await page.getByLabel('Value of option 2').fill('30');
			await page.getByLabel('quality').selectOption('high');
			await page.getByLabel('Name of option 2').fill('strength');
			assert.deepEqual((await draftOf(page)).options, { quality: 'high', lora: 'x', strength: 30 });
			await page.close();
		});
	});

	describe('a picture that cannot be drawn', () => {
		it('is said to be one, or is waited for while it is unfinished', async () => {
			const pictures = done.pictures.map((picture) => ({ ...picture, uri: noPicture }));
			const previews = [{ index: 2, uri: noPicture }];
			const page = await open({}, { jobs: [{ ...running, pictures, previews }] });
			await page.locator('.cell.finished .picture.broken').nth(1).waitFor();
			await page.locator('.cell.awaited').nth(1).waitFor();
			assert.equal(await page.locator('.cell').count(), 4);
			assert.equal(await page.locator('.cell img').count(), 0);
			assert.equal(await page.getByTitle('Its thumbnail cannot be read.').count(), 2);
			// The next one may be fine.
			const next = [{ index: 2, uri: '/thumbnails/p2.webp' }];
			await page.evaluate((jobs) => window.scripted.push({ jobs }), [{ ...running, pictures, previews: next }]);
			await page.locator('.cell.unfinished img').waitFor();
			await page.close();
		});
	});

	describe('a hundred pictures without thumbnails', () => {
		it('are asked for four at a time, and not when nobody looks', async () => {
			const pictures = Array.from({ length: 100 }, (_, index) => ({ id: `t${index}`, name: `t${index}.png` }));
			const page = await open({}, { jobs: [{ ...done, n: 100, pictures }] });
			await page.locator('.cell.finished').nth(99).waitFor();
			await page.locator('.cell img').nth(99).waitFor();
			await page.getByRole('tab', { name: 'Edit' }).click();
			await page.locator('.cell').first().waitFor({ state: 'detached' });
			await page.evaluate(() => {
				window.scripted.calls.length = 0;
				window.scripted.answers['thumbnail'] = 'hold';
			});
			const made = async (count: number) =>
				page.waitForFunction(
					(count) => window.scripted.calls.filter(({ method }) => method === 'thumbnail').length >= count,
					count,
				);
			await page.getByRole('tab', { name: 'Create' }).click();
			await made(4);
			// A question of later is answered before: nothing more has gone out with the first four.
			await page.getByText('$0.01').waitFor();
			assert.equal((await callsOf(page, 'thumbnail')).length, 4);
			await page.getByRole('tab', { name: 'Edit' }).click();
			await page.locator('.cell').first().waitFor({ state: 'detached' });
			await page.evaluate(() => delete window.scripted.answers['thumbnail']);
			await page.getByRole('tab', { name: 'Create' }).click();
			await page.locator('.cell img').nth(99).waitFor();
			assert.equal((await callsOf(page, 'thumbnail')).length, 104);
			await page.close();
		});
	});
});

/** Drops files of so many megabytes and bytes, by name; with addresses too, where there are some. */
async function drop(
	page: Page,
	sizes: Readonly<Record<string, readonly [megabytes: number, bytes: number]>>,
	addresses = '',
): Promise<void> {
	await page.evaluate(
		({ sizes, addresses }) => {
			const dataTransfer = new DataTransfer();
			if (addresses !== '') dataTransfer.setData('text/uri-list', addresses);
			for (const [name, [megabytes, bytes]] of Object.entries(sizes)) {
				const megabyte = new Uint8Array(1024 * 1024);
				const parts = [...Array.from({ length: megabytes }, () => megabyte), new Uint8Array(bytes)];
				dataTransfer.items.add(new File(parts, `${name}.png`, { type: 'image/png' }));
			}
			const zone = document.querySelector('.dropZone');
			zone?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
		},
		{ sizes, addresses },
	);
}
