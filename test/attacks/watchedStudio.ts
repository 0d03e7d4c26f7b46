import type { Page } from 'playwright-core';
import { faults, StudioBrowser } from '../studio/studio';
import { type Canary, startCanary } from './canary';
import { payloadsFor } from './payloads';

declare global {
	interface Window {
		/** Numbers of the payloads whose script has run. */
		readonly ran: number[];
		/** What the content security policy refused. */
		readonly refused: string[];
	}
}

const carelessPage = '/careless.html';

/** What a page shows: each kind of element, with the names of its attributes; and every text. */
interface Seen {
	readonly kinds: readonly string[];
	readonly texts: string;
}

/** Of the page that is careless. */
interface Served {
	policy: string | undefined;
}

/** The studio in Chromium, and somebody who notices whatever leaves it, runs in it or opens over it. */
export class WatchedStudio {
	/** All that happened and must not, in words. */
	readonly mishaps: string[] = [];
	readonly payloads: readonly string[];

	private constructor(
		readonly studio: StudioBrowser,
		readonly canary: Canary,
		/** Numbers of the payloads that reached the canary. */
		readonly heard: Set<number>,
		readonly served: Served,
	) {
		this.payloads = payloadsFor({
			run: (index) => `top.ran.push(${index})`,
			url: (index) => `${canary.origin}/canary/${index}`,
		});
	}

	static async start(): Promise<WatchedStudio> {
		const heard = new Set<number>();
		const served: Served = { policy: undefined };
		const canary = await startCanary(({ url = '' }, response) => {
			const [, index] = /^\/canary\/(\d+)/.exec(url) ?? [];
			if (index !== undefined) heard.add(Number(index));
			if (url !== carelessPage) return response.writeHead(204).end();
			const { policy } = served;
			response.writeHead(200, { 'content-type': 'text/html', ...(policy && { 'content-security-policy': policy }) });
			return response.end('<!DOCTYPE html><title>careless</title><body>');
		});
		const watched = new WatchedStudio(await StudioBrowser.start(), canary, heard, served);
		await watched.#watch();
		return watched;
	}

	/**
	 * A page that takes the payloads for HTML, under a policy or none. From the canary's own server: what comes out of nowhere may not talk to
	 * this machine.
	 */
	async openCareless(policy: string | undefined): Promise<Page> {
		this.served.policy = policy;
		const page = await this.studio.browser.context.newPage();
		await page.goto(`${this.canary.origin}${carelessPage}`);
		return page;
	}

	/** What came up since the last time. */
	takeMishaps(): string[] {
		const heard = [...this.heard].map((index) => `asked for: ${this.payloads[index]}`);
		this.heard.clear();
		return [...this.mishaps.splice(0), ...faults.splice(0), ...heard];
	}

	async close(): Promise<void> {
		await this.studio.close();
		await this.canary.close();
	}

	async #watch(): Promise<void> {
		const { context } = this.studio.browser;
		await context.addInitScript(() => {
			if (window !== top) return;
			Object.assign(window, { ran: [], refused: [] });
			document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
				window.refused.push(`${violatedDirective} ${blockedURI}`),
			);
		});
		context.on('request', (request) => {
			if (!this.#isOwn(request.url())) this.mishaps.push(`request: ${request.url()}`);
		});
		context.on('dialog', (dialog) => {
			this.mishaps.push(`dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
		context.on('page', (page) => {
			page.on('popup', (popup) => this.mishaps.push(`popup: ${popup.url()}`));
			page.on('frameattached', (frame) => this.mishaps.push(`frame: ${frame.url()}`));
		});
	}

	#isOwn(address: string): boolean {
		const { protocol, origin, pathname } = new URL(address);
		if (protocol === 'blob:') return true;
		return (
			origin === this.studio.origin &&
			/^\/(?:\d+\.html|studio\.(?:js|css)|scripted\.js|codicon\.ttf|thumbnails\/[a-z0-9]+\.webp)$/.test(pathname)
		);
	}
}

/** Scripts that ran in a page, and what its policy refused: the app itself has none refused. */
export async function tracesIn(page: Page): Promise<string[]> {
	const { ran, refused } = await page.evaluate(() => ({ ran: window.ran, refused: window.refused }));
	return [...ran.map((index) => `ran: ${index}`), ...refused.map((what) => `refused: ${what}`)];
}

/** All elements and texts of a page, those that are not seen too. */
export async function seenIn(page: Page): Promise<Seen> {
	return page.evaluate(() => {
		const kinds = new Set<string>();
		const texts: string[] = [];
		const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
		for (let node: Node | null = walker.root; node; node = walker.nextNode()) {
			if (!(node instanceof Element)) {
				if (node.parentElement?.localName !== 'script') texts.push(node.nodeValue ?? '');
				continue;
			}
			const attributes = Array.from(node.attributes);
			// An option has a value of its own where its text has more than single blanks.
			const names = attributes.map(({ name }) => name).filter((name) => name !== 'value');
			kinds.add([node.localName, ...names.toSorted()].join(' '));
			texts.push(...attributes.map(({ value }) => value));
			if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) texts.push(node.value);
		}
		return { kinds: [...kinds], texts: texts.join('\u0001') };
	});
}
