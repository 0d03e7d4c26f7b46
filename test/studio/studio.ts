import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { policyOf } from '../../src/host/studio/policy';
import { encode } from '../../src/image/encode';
import { paint } from '../../src/providers/sketch/paint';
import { launchBrowser, type RunningBrowser } from '../editor/browser';
import type { Theme } from '../editor/settings';
import { codecs } from '../unit/image/nodeCodecs';
import { cardsOf, emptyState, forms, type Script } from './script';

const look = z.object({ className: z.string(), kind: z.string(), variables: z.record(z.string(), z.string()) });
const looks = z.object({ light: look, dark: look, hc: look, hcLight: look });

/** All themes of the editor. */
export const everyTheme: readonly Theme[] = ['light', 'dark', 'hc', 'hcLight'];

declare global {
	interface Window {
		/** In a page that {@link findingsOf} looks at. */
		readonly axe: typeof axe;
	}
}

/** What is opened, and how. */
export interface StudioOptions {
	/** Default: the editor's tab. */
	readonly place?: 'panel' | 'sideBar';
	readonly theme?: Theme;
	readonly width?: number;
	readonly height?: number;
	/** How many pictures there are. */
	readonly pictures?: number;
	/** What the host knows besides. */
	readonly script?: Partial<Script>;
	readonly reducedMotion?: boolean;
}

/** The studio's own page in a real browser, against a host that is scripted (`page/scripted.ts`). One for a suite. */
export class StudioBrowser {
	/** Closed by their tests, and as good as new. */
	readonly #left: Page[] = [];
	/** No more as they were opened. */
	readonly #changed = new Set<unknown>();

	private constructor(
		readonly browser: RunningBrowser,
		readonly server: Server,
		readonly origin: string,
		readonly pages: Map<string, string>,
	) {
		const { context } = browser;
		const connect = context.newCDPSession.bind(context);
		context.newCDPSession = async (page) => {
			this.#changed.add(page);
			return connect(page);
		};
	}

	static async start(): Promise<StudioBrowser> {
		const pages = new Map<string, string>();
		const server = createServer((request, response) => {
			const page = pages.get(request.url ?? '/');
			const headers = { 'cache-control': 'max-age=3600' };
			if (page !== undefined) {
				const type = { 'content-type': 'text/html', 'content-security-policy': policy };
				response.writeHead(200, { ...headers, ...type }).end(page);
				return;
			}
			void answer(request.url ?? '/').then(
				({ type, body }) => response.writeHead(200, { ...headers, 'content-type': type }).end(body),
				() => response.writeHead(404).end(),
			);
		});
		const listening = await new Promise<AddressInfo>((resolve) => {
			server.listen(0, '127.0.0.1', () => {
				const address = server.address();
				if (typeof address === 'object' && address) resolve(address);
			});
		});
		return new StudioBrowser(await launchBrowser(), server, `http://127.0.0.1:${listening.port}`, pages);
	}

	async close(): Promise<void> {
		await this.browser.close();
		this.server.closeAllConnections();
		this.server.close();
	}

