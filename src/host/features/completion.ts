import {
	CompletionItem,
	CompletionItemKind,
	type CompletionItemProvider,
	l10n,
	type Position,
	Range,
	type TextDocument,
} from 'vscode';
import { controlsOf, findOffered, sizeRuleOf } from '../../catalogue/catalogue';
import { fitSize } from '../../catalogue/fitSize';
import type { SizeRule } from '../../catalogue/model';
import { cardsFor } from '../../catalogue/modelCards';
import { languageOf } from '../../documents/languages/languages';
import { isImageError } from '../../domain/imageError';
import { formatSize, formatSizeWish, parseSizeWish } from '../../domain/size';
import { type Completion, completionsFor, type RecipeFacts, type Typing, typingIn } from '../../recipes/completion';
import type { ImageMaker } from '../imageMaker';
import type { ModelLists } from '../modelLists';
import { translate } from '../translate';

interface Parts {
	readonly lists: Pick<ModelLists, 'catalogue'>;
	readonly maker: Pick<ImageMaker, 'modelFor' | 'terms'>;
}

/** After these the editor asks by itself: behind the bar, between pairs, and within the names of models. */
export const completionTriggers: readonly string[] = [' ', '|', '=', '/', ':'];

/** Offers keys, models, sizes and values where a recipe's pairs are written. Asks no network. */
export class RecipeCompletion implements CompletionItemProvider {
	constructor(readonly parts: Parts) {}

	async provideCompletionItems(document: TextDocument, position: Position): Promise<CompletionItem[]> {
		const language = languageOf(document.languageId, document.uri.path);
		const typing = typingIn(document.getText(), document.offsetAt(position), language);
		if (!typing) return [];
		const range = new Range(document.positionAt(typing.span.start), document.positionAt(typing.span.end));
		// The editor replaces within one line only.
		if (!range.isSingleLine) return [];
		const model = typing.others.get('model') ?? (await this.parts.maker.modelFor(undefined, document.uri));
		const facts = factsOf(model, typing, this.parts);
		return completionsFor(typing, facts).map((completion, index) => itemOf(completion, range, index));
	}
}

function factsOf(model: string, { others }: Typing, { lists, maker }: Parts): RecipeFacts {
	const catalogue = lists.catalogue();
	const found = findOffered(model, catalogue);
	const controls = found ? controlsOf(found) : 'open';
	return {
		models: cardsFor('generate', parseSizeWish(others.get('size') ?? ''), catalogue, maker.terms()),
		sizes: sizesOf(found ? sizeRuleOf(found) : { kind: 'open', ratios: true }),
		controls: controls === 'open' ? 'open' : controls.filter(({ only }) => only?.includes('generate') ?? true),
	};
}

const ratios = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16'];

/** The sizes that a model lists, else its own and the usual ratios that it can make, with their pixels. */
function sizesOf(rule: SizeRule): RecipeFacts['sizes'] {
	if (rule.kind === 'none') return [];
	if (rule.kind === 'list') return rule.sizes.map((size) => ({ size: formatSize(size) }));
	const own = rule.default ? [{ size: formatSize(rule.default) }] : [];
	return [...own, ...ratios.flatMap((ratio) => ratioIn(rule, ratio) ?? [])];
}

function ratioIn(rule: SizeRule, size: string): RecipeFacts['sizes'][number] | undefined {
	const wish = parseSizeWish(size);
	const fitted = wish && fitSize(wish, rule);
	if (!fitted || isImageError(fitted)) return undefined;
	const pixels = formatSizeWish(fitted);
	return pixels === size ? { size } : { size, pixels };
}

function itemOf({ kind, label, written, title, note, about = [] }: Completion, range: Range, index: number) {
	const item = new CompletionItem(label, kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.EnumMember);
	item.range = range;
	item.insertText = written;
	// What is typed may begin with a quote, and the order is the catalogue's.
	item.filterText = written;
	item.sortText = String(index).padStart(5, '0');
	item.detail = [title ?? '', ...(note ? [translate(note)] : [])].filter((part) => part !== '').join(' · ');
	item.documentation = about.map(translate).join(' · ');
	if (kind === 'key') item.command = { command: 'editor.action.triggerSuggest', title: l10n.t('Suggest Values') };
	return item;
}
