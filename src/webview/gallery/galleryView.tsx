import { batch, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { state } from '../connection';
import { picture } from '../kept';
import { l10n } from '../words';
import { ActionButton } from './actionButton';
import { said } from './actions';
import { FailureBanner, Note } from './banners';
import { cardsFailure, known } from './cards';
import { compared, focusWanted, previewed, sought } from './choosing';
import { Comparison } from './comparison';
import { Detail } from './detail';
import { Empty } from './empty';
import { Filters } from './filters';
import { Grid } from './grid';
import { answer, browse, failure, ids, isAsking, tryAgain } from './pictures';
import { Preview } from './preview';
import { active } from './selection';
import { SelectionBar } from './selectionBar';

/** All pictures; one of them; or two that are compared. */
export function GalleryView() {
	useSignalEffect(browse);
	const [left, right] = compared.value ?? [];
	useEffect(() => void (said.value = undefined), [picture.value, compared.value]);
	return (
		<div class="gallery">
			{left !== undefined && right !== undefined ? (
				<Comparison key={`${left} ${right}`} left={left} right={right} />
			) : picture.value === undefined ? (
				<All />
			) : (
				<Detail id={picture.value} />
			)}
			<SaidLine />
		</div>
	);
}

function All() {
	const { gallery } = state.value ?? {};
	const isBusy = isAsking.value || (gallery?.isLoading ?? false);
	const wrong = failure.value ?? cardsFailure.value;
	return (
		<>
			<Filters />
			<div class="state">
				<p class="count" role="status">
					{countText()}
				</p>
				{isBusy && <div class="busy" role="progressbar" aria-label={l10n.t('Looking for pictures')} />}
			</div>
			{wrong !== undefined && <FailureBanner text={wrong} onAgain={tryAgain} />}
			{gallery?.problem !== undefined && <Note icon="warning" text={gallery.problem} />}
			{answer.value?.note !== undefined && <Note icon="info" text={answer.value.note} />}
			{sought.value !== undefined && <Seeking id={sought.value} />}
			{ids.value.length > 0 ? <Grid /> : answer.value && wrong === undefined && <Empty />}
			<SelectionBar />
			{previewed.value !== undefined && <Preview id={previewed.value} />}
		</>
	);
}

function countText(): string {
	if (!answer.value) return failure.value === undefined ? l10n.t('Loading…') : '';
	const count = ids.value.length;
	if (count === 0) return l10n.t('No pictures');
	return count === 1 ? l10n.t('1 picture') : l10n.t('{0} pictures', count.toLocaleString());
}

function Seeking({ id }: { readonly id: string }) {
	const name = known(id).value?.card.name ?? '';
	return (
		<div class="banner" role="status">
			<p class="foreign">{l10n.t('Choose the picture to compare with {0}.', name)}</p>
			<ActionButton icon="close" text={l10n.t('Cancel')} onPress={leaveSeeking} />
		</div>
	);
}

function leaveSeeking(): void {
	batch(() => {
		focusWanted.value = active.peek();
		sought.value = undefined;
	});
}

/** What became of the last action. It is there while it is empty: only so are its words read out. */
function SaidLine() {
	const now = said.value;
	return (
		<p class={now?.isProblem ? 'said problem' : 'said'} role="status">
			{now?.text}
		</p>
	);
}
