import { useEffect, useRef } from 'preact/hooks';
import type { JobView } from '../../protocol/views';
import { state } from '../connection';
import { Icon } from '../icon';
import { l10n } from '../words';
import { useClock } from './elapsed';
import { JobCard } from './jobCard';
import { news, newsOf, tell } from './news';

const place = 'jobs';

/** Brings the jobs into sight, if they are not: in a narrow view they lie below the form. */
export function showJobs(): void {
	const jobs = document.querySelector(`#${place}`);
	const isInSight = jobs && jobs.getBoundingClientRect().top < innerHeight / 2;
	if (!isInSight) jobs?.scrollIntoView({ block: 'start', behavior: 'smooth' });
}

/** Keeps the keyboard among the jobs when the button that was pressed goes. */
function focusJobs(): void {
	document.querySelector<HTMLElement>(`#${place}`)?.focus();
}

/** The jobs of this session, the newest first. */
export function Jobs() {
	const jobs = state.value?.jobs ?? [];
	useClock(jobs.some(({ isRunning }) => isRunning));
	useNews(jobs);
	return (
		<section id={place} class="jobs" tabIndex={-1} aria-label={l10n.t('Jobs')}>
			<News />
			{jobs.length === 0 ? (
				<NoJobs />
			) : (
				<ol>
					{jobs.map((job) => (
						<li key={job.id}>
							<JobCard job={job} onGone={focusJobs} />
						</li>
					))}
				</ol>
			)}
		</section>
	);
}

function News() {
	return (
		<p class="unseen" role="status">
			{news.value}
		</p>
	);
}

function NoJobs() {
	return (
		<div class="empty">
			<Icon name="sparkle" />
			<p class="faint">{l10n.t('Pictures appear here, one by one, as they are made.')}</p>
		</div>
	);
}

/** Says what has happened since the last snapshot. What was there when the view was opened is no news. */
function useNews(jobs: readonly JobView[]): void {
	const before = useRef(jobs);
	useEffect(() => () => void (news.value = ''), []);
	useEffect(() => {
		const said = newsOf(before.current, jobs);
		before.current = jobs;
		if (said.length > 0) tell(said.join(' '));
	}, [jobs]);
}
