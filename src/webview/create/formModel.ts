import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import { isBlank } from '../../domain/imageRequest';
import type { Draft } from '../../protocol/draft';
import type { FormJob, HostAction } from '../../protocol/hostMethods';
import type { FormView, QuoteView } from '../../protocol/views';
import { host, state } from '../connection';
import { asked, reasonOf } from '../asking';
import { changed, fitted } from './drafts';

/** ms without a change before the price is asked for. */
const quiet = 150;

/** ms in which a second click or key press is taken for a part of the first. */
export const doubleActivation = 500;

const revision = computed(() => state.value?.formRevision);
const isTrusted = computed(() => state.value?.isTrusted ?? false);

/** What a form is for. */
interface Purpose {
	readonly job: ReadonlySignal<FormJob>;
	/** What is ordered; the draft is what the form says of it. */
	readonly order: ReadonlySignal<Draft>;
	/** What is missing besides words, said where it is missing. Absent: nothing ever is. */
	readonly lacks?: ReadonlySignal<boolean>;
	/** Why nothing can be ordered at present, whatever is written. */
	readonly refusal?: ReadonlySignal<string | undefined>;
	/** What there is to know about what is ordered, or is missing for it. */
	readonly hint?: ReadonlySignal<string | undefined>;
}

/** What a form knows besides its draft. It outlives the form, so that one that is shown again is there at once. */
export class FormModel {
	/** What is shown for the draft's model. */
	readonly view = signal<FormView | undefined>(undefined);
	/** Why that is not known. */
	readonly failure = signal<string | undefined>(undefined);
	/** Why the last order, or the last choice, came to nothing. */
	readonly problem = signal<string | undefined>(undefined);
	readonly #quoted = signal<{ readonly draft: Draft; readonly quote: QuoteView } | undefined>(undefined);
	readonly #isOrdering = signal(false);
	readonly #tries = signal(0);
	readonly #model = computed(() => this.draft.value.model);
	/** A model was chosen: what it does not know leaves the draft when its form comes. */
	#mustFit = false;

	constructor(
		readonly draft: Signal<Draft>,
		readonly purpose: Purpose,
	) {}

	/** Whether a picture is changed, instead of made. */
	readonly changes = computed(() => this.purpose.job.value !== 'generate');

	/** The price that is known is of what is ordered. It may still be of other words, or of other strokes. */
	readonly isPriced = computed(() => {
		const quoted = this.#quoted.value;
		return quoted !== undefined && termsOf(quoted.draft) === termsOf(this.purpose.order.value);
	});

