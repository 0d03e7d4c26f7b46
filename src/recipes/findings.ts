import { type Message, say } from '../domain/message';
import { nameOfPath } from '../documents/paths';
import type { PictureLink } from '../documents/languages/language';
import type { Span } from '../documents/span';
import type { Survey, SurveyedPicture, SurveyedRecipe } from './survey';

/** What is wrong with a picture of a document (contract: `Finding`). */
export interface Finding {
	readonly kind: 'missing' | 'stale' | 'broken-link' | 'no-alt';
	readonly span: Span;
	readonly message: Message;
	/** What the finding is about. */
	readonly recipe?: SurveyedRecipe;
	readonly picture?: SurveyedPicture;
}

/** A finding in a file. */
export interface FileFinding extends Finding {
	/** Zero-based; of the cell where there is one. */
	readonly line: number;
	/** In a notebook, zero-based. */
	readonly cell?: number;
}

/** What is wrong with the pictures of a document, in the order of the text. A recipe without its picture is one finding. */
export function findingsOf({ recipes, pictures }: Survey): Finding[] {
	const made = recipes.filter(({ state }) => state !== 'missing').flatMap(({ recipe }) => recipe.picture ?? []);
	const links = [...made, ...pictures.map(({ link }) => link)];
	const all: Finding[] = [
		...recipes.flatMap((recipe) => findingOfRecipe(recipe) ?? []),
		...pictures.flatMap((picture) => brokenLink(picture) ?? []),
		...links.filter(({ lacksAlt }) => lacksAlt).map(noAlt),
	];
	return all.toSorted((a, b) => a.span.start - b.span.start);
}

function findingOfRecipe(surveyed: SurveyedRecipe): Finding | undefined {
	const { recipe, state, path } = surveyed;
	const { span } = recipe;
	const name = path === undefined ? '' : nameOfPath(path);
	switch (state) {
		case 'missing':
			return { kind: 'missing', span, recipe: surveyed, message: missing(name) };
		case 'stale':
			return { kind: 'stale', span, recipe: surveyed, message: stale(name, recipe.made !== undefined) };
		case 'fresh':
		case 'elsewhere':
			return undefined;
	}
}

function missing(name: string): Message {
	if (name === '') return say('No picture follows this recipe yet. Generate it.');
	return say('The picture {0} is missing. Generate it from its recipe.', name);
}

function stale(name: string, wasMade: boolean): Message {
	if (!wasMade) return say('{0} was not made from this recipe. Generate it, or keep it as it is.', name);
	return say('The recipe has changed since {0} was made. Generate it again, or keep it as it is.', name);
}

function brokenLink(picture: SurveyedPicture): Finding | undefined {
	if (picture.exists) return undefined;
	const { link } = picture;
	return { kind: 'broken-link', span: link.target, picture, message: say('There is no picture {0}.', link.href) };
}

function noAlt(link: PictureLink): Finding {
	return {
		kind: 'no-alt',
		span: link.span,
		message: say('{0} has no alternative text. Say what it shows.', link.href),
	};
}
