import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { environment } from './environment';
import { startProgram } from './processes';
import { findOnPath, isProgram } from './programs';

/** A shell without a window of its own takes half the time for the same page. */
const names = [
	'chromium-headless-shell',
	'chrome-headless-shell',
	'chromium',
	'google-chrome',
	'chromium-browser',
	'google-chrome-stable',
	'chrome',
	'microsoft-edge',
	'msedge',
];

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
	darwin: [
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	],
	win32: [
		'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
		'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
		'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
	],
};

/** No packet beyond the loopback interface, and nothing that a first start shows. */
const flags = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-default-apps',
	'--disable-domain-reliability',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** A running browser, its one window's pages in `context`. */
export interface RunningBrowser {
	readonly context: BrowserContext;
	close(): Promise<void>;
}

/** The Chromium of this machine: the one that `LIMN_BROWSER` names, an installed one, or Debian's, installed now. */
export async function findBrowser(): Promise<string> {
	if (environment.browser !== undefined) return named(environment.browser);
	const installed = findOnPath(...names) ?? usualPlaces[process.platform]?.find(isProgram);
	if (installed !== undefined) return installed;
	if (canInstall()) await installChromium();
	const found = findOnPath(...names);
	if (found !== undefined) return found;
	throw new Error('A browser is needed to drive VS Code: install Chromium or Chrome, or name one in LIMN_BROWSER.');
}

function named(file: string): string {
	if (isProgram(file)) return file;
	throw new Error(`LIMN_BROWSER names ${file}, which is no program.`);
}

/** Only where it asks for no password and changes nobody's desktop: as root of a Debian-like system. */
function canInstall(): boolean {
	return process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
}

async function installChromium(): Promise<void> {
	console.error('Installing Chromium (apt-get install chromium-headless-shell) once.');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const run = async (...args: string[]): Promise<unknown> =>
		startProgram('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).exited;
	// An update that partly fails may still have what is needed: the installation is what counts.
	await run('update');
	for (const name of ['chromium-headless-shell', 'chromium'])
		if ((await run('install', '-y', '--no-install-recommends', name)) === 0) return;
}

/** Launches it without a window. `profile`: a folder where it keeps what it stores, as secrets are; default: nothing is kept. */
export async function launchBrowser(profile?: string): Promise<RunningBrowser> {
	const options = {
		executablePath: await findBrowser(),
		args: flags,
		// The guard in processes.ts ends this process; Playwright then ends the browser with it.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
	};
	// As in a browser with a window, where whoever clicks may copy.
	const permissions = ['clipboard-read', 'clipboard-write'];
	const view = { viewport: { width: 1280, height: 800 }, locale: 'en-US', permissions };
	if (profile !== undefined) {
		const context = await chromium.launchPersistentContext(profile, { ...options, ...view });
		return { context, close: async () => context.close() };
	}
	const browser: Browser = await chromium.launch(options);
	return { context: await browser.newContext(view), close: async () => browser.close() };
}
