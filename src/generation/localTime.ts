/** In the person's own time zone: `2026-11-21` and `14-05-09`. */
export function dateAndTime(now: Date): { date: string; time: string } {
	const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
	return { date: local.slice(0, 10), time: local.slice(11, 19).replaceAll(':', '-') };
}

/** When this day and this month began in the person's own time zone, as instants in ISO 8601, UTC. */
export function sinceOf(now: Date): { readonly today: string; readonly month: string } {
	const [year, month] = [now.getFullYear(), now.getMonth()];
	return {
		today: new Date(year, month, now.getDate()).toISOString(),
		month: new Date(year, month, 1).toISOString(),
	};
}
