// `npm run screenshots`: makes the pictures of the README and of the walkthrough anew, in a real VS Code.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PageScreenshotOptions } from 'playwright-core';
import { temporaryFolder } from '../editor/processes';
import { Workbench } from '../editor/workbench';
import { copySample } from './sample';
import { smallPng } from './smallPng';

const settings = {
	'window.commandCenter': false,
	'editor.minimap.enabled': false,
	'editor.renderWhitespace': 'none',
	'editor.wordWrap': 'on',
};

/** The upper middle of the window, where boxes appear. */
const boxes = { x: 340, y: 0, width: 604, height: 400 };

async function main(): Promise<void> {
	const folder = await copySample(temporaryFolder());
	const workbench = await Workbench.open(folder, { devPath: '.', settings });
	try {
		await takePictures(workbench);
	} finally {
		await workbench.close();
	}
}

async function takePictures(workbench: Workbench): Promise<void> {
	await workbench.openFile('docs/lighthouse.md');
	await workbench.goTo(1);
	await workbench.runCommand('Limn: Generate Image…');
	await workbench.inputBox.type('a lighthouse on black rock at dawn, watercolour');
	await take(workbench, 'walkthrough/generate', { clip: boxes });
	await workbench.inputBox.dismiss();

	await workbench.runCommand('Limn: Set API Key…');
	await workbench.inputBox.option('OpenAI').waitFor();
	await take(workbench, 'walkthrough/key', { clip: boxes });
	await workbench.inputBox.dismiss();

	await workbench.selectLines(3, 6);
	await workbench.runCommand('Limn: Generate Image from Selection');
	await workbench.notification('Saved').waitFor();
	await workbench.savedText('docs/lighthouse.md');
	await workbench.runCommand('Notifications: Clear All Notifications');
	await workbench.tab('the-lighthouse').getByRole('button').first().click();
	await workbench.runCommand('Markdown: Open Preview to the Side');
	await workbench.webview().getByRole('img').waitFor();
	await workbench.runCommand('View: Close Primary Side Bar');
	await workbench.page.getByRole('tree', { name: 'Files Explorer' }).waitFor({ state: 'hidden' });
	await take(workbench, 'walkthrough/selection');
	await takeCanvas(workbench);
}

/** A part of a picture that was made anew, and what was counted outside of it. */
async function takeCanvas(workbench: Workbench): Promise<void> {
	await workbench.runCommand('View: Close All Editors');
	await workbench.runAndChoose('Limn: Edit in Limn Studio', 'the-lighthouse');
	const studio = workbench.webview();
	const stage = studio.getByRole('application', { name: 'Mask of the picture' });
	await stage.locator('img').waitFor();
	const picture = (await stage.locator('img').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
	const { mouse } = workbench.page;
	for (const [index, [across, down]] of strokePlaces.entries()) {
		await mouse.move(picture.x + across * picture.width, picture.y + down * picture.height, { steps: 6 });
		if (index === 0) await mouse.down();
	}
	await mouse.up();
	const prompt = studio.locator('.prompt textarea');
	await prompt.fill('a full moon');
	await prompt.press('ControlOrMeta+Enter');
	await studio.locator('.strip').getByText('0 pixels changed outside the selection.').waitFor();
	await take(workbench, 'walkthrough/canvas');
}

/** Shares of the picture's width and height. */
const strokePlaces = [
	[0.2, 0.18],
	[0.26, 0.18],
	[0.26, 0.24],
	[0.2, 0.24],
	[0.2, 0.2],
	[0.24, 0.21],
] as const;

async function take(workbench: Workbench, name: string, options: PageScreenshotOptions = {}): Promise<void> {
	const file = path.join('media', `${name}.png`);
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, smallPng(await workbench.page.screenshot({ animations: 'disabled', ...options })));
	console.log(file);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
