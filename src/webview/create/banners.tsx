import { state } from '../connection';
import { Icon } from '../icon';
import { l10n } from '../words';
import type { FormModel } from './formModel';

/** What there is to know about this window before anything is made. */
export function Banners({ form }: { readonly form: FormModel }) {
	const { isTrusted, hasFolder, hasKey } = state.value ?? {};
	if (!isTrusted) return <Untrusted form={form} />;
	return (
		<>
			{!hasFolder && <NoFolder form={form} />}
			{!hasKey && <NoKey form={form} />}
		</>
	);
}

function Untrusted({ form }: { readonly form: FormModel }) {
	return (
		<div class="banner warning">
			<Icon name="shield" />
			<p>{l10n.t('This window is in Restricted Mode: Limn makes no pictures before you trust the folder.')}</p>
			<button type="button" class="button" onClick={() => void form.does('trust')}>
				{l10n.t('Manage Trust')}
			</button>
		</div>
	);
}

function NoFolder({ form }: { readonly form: FormModel }) {
	return (
		<div class="banner">
			<Icon name="folder" />
			<p>{l10n.t('No folder is open. Limn asks where to save each picture.')}</p>
			<button type="button" class="button" onClick={() => void form.does('openFolder')}>
				{l10n.t('Open Folder…')}
			</button>
		</div>
	);
}

function NoKey({ form }: { readonly form: FormModel }) {
	return (
		<div class="banner">
			<Icon name="key" />
			<p>{l10n.t('Without a key, Sketch draws placeholders: free, offline, no AI.')}</p>
			<button type="button" class="button" onClick={() => void form.does('setKey')}>
				{l10n.t('Set API Key')}
			</button>
		</div>
	);
}
