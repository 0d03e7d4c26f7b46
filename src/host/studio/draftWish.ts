import type { Uri } from 'vscode';
import { formatSizeWish, parseSizeWish } from '../../domain/size';
import type { Draft } from '../../protocol/draft';
import { destinationFor } from '../../workspace/destination';
import { besidePicture } from '../besidePicture';
import type { Change } from '../change';
import type { WishDraft } from '../wish';

/** What a draft of the form knows itself by. */
interface Known {
	/** `undefined`: there is no such picture any more. */
	readonly fileOf: (id: string) => Uri | undefined;
	/** The document that is written in: its settings hold, and the pictures go where they belong for it. */
	readonly document: Uri | undefined;
}

/** What a draft of the form wants; the pictures of it that are gone instead. */
export function wishOf(draft: Draft, { fileOf, document }: Known): WishDraft | { readonly gone: readonly string[] } {
	const { prompt, model, size = '', n, options, format, source, references } = draft;
	const ids = [...(source === undefined ? [] : [source]), ...references];
	const files = ids.map((id) => ({ id, file: fileOf(id) }));
	const gone = files.flatMap(({ id, file }) => (file ? [] : [id]));
	if (gone.length > 0) return { gone };
	const [image, ...others] = files.flatMap(({ file }) => file ?? []);
	const change: Change | undefined = image && { operation: 'edit', image, references: others };
	// What is made of a picture is saved beside it; what only looks at some belongs to the document.
	const beside = source !== undefined && image ? besidePicture(image) : undefined;
	const home = beside?.document ?? document;
	const destination = destinationFor(home);
	return {
		prompt,
		n,
		options,
		model,
		size: parseSizeWish(size),
		format,
		change,
		folder: beside?.folder,
		document: home,
		...(destination && { destination }),
	};
}

/** The draft that would want this. `idOf`: mints the name of a picture's file. */
export function draftOf(wish: WishDraft, idOf: (file: Uri) => string): Draft {
	const { prompt, model, size, n, options, format, change } = wish;
	const others = change?.operation === 'edit' ? (change.references ?? []) : [];
	return {
		prompt,
		n,
		options,
		references: others.map(idOf),
		...(change && { source: idOf(change.image) }),
		...(model !== undefined && { model }),
		...(size && { size: formatSizeWish(size) }),
		...(format && { format }),
	};
}
