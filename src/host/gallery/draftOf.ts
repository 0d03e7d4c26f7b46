import { formatSize, type Size } from '../../domain/size';
import type { Recipe } from '../../image/metadata/readRecipe';
import { type Draft, draftSchema } from '../../protocol/draft';

/** A recipe for the form. `source`: the picture that an edit was made from. `undefined`: the form has no room for it. */
export function draftOf(recipe: Recipe, size: Size | undefined, source: string | undefined): Draft | undefined {
	return draftSchema.safeParse({ n: 1, references: [], ...wishOf(recipe, size, source) }).data;
}

function wishOf(recipe: Recipe, size: Size | undefined, source: string | undefined): Partial<Draft> {
	const sized = size && { size: formatSize(size) };
	if (recipe.kind === 'a1111') return { prompt: recipe.prompt, options: {}, ...sized };
	const { operation, prompt, model, options, seed } = recipe.record;
	return {
		prompt,
		model,
		options: { ...options, ...(seed !== undefined && { seed }) },
		...(operation === 'generate' && sized),
		...(operation === 'edit' && source !== undefined && { source }),
	};
}
