import assert from 'node:assert/strict';
import { asks, draftOf, everyControl, generateOf, kept, plain, promptOf, running, scriptOf } from './createScripts';
import { callsOf, faults, StudioBrowser, type StudioOptions } from './studio';

const fox = { prompt: 'a fox', n: 1, options: {}, references: [] };

describe('Create', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const open = async (options: StudioOptions = {}) => studio.open({ pictures: 40, script: scriptOf({}), ...options });
	const withDraft = async (draft: object, state: Parameters<typeof scriptOf>[0] = {}) =>
		open({ script: scriptOf(state, { kept: kept({ draft: { ...fox, ...draft } }) }) });

	describe('the form', () => {
		it('follows the model, and drops what another one does not know', async () => {
			const options = { quality: 'low', style: 'vivid', steps: 20, lora: 'x' };
			const page = await withDraft({ model: everyControl.model, options, size: '16:9', n: 3, references: ['p1'] });
			await page.getByRole('radio', { name: '16:9', checked: true }).waitFor({ state: 'attached' });
			for (const label of ['Quality', 'Style', 'Background', 'Seed', 'Steps', 'Raw', 'Negative prompt', 'Webhook'])
				assert.equal(await page.getByLabel(new RegExp(`^${label}$`, 'i')).count(), 1, label);
			await page.evaluate((model) => (window.scripted.answers['chooseModel'] = { model }), plain.model);
			await page.getByRole('button', { name: 'Choose the model' }).click();
			await page.getByRole('radio', { name: '512 × 512' }).waitFor({ state: 'attached' });
			assert.equal(await page.getByLabel('seed').count(), 0);
			assert.equal(await page.getByLabel('style').inputValue(), '');
			assert.deepEqual(await draftOf(page), {
				...fox,
				model: plain.model,
				// Both know a quality `low`; the style `vivid` is none of the other's.
				options: { quality: 'low' },
				n: 3,
				references: ['p1'],
			});
			await asks(page, 'chooseModel', [{ present: everyControl.model, size: '16:9', job: 'generate' }]);
			await page.getByText('Plain takes no pictures beside the prompt.').waitFor();
			await page.getByRole('button', { name: 'Remove Pictures' }).click();
			assert.deepEqual((await draftOf(page)).references, []);
			await page.close();
		});

		it('stays as it is when the person leaves the list of models', async () => {
			const page = await withDraft({ model: everyControl.model, options: { lora: 'x' } });
			await page.evaluate(() => (window.scripted.answers['chooseModel'] = null));
			await page.getByRole('button', { name: 'Choose the model' }).click();
			await page.getByText('Everything', { exact: true }).waitFor();
			assert.deepEqual((await draftOf(page)).options, { lora: 'x' });
			await page.close();
		});

		it('is asked for again when keys, settings or lists have changed', async () => {
			const page = await open();
			await page.getByText('sketch/placeholder').waitFor();
			const before = (await callsOf(page, 'form')).length;
			await page.evaluate(() => window.scripted.push({ prompts: ['nothing of the form'] }));
			await page.evaluate(() => window.scripted.push({ formRevision: 2 }));
			await page.waitForFunction(
				(count) => window.scripted.calls.filter(({ method }) => method === 'form').length > count,
				before,
			);
			assert.equal((await callsOf(page, 'form')).length, before + 1);
			await page.close();
		});

		it('writes what each kind of control says into the draft, and takes it out again', async () => {
			const page = await withDraft({ model: everyControl.model });
			await page.getByText('More options').click();
			await page.getByLabel('quality').selectOption('high');
			await page.getByLabel('seed', { exact: true }).fill('12345678901234567890');
			await page.getByLabel('guidance').pressSequentially('1.05');
			await page.getByLabel('raw').selectOption('On');
			await page.getByLabel('negative prompt').fill('people');
			await page.getByLabel('webhook').fill('https://example.org/');
			await page.getByLabel('Format').selectOption('webp');
			await page.getByLabel('Count').fill('7');
			await page.getByRole('textbox', { name: 'Another size' }).pressSequentially('1:16');
			assert.deepEqual(await draftOf(page), {
				...fox,
				model: everyControl.model,
				n: 7,
				size: '1:16',
				format: 'webp',
				options: {
					quality: 'high',
					seed: '12345678901234567890',
					guidance: 1.05,
					raw: true,
					negative_prompt: 'people',
					webhook: 'https://example.org/',
				},
			});
			await page.getByLabel('quality').selectOption('');
			await page.getByRole('button', { name: 'Random seed' }).click();
			await page.getByLabel('guidance').fill('');
			await page.getByLabel('raw').selectOption('');
			await page.getByLabel('negative prompt').fill('');
			await page.getByLabel('webhook').fill('');
			await page.getByLabel('Format').selectOption('');
			await page.getByText('Default (1024 × 1024)').click();
			// What is no count is not taken over, and is gone when the field is left.
			await page.getByLabel('Count').fill('101');
			await page.getByLabel('quality').focus();
			assert.equal(await page.getByLabel('Count').inputValue(), '7');
			assert.deepEqual(await draftOf(page), { ...fox, model: everyControl.model, n: 7 });
			await page.close();
		});

		it('takes options by hand where nobody knows the model', async () => {
			const page = await withDraft({ model: 'custom/sd-cpp-local', options: { lora: 'x' } });
			await page.getByText('More options').click();
			await page.getByRole('button', { name: 'Add Option' }).click();
			await page.getByLabel('Name of option 2').fill('steps');
			await page.getByLabel('Value of option 2').fill('30');
			assert.deepEqual((await draftOf(page)).options, { lora: 'x', steps: 30 });
			await page.getByRole('button', { name: 'Remove option 1' }).click();
			assert.deepEqual((await draftOf(page)).options, { steps: 30 });
			await page.close();
		});

		it('says how long a prompt is when that matters', async () => {
			const page = await withDraft({ model: plain.model });
			await page.getByText('Plain', { exact: true }).waitFor();
			assert.equal(await page.getByText('characters').count(), 0);
			await promptOf(page).fill('x'.repeat(950));
			await page.getByText('950 of 1,000 characters').waitFor();
			await page.close();
		});

		it('tells what it cannot know, and asks again', async () => {
			const page = await withDraft({ model: 'custom/gone' });
			await page.getByText('There is no model custom/gone.').waitFor();
			assert.equal(await generateOf(page).getAttribute('aria-disabled'), 'true');
			await page.evaluate((form) => (window.scripted.answers['form'] = form), plain);
			await page.getByRole('button', { name: 'Try Again' }).click();
			await page.getByRole('radio', { name: '512 × 512' }).waitFor({ state: 'attached' });
			assert.equal(await page.getByText('There is no model custom/gone.').count(), 0);
			await page.close();
		});
	});

	describe('the keyboard', () => {
		it('reaches everything in the order in which it is read', async () => {
			const page = await open();
			await page.getByText('Count').waitFor();
			await promptOf(page).focus();
			const names = ['prompt'];
			for (let at = 0; at < 9; at++) {
				await page.keyboard.press('Tab');
				names.push(
					await page.evaluate(
						() => document.activeElement?.closest('label, button, summary, .field')?.textContent ?? '',
					),
				);
			}
			const order = [
				'prompt',
				'Choose the model',
				'Default (',
				'Size',
				'Count',
				'style',
				'seed',
				'',
				'Add…',
				'More options',
			];
			order.forEach((start, index) => {
				assert.ok(names[index]?.includes(start), `${index}: ${names[index]} is not ${start}`);
			});
			await page.close();
		});

		it('chooses sizes by the arrows', async () => {
			const page = await open();
			await page.getByRole('radio', { name: 'Default' }).focus();
			await page.keyboard.press('ArrowRight');
			await page.keyboard.press('ArrowRight');
			assert.equal((await draftOf(page)).size, '3:2');
			await page.keyboard.press('ArrowLeft');
			await page.keyboard.press('ArrowLeft');
			assert.equal((await draftOf(page)).size, undefined);
			await page.close();
		});

		it('walks through earlier prompts and back to what is being written', async () => {
			const prompts = ['the newest', 'the middle', 'the oldest'];
			const page = await withDraft({ prompt: 'not sent yet' }, { prompts });
			await promptOf(page).focus();
			const walk = async (key: string) => {
				await page.keyboard.press(key);
				return promptOf(page).inputValue();
			};
			for (const expected of [...prompts, 'the oldest']) assert.equal(await walk('Alt+ArrowUp'), expected);
			for (const expected of ['the middle', 'the newest', 'not sent yet', 'not sent yet'])
				assert.equal(await walk('Alt+ArrowDown'), expected);
			// What is changed on the way is what is being written from then on.
			assert.equal(await walk('Alt+ArrowUp'), 'the newest');
			await page.keyboard.press('End');
			await page.keyboard.type(' of all');
			assert.equal(await walk('Alt+ArrowUp'), 'the newest');
			assert.equal(await walk('Alt+ArrowDown'), 'the newest of all');
			await page.close();
		});

		it('orders once by Ctrl+Enter, however often it is pressed', async () => {
			const page = await withDraft({ n: 2 });
			await page.getByText('$0.02').waitFor();
			await promptOf(page).focus();
			for (let count = 0; count < 3; count++) await page.keyboard.press('Control+Enter');
			await page.evaluate((jobs) => window.scripted.push({ jobs }), [{ ...running, n: 2 }]);
			await page.getByRole('status').filter({ hasText: 'Making 2 pictures.' }).waitFor({ state: 'attached' });
			await asks(page, 'generate', [{ ...fox, n: 2 }]);
			// The draft stays, and so does the focus.
			assert.equal(await promptOf(page).inputValue(), 'a fox');
			assert.ok(await promptOf(page).evaluate((field) => field === document.activeElement));
			await page.close();
		});

		it('orders nothing without a prompt', async () => {
			const page = await withDraft({ prompt: ' \n' });
			await page.getByText('$0.01').waitFor();
			assert.equal(await generateOf(page).getAttribute('aria-disabled'), 'true');
			assert.equal(await page.locator('.mistake').count(), 0);
			await promptOf(page).press('Control+Enter');
			await generateOf(page).focus();
			await page.keyboard.press('Enter');
			await asks(page, 'generate', []);
			await page.close();
		});
	});

	describe('the price', () => {
		it('is asked for once the keys are quiet', async () => {
			const page = await withDraft({ prompt: '' });
			await page.getByText('$0.01').waitFor();
			await promptOf(page).pressSequentially('a lighthouse', { delay: 10 });
			await page.waitForFunction(() => {
				const last = window.scripted.calls.findLast(({ method }) => method === 'quote');
				return JSON.stringify(last?.params).includes('a lighthouse');
			});
			const quotes = await callsOf(page, 'quote');
			assert.ok(quotes.length <= 4, `${quotes.length} quotes for 12 keys`);
			await page.close();
		});

		it('is that of the latest draft, whatever comes late', async () => {
			const page = await withDraft({});
			await page.getByText('$0.01').waitFor();
			await page.evaluate(() => (window.scripted.answers['quote'] = 'hold'));
			await page.getByLabel('Count').fill('5');
			await page.waitForFunction(() => window.scripted.calls.filter(({ method }) => method === 'quote').length >= 2);
			await page.evaluate(() => delete window.scripted.answers['quote']);
			await page.getByLabel('Count').fill('7');
			await page.getByText('$0.07').waitFor();
			assert.equal(await page.getByText('$0.05').count(), 0);
			await page.getByText('Saves to docs/images').waitFor();
			await page.close();
		});

		it('stands beside what is in the way, which the button is told by', async () => {
			const page = await withDraft({});
			await page.getByText('$0.01').waitFor();
			const problems = ['The size is too large.', 'The seed is no number.'];
			await page.evaluate((answer) => (window.scripted.answers['quote'] = answer), {
				price: 'price unknown',
				problems,
			});
			await page.getByLabel('Count').fill('2');
			await page.getByText('The seed is no number.').waitFor();
			assert.equal(await generateOf(page).getAttribute('aria-disabled'), 'true');
			const described = await generateOf(page).evaluate((button) =>
				(button.getAttribute('aria-describedby') ?? '')
					.split(' ')
					.map((id) => document.querySelector(`[id="${id}"]`)?.textContent),
			);
			assert.match(described.join(' '), /too large.*no number/);
			await promptOf(page).press('Control+Enter');
			await asks(page, 'generate', []);
			await page.close();
		});

		it('tells what the host refuses, and can be ordered again', async () => {
			const page = await withDraft({});
			await page.evaluate(() => (window.scripted.answers['generate'] = { fail: 'The disk is full.' }));
			await page.getByText('$0.01').waitFor();
			await generateOf(page).click();
			await page.getByRole('alert').filter({ hasText: 'The disk is full.' }).waitFor();
			await page.evaluate(() => delete window.scripted.answers['generate']);
			await page.locator('.primary[aria-disabled=false]').click();
			await page.getByText('The disk is full.').waitFor({ state: 'detached' });
			await asks(page, 'generate', [fox, fox]);
			await page.close();
		});
	});
});
