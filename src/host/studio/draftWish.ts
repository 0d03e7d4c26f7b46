import type { Uri } from 'vscode';
import { type PaintedMask, paintedRects } from '../../canvas/paintedMask';
import { noMargins } from '../../domain/margins';
import { formatSizeWish, parseSizeWish } from '../../domain/size';
import type { Draft } from '../../protocol/draft';
import type { Editing } from '../../protocol/editing';
import { destinationFor } from '../../workspace/destination';
import { besidePicture } from '../besidePicture';
import { type Change, paintedOf } from '../change';
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
	const { prompt, model, size = '', n, options, format, source, editing } = draft;
	const files = idsOf(draft).map((id) => ({ id, file: fileOf(id) }));
	const gone = files.flatMap(({ id, file }) => (file ? [] : [id]));
	if (gone.length > 0) return { gone };
	const [image, ...others] = files.flatMap(({ file }) => file ?? []);
	const change = image && changeOf(source === undefined ? undefined : editing, image, others);
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

/** The pictures that go out, the one that is changed first. An expansion and a variation look at that one alone. */
function idsOf({ source, editing, references }: Draft): readonly string[] {
	if (source === undefined) return references;
	return editing?.kind === 'expand' || editing?.kind === 'vary' ? [source] : [source, ...references];
}

function changeOf(editing: Editing | undefined, image: Uri, references: readonly Uri[]): Change {
	switch (editing?.kind) {
		case undefined:
			return { operation: 'edit', image, references };
		case 'mask': {
			const { strokes, feather } = editing;
			return { operation: 'edit', image, mask: { strokes, feather }, references };
		}
		case 'expand':
			return { operation: 'expand', image, by: editing.margins };
		case 'vary':
			return { operation: 'vary', image, strength: editing.strength };
	}
}

/** The draft that would want this. `idOf`: mints the name of a picture's file. */
export function draftOf(wish: WishDraft, idOf: (file: Uri) => string): Draft {
	const { prompt, model, size, n, options, format, change } = wish;
	const others = change?.operation === 'edit' ? (change.references ?? []) : [];
	const editing = change && editingOf(change);
	return {
		prompt,
		n,
		options,
		references: others.map(idOf),
		...(change && { source: idOf(change.image) }),
		...(editing && { editing }),
		...(model !== undefined && { model }),
		...(size && { size: formatSizeWish(size) }),
		...(format && { format }),
	};
}

/** On the canvas. What it cannot show, the pixels of a mask file and a ratio, is left to be painted and framed there. */
function editingOf(change: Change): Editing | undefined {
	switch (change.operation) {
		case 'edit':
			return change.mask && onCanvas(paintedOf(change.mask) ?? paintedRects([]));
		case 'expand':
			return { kind: 'expand', margins: 'top' in change.by ? change.by : noMargins };
		case 'vary':
			return { kind: 'vary', strength: change.strength };
	}
}

function onCanvas({ strokes, feather }: PaintedMask): Editing {
	return { kind: 'mask', strokes: [...strokes], feather };
}
