import { commands, l10n, window } from 'vscode';
import { sketchProvider } from '../catalogue/providers';
import type { SavedImage } from '../domain/picture';
import type { Inserted } from '../workspace/insert';
import { type Retries, showFailure } from './failureActions';
import type { Outcome } from './illustrate';
import { nameOf, preview } from './showPictures';
import { type Offer, tell } from './tell';
import { translate } from './translate';

/** Shows what came of an order: a preview and notifications. Resolves when the person has dealt with them, which may be never. */
export async function report(outcome: Outcome, next: Retries): Promise<void> {
	const { images, failures, warnings } = outcome.result;
	const [image] = images;
	// One of each kind: a hundred pictures that fail alike are one piece of news.
	const news = new Map(failures.map((failure) => [failure.code, failure])).values();
	await Promise.all([
		image && preview(image),
		image && showSaved(images, outcome, next),
		...Array.from(news, async (failure) => showFailure(failure, next)),
		...warnings.map(async (warning) => tell('warning', translate(warning))),
	]);
}

async function showSaved(
	images: readonly SavedImage[],
	{ inserted }: Outcome,
	{ changePrompt }: Retries,
): Promise<void> {
	const placeholder = images.some(({ model }) => model.startsWith(`${sketchProvider}/`));
	const offers: Offer[] = [];
	if (placeholder)
		offers.push({ title: l10n.t('Set API Key'), run: async () => commands.executeCommand('limn.setApiKey') });
	if (changePrompt) offers.push({ title: l10n.t('Change Prompt…'), run: changePrompt });
	if (inserted) offers.push({ title: l10n.t('Undo'), run: async () => undo(inserted) });
	await tell('information', sentence(images, placeholder), offers);
}

function sentence(images: readonly SavedImage[], placeholder: boolean): string {
	const [first] = images;
	const name = first ? nameOf(first) : '';
	if (images.length > 1) {
		return placeholder
			? l10n.t('Saved {0} and {1} more. No AI drew them: they are placeholders.', name, images.length - 1)
			: l10n.t('Saved {0} and {1} more.', name, images.length - 1);
	}
	return placeholder ? l10n.t('Saved {0}. No AI drew it: it is a placeholder.', name) : l10n.t('Saved {0}.', name);
}

/** Takes the reference out and leaves the picture, as Undo in the editor does. */
async function undo(inserted: Inserted): Promise<void> {
	const message = (await inserted.remove())
		? l10n.t('The reference is taken out. The picture stays.')
		: l10n.t('The reference was changed meanwhile, so it stays.');
	window.setStatusBarMessage(message, 5000);
}
