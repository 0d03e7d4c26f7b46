import { type PaintedMask, paintedRects } from '../../canvas/paintedMask';
import type { ImageRecord } from '../../domain/imageRecord';
import { noMargins } from '../../domain/margins';
import { formatSize, type Size } from '../../domain/size';
import type { Recipe } from '../../image/metadata/readRecipe';
import { type Draft, draftSchema } from '../../protocol/draft';
import type { Editing } from '../../protocol/editing';

/** What is known of how a picture was made. */
interface Known {
	readonly recipe: Recipe;
	/** Of the picture. */
	readonly size?: Size | undefined;
	/** The picture that it was made from. */
	readonly source?: string | undefined;
	readonly painted?: PaintedMask | undefined;
}

/** A recipe for the form. `undefined`: the form has no room for it. */
export function draftOf(known: Known): Draft | undefined {
	return draftSchema.safeParse({ n: 1, references: [], ...wishOf(known) }).data;
}

function wishOf({ recipe, size, source, painted }: Known): Partial<Draft> {
	const sized = size && { size: formatSize(size) };
	if (recipe.kind === 'a1111') return { prompt: recipe.prompt, options: {}, ...sized };
	const { operation, prompt, model, options, seed } = recipe.record;
	const editing = editingOf(recipe.record, painted);
	return {
		prompt,
		model,
		options: { ...options, ...(seed !== undefined && { seed }) },
		...(operation === 'generate' && sized),
		...(operation !== 'generate' && source !== undefined && { source, ...(editing && { editing }) }),
	};
}

/** Of a mask the record itself has the box round it alone. */
function editingOf(
	{ operation, selected, margins, strength = 'medium' }: ImageRecord,
	painted = selected && paintedRects([selected]),
): Editing | undefined {
	switch (operation) {
		case 'generate':
			return undefined;
		case 'edit':
			return painted && { kind: 'mask', strokes: [...painted.strokes], feather: painted.feather };
		case 'expand':
			return { kind: 'expand', margins: margins ?? noMargins };
		case 'vary':
			return { kind: 'vary', strength };
	}
}
