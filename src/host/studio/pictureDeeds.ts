import { commands, env, FileSystemError, l10n, type Uri, workspace } from 'vscode';
import { isImageError } from '../../domain/imageError';
import { placeOf } from '../../protocol/draftPlace';
import type { PictureAction } from '../../protocol/hostMethods';
import type { PerformAnswer } from '../../protocol/views';
import { inParallel } from '../../recipes/turns';
import { destinationFor } from '../../workspace/destination';
import { referencesAt } from '../../workspace/insert';
import type { LastPlace } from '../../workspace/lastPlace';
import { insertPictures } from '../commands/insert';
import type { KnownPictures } from '../features/knownPictures';
import { onlyTheBox } from '../features/regenerate';
import type { Gallery } from '../gallery/gallery';
import { insertableOf } from '../insertable';
import { writingHabitsFor } from '../settings';
import { confirm } from '../tell';
import { describe } from '../translate';
import type { Studio } from './studio';

interface Parts {
	readonly gallery: Gallery;
	readonly pictures: KnownPictures;
	readonly lastPlace: LastPlace;
	readonly studio: Pick<Studio, 'start' | 'wishAgain' | 'ask' | 'rewrite'>;
}

const done: PerformAnswer = { isProblem: false };
const gone: PerformAnswer = { isProblem: false, areGone: true };

/** What a person does with pictures of the gallery. */
export class PictureDeeds {
	constructor(readonly parts: Parts) {}

	async perform(action: PictureAction, ids: readonly string[]): Promise<PerformAnswer> {
		if (action === 'forget') return this.#forget(ids);
		await this.parts.gallery.ready();
		const files = ids.flatMap((id) => this.parts.gallery.fileOf(id) ?? []);
		const [first] = files;
		if (!first || files.length < ids.length) return problem(l10n.t('The picture is not there any more.'));
		switch (action) {
			case 'insert':
				return this.#insert(files);
			case 'copyPath':
				await env.clipboard.writeText(files.map((file) => workspace.asRelativePath(file)).join('\n'));
				return said(l10n.t('The path is on the clipboard.'));
			case 'copyReference':
				return this.#copyReference(files);
			case 'reveal':
				return execute(workspace.getWorkspaceFolder(first) ? 'revealInExplorer' : 'revealFileInOS', first);
			case 'open':
				return execute('vscode.open', first);
			case 'vary':
			case 'expand':
				return this.#onCanvas(first, action);
			case 'edit':
				return execute('limn.editInStudio', first);
			case 'remix':
				return this.#remix(first);
			case 'regenerate':
				return this.#regenerate(ids);
			case 'delete':
				return this.#delete(files, ids);
		}
	}

