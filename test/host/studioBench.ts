import assert from 'node:assert/strict';
import path from 'node:path';
import { Disposable, EventEmitter, Uri, type Webview, type WebviewPanel, type WebviewView } from 'vscode';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { systemClock } from '../../src/generation/clock';
import { Agreements } from '../../src/host/agreements';
import { KnownPictures } from '../../src/host/features/knownPictures';
import { ImageMaker } from '../../src/host/imageMaker';
import { Keyring } from '../../src/host/keyring';
import { ModelLists } from '../../src/host/modelLists';
import { openOwnFiles } from '../../src/host/ownFiles';
import { PromptMemory } from '../../src/host/promptMemory';
import { RunningJobs } from '../../src/host/runningJobs';
import { PictureDeeds } from '../../src/host/studio/pictureDeeds';
import { Studio } from '../../src/host/studio/studio';
import { StudioPanels } from '../../src/host/studio/studioPanels';
import type { Network } from '../../src/network/network';
import { CallError, Client } from '../../src/protocol/client';
import type { HostAnswers, HostParams } from '../../src/protocol/hostMethods';
import type { JobView, ViewState } from '../../src/protocol/views';
import type { Downward, Upward } from '../../src/protocol/wire';
import { LastPlace } from '../../src/workspace/lastPlace';
import { Bench, Memory } from './galleryBench';
import { Secrets } from './secrets';
import { until } from './until';

/** No packet leaves: a test that sends one fails. */
const nowhere: Network = {
	exchange: async () => assert.fail('something was sent'),
	download: async () => assert.fail('something was fetched'),
	dispose: async () => undefined,
};

/** The page of a webview, as far as the host sees of it. */
class Page {
	readonly #up = new EventEmitter<unknown>();
	readonly #changes = new EventEmitter<void>();
	readonly #ends = new EventEmitter<void>();
	readonly #listeners = new Set<(message: Downward<ViewState, never>) => void>();
	readonly states: ViewState[] = [];
	/** What was sent down. */
	readonly down: unknown[] = [];
	#isVisible = true;

	readonly webview = {
		html: '',
		options: {},
		cspSource: 'https://webview.test',
		onDidReceiveMessage: this.#up.event,
		asWebviewUri: (file: Uri) => Uri.parse(`https://webview.test${file.path}`),
		postMessage: async (message: Downward<ViewState, never>) => {
			this.down.push(message);
			for (const listen of this.#listeners) listen(message);
			return true;
		},
	} satisfies Webview;

	readonly view: WebviewView;

	constructor() {
		const isVisible = () => this.#isVisible;
		this.view = {
			viewType: 'limn.gallery',
			webview: this.webview,
			get visible() {
				return isVisible();
			},
			onDidDispose: this.#ends.event,
			onDidChangeVisibility: this.#changes.event,
			show: () => undefined,
		};
	}

	/** The same in an editor's tab. */
	get panel(): WebviewPanel {
		const isVisible = () => this.#isVisible;
		const panel: WebviewPanel = {
			viewType: 'limn.studio',
			title: '',
			viewColumn: undefined,
			active: true,
			options: {},
			webview: this.webview,
			get visible() {
				return isVisible();
			},
			onDidDispose: this.#ends.event,
			onDidChangeViewState: (listener) => this.#changes.event(() => void listener({ webviewPanel: panel })),
			reveal: () => undefined,
			dispose: () => this.close(),
		};
		return panel;
	}

	/** A page that was loaded, with its own count of calls. */
	open(before: number): Client<HostParams, HostAnswers, ViewState> {
		return new Client<HostParams, HostAnswers, ViewState>(
			{
				post: (message: Upward) => this.#up.fire(structuredClone(message)),
				onMessage: (listener) => {
					this.#listeners.add(listener);
					return () => this.#listeners.delete(listener);
				},
			},
			(state) => this.states.push(state),
			before,
		);
	}

	/** Says what no page of ours would. */
	say(message: unknown): void {
		this.#up.fire(message);
	}

	show(isVisible: boolean): void {
		this.#isVisible = isVisible;
		this.#changes.fire();
	}

	close(): void {
		this.#ends.fire();
	}
}

/** A studio of its own in the real editor, with everything but a network, and the page that it is shown in. */
export class StudioBench {
	page = new Page();
	readonly secrets = new Secrets();
	readonly #all: Disposable;

	private constructor(
		readonly bench: Bench,
		readonly studio: Studio,
		readonly panels: StudioPanels,
		all: readonly Disposable[],
	) {
		this.#all = Disposable.from(...all);
	}

	static async start(): Promise<StudioBench> {
		const bench = await Bench.start();
		const { history, gallery, painter, log, storage } = bench;
		const secrets = new Secrets();
		const keyring = new Keyring(secrets, {});
		const agreements = new Agreements({ memory: new Memory(), keyring });
		const catalogue = { models, offers };
		const lists = new ModelLists({ catalogue, keyring, agreements, network: nowhere, state: new Memory() });
		const jobs = new RunningJobs();
		const own = openOwnFiles(storage, log);
		const { purse } = own;
		const maker = new ImageMaker({
			lists,
			keyring,
			agreements,
			painter,
			network: nowhere,
			clock: systemClock,
			jobs,
			history,
			log,
			storage,
			...own,
		});
		const lastPlace = new LastPlace();
		const pictures = new KnownPictures({ history });
		const memory = new PromptMemory(new Memory());
		const studio = new Studio({ maker, memory, history, gallery, pictures, lastPlace, purse, secrets, log, storage });
		const deeds = new PictureDeeds({ gallery, pictures, lastPlace, studio });
		const panels = new StudioPanels({ studio, deeds, extension: Uri.file(path.join(__dirname, '..')) });
		return new StudioBench(bench, studio, panels, [panels, studio, lastPlace, jobs, own]);
	}

	/** Opens the page, and resolves when it has shown its first snapshot. */
	async open(): Promise<Client<HostParams, HostAnswers, ViewState>> {
		await this.panels.resolve(this.page.view);
		const client = this.page.open(1000);
		await client.call('ready', {});
		await until(() => this.page.states.length > 0);
		return client;
	}

	/** Opens a page in an editor's tab, too, and resolves when it has shown its first snapshot. */
	async openTab(): Promise<Page> {
		const tab = new Page();
		await this.panels.restore(tab.panel);
		await tab.open(3000).call('ready', {});
		await until(() => tab.states.length > 0);
		return tab;
	}

	/** Closes the page and opens another one, which knows nothing of the first. */
	async reopen(): Promise<Client<HostParams, HostAnswers, ViewState>> {
		this.page.close();
		this.page = new Page();
		return this.open();
	}

	/** What the page was shown last. */
	get latest(): ViewState {
		return this.page.states.at(-1) ?? assert.fail('nothing was shown');
	}

	/** A job as the page sees it in the end. */
	async ended(id: string): Promise<JobView> {
		const find = () => this.latest.jobs.find((job) => job.id === id);
		await until(() => find()?.isRunning === false);
		return find() ?? assert.fail(id);
	}

	end(): void {
		this.page.close();
		this.#all.dispose();
		this.bench.end();
	}
}

/** The words of the failure that a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
	const fault: unknown = await call.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(fault instanceof CallError, String(fault));
	return fault.message;
}
