import { l10n, type TextDocument, workspace } from 'vscode';
import { isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { madeDigits } from '../../recipes/made';
import type { SurveyedPicture, SurveyedRecipe } from '../../recipes/survey';
import { openDocument } from '../../workspace/openDocument';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { parseArguments, placeArguments } from '../arguments';
import { showFailure } from '../failureActions';
import type { DocumentSurveys } from '../features/documentSurveys';
import type { Orders } from '../orders';
import { noteInDocument } from '../recipes/noteMade';
import { jobOfLink, jobOfRecipe, replacing } from '../recipes/pictureJob';
import { uriBeside, wishAt } from '../recipes/recipeWish';
import type { Result } from '../result';
import { digest } from '../../generation/slices';
import { confirm, tell } from '../tell';
import { translate } from '../translate';
import type { BuildCommands } from './build';
import { refuse } from './calls';

interface Parts {
	readonly surveys: DocumentSurveys;
	readonly build: BuildCommands;
	readonly orders: Orders;
}

/** A recipe or a link, found again in its document. */
type Found = { readonly document: TextDocument } & (
	| { readonly recipe: SurveyedRecipe; readonly link?: never }
	| { readonly link: SurveyedPicture; readonly recipe?: never }
);

/** What CodeLens, quick fixes and hovers do. Each takes a place in a document: the recipe or the link that is there. */
export class PictureActions {
	constructor(readonly parts: Parts) {}

	/** Makes the picture of a recipe or a link, in its own place; a file that is somebody's own only if the person says so. */
	async generate(argument: unknown): Promise<Result | undefined> {
		if (!workspace.isTrusted) return refuse(unsent('untrusted'));
		const found = await this.#find(argument);
		if (!found) return refuse(gone);
		const { document, recipe, link } = found;
		const job = recipe ? jobOfRecipe(document, recipe) : jobOfLink(document, link);
		if (!job) return this.#ask(document, link);
		if (!job.inTheWay) return this.parts.build.run([job]);
		const question = l10n.t('{0} is not as Limn made it. Replace it?', job.about);
		const detail = l10n.t('The present picture is kept in Limn’s own folder.');
		return (await confirm(question, detail, l10n.t('Replace')))
			? this.parts.build.run([await replacing(job)])
			: undefined;
	}

	/** Notes in a recipe that the picture there is the right one. */
	async keep(argument: unknown): Promise<void> {
		if (!workspace.isTrusted) return void refuse(unsent('untrusted'));
		const found = await this.#find(argument);
		if (!found?.recipe || found.recipe.path === undefined) return void refuse(gone);
		const { document, recipe } = found;
		const file = uriBeside(document, found.recipe.path);
		const hash = await workspace.fs.readFile(file).then(digest, () => undefined);
		if (hash === undefined) return void refuse(gone);
		const place = new TrackedPlace(document, document.positionAt(recipe.recipe.span.start));
		const problem = await noteInDocument(
			place,
			{ recipe: recipe.hash, picture: hash.slice(0, madeDigits) },
			recipe.recipe,
		);
		place.dispose();
		if (problem) void tell('warning', translate(problem));
	}

	/** Lists everything that a document lacks. */
	async generateMissing(argument: unknown): Promise<Result | undefined> {
		if (!workspace.isTrusted) return refuse(unsent('untrusted'));
		const parsed = parseArguments(placeArguments, argument);
		const document = 'error' in parsed ? undefined : await openDocument(parsed.value.uri);
		if (!document) return refuse(gone);
		const { recipes, pictures } = await this.parts.surveys.asOfNow(document);
		const missing = recipes.filter(({ state }) => state === 'missing').map((recipe) => jobOfRecipe(document, recipe));
		const links = pictures.filter(({ exists }) => !exists).flatMap((picture) => jobOfLink(document, picture) ?? []);
		return this.parts.build.choose([...missing, ...links]);
	}

	/** A link without words: the person says what it shows. */
	async #ask(document: TextDocument, link: SurveyedPicture | undefined): Promise<Result | undefined> {
		const wish = link?.path === undefined ? gone : wishAt(document, link.path, '');
		if (!isImageError(wish)) return this.parts.orders.ask({ wish, silent: false });
		void showFailure(wish);
		return undefined;
	}

	async #find(argument: unknown): Promise<Found | undefined> {
		const parsed = parseArguments(placeArguments, argument);
		if ('error' in parsed) return undefined;
		const { uri, offset } = parsed.value;
		const document = await openDocument(uri);
		if (!document) return undefined;
		const { recipes, pictures } = await this.parts.surveys.asOfNow(document);
		const recipe = recipes.find((each) => each.recipe.span.start === offset);
		const link = pictures.find((each) => each.link.span.start === offset);
		if (recipe) return { document, recipe };
		return link && { document, link };
	}
}

const gone = unsent('bad-input', say('It is no longer there. Look at the document again.'));
