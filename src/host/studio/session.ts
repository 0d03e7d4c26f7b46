import { commands, Disposable, env, l10n, Uri, type Webview, workspace } from 'vscode';
import { isImageError } from '../../domain/imageError';
import { isBlank } from '../../domain/imageRequest';
import { parseSizeWish } from '../../domain/size';
import type { Draft } from '../../protocol/draft';
import { type HostAction, type HostAnswers, hostMethods, type HostParams } from '../../protocol/hostMethods';
import { type Handlers, serve, type Served, UnreadableCall } from '../../protocol/server';
import type { CardView, DetailView, FormView, QuoteView, ReferenceView, ViewState } from '../../protocol/views';
import type { Downward } from '../../protocol/wire';
import type { Shown } from '../gallery/shown';
import { chosenDestination } from '../../workspace/destination';
import { askForFile } from '../imagePicker';
import { pickModel } from '../modelPicker';
import { describe } from '../translate';
import type { WishDraft } from '../wish';
import { wishOf } from './draftWish';
import { formViewOf, quoteViewOf } from './formViews';
import type { PictureDeeds } from './pictureDeeds';
import { Said } from './said';
import type { Studio } from './studio';

interface Parts {
	readonly studio: Studio;
	readonly deeds: PictureDeeds;
	readonly webview: Webview;
	readonly shown: Shown;
	/** Whether it goes where `Studio.ask` says. */
	readonly goesWhereAsked: boolean;
	/** Called when the webview says that it is there. */
	readonly onReady: () => void;
	/** Whether somebody sees it: what is hidden is sent nothing, and the editor would lose it. */
	readonly isVisible: () => boolean;
}

/** Of a remote window's file the window itself has another address, which nobody tells: what is dragged there would be referred to wrongly. */
function draggable(card: CardView): CardView {
	return env.remoteName === undefined ? card : { ...card, file: '' };
}

/** One webview's talk with the host. */
export class Session implements Disposable {
	readonly #listeners: Disposable;
	readonly #served: Served<ViewState>;
	/** A snapshot is being made; `again`: something has changed since. */
	#push: 'idle' | 'busy' | 'again' = 'idle';
	/** The page listens. */
	#isLoaded = false;
	/** The picture that is to be followed, and what does so. */
	#wanted: string | undefined;
	#followed: Disposable | undefined;

