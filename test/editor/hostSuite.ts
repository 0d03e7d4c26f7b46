import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TestRunFailedError, runTests } from '@vscode/test-electron';
import { hasDisplay } from './environment';
import { type Editor, chooseEditor } from './install';
import { temporaryFolder } from './processes';
import { findOnPath } from './programs';
import { type Settings, writeSettings } from './settings';

/** A suite that runs inside the extension host of a real VS Code. */
export interface HostSuite {
	/** The module whose `run()` is the suite. */
	readonly testsPath: string;
	/** A folder or a `.code-workspace` file. */
	readonly workspace: string;
	/** The extension under development. */
	readonly extensionPath: string;
	/** Added to the variables of the extension host; their names must begin with `LIMN_`. */
	readonly env?: Readonly<Record<string, string>>;
	readonly settings?: Settings;
	/** The workspace is not trusted (Restricted Mode). Default: it is. */
	readonly restricted?: boolean;
	/** The whole run, the start of the editor included. */
	readonly timeoutMs?: number;
}

/** Runs a suite in the VS Code of this machine, as a new user, and resolves with its exit code: 0 when all is well. */
export async function runInHost(suite: HostSuite): Promise<number> {
	const xvfb = hasDisplay() ? undefined : findOnPath('xvfb-run');
	const folder = temporaryFolder();
	const editor = await chooseEditor(hasDisplay() || xvfb !== undefined);
	const userData = path.join(folder, 'data');
	await writeSettings(userData, suite.settings);
	try {
		return await runTests({
			vscodeExecutablePath: await executableOf(editor, folder, xvfb, suite),
			extensionDevelopmentPath: path.resolve(suite.extensionPath),
			extensionTestsPath: path.resolve(suite.testsPath),
			extensionTestsEnv: { ...suite.env },
			launchArgs: [
				path.resolve(suite.workspace),
				'--disable-extensions',
				`--user-data-dir=${userData}`,
				`--extensions-dir=${path.join(folder, 'ext')}`,
			],
		});
	} catch (error) {
		if (error instanceof TestRunFailedError) return error.code ?? 1;
		throw error;
	}
}

/** What `runTests` can start like the desktop program: that program, or a script that stands in for it. */
async function executableOf(
	editor: Editor,
	folder: string,
	xvfb: string | undefined,
	suite: HostSuite,
): Promise<string> {
	const { restricted = false } = suite;
	if (editor.kind === 'desktop') {
		if (xvfb === undefined && !restricted) return editor.executable;
		return script(folder, [...(xvfb === undefined ? [] : [xvfb, '-a']), editor.executable], restricted);
	}
	const codeHost = [process.execPath, path.resolve('out', 'codeHost.js'), `--timeout=${suite.timeoutMs ?? 900_000}`];
	return script(folder, codeHost, restricted);
}

/** `runTests` always says that every workspace is trusted. */
const unsaid = `for word; do shift; [ "$word" = --disable-workspace-trust ] || set -- "$@" "$word"; done`;

async function script(folder: string, command: readonly string[], restricted: boolean): Promise<string> {
	const file = path.join(folder, 'code');
	const words = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
	await mkdir(folder, { recursive: true });
	await writeFile(file, `#!/bin/sh\n${restricted ? `${unsaid}\n` : ''}exec ${words} "$@"\n`);
	await chmod(file, 0o755);
	return file;
}
