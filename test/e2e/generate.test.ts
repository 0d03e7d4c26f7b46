import assert from 'node:assert/strict';
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Workbench } from '../editor/workbench';
import { startCustom } from '../servers/custom';

const note = '# Notes\n\nA red balloon drifts over the snowy mountains at dusk.\n\nThe end.\n';

/** One for each test: they are there before the editor opens, so that none waits for its file watcher. */
const documents = ['palette.md', 'selection.md', 'typed.md', 'several.md', 'cancelled.md', 'themes.md'];

/** A file whose name would be a link to a command. */
const hostile = '[Fix it](command:workbench.action.showCommands).png';

describe('Limn in the workbench', () => {
	let parent: string;
	let workbench: Workbench;

	before(async () => {
		parent = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		const folder = path.join(parent, 'a b#ü');
		await cp('test/sample', folder, { recursive: true });
		await writeFile(path.join(folder, hostile), 'no picture');
		for (const name of documents) await writeFile(path.join(folder, name), note);
		workbench = await Workbench.open(folder, { devPath: '.' });
	});
	after(async () => {
		await workbench.close();
		await rm(parent, { recursive: true, force: true });
	});
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
		await workbench.clearNotifications();
	});

	it('makes a picture from the one box of the palette, and the reference goes with one Undo', async () => {
		const { inputBox } = workbench;
		await open('palette.md');
		await workbench.goTo(5, 100);
		await workbench.runCommand('Limn: Generate Image…');
		await titled('Generate Image · sketch/placeholder · 1024x1024 · 1 picture');
		await inputBox.field.press('Enter');
		await inputBox.widget.getByText('Say what the picture shows.').waitFor();
		await inputBox.submit('a lighthouse at dawn, watercolour');
		const saved = workbench.notification('Saved images/a-lighthouse-at-dawn-watercolour.png. No AI drew it');
		for (const name of ['Set API Key', 'Change Prompt…', 'Undo']) await saved.getByRole('button', { name }).waitFor();
		await workbench.tab('a-lighthouse-at-dawn').waitFor();
		const reference = '![A lighthouse at dawn](images/a-lighthouse-at-dawn-watercolour.png)';
		assert.equal(await workbench.savedText('palette.md'), `${note}\n${reference}\n`);
		await workbench.page.keyboard.press('ControlOrMeta+Z');
		assert.equal(await workbench.savedText('palette.md'), note);
		assert.equal((await savedFile('images/a-lighthouse-at-dawn-watercolour.png')).subarray(1, 4).toString(), 'PNG');
	});

	it('illustrates a selection from the editor’s menu; Change Prompt… puts another picture there, Undo takes it out', async () => {
		await open('selection.md');
		await workbench.selectLines(3);
		await workbench.page.keyboard.press('Shift+F10');
		await chooseFromMenu('Generate Image from Selection');
		const name = 'a-red-balloon-drifts-over-the-snowy-mountains-at-dusk';
		const saved = workbench.notification(`Saved images/${name}.png`);
		await saved.waitFor();
		const [sentence = ''] = /A red .*\./.exec(note) ?? [];
		const [first, rest] = note.split('\n\nThe end');
		assert.equal(
			await workbench.savedText('selection.md'),
			`${first}\n\n![${sentence.slice(0, -1)}](images/${name}.png)\n\nThe end${rest}`,
		);

		await saved.getByRole('button', { name: 'Change Prompt…' }).click();
		await titled(/^Generate Image/);
		assert.equal(await workbench.inputBox.field.inputValue(), sentence);
		await workbench.inputBox.submit('amber forest');
		const changed = workbench.notification('Saved images/amber-forest.png');
		await changed.waitFor();
		assert.equal(
			await workbench.savedText('selection.md'),
			`${first}\n\n![Amber forest](images/amber-forest.png)\n\nThe end${rest}`,
		);

		await changed.getByRole('button', { name: 'Undo' }).click();
		await workbench.statusItem('The reference is taken out. The picture stays.').waitFor();
		assert.equal(await workbench.savedText('selection.md'), note);
		await Promise.all([`images/${name}.png`, 'images/amber-forest.png'].map(savedFile));
	});

	it('undoes also when somebody went on typing behind the reference', async () => {
		await open('typed.md');
		await workbench.goTo(4);
		await workbench.runCommand('Limn: Generate Image…');
		await workbench.inputBox.submit('dunes');
		const saved = workbench.notification('Saved images/dunes.png');
		await saved.waitFor();
		await workbench.typeText(' and more');
		await saved.getByRole('button', { name: 'Undo' }).click();
		await workbench.statusItem('The reference is taken out. The picture stays.').waitFor();
		assert.match(await workbench.savedText('typed.md'), /dusk\.\n and more\nThe end/);
	});

	it('makes several, remembers size and prompt, and asks which one the document gets', async () => {
		const { inputBox } = workbench;
		await open('several.md');
		await workbench.goTo(4);
		await workbench.runCommand('Limn: Generate Image…');
		await inputBox.type('night city');
		await inputBox.button(/^Change Size/).click();
		await inputBox.option('16:9').click();
		await titled(/16:9 · 1 picture/);
		await inputBox.button(/^Change Count/).click();
		await titled('Count');
		await inputBox.submit('3');
		await titled(/16:9 · 3 pictures/);
		assert.equal(await inputBox.field.inputValue(), 'night city');
		await inputBox.field.press('Enter');
		await titled('Insert Which Picture?');
		await workbench.screenshot('which');
		await inputBox.option('images/night-city-1.png').click();
		await workbench.notification('and 2 more. No AI drew them').waitFor();
		assert.match(await workbench.savedText('several.md'), /dusk\.\n!\[Night city\]\(images\/night-city-1\.png\)\n/);

		await workbench.runCommand('Limn: Generate Image…');
		await titled(/16:9 · 1 picture/);
		await inputBox.button('Earlier Prompts').click();
		await inputBox.option('night city').click();
		await titled(/^Generate Image/);
		assert.equal(await inputBox.field.inputValue(), 'night city');
		await inputBox.dismiss();
	});

	it('prefills the words of several paragraphs', async () => {
		const { inputBox } = workbench;
		await open('cancelled.md');
		await workbench.selectLines(3, 5);
		await workbench.runCommand('Limn: Generate Image…');
		await titled(/^Generate Image/);
		assert.equal(await inputBox.field.inputValue(), 'A red balloon drifts over the snowy mountains at dusk. The end.');
		await inputBox.dismiss();
	});

	it('shows what a message quotes as text, and no link of it', async () => {
		await open('cancelled.md');
		await workbench.page.getByRole('treeitem', { name: hostile }).click({ button: 'right' });
		await chooseFromMenu('Insert Image Reference…');
		const refusal = workbench.notification('is not a picture.');
		await refusal.getByText('[Fix it]').waitFor();
		assert.equal(await refusal.getByRole('link').count(), 0);
	});

	it('generates into a folder of the explorer', async () => {
		await workbench.page.getByRole('treeitem', { name: 'docs' }).click({ button: 'right' });
		await chooseFromMenu('Generate Image…');
		await workbench.inputBox.submit('in the folder');
		await workbench.notification('Saved docs/in-the-folder.png').waitFor();
		await savedFile('docs/in-the-folder.png');
	});

	it('cancels from the notification and keeps what has arrived', async () => {
		const { inputBox } = workbench;
		await open('cancelled.md');
		await workbench.runCommand('Limn: Generate Image…');
		await inputBox.button(/^Change Size/).click();
		await inputBox.option('Other size…').click();
		await titled(/^Size$/);
		await inputBox.type('9000x10');
		await inputBox.widget.getByText('each side must be 16 to 4096 pixels').waitFor();
		await inputBox.submit('2048x2048');
		await titled(/2048x2048/);
		await inputBox.button(/^Change Count/).click();
		await titled('Count');
		await inputBox.submit('50');
		await titled(/50 pictures/);
		await inputBox.submit('fifty');
		await workbench.statusItem('Limn: 1 job').waitFor();
		const progress = workbench.notification('Making 50 pictures');
		// Which number it is at is of no matter: a quick painter has passed the first before anybody looks.
		await progress.getByText(/\d of 50/).waitFor();
		await workbench.screenshot('progress');
		await progress.getByRole('button', { name: 'Cancel' }).click();
		await workbench.statusItem('Limn: 1 job').waitFor({ state: 'hidden' });
		await workbench.notification('Saved images/fifty.png').waitFor();
		assert.equal(await savedFile('cancelled.md').then(String), note);
		const files = (await readdir(path.join(workbench.folder, 'images'))).filter((name) => name.startsWith('fifty'));
		assert.ok(files.length > 0 && files.length < 50, `${files.length} files`);
	});

	it('takes an API key in a password box and forgets it again', async () => {
		const { inputBox } = workbench;
		await workbench.runCommand('Limn: Set API Key…');
		await inputBox.option('OpenAI').click();
		await titled('API Key of OpenAI');
		assert.equal(await inputBox.field.getAttribute('type'), 'password');
		await inputBox.submit('two words');
		await inputBox.widget.getByText('A key has no blanks').waitFor();
		await workbench.screenshot('password');
		await inputBox.submit('canary-for-e2e');
		await workbench.statusItem('The API key of OpenAI is set.').waitFor();
		await workbench.runCommand('Limn: Clear API Key…');
		await inputBox.option('OpenAI').click();
		await workbench.statusItem('The API key of OpenAI is cleared.').waitFor();
		await workbench.runCommand('Limn: Clear API Key…');
		await inputBox.widget.getByPlaceholder('No API key is stored').waitFor();
		await inputBox.dismiss();
		const log = await workbench.log();
		assert.ok(!log.includes('canary'));
	});

	it('has a walkthrough whose buttons work', async () => {
		await workbench.runCommand('Welcome: Open Walkthrough...');
		await workbench.inputBox.type('Get Started with Limn');
		await workbench.inputBox.option(/Limn/).click();
		await workbench.page.getByRole('button', { name: 'Generate Image', exact: true }).click();
		await titled(/^Generate Image/);
		await workbench.inputBox.dismiss();
		await workbench.page.getByRole('button', { name: /Use a real model/ }).click();
		await workbench.page.getByRole('button', { name: 'Set API Key', exact: true }).click();
		await titled('Set API Key');
		await workbench.inputBox.dismiss();
		await workbench.screenshot('walkthrough');
	});

	it('is readable in every theme', async () => {
		await open('themes.md');
		for (const theme of ['dark', 'hc', 'light'] as const) {
			await workbench.setTheme(theme);
			await workbench.runCommand('Limn: Generate Image…');
			await workbench.inputBox.type('a red balloon');
			await workbench.screenshot(`prompt-box-${theme}`);
			await workbench.inputBox.dismiss();
		}
	});

	async function open(name: string): Promise<void> {
		await workbench.runCommand('View: Close All Editors');
		await workbench.page.getByRole('treeitem', { name }).dblclick();
		await workbench.editor.waitFor();
	}

	async function titled(title: string | RegExp): Promise<void> {
		await workbench.inputBox.title.filter({ hasText: title }).waitFor();
	}

	/** By the keyboard: a menu takes no click in its first tenth of a second. */
	async function chooseFromMenu(name: string): Promise<void> {
		await workbench.page.getByRole('menuitem', { name, exact: true }).hover();
		await workbench.page.keyboard.press('Enter');
	}

	async function savedFile(name: string): Promise<Buffer> {
		const file = path.join(workbench.folder, name);
		await access(file);
		return readFile(file);
	}
});

