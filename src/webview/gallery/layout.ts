/** Where the tiles of the grid are. All lengths are in CSS pixels. */
export interface Layout {
	readonly columns: number;
	/** A side of a tile: they are square. */
	readonly tile: number;
	/** From one row to the next. */
	readonly row: number;
}

/** Between two tiles; `gallery.css` has the same. */
const gap = 6;

/** How many tiles are in sight at most, about: on a large screen they are larger, not more. */
const mostInSight = 70;

export function layoutOf(width: number, height: number): Layout {
	const usual = width < 480 ? 128 : 160;
	const least = Math.max(usual, Math.sqrt((width * height) / mostInSight));
	const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
	const tile = Math.max(1, (width - gap * (columns - 1)) / columns);
	return { columns, tile, row: tile + gap };
}

/** The height of so many pictures. */
export function heightOf({ columns, row }: Layout, count: number): number {
	return Math.max(0, Math.ceil(count / columns) * row - gap);
}

/** What is in sight, and a row more on either side: rows from `first` up to, not including, `end`. */
export function rowsInSight(
	layout: Layout,
	top: number,
	height: number,
): { readonly first: number; readonly end: number } {
	return {
		first: Math.max(0, Math.floor(top / layout.row) - 1),
		end: Math.max(0, Math.ceil((top + height) / layout.row) + 1),
	};
}

/** Where to scroll so that a picture is wholly in sight: as little as it takes. */
export function revealed(layout: Layout, index: number, top: number, height: number): number {
	const start = Math.floor(index / layout.columns) * layout.row;
	if (start < top) return start;
	return Math.max(top, start + layout.tile - height);
}

/** Where a key leads to, from a picture. `rows`: of a page. `undefined`: it leads nowhere. */
export function goal(
	key: string,
	from: number,
	{ columns, rows, count }: { readonly columns: number; readonly rows: number; readonly count: number },
): number | undefined {
	const page = Math.max(1, rows) * columns;
	const goals: Readonly<Record<string, number>> = {
		ArrowLeft: from - 1,
		ArrowRight: from + 1,
		ArrowUp: from - columns < 0 ? from : from - columns,
		ArrowDown: from + columns >= count ? lastBelow(from, columns, count) : from + columns,
		PageUp: from - page < 0 ? from % columns : from - page,
		PageDown: from + page,
		Home: 0,
		End: count - 1,
	};
	const index = Object.hasOwn(goals, key) ? goals[key] : undefined;
	return index === undefined || count === 0 ? undefined : Math.min(Math.max(index, 0), count - 1);
}

/** In the last but one row there may be nothing below: then it is the last picture. */
function lastBelow(from: number, columns: number, count: number): number {
	const isInLastRow = Math.floor(from / columns) === Math.floor((count - 1) / columns);
	return isInLastRow ? from : count - 1;
}
