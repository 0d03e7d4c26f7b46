import {
	type CancellationToken,
	extensions,
	Hover,
	type HoverProvider,
	l10n,
	type LogOutputChannel,
	MarkdownString,
	type Position,
	Range,
	type TextDocument,
	type Uri,
	workspace,
} from 'vscode';
import { formatUsd } from '../../catalogue/price';
import type { PictureLink } from '../../documents/languages/language';
import { nameOfPath } from '../../documents/paths';
import type { Span } from '../../documents/span';
import { formatOfName } from '../../domain/imageFormat';
import { isBlank } from '../../domain/imageRequest';
import { isHuge } from '../../image/sniff';
import type { Recipe } from '../../recipes/recipe';
import type { Survey } from '../../recipes/survey';
import { modelOf, promptOf } from '../pictureRecords';
import { uriBeside } from '../recipes/recipeWish';
import { type KnownPictures, mostBytes, type PictureFacts } from './knownPictures';
import { commandLink, quoted, thumbnail } from './markdownText';

/** What a hover's links call; they carry texts and numbers alone, since a `Uri` cannot travel in a link. */
const hoverCommands = [
	'limn.picture.edit',
	'limn.picture.vary',
	'limn.picture.regenerate',
	'limn.picture.generate',
	'limn.showRecipe',
] as const;

/** Characters of a prompt or a name: a hover is looked at in passing. */
const mostOfPrompt = 300;
const mostOfName = 100;

interface Parts {
	/** What documents say of their pictures, and where those are. */
	readonly surveys: { of(document: TextDocument): Promise<Survey> };
	readonly pictures: Pick<KnownPictures, 'look'>;
	readonly log: Pick<LogOutputChannel, 'error'>;
}

/** A picture that a document shows, as it was found. */
interface Shown {
	readonly document: TextDocument;
	readonly link: PictureLink;
	readonly uri: Uri;
	/** The recipe in the document that it is made of. */
	readonly recipe?: Recipe;
}

/** Over the reference of a picture: the picture itself, how it was made, and what can be done with it. Changes nothing. */
export class PictureHover implements HoverProvider {
	constructor(readonly parts: Parts) {}

	async provideHover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined> {
		try {
			return await this.#hoverAt(document, position, token);
		} catch (fault) {
			this.parts.log.error(fault instanceof Error ? fault : String(fault));
			return undefined;
		}
	}

	async #hoverAt(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined> {
		// The other side of a comparison is no file of the project: its links lead nowhere.
		if (workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return undefined;
		const offset = document.offsetAt(position);
		const { version } = document;
		const shown = shownAt(await this.parts.surveys.of(document), document, offset);
		if (!shown || token.isCancellationRequested || document.version !== version) return undefined;
		const facts = await this.parts.pictures.look(shown.uri);
		if (token.isCancellationRequested || document.version !== version) return undefined;
		const paragraphs = paragraphsOf(shown, facts, offset);
		if (paragraphs.length === 0) return undefined;
		const text = new MarkdownString(paragraphs.join('\n\n'));
		text.isTrusted = { enabledCommands: hoverCommands };
		return new Hover(text, rangeOf(document, shown.link.span));
	}
}

function shownAt({ recipes, pictures }: Survey, document: TextDocument, offset: number): Shown | undefined {
	const all = [
		...recipes.map(({ recipe, path }) => ({ link: recipe.picture, path, recipe })),
		...pictures.map(({ link, path }) => ({ link, path, recipe: undefined })),
	];
	for (const { link, path, recipe } of all) {
		if (!link || path === undefined || offset < link.span.start || offset > link.span.end) continue;
		return { document, link, uri: uriBeside(document, path), ...(recipe && { recipe }) };
	}
	return undefined;
}

/** None: nothing can be said, other than that the file is there. */
function paragraphsOf(shown: Shown, facts: Awaited<ReturnType<KnownPictures['look']>>, offset: number): string[] {
	const name = workspace.asRelativePath(shown.uri);
	if (facts === 'missing') {
		const links = [generateLink(shown)].filter((link) => link !== undefined);
		return [quoted(l10n.t('There is no picture {0}.', name), mostOfPrompt), ...links];
	}
	if (!facts) return [quoted(l10n.t('{0} cannot be read.', name), mostOfPrompt)];
	const { size } = facts;
	if (!size) return isPictureName(name) ? [damaged(name, facts)] : [];
	const isShown =
		shown.uri.scheme === 'file' && facts.bytes <= mostBytes && !isHuge(size) && !isShownByEditor(shown, offset);
	return [
		...(isShown ? [thumbnail(shown.uri.toString(), size)] : []),
		...promptParagraph(shown, facts),
		factsLine(facts, size),
		linksLine(shown, facts),
	].filter((paragraph) => paragraph !== '');
}

