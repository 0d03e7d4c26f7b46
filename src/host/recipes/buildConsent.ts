import { findProvider, type ProviderFacts } from '../../catalogue/providers';
import { secretsIn } from '../../documents/secrets';
import { isImageError } from '../../domain/imageError';
import { parseModelName } from '../../domain/modelName';
import { sumOfUsd } from '../../spending/money';
import type { Agreements } from '../agreements';
import { type Ask, askPerson, confirmSending, type Sending } from '../consent';
import { addressOf } from '../endpoints';
import type { Quote } from '../imageMaker';
import { rounding } from '../permit';
import { settingsFor } from '../settings';
import type { Wish } from '../wish';
import type { PictureJob } from './pictureJob';

/** What counts of a job. */
interface Priced extends Pick<PictureJob, 'inTheWay' | 'prompt'> {
	readonly wish?: Pick<Wish, 'n'>;
	readonly quote?: Pick<Quote, 'model' | 'usd'>;
}

type Asked = Pick<Agreements, 'coversProvider' | 'addProvider'>;

/**
 * What a person says to jobs, asked once for all of them where it is the first time for one of their providers, a prompt seems to hold a
 * secret, or together they are above the limit. `undefined`: they are not wanted. What shows itself only later is asked about then.
 */
export async function consentTo(priced: readonly Priced[], agreements: Asked): Promise<Ask | undefined> {
	const wanted = priced.filter(({ inTheWay }) => !inTheWay);
	const sendings = wanted.flatMap((job) => sendingOf(job) ?? []);
	const providers = distinct(sendings.flatMap(({ model }) => remoteProviderOf(model) ?? []));
	const { 'budget.confirmAbove': limit } = settingsFor();
	const why = {
		isFirst: (await Promise.all(providers.map(async (each) => agreements.coversProvider(each)))).includes(false),
		isDear: limit !== null && sumOfUsd(sendings.map(({ usd }) => usd ?? 0)) > limit,
		secrets: secretsIn(sendings.map(({ prompt }) => prompt).join('\n')),
	};
	if (!why.isFirst && !why.isDear && why.secrets.length === 0) return askPerson;
	if (!(await confirmSending(sendings, why))) return undefined;
	for (const provider of providers) await agreements.addProvider(provider);
	return upTo(sendings);
}

/** Each that was confirmed is good for one job of its model, number and words, at its price: never is more given than was confirmed. */
function upTo(confirmed: readonly Sending[]): Ask {
	const left = confirmed.toSorted((a, b) => (a.usd ?? 0) - (b.usd ?? 0));
	return async (sending, why) => {
		const { model, n, prompt, usd } = sending;
		const isThis = (each: Sending) =>
			each.model === model &&
			each.n === n &&
			(why.secrets.length === 0 || each.prompt === prompt) &&
			(!why.isDear || (usd ?? Infinity) <= (each.usd ?? 0) + rounding);
		const index = left.findIndex(isThis);
		if (index < 0) return askPerson(sending, why);
		left.splice(index, 1);
		return true;
	};
}

/** `undefined`: nothing is sent for it. */
function sendingOf({ wish, quote, prompt }: Priced): Sending | undefined {
	const host = quote && hostOf(quote.model);
	if (!wish || !quote || host === undefined) return undefined;
	return { model: quote.model, n: wish.n, usd: quote.usd, host, prompt, files: [] };
}

/** Who is asked for a model's pictures; `undefined` where nobody is. */
function hostOf(model: string): string | undefined {
	const provider = remoteProviderOf(model);
	const address = provider && addressOf(provider);
	return address === undefined || isImageError(address) ? undefined : address.host;
}

function remoteProviderOf(model: string): ProviderFacts | undefined {
	const provider = findProvider(parseModelName(model)?.provider ?? '');
	return provider?.baseUrl === undefined ? undefined : provider;
}

function distinct<T>(values: readonly T[]): T[] {
	return [...new Set(values)];
}
