import {
	Disposable,
	l10n,
	Uri,
	ViewColumn,
	type Webview,
	type WebviewPanel,
	type WebviewView,
	window,
	workspace,
} from 'vscode';
import { folderOf } from '../../documents/paths';
import type { Shown } from '../gallery/shown';
import { pageOf, type Place } from './html';
import type { PictureDeeds } from './pictureDeeds';
import { isBelow, isPartOf } from './roots';
import { Session } from './session';
import type { Studio } from './studio';
import { panelType } from './viewIds';

interface Parts {
	readonly studio: Studio;
	readonly deeds: PictureDeeds;
	/** Limn's own folder, with the studio's bundle and its icons in it. */
	readonly extension: Uri;
}

/** A webview, whatever holds it. */
interface Holder {
	readonly webview: Webview;
	readonly visible: boolean;
	readonly onDidDispose: WebviewPanel['onDidDispose'];
}

/** The studio in an editor's tab, of which there is one, and its gallery in the side bar. */
export class StudioPanels implements Disposable {
	#panel: WebviewPanel | undefined;
	readonly #open = new Set<Disposable>();

	constructor(readonly parts: Parts) {}

	/** Shows the one in the editor's tab, beside what is written in. */
	async show(): Promise<void> {
		if (this.#panel) return this.#panel.reveal();
		const column = window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active;
		await this.restore(window.createWebviewPanel(panelType, l10n.t('Limn Studio'), column));
	}

	/** Fills a panel: a new one, or one that the editor gives back. */
	async restore(panel: WebviewPanel): Promise<void> {
		this.#panel = panel;
		const { extension } = this.parts;
		panel.iconPath = {
			light: Uri.joinPath(extension, 'media', 'limn-light.svg'),
			dark: Uri.joinPath(extension, 'media', 'limn-dark.svg'),
		};
		panel.onDidDispose(() => {
			if (this.#panel !== panel) return;
			this.#panel = undefined;
			this.parts.studio.forgetRequest();
		});
		await this.#fill(panel, 'panel', panel.onDidChangeViewState);
	}

	/** Fills the view of the side bar. */
	async resolve(view: WebviewView): Promise<void> {
		await this.#fill(view, 'sideBar', view.onDidChangeVisibility);
	}

	dispose(): void {
		this.#panel?.dispose();
		for (const each of this.#open) each.dispose();
	}

	async #fill(holder: Holder, place: Place, onDidChange: (listener: () => void) => Disposable): Promise<void> {
		const { studio, deeds, extension } = this.parts;
		const { webview } = holder;
		let isClosed = false;
		holder.onDidDispose(() => (isClosed = true));
		const app = Uri.joinPath(extension, 'dist', 'webview');
		const { storage, gallery } = studio.parts;
		const own = [Uri.joinPath(storage, 'studio'), Uri.joinPath(storage, 'unfinished')];
		const roots = [app, ...own, ...(await this.#outputFolders())];
		// It may be closed before the history is read.
		if (isClosed) return;
		webview.options = { enableScripts: true, localResourceRoots: roots };
		const loading = load(() => (webview.html = pageOf(webview, app, place)));
		const session = new Session({
			studio,
			deeds,
			webview,
			shown: shownIn(webview, roots),
			goesWhereAsked: place === 'panel',
			onReady: () => void loading.dispose(),
			isVisible: () => !isClosed && holder.visible,
		});
		let watching: Disposable | undefined;
		const look = () => {
			if (holder.visible) watching ??= gallery.watch();
			else {
				watching?.dispose();
				watching = undefined;
				session.abandon();
			}
			session.push();
		};
		look();
		const changed = onDidChange(look);
		const all = Disposable.from(loading, session, changed, { dispose: () => void watching?.dispose() });
		this.#open.add(all);
		holder.onDidDispose(() => {
			all.dispose();
			this.#open.delete(all);
		});
	}

	/** The folders of the workspace that pictures were saved in; but never a whole workspace. */
	async #outputFolders(): Promise<Uri[]> {
		const { entries } = await this.parts.studio.parts.history.read();
		const folders = new Map<string, Uri>();
		for (const { uri } of entries) {
			const file = Uri.parse(uri);
			const folder = file.with({ path: folderOf(file.path) });
			folders.set(folder.toString(), folder);
		}
		const whole = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
		return [...folders.values()].filter((folder) => isPartOf(folder, whole));
	}
}

/** ms: after so long without a word from it the page is set again. The editor's service worker sometimes fails to start, and nobody is told. */
const patience = 8000;
const mostTries = 3;

/** Sets a page, again until it is disposed of. */
function load(set: () => void): Disposable {
	let tries = 1;
	set();
	const timer = setInterval(() => {
		if (++tries > mostTries) clearInterval(timer);
		else set();
	}, patience);
	return new Disposable(() => clearInterval(timer));
}

/** How a webview shows files: those below its roots. */
function shownIn(webview: Webview, roots: readonly Uri[]): Shown {
	return {
		address: (file) => webview.asWebviewUri(file).toString(),
		mayShow: (file) => roots.some((root) => isBelow(file, root)),
	};
}