	constructor(readonly parts: Parts) {
		const { webview, studio } = parts;
		const channel = {
			// Nobody waits for a message that the editor drops.
			post: (message: Downward<ViewState>) => {
				const isHeard = this.#isLoaded;
				void webview.postMessage(message).then(
					(isSent) => isSent && isHeard && this.#showed(message),
					() => undefined,
				);
			},
			onMessage: (listener: (message: unknown) => void) => {
				const listening = webview.onDidReceiveMessage(listener);
				return () => void listening.dispose();
			},
		};
		this.#served = serve<HostParams, HostAnswers, ViewState>(channel, hostMethods, this.#handlers(), (fault) =>
			this.#explain(fault),
		);
		this.#listeners = Disposable.from(studio.onDidChange(() => this.push()));
	}

	/** Sends a snapshot soon, one for all that changes until then. */
	push(): void {
		if (!this.parts.isVisible()) return;
		const isIdle = this.#push === 'idle';
		this.#push = isIdle ? 'busy' : 'again';
		if (isIdle) void this.#pushNow();
	}

	/** What was asked for is in each snapshot until a page has it that goes there. */
	#showed(message: Downward<ViewState>): void {
		const { studio, goesWhereAsked } = this.parts;
		const request = message.kind === 'state' ? message.state.request : undefined;
		if (request && goesWhereAsked) studio.forgetRequest(request.serial);
	}

	/** It was hidden: its page is gone, and what that asked for is wanted by nobody. */
	abandon(): void {
		this.#isLoaded = false;
		void this.#follow(undefined);
		this.#served.abandon();
	}

	dispose(): void {
		void this.#follow(undefined);
		this.#listeners.dispose();
		this.#served.dispose();
	}

	async #pushNow(): Promise<void> {
		const { studio, shown } = this.parts;
		try {
			const state = await studio.snapshot((file) => shown.address(file));
			if (this.parts.isVisible()) this.#served.push(state);
		} catch (fault) {
			this.#explain(fault);
		}
		const isLate = this.#push === 'again';
		this.#push = 'idle';
		if (isLate) this.push();
	}

	#handlers(): Handlers<HostParams, HostAnswers> {
		const { studio, deeds, shown, onReady } = this.parts;
		const { gallery, log } = studio.parts;
		return {
			ready: async () => {
				this.#isLoaded = true;
				onReady();
				this.push();
			},
			form: async (wanted) => this.#form(wanted),
			quote: async (draft) => this.#quote(draft),
			generate: async (draft) => this.#generate(draft),
			cancel: async ({ job }) => studio.jobs.cancel(job),
			dismiss: async ({ job }) => studio.jobs.dismiss(job),
			again: async ({ job }) => ({ job: await studio.jobs.again(job) }),
			reuse: async ({ job }) => studio.jobs.reuse(job),
			cure: async ({ job, cure }) => studio.jobs.cure(job, cure),
			chooseModel: async (wanted) => this.#chooseModel(wanted),
			pickReferences: async () => this.#pickReferences(),
			dropFiles: async ({ uris }) => this.#dropFiles(uris),
			dropBytes: async ({ name, bytes }) => {
				const id = await gallery.adopt(name, bytes);
				if (isImageError(id)) throw new Said(describe(id));
				return gallery.reference(id, shown);
			},
			reference: async ({ id }) => gallery.reference(id, shown),
			browse: async (query, signal) => gallery.browse(query, signal),
			cards: async ({ ids }) => (await gallery.cards(ids, shown)).map(draggable),
			thumbnail: async ({ id }, signal) => gallery.thumbnail(id, shown, signal),
			look: async ({ id }) => this.#look(id),
			follow: async ({ id }) => this.#follow(id),
			read: async ({ id }) => {
				const bytes = await gallery.read(id);
				if (isImageError(bytes)) throw new Said(describe(bytes));
				// The editor carries plain arrays of bytes to a webview, but none of Node's buffers.
				return new Uint8Array(bytes);
			},
			perform: async ({ action, ids }) => deeds.perform(action, ids),
			favour: async ({ ids, on }) => gallery.favour(ids, on),
			does: async ({ action }) => {
				await this.#does(action);
			},
			fault: async ({ message }) => log.error(message),
		};
	}

	async #form({ model, job }: HostParams['form']): Promise<FormView> {
		const { studio } = this.parts;
		const { maker, lastPlace } = studio.parts;
		const name = await studio.modelOf(model === undefined ? {} : { model });
		const form = await formViewOf(name, job, maker, lastPlace.uri);
		if (!form) throw new Said(l10n.t('There is no model {0}. Choose another one.', name));
		return form;
	}

	async #quote(draft: Draft): Promise<QuoteView> {
		return this.#quoteOf(await this.#wishOf(draft));
	}

	/** What it costs does not depend on the folder, which may have to be asked for. */
	async #quoteOf(wish: WishDraft): Promise<QuoteView> {
		const { studio } = this.parts;
		const { maker, pictures, storage } = studio.parts;
		const { destination = chosenDestination(storage) } = wish;
		const model = await studio.modelOf(wish);
		const { folder, ...quote } = await quoteViewOf({ ...wish, destination, model }, maker, pictures);
		return wish.destination && folder !== undefined ? { ...quote, folder } : quote;
	}

	async #generate(draft: Draft): Promise<{ job: string }> {
		const { studio } = this.parts;
		await studio.mustBeAsSeen(draft);
		const wish = await this.#wishOf(draft);
		const { memory } = studio.parts;
		const kept = memory.get();
		// Of a change neither size nor model, which may make no pictures of words alone.
		const chosen = wish.change ? kept : { model: draft.model ?? kept.model, size: draft.size ?? kept.size };
		// A change may need no words.
		if (!isBlank(draft.prompt)) await memory.remember(draft.prompt, kept, chosen);
		return { job: await studio.start(wish, draft) };
	}

	/** One picture at a time, and none once the page is gone. */
	async #follow(id: string | undefined): Promise<void> {
		const { gallery } = this.parts.studio.parts;
		this.#followed?.dispose();
		this.#followed = undefined;
		const wanted = (this.#wanted = id);
		if (id === undefined) return;
		await gallery.ready();
		const file = gallery.fileOf(id);
		if (file && this.#wanted === wanted) this.#followed ??= gallery.follow(file);
	}

	/** With what it would cost to make it once more. */
	async #look(id: string): Promise<DetailView> {
		const { studio, shown } = this.parts;
		const [detail, again] = await Promise.all([studio.parts.gallery.look(id, shown), studio.wishAgain(id)]);
		if (!again) return detail;
		const { price, problems } = await this.#quoteOf(again.wish);
		return problems.length > 0 ? detail : { ...detail, again: { price } };
	}

	async #wishOf(draft: Draft) {
		const { gallery, lastPlace } = this.parts.studio.parts;
		await gallery.ready();
		const wish = wishOf(draft, { fileOf: (id) => gallery.fileOf(id), document: lastPlace.uri });
		if ('gone' in wish) throw new Said(l10n.t('A picture is not there any more. Take it out of the form.'));
		return wish;
	}

	async #chooseModel({ present, size, job }: HostParams['chooseModel']): Promise<{ model?: string } | null> {
		const { studio } = this.parts;
		const { lists, keyring } = studio.parts.maker.parts;
		const usual = await studio.modelOf({});
		const chosen = await pickModel(
			{
				job,
				size: parseSizeWish(size ?? ''),
				present,
				without: { label: l10n.t('Use the setting'), model: usual },
			},
			{
				catalogue: () => lists.catalogue(),
				terms: studio.parts.maker.terms(),
				keyring,
				learning: lists.refresh(present ?? usual),
			},
		);
		if (!chosen) return null;
		void studio.learn(chosen.model ?? usual);
		return chosen.model === undefined ? {} : { model: chosen.model };
	}

	async #pickReferences(): Promise<ReferenceView[]> {
		const { gallery } = this.parts.studio.parts;
		const extensions = ['png', 'jpg', 'jpeg', 'webp'];
		const file = await askForFile({ title: l10n.t('Picture'), extensions, browses: true });
		return file ? [await gallery.reference(gallery.idOf(file), this.parts.shown)] : [];
	}

	/** Those of the workspace: a page may name any address. */
	async #dropFiles(uris: readonly string[]): Promise<ReferenceView[]> {
		const { gallery } = this.parts.studio.parts;
		const files = uris
			.map((uri) => Uri.parse(uri))
			.filter((uri) => workspace.getWorkspaceFolder(uri) !== undefined && !uri.path.split('/').includes('..'));
		if (files.length < uris.length) throw new Said(l10n.t('Only pictures of the workspace can be dropped like this.'));
		return Promise.all(files.map(async (file) => gallery.reference(gallery.idOf(file), this.parts.shown)));
	}

	async #does(action: HostAction): Promise<unknown> {
		switch (action) {
			case 'setKey':
				return commands.executeCommand('limn.setApiKey');
			case 'openFolder':
				return commands.executeCommand('vscode.openFolder');
			case 'trust':
				return commands.executeCommand('workbench.trust.manage');
			case 'openStudio':
				return commands.executeCommand('limn.openStudio', { view: 'create' });
		}
	}

	/** What was not meant for a person is in the log. */
	#explain(fault: unknown): string {
		if (fault instanceof Said) return fault.message;
		if (fault instanceof UnreadableCall)
			return l10n.t('That is too much, or cannot be read. Undo the last step, then try again.');
		this.parts.studio.parts.log.error(fault instanceof Error ? fault : String(fault));
		return l10n.t('That failed. The log has more.');
	}
}
