import { computed, effect, signal } from '@preact/signals';
import { everyPicture, type GalleryQuery } from '../gallery/query';
import type { Draft } from '../protocol/draft';
import type { ViewName } from '../protocol/views';
import { editor } from './connection';

/** What a view keeps while it is hidden and over a reload of the window. Everything else is the host's, and asked for again. */
interface Kept {
	readonly version: typeof version;
	readonly view: ViewName;
	readonly draft: Draft;
	/** Of the edit view: its `source` is the picture that is changed. */
	readonly editDraft: Draft;
	readonly query: GalleryQuery;
	/** The picture that is looked at in the gallery. */
	readonly picture?: string;
	/** The last request of the host's that was done (`ViewState.request`). */
	readonly serial: number;
}

/** Of what is kept: what another version of Limn has kept is forgotten. */
const version = 1;

export const emptyDraft: Draft = { prompt: '', n: 1, options: {}, references: [] };

const first: Kept = {
	version,
	view: 'create',
	draft: emptyDraft,
	editDraft: emptyDraft,
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
export const query = signal<GalleryQuery>(start.query);
export const picture = signal<string | undefined>(start.picture);
export const serial = signal(start.serial);

const kept = computed<Kept>(() => ({
	version,
	view: view.value,
	draft: draft.value,
	editDraft: editDraft.value,
	query: query.value,
	...(picture.value !== undefined && { picture: picture.value }),
	serial: serial.value,
}));

/** Characters of a prompt that are kept at every key. A longer one is kept when the keys pause. */
const short = 10_000;
/** ms without a change. */
const pause = 250;
let timer: number | undefined;

function keep(): void {
	clearTimeout(timer);
	editor.setState(kept.peek());
}

effect(() => {
	const { draft, editDraft } = kept.value;
	clearTimeout(timer);
	if (draft.prompt.length + editDraft.prompt.length <= short) keep();
	else timer = setTimeout(keep, pause);
});
// There may be no later.
addEventListener('pagehide', keep);
document.addEventListener('visibilitychange', keep);
