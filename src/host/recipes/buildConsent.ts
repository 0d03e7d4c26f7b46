import { findProvider } from '../../catalogue/providers';
import { isImageError } from '../../domain/imageError';
import { parseModelName } from '../../domain/modelName';
import { sumOfUsd } from '../../spending/money';
import { askPerson, confirmSpending, type Consent, type Spending } from '../consent';
import { addressOf } from '../endpoints';
import type { Quote } from '../imageMaker';
import { settingsFor } from '../settings';
import type { Wish } from '../wish';
import type { PictureJob } from './pictureJob';

/** What counts of a job. */
interface Priced extends Pick<PictureJob, 'inTheWay'> {
	readonly wish?: Pick<Wish, 'n'>;
	readonly quote?: Pick<Quote, 'model' | 'usd'>;
}

/** USD: a price that is higher by no more than this is the one that was confirmed. */
const rounding = 0.005;

/**
 * What a person says to jobs, asked once for all of them where together they are above the limit. `undefined`: they are not wanted.
 * A price that shows itself only later, or turns out higher, is asked about then.
 */
export async function consentTo(priced: readonly Priced[]): Promise<Consent | undefined> {
	const { 'budget.confirmAbove': limit } = settingsFor();
	const wanted = priced.filter(({ inTheWay }) => !inTheWay);
	const spendings = wanted.flatMap((job) => spendingOf(job) ?? []);
	if (limit === null || sumOfUsd(spendings.map(({ usd }) => usd)) <= limit) return askPerson;
	const unknown = wanted.reduce(
		(sum, { wish, quote }) => sum + (quote && quote.usd === undefined ? (wish?.n ?? 0) : 0),
		0,
	);
	return (await confirmSpending(spendings, unknown)) ? upTo(spendings) : undefined;
}

/** Each that was confirmed is good for one job of its model and number, at its price: never is more given than was confirmed. */
function upTo(confirmed: readonly Spending[]): Consent {
	const left = confirmed.toSorted((a, b) => a.usd - b.usd);
	return async (spending) => {
		const { model, n, usd } = spending;
		const index = left.findIndex((each) => each.model === model && each.n === n && usd <= each.usd + rounding);
		if (index < 0) return askPerson(spending);
		left.splice(index, 1);
		return 'given';
	};
}

/** `undefined`: it costs nothing, or nobody knows what. */
function spendingOf({ wish, quote }: Priced): Spending | undefined {
	if (!wish || !quote?.usd) return undefined;
	const { model, usd } = quote;
	return { model, n: wish.n, usd, host: hostOf(model), files: [] };
}

/** Who is asked for a model's pictures; empty where nobody is, or it cannot be told. */
function hostOf(model: string): string {
	const provider = findProvider(parseModelName(model)?.provider ?? '');
	const address = provider?.baseUrl === undefined ? undefined : addressOf(provider);
	return address === undefined || isImageError(address) ? '' : address.host;
}
