import { l10n, type LogOutputChannel, ProgressLocation, type TextDocument, Uri, window, workspace } from 'vscode';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { JobResult } from '../../domain/picture';
import type { SurveyedRecipe } from '../../recipes/survey';
import { inParallel } from '../../recipes/turns';
import type { Project, Scope, SurveyedDocument } from '../../workspace/project';
import { openNotebookOf } from '../../workspace/unsaved';
import { buildArguments, parseArguments } from '../arguments';
import type { Retries } from '../failureActions';
import { consentTo } from '../recipes/buildConsent';
import { chooseJobs, wholeWorkspace } from '../recipes/buildList';
import { type BuildWatch, type PictureBuilder } from '../recipes/pictureBuilder';
import { jobOfRecipe, type PictureJob, replacing, withoutRivals } from '../recipes/pictureJob';
import { report } from '../report';
import { failed, type Result, resultOf } from '../result';
import { merged } from '../../domain/result';
import { scopeFor } from '../scope';
import { tell } from '../tell';
import type { Agreements } from '../agreements';
import { type Ask, declined } from '../consent';
import { refuse } from './calls';

interface Parts {
	readonly project: Project;
	readonly builder: PictureBuilder;
	readonly agreements: Agreements;
	readonly log: LogOutputChannel;
}

const documentsAtOnce = 8;

type Only = 'missing' | 'stale' | 'all';

/** *Build Images from Recipes*, and the making of single pictures that CodeLens and quick fixes ask for. */
export class BuildCommands {
	readonly #told = new Set<string>();

	constructor(readonly parts: Parts) {}

