import { useSignal } from '@preact/signals';
import type { DetailView } from '../../protocol/views';
import { l10n } from '../words';

/** Characters of a prompt that are shown at first. */
const shortPrompt = 2000;

/** The prompt and what else is known, as text to select. */
export function Facts({ seen }: { readonly seen: DetailView }) {
	return (
		<>
			<section aria-labelledby="prompt-title">
				<h3 id="prompt-title">{l10n.t('Prompt')}</h3>
				<Prompt key={seen.card.id} text={seen.prompt} />
			</section>
			<section aria-labelledby="facts-title">
				<h3 id="facts-title">{l10n.t('Facts')}</h3>
				<dl class="facts">
					<Fact label={l10n.t('File')} value={seen.path} />
					{seen.facts.map(({ name, label, value }) => (
						<Fact key={name} label={label} value={value} />
					))}
				</dl>
			</section>
		</>
	);
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
	return (
		<div>
			<dt>{label}</dt>
			<dd class="foreign" dir="auto">
				{value}
			</dd>
		</div>
	);
}

function Prompt({ text }: { readonly text: string }) {
	const isWhole = useSignal(false);
	if (text === '') return <p class="faint">{l10n.t('No prompt is known.')}</p>;
	const isLong = text.length > shortPrompt;
	return (
		<>
			<p
				class="prompt foreign"
				dir="auto"
				{...(isLong && { tabIndex: 0, role: 'region', 'aria-label': l10n.t('Whole prompt') })}
			>
				{isLong && !isWhole.value ? `${text.slice(0, shortPrompt)}…` : text}
			</p>
			{isLong && (
				<button
					type="button"
					class="button"
					aria-expanded={isWhole.value}
					onClick={() => (isWhole.value = !isWhole.value)}
				>
					{isWhole.value ? l10n.t('Show Less') : l10n.t('Show More ({0} characters)', text.length.toLocaleString())}
				</button>
			)}
		</>
	);
}