	/** A page that nothing is left on. Resolves when the first snapshot is shown. */
	async open(options: StudioOptions = {}): Promise<Page> {
		const { width = 1000, height = 800, reducedMotion = false } = options;
		const page = this.#left.pop() ?? (await this.#newPage());
		await page.setViewportSize({ width, height });
		await page.emulateMedia({ reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
		// Of the server itself, and not of a route: where requests are caught, the browser keeps no files.
		const address = `/${this.pages.size}.html`;
		this.pages.set(address, await pageOf(options));
		await page.goto(`${this.origin}${address}`);
		await page.getByRole('main').waitFor();
		return page;
	}

	/** When it is closed it is kept for the next test: a new one takes three times as long to open. */
	async #newPage(): Promise<Page> {
		const { context } = this.browser;
		const page = await context.newPage();
		page.on('pageerror', (error) => faults.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') faults.push(message.text());
		});
		const close = page.close.bind(page);
		page.close = async () => {
			// What a session has set of screens and fingers stays set.
			if (this.#changed.has(page)) return close();
			await page.mouse.move(0, 0);
			await page.goto('about:blank');
			this.#left.push(page);
		};
		return page;
	}
}

/** Faults and refusals (of the content security policy too) that a page reported. A test ends with none. */
export const faults: string[] = [];

/** The webview's own policy, for an address of this machine. The script of the host that is scripted has the nonce too; it styles the page, and fetches. */
const policy = `${policyOf("'self'", 'test').replace("style-src 'self'", "$& 'nonce-test'")}; connect-src 'self'`;

async function pageOf({ place = 'panel', theme = 'dark', pictures = 0, script }: StudioOptions): Promise<string> {
	const { className, kind, declarations } = await lookOf(theme);
	const cards = cardsOf(pictures);
	const state = { ...emptyState, gallery: { revision: 1, count: pictures, isLoading: false }, ...script?.state };
	const whole: Script = { forms, cards, details: {}, thumbnails: '/thumbnails/*.webp', ...script, state };
	// As in the editor's webviews: the layer is what it puts on their page besides the variables.
	return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Limn</title>
<style nonce="test">:root { ${declarations} }
html { background: var(--vscode-editor-background); }
@layer vscode-default {
html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
img, video { max-width: 100%; max-height: 100%; }
a { color: var(--vscode-textLink-foreground); }
a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
}</style>
<link rel="stylesheet" href="/studio.css">
</head><body class="${className}" data-vscode-theme-kind="${kind}" data-place="${place}" data-words="{}">
<script nonce="test">window.script = ${JSON.stringify(whole).replaceAll('<', String.raw`\u003c`)};</script>
<script nonce="test" src="/scripted.js"></script>
<script nonce="test" type="module" src="/studio.js"></script>
</body></html>`;
}

/** What the editor puts on a webview's page in a theme. */
async function lookOf(theme: Theme): Promise<{ className: string; kind: string; declarations: string }> {
	const all: unknown = JSON.parse(await readFile(path.join('test', 'studio', 'themes.json'), 'utf8'));
	const { variables, ...names } = looks.parse(all)[theme];
	return {
		...names,
		declarations: Object.entries(variables)
			.map(([name, value]) => `${name}: ${value};`)
			.join(' '),
	};
}

/** Looks at a page in one theme after the other, as when a person changes it. */
export async function inEveryTheme(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
	for (const theme of everyTheme) {
		await page.evaluate(
			({ className, kind, declarations }) => {
				const [rule] = document.styleSheets[0]?.cssRules ?? [];
				if (rule instanceof CSSStyleRule) rule.style.cssText = declarations;
				document.body.className = className;
				document.body.dataset['vscodeThemeKind'] = kind;
			},
			await lookOf(theme),
		);
		await look(theme);
	}
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
	'/studio.js': ['dist/webview/studio.js', 'text/javascript'],
	'/studio.css': ['dist/webview/studio.css', 'text/css'],
	'/codicon.ttf': ['dist/webview/codicon.ttf', 'font/ttf'],
	'/scripted.js': ['out/scripted.js', 'text/javascript'],
};

async function answer(url: string): Promise<{ type: string; body: Uint8Array }> {
	const { pathname } = new URL(url, 'http://localhost');
	if (pathname === '/favicon.ico') return { type: 'image/x-icon', body: new Uint8Array() };
	const known = files[pathname];
	if (known) return { type: known[1], body: await readFile(known[0]) };
	const [, id] = /^\/thumbnails\/(.+)\.webp$/.exec(pathname) ?? [];
	if (id === undefined) throw new Error(`There is no ${pathname}.`);
	return { type: 'image/webp', body: await thumbnailOf(Number(/\d+/.exec(id)?.[0] ?? 0) % 40) };
}

const drawn = new Map<number, Promise<Uint8Array>>();

/** A sketch of 256 × 192 pixels, as the host makes thumbnails. Each address is another picture to the browser, though only 40 are different. */
async function thumbnailOf(index: number): Promise<Uint8Array> {
	const size = { width: 256, height: 192 };
	const order = { prompt: `picture ${index}`, size, seed: String(index), style: 'horizon' } as const;
	const known = drawn.get(index) ?? encode(paint(order), 'webp', codecs);
	drawn.set(index, known);
	return known;
}

/** What axe-core finds wrong, in words. `theme`: one of several in which the same page is looked at; after the first only the colours differ. */
export async function findingsOf(page: Page, theme?: Theme): Promise<string[]> {
	const isThere = await page.evaluate(() => 'axe' in window);
	if (!isThere) await page.evaluate(axe.source);
	const rules = theme === undefined || theme === everyTheme[0] ? [] : ['color-contrast', 'link-in-text-block'];
	const { violations } = await page.evaluate(
		async (runOnly) => window.axe.run(runOnly.length > 0 ? { runOnly } : {}),
		rules,
	);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)}\n${failureSummary}`),
	);
}

/** The calls of a method that the page made, as they were given. */
export async function callsOf(page: Page, method: string): Promise<unknown[]> {
	return page.evaluate(
		(name) => window.scripted.calls.filter((call) => call.method === name).map(({ params }) => params),
		method,
	);
}

/** What the view would keep if it went away now. */
export async function keptOf(page: Page): Promise<unknown> {
	return page.evaluate(() => {
		document.dispatchEvent(new Event('visibilitychange'));
		return window.scripted.kept;
	});
}
