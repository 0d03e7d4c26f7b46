import { l10n, Uri } from 'vscode';
import { formatUsd } from '../../catalogue/price';
import type { ImageError } from '../../domain/imageError';
import type { SavedImage } from '../../domain/picture';
import { nameOfPath } from '../../documents/paths';
import type { FailureView, JobView, ResultView } from '../../protocol/views';
import { describe, translate } from '../translate';
import type { StudioJob } from './studioJobs';

/** How a webview names and addresses pictures. */
export interface PictureNames {
	readonly idOf: (file: Uri) => string;
	/** The address of a file of Limn's own. */
	readonly address: (file: Uri) => string;
}

/** Characters of a prompt that a card shows: a snapshot is sent whenever something arrives. */
const longestShown = 2000;

/** A job as its card shows it. */
export function jobViewOf(job: StudioJob, names: PictureNames): JobView {
	const { id, wish, model, started, images, failures, previews, result, cures } = job;
	return {
		id,
		prompt: wish.prompt.slice(0, longestShown),
		model,
		operation: wish.change?.operation ?? 'generate',
		n: wish.n,
		started,
		isRunning: !result,
		...sourceOf(job, names),
		...(wish.change?.operation === 'expand' && 'top' in wish.change.by && { margins: wish.change.by }),
		pictures: images.map((image) => resultOf(image, names)),
		previews: result ? [] : Array.from(previews.shown, ([index, file]) => ({ index, uri: names.address(file) })),
		failures: failureViewsOf(failures),
		warnings: [...(result?.notes ?? []), ...(result?.warnings ?? [])].map(translate),
		cures: cures.map(({ title }) => title),
		...(result?.cost && result.cost.usd > 0 && { cost: costOf(result.cost) }),
	};
}

/** As the page named it. What only goes by some pictures changes none of them. */
function sourceOf({ wish: { change }, draft }: StudioJob, { idOf }: PictureNames): Pick<JobView, 'source'> {
	const source = draft ? draft.source : change && idOf(change.image);
	return source === undefined ? {} : { source };
}

/** Who shows it asks for its thumbnail. */
function resultOf({ uri, changedOutsideMask }: SavedImage, { idOf }: PictureNames): ResultView {
	const file = Uri.parse(uri);
	return {
		id: idOf(file),
		name: nameOfPath(file.path),
		...(changedOutsideMask !== undefined && { changedOutsideMask }),
	};
}

/** Those that say the same, together: a hundred pictures that fail alike are one piece of news. */
function failureViewsOf(failures: readonly ImageError[]): FailureView[] {
	const views = new Map<string, FailureView>();
	for (const failure of failures) {
		const message = describe(failure);
		const count = (views.get(message)?.count ?? 0) + 1;
		views.set(message, { message, count, ...(failure.code === 'cancelled' && { isCancelled: true }) });
	}
	return [...views.values()];
}

function costOf({ usd, estimated }: { readonly usd: number; readonly estimated: boolean }): string {
	return estimated ? l10n.t('It cost about {0}.', formatUsd(usd)) : l10n.t('It cost {0}.', formatUsd(usd));
}
