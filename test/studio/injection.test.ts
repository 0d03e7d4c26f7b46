import assert from 'node:assert/strict';
import { payloads } from '../attacks/payloads';
import { scriptOf } from './createScripts';
import { emptyState } from './script';
import { faults, StudioBrowser } from './studio';

describe('texts of strangers in the studio', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('are text, whatever was ever tried on a page, and whoever else speaks is not heard', async () => {
		const jobs = payloads.map((text, index) => ({
			id: `job-${index}`,
			prompt: text,
			model: text,
			operation: 'generate' as const,
			n: 1,
			started: 0,
			isRunning: false,
			pictures: [],
			previews: [],
			failures: [{ message: text, count: 1 }],
			warnings: [],
			cures: [text],
		}));
		const page = await studio.open({ script: scriptOf({ jobs }) });
		const made = await page.locator('.jobs *').evaluateAll((all) => ({
			kinds: [...new Set(all.map(({ localName }) => localName))].toSorted(),
			texts: all.filter((each) => each.matches('.jobPrompt')).map(({ textContent }) => textContent),
		}));
		assert.deepEqual(made.kinds, ['article', 'button', 'div', 'li', 'ol', 'p', 'span']);
		for (const [index, text] of payloads.entries()) assert.ok(made.texts[index]?.startsWith(text.slice(0, 500)), text);
		assert.equal(await page.evaluate(() => 'ran' in window), false);

		const speak = async (origin: string) =>
			page.evaluate(([data, origin]) => void dispatchEvent(new MessageEvent('message', { data, origin })), [
				{ kind: 'state', state: emptyState },
				origin,
			] as const);
		for (const stranger of ['https://example.invalid', 'null', '']) await speak(stranger);
		assert.equal(await page.locator('.job').count(), payloads.length);
		await speak(studio.origin);
		await page.locator('.jobs .empty').waitFor();
		await page.close();
	});
});