describe('Limn without a folder', () => {
	it('asks where to save the picture, and refers to it from there', async () => {
		const parent = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		const file = path.join(parent, 'empty.code-workspace');
		await writeFile(file, JSON.stringify({ folders: [] }));
		await mkdir(path.join(parent, 'below'));
		const workbench = await Workbench.open(file, { devPath: '.' });
		try {
			await workbench.runCommand('File: New Untitled Text File');
			await workbench.tab('Untitled-1').waitFor();
			await workbench.runCommand('Limn: Generate Image…');
			await workbench.inputBox.submit('a homeless picture');
			await workbench.inputBox.title.filter({ hasText: 'Where Should the Picture Be Saved?' }).waitFor();
			// The dialog shows the home folder first, and would put its name over what is typed before.
			await workbench.inputBox.option('..').waitFor();
			await workbench.inputBox.type(`${parent}/`);
			await workbench.inputBox.option('below').waitFor();
			await workbench.inputBox.button('Save Here').click();
			await workbench.notification('a-homeless-picture.png. No AI drew it').waitFor();
			await access(path.join(parent, 'a-homeless-picture.png'));
			await workbench.page.getByText('a-homeless-picture.png', { exact: true }).first().waitFor();
		} catch (error) {
			await workbench.screenshot('failed-without-a-folder');
			throw error;
		} finally {
			await workbench.close();
			await rm(parent, { recursive: true, force: true });
		}
	});
});

