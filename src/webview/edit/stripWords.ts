import { withMargins } from '../../domain/margins';
import { state } from '../connection';
import { canvas } from '../kept';
import { l10n } from '../words';
import type { Staged } from './canvasState';

/** `Result 2 of 3: fox.png`. */
export function labelOf({ id, name }: Staged): string {
	const { staged } = canvas.value;
	const place = staged.findIndex((result) => result.id === id) + 1;
	return l10n.t('Result {0} of {1}: {2}', place, staged.length, name);
}

/** What is ordered by it, as far as the job is known: `Retry · 3 pictures`. */
export function retryWords({ job }: Staged): string {
	const { n = 1 } = state.value?.jobs.find(({ id }) => id === job) ?? {};
	return n === 1 ? l10n.t('Retry') : l10n.t('Retry · {0} pictures', n);
}

/** How many pixels changed that were to stay. `undefined`: none were. */
export function captionOf({ changedOutsideMask: count, margins }: Staged): string | undefined {
	if (count === undefined) return undefined;
	const { width, height } = withMargins({ width: 0, height: 0 }, margins);
	if (width + height > 0) return l10n.t('Changed pixels of the picture itself: {0}.', count);
	return count === 1
		? l10n.t('1 pixel changed outside the selection.')
		: l10n.t('{0} pixels changed outside the selection.', count);
}
