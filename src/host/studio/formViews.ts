import { l10n, type Uri, workspace } from 'vscode';
import { findOffered } from '../../catalogue/catalogue';
import { type Form, formOf } from '../../catalogue/form';
import type { Job } from '../../catalogue/job';
import type { Control } from '../../catalogue/model';
import { cardOf } from '../../catalogue/modelCards';
import { formatUsd } from '../../catalogue/price';
import { findProvider, titleOf } from '../../catalogue/providers';
import { mostBesides } from '../../catalogue/references';
import { isImageError } from '../../domain/imageError';
import { isBlank } from '../../domain/imageRequest';
import { formatSize } from '../../domain/size';
import type { ControlView, FormView, QuoteView } from '../../protocol/views';
import type { Change } from '../change';
import { unreadable } from '../../generation/beginChange';
import type { KnownPictures } from '../features/knownPictures';
import { foreseen } from '../foreseen';
import type { ImageMaker } from '../imageMaker';
import { settingFor } from '../settings';
import { describe, translate } from '../translate';
import type { Wish } from '../wish';

/** What the form shows for a model (`provider/model`). `undefined`: there is none of this name. */
export async function formViewOf(
	model: string,
	job: Job,
	maker: ImageMaker,
	document: Uri | undefined,
): Promise<FormView | undefined> {
	const { lists, keyring } = maker.parts;
	const found = findOffered(model, lists.catalogue());
	if (!found) return undefined;
	const { controls, defaultSize, ...form } = formOf(found, job);
	const { price, badges, provider, title } = cardOf(found, undefined, job);
	const facts = findProvider(provider);
	const needsKey = facts?.key?.optional === false && (await keyring.withKey([facts])).length === 0;
	return {
		...form,
		// Beside the picture that is changed there is room for fewer.
		mostReferences: job === 'generate' ? form.mostReferences : mostBesides(found, job),
		model,
		title,
		provider: titleOf(provider),
		price: translate(price),
		badges: badges.map(translate),
		needsKey,
		defaultSize: defaultSizeOf(job, defaultSize),
		defaultFormat: settingFor('output.format', document),
		controls: controls.flatMap((control) => controlViewOf(control) ?? []),
	};
}

function defaultSizeOf(job: Job, size: Form['defaultSize']): string {
	if (job !== 'generate') return l10n.t('like the picture');
	return size ? formatSize(size) : '';
}

/** Named as the API names it, because that is what its documentation says. */
function controlViewOf(control: Control): ControlView | undefined {
	const { name } = control;
	const base = { name, label: name.replaceAll('_', ' ') };
	switch (control.kind) {
		case 'choice':
			return { ...base, kind: 'choice', values: control.values, ...withDefault(control) };
		case 'number':
			return {
				...base,
				kind: 'number',
				whole: control.whole,
				...(Number.isFinite(control.min) && { min: control.min }),
				...(Number.isFinite(control.max) && { max: control.max }),
				...withDefault(control),
			};
		case 'flag':
			return { ...base, kind: 'flag', ...withDefault(control) };
		case 'text':
			return { ...base, kind: 'text', ...(control.maxLength !== undefined && { maxLength: control.maxLength }) };
		case 'url':
		case 'seed':
			return { ...base, kind: control.kind };
		case 'count':
			return undefined;
	}
}

function withDefault<T>({ default: value }: { readonly default?: T }): { readonly default?: T } {
	return value === undefined ? {} : { default: value };
}

/**
 * What a draft would come to. One without words, or without anything selected or added, is not found fault with: it is being made.
 */
export async function quoteViewOf(
	wish: Wish,
	maker: ImageMaker,
	pictures: Pick<KnownPictures, 'look'>,
): Promise<QuoteView> {
	const alteration = wish.change && (await alterationOf(wish.change, pictures));
	if (isImageError(alteration)) return { price: '', problems: [describe(alteration)], notes: [] };
	const quote = await maker.quote(withWords(wish), alteration);
	if (!('model' in quote)) return { price: '', problems: quote.map(describe), notes: [] };
	const { usd, folder, warnings } = quote;
	return { price: priceOf(usd), folder, problems: [], notes: warnings.map(translate), ...eachOf(usd, wish.n) };
}

/** Of a picture that nobody can look into the file is told apart when the job begins. */
async function alterationOf(change: Change, pictures: Pick<KnownPictures, 'look'>) {
	const facts = await pictures.look(change.image);
	if (facts === 'missing') return unreadable(workspace.asRelativePath(change.image));
	return facts?.size && foreseen(change, facts.size);
}

/** An expansion and a variation need none. */
function withWords(wish: Wish): Wish {
	const needsWords = (wish.change?.operation ?? 'edit') === 'edit';
	return needsWords && isBlank(wish.prompt) ? { ...wish, prompt: '…' } : wish;
}

function priceOf(usd: number | undefined): string {
	if (usd === undefined) return l10n.t('price unknown');
	return usd === 0 ? l10n.t('free') : l10n.t('up to {0}', formatUsd(usd));
}

function eachOf(usd: number | undefined, n: number): Pick<QuoteView, 'each'> {
	return usd === undefined || usd === 0 || n < 2 ? {} : { each: l10n.t('{0} each', formatUsd(usd / n)) };
}