describe('Limn in Restricted Mode', () => {
	it('makes nothing and says why', async () => {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		const custom = await startCustom('sd-cpp');
		// The workspace would have its own model asked for, and its own folder filled.
		const theirs = { 'limn.model': 'custom/theirs', 'limn.output.folder': 'theirs' };
		await mkdir(path.join(folder, '.vscode'));
		await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(theirs));
		const settings = { 'limn.providers.custom.baseUrl': custom.baseUrl };
		const workbench = await Workbench.open(folder, { devPath: '.', restricted: true, settings });
		try {
			await workbench.runCommand('Limn: Generate Image…');
			const refusal = workbench.notification(
				'This workspace is not trusted, so nothing is sent or saved. Trust it first.',
			);
			await refusal.getByRole('button', { name: 'Manage Trust' }).waitFor();
			await workbench.screenshot('restricted');
			await workbench.clearNotifications();
			await workbench.runCommand('Limn: Edit Image…');
			await refusal.getByRole('button', { name: 'Manage Trust' }).waitFor();
			await workbench.clearNotifications();
			await workbench.runCommand('Limn: Choose Model…');
			await refusal.getByRole('button', { name: 'Manage Trust' }).waitFor();
			await workbench.runCommand('Limn: Check Connection');
			await workbench.inputBox.widget.getByText('Sketch is built in. It needs no key.').waitFor();
			await workbench.inputBox.option('Custom server').getByText('This workspace is not trusted').waitFor();
			await workbench.inputBox.dismiss();
			// Looking stays possible.
			await workbench.runCommand('Limn: Open Studio');
			const studio = workbench.webview();
			await studio.getByRole('tab', { name: 'Create' }).waitFor();
			await studio.getByRole('button', { name: 'Manage Trust' }).waitFor();
			// And not to theirs.
			await studio.getByText('Saves to images').waitFor();
			await workbench.screenshot('restricted-studio');
			await studio.getByRole('tab', { name: 'Gallery' }).click();
			await studio.getByText('No pictures yet').waitFor();
			assert.deepEqual(await readdir(folder), ['.vscode']);
			assert.deepEqual(custom.requests, []);
		} finally {
			await workbench.close();
			await custom.close();
			await rm(folder, { recursive: true, force: true });
		}
	});
});
