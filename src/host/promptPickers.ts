import { l10n, ThemeIcon, window } from 'vscode';
import { type Catalogue, findOffered, sizeRuleOf } from '../catalogue/catalogue';
import { fitSize } from '../catalogue/fitSize';
import type { Job } from '../catalogue/job';
import type { Terms } from '../catalogue/lifecycle';
import type { SizeRule } from '../catalogue/model';
import { isImageError } from '../domain/imageError';
import { maxPictures } from '../domain/imageRequest';
import { formatSizeWish, parseSizeWish } from '../domain/size';
import type { Keyring } from './keyring';
import type { PromptMemory } from './promptMemory';
import { asSentence } from '../domain/plainText';
import { asLabel } from './tell';
import { describe } from './translate';

/** What the box and its pickers need to know of the world. */
export interface PromptContext {
	/** What the prompt is for. */
	readonly job: Job;
	/** As it is now: lists of models may come while the box is open. */
	readonly catalogue: () => Catalogue;
	readonly memory: PromptMemory;
	/** The model that `undefined` stands for. */
	readonly defaultModel: string;
	readonly terms: Terms;
	readonly keyring: Keyring;
	/** Learns what there is to learn of a model that was chosen, and of its provider's others. */
	readonly learn: (model: string) => Promise<void>;
}

const ratios = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16'];
/** No size is called so. */
const otherChoice = '…';

/** The chosen size; `{ size: undefined }` is the model's default, `undefined` means that the person left. */
export async function pickSize(
	present: string | undefined,
	model: string,
	context: Pick<PromptContext, 'job' | 'catalogue'>,
): Promise<{ size: string | undefined } | undefined> {
	const rule = ruleOf(model, context.catalogue());
	const ofModel = { label: l10n.t('Default size'), description: defaultSizeFor(model, context), size: undefined };
	const sizes = rule?.kind === 'list' ? rule.sizes.map((size) => formatSizeWish({ kind: 'pixels', size })) : ratios;
	const known = sizes.map((size) => ({ label: size, description: pixels(size, rule), size }));
	const other = { label: l10n.t('Other size…'), description: '', size: otherChoice };
	const items = [ofModel, ...known, other].map((item) => (item.size === present ? marked(item) : item));
	const placeHolder = l10n.t('Choose the size of the picture');
	const chosen = await window.showQuickPick(items, { title: l10n.t('Size'), placeHolder, matchOnDescription: true });
	if (chosen?.size !== otherChoice) return chosen && { size: chosen.size };
	const typed = await window.showInputBox({
		title: l10n.t('Size'),
		prompt: l10n.t('Pixels like 1024x768, or a ratio like 16:9'),
		value: present ?? '',
		validateInput: (text) => problemOfSize(text, rule),
	});
	return typed === undefined ? undefined : { size: typed.trim() };
}

/** What a model makes where no size is asked for; empty where nobody knows. */
export function defaultSizeFor(model: string, { job, catalogue }: Pick<PromptContext, 'job' | 'catalogue'>): string {
	if (job !== 'generate') return l10n.t('like the picture');
	const rule = ruleOf(model, catalogue());
	return rule?.default ? formatSizeWish({ kind: 'pixels', size: rule.default }) : '';
}

/** `undefined` for what is no model's name. */
function ruleOf(model: string, catalogue: Catalogue): SizeRule | undefined {
	const found = findOffered(model, catalogue);
	return found && sizeRuleOf(found);
}

/** The number of pictures. */
export async function pickCount(present: number): Promise<number | undefined> {
	const allowed = l10n.t('A whole number from 1 to {0}', maxPictures);
	const typed = await window.showInputBox({
		title: l10n.t('Count'),
		prompt: allowed,
		value: String(present),
		validateInput: (text) => (isCount(text) ? undefined : allowed),
	});
	return typed === undefined ? undefined : Number(typed);
}

/** One of the prompts of earlier runs. */
export async function pickPrompt({ memory }: Pick<PromptContext, 'memory'>): Promise<string | undefined> {
	const prompts = memory.get().prompts.map((prompt) => ({ label: asLabel(prompt), prompt }));
	const placeHolder =
		prompts.length > 0 ? l10n.t('Choose a prompt to change it') : l10n.t('There are no earlier prompts');
	return (await window.showQuickPick(prompts, { title: l10n.t('Earlier Prompts'), placeHolder }))?.prompt;
}

/** As the one that is chosen: with a mark, and in words for those who do not see it. */
function marked<T extends { readonly description: string }>(item: T) {
	const description = item.description === '' ? l10n.t('chosen') : l10n.t('{0} · chosen', item.description);
	return { ...item, description, iconPath: new ThemeIcon('check') };
}

function isCount(text: string): boolean {
	return /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= maxPictures;
}

function problemOfSize(text: string, rule: SizeRule | undefined): string | undefined {
	const wish = parseSizeWish(text);
	if (!wish) return l10n.t('Write pixels like 1024x768, or a ratio like 16:9');
	const fitted = rule && fitSize(wish, rule);
	return isImageError(fitted) ? asSentence(describe(fitted)) : undefined;
}

function pixels(size: string, rule: SizeRule | undefined): string {
	const wish = parseSizeWish(size);
	const fitted = wish && rule && fitSize(wish, rule);
	const text = fitted && !isImageError(fitted) ? formatSizeWish(fitted) : '';
	return text === size ? '' : text;
}
