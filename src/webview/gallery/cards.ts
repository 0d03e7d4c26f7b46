import { batch, type ReadonlySignal, signal, type Signal } from '@preact/signals';
import type { CardView, ThumbnailView } from '../../protocol/views';
import { reasonOf } from '../asking';
import { host } from '../connection';

/** What is known here of a picture. */
export interface Known {
	readonly card: CardView;
	/** Why no thumbnail of it can be shown. */
	readonly problem?: string;
	/** A thumbnail was there and could not be shown: another has been asked for. */
	readonly isSpoiled?: boolean;
}

interface Entry {
	readonly known: Signal<Known | undefined>;
	/** Of the gallery, when it was last asked for. */
	revision: number;
}

/** Cards that are kept, a small part of a large gallery. */
const most = 3000;
/** At a time. */
const batchSize = 500;

const entries = new Map<string, Entry>();
let wanted: readonly string[] = [];
let current = 0;
let isAsking = false;

/** Why the last cards did not come. */
export const cardsFailure = signal<string | undefined>(undefined);

/** What is known of a picture, once it is. */
export function known(id: string): ReadonlySignal<Known | undefined> {
	return entryOf(id).known;
}

/** Sees to it that these are known, the sooner the better; what was wanted before counts no more. */
export function wantCards(ids: readonly string[]): void {
	wanted = ids;
	for (const id of ids) touch(id);
	forgetOldest();
	if (!isAsking) void ask();
}

/** What is known may have changed: it is shown until it is known anew. */
export function renewCards(): void {
	current++;
	if (!isAsking) void ask();
}

/** Takes note of cards that came another way. */
export function learn(cards: readonly CardView[]): void {
	batch(() => {
		for (const card of cards) write(card.id, { card });
	});
}

export function learnThumbnail(id: string, answer: ThumbnailView): void {
	const { known } = entryOf(id);
	const now = known.peek();
	if (!now) return;
	if (answer.kind === 'ready') known.value = { ...now, card: { ...now.card, thumbnail: answer.uri } };
	else if (answer.kind === 'missing') known.value = { ...now, card: { ...now.card, isMissing: true } };
	else known.value = { ...now, problem: answer.why };
}

/** A thumbnail cannot be shown. One more is asked for: the host may have thrown that one away. */
export function spoil(id: string, why: string): void {
	const { known } = entryOf(id);
	const now = known.peek();
	if (!now) return;
	const { thumbnail: _, ...card } = now.card;
	known.value = now.isSpoiled ? { ...now, problem: why } : { card, isSpoiled: true };
}

/** Shows what was asked for before the host has said that it is so. Returns what takes it back. */
export function markFavourites(ids: readonly string[], isFavourite: boolean): () => void {
	const changed = ids.filter((id) => {
		const card = entries.get(id)?.known.peek()?.card;
		return card !== undefined && card.isFavourite !== isFavourite;
	});
	const mark = (isNow: boolean) => batch(() => changed.forEach((id) => markFavourite(id, isNow)));
	mark(isFavourite);
	return () => mark(!isFavourite);
}

function markFavourite(id: string, isFavourite: boolean): void {
	const known = entries.get(id)?.known;
	const now = known?.peek();
	if (known && now) known.value = { ...now, card: { ...now.card, isFavourite } };
}

async function ask(): Promise<void> {
	isAsking = true;
	try {
		for (let ids = stale(); ids.length > 0; ids = stale()) {
			const revision = current;
			const cards = await host.call('cards', { ids });
			// Those that the host no longer knows are not asked for again and again either.
			for (const id of ids) entryOf(id).revision = revision;
			learn(cards);
		}
		cardsFailure.value = undefined;
	} catch (fault) {
		cardsFailure.value = reasonOf(fault);
	} finally {
		isAsking = false;
	}
}

function stale(): string[] {
	return wanted.filter((id) => entryOf(id).revision < current).slice(0, batchSize);
}

function write(id: string, next: Known): void {
	const { known } = entryOf(id);
	const now = known.peek();
	if (!now || !isSame(now, next)) known.value = next;
}

/** What has not changed is not drawn again. */
function isSame(now: Known, next: Known): boolean {
	return now.problem === undefined && JSON.stringify(now.card) === JSON.stringify(next.card);
}

function entryOf(id: string): Entry {
	let entry = entries.get(id);
	if (!entry) {
		entry = { known: signal<Known | undefined>(undefined), revision: -1 };
		entries.set(id, entry);
	}
	return entry;
}

/** Those that were wanted last stand at the end. */
function touch(id: string): void {
	const entry = entryOf(id);
	entries.delete(id);
	entries.set(id, entry);
}

function forgetOldest(): void {
	for (const id of entries.keys()) {
		if (entries.size <= most) return;
		entries.delete(id);
	}
}
