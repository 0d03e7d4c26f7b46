import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { appears, beginsWith, vanishes } from './locators';
import { QuickInput } from './quickInput';
import { type Session, type SessionOptions, startSession } from './session';
import { type Settings, type Theme, changeSettings, clearNotifications, themes } from './settings';

/** How long the workbench may take to show something; it is slow only while it starts. */
const patience = 30_000;

/** What to open, besides the folder. */
export interface WorkbenchOptions extends Omit<
	SessionOptions,
	'workspace' | 'extensionPaths' | 'testsPath' | 'testDriver'
> {
	/** The folder of the extension under development. */
	readonly devPath?: string;
	readonly theme?: Theme;
	/** The test itself answers whether a provider may be sent to for the first time. Default: that is agreed to whenever it is asked. */
	readonly answersForItself?: boolean;
}

/** A window of a real VS Code, as a person sees and uses it. */
export class Workbench {
	/** The one input box: palette, pick or an extension's question. */
	readonly inputBox: QuickInput;

	private constructor(
		readonly folder: string,
		private readonly session: Session,
	) {
		this.inputBox = new QuickInput(session.page);
	}

	/** Opens a folder and waits until the workbench can be used. Extensions may still be starting. */
	static async open(folder: string, options: WorkbenchOptions = {}): Promise<Workbench> {
		const { devPath, extensions = [], theme = 'light', answersForItself = false, ...rest } = options;
		const session = await startSession({
			...rest,
			workspace: folder,
			extensions: devPath === undefined ? extensions : [devPath, ...extensions],
			settings: { 'workbench.colorTheme': themes[theme].name, ...options.settings },
		});
		const workbench = new Workbench(path.resolve(folder), session);
		try {
			session.page.setDefaultTimeout(patience);
			if (!answersForItself) await session.page.addInitScript(agreeToSend);
			await session.load();
			await workbench.ready();
			await workbench.dropUnsaved();
		} catch (error) {
			await session.close();
			throw error;
		}
		return workbench;
	}

	/** Playwright's page, for what this class has no word for. */
	get page(): Page {
		return this.session.page;
	}

	/** Loads the window again, as "Developer: Reload Window" does. */
	async reload(): Promise<void> {
		await this.page.reload({ waitUntil: 'commit' });
		await this.ready();
	}

	/** Closes the window and stops everything that was started for it. */
	async close(): Promise<void> {
		await this.session.close();
	}

	/** Runs a command of the palette by its full title: `Limn: Generate Image…`. */
	async runCommand(title: string): Promise<void> {
		await this.inputBox.choose('F1', `>${title}`, beginsWith(title, ','), patience);
	}

	/**
	 * Runs a command that asks, and takes a row of its list. Once more where the list has closed by itself: a picture behind
	 * it that comes up late takes the focus.
	 */
	async runAndChoose(title: string, label: string): Promise<void> {
		const row = this.inputBox.option(label);
		for (let tries = 1; ; tries += 1) {
			await this.runCommand(title);
			try {
				await row.click({ timeout: patience / 6 });
				return;
			} catch (error) {
				if (tries === 3 || (await row.isVisible())) throw error;
			}
		}
	}

	/** Opens the list of all notifications: of four that come within 0.8 s VS Code shows three. */
	async showNotifications(): Promise<void> {
		await this.runCommand('Notifications: Show Notifications');
	}

	/** Takes all notifications away, those too that are not shown any more. */
	async clearNotifications(): Promise<void> {
		await this.page.keyboard.press(clearNotifications);
		const isDone = await vanishes(this.page.locator('.notification-list-item').first(), 2000);
		// What has the focus may keep the key for itself.
		if (!isDone) await this.runCommand('Notifications: Clear All Notifications');
	}

	/** Opens a file of the folder, by its path in it. */
	async openFile(file: string): Promise<void> {
		const name = path.posix.basename(file);
		await this.inputBox.choose('ControlOrMeta+P', file, beginsWith(name), patience);
		await this.tab(name)
			.and(this.page.getByRole('tab', { selected: true }))
			.waitFor();
		await this.editor.waitFor();
	}

	/**
	 * Opens a picture of the folder in the editor's own preview, alone. Once more where nothing came up: a window's first
	 * webview can be left without its service worker, which VS Code does not try again by itself.
	 */
	async openPicture(name: string): Promise<void> {
		const picture = this.webview().locator('img');
		for (let tries = 1; ; tries += 1) {
			await this.runCommand('View: Close All Editors');
			await this.page.getByRole('treeitem', { name }).dblclick();
			await this.tab(name).waitFor();
			if (await appears(picture, patience)) return;
			if (tries === 2) throw new Error(`${name} is not shown.`);
		}
	}

	/** The tab of a file. */
	tab(name: string): Locator {
		return this.page.getByRole('main').getByRole('tab', { name: beginsWith(name) });
	}

	/** The tab of a file with changes that are not saved. */
	unsaved(file: string): Locator {
		return this.tab(path.posix.basename(file)).and(this.page.locator('.dirty')).first();
	}

	/** Where one types into the active text editor. */
	get editor(): Locator {
		return this.page.getByRole('main').getByRole('code').getByRole('textbox').first();
	}

