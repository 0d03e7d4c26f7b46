import { batch, computed, effect, signal } from '@preact/signals';
import { noMargins } from '../../domain/margins';
import type { JobView } from '../../protocol/views';
import { state } from '../connection';
import { canvas, editDraft } from '../kept';
import type { Canvas, Staged } from './canvasState';
import { renewed, showing, takenName } from './editing';

/** Results that are remembered as taken. */
const mostTaken = 1000;

/** The picture that is changed is held up against the result that is looked at. */
export const isComparing = signal(false);

/** The result that is looked at. `undefined`: the picture that is changed. */
export const looked = computed(() => canvas.value.staged.find(({ id }) => id === canvas.value.showing));

const none: readonly JobView[] = [];

/** Jobs of the picture that is changed from which something is still to come. */
export const pending = computed(() => {
	const { source } = editDraft.value;
	return (state.value?.jobs ?? none).filter(
		(job) => job.isRunning && job.source !== undefined && job.source === source,
	);
});

/** The work on the canvas when a job was first seen: who has gone on working is not interrupted by its results. */
const workAt = new Map<string, Canvas>();

// Wherever one is in the studio: the host may have forgotten a job before one comes back here.
effect(() => {
	const { source } = editDraft.value;
	const jobs = (state.value?.jobs ?? none).filter((job) => job.source !== undefined && job.source === source);
	// The list has the newest first.
	for (const job of jobs.toReversed()) take(job);
});

function take(job: JobView): void {
	const now = canvas.peek();
	const begun = workAt.get(job.id) ?? now;
	workAt.set(job.id, begun);
	const known = new Set(now.taken);
	const fresh = stagedOf(job).filter((result) => !known.has(takenName(result)));
	const [first] = fresh;
	if (!first) return;
	const others = now.staged.filter(({ id }) => !fresh.some((result) => result.id === id));
	const next: Canvas = {
		...now,
		staged: [...others, ...fresh],
		taken: [...now.taken, ...fresh.map(takenName)].slice(-mostTaken),
	};
	canvas.value = now.showing === undefined && isIdle(begun, now) ? showing(next, first.id) : next;
}

/** Nobody works on the canvas. */
function isIdle(begun: Canvas, now: Canvas): boolean {
	const isHeld = document.querySelector('.canvasBox:active') !== null;
	return !isHeld && begun.strokes === now.strokes && begun.margins === now.margins;
}

function stagedOf({ id: job, pictures, margins = noMargins }: JobView): Staged[] {
	return pictures.map(({ id, name, changedOutsideMask }) => ({
		id,
		name,
		job,
		margins,
		...(changedOutsideMask !== undefined && { changedOutsideMask }),
	}));
}

/** The picture that is changed, and the results, as they follow each other. */
export const cells = computed<readonly (string | undefined)[]>(() => [
	undefined,
	...canvas.value.staged.map(({ id }) => id),
]);

export function look(id: string | undefined): void {
	isComparing.value = false;
	canvas.value = showing(canvas.peek(), id);
}

/** Makes a result the picture that is changed. What was written stays. */
export function accept({ id }: Staged): void {
	batch(() => {
		isComparing.value = false;
		const now = canvas.peek();
		canvas.value = { ...renewed(now), taken: now.taken };
		editDraft.value = { ...editDraft.peek(), source: id };
	});
}

/** Takes a result off the strip. The next one is looked at, else the one before. */
export function discard({ id }: Staged): void {
	batch(() => {
		isComparing.value = false;
		const now = canvas.peek();
		const place = now.staged.findIndex((result) => result.id === id);
		const staged = now.staged.filter((result) => result.id !== id);
		canvas.value = showing({ ...now, staged }, (staged[place] ?? staged[place - 1])?.id);
	});
}
