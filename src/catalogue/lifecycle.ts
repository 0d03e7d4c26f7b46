import type { Day, Offered } from './model';

/** What check cannot know by itself: a pure room has no clock and reads no settings. */
export interface Terms {
	readonly today: Day;
	/** `provider/model` names that are sent although they are retired (`limn.models.allowRetired`). */
	readonly allowRetired: readonly string[];
}

/** The first day on which it no longer answers; the vendor's own day goes before the model's. */
export function retirementOf({ offer, model }: Offered): Day | undefined {
	return offer.retired === undefined ? model.retired : (offer.retired ?? undefined);
}

/** Whether it no longer answers on this day. */
export function isRetired(offered: Offered, today: Day): boolean {
	const day = retirementOf(offered);
	return day !== undefined && today >= day;
}

/** Whether it answers on this day, or the person says that it does all the same. */
export function isServed(offered: Offered, { today, allowRetired }: Terms): boolean {
	const { provider, name } = offered.offer;
	return !isRetired(offered, today) || allowRetired.some((allowed) => allowed.trim() === `${provider}/${name}`);
}

/** Whether a text has the form of a day. */
export function isDay(text: string): boolean {
	return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);
}

/** From one day to another; negative where the second is the earlier one, `NaN` where one is no day. */
export function daysBetween(from: Day, to: Day): number {
	return dayNumber(to) - dayNumber(from);
}

/** Counts the days since 1 March of the year 0 (Gregorian, before 1582 too): a year that begins in March has its leap day last. */
function dayNumber(day: Day): number {
	const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = isDay(day) ? day.split('-').map(Number) : [];
	const marchYear = month > 2 ? year : year - 1;
	const marchMonth = (month + 9) % 12;
	const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
	// 153 days are five months from March on: 31 30 31 30 31, and again.
	return marchYear * 365 + leapDays + Math.floor((153 * marchMonth + 2) / 5) + date - 1;
}
