import { type TextDocument, type Uri, workspace } from 'vscode';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { SurveyedPicture, SurveyedRecipe } from '../../recipes/survey';
import type { Quote } from '../imageMaker';
import { digest } from '../../generation/slices';
import { exactFileOf } from '../takenPlace';
import type { Wish, WishRecipe } from '../wish';
import type { ClosedCell } from './noteInClosedCell';
import { notebookCellOf } from './noteMade';
import { describePath, wishAt, wishOf } from './recipeWish';

/** What asks for a picture: an open document, a notebook's cell too; or a cell of a closed notebook, `uri` then being the file. */
export type Holder = TextDocument | { readonly uri: Uri; readonly cell: ClosedCell };

/** A picture that a document asks for, and what making it takes. */
export interface PictureJob {
	readonly holder: Holder;
	/** How a person tells it from others: the file's path, else the prompt. */
	readonly about: string;
	readonly prompt: string;
	/** Absent: it cannot be made; then `problem` says why. */
	readonly wish?: Wish;
	readonly problem?: ImageError;
	/** Absent: the picture belongs to no recipe, but to a link. */
	readonly recipe?: SurveyedRecipe;
	/** A file is there that somebody changed, or that is somebody's own: it is replaced only if the person says so. */
	readonly inTheWay: boolean;
	readonly quote?: Quote;
}

/** The job of a recipe. */
export function jobOfRecipe(holder: Holder, surveyed: SurveyedRecipe): PictureJob {
	const { recipe, path, own, state } = surveyed;
	const inTheWay = state !== 'missing' && state !== 'elsewhere' && !own;
	const asked = isLost(surveyed) ? lost : wishOf(holder, surveyed, own ? recipe.made?.picture : undefined);
	const wish = isImageError(asked) ? asked : { ...asked, recipe: { ...siteOf(holder), hash: surveyed.hash } };
	const about = path === undefined ? recipe.prompt.slice(0, 60) : describePath(holder, path);
	return { holder, about, prompt: recipe.prompt, recipe: surveyed, inTheWay, ...judged(wish) };
}

/** Where a document is found again, open or not. */
function siteOf(holder: Holder): Omit<WishRecipe, 'hash'> {
	if ('cell' in holder) return { file: holder.cell.file, cell: holder.cell.index };
	const cell = notebookCellOf(holder);
	return cell ? { file: cell.notebook.uri, cell: cell.index } : { file: holder.uri };
}

/** It was made of this very recipe, but nothing leads to it: whoever made it again would pay at every build. */
function isLost({ recipe: { picture, made }, hash }: SurveyedRecipe): boolean {
	return picture === undefined && made?.recipe === hash;
}

const lost = unsent(
	'bad-input',
	say('Its picture was made, but no reference that Limn can read follows. Add one, or take made= out.'),
);

/** The job of a link to a picture that is not there: its alternative text is the prompt. */
export function jobOfLink(document: TextDocument, { link, path }: SurveyedPicture): PictureJob | undefined {
	const prompt = link.alt?.text.trim() ?? '';
	if (path === undefined || prompt === '') return undefined;
	const wish = wishAt(document, path, prompt);
	return { holder: document, about: describePath(document, path), prompt, inTheWay: false, ...judged(wish) };
}

/** The same job, allowed to take the place of the file as it is now: the person said so. */
export async function replacing(job: PictureJob): Promise<PictureJob> {
	const file = job.inTheWay && job.wish ? exactFileOf(job.wish) : undefined;
	if (!job.wish?.exact || !file) return job;
	const replaces = await workspace.fs.readFile(file).then(digest, () => undefined);
	if (replaces === undefined) return job;
	return { ...job, inTheWay: false, wish: { ...job.wish, exact: { ...job.wish.exact, replaces } } };
}

/** Why a picture is left as it is. */
export function leftAlone({ about }: PictureJob): ImageError {
	return {
		...unsent('not-writable', say('It is not as Limn made it, so it was left. Regenerate it by hand to replace it.')),
		about,
	};
}

/** Of jobs that would write the same file only the first can be done; on some disks capitals make no other file. */
export function withoutRivals(jobs: readonly PictureJob[]): PictureJob[] {
	const taken = new Set<string>();
	return jobs.map((job) => {
		const place = job.wish && exactFileOf(job.wish)?.toString().toLowerCase();
		if (place === undefined || !taken.has(place)) {
			if (place !== undefined) taken.add(place);
			return job;
		}
		const { wish: _, ...others } = job;
		const problem = unsent('bad-input', say('Two recipes make this picture. Give each its own.'));
		return { ...others, problem };
	});
}

function judged(wish: Wish | ImageError): Pick<PictureJob, 'wish' | 'problem'> {
	return isImageError(wish) ? { problem: wish } : { wish };
}
