import type { Draft } from '../protocol/draft';
import type { ViewRequest } from '../protocol/views';
import { withEditing } from './edit/editing';
import { type Canvas, emptyCanvas } from './edit/canvasState';
import { canvas, draft, editDraft, emptyDraft, picture, view } from './kept';

/** Goes to a view, with what is to be shown there. What is being written stays, unless something takes its place. */
export function show({ view: name, picture: id, draft: given, job }: ViewRequest): void {
	if (name === 'edit') {
		const isAnother = id !== undefined && editDraft.peek().source !== id;
		if (isAnother) canvas.value = { ...emptyCanvas, ...habits(canvas.peek()) };
		if (given ?? isAnother) {
			const { editing, ...rest } = { ...emptyDraft, ...given, ...(id !== undefined && { source: id }) };
			editDraft.value = rest;
			if (given) canvas.value = withEditing(canvas.peek(), editing);
		}
		if (job) canvas.value = { ...canvas.peek(), job };
	} else {
		if (name === 'gallery') picture.value = id;
		if (given) draft.value = withoutSource(given);
	}
	view.value = name;
}

/** Here a picture that is changed would be neither seen nor taken out. */
function withoutSource(given: Draft): Draft {
	const { source: _source, ...others } = given;
	return others;
}

/** What stays as it was for another picture. */
function habits({ job, tool, brush, feather, strength }: Canvas): Partial<Canvas> {
	return { job, tool, brush, feather, strength };
}
