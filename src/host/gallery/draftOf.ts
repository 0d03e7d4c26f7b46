import type { ImageRecord } from '../../domain/imageRecord';
import { noMargins } from '../../domain/margins';
import { formatSize, type Size } from '../../domain/size';
import type { Recipe } from '../../image/metadata/readRecipe';
import { type Draft, draftSchema } from '../../protocol/draft';
import type { Editing } from '../../protocol/editing';
import { usualFeather } from '../../protocol/limits';

/** A recipe for the form. `source`: the picture that it was made from. `undefined`: the form has no room for it. */
export function draftOf(recipe: Recipe, size: Size | undefined, source: string | undefined): Draft | undefined {
	return draftSchema.safeParse({ n: 1, references: [], ...wishOf(recipe, size, source) }).data;
}

function wishOf(recipe: Recipe, size: Size | undefined, source: string | undefined): Partial<Draft> {
	const sized = size && { size: formatSize(size) };
	if (recipe.kind === 'a1111') return { prompt: recipe.prompt, options: {}, ...sized };
	const { operation, prompt, model, options, seed } = recipe.record;
	const editing = editingOf(recipe.record);
	return {
		prompt,
		model,
		options: { ...options, ...(seed !== undefined && { seed }) },
		...(operation === 'generate' && sized),
		...(operation !== 'generate' && source !== undefined && { source, ...(editing && { editing }) }),
	};
}

/** Of a mask the record has the box round it alone. */
function editingOf({ operation, selected, margins, strength = 'medium' }: ImageRecord): Editing | undefined {
	switch (operation) {
		case 'generate':
			return undefined;
		case 'edit':
			return selected && { kind: 'mask', strokes: [{ kind: 'rectangle', rect: selected }], feather: usualFeather };
		case 'expand':
			return { kind: 'expand', margins: margins ?? noMargins };
		case 'vary':
			return { kind: 'vary', strength };
	}
}
