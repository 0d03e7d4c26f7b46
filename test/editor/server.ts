import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CodeServer } from './codeServer';
import { installExtensions } from './extensions';
import { makeLanguagePack } from './language';
import { type Program, startProgram } from './processes';
import { type Settings, writeSettings } from './settings';

/** How to start `code-server`. */
export interface ServerOptions {
	/** Everything that it writes goes here: user data, extensions, log. The same folder again: the same user again. */
	readonly folder: string;
	readonly userDataFolder?: string;
	readonly extensionsFolder?: string;
	/** Folders of extensions that this user has installed. */
	readonly extensions?: readonly string[];
	/** `.vsix` files that the editor itself installs before it starts, for a user who has no other extensions. */
	readonly packages?: readonly string[];
	/** Default: a free one. Secrets belong to an origin: they are found again on the same port only. */
	readonly port?: number;
	readonly settings?: Settings;
	/** Added to this process's variables, for the server and its extension hosts. */
	readonly env?: Readonly<Record<string, string>>;
	/** Ask before a workspace is trusted (Restricted Mode). Default: every workspace is trusted. */
	readonly restricted?: boolean;
	/** Let a window run a suite in its extension host and tell the outcome. Such a window shows no notifications. */
	readonly testDriver?: boolean;
	/** What the editor speaks, as `zh-cn`. Its own words stay English, those of extensions are translated. Default: English. */
	readonly language?: string;
	/** End by itself some minutes after the last window was closed. */
	readonly endsWhenUnused?: boolean;
}

/** A running `code-server`. */
export interface Server {
	readonly origin: string;
	readonly userDataFolder: string;
	readonly extensionsFolder: string;
	/** Resolves when it has ended, whoever ended it. */
	readonly exited: Promise<unknown>;
	/** The last lines of its log. */
	log(): Promise<string>;
	stop(): Promise<void>;
}

/** Starts the server on the loopback interface and waits until it answers. */
export async function startServer(installation: CodeServer, options: ServerOptions): Promise<Server> {
	const userDataFolder = options.userDataFolder ?? path.join(options.folder, 'data');
	const extensionsFolder = options.extensionsFolder ?? path.join(options.folder, 'extensions');
	await writeSettings(userDataFolder, options.settings);
	const { language, extensions = [] } = options;
	const packs = language === undefined ? [] : [await makeLanguagePack(options.folder, userDataFolder, language)];
	await installExtensions(extensionsFolder, [...extensions, ...packs]);
	const logFile = path.join(options.folder, 'server.log');
	await mkdir(options.folder, { recursive: true });
	const log = await open(logFile, 'w');
	const folders = [
		`--user-data-dir=${userDataFolder}`,
		`--extensions-dir=${extensionsFolder}`,
		`--server-data-dir=${options.folder}`,
	];
	const begin = (...args: string[]) =>
		startProgram(installation.node, [installation.server, ...args, ...folders], {
			stdio: ['ignore', log.fd, log.fd],
			env: variables(options),
		});
	const packages = (options.packages ?? []).map((file) => `--install-extension=${path.resolve(file)}`);
	if (packages.length > 0 && (await begin('--accept-server-license-terms', ...packages).exited) !== 0)
		throw new Error(`VS Code (code-server) did not install ${packages.join(' ')}.\n${await tellingLines(logFile)}`);
	const program = begin(...flags(options));
	await log.close();
	return {
		origin: `http://127.0.0.1:${await portOf(program, logFile)}`,
		userDataFolder,
		extensionsFolder,
		exited: program.exited,
		log: async () => tellingLines(logFile),
		stop: async () => program.stop(),
	};
}

function flags(options: ServerOptions): string[] {
	return [
		'--host=127.0.0.1',
		`--port=${options.port ?? 0}`,
		'--without-connection-token',
		'--accept-server-license-terms',
		'--disable-telemetry',
		...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
		...(options.language === undefined ? [] : [`--locale=${options.language}`]),
		...(options.restricted === true ? [] : ['--disable-workspace-trust']),
		...(options.endsWhenUnused === true ? ['--enable-remote-auto-shutdown'] : []),
	];
}

/** Without what an editor that this process may run in has set; with a home for the files that belong to no flag. */
function variables(options: ServerOptions): NodeJS.ProcessEnv {
	const own = Object.entries(process.env).filter(
		([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|PORT$)/.test(name),
	);
	const home = path.join(options.folder, 'home');
	return {
		...Object.fromEntries(own),
		XDG_CONFIG_HOME: home,
		XDG_DATA_HOME: home,
		XDG_CACHE_HOME: home,
		// No marketplace: nothing is asked of the network.
		EXTENSIONS_GALLERY: '{}',
		...options.env,
	};
}

/** The server tells its port when it is ready. */
async function portOf(program: Program, logFile: string): Promise<number> {
	const deadline = Date.now() + 60_000;
	let ended = false;
	void program.exited.then(() => (ended = true));
	for (;;) {
		const said = await readFile(logFile, 'utf8');
		const port = /agent listening on (\d+)/.exec(said)?.[1];
		if (port !== undefined) return Number(port);
		if (ended || said.includes('EADDRINUSE') || Date.now() > deadline) {
			await program.stop();
			throw new Error(`VS Code (code-server) did not start.\n${await tellingLines(logFile)}`);
		}
		await setTimeout(50);
	}
}

/** The last lines, without complaints about the native modules that were not compiled, and without stacks. */
async function tellingLines(file: string): Promise<string> {
	const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
	const telling = lines.filter((line) => !/^\s*$|^\s+(at |'|\])|^ → |^  tries|bindings|vsda|^}|_static/.test(line));
	return telling.slice(-30).join('\n');
}