	/** Presses a key that brings this up: a window that is busy loses one now and then, and what takes the focus late closes menus. */
	async pressFor(key: string, wanted: Locator): Promise<void> {
		for (let tries = 0; tries < 5; tries++) {
			await this.page.keyboard.press(key);
			if (await appears(wanted, patience / 5)) return;
		}
		throw new Error(`${key} brings up no ${String(wanted)}.`);
	}

	/** Puts the cursor at a line and column, both counted from 1 as the editor shows them. */
	async goTo(line: number, column = 1): Promise<void> {
		await this.pressFor('Control+G', this.inputBox.field);
		await this.inputBox.submit(`:${line}:${column}`);
		await this.inputBox.widget.waitFor({ state: 'hidden' });
		await this.statusItem(new RegExp(`^Ln ${line}, `)).waitFor();
	}

	/** Selects whole lines, counted from 1, without the last line's end. */
	async selectLines(first: number, last = first): Promise<void> {
		await this.goTo(first);
		await this.chord('B');
		await this.goTo(last, 100_000);
		await this.chord('K');
		await this.statusItem(/selected\)/).waitFor();
	}

	/** Types at the cursor of the active editor. */
	async typeText(text: string): Promise<void> {
		await this.editor.focus();
		await this.page.keyboard.insertText(text);
	}

	/** Saves the active editor and reads its file. */
	async savedText(file: string): Promise<string> {
		// A notification that was clicked away has taken the focus with it.
		await this.editor.focus();
		const tab = this.page.locator('.tab:not(.dirty)').and(this.tab(path.posix.basename(file)));
		await this.pressFor('ControlOrMeta+S', tab);
		return readFile(path.join(this.folder, file), 'utf8');
	}

	/** A notification that says this; its buttons by `getByRole('button', { name })`. */
	notification(text: string | RegExp): Locator {
		return this.page
			.getByRole('dialog', { name: /, notification/ })
			.filter({ hasText: text })
			.first();
	}

	/** What all the notifications say that are shown now. */
	async notifications(): Promise<string[]> {
		return this.page.getByRole('dialog', { name: /, notification/ }).allInnerTexts();
	}

	/** An entry of the status bar, by what it says. */
	statusItem(text: string | RegExp): Locator {
		return this.page.locator('.part.statusbar').getByRole('button', { name: text });
	}

	/** What a webview shows, the last one where there are several. */
	webview(): FrameLocator {
		return this.page.locator('iframe.webview.ready').last().contentFrame().frameLocator('iframe#active-frame');
	}

	/** Changes settings. Most take effect soon: wait for what you expect. Those of application scope need a {@link reload}. */
	async changeSettings(changes: Settings): Promise<void> {
		await changeSettings(this.session.server.userDataFolder, changes);
	}

	/** Changes the colours. */
	async setTheme(theme: Theme): Promise<void> {
		await this.changeSettings({ 'workbench.colorTheme': themes[theme].name });
		await this.page.locator(`.monaco-workbench.${themes[theme].className}`).waitFor();
	}

	/** Takes a picture of the window: `out/screenshots/<name>.png`. */
	async screenshot(name: string, options: { readonly theme?: Theme } = {}): Promise<string> {
		if (options.theme !== undefined) await this.setTheme(options.theme);
		const file = path.resolve('out', 'screenshots', `${name}.png`);
		await mkdir(path.dirname(file), { recursive: true });
		await this.page.screenshot({ path: file, animations: 'disabled' });
		return file;
	}

	/** Where the user's extensions lie. */
	get extensionsFolder(): string {
		return this.session.server.extensionsFolder;
	}

	/** Where the editor lets an extension keep its files, for all folders. */
	storageOf(extension: string): string {
		return path.join(this.session.server.userDataFolder, 'User', 'globalStorage', extension);
	}

	/** The last lines of the server's log. */
	async log(): Promise<string> {
		return this.session.server.log();
	}

	private async ready(): Promise<void> {
		await this.page.getByRole('tablist', { name: 'Active View Switcher' }).waitFor({ timeout: 2 * patience });
		await this.statusItem('Notifications').waitFor();
	}

	/** Closing editors is not what a test is about: what is not saved may go. */
	private async dropUnsaved(): Promise<void> {
		const question = this.page.locator('.monaco-dialog-box').filter({ hasText: 'Do you want to save' });
		await this.page.addLocatorHandler(question, async (dialog) => {
			await dialog
				.getByRole('button', { name: 'Don’t Save' })
				.or(dialog.getByRole('button', { name: "Don't Save" }))
				.click();
		});
	}

	private async chord(key: string): Promise<void> {
		await this.page.keyboard.press('ControlOrMeta+K');
		await this.page.keyboard.press(`ControlOrMeta+${key}`);
	}
}

/** Runs in the page. */
function agreeToSend(): void {
	new MutationObserver(() => {
		const dialog = document.querySelector('.monaco-dialog-box');
		if (!dialog?.textContent.includes('You are asked once for each provider in this workspace.')) return;
		for (const button of dialog.querySelectorAll<HTMLElement>('.monaco-button')) {
			if (button.textContent === 'Send') button.click();
		}
	}).observe(document, { childList: true, subtree: true });
}
