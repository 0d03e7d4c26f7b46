import { useMemo } from 'preact/hooks';
import { differingFacts, differingWords, type Piece } from '../../gallery/differences';
import type { DetailView } from '../../protocol/views';
import { l10n } from '../words';

/** In what the recipes of two pictures differ. */
export function Differences({ left, right }: { readonly left: DetailView; readonly right: DetailView }) {
	const facts = useMemo(() => differingFacts(left.facts, right.facts), [left.facts, right.facts]);
	return (
		<div class="differences">
			<section aria-labelledby="words-title">
				<h3 id="words-title">{l10n.t('Prompts')}</h3>
				<Words left={left.prompt} right={right.prompt} />
			</section>
			<section aria-labelledby="pairs-title">
				<h3 id="pairs-title">{l10n.t('Facts')}</h3>
				{facts.length === 0 ? (
					<p class="faint">{l10n.t('They are the same.')}</p>
				) : (
					<table>
						<thead>
							<tr>
								<th scope="col">
									<span class="unseen">{l10n.t('Fact')}</span>
								</th>
								<th scope="col">{left.card.name}</th>
								<th scope="col">{right.card.name}</th>
							</tr>
						</thead>
						<tbody>
							{facts.map(({ label, left, right }) => (
								<tr key={label}>
									<th scope="row">{label}</th>
									<Value text={left} />
									<Value text={right} />
								</tr>
							))}
						</tbody>
					</table>
				)}
			</section>
		</div>
	);
}

function Value({ text }: { readonly text: string | undefined }) {
	return text === undefined ? (
		<td class="faint">{l10n.t('not known')}</td>
	) : (
		<td class="foreign" dir="auto">
			{text}
		</td>
	);
}

/** One text with the marks of both. */
function Words({ left, right }: { readonly left: string; readonly right: string }) {
	const pieces = useMemo(() => differingWords(left, right), [left, right]);
	if (left === right)
		return <p class="faint">{left === '' ? l10n.t('No prompt is known.') : l10n.t('They are the same.')}</p>;
	return (
		<p
			class="prompt foreign"
			dir="auto"
			tabIndex={0}
			role="region"
			aria-label={l10n.t('Prompts, with their differences')}
		>
			{pieces.map((piece, index) => (
				<Marked key={index} piece={piece} />
			))}
		</p>
	);
}

function Marked({ piece: { kind, text, isSpace } }: { readonly piece: Piece }) {
	if (kind === 'kept' || isSpace) return <>{text}</>;
	return kind === 'removed' ? <del>{text}</del> : <ins>{text}</ins>;
}
