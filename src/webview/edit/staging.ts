import { batch, computed, effect, signal } from '@preact/signals';
import { noMargins } from '../../domain/margins';
import type { JobView } from '../../protocol/views';
import { state } from '../connection';
import { canvas, editDraft, stash } from '../kept';
import type { Canvas, Staged } from './canvasState';
import { renewed, showing, takenName } from './editing';
import { held } from './frameSight';
import { decided, withStashed } from './stash';
import { isMarking } from './work';

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

/** Why the last job of the picture that is changed brought less than was wanted. `undefined`: it did not, or still runs. */
export const failed = computed(() => {
	const { source } = editDraft.value;
	const last = (state.value?.jobs ?? none).find((job) => job.source !== undefined && job.source === source);
	return last && !last.isRunning ? last.failures.find(({ isCancelled }) => !isCancelled)?.message : undefined;
});

type Work = Pick<Canvas, 'job' | 'strokes' | 'margins'>;

/** The work on the canvas when a running job was first seen: who has gone on working is not interrupted by its results. */
const workAt = new Map<string, Work>();

// Wherever one is in the studio: the host may have forgotten a job before one comes back here.
effect(collect);

/** Puts what has come for the picture that is changed on the strip. */
export function collect(): void {
	const { source } = editDraft.value;
	const jobs = state.value?.jobs ?? none;
	// The list has the newest first.
	for (const job of jobs.toReversed()) {
		if (job.source !== undefined && job.source === source) take(job);
	}
	const running = new Set(jobs.filter(({ isRunning }) => isRunning).map(({ id }) => id));
	for (const id of workAt.keys()) {
		if (!running.has(id)) workAt.delete(id);
	}
}

function take(job: JobView): void {
	const now = canvas.peek();
	const begun = workAt.get(job.id) ?? now;
	workAt.set(job.id, { job: begun.job, strokes: begun.strokes, margins: begun.margins });
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
function isIdle(begun: Work, now: Canvas): boolean {
	if (isMarking.peek() || held.peek() !== undefined) return false;
	return begun.job === now.job && begun.strokes === now.strokes && begun.margins === now.margins;
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

/** Makes a result the picture that is changed. What was written stays; what was done is there when one goes back. */
export function accept({ id }: Staged): void {
	batch(() => {
		isComparing.value = false;
		const now = canvas.peek();
		const draft = editDraft.peek();
		const { source } = draft;
		if (source !== undefined) stash.value = withStashed(stash.peek(), { source, canvas: decided(now), draft });
		canvas.value = { ...renewed(now), taken: now.taken };
		editDraft.value = { ...draft, source: id };
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
