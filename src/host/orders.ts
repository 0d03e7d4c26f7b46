import { l10n, type LogOutputChannel, window } from 'vscode';
import { findOffered } from '../catalogue/catalogue';
import { type Job, wayOf } from '../catalogue/job';
import { missingOf } from '../domain/imageError';
import { isBlank } from '../domain/imageRequest';
import type { Message } from '../domain/message';
import { formatSizeWish, parseSizeWish } from '../domain/size';
import { chosenDestination, type Destination } from '../workspace/destination';
import type { Inserted } from '../workspace/insert';
import type { Change } from './change';
import type { Retries } from './failureActions';
import { illustrate, type Insert, type Order, type Outcome } from './illustrate';
import type { ImageMaker } from './imageMaker';
import { pickModel } from './modelPicker';
import { askForPrompt, type PromptDraft } from './promptBox';
import type { ModelLists } from './modelLists';
import type { PromptMemory } from './promptMemory';
import { report } from './report';
import { type Result, resultOf } from './result';
import { forAgents } from '../domain/result';
import type { Wish } from './wish';

/** An order that lacks a folder perhaps: then the person is asked. */
export interface OrderDraft extends Omit<Order, 'wish'> {
	readonly wish: Omit<Wish, 'destination'> & { readonly destination?: Destination | undefined };
	/** Said with the result. */
	readonly warnings?: readonly Message[];
}

interface Parts {
	readonly maker: ImageMaker;
	readonly lists: ModelLists;
	readonly memory: PromptMemory;
	readonly log: LogOutputChannel;
}

/** Takes orders from the commands, completes them with the person, and lets the person change or repeat them afterwards. */
export class Orders {
	readonly #told = new Set<string>();

	constructor(readonly parts: Parts) {}

	/** Asks for the prompt, with what the order has filled in. `undefined`: the person left. */
	async ask(draft: OrderDraft): Promise<Result | undefined> {
		return endingItsPlace(draft, async () => {
			const { maker, lists, memory } = this.parts;
			const { wish } = draft;
			const job = jobOfChange(wish.change);
			const defaultModel = await maker.modelFor(undefined, wish.document);
			const usual = this.#can(wish.model, job) ? wish.model : undefined;
			const model = usual ?? (this.#can(defaultModel, job) ? undefined : await this.#chosenFor(job));
			if (model === null) return undefined;
			const first = { prompt: wish.prompt, model, size: wish.size && formatSizeWish(wish.size), n: wish.n };
			const learn = async (name: string) => lists.refresh(name);
			void learn(model ?? defaultModel);
			const { keyring } = maker.parts;
			const context = {
				job,
				catalogue: () => lists.catalogue(),
				memory,
				defaultModel,
				terms: maker.terms(),
				keyring,
				learn,
			};
			const answer = await askForPrompt(first, context);
			if (!answer) return undefined;
			await this.#remember(job, first, answer);
			// For one place there is one picture, whatever the box was told.
			const n = wish.exact ? 1 : answer.n;
			return this.complete({ ...draft, wish: { ...wish, ...answer, n, size: parseSizeWish(answer.size ?? '') } });
		});
	}

	/** Asked first where the usual model does not do the job: nobody writes a prompt for nothing. `null`: the person left. */
	async #chosenFor(job: Job): Promise<string | null> {
		const { maker, lists } = this.parts;
		const { keyring } = maker.parts;
		const context = { catalogue: () => lists.catalogue(), terms: maker.terms(), keyring, learning: Promise.resolve() };
		return (await pickModel({ job, size: undefined, present: undefined }, context))?.model ?? null;
	}

