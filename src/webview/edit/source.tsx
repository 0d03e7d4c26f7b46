import { useSignal } from '@preact/signals';
import type { DetailView, PerformAnswer } from '../../protocol/views';
import { asked } from '../asking';
import { host, state } from '../connection';
import { useLook } from '../gallery/useLook';
import { Icon } from '../icon';
import { l10n } from '../words';
import { pickSource } from './pickSource';

/** The picture that is changed. Mounted anew for another one. */
export function Source({ id }: { readonly id: string }) {
	const { seen, failure } = useLook(id);
	const problem = useSignal<string | undefined>(undefined);
	const answer = useSignal<PerformAnswer | undefined>(undefined);
	const perform = async (action: 'vary' | 'expand') =>
		(answer.value = await asked(host.call('perform', { action, ids: [id] }), problem));
	const told = problem.value ?? answer.value?.said;
	return (
		<section class="source" aria-label={l10n.t('Picture')}>
			<Shown detail={seen} failure={failure} />
			<div class="buttons">
				<Action title={l10n.t('Create Variations…')} icon="versions" act={() => void perform('vary')} />
				<Action title={l10n.t('Expand…')} icon="move" act={() => void perform('expand')} />
				<button type="button" class="button" onClick={() => void pickSource(problem)}>
					{l10n.t('Another Picture…')}
				</button>
			</div>
			<p class={problem.value !== undefined || answer.value?.isProblem ? 'mistake' : 'faint'} role="status">
				{told !== undefined && <span class="foreign">{told}</span>}
			</p>
		</section>
	);
}

interface ActionProps {
	readonly title: string;
	readonly icon: string;
	readonly act: () => void;
}

function Action({ title, icon, act }: ActionProps) {
	return (
		<button type="button" class="button" disabled={!state.value?.isTrusted} onClick={act}>
			<Icon name={icon} />
			{title}
		</button>
	);
}

interface ShownProps {
	readonly detail: DetailView | undefined;
	readonly failure: string | undefined;
}

function Shown({ detail, failure }: ShownProps) {
	const spoiled = useSignal<string | undefined>(undefined);
	const uri = detail?.picture?.uri;
	const isSpoiled = uri !== undefined && uri === spoiled.value;
	const problem = failure ?? detail?.problem ?? (isSpoiled ? l10n.t('The picture cannot be shown.') : undefined);
	if (!detail && problem === undefined)
		return (
			<p class="faint" role="status">
				{l10n.t('Loading…')}
			</p>
		);
	return (
		<figure>
			{problem !== undefined && <Problem text={problem} />}
			{detail && problem === undefined && uri !== undefined && (
				<img src={uri} alt={detail.prompt || detail.card.name} onError={() => (spoiled.value = uri)} />
			)}
			{detail && (
				<figcaption>
					<strong class="foreign">{detail.card.name}</strong> <span class="faint foreign">{detail.path}</span>
				</figcaption>
			)}
		</figure>
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
