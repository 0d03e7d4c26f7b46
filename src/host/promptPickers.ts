import { l10n, type QuickPickItem, window } from 'vscode';
import { type Catalogue, nameOf, offered, sizeRuleOf } from '../catalogue/catalogue';
import { fitSize } from '../catalogue/fitSize';
import type { SizeRule } from '../catalogue/models';
import { isImageError } from '../domain/imageError';
import { maxPictures } from '../domain/imageRequest';
import { formatSize, parseSizeWish } from '../domain/size';
import type { PromptMemory } from './promptMemory';
import { asLabel } from './tell';
import { describe } from './translate';

/** What the box and its pickers need to know of the world. */
export interface PromptContext {
	readonly catalogue: Catalogue;
	readonly memory: PromptMemory;
	/** The model that `undefined` stands for. */
	readonly defaultModel: string;
}

const ratios = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16'];

/** The chosen model; `{ model: undefined }` goes back to the settings, `undefined` means that the person left. */
export async function pickModel(
	present: string | undefined,
	{ catalogue, defaultModel }: Pick<PromptContext, 'catalogue' | 'defaultModel'>,
): Promise<{ model: string | undefined } | undefined> {
	const fromSettings = { label: l10n.t('Use the setting'), description: defaultModel, model: undefined };
	const known = offered(catalogue).map(({ offer, model }) => ({
		label: nameOf(offer),
		description: offer.price.usdPerPicture === 0 ? l10n.t('free') : `$${offer.price.usdPerPicture}`,
		detail: model.title,
		model: nameOf(offer),
	}));
	const title = l10n.t('Model');
	return pick([fromSettings, ...known], title, ({ model }) => model === present);
}

/** The chosen size; `{ size: undefined }` is the model's default, `undefined` means that the person left. */
export async function pickSize(
	present: string | undefined,
	model: string,
	catalogue: Catalogue,
): Promise<{ size: string | undefined } | undefined> {
	const rule = sizeRuleOf(model, catalogue);
	const ofModel = { label: l10n.t('Default size'), description: rule ? formatSize(rule.default) : '', size: undefined };
	const known = ratios.map((size) => ({ label: size, description: pixels(size, rule), size }));
	const other = { label: l10n.t('Other size…'), size: 'other' };
	const chosen = await pick([ofModel, ...known, other], l10n.t('Size'), ({ size }) => size === present);
	if (chosen?.size !== 'other') return chosen && { size: chosen.size };
	const typed = await window.showInputBox({
		title: l10n.t('Size'),
		prompt: l10n.t('Pixels like 1024x768, or a ratio like 16:9'),
		value: present ?? '',
		validateInput: (text) => problemOfSize(text, rule),
	});
	return typed === undefined ? undefined : { size: typed.trim() };
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

/** A quick pick whose present value is marked. */
async function pick<T extends QuickPickItem>(
	items: T[],
	title: string,
	isPresent: (item: T) => boolean,
): Promise<T | undefined> {
	const marked = items.map((item) => (isPresent(item) ? { ...item, label: `$(check) ${item.label}` } : item));
	return window.showQuickPick(marked, { title, matchOnDescription: true, matchOnDetail: true });
}

function isCount(text: string): boolean {
	return /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= maxPictures;
}

function problemOfSize(text: string, rule: SizeRule | undefined): string | undefined {
	const wish = parseSizeWish(text);
	if (!wish) return l10n.t('Write pixels like 1024x768, or a ratio like 16:9');
	const fitted = rule && fitSize(wish, rule);
	return isImageError(fitted) ? describe(fitted) : undefined;
}

function pixels(size: string, rule: SizeRule | undefined): string {
	const wish = parseSizeWish(size);
	const fitted = wish && rule && fitSize(wish, rule);
	return fitted && !isImageError(fitted) ? formatSize(fitted) : '';
}
