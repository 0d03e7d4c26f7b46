import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, ConfigurationTarget, type TextDocument, Uri, window, workspace } from 'vscode';

/** The workspace's folders, as paths of the disk. */
export function folder(index: 0 | 1): string {
	const found = workspace.workspaceFolders?.[index];
	assert.ok(found, `workspace folder ${index}`);
	return found.uri.fsPath;
}

/** Opens a new file with this text in an editor. */
export async function openNew(name: string, text: string, base = folder(0)): Promise<TextDocument> {
	const uri = Uri.file(path.join(base, name));
	await workspace.fs.writeFile(uri, Buffer.from(text));
	const document = await workspace.openTextDocument(uri);
	await window.showTextDocument(document);
	return document;
}

/** Every file below a folder, relative, sorted. */
export async function filesBelow(base: string): Promise<string[]> {
	const entries = await readdir(base, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => !entry.isDirectory());
	return files.map((entry) => path.relative(base, path.join(entry.parentPath, entry.name))).toSorted();
}

/** A saved picture's bytes. */
export async function bytesOf({ uri }: { readonly uri: string }): Promise<Buffer> {
	return readFile(Uri.parse(uri).fsPath);
}

/** Sets a setting of the workspace while `work` runs. */
export async function withSetting<T>(name: string, value: unknown, work: () => Promise<T>): Promise<T> {
	return withSettingOf(ConfigurationTarget.Workspace, name, value, work);
}

/** Sets a setting of the user while `work` runs. */
export async function withUserSetting<T>(name: string, value: unknown, work: () => Promise<T>): Promise<T> {
	return withSettingOf(ConfigurationTarget.Global, name, value, work);
}

async function withSettingOf<T>(
	target: ConfigurationTarget,
	name: string,
	value: unknown,
	work: () => Promise<T>,
): Promise<T> {
	const configuration = workspace.getConfiguration('limn');
	await configuration.update(name, value, target);
	try {
		return await work();
	} finally {
		await configuration.update(name, undefined, target);
	}
}

/** Closes every editor without asking. */
export async function closeEditors(): Promise<void> {
	while (window.activeTextEditor) await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	await commands.executeCommand('workbench.action.closeAllEditors');
}
