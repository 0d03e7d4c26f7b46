import { Coming } from '../create/jobCells';
import { Picture } from '../create/picture';
import { asked } from '../asking';
import { host } from '../connection';
import { Icon } from '../icon';
import { canvas, editDraft } from '../kept';
import { l10n } from '../words';
import { pending } from './staging';
import { focusStrip, lookAt, problem } from './stripDeeds';
import { labelOf } from './stripWords';

/** The picture that is changed, the results, and what is still to come. */
export function StripCells() {
	const { staged, showing } = canvas.value;
	const { source } = editDraft.value;
	return (
		<div class="stripRow">
			<div class="stripCells" role="listbox" aria-orientation="horizontal" aria-label={l10n.t('Original and results')}>
				<Cell id={undefined} picture={source} label={l10n.t('Original')} isShown={showing === undefined} />
				{staged.map((result) => (
					<Cell
						key={`${result.job} ${result.id}`}
						id={result.id}
						picture={result.id}
						label={labelOf(result)}
						isShown={showing === result.id}
						{...(result.changedOutsideMask !== undefined && { changed: result.changedOutsideMask })}
					/>
				))}
			</div>
			<Pending />
		</div>
	);
}

interface CellProps {
	/** What is looked at when it is chosen. */
	readonly id: string | undefined;
	readonly picture: string | undefined;
	readonly label: string;
	readonly isShown: boolean;
	readonly changed?: number;
}

function Cell({ id, picture, label, isShown, changed = 0 }: CellProps) {
	return (
		<div
			role="option"
			class="stripCell"
			data-id={id ?? ''}
			aria-label={label}
			title={label}
			aria-selected={isShown}
			tabIndex={isShown ? 0 : -1}
			onClick={({ currentTarget }) => {
				currentTarget.focus();
				lookAt(id);
			}}
		>
			{picture !== undefined && <Picture id={picture} name={label} />}
			{id === undefined && <span class="badge">{l10n.t('Original')}</span>}
			{changed > 0 && <Icon name="warning" />}
		</div>
	);
}

/** One cell for each picture that is waited for, and a way to leave them. */
function Pending() {
	return pending.value.map((job) => (
		<div key={job.id} class="stripPending" role="group" aria-label={l10n.t('On its way')}>
			<ul class="cells" aria-busy="true">
				<Coming job={job} />
			</ul>
			<button type="button" class="button" onClick={() => cancel(job.id)}>
				<Icon name="debug-stop" />
				{l10n.t('Cancel')}
			</button>
		</div>
	));
}

function cancel(job: string): void {
	void asked(host.call('cancel', { job }), problem);
	focusStrip();
}
