import { signal } from '@preact/signals';
import type { JobView } from '../../protocol/views';
import { l10n } from '../words';

/** What has happened last, for those who hear it. */
export const news = signal('');

/** Says it even if it is what was said last. */
export function tell(sentence: string): void {
	news.value = news.peek() === sentence ? `${sentence}\u00A0` : sentence;
}

/** What has happened to the jobs between two snapshots, in sentences. */
export function newsOf(before: readonly JobView[], after: readonly JobView[]): string[] {
	const earlier = new Map(before.map((job) => [job.id, job]));
	return after.flatMap((job) => {
		const known = earlier.get(job.id);
		if (!known) return job.isRunning ? [beginning(job.n)] : [];
		if (known.isRunning && !job.isRunning) return [ending(job)];
		if (known.pictures.length >= job.pictures.length) return [];
		return [l10n.t('{0} of {1} pictures are there.', job.pictures.length, job.n)];
	});
}

function beginning(n: number): string {
	return n === 1 ? l10n.t('Making a picture.') : l10n.t('Making {0} pictures.', n);
}

function ending({ pictures, failures, n }: JobView): string {
	const [failure] = failures;
	if (pictures.length === 0)
		return failure ? l10n.t('No picture came. {0}', failure.message) : l10n.t('No picture came.');
	if (pictures.length < n) return l10n.t('Done: {0} of {1} pictures are there.', pictures.length, n);
	return n === 1 ? l10n.t('Done: the picture is there.') : l10n.t('Done: {0} pictures are there.', n);
}
