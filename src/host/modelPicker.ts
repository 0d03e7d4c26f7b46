import {
	commands,
	l10n,
	type QuickInputButton,
	type QuickPick,
	type QuickPickItem,
	QuickPickItemKind,
	ThemeIcon,
	window,
} from 'vscode';
import { type Catalogue, findOffered } from '../catalogue/catalogue';
import type { Job } from '../catalogue/job';
import type { Terms } from '../catalogue/lifecycle';
import { cardsFor, type ModelCard } from '../catalogue/modelCards';
import { findProvider, providers, titleOf } from '../catalogue/providers';
import { parseModelName } from '../domain/modelName';
import type { SizeWish } from '../domain/size';
import type { Keyring } from './keyring';
import { asLabel } from './tell';
import { translate } from './translate';

/** What is known where a model is chosen. */
export interface Choice {
	readonly job: Job;
	/** As wished; absent: each model's own. */
	readonly size: SizeWish | undefined;
	/** `provider/model`; absent: none was chosen. */
	readonly present: string | undefined;
	/** What going without a choice is called here, and the model that it means. Absent: one must be chosen. */
	readonly without?: { readonly label: string; readonly model: string };
}

interface Parts {
	/** As it is now: lists of models may come while one looks. */
	readonly catalogue: () => Catalogue;
	readonly terms: Terms;
	readonly keyring: Keyring;
	/** Resolves when there may be more models than before. */
	readonly learning: Promise<unknown>;
}

/** What choosing an item means: a model, none, or another name. */
interface Item extends QuickPickItem {
	readonly means?: { readonly model: string | undefined } | 'other';
}

/** An item, and whether it or only its key is wanted. */
interface Answer {
	readonly means: Item['means'];
	readonly wants: 'item' | 'key';
	/** What the list was filtered by. */
	readonly typed: string;
}

/**
 * The models that can do the job, by provider, those first that have a key. `{ model: undefined }` goes without a choice,
 * `undefined` means that the person left. Whoever chooses a model without a key is asked for the key.
 */
export async function pickModel(
	choice: Choice,
	parts: Parts,
	typed = '',
): Promise<{ model: string | undefined } | undefined> {
	const answer = await new ModelList(choice, parts).show(typed);
	if (!answer) return undefined;
	const means = answer.means === 'other' ? await typeModel(answer.typed || choice.present, parts) : answer.means;
	if (!means) return pickModel(choice, parts, answer.typed);
	const hasKey = await ensureKey(means.model, parts.keyring);
	return hasKey && answer.wants === 'item' ? means : pickModel(choice, parts, answer.typed);
}

/** Whether the provider of a model has its key, now at least. */
async function ensureKey(model: string | undefined, keyring: Keyring): Promise<boolean> {
	const provider = findProvider(parseModelName(model ?? '')?.provider ?? '');
	if (provider?.key?.optional !== false) return true;
	const [present] = await keyring.withKey([provider]);
	return present !== undefined || (await commands.executeCommand('limn.setApiKey', { provider: provider.id })) === true;
}

class ModelList {
	readonly #list: QuickPick<Item> = window.createQuickPick<Item>();
	#isOver = false;

	constructor(
		readonly choice: Choice,
		readonly parts: Parts,
	) {}

	async show(typed: string): Promise<Answer | undefined> {
		const list = this.#list;
		list.title = l10n.t('Model');
		list.placeholder = l10n.t('Choose who makes the picture');
		list.matchOnDescription = true;
		list.matchOnDetail = true;
		list.ignoreFocusOut = true; // Prices and keys are looked up elsewhere meanwhile.
		list.value = typed;
		try {
			await this.#fill();
			if (typed === '') this.#activate(this.choice.present);
			return await new Promise<Answer | undefined>((resolve) => {
				const answer = (wants: Answer['wants'], means: Item['means']) => resolve({ means, wants, typed: list.value });
				// A name that no row has is a name all the same.
				list.onDidAccept(() => answer('item', list.selectedItems[0]?.means ?? 'other'));
				list.onDidTriggerItemButton(({ item }) => answer('key', item.means));
				list.onDidHide(() => resolve(undefined));
				list.show();
				// Without what there is to learn, the list is as good as before.
				void this.parts.learning.then(async () => this.#fillAgain()).catch(() => undefined);
			});
		} finally {
			this.#isOver = true;
			list.dispose();
		}
	}

	async #fillAgain(): Promise<void> {
		const active = this.#list.activeItems[0]?.means;
		await this.#fill();
		if (typeof active === 'object') this.#activate(active.model);
	}

