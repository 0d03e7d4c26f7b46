import { signal } from '@preact/signals';
import { draft } from '../kept';
import { Banners } from './banners';
import { FormModel } from './formModel';
import { Jobs } from './jobs';
import { PromptForm } from './promptForm';

const form = new FormModel(draft, { job: signal('generate'), order: draft });

/** Where pictures are made of words. */
export function CreateView() {
	return (
		<div class="workbench">
			<div class="workbenchForm">
				<Banners form={form} />
				<PromptForm form={form} />
			</div>
			<Jobs />
		</div>
	);
}
