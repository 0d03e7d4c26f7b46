import { l10n } from '../words';
import { ActionButton } from './actionButton';
import { favour, perform } from './actions';
import { known } from './cards';
import { compare, openPicture } from './choosing';
import { ids, inOrder } from './pictures';
import { selectAll, selected, selectNone } from './selection';

/** What can be done with all that is selected. */
export function SelectionBar() {
	const { size } = selected.value;
	if (size === 0) return null;
	const chosen = inOrder(selected.value);
	// Of those that are not known here, the host knows more.
	const cards = chosen.flatMap((id) => known(id).value?.card ?? []);
	const areFavourites = cards.length > 0 && cards.every(({ isFavourite }) => isFavourite);
	const areMissing = cards.length === size && cards.every(({ isMissing }) => isMissing);
	const [first, second] = chosen;
	return (
		<div class="selection" role="group" aria-label={l10n.t('Selected pictures')}>
			<span class="count">{size === 1 ? l10n.t('1 selected') : l10n.t('{0} selected', size.toLocaleString())}</span>
			{size === 1 && first !== undefined && (
				<ActionButton icon="eye" text={l10n.t('Show')} onPress={() => openPicture(first)} />
			)}
			<ActionButton icon="insert" text={l10n.t('Insert')} onPress={() => void perform('insert', chosen)} />
			<ActionButton
				icon={areFavourites ? 'star-full' : 'star-empty'}
				text={l10n.t('Favourite')}
				isPressed={areFavourites}
				onPress={() => void favour(chosen, !areFavourites)}
			/>
			{size === 2 && first !== undefined && second !== undefined && (
				<ActionButton icon="git-compare" text={l10n.t('Compare')} onPress={() => compare(first, second)} />
			)}
			{areMissing ? (
				<ActionButton icon="clear-all" text={l10n.t('Forget')} onPress={() => void perform('forget', chosen)} />
			) : (
				<ActionButton icon="trash" text={l10n.t('Delete')} onPress={() => void perform('delete', chosen)} />
			)}
			{size < ids.value.length && (
				<ActionButton icon="check-all" text={l10n.t('Select All')} isBare onPress={() => selectAll(ids.peek())} />
			)}
			<ActionButton icon="close" text={l10n.t('Clear Selection')} isBare onPress={selectNone} />
		</div>
	);
}
