import { commands, l10n, window } from 'vscode';
import { formatUsd } from '../catalogue/price';
import { sketchProvider } from '../catalogue/providers';
import type { JobResult, SavedImage } from '../domain/picture';
import type { Inserted } from '../workspace/insert';
import { type Retries, showFailure } from './failureActions';
import type { Outcome } from './illustrate';
import { nameOf, preview } from './showPictures';
import { type Offer, tell } from './tell';
import { inOneLine, translate } from './translate';

/**
 * Shows what came of an order: a preview and notifications. Resolves when the person has dealt with them, which may be never.
 * `told`: the warnings of this session. Nobody wants to read one twice; the result has them every time. `previews`: the first picture is opened.
 */
export async function report(outcome: Outcome, next: Retries, told: Set<string>, previews = true): Promise<void> {
	const { images, failures } = outcome.result;
	const warnings = outcome.result.warnings.map(translate).filter((warning) => !told.has(warning));
	for (const warning of warnings) told.add(warning);
	const [image] = images;
	// One of each kind: a hundred pictures that fail alike are one piece of news.
	const news = new Map(failures.map((failure) => [failure.code, failure])).values();
	await Promise.all([
		image && previews && preview(image),
		image && showSaved(images, outcome, next),
		...Array.from(news, async (failure) => showFailure(failure, next)),
		...warnings.map(async (warning) => tell('warning', warning)),
	]);
}

async function showSaved(
	images: readonly SavedImage[],
	{ inserted, result }: Outcome,
	{ changePrompt }: Retries,
): Promise<void> {
	const placeholder = images.some(({ model }) => model.startsWith(`${sketchProvider}/`));
	const offers: Offer[] = [];
	if (placeholder)
		offers.push({ title: l10n.t('Set API Key'), run: async () => commands.executeCommand('limn.setApiKey') });
	if (changePrompt) offers.push({ title: l10n.t('Change Prompt…'), run: changePrompt });
	if (inserted) offers.push({ title: l10n.t('Undo'), run: async () => undo(inserted) });
	const changed = changedPixels(images);
	const isExpanded = images.some(({ operation }) => operation === 'expand');
	const sentences = [sentence(images, placeholder), ...changedSentence(changed, isExpanded), ...costSentence(result)];
	await tell(changed === undefined || changed === 0 ? 'information' : 'warning', inOneLine(sentences), offers);
}

/** Of all that were to stay as they were. `undefined`: none were to. */
function changedPixels(images: readonly SavedImage[]): number | undefined {
	const counts = images.flatMap(({ changedOutsideMask }) => changedOutsideMask ?? []);
	return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

function changedSentence(pixels: number | undefined, isExpanded: boolean): string[] {
	if (pixels === undefined) return [];
	if (isExpanded) return [l10n.t('Changed pixels of the picture itself: {0}.', pixels)];
	return pixels === 1
		? [l10n.t('1 pixel changed outside the selection.')]
		: [l10n.t('{0} pixels changed outside the selection.', pixels)];
}

/** Nobody is told that something cost nothing. */
function costSentence({ cost }: JobResult): string[] {
	if (!cost || cost.usd === 0) return [];
	const usd = formatUsd(cost.usd);
	return [cost.estimated ? l10n.t('It cost about {0}.', usd) : l10n.t('It cost {0}.', usd)];
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
