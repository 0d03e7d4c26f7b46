import type { Draft } from '../protocol/draft';
import type { ViewRequest } from '../protocol/views';
import { renewed, withEditing } from './edit/editing';
import { canvas, draft, editDraft, emptyDraft, picture, view } from './kept';

/** Goes to a view, with what is to be shown there. What is being written stays, unless something takes its place. */
export function show({ view: name, picture: id, draft: given, job }: ViewRequest): void {
	if (name === 'edit') {
		const source = id ?? given?.source;
		const isAnother = source !== undefined && editDraft.peek().source !== source;
		if (isAnother) canvas.value = renewed(canvas.peek());
		if (given ?? isAnother) {
			// What the file was then is of no matter: it is looked at now.
			const { editing, seen: _seen, ...rest } = { ...emptyDraft, ...given, ...(source !== undefined && { source }) };
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
