import { l10n } from 'vscode';
import type { ImageRecord } from '../domain/imageRecord';
import type { Recipe } from '../image/metadata/readRecipe';

/** Something that is known of a picture. `name` is for the program, `label` and `value` are for people. */
export interface Fact {
	readonly name: string;
	readonly label: string;
	readonly value: string;
}

/** What a recipe says besides the prompt. `parent`: what the picture was made from, as people know it. */
export function factsOfRecipe(recipe: Recipe, parent?: string): Fact[] {
	return recipe.kind === 'limn' ? factsOfRecord(recipe.record, parent) : factsOfParameters(recipe.parameters);
}

function factsOfParameters(parameters: readonly (readonly [name: string, value: string])[]): Fact[] {
	return parameters.map(([name, value]) => ({ name: `parameters.${name}`, label: name, value }));
}

function factsOfRecord(record: ImageRecord, parent: string | undefined): Fact[] {
	const { operation, model, options, seed, selected, margins, strength, created } = record;
	const facts: readonly (readonly [name: string, label: string, value: string | undefined])[] = [
		['operation', l10n.t('Operation'), operations()[operation]],
		['model', l10n.t('Model'), model],
		...Object.entries(options).map(([name, value]) => [`options.${name}`, name, String(value)] as const),
		['seed', l10n.t('Seed'), seed],
		['strength', l10n.t('Strength'), strength && strengths()[strength]],
		[
			'selected',
			l10n.t('Selected'),
			selected && `${selected.x}, ${selected.y}, ${selected.width} × ${selected.height}`,
		],
		['margins', l10n.t('Added'), margins && addedBy(margins)],
		['parent', l10n.t('Made from'), parent],
		['created', l10n.t('Made on'), created],
	];
	return facts.flatMap(([name, label, value]) => (value === undefined ? [] : [{ name, label, value }]));
}

function operations(): Readonly<Record<ImageRecord['operation'], string>> {
	return {
		generate: l10n.t('made of words'),
		edit: l10n.t('edited'),
		expand: l10n.t('expanded'),
		vary: l10n.t('varied'),
	};
}

function strengths(): Readonly<Record<NonNullable<ImageRecord['strength']>, string>> {
	return { subtle: l10n.t('subtle'), medium: l10n.t('medium'), strong: l10n.t('strong') };
}

function addedBy({ top, right, bottom, left }: NonNullable<ImageRecord['margins']>): string {
	return l10n.t('top {0}, right {1}, bottom {2}, left {3}', top, right, bottom, left);
}
