import { useSignal } from '@preact/signals';
import type { Look } from '../gallery/useLook';
import { Icon } from '../icon';
import { l10n } from '../words';
import { pickSource } from './pickSource';

interface Props {
	readonly id: string;
	readonly look: Look;
}

/** Which picture is changed, and what is the matter with it. */
export function Source({ look: { seen, failure } }: Props) {
	const problem = useSignal<string | undefined>(undefined);
	const fault = failure ?? seen?.problem;
	return (
		<div class="source">
			{!seen && fault === undefined && (
				<p class="faint" role="status">
					{l10n.t('Loading…')}
				</p>
			)}
			{fault !== undefined && <Problem text={fault} />}
			{seen && (
				<p class="sourceName">
					<strong class="foreign">{seen.card.name}</strong> <span class="faint foreign">{seen.path}</span>
				</p>
			)}
			<button type="button" class="button" onClick={() => void pickSource(problem)}>
				{l10n.t('Another Picture…')}
			</button>
			{problem.value !== undefined && <Problem text={problem.value} />}
		</div>
	);
}

function Problem({ text }: { readonly text: string }) {
	return (
		<div class="banner error" role="alert">
			<Icon name="error" />
			<p class="foreign">{text}</p>
		</div>
	);
}
