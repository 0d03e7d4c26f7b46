import { randomUUID } from 'node:crypto';
import { type CancellationToken, l10n, ProgressLocation, Uri, window } from 'vscode';
import { altOf } from '../documents/altText';
import { isImageError, sentencesOf } from '../domain/imageError';
import type { JobResult, SavedImage } from '../domain/picture';
import { type Inserted, type Insertion, insertReferences } from '../workspace/insert';
import { askPerson, type Consent } from './consent';
import type { ImageMaker, Job } from './imageMaker';
import { LivePreview } from './livePreview';
import { writingHabitsFor } from './settings';
import { askWhich } from './showPictures';
import { subjectOf, type Wish } from './wish';

/** Where references go, and which of the pictures get one. */
export interface Insert extends Omit<Insertion, 'home' | 'habits'> {
	/** `ask` where there are several. */
	readonly which: 'all' | 'ask';
	/** Taken out once there is something to put in its stead. */
	readonly replaces?: Inserted | undefined;
}

/** Pictures that are wanted, and what happens to them. */
export interface Order {
	readonly wish: Wish;
	readonly insert?: Insert | undefined;
	/** No questions, no notifications. */
	readonly silent: boolean;
	/** Absent: the person; where it is silent, the caller. */
	readonly consent?: Consent | undefined;
	readonly token?: CancellationToken | undefined;
}

/** How an order ended. */
export interface Outcome {
	readonly result: JobResult;
	/** Absent: nothing was inserted. */
	readonly inserted?: Inserted;
}

/** Makes what is ordered, with progress, and puts the references into the document: the picture first, the text second. */
export async function illustrate(order: Order, maker: ImageMaker): Promise<Outcome> {
	const { insert, wish } = order;
	const job = await maker.prepare(wish);
	const result = 'run' in job ? await withProgress(job, order, maker.parts.storage) : job;
	const images = insert ? await chosen(result, insert) : [];
	if (!insert || images.length === 0) return { result };
	await insert.replaces?.remove();
	const alt = altOf(subjectOf(wish));
	const pictures = images.map(({ uri, width, height }) => ({ uri: Uri.parse(uri), width, height, alt }));
	const inserted = await insertReferences(pictures, {
		...insert,
		home: wish.destination.uri,
		habits: writingHabitsFor(insert.place.uri),
	});
	if (!isImageError(inserted)) return { result, inserted };
	return { result: { ...result, warnings: [...result.warnings, ...sentencesOf(inserted)] } };
}

async function withProgress(job: Job, { wish, silent, consent, token }: Order, storage: Uri): Promise<JobResult> {
	const controller = new AbortController();
	const abort = () => controller.abort();
	if (token?.isCancellationRequested) abort();
	const listener = token?.onCancellationRequested(abort);
	try {
		if (silent) return await job.run({ controller, consent: consent ?? 'caller' });
		const title = wish.n === 1 ? l10n.t('Making a picture') : l10n.t('Making {0} pictures', wish.n);
		const location = ProgressLocation.Notification;
		return await window.withProgress({ location, title, cancellable: true }, async (progress, cancel) => {
			cancel.onCancellationRequested(abort);
			const increment = 100 / wish.n;
			const onArrival = (arrived: number) =>
				progress.report({ increment, message: l10n.t('{0} of {1}', arrived, wish.n) });
			const live = new LivePreview(storage, randomUUID());
			try {
				return await job.run({
					controller,
					consent: consent ?? askPerson,
					onArrival,
					onPreview: (bytes, index) => live.show(bytes, index),
				});
			} finally {
				await live.end();
			}
		});
	} finally {
		listener?.dispose();
	}
}

/** A person who cancels wants nothing in the document; what arrived before is saved all the same. */
async function chosen({ images, failures }: JobResult, { which }: Insert): Promise<readonly SavedImage[]> {
	if (which === 'all') return images;
	if (failures.some(({ code }) => code === 'cancelled')) return [];
	return images.length > 1 ? askWhich(images) : images;
}
