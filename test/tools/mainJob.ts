import { stat } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../editor/processes';
import { Workbench } from '../editor/workbench';
import { copySample } from './sample';

const file = 'docs/lighthouse.md';
const prompt = 'A white lighthouse on black rock at dawn, watercolour';

/** What Limn is for, done by hand in a real VS Code: a picture from a prompt, and one from a paragraph. */
export async function doMainJob(): Promise<void> {
	const folder = await copySample(temporaryFolder());
	const workbench = await Workbench.open(folder, { devPath: '.' });
	try {
		console.log(`Opening ${file}`);
		await workbench.openFile(file);
		await makeRoom(workbench);
		console.log('Generating from a prompt: Limn: Generate Image…');
		const before = await illustrate(workbench, 1, async () => generateFromPrompt(workbench));
		console.log('Generating from a paragraph: Limn: Generate Image from Selection');
		const text = await illustrate(workbench, 2, async () => generateFromParagraph(workbench, before));
		for (const picture of picturesOf(workbench, text)) console.log(`Saved ${picture} (${await sizeOf(picture)} bytes)`);
		console.log(`\n${file} now reads:\n\n${text}`);
	} catch (error) {
		await tellWhy(workbench);
		throw error;
	} finally {
		await workbench.close();
	}
}

/** Leaves the cursor on a line of its own below the title. */
async function makeRoom(workbench: Workbench): Promise<void> {
	await workbench.goTo(2);
	await workbench.typeText('\n\n');
	await workbench.goTo(3);
	await workbench.savedText(file);
}

async function generateFromPrompt(workbench: Workbench): Promise<void> {
	await workbench.runCommand('Limn: Generate Image…');
	await workbench.inputBox.title.filter({ hasText: /^Generate Image/ }).waitFor();
	await workbench.inputBox.submit(prompt);
}

/** `text`: of the document as it is. To save it once more would empty its file for a moment. */
async function generateFromParagraph(workbench: Workbench, text: string): Promise<void> {
	const lines = text.split('\n');
	const first = lines.findIndex((line) => line.startsWith('Inside,'));
	const last = lines.indexOf('', first) - 1;
	await workbench.selectLines(first + 1, last + 1);
	await workbench.runCommand('Limn: Generate Image from Selection');
}

/** Runs a command, waits for its picture, and reads the document, which must have so many references then. */
async function illustrate(workbench: Workbench, count: number, command: () => Promise<void>): Promise<string> {
	await command();
	await workbench.unsaved(file).waitFor();
	const text = await workbench.savedText(file);
	const pictures = picturesOf(workbench, text);
	if (pictures.length !== count) throw new Error(`${file} should have ${count} references:\n${text}`);
	return text;
}

/** The files that the references of the document name. */
function picturesOf(workbench: Workbench, text: string): string[] {
	const targets = Array.from(text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g), ([, target = '']) => decodeURI(target));
	return targets.map((target) => path.resolve(workbench.folder, path.dirname(file), target));
}

async function sizeOf(picture: string): Promise<number> {
	const { size } = await stat(picture);
	if (size === 0) throw new Error(`${picture} is empty.`);
	return size;
}

async function tellWhy(workbench: Workbench): Promise<void> {
	const notifications = await workbench.notifications().catch(() => []);
	if (notifications.length > 0) console.error(`VS Code says:\n${notifications.join('\n')}`);
	const picture = await workbench.screenshot('failed').catch(() => undefined);
	if (picture !== undefined) console.error(`A picture of the window: ${picture}`);
}