	/** The last price that is known, possibly of the draft as it was a moment ago. */
	readonly quote = computed(() => this.#quoted.value?.quote);

	/** Why this cannot be made. A prompt that is not written yet is no mistake. */
	readonly problems = computed(() => {
		const refusal = this.#refusal.value;
		if (refusal !== undefined) return [refusal];
		return this.#isWritten.value ? (this.quote.value?.problems ?? []) : [];
	});

	readonly #refusal = computed(() => this.purpose.refusal?.value);

	/** What there is to know besides. */
	readonly notes = computed(() => {
		const hint = this.purpose.hint?.value;
		const notes = this.#isWritten.value ? (this.quote.value?.notes ?? []) : [];
		return hint === undefined ? notes : [hint, ...notes];
	});

	/** Nothing is missing that only the person can give. */
	readonly #isWritten = computed(() => {
		const { job, lacks } = this.purpose;
		const isSaid = job.value === 'expand' || job.value === 'vary' || !isBlank(this.draft.value.prompt);
		return isSaid && lacks?.value !== true;
	});

	/** Whether the button can be pressed. */
	readonly isReady = computed(
		() =>
			isTrusted.value &&
			this.#isWritten.value &&
			this.view.value !== undefined &&
			this.isPriced.value &&
			this.problems.value.length === 0 &&
			!this.#isOrdering.value,
	);

	/** Asks for form and price whenever they may be others. Returns what ends it. */
	follow(): () => void {
		const stops = [effect(() => this.#followModel()), effect(() => this.#followDraft())];
		return () => stops.forEach((stop) => stop());
	}

	/** Asks for the form once more. */
	retry(): void {
		this.#tries.value++;
	}

	/** Lets the person choose among the models, in the editor's own list. */
	async chooseModel(): Promise<void> {
		const { model, size } = this.draft.peek();
		const present = model ?? this.view.peek()?.model;
		const params = {
			job: this.purpose.job.peek(),
			...(present !== undefined && { present }),
			...(size !== undefined && { size }),
		};
		const chosen = await asked(host.call('chooseModel', params), this.problem);
		if (!chosen || chosen.model === this.draft.peek().model) return;
		this.#mustFit = true;
		this.draft.value = changed(this.draft.peek(), 'model', chosen.model);
	}

	/** Has the editor do something; `problem` says where it could not. */
	async does(action: HostAction): Promise<void> {
		await asked(host.call('does', { action }), this.problem);
	}

	/** Orders what the draft says, as soon as its price is known; the draft stays. `false`: nothing is under way. */
	async order(): Promise<boolean> {
		if (this.#isOrdering.peek() || !this.#mayOrder()) return false;
		this.#isOrdering.value = true;
		const order = this.#orderPriced();
		const end = Promise.all([order, new Promise((resolve) => setTimeout(resolve, doubleActivation))]);
		void end.then(() => (this.#isOrdering.value = false));
		return order;
	}

	/** What is wrong with the draft as it was before the last keys is of no matter: the host judges it again. */
	#mayOrder(): boolean {
		const isStale = this.#quoted.peek()?.draft !== this.purpose.order.peek();
		const isFine = this.#refusal.peek() === undefined && (isStale || this.problems.peek().length === 0);
		return isFine && isTrusted.peek() && this.#isWritten.peek() && this.view.peek() !== undefined;
	}

	/** Whoever changes what it costs before that is known has not ordered it. */
	async #orderPriced(): Promise<boolean> {
		const terms = termsOf(this.purpose.order.peek());
		const areSame = () => termsOf(this.purpose.order.value) === terms;
		await until(() => this.isPriced.value || !areSame());
		if (!untracked(areSame) || !this.#mayOrder()) return false;
		return (await asked(host.call('generate', this.purpose.order.peek()), this.problem)) !== undefined;
	}

	#followModel(): () => void {
		const model = this.#model.value;
		void revision.value;
		void this.#tries.value;
		const controller = new AbortController();
		const job = this.purpose.job.value;
		void this.#load({ job, ...(model !== undefined && { model }) }, controller.signal);
		return () => controller.abort();
	}

	async #load(params: { model?: string; job: FormJob }, signal: AbortSignal): Promise<void> {
		try {
			const view = await host.call('form', params, signal);
			batch(() => {
				this.view.value = view;
				this.failure.value = undefined;
				if (this.#mustFit) this.draft.value = fitted(this.draft.peek(), view);
				this.#mustFit = false;
			});
		} catch (fault) {
			if (signal.aborted) return;
			batch(() => {
				this.view.value = undefined;
				this.failure.value = reasonOf(fault);
			});
		}
	}

	#followDraft(): () => void {
		const draft = this.purpose.order.value;
		void revision.value;
		const controller = new AbortController();
		const timer = setTimeout(() => void this.#price(draft, controller.signal), quiet);
		return () => {
			clearTimeout(timer);
			controller.abort();
		};
	}

	async #price(draft: Draft, signal: AbortSignal): Promise<void> {
		const quote = await host.call('quote', draft, signal).catch(unpriced);
		if (!signal.aborted) this.#quoted.value = { draft, quote };
	}
}

/** All of a draft that makes a price: not the words, and not what is painted. */
function termsOf({ prompt: _prompt, seen: _seen, editing, ...terms }: Draft): string {
	return JSON.stringify([terms, editing?.kind === 'mask' ? editing.kind : editing]);
}

/** Resolves when something that is made of signals is so. */
async function until(isSo: () => boolean): Promise<void> {
	let stop: (() => void) | undefined;
	await new Promise<void>((resolve) => {
		stop = effect(() => {
			if (isSo()) resolve();
		});
	});
	stop?.();
}

/** In the place of a price that nobody could say. */
function unpriced(fault: unknown): QuoteView {
	return { price: '', problems: [reasonOf(fault)], notes: [] };
}
