import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

/** Settings by their full names, as in `settings.json`. */
export type Settings = Readonly<Record<string, unknown>>;

/** How the workbench may look. */
export type Theme = 'light' | 'dark' | 'hc' | 'hcLight';

/** The name that VS Code gives each theme, and the class that its workbench then carries. */
export const themes: Readonly<Record<Theme, { readonly name: string; readonly className: string }>> = {
	light: { name: 'Default Light Modern', className: 'vs' },
	dark: { name: 'Default Dark Modern', className: 'vs-dark' },
	hc: { name: 'Default High Contrast', className: 'hc-black' },
	hcLight: { name: 'Default High Contrast Light', className: 'hc-light' },
};

/** Nothing that asks, invites, updates or phones home; nothing that changes the text by itself, and nothing that moves for its own sake. */
const quiet: Settings = {
	'chat.disableAIFeatures': true,
	'editor.accessibilitySupport': 'off',
	'editor.cursorBlinking': 'solid',
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'extensions.ignoreRecommendations': true,
	'files.autoSave': 'off',
	'git.openRepositoryInParentFolders': 'never',
	'security.workspace.trust.startupPrompt': 'never',
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'workbench.enableExperiments': false,
	'workbench.reduceMotion': 'on',
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
};

const settingsSchema = z.record(z.string(), z.unknown());

/** A key of the user's own for what is done after every test: the palette takes half a second for it. */
export const clearNotifications = 'Control+F12';

/** Writes the user's settings below a user data folder: the quiet ones, what is there, and `changes` over both; and the user's keys. */
export async function writeSettings(userDataFolder: string, changes: Settings = {}): Promise<void> {
	await merge(path.join(userDataFolder, 'User', 'settings.json'), quiet, changes);
	const bindings = [{ key: 'ctrl+f12', command: 'notifications.clearAll' }];
	await writeFile(path.join(userDataFolder, 'User', 'keybindings.json'), JSON.stringify(bindings));
}

/**
 * Changes the settings of a user whose window is open in `code-server`. It hears nothing of changes to the user's own file,
 * but of those to the machine's, which takes all settings but those of application scope: these wait for a reload.
 */
export async function changeSettings(userDataFolder: string, changes: Settings): Promise<void> {
	await writeSettings(userDataFolder, changes);
	await merge(path.join(userDataFolder, 'Machine', 'settings.json'), {}, changes);
}

async function merge(file: string, defaults: Settings, changes: Settings): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify({ ...defaults, ...(await readSettings(file)), ...changes }, undefined, '\t'));
}

async function readSettings(file: string): Promise<Settings> {
	try {
		return settingsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
	} catch {
		return {};
	}
}
