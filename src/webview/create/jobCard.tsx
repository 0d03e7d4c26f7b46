import { useSignal } from '@preact/signals';
import type { JobView } from '../../protocol/views';
import { host } from '../connection';
import { Icon } from '../icon';
import { l10n } from '../words';
import { asked } from '../asking';
import { elapsed, now } from './elapsed';
import { JobCells } from './jobCells';

/** Characters of a prompt that a card shows. */
const longestShown = 500;

interface Props {
	readonly job: JobView;
	/** Called when a button goes that has the focus. */
	readonly onGone: () => void;
}

/** What became of an order, as it goes. */
export function JobCard({ job, onGone }: Props) {
	const problem = useSignal<string | undefined>(undefined);
	const ask = (call: Promise<unknown>) => void asked(call, problem);
	const shown = job.prompt.length > longestShown ? `${job.prompt.slice(0, longestShown)}…` : job.prompt;
	return (
		<article class="job" aria-busy={job.isRunning}>
			<p class="jobPrompt foreign" dir="auto">
				{shown || l10n.t('(no prompt)')}
			</p>
			<Progress job={job} />
			<JobCells job={job} />
			<Failures job={job} ask={ask} />
			{job.warnings.map((warning) => (
				<p key={warning} class="note">
					<Icon name="info" />
					<span class="foreign" dir="auto">
						{warning}
					</span>
				</p>
			))}
			{problem.value !== undefined && (
				<p class="mistake foreign" role="alert">
					{problem.value}
				</p>
			)}
			<Actions job={job} ask={ask} onGone={onGone} />
		</article>
	);
}

function Progress({ job }: { readonly job: JobView }) {
	const { pictures, n, isRunning, started, model, cost } = job;
	return (
		<p class="facts faint">
			<span>{l10n.t('{0} of {1}', pictures.length, n)}</span>
			{isRunning && <span class="elapsed">{elapsed(now.value - started)}</span>}
			<span class="foreign">{model}</span>
			{cost !== undefined && <span>{cost}</span>}
		</p>
	);
}

interface Asking {
	readonly job: JobView;
	/** Waits for a call and says what it failed with. */
	readonly ask: (call: Promise<unknown>) => void;
}

/** What did not come, and what mends it. */
function Failures({ job: { id, failures, cures }, ask }: Asking) {
	if (failures.length === 0 && cures.length === 0) return null;
	return (
		<div class="banner error">
			<Icon name="error" />
			<div>
				{failures.map(({ message, count }) => (
					<p key={message}>
						{count > 1 && <span class="badge">{count} ×</span>}{' '}
						<span class="foreign" dir="auto">
							{message}
						</span>
					</p>
				))}
			</div>
			{cures.length > 0 && (
				<div class="buttons">
					{cures.map((title, cure) => (
						<button key={title} type="button" class="button" onClick={() => ask(host.call('cure', { job: id, cure }))}>
							{title}
						</button>
					))}
				</div>
			)}
		</div>
	);
}

function Actions({ job, ask, onGone }: Asking & Props) {
	const end = (call: Promise<unknown>) => {
		ask(call);
		onGone();
	};
	return (
		<div class="buttons">
			{job.isRunning && (
				<button type="button" class="button" onClick={() => end(host.call('cancel', { job: job.id }))}>
					<Icon name="debug-stop" />
					{l10n.t('Cancel')}
				</button>
			)}
			{job.prompt !== '' && (
				<button type="button" class="button" onClick={() => ask(host.call('reuse', { job: job.id }))}>
					{l10n.t('Use Prompt Again')}
				</button>
			)}
			{!job.isRunning && (
				<button type="button" class="button" onClick={() => end(host.call('dismiss', { job: job.id }))}>
					{l10n.t('Dismiss')}
				</button>
			)}
		</div>
	);
}
