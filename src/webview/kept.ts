import { computed, effect, signal } from '@preact/signals';
import { everyPicture, type GalleryQuery } from '../gallery/query';
import type { Draft } from '../protocol/draft';
import type { ViewName } from '../protocol/views';
import { editor } from './connection';
import { type Canvas, emptyCanvas } from './edit/canvasState';
import { type Stashed, stashWeight, weightOf } from './edit/stash';

/** What a view keeps while it is hidden and over a reload of the window. Everything else is the host's, and asked for again. */
interface Kept {
	readonly version: typeof version;
	readonly view: ViewName;
	readonly draft: Draft;
	/** Of the edit view: its `source` is the picture that is changed. */
	readonly editDraft: Draft;
	readonly canvas: Canvas;
	/** Of other pictures that were changed before. */
	readonly stash?: readonly Stashed[];
	readonly query: GalleryQuery;
	/** The picture that is looked at in the gallery. */
	readonly picture?: string;
	/** The last request of the host's that was done (`ViewState.request`). */
	readonly serial: number;
}

/** Of what is kept: what another version of Limn has kept is forgotten. */
const version = 2;

export const emptyDraft: Draft = { prompt: '', n: 1, options: {}, references: [] };

const first: Kept = {
	version,
	view: 'create',
	draft: emptyDraft,
	editDraft: emptyDraft,
	canvas: emptyCanvas,
	query: everyPicture,
	serial: 0,
};

/** What was kept is our own: it is as it was written, if its version is right. */
function restored(): Kept {
	const kept = editor.getState();
	return isKept(kept) ? kept : first;
}

function isKept(kept: unknown): kept is Kept {
	return typeof kept === 'object' && kept !== null && 'version' in kept && kept.version === version;
}

const start = restored();
export const view = signal<ViewName>(start.view);
export const draft = signal<Draft>(start.draft);
export const editDraft = signal<Draft>(start.editDraft);
export const canvas = signal<Canvas>(start.canvas);
export const stash = signal<readonly Stashed[]>(start.stash ?? []);
export const query = signal<GalleryQuery>(start.query);
export const picture = signal<string | undefined>(start.picture);
export const serial = signal(start.serial);

const kept = computed<Kept>(() => ({
	version,
	view: view.value,
	draft: draft.value,
	editDraft: editDraft.value,
	canvas: canvas.value,
	stash: stash.value,
	query: query.value,
	...(picture.value !== undefined && { picture: picture.value }),
	serial: serial.value,
}));

/** Characters of prompts, and numbers of strokes, that are kept at every change. More are kept now and then. */
const short = 10_000;
/** ms that they wait at most. */
const patience = 500;
let timer: number | undefined;

function keep(): void {
	clearTimeout(timer);
	timer = undefined;
	editor.setState(kept.peek());
}

const isShort = computed(() => {
	const prompts = draft.value.prompt.length + editDraft.value.prompt.length;
	return prompts + weightOf(canvas.value.strokes) + stashWeight(stash.value) <= short;
});

effect(() => {
	void kept.value;
	if (isShort.value) keep();
	else timer ??= setTimeout(keep, patience);
});
// There may be no later.
addEventListener('pagehide', keep);
document.addEventListener('visibilitychange', keep);
