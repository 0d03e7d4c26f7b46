import { computed, type Signal, useSignal, useSignalEffect } from '@preact/signals';
import type { DetailView, PerformAnswer } from '../../protocol/views';
import { host, state } from '../connection';
import { asked, reasonOf } from '../create/asking';
import { Icon } from '../icon';
import { l10n } from '../words';
import { pickSource } from './pickSource';

const revision = computed(() => state.value?.gallery.revision);

/** The picture that is changed. Mounted anew for another one. */
export function Source({ id }: { readonly id: string }) {
	const detail = useSignal<DetailView | undefined>(undefined);
	const failure = useSignal<string | undefined>(undefined);
	const problem = useSignal<string | undefined>(undefined);
	const answer = useSignal<PerformAnswer | undefined>(undefined);
	useSignalEffect(() => {
		// It may have been renamed or deleted.
		void revision.value;
		const controller = new AbortController();
		void look(id, { detail, failure }, controller.signal);
		return () => controller.abort();
	});
	const perform = async (action: 'vary' | 'expand') =>
		(answer.value = await asked(host.call('perform', { action, ids: [id] }), problem));
	const told = problem.value ?? answer.value?.said;
	return (
		<section class="source" aria-label={l10n.t('Picture')}>
			<Shown detail={detail.value} failure={failure.value} />
			<div class="buttons">
				<Action title={l10n.t('Create Variations…')} icon="versions" act={() => void perform('vary')} />
				<Action title={l10n.t('Expand…')} icon="screen-full" act={() => void perform('expand')} />
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

interface Looked {
	readonly detail: Signal<DetailView | undefined>;
	readonly failure: Signal<string | undefined>;
}

async function look(id: string, { detail, failure }: Looked, signal: AbortSignal): Promise<void> {
	try {
		detail.value = await host.call('look', { id }, signal);
		failure.value = undefined;
	} catch (fault) {
		if (!signal.aborted) failure.value = reasonOf(fault);
	}
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

function Shown({ detail, failure }: { readonly detail: DetailView | undefined; readonly failure: string | undefined }) {
	const problem = failure ?? detail?.problem;
	if (!detail && problem === undefined)
		return (
			<p class="faint" role="status">
				{l10n.t('Loading…')}
			</p>
		);
	return (
		<figure>
			{problem === undefined ? (
				detail?.picture && <img src={detail.picture.uri} alt={detail.prompt || detail.card.name} />
			) : (
				<div class="banner error" role="alert">
					<Icon name="error" />
					<p class="foreign">{problem}</p>
				</div>
			)}
			{detail && (
				<figcaption>
					<strong class="foreign">{detail.card.name}</strong> <span class="faint foreign">{detail.path}</span>
				</figcaption>
			)}
		</figure>
	);
}
