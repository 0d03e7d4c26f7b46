import { l10n } from '../words';
import { known } from './cards';
import { placeOf } from './pictures';
import { active, selected } from './selection';
import { Thumb } from './thumb';

/** Characters of a prompt that are read out for a tile. */
const mostSaid = 200;

interface TileProps {
	readonly id: string;
	readonly index: number;
	readonly count: number;
	/** From the top, where it is out of sight and only kept because it has the focus. */
	readonly top?: string;
}

/** A picture of the grid: as few elements as can be, for there are many. */
export function Tile({ id, index, count, top }: TileProps) {
	const card = known(id).value?.card;
	const isSelected = selected.value.has(id);
	// Where there is no active picture yet, the first one can be tabbed to.
	const isActive = id === active.value || (index === 0 && placeOf(active.value) < 0);
	return (
		<div
			role="option"
			class="tile"
			data-id={id}
			data-favourite={card?.isFavourite ?? false}
			data-missing={card?.isMissing ?? false}
			aria-selected={isSelected}
			aria-setsize={count}
			aria-posinset={index + 1}
			aria-label={labelOf(card)}
			{...(card && { title: card.name })}
			tabIndex={isActive ? 0 : -1}
			draggable={card !== undefined}
			{...(top !== undefined && { style: { position: 'absolute', top } })}
		>
			<Thumb id={id} />
		</div>
	);
}

function labelOf(
	card: { readonly prompt: string; readonly name: string; isFavourite: boolean; isMissing: boolean } | undefined,
) {
	if (!card) return l10n.t('Loading…');
	const words = [card.prompt.slice(0, mostSaid) || card.name];
	if (card.isFavourite) words.push(l10n.t('favourite'));
	if (card.isMissing) words.push(l10n.t('its file is gone'));
	return words.join(', ');
}
