import { useSignal } from '@preact/signals';
import { Banners } from '../create/banners';
import { FormModel } from '../create/formModel';
import { Jobs } from '../create/jobs';
import { PromptForm } from '../create/promptForm';
import { Icon } from '../icon';
import { editDraft, view } from '../kept';
import { l10n } from '../words';
import { pickSource } from './pickSource';
import { Source } from './source';

const form = new FormModel(editDraft, true);

/** Where a picture is changed. */
export function EditView() {
	const { source } = editDraft.value;
	if (source === undefined) return <NoSource />;
	return (
		<div class="workbench">
			<div class="workbenchForm">
				<Banners form={form} />
				<Source key={source} id={source} />
				<PromptForm form={form} />
			</div>
			<Jobs />
		</div>
	);
}

function NoSource() {
	const problem = useSignal<string | undefined>(undefined);
	return (
		<div class="empty">
			<Icon name="edit" />
			<h2>{l10n.t('Choose a picture to change')}</h2>
			<p class="faint">
				{l10n.t('Say what should be different. The picture stays; the changed one is saved beside it.')}
			</p>
			<div class="buttons">
				<button type="button" class="button primary" onClick={() => (view.value = 'gallery')}>
					{l10n.t('Choose in Gallery')}
				</button>
				<button type="button" class="button" onClick={() => void pickSource(problem)}>
					{l10n.t('Pick a File…')}
				</button>
			</div>
			{problem.value !== undefined && (
				<p class="mistake foreign" role="alert">
					{problem.value}
				</p>
			)}
		</div>
	);
}