	/** Nothing or a URI: the palette or a menu, with a list to tick. Anything else: an argument object, which is consent already. */
	async build(argument: unknown): Promise<Result | undefined> {
		if (!workspace.isTrusted) return refuse(unsent('untrusted'), argument);
		const isByHand = argument === undefined || argument instanceof Uri;
		const parsed = parseArguments(buildArguments, argument instanceof Uri ? { uri: argument } : (argument ?? {}));
		if ('error' in parsed) return refuse(parsed.error, argument);
		const { only, token, silent, ...where } = parsed.value;
		const scope = scopeFor(where);
		if (isImageError(scope)) return refuse(scope, argument);
		const controller = new AbortController();
		if (token?.isCancellationRequested) controller.abort();
		token?.onCancellationRequested(() => controller.abort());
		const jobs = await this.#jobsIn(scope, only, controller.signal).catch((fault: unknown) => {
			if (controller.signal.aborted) return undefined;
			throw fault;
		});
		if (!jobs) return failed(unsent('cancelled'), 1);
		if (isImageError(jobs)) return refuse(jobs, argument);
		return isByHand ? this.choose(jobs, scope !== 'workspace') : this.run(jobs, controller, silent);
	}

	/** Shows the list, and makes what is ticked. `leadsOn`: from one file's list to the workspace's. */
	async choose(jobs: readonly PictureJob[], leadsOn = false): Promise<Result | undefined> {
		const all = async () => {
			const everywhere = await this.#jobsIn('workspace', undefined);
			return isImageError(everywhere) ? refuse(everywhere) : this.choose(everywhere);
		};
		if (jobs.length === 0) {
			const offers = leadsOn && workspace.workspaceFolders ? [{ title: wholeWorkspace(), run: all }] : [];
			void tell('information', l10n.t('Every picture is there and made from its recipe.'), offers);
			return resultOf(merged([]));
		}
		const chosen = await chooseJobs(await this.parts.builder.priced(withoutRivals(jobs)), leadsOn);
		if (chosen === 'workspace') return all();
		return chosen && this.run(await Promise.all(chosen.map(replacing)));
	}

	/** Makes pictures, with progress, and tells what came of it. A person who shies at the price gets as many failures. */
	async run(
		jobs: readonly PictureJob[],
		controller: AbortController = new AbortController(),
		silent = false,
	): Promise<Result> {
		const wanted = withoutRivals(jobs);
		const consent = silent ? 'caller' : await this.#consentTo(wanted, controller);
		if (!consent) return failed(unsent('cancelled', declined), jobs.length);
		const results = await this.#build(wanted, { controller, consent }, silent);
		const left = jobs.filter(({ inTheWay }) => inTheWay);
		if (!silent) {
			const others = jobs.flatMap((job, index) => (job.inTheWay ? [] : [[job, results[index]] as const]));
			const again = others.flatMap(([job, result]) => (result?.images.length === 0 ? [job] : []));
			const next: Retries = { tryAgain: async () => this.run(again) };
			const outcome = { result: merged(others.flatMap(([, result]) => result ?? [])) };
			void Promise.all([report(outcome, next, this.#told, false), this.#offerToReplace(left)]).catch((fault: unknown) =>
				this.parts.log.error(String(fault)),
			);
		}
		return resultOf(merged(results));
	}

	async #consentTo(jobs: readonly PictureJob[], { signal }: AbortController): Promise<Ask | undefined> {
		return consentTo(await this.#priced(jobs), this.parts.agreements, signal);
	}

	/** The list has the prices already. */
	async #priced(jobs: readonly PictureJob[]): Promise<readonly PictureJob[]> {
		return jobs.every(({ quote, wish }) => quote ?? !wish) ? jobs : this.parts.builder.priced(jobs);
	}

	async #build(jobs: readonly PictureJob[], watch: BuildWatch, silent: boolean): Promise<JobResult[]> {
		const { builder } = this.parts;
		const { controller } = watch;
		if (silent || jobs.length === 0) return builder.build(jobs, watch);
		const title = jobs.length === 1 ? l10n.t('Making a picture') : l10n.t('Making {0} pictures', jobs.length);
		const location = ProgressLocation.Notification;
		return window.withProgress({ location, title, cancellable: true }, async (progress, cancel) => {
			cancel.onCancellationRequested(() => controller.abort());
			let done = 0;
			const onDone = () =>
				progress.report({ increment: 100 / jobs.length, message: l10n.t('{0} of {1}', ++done, jobs.length) });
			return builder.build(jobs, { ...watch, onDone });
		});
	}

	async #offerToReplace(left: readonly PictureJob[]): Promise<void> {
		const [first] = left;
		if (!first) return;
		const sentence =
			left.length === 1
				? l10n.t('{0} is not as Limn made it, so it was left as it is.', first.about)
				: l10n.t('{0} pictures are not as Limn made them, so they were left as they are.', left.length);
		const run = async () => this.run(await Promise.all(left.map(replacing)));
		await tell('warning', sentence, [{ title: l10n.t('Replace'), run }]);
	}

	async #jobsIn(scope: Scope, only: Only | undefined, signal?: AbortSignal): Promise<PictureJob[] | ImageError> {
		const { project } = this.parts;
		const surveys = await project.surveys(scope, signal);
		if (!surveys) return unsent('bad-input', say('There is no such document. Open one first.'));
		const concerned = surveys.filter(({ survey }) => survey.recipes.some((recipe) => isWanted(recipe, only)));
		// The editor holds only some dozens of documents that nobody shows: of more at a time it refuses some.
		const jobs = await inParallel(concerned, documentsAtOnce, async (surveyed) => this.#jobsOf(surveyed, only));
		return jobs.flat();
	}

	/** Surveyed again, with the pictures; and as the editor has the text: it may have changed line ends, and with them every offset. */
	async #jobsOf({ uri, cell, survey, text }: SurveyedDocument, only: Only | undefined): Promise<PictureJob[]> {
		const { project } = this.parts;
		// Where a reference is to be inserted, the editor does that.
		const refers = survey.recipes.every((recipe) => !isWanted(recipe, only) || recipe.recipe.picture);
		const isClosedCell = cell !== undefined && refers && !openNotebookOf(uri);
		const holder = isClosedCell ? { uri, cell: { file: uri, index: cell } } : await documentOf(uri, cell);
		if (!holder) return [];
		const { recipes } = 'cell' in holder ? await project.surveyOfCell(uri, text) : await project.surveyOf(holder);
		return recipes.filter((recipe) => isWanted(recipe, only)).map((recipe) => jobOfRecipe(holder, recipe));
	}
}

function isWanted({ state }: SurveyedRecipe, only: Only | undefined): boolean {
	switch (state) {
		case 'missing':
		// It cannot be made, and whoever builds is told why.
		case 'elsewhere':
			return only !== 'stale';
		case 'stale':
			return only !== 'missing';
		case 'fresh':
			return only === 'all';
	}
}

async function documentOf(uri: Uri, cell: number | undefined): Promise<TextDocument | undefined> {
	if (cell === undefined) return workspace.openTextDocument(uri).then(undefined, () => undefined);
	const notebook = await workspace.openNotebookDocument(uri).then(undefined, () => undefined);
	return notebook && cell < notebook.cellCount ? notebook.cellAt(cell).document : undefined;
}
