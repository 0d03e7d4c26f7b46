import type { FormView } from '../../protocol/views';
import { Icon } from '../icon';
import { l10n } from '../words';
import type { FormModel } from './formModel';

/** The model, and how another one is chosen. */
export function ModelField({ form }: { readonly form: FormModel }) {
	const view = form.view.value;
	return (
		<div class="field">
			<h2>{l10n.t('Model')}</h2>
			<button type="button" class="model" aria-haspopup="dialog" onClick={() => void form.chooseModel()}>
				<span class="unseen">{l10n.t('Choose the model. Now:')} </span>
				{view ? (
					<Facts view={view} />
				) : (
					<span class="faint foreign">{form.draft.value.model ?? l10n.t('Loading…')}</span>
				)}
				<Icon name="chevron-down" />
			</button>
			{view?.needsKey && <NeedsKey provider={view.provider} form={form} />}
		</div>
	);
}

function Facts({ view }: { readonly view: FormView }) {
	return (
		<span class="facts">
			<span class="title foreign">{view.title}</span> <span class="faint foreign">{view.model}</span>{' '}
			<span class="price">{view.price}</span>{' '}
			{view.badges.length > 0 && (
				<span class="badges">
					{view.badges.map((badge) => (
						<span key={badge} class="badge">
							{badge}{' '}
						</span>
					))}
				</span>
			)}
		</span>
	);
}

function NeedsKey({ provider, form }: { readonly provider: string; readonly form: FormModel }) {
	return (
		<div class="banner warning">
			<Icon name="key" />
			<p>{l10n.t('{0} needs an API key.', provider)}</p>
			<button type="button" class="button" onClick={() => void form.does('setKey')}>
				{l10n.t('Set API Key')}
			</button>
		</div>
	);
}

/** In the place of the controls while nobody can say what they are. */
export function NoForm({ form }: { readonly form: FormModel }) {
	if (form.failure.value === undefined)
		return (
			<p class="faint" role="status">
				{l10n.t('Asking what the model takes…')}
			</p>
		);
	return (
		<div class="banner error" role="alert">
			<Icon name="error" />
			<p>
				{l10n.t('Limn cannot show what this model takes.')} <span class="foreign">{form.failure.value}</span>
			</p>
			<button type="button" class="button" onClick={() => form.retry()}>
				{l10n.t('Try Again')}
			</button>
		</div>
	);
}
