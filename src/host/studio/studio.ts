import { Disposable, EventEmitter, l10n, type LogOutputChannel, type SecretStorage, Uri, workspace } from 'vscode';
import { providers } from '../../catalogue/providers';
import type { Draft } from '../../protocol/draft';
import { placeOf } from '../../protocol/draftPlace';
import type { ViewRequest, ViewState } from '../../protocol/views';
import type { LastPlace } from '../../workspace/lastPlace';
import type { KnownPictures } from '../features/knownPictures';
import { type Again, wishAgain } from '../features/regenerate';
import type { Gallery } from '../gallery/gallery';
import { stampOf, stateOf } from '../gallery/pictureFile';
import type { History } from '../history';
import type { ImageMaker } from '../imageMaker';
import { askForFolder } from '../orders';
import type { PromptMemory } from '../promptMemory';
import type { SharedPurse } from '../purse';
import type { WishDraft } from '../wish';
import { draftOf } from './draftWish';
import { jobViewOf } from './jobViews';
import { Said } from './said';
import { spendingViewOf } from './spendingView';
import { StudioJobs } from './studioJobs';

export interface StudioParts {
	readonly maker: ImageMaker;
	readonly memory: PromptMemory;
	readonly history: History;
	readonly gallery: Gallery;
	readonly pictures: KnownPictures;
	readonly lastPlace: LastPlace;
	readonly purse: Pick<SharedPurse, 'standing' | 'onDidChange'>;
	readonly secrets: SecretStorage;
	readonly log: LogOutputChannel;
	/** Limn's own folder. */
	readonly storage: Uri;
}

/** Characters: an earlier prompt that is longer is not offered again, for all of them are in each snapshot. */
const longestPrompt = 8000;

/** What every studio shows, whether any is open or not: jobs, requests, and what snapshots are made of. */
export class Studio implements Disposable {
	readonly #changes = new EventEmitter<void>();
	/** Something in the next snapshot is another than in the last one. */
	readonly onDidChange = this.#changes.event;
	readonly jobs: StudioJobs;
	readonly #listeners: Disposable;
	#formRevision = 1;
	#hasKey: Promise<boolean> | undefined;
	#request: ViewState['request'];
	#serial = 0;

	constructor(readonly parts: StudioParts) {
		const { maker, memory, gallery, purse, secrets, log, storage } = parts;
		const unfinished = Uri.joinPath(storage, 'unfinished');
		this.jobs = new StudioJobs({
			maker,
			clock: maker.parts.clock,
			log,
			unfinished,
			rewrite: (job) => this.rewrite(job),
			mustBeAsSeen: async (draft) => this.mustBeAsSeen(draft),
		});
		const changed = () => this.#changes.fire();
		const otherForms = () => {
			this.#hasKey = undefined;
			this.#renewForms();
		};
		this.#listeners = Disposable.from(
			this.jobs.onDidChange(changed),
			gallery.onDidChange(changed),
			purse.onDidChange(changed),
			// The model that holds where the form names none.
			memory.onDidChange(otherForms),
			// Of another document other settings hold, and its pictures go elsewhere.
			parts.lastPlace.onDidChange(otherForms),
			secrets.onDidChange(otherForms),
			workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('limn') && otherForms()),
			workspace.onDidGrantWorkspaceTrust(changed),
			workspace.onDidChangeWorkspaceFolders(changed),
		);
	}

	/** Shows something in the studio, now or when one is opened. */
	ask(request: ViewRequest): void {
		this.#serial = Math.max(Date.now(), this.#serial + 1);
		this.#request = { ...request, serial: this.#serial };
		this.#changes.fire();
	}

	/** What was asked for was seen: a studio that is opened next is as it was left. `serial`: unless something else was asked for since. */
	forgetRequest(serial = this.#serial): void {
		if (serial === this.#serial) this.#request = undefined;
	}

	/** The draft's model, else the one that the prompt box would use. */
	async modelOf({ model }: { readonly model?: string | undefined }): Promise<string> {
		const { maker, memory, lastPlace } = this.parts;
		return maker.modelFor(model ?? memory.get().model, lastPlace.uri);
	}

	/** Begins a job and returns its id; asks for a folder where there is none. Throws {@link Said}: the person left. */
	async start(wish: WishDraft, draft?: Draft): Promise<string> {
		const model = await this.modelOf(wish);
		const destination = wish.destination ?? (await askForFolder());
		if (!destination) throw new Said(l10n.t('No folder was chosen, so nothing was made.'));
		const plain = await this.parts.maker.inPlainWords({ ...wish, destination, model });
		return this.jobs.start(plain, model, draft).id;
	}

	/** Throws {@link Said}: the picture that a draft is to change is not the one any more that the person looked at. */
	async mustBeAsSeen({ source, seen }: Pick<Draft, 'source' | 'seen'> = {}): Promise<void> {
		const { gallery } = this.parts;
		if (source === undefined || seen === undefined) return;
		await gallery.ready();
		const file = gallery.fileOf(source);
		const state = file && (await stateOf(file));
		// Of one that is gone, others say it.
		if (!file || !state || stampOf(state) === seen) return;
		// A watch may be late: now the page looks again.
		this.#renewForms();
		throw new Said(
			l10n.t('{0} has changed since you looked at it. Look at it again, then order.', workspace.asRelativePath(file)),
		);
	}

	/** What would make a picture once more. `undefined`: nobody knows. */
	async wishAgain(id: string): Promise<Again | undefined> {
		const { gallery, pictures, history } = this.parts;
		await gallery.ready();
		const file = gallery.fileOf(id);
		return file && wishAgain(file, { pictures, history });
	}

	/** What forms are made of may be another after this. */
	async learn(model: string): Promise<void> {
		await this.parts.maker.parts.lists.refresh(model).catch(() => undefined);
		this.#renewForms();
	}

	#renewForms(): void {
		this.#formRevision++;
		this.#changes.fire();
	}

	/** All that a studio shows. `address`: of a file of Limn's own, in its webview. */
	async snapshot(address: (file: Uri) => string): Promise<ViewState> {
		const { maker, memory, gallery, purse } = this.parts;
		// The secret storage is slow, and there is a snapshot for everything that arrives.
		this.#hasKey ??= maker.parts.keyring.withKey(providers).then((withKey) => withKey.length > 0);
		const names = { idOf: (file: Uri) => gallery.idOf(file), address };
		return {
			isTrusted: workspace.isTrusted,
			hasFolder: (workspace.workspaceFolders ?? []).length > 0,
			hasKey: await this.#hasKey,
			formRevision: this.#formRevision,
			prompts: memory.get().prompts.filter(({ length }) => length <= longestPrompt),
			jobs: this.jobs.all.map((job) => jobViewOf(job, names)),
			gallery: gallery.state(),
			spending: spendingViewOf(await purse.standing()),
			...(this.#request && { request: this.#request }),
		};
	}

	/** Puts an order into the form, or on the canvas. */
	rewrite({ wish, draft: given }: { readonly wish: WishDraft; readonly draft: Draft | undefined }): void {
		const draft = given ?? draftOf(wish, (file) => this.parts.gallery.idOf(file));
		this.ask(placeOf(draft));
	}

	dispose(): void {
		this.#listeners.dispose();
		for (const { controller } of this.jobs.all) controller.abort();
	}
}
