import path from 'node:path';
import type { Page } from 'playwright-core';
import { type WindowContents, windowAddress } from './address';
import { type RunningBrowser, launchBrowser } from './browser';
import { type EditorVersion, installCodeServer } from './codeServer';
import { temporaryFolder } from './processes';
import { type Server, type ServerOptions, startServer } from './server';

/** A window to open in a `code-server` of its own. */
export interface SessionOptions extends WindowContents, Omit<ServerOptions, 'folder'> {
	/** Where the server and the browser keep what they store. Default: a folder that is removed at the end. */
	readonly folder?: string;
	/** Default: the usual one, see codeServer.ts. */
	readonly editor?: EditorVersion;
}

/** One window of a real VS Code. */
export interface Session {
	readonly page: Page;
	readonly server: Server;
	/** Goes to the window's address. Until then the page is empty, so that it can be listened to. */
	load(): Promise<void>;
	close(): Promise<void>;
}

/** Starts server and browser. What was started is stopped again when a later step fails. */
export async function startSession(options: SessionOptions): Promise<Session> {
	const folder = options.folder ?? temporaryFolder();
	const installation = await installCodeServer(options.editor);
	// Ends by itself should this process be killed without a chance to stop it.
	const server = await startServer(installation, { endsWhenUnused: true, ...options, folder });
	let browser: RunningBrowser | undefined;
	const close = async (): Promise<void> => {
		await browser?.close();
		await server.stop();
	};
	try {
		browser = await launchBrowser(options.folder === undefined ? undefined : path.join(folder, 'browser'));
		const page = browser.context.pages()[0] ?? (await browser.context.newPage());
		const load = async (): Promise<void> => {
			await page.goto(windowAddress(server.origin, options), { waitUntil: 'commit' });
		};
		return { page, server, load, close };
	} catch (error) {
		await close();
		throw error;
	}
}
