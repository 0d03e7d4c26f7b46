import { useSignal } from '@preact/signals';
import type { JobView, ReferenceView } from '../../protocol/views';
import { show } from '../navigation';
import { l10n } from '../words';
import { Picture } from './picture';

/** One cell for each picture that is wanted: those that are saved, those that are seen already, those that are waited for. */
export function JobCells({ job }: { readonly job: JobView }) {
	const { pictures } = job;
	if (pictures.length + comingOf(job) === 0) return null;
	return (
		<ul class="cells">
			{pictures.map((picture) => (
				<li key={picture.id}>
					<Finished picture={picture} />
				</li>
			))}
			<Coming job={job} />
		</ul>
	);
}

/** Those that are not saved yet, each in a cell of a list. */
export function Coming({ job }: { readonly job: JobView }) {
	return (
		<>
			{job.previews.map(({ index, uri }) => (
				<Unfinished key={`preview ${index}`} uri={uri} />
			))}
			{Array.from({ length: comingOf(job) - job.previews.length }, (_, index) => (
				<Awaited key={`waiting ${index}`} />
			))}
		</>
	);
}

function comingOf({ n, pictures, previews, failures, isRunning }: JobView): number {
	const failed = failures.reduce((sum, { count }) => sum + count, 0);
	return isRunning ? Math.max(previews.length, n - pictures.length - failed) : previews.length;
}

/** One that cannot be shown is waited for like those that nobody has seen. */
function Unfinished({ uri }: { readonly uri: string }) {
	const spoiled = useSignal<string | undefined>(undefined);
	if (spoiled.value === uri) return <Awaited />;
	return (
		<li class="cell unfinished">
			<img src={uri} alt={l10n.t('Unfinished picture')} onError={() => (spoiled.value = uri)} />
		</li>
	);
}

function Awaited() {
	return (
		<li class="cell awaited">
			<span class="unseen">{l10n.t('On its way')}</span>
		</li>
	);
}

function Finished({ picture }: { readonly picture: ReferenceView }) {
	return (
		<button
			type="button"
			class="cell finished"
			title={picture.problem ?? picture.name}
			aria-label={l10n.t('Open {0} in the gallery', picture.name)}
			onClick={() => show({ view: 'gallery', picture: picture.id })}
		>
			<Picture {...picture} />
		</button>
	);
}
