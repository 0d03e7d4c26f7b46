import { Icon } from '../icon';
import { l10n } from '../words';
import { ActionButton } from './actionButton';

/** The host could not answer. */
export function FailureBanner({ text, onAgain }: { readonly text: string; readonly onAgain: () => void }) {
	return (
		<div class="banner error" role="alert">
			<Icon name="error" />
			<p>{text}</p>
			<ActionButton icon="refresh" text={l10n.t('Try Again')} onPress={onAgain} />
		</div>
	);
}

/** Something to know of the whole gallery. */
export function Note({ icon, text }: { readonly icon: 'warning' | 'info'; readonly text: string }) {
	return (
		<div class={icon === 'warning' ? 'banner warning' : 'banner'}>
			<Icon name={icon} />
			<p>{text}</p>
		</div>
	);
}
