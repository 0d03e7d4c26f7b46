import type { Days, GalleryQuery } from '../../gallery/query';

/** The days of a query on this machine's clock. */
export function daysOf({ from, to }: Pick<GalleryQuery, 'from' | 'to'>): Days {
	return {
		...(from !== undefined && { since: midnight(from, 0) }),
		...(to !== undefined && { before: midnight(to, 1) }),
	};
}

/** The beginning of a day, `YYYY-MM-DD`, or of one some days later, in ms since the epoch. */
function midnight(day: string, later: number): number {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	return new Date(year, month - 1, date + later).getTime();
}
