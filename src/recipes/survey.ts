import type { DocumentLanguage, PictureLink } from '../documents/languages/language';
import { type Digest, madeDigits, recipeHash } from './made';
import { type Recipe, recipesIn } from './recipe';

/** A text that shows pictures: a file's, or a notebook cell's. */
export interface SurveyDocument {
	/** Of the file; absolute, that of a URI. */
	readonly path: string;
	readonly text: string;
	readonly language: DocumentLanguage;
}

/** The files of a project. Paths are absolute, those of URIs. */
export interface PictureFiles {
	/** The files that a link of a document may mean, the likeliest first; `undefined`: it leads to none of the project, or nobody can say. */
	readonly candidates: (link: PictureLink, document: SurveyDocument) => Promise<readonly string[] | undefined>;
	readonly exists: (path: string) => Promise<boolean>;
	/** SHA-256 of a file in hex; `undefined`: it cannot be read. */
	readonly digest: (path: string) => Promise<string | undefined>;
	readonly hash: Digest;
}

/** How a recipe and its picture stand to each other. */
export interface SurveyedRecipe {
	readonly recipe: Recipe;
	/**
	 * `missing`: there is no picture yet. `stale`: the picture there is was made of other words, or of nobody knows what. `elsewhere`: what follows
	 * the recipe is no file of the project.
	 */
	readonly state: 'missing' | 'stale' | 'fresh' | 'elsewhere';
	/** Where the picture is or belongs; absent: no reference says it. */
	readonly path?: string;
	/** The file is the one that Limn made: nobody's work is lost with it. */
	readonly own: boolean;
	/** What `made` notes of the recipe as it is now. */
	readonly hash: string;
}

/** A picture of a document that has no recipe. */
export interface SurveyedPicture {
	readonly link: PictureLink;
	/** Where it is, or should be; absent: no file of the project. */
	readonly path?: string;
	readonly exists: boolean;
}

/** Everything that a document says of its pictures, compared with the files. */
export interface Survey {
	readonly recipes: readonly SurveyedRecipe[];
	readonly pictures: readonly SurveyedPicture[];
}

/** Compares a document with the files of its pictures. Reads only, and only files that a recipe says it has made. */
export async function survey(document: SurveyDocument, files: PictureFiles): Promise<Survey> {
	const parts = document.language.read?.(document.text);
	if (!parts) return { recipes: [], pictures: [] };
	const recipes = recipesIn(document.text, parts);
	const taken = new Set(recipes.map(({ picture }) => picture));
	const others = parts.pictures.filter((link) => !taken.has(link));
	return {
		recipes: await Promise.all(recipes.map(async (recipe) => surveyRecipe(recipe, document, files))),
		pictures: await Promise.all(others.map(async (link) => surveyPicture(link, document, files))),
	};
}

async function surveyRecipe(recipe: Recipe, document: SurveyDocument, files: PictureFiles): Promise<SurveyedRecipe> {
	const hash = await recipeHash(recipe, document.text, files.hash);
	if (!recipe.picture) return { recipe, state: 'missing', own: false, hash };
	const candidates = await files.candidates(recipe.picture, document);
	if (!candidates) return { recipe, state: 'elsewhere', own: false, hash };
	const { path, exists } = await find(candidates, files);
	const found = { recipe, hash, ...(path !== undefined && { path }) };
	if (path === undefined || !exists) return { ...found, state: 'missing', own: false };
	const { made } = recipe;
	const own = made !== undefined && (await files.digest(path))?.slice(0, madeDigits) === made.picture;
	return { ...found, state: made?.recipe === hash ? 'fresh' : 'stale', own };
}

async function surveyPicture(
	link: PictureLink,
	document: SurveyDocument,
	files: PictureFiles,
): Promise<SurveyedPicture> {
	const candidates = await files.candidates(link, document);
	if (!candidates) return { link, exists: true };
	const { path, exists } = await find(candidates, files);
	return { link, exists, ...(path !== undefined && { path }) };
}

/** The first candidate that is there, else the likeliest. */
async function find(candidates: readonly string[], files: PictureFiles) {
	for (const path of candidates) if (await files.exists(path)) return { path, exists: true };
	return { path: candidates[0], exists: false };
}
