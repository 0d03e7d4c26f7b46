import { computed, effect, signal } from '@preact/signals';
import { everyPicture, type GalleryQuery } from '../gallery/query';
import type { Draft } from '../protocol/draft';
import type { ViewName } from '../protocol/views';
import { editor } from './connection';
import { type Canvas, emptyCanvas } from './edit/canvasState';

/** What a view keeps while it is hidden and over a reload of the window. Everything else is the host's, and asked for again. */
interface Kept {
	readonly version: typeof version;
	readonly view: ViewName;
	readonly draft: Draft;
	/** Of the edit view: its `source` is the picture that is changed. */
	readonly editDraft: Draft;
	readonly canvas: Canvas;
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
export const query = signal<GalleryQuery>(start.query);
export const picture = signal<string | undefined>(start.picture);
export const serial = signal(start.serial);

const kept = computed<Kept>(() => ({
	version,
	view: view.value,
	draft: draft.value,
	editDraft: editDraft.value,
	canvas: canvas.value,
	query: query.value,
	...(picture.value !== undefined && { picture: picture.value }),
	serial: serial.value,
}));

/** Characters of prompts, and acts of painting, that are kept at every change. More are kept when the changes pause. */
const short = { prompts: 10_000, strokes: 100 };
/** ms without a change. */
const pause = 250;
let timer: number | undefined;

function keep(): void {
	clearTimeout(timer);
	editor.setState(kept.peek());
}

effect(() => {
	const { draft, editDraft, canvas } = kept.value;
	clearTimeout(timer);
	const isShort =
		draft.prompt.length + editDraft.prompt.length <= short.prompts && canvas.strokes.strokes.length <= short.strokes;
	if (isShort) keep();
	else timer = setTimeout(keep, pause);
});
// There may be no later.
addEventListener('pagehide', keep);
document.addEventListener('visibilitychange', keep);