/** Of a drawing or a film Limn knows nothing. */
function isPictureName(name: string): boolean {
	return formatOfName(name) !== undefined || /\.(?:gif|avif)$/i.test(name);
}

function damaged(name: string, { bytes }: PictureFacts): string {
	const sentence =
		bytes > mostBytes ? l10n.t('{0} is too large to look at.', name) : l10n.t('{0} is damaged, or no picture.', name);
	return quoted(`${sentence} ${inWords(bytes)}`, mostOfPrompt);
}

/** The editor's own Markdown support shows the picture over the address of a reference, where the address is no site’s. */
function isShownByEditor({ document, link }: Shown, offset: number): boolean {
	const { start, end } = link.target;
	const isOver = document.languageId === 'markdown' && offset >= start && offset <= end && !link.href.startsWith('/');
	return isOver && extensions.getExtension('vscode.markdown-language-features') !== undefined;
}

function promptParagraph({ recipe }: Shown, facts: PictureFacts): string[] {
	// What the file says of itself is what made it: the document may have another prompt by now.
	const prompt = (facts.recipe && promptOf(facts.recipe)) || recipe?.prompt;
	return prompt === undefined || isBlank(prompt) ? [] : [quoted(prompt, mostOfPrompt)];
}

function factsLine(
	{ recipe, bytes, costUsd = 0 }: PictureFacts,
	{ width, height }: { width: number; height: number },
): string {
	const model = recipe && modelOf(recipe);
	const facts = [
		...(model === undefined ? [] : [quoted(model, mostOfName)]),
		quoted(`${width} × ${height}`),
		quoted(inWords(bytes)),
		// Nobody is told that something cost nothing.
		...(costUsd > 0 ? [quoted(formatUsd(costUsd))] : []),
	];
	return facts.join(' · ');
}

/** As the editor's own image view says it. */
function inWords(bytes: number): string {
	if (bytes < 1024) return l10n.t('{0} B', bytes);
	if (bytes < 1024 ** 2) return l10n.t('{0} KB', (bytes / 1024).toFixed(1));
	return l10n.t('{0} MB', (bytes / 1024 ** 2).toFixed(1));
}

function linksLine(shown: Shown, { changeable, recipe }: PictureFacts): string {
	const image = { image: shown.uri.toString() };
	const isAgain = shown.recipe === undefined && recipe !== undefined && !isBlank(promptOf(recipe));
	const links = [
		...(changeable ? [link(l10n.t('Edit…'), 'limn.picture.edit', image)] : []),
		...(changeable ? [link(l10n.t('Vary…'), 'limn.picture.vary', image)] : []),
		...(shown.recipe ? [link(l10n.t('Regenerate'), 'limn.picture.generate', placeOf(shown, shown.recipe.span))] : []),
		...(isAgain ? [link(l10n.t('Regenerate…'), 'limn.picture.regenerate', image)] : []),
		...(recipe ? [link(l10n.t('Show Recipe'), 'limn.showRecipe', image)] : []),
	];
	return links.join(' · ');
}

/** Of a recipe the picture that it wants; of a plain link one that shows what its alternative text says. */
function generateLink(shown: Shown): string | undefined {
	const { recipe, link: picture, uri } = shown;
	if (formatOfName(nameOfPath(uri.path)) === undefined) return undefined;
	if (!recipe && isBlank(picture.alt?.text ?? '')) return undefined;
	return link(l10n.t('Generate'), 'limn.picture.generate', placeOf(shown, (recipe ?? picture).span));
}

function link(title: string, command: (typeof hoverCommands)[number], argument: object): string {
	return commandLink(title, command, argument);
}

/** See `placeArguments`. */
function placeOf({ document }: Shown, { start }: Span) {
	return { uri: document.uri.toString(), offset: start };
}

function rangeOf(document: TextDocument, { start, end }: Span): Range {
	return new Range(document.positionAt(start), document.positionAt(end));
}
