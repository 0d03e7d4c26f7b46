import { batch, untracked } from '@preact/signals';
import type { Draft } from '../protocol/draft';
import type { ViewRequest } from '../protocol/views';
import { renewed, showing, withEditing } from './edit/editing';
import { collect } from './edit/staging';
import { resumed, withStashed } from './edit/stash';
import { canvas, draft, editDraft, emptyDraft, picture, stash, view } from './kept';

/** Goes to a view, with what is to be shown there. What is being written stays, unless something takes its place. */
export function show({ view: name, picture: id, draft: given, job }: ViewRequest): void {
	batch(() => {
		if (name === 'edit') showEdit({ id, given, job });
		else {
			if (name === 'gallery') picture.value = id;
			if (given) draft.value = withoutSource(given);
		}
		view.value = name;
	});
}

interface Wanted {
	readonly id: string | undefined;
	readonly given: Draft | undefined;
	readonly job: ViewRequest['job'] | undefined;
}

function showEdit({ id, given, job }: Wanted): void {
	const source = id ?? given?.source;
	if (source !== undefined && editDraft.peek().source !== source) turnTo(source);
	if (given) {
		// What the file was then is of no matter: it is looked at now.
		const { editing, seen: _seen, ...rest } = { ...emptyDraft, ...given, ...(source !== undefined && { source }) };
		editDraft.value = rest;
		canvas.value = withEditing(canvas.peek(), editing);
	}
	if (job) canvas.value = { ...canvas.peek(), job };
	if (!given && !job) return;
	// It is done to the picture itself: none of the results that have come meanwhile takes its place.
	untracked(collect);
	canvas.value = showing(canvas.peek(), undefined);
}

/** Another picture is changed: what was done to that one is there again, and what was done to this one is remembered. */
function turnTo(source: string): void {
	const present = { canvas: canvas.peek(), draft: editDraft.peek() };
	const left = stash.peek().find((entry) => entry.source === source);
	const others = stash.peek().filter((entry) => entry !== left);
	const from = present.draft.source;
	stash.value = from === undefined ? others : withStashed(others, { ...present, source: from });
	canvas.value = left ? resumed(present.canvas, left.canvas) : renewed(present.canvas);
	editDraft.value = { ...(left?.draft ?? present.draft), source };
}

/** Here a picture that is changed would be neither seen nor taken out. */
function withoutSource(given: Draft): Draft {
	const { source: _source, ...others } = given;
	return others;
}
