import { useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { l10n } from '../words';
import { wantCards } from './cards';
import { gridKey } from './gridKeys';
import { beginning, ids, inOrder, placeOf } from './pictures';
import { drag } from './drag';
import { firstPlace, firstRow, follow, height, inSight, layout, reveal, stay, toBeginning } from './scroller';
import { active, selected } from './selection';
import { chooseByPointer, focusWanted, open } from './choosing';
import { Tile } from './tile';

/** Cards are fetched for so many pictures on either side of what is in sight. */
const margin = 60;
/** Of those that are selected so many are known, wherever they are: for they may be dragged. */
const mostSelected = 1000;

let begun = beginning.peek();

/** The pictures, of which only those in sight have elements; and the one with the focus, wherever it is. */
export function Grid() {
	const scroller = useRef<HTMLDivElement>(null);
	void focusWanted.value;
	const { columns, row, tile } = layout.value;
	useScrolling(scroller);
	useFocus(scroller);
	useSignalEffect(() => {
		const first = firstPlace.value;
		const near = ids.value.slice(Math.max(0, first - margin), first + inSight.value.length + margin);
		const chosen = inOrder(selected.value).slice(0, mostSelected);
		if (inSight.value.length > 0) wantCards([...new Set([...near, ...chosen])]);
	});
	const count = ids.value.length;
	const tiles = inSight.value.map((id, index) => ({ id, index: firstPlace.value + index, top: undefined }));
	return (
		<div class="scroller" ref={scroller}>
			<div
				role="listbox"
				class="tiles"
				aria-label={l10n.t('Pictures')}
				aria-multiselectable
				style={{
					height: `${height.value}px`,
					paddingTop: `${firstRow.value * row}px`,
					gridTemplateColumns: `repeat(${columns}, 1fr)`,
					gridAutoRows: `${tile}px`,
				}}
				onClick={chooseByPointer}
				onDblClick={open}
				onKeyDown={gridKey}
				onDragStart={drag}
			>
				{withActive(tiles).map(({ id, index, top }) => (
					<Tile key={id} id={id} index={index} count={count} {...(top !== undefined && { top })} />
				))}
			</div>
		</div>
	);
}

type Place = { readonly id: string; readonly index: number; readonly top: string | undefined };

/** Adds the active picture where it is out of sight: an element that is taken away loses the focus. */
function withActive(tiles: readonly Place[]): readonly Place[] {
	const index = placeOf(active.value);
	const { columns, row } = layout.value;
	const id = ids.value[index];
	if (id === undefined || tiles.some((tile) => tile.id === id)) return tiles;
	const kept = { id, index, top: `${Math.floor(index / columns) * row}px` };
	return index < (tiles[0]?.index ?? 0) ? [kept, ...tiles] : [...tiles, kept];
}

type Scroller = { readonly current: HTMLElement | null };

function useScrolling(scroller: Scroller) {
	useLayoutEffect(() => (scroller.current ? follow(scroller.current) : undefined), []);
	useLayoutEffect(() => {
		if (!scroller.current) return;
		if (begun !== beginning.value) toBeginning(scroller.current);
		else stay(scroller.current);
		begun = beginning.value;
	}, [ids.value, layout.value]);
}

/** A tile takes the focus where that is wanted; and where the grid had the focus, it has it still. */
function useFocus(scroller: Scroller) {
	const had = useRef(false);
	useLayoutEffect(() => {
		const element = scroller.current;
		element?.addEventListener('focusin', () => (had.current = true));
		// An element that is taken away hands its focus to nobody.
		element?.addEventListener('focusout', ({ relatedTarget }) => (had.current &&= relatedTarget === null));
		const leave = ({ target }: PointerEvent) => {
			if (target instanceof Node && !element?.contains(target)) had.current = false;
		};
		document.addEventListener('pointerdown', leave);
		return () => document.removeEventListener('pointerdown', leave);
	}, []);
	useLayoutEffect(() => {
		const element = scroller.current;
		if (!element || inSight.value.length === 0) return;
		const wanted = focusWanted.value;
		const place = placeOf(wanted);
		const lost = had.current && document.activeElement === document.body ? active.value : undefined;
		const id = place < 0 ? lost : wanted;
		if (place >= 0) reveal(element, place);
		const tile = id === undefined ? undefined : element.querySelector<HTMLElement>(tileOf(id));
		tile?.focus({ preventScroll: true });
		// What the grid does not have is not waited for; what has only just come into sight has no tile yet.
		if (tile || place < 0) focusWanted.value = undefined;
	});
}

const tileOf = (id: string) => `.tile[data-id="${CSS.escape(id)}"]`;