	async #insert(files: readonly Uri[]): Promise<PerformAnswer> {
		const place = await this.parts.lastPlace.get();
		const inserted = await insertPictures(files, place, this.parts.pictures);
		if (isImageError(inserted)) return problem(describe(inserted));
		const name = place ? workspace.asRelativePath(place.document.uri) : '';
		return said(l10n.t('Inserted into {0}.', name));
	}

	/** As the document would have it that was written in last; without one, as Markdown at the top of the workspace. */
	async #copyReference(files: readonly Uri[]): Promise<PerformAnswer> {
		const place = await this.parts.lastPlace.get();
		const document = place?.document ?? (await workspace.openTextDocument({ language: 'markdown' }));
		const looks = await Promise.all(files.map(async (file) => ({ file, facts: await this.parts.pictures.look(file) })));
		const insertables = looks.flatMap(({ file, facts }) =>
			facts && facts !== 'missing' ? (insertableOf(file, facts) ?? []) : [],
		);
		if (insertables.length < files.length) return problem(l10n.t('The picture cannot be read, so nothing was copied.'));
		const at = place?.position ?? document.positionAt(0);
		const home = destinationFor(document.uri)?.uri;
		const { text } = await referencesAt(document, at, insertables, home, writingHabitsFor(document.uri));
		await env.clipboard.writeText(text.trim());
		return said(l10n.t('The reference is on the clipboard.'));
	}

	async #regenerate(ids: readonly string[]): Promise<PerformAnswer> {
		// One at a time: of more nobody has seen the price.
		const [id, ...others] = ids;
		const { studio } = this.parts;
		const again = id !== undefined && others.length === 0 ? await studio.wishAgain(id) : undefined;
		if (!again) return problem(unknown());
		const { wish, isRough } = again;
		if (isRough) {
			await commands.executeCommand('limn.openStudio');
			studio.rewrite({ wish, draft: undefined });
			return said(onlyTheBox());
		}
		await studio.start(wish);
		return said(l10n.t('It is being made again.'));
	}

	async #remix(file: Uri): Promise<PerformAnswer> {
		const { gallery, studio } = this.parts;
		const { draft } = await gallery.look(gallery.idOf(file), unseen);
		if (!draft) return problem(unknown());
		await commands.executeCommand('limn.openStudio');
		studio.ask(placeOf(draft));
		return done;
	}

	async #onCanvas(file: Uri, job: 'vary' | 'expand'): Promise<PerformAnswer> {
		const { gallery, studio } = this.parts;
		await commands.executeCommand('limn.openStudio');
		studio.ask({ view: 'edit', picture: gallery.idOf(file), job });
		return done;
	}

	async #forget(ids: readonly string[]): Promise<PerformAnswer> {
		const files = ids.map((id) => ({ id, file: this.parts.gallery.fileOf(id) }));
		const states = await inParallel(files, atOnce, async ({ file }) => file !== undefined && (await isThere(file)));
		// What is there stays in the history.
		await this.parts.gallery.forget(ids.filter((_, index) => !states[index]));
		return states.some(Boolean) ? problem(l10n.t('The picture is there again.')) : gone;
	}

	async #delete(files: readonly Uri[], ids: readonly string[]): Promise<PerformAnswer> {
		if (!workspace.isTrusted)
			return problem(l10n.t('This workspace is not trusted, so nothing is deleted. Trust it first.'));
		const [first] = files;
		const name = first ? workspace.asRelativePath(first) : '';
		const question =
			files.length === 1 ? l10n.t('Delete {0}?', name) : l10n.t('Delete {0} and {1} more?', name, files.length - 1);
		const detail = l10n.t('References to it in documents stay. You can restore it from the trash.');
		if (!(await confirm(question, detail, l10n.t('Move to Trash')))) return done;
		const outcomes = await inParallel(files, atOnce, toTrash);
		const deleted = ids.filter((_, index) => outcomes[index]);
		await this.parts.gallery.forget(deleted);
		if (deleted.length === ids.length) return gone;
		return this.#deleteForGood(
			files.filter((_, index) => !outcomes[index]),
			ids.filter((_, index) => !outcomes[index]),
		);
	}

	/** As on most remote machines, which have no trash. */
	async #deleteForGood(files: readonly Uri[], ids: readonly string[]): Promise<PerformAnswer> {
		const question = l10n.t('It could not be moved to the trash. Delete it for good?');
		const detail = files
			.map((file) => workspace.asRelativePath(file))
			.slice(0, 10)
			.join('\n');
		if (!(await confirm(question, detail, l10n.t('Delete Permanently')))) return done;
		const outcomes = await inParallel(files, atOnce, async (file) =>
			workspace.fs.delete(file).then(() => true, isGone),
		);
		await this.parts.gallery.forget(ids.filter((_, index) => outcomes[index]));
		return outcomes.every(Boolean) ? gone : problem(l10n.t('Not every picture could be deleted.'));
	}
}

function unknown(): string {
	return l10n.t('Nobody knows how this picture was made.');
}

/** Nothing of it is shown. */
const unseen = { address: String, mayShow: () => true };

/** How many files are looked at, or deleted, at a time. */
const atOnce = 8;

async function isThere(file: Uri): Promise<boolean> {
	return workspace.fs.stat(file).then(
		() => true,
		() => false,
	);
}

/** What is gone already needs no deleting. */
function isGone(fault: unknown): boolean {
	return fault instanceof FileSystemError && fault.code === 'FileNotFound';
}

async function toTrash(file: Uri): Promise<boolean> {
	return workspace.fs.delete(file, { useTrash: true }).then(() => true, isGone);
}

async function execute(command: string, file: Uri): Promise<PerformAnswer> {
	await commands.executeCommand(command, file);
	return done;
}

function said(sentence: string): PerformAnswer {
	return { said: sentence, isProblem: false };
}

function problem(sentence: string): PerformAnswer {
	return { said: sentence, isProblem: true };
}
