import {
	CodeAction,
	type CodeActionContext,
	CodeActionKind,
	type CodeActionProvider,
	type Command,
	type Diagnostic,
	l10n,
	Range,
	type TextDocument,
} from 'vscode';
import type { Span } from '../../documents/span';
import type { Survey, SurveyedPicture, SurveyedRecipe } from '../../recipes/survey';
import type { DocumentSurveys } from './documentSurveys';

/** What mends a recipe or a link whose picture is missing or stale; offered wherever the cursor is on one, whoever reported it. */
export class PictureFixes implements CodeActionProvider {
	static readonly kinds = [CodeActionKind.QuickFix];

	constructor(readonly surveys: DocumentSurveys) {}

	async provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
		if (context.only && !context.only.intersects(CodeActionKind.QuickFix)) return [];
		const survey = await this.surveys.of(document);
		const touches = ({ start, end }: Span) =>
			new Range(document.positionAt(start), document.positionAt(end)).intersection(range) !== undefined;
		const recipe = survey.recipes.find(({ recipe: { span, picture } }) =>
			[span, ...(picture ? [picture.span] : [])].some(touches),
		);
		const picture = survey.pictures.find(({ link }) => touches(link.span));
		const fixes = [
			...(recipe ? fixesOfRecipe(document, recipe) : []),
			...(picture ? fixesOfLink(document, picture) : []),
		];
		if (fixes.length === 0) return [];
		const all = countMissing(survey) > 1 ? [fixAll(document)] : [];
		return [...fixes, ...all].map((command, index) => actionOf(command, index === 0, context.diagnostics));
	}
}

function fixesOfRecipe({ uri }: TextDocument, { recipe, state, own }: SurveyedRecipe): Command[] {
	const place = { uri, offset: recipe.span.start };
	const generate = { title: l10n.t('Generate this image'), command: 'limn.picture.generate', arguments: [place] };
	const regenerate = { ...generate, title: l10n.t('Regenerate') };
	const keep = { title: l10n.t('Keep as it is'), command: 'limn.picture.keep', arguments: [place] };
	switch (state) {
		case 'missing':
			return [generate];
		case 'stale':
			return [regenerate, keep];
		case 'fresh':
			return own ? [] : [keep];
		case 'elsewhere':
			return [];
	}
}

function fixesOfLink({ uri }: TextDocument, { link, exists, path }: SurveyedPicture): Command[] {
	if (exists) {
		if (!link.lacksAlt || path === undefined) return [];
		return [{ title: l10n.t('Describe image for alt text'), command: 'limn.describeImage' }];
	}
	const place = { uri, offset: link.span.start };
	return [{ title: l10n.t('Generate this image'), command: 'limn.picture.generate', arguments: [place] }];
}

function fixAll({ uri }: TextDocument): Command {
	return {
		title: l10n.t('Generate all missing in this file'),
		command: 'limn.picture.generateMissing',
		arguments: [{ uri, offset: 0 }],
	};
}

function countMissing({ recipes, pictures }: Survey): number {
	const links = pictures.filter(({ exists, link }) => !exists && (link.alt?.text.trim() ?? '') !== '');
	return recipes.filter(({ state }) => state === 'missing').length + links.length;
}

function actionOf(command: Command, isPreferred: boolean, diagnostics: readonly Diagnostic[]): CodeAction {
	const action = new CodeAction(command.title, CodeActionKind.QuickFix);
	action.command = command;
	action.isPreferred = isPreferred;
	action.diagnostics = diagnostics.filter(({ source }) => source === 'Limn');
	return action;
}
