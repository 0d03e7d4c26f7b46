import type { Draft } from '../protocol/draft';
import type { ViewRequest } from '../protocol/views';
import { draft, editDraft, emptyDraft, picture, view } from './kept';

/** Goes to a view, with what is to be shown there. What is being written stays, unless something takes its place. */
export function show({ view: name, picture: id, draft: given }: ViewRequest): void {
	if (name === 'edit') {
		const isAnother = id !== undefined && editDraft.peek().source !== id;
		if (given ?? isAnother) editDraft.value = { ...emptyDraft, ...given, ...(id !== undefined && { source: id }) };
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
