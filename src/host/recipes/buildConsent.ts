import { findProvider } from '../../catalogue/providers';
import { isImageError } from '../../domain/imageError';
import { parseModelName } from '../../domain/modelName';
import { sumOfUsd } from '../../spending/money';
import { askPerson, confirmSpending, type Consent, given, type Spending } from '../consent';
import { addressOf } from '../endpoints';
import { settingsFor } from '../settings';
import type { PictureJob } from './pictureJob';

/**
 * What a person says to jobs, asked once for all of them where together they are above the limit. `undefined`: they are not wanted.
 * A price that shows itself only later is asked about then.
 */
export async function consentTo(priced: readonly PictureJob[]): Promise<Consent | undefined> {
	const { 'budget.confirmAbove': limit } = settingsFor();
	const spendings = priced.flatMap((job) => spendingOf(job) ?? []);
	if (limit === null || sumOfUsd(spendings.map(({ usd }) => usd)) <= limit) return askPerson;
	return (await confirmSpending(spendings)) ? given : undefined;
}

/** `undefined`: it costs nothing, or nobody knows what. */
function spendingOf({ wish, quote, inTheWay }: PictureJob): Spending | undefined {
	if (!wish || inTheWay || !quote?.usd) return undefined;
	const { model, usd } = quote;
	return { model, n: wish.n, usd, host: hostOf(model), files: [] };
}

/** Who is asked for a model's pictures; empty where nobody is, or it cannot be told. */
function hostOf(model: string): string {
	const provider = findProvider(parseModelName(model)?.provider ?? '');
	const address = provider?.baseUrl === undefined ? undefined : addressOf(provider);
	return address === undefined || isImageError(address) ? '' : address.host;
}
