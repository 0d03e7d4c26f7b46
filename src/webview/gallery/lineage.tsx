import type { CardView, DetailView } from '../../protocol/views';
import { picture } from '../kept';
import { l10n } from '../words';
import { Thumb } from './thumb';

/** Children that are shown: a picture may have hundreds. */
const most = 24;

/** What a picture was made from, and what was made from it, to walk to. */
export function Lineage({ seen: { parent, children } }: { readonly seen: DetailView }) {
	if (!parent && children.length === 0) return null;
	const rest = children.length - most;
	return (
		<section aria-labelledby="lineage-title">
			<h3 id="lineage-title">{l10n.t('Lineage')}</h3>
			{parent && <Relatives title={l10n.t('Made from')} cards={[parent]} />}
			{children.length > 0 && <Relatives title={l10n.t('Made from this')} cards={children.slice(0, most)} />}
			{rest > 0 && <p class="faint">{l10n.t('and {0} more', rest)}</p>}
		</section>
	);
}

function Relatives({ title, cards }: { readonly title: string; readonly cards: readonly CardView[] }) {
	return (
		<>
			<h4>{title}</h4>
			<ul class="relatives">
				{cards.map(({ id, name, prompt }) => (
					<li key={id}>
						<button
							type="button"
							title={name}
							aria-label={prompt.slice(0, 200) || name}
							onClick={() => (picture.value = id)}
						>
							<Thumb id={id} />
						</button>
					</li>
				))}
			</ul>
		</>
	);
}
