import type { Draft } from './draft';
import type { ViewRequest } from './views';

/** Where a draft is written on: one that changes a picture, beside that picture. */
export function placeOf(draft: Draft): ViewRequest {
	const { source } = draft;
	return source === undefined ? { view: 'create', draft } : { view: 'edit', picture: source, draft };
}
