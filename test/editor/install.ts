import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { SilentReporter, downloadAndUnzipVSCode } from '@vscode/test-electron';
import { type CodeServer, installCodeServer, installedCodeServer } from './codeServer';
import { environment, hasDisplay } from './environment';
import { findOnPath, isProgram } from './programs';

/** A real VS Code: the desktop program, or `code-server`, which needs a browser to show it. */
export type Editor =
	| { readonly kind: 'desktop'; readonly executable: string }
	| { readonly kind: 'code-server'; readonly installation: CodeServer };

/** Where test-electron keeps what it downloads. */
const downloads = '.vscode-test';

/**
 * The VS Code of this machine: the one that `VSCODE_HOST` names, an installed one, the one that an earlier run got, a
 * downloaded one, or `code-server` from npm. `canShow` tells whether a desktop window has a place to open. Where `LIMN_EDITOR`
 * asks for a version: that one.
 */
export async function chooseEditor(canShow = hasDisplay()): Promise<Editor> {
	if (environment.version !== undefined) return { kind: 'code-server', installation: await installCodeServer() };
	if (environment.editor !== undefined) return desktop(named(environment.editor));
	if (canShow) {
		const installed = installedDesktop() ?? (await downloadedDesktop());
		if (installed !== undefined) return desktop(installed);
	}
	const earlier = nothingBetter(installedCodeServer);
	if (earlier !== undefined) return { kind: 'code-server', installation: earlier };
	const downloaded = canShow ? await downloadDesktop('stable', 5000) : undefined;
	if (downloaded !== undefined) return desktop(downloaded);
	return { kind: 'code-server', installation: await installCodeServer() };
}

function desktop(executable: string): Editor {
	return { kind: 'desktop', executable };
}

function named(file: string): string {
	if (isProgram(file)) return file;
	throw new Error(`VSCODE_HOST names ${file}, which is no program.`);
}

/** A platform without `code-server` packages says so only when nothing else is left. */
function nothingBetter<T>(find: () => T): T | undefined {
	try {
		return find();
	} catch {
		return undefined;
	}
}

/** The program behind the `code` command. The command itself returns at once and tells no exit code. */
function installedDesktop(): string | undefined {
	const command = findOnPath('code');
	if (command === undefined) return undefined;
	const bin = path.dirname(realpathSync(command));
	const candidates = {
		darwin: ['../../../MacOS/Code', '../../../MacOS/Electron'],
		win32: ['../Code.exe'],
		linux: ['../code'],
	}[process.platform as string];
	return candidates?.map((candidate) => path.resolve(bin, candidate)).find(isProgram);
}

/** The newest VS Code that test-electron has already downloaded. */
async function downloadedDesktop(): Promise<string | undefined> {
	if (!existsSync(downloads)) return undefined;
	const complete = readdirSync(downloads).filter((name) => existsSync(path.join(downloads, name, 'is-complete')));
	const versions = complete.flatMap((name) => /^vscode-.*-(\d+\.\d+\.\d+)$/.exec(name)?.[1] ?? []);
	const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
	return newest === undefined ? undefined : downloadDesktop(newest, 1000);
}

/** Downloads a version unless it is there. Undefined, quickly and quietly, where it cannot be reached. */
async function downloadDesktop(version: string, timeout: number): Promise<string | undefined> {
	try {
		return await downloadAndUnzipVSCode({
			version,
			timeout,
			cachePath: path.resolve(downloads),
			reporter: new SilentReporter(),
		});
	} catch {
		return undefined;
	}
}