	async #fill(): Promise<void> {
		const items = await itemsFor(this.choice, this.parts);
		if (!this.#isOver) this.#list.items = items;
	}

	/** Without one that is active, Enter would choose nothing. */
	#activate(model: string | undefined): void {
		const found = this.#list.items.filter(({ means }) => typeof means === 'object' && means.model === model);
		if (found.length > 0 && !this.#isOver) this.#list.activeItems = found;
	}
}

async function itemsFor(choice: Choice, { catalogue, terms, keyring }: Parts): Promise<Item[]> {
	const cards = cardsFor(choice.job, choice.size, catalogue(), terms);
	const withKey = await keyring.withKey(providers);
	const ready = new Set(
		providers.filter((each) => withKey.includes(each) || each.key?.optional !== false).map(({ id }) => id),
	);
	const groups = providers
		.toSorted((a, b) => Number(ready.has(b.id)) - Number(ready.has(a.id)))
		.map(({ id }) => cards.filter(({ provider }) => provider === id));
	return [
		...(choice.without ? [itemWithout(choice.without, choice.present)] : []),
		...groups.flatMap((group) => itemsOf(group, ready, choice)),
		{ label: '', kind: QuickPickItemKind.Separator },
		{
			label: l10n.t('Other model…'),
			description: l10n.t('any name, as the provider calls it'),
			means: 'other',
			alwaysShow: true,
		},
	];
}

function itemWithout({ label, model }: NonNullable<Choice['without']>, present: string | undefined): Item {
	const isChosen = present === undefined;
	return { label, description: noted(model, isChosen), means: { model: undefined }, ...(isChosen && chosen) };
}

function itemsOf(group: readonly ModelCard[], ready: ReadonlySet<string>, { present }: Choice): Item[] {
	const [first] = group;
	if (!first) return [];
	const lacksKey = !ready.has(first.provider);
	const items = group.map(({ name, provider, title, price, badges }) => ({
		label: asLabel(name),
		description: [noted(translate(price), name === present), ...(lacksKey ? [l10n.t('needs a key')] : [])].join(' · '),
		detail: asLabel([title, ...badges.map(translate)].join(' · ')),
		means: { model: name },
		...(lacksKey && { buttons: [keyButton(provider)] }),
		...(name === present && chosen),
	}));
	return [{ label: titleOf(first.provider), kind: QuickPickItemKind.Separator }, ...items];
}

const chosen = { iconPath: new ThemeIcon('check') };

/** The mark of what is chosen is for eyes alone. */
function noted(text: string, isChosen: boolean): string {
	return asLabel(isChosen ? l10n.t('{0} · chosen', text) : text);
}

function keyButton(provider: string): QuickInputButton {
	return { iconPath: new ThemeIcon('key'), tooltip: l10n.t('Set API Key of {0}', titleOf(provider)) };
}

async function typeModel(typed = '', { catalogue }: Parts): Promise<{ model: string } | undefined> {
	if (findOffered(typed.trim(), catalogue())) return { model: typed.trim() };
	const name = await window.showInputBox({
		title: l10n.t('Model'),
		prompt: l10n.t('A name like openai/gpt-image-2: the provider, a slash, and the provider’s own name'),
		value: typed,
		validateInput: (text) =>
			findOffered(text.trim(), catalogue()) ? undefined : l10n.t('There is no such model. Write it as provider/model'),
	});
	return name === undefined ? undefined : { model: name.trim() };
}
