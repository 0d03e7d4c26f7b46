import {
	CodeLens,
	type CodeLensProvider,
	type Command,
	Disposable,
	EventEmitter,
	l10n,
	Range,
	type SecretStorage,
	type TextDocument,
	workspace,
} from 'vscode';
import { priceOf } from '../recipes/buildList';
import type { PictureBuilder } from '../recipes/pictureBuilder';
import { jobOfRecipe, type PictureJob } from '../recipes/pictureJob';
import { uriBeside } from '../recipes/recipeWish';
import { settingFor } from '../settings';
import type { DocumentSurveys } from './documentSurveys';

interface Parts {
	readonly surveys: DocumentSurveys;
	readonly builder: PictureBuilder;
	readonly secrets: SecretStorage;
}

/** Above each recipe: how it stands with its picture, and what can be done, for how much. */
export class RecipeLenses implements CodeLensProvider, Disposable {
	readonly #changes = new EventEmitter<void>();
	readonly onDidChangeCodeLenses = this.#changes.event;
	readonly #listeners: Disposable;

	constructor(readonly parts: Parts) {
		const changed = () => this.#changes.fire();
		this.#listeners = Disposable.from(
			parts.surveys.onDidChange(changed),
			parts.builder.onDidChange(changed),
			// The model is another one then perhaps, and the price.
			parts.secrets.onDidChange(changed),
			workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('limn') && changed()),
			this.#changes,
		);
	}

	async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
		if (!settingFor('codeLens.enabled', document.uri)) return [];
		const { surveys, builder } = this.parts;
		const { recipes } = await surveys.of(document);
		const jobs = await builder.priced(recipes.map((recipe) => jobOfRecipe(document, recipe)));
		return jobs.flatMap((job) => this.#lensesOf(document, job));
	}

	dispose(): void {
		this.#listeners.dispose();
	}

	#lensesOf(document: TextDocument, job: PictureJob): CodeLens[] {
		const { recipe: surveyed, about } = job;
		if (!surveyed) return [];
		const at = document.positionAt(surveyed.recipe.span.start);
		const commands = this.parts.builder.isMaking(document.uri, about) ? [making()] : commandsOf(document, job);
		return commands.map((command) => new CodeLens(new Range(at, at), command));
	}
}

function making(): Command {
	return { title: `$(loading~spin) ${l10n.t('Making a picture')}`, command: 'limn.showJobs' };
}

function commandsOf(document: TextDocument, job: PictureJob): Command[] {
	const { recipe: surveyed } = job;
	if (!surveyed || surveyed.state === 'elsewhere') return [];
	const { state, recipe, path, own } = surveyed;
	const place = { uri: document.uri, offset: recipe.span.start };
	const keep: Command = { title: l10n.t('Keep as It Is'), command: 'limn.picture.keep', arguments: [place] };
	const make = (title: string): Command => ({
		title: job.problem ? title : l10n.t('{0} · {1}', title, priceOf(job)),
		command: 'limn.picture.generate',
		arguments: [place],
	});
	if (state === 'missing') return [make(l10n.t('Generate'))];
	const vary: Command[] =
		path === undefined
			? []
			: [{ title: l10n.t('Variations…'), command: 'limn.vary', arguments: [uriBeside(document, path)] }];
	const regenerate = make(l10n.t('Regenerate'));
	if (state === 'stale') {
		const why = recipe.made ? l10n.t('Stale: prompt changed') : l10n.t('Not made from this recipe');
		return [{ title: why, command: '' }, regenerate, keep, ...vary];
	}
	return [...(own ? [] : [{ title: l10n.t('Changed by hand'), command: '' }, keep]), regenerate, ...vary];
}
