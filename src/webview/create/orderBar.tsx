import { useId } from 'preact/hooks';
import { Icon } from '../icon';
import { state } from '../connection';
import { l10n } from '../words';
import type { FormModel } from './formModel';
import { orderWords } from './jobWords';
import { showJobs } from './jobs';
import { Spending } from './spending';

/** What it would cost, where it would go, what is in the way, and the button. */
export function OrderBar({ form }: { readonly form: FormModel }) {
	const id = useId();
	const problems = form.problems.value;
	const problem = form.problem.value;
	return (
		<div class="order">
			<div id={`${id}-problems`} class="mistakes" role="status">
				{problems.map((text) => (
					<Mistake key={text} text={text} />
				))}
			</div>
			<div id={`${id}-notes`} class="mistakes" role="status">
				{form.notes.value.map((text) => (
					<Note key={text} text={text} />
				))}
			</div>
			<div class="mistakes" role="alert">
				{problem !== undefined && <Mistake text={problem} />}
			</div>
			<div class="row">
				<button
					type="button"
					class="button primary"
					aria-disabled={!form.isReady.value}
					aria-describedby={`${id}-price ${id}-problems ${id}-notes`}
					onClick={() => void orderAndShow(form)}
				>
					<Icon name={form.changes.value ? 'edit' : 'sparkle'} />
					{orderWords[form.purpose.job.value]}
				</button>
				<p id={`${id}-price`} class="quote">
					<Price form={form} />
				</p>
				<Running />
			</div>
			<Spending />
		</div>
	);
}

/** Whoever orders wants to see what becomes of it. What becomes of a change shows itself beside the canvas. */
export async function orderAndShow(form: FormModel): Promise<void> {
	if ((await form.order()) && !form.changes.peek()) showJobs();
}

function Mistake({ text }: { readonly text: string }) {
	return (
		<p class="mistake">
			<Icon name="error" />
			<span class="foreign" dir="auto">
				{text}
			</span>
		</p>
	);
}

function Note({ text }: { readonly text: string }) {
	return (
		<p class="note faint">
			<Icon name="info" />
			<span class="foreign" dir="auto">
				{text}
			</span>
		</p>
	);
}

function Price({ form }: { readonly form: FormModel }) {
	const quote = form.quote.value;
	if (!quote || quote.price === '') return null;
	const { price, each, folder } = quote;
	return (
		<>
			<strong class="price">{form.isPriced.value ? price : '…'}</strong>
			{form.isPriced.value && each !== undefined && <span class="faint"> {each}</span>}
			<span class="folder faint">
				{folder === undefined ? (
					l10n.t('You are asked where to save')
				) : (
					<>
						{l10n.t('Saves to')} <bdi>{folder === '' ? '.' : folder}</bdi>
					</>
				)}
			</span>
		</>
	);
}

/** In a narrow view the jobs are below what is seen. */
function Running() {
	const running = state.value?.jobs.filter(({ isRunning }) => isRunning).length ?? 0;
	if (running === 0) return null;
	return (
		<button type="button" class="button running" onClick={showJobs}>
			<Icon name="arrow-down" />
			{running === 1 ? l10n.t('1 job is running') : l10n.t('{0} jobs are running', running)}
		</button>
	);
}