	/** Whether a model does a job, as far as one knows. */
	#can(model: string | undefined, job: Job): boolean {
		const found = model === undefined ? undefined : findOffered(model, this.parts.lists.catalogue());
		return !found || wayOf(found.offer, job) !== undefined;
	}

	/** Of a change no size, which is that picture's own, and no model that makes no pictures of words alone. */
	async #remember(job: Job, first: PromptDraft, answer: PromptDraft): Promise<void> {
		const { memory } = this.parts;
		const prompt = answer.prompt.trim();
		if (job === 'generate') return memory.remember(prompt, first, answer);
		const model = this.#can(answer.model, 'generate') ? answer.model : first.model;
		if (!isBlank(prompt)) await memory.remember(prompt, { model: first.model }, { model });
	}

	/** Asks for the folder where the order has none. `undefined`: the person left. */
	async complete(draft: OrderDraft): Promise<Result | undefined> {
		return endingItsPlace(draft, async () => {
			const destination = draft.wish.destination ?? (await askForFolder());
			return destination && this.run({ ...draft, wish: { ...draft.wish, destination } });
		});
	}

	/** Makes the pictures. Resolves when they are saved and inserted, whatever is still shown. */
	async run({ warnings = [], ...given }: Order & Pick<OrderDraft, 'warnings'>): Promise<Result> {
		const order = { ...given, wish: await this.parts.maker.inPlainWords(given.wish) };
		const { result, ...rest } = await illustrate(order, this.parts.maker);
		const outcome = { ...rest, result: { ...result, warnings: [...result.warnings, ...warnings] } };
		const steps = new NextSteps(this, order, outcome);
		const shown = order.silent ? Promise.resolve() : report(outcome, steps, this.#told);
		void shown
			.catch((fault: unknown) => this.parts.log.error(fault instanceof Error ? fault : String(fault)))
			.finally(() => steps.end());
		return resultOf(order.consent === 'editor' ? forAgents(outcome.result) : outcome.result);
	}
}

/** What a person can do after a run. Its places are tracked until then, or until a further run has taken them over. */
class NextSteps implements Retries {
	#takenOver = false;

	constructor(
		readonly orders: Orders,
		readonly order: Order,
		readonly outcome: Outcome,
	) {}

	/** Makes only what did not come: what came is there and paid. */
	readonly tryAgain = async (): Promise<unknown> => {
		const { images, failures } = this.outcome.result;
		const wish = {
			...this.order.wish,
			n: missingOf(failures),
			already: (this.order.wish.already ?? 0) + images.length,
		};
		const insert = await this.#again(this.outcome.inserted ? undefined : this.order.insert?.replaces);
		return this.orders.run({ wish, insert, silent: false });
	};

	/** Asks for another prompt; what that makes takes the place of what this made. */
	readonly changePrompt = async (): Promise<unknown> => {
		const insert = await this.#again(this.outcome.inserted ?? this.order.insert?.replaces);
		const { already: _, ...wish } = this.order.wish; // Another prompt begins a series of its own.
		return this.orders.ask({ wish, insert, silent: false });
	};

	/** Makes what did not come with the model that took the place of a retired one. */
	readonly useSuccessor = async (): Promise<unknown> => {
		const { maker, memory } = this.orders.parts;
		const { wish: retired } = this.order;
		const { wish, changes } = (await maker.succeeding(retired)) ?? {};
		if (!wish) return undefined;
		// Else the box would offer the retired one again.
		if (wish.model !== retired.model && memory.get().model === retired.model) {
			if (isBlank(retired.prompt)) await memory.forgetModel();
			else await memory.remember(retired.prompt, {}, { model: wish.model });
		}
		const insert = await this.#again(this.outcome.inserted ? undefined : this.order.insert?.replaces);
		return this.orders.run({ wish, insert, silent: false, warnings: changes ?? [] });
	};

	end(): void {
		this.order.insert?.place.dispose();
		if (this.#takenOver) return;
		this.outcome.inserted?.dispose();
		this.order.insert?.replaces?.dispose();
	}

	async #again(replaces: Inserted | undefined): Promise<Insert | undefined> {
		this.#takenOver = replaces !== undefined;
		const { insert } = this.order;
		const place = await insert?.place.again();
		return insert && place && { ...insert, place, replaces };
	}
}

/** What a prompt is asked for. */
function jobOfChange(change: Change | undefined): Job {
	if (change?.operation !== 'edit') return change?.operation ?? 'generate';
	if (change.mask) return 'mask';
	return change.markup ? 'markup' : 'edit';
}

/** A run ends what its order tracks itself, with its last notification; an order that comes to no run ends it here. */
async function endingItsPlace<T>(
	{ insert }: Pick<Order, 'insert'>,
	work: () => Promise<T | undefined>,
): Promise<T | undefined> {
	let result: T | undefined;
	try {
		result = await work();
		return result;
	} finally {
		if (result === undefined) {
			insert?.place.dispose();
			insert?.replaces?.dispose();
		}
	}
}

/** Where pictures go for which there is no folder. `undefined`: the person left. */
export async function askForFolder(): Promise<Destination | undefined> {
	const [folder] =
		(await window.showOpenDialog({
			canSelectFiles: false,
			canSelectFolders: true,
			title: l10n.t('Where Should the Picture Be Saved?'),
			openLabel: l10n.t('Save Here'),
		})) ?? [];
	return folder && chosenDestination(folder);
}
