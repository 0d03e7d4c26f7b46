import { findProvider, type ProviderFacts } from '../../catalogue/providers';
import { secretsIn } from '../../documents/secrets';
import { wordsOf } from '../../documents/sentWords';
import { sentPrompt } from '../../domain/imageRequest';
import { parseModelName } from '../../domain/modelName';
import type { Endpoint } from '../../network/encode';
import { sumOfUsd } from '../../spending/money';
import type { Agreements } from '../agreements';
import { type Ask, askPerson, confirmSending, hostOf, isReason, type Reasons, type Sending } from '../consent';
import type { Quote } from '../imageMaker';
import { isDear } from '../jobPrice';
import { rounding } from '../permit';
import type { Wish } from '../wish';
import type { PictureJob } from './pictureJob';

/** What counts of a job. */
interface Priced extends Pick<PictureJob, 'inTheWay'> {
	readonly wish?: Pick<Wish, 'n' | 'prompt' | 'addition' | 'options'>;
	readonly quote?: Pick<Quote, 'model' | 'usd'>;
}

type Asked = Pick<Agreements, 'endpointOf' | 'covers' | 'add' | 'inTurn'>;

/**
 * What a person says to jobs, asked once for all of them where it is the first time for one of their providers, their words seem to hold
 * a secret, or together they are above the limit. `undefined`: they are not wanted. What shows itself only later is asked about then.
 */
export async function consentTo(
	priced: readonly Priced[],
	agreements: Asked,
	signal: AbortSignal,
): Promise<Ask | undefined> {
	const wanted = priced.filter(({ inTheWay, wish }) => wish && !inTheWay);
	const providers = new Set(wanted.flatMap(({ quote }) => (quote && remoteProviderOf(quote.model)) ?? []));
	// Read once: what the person agrees to is what the dialog shows.
	const found = await Promise.all(Array.from(providers, async (provider) => agreements.endpointOf(provider)));
	const endpoints = found.flatMap((endpoint) => endpoint ?? []);
	const sendings = wanted.flatMap((job) => sendingOf(job, endpoints) ?? []);
	return agreements.inTurn(async () => {
		if (signal.aborted) return undefined;
		const why = {
			isFirst: endpoints.some((endpoint) => !agreements.covers(endpoint)),
			isDear: isDear(sumOfUsd(sendings.map(({ usd }) => usd ?? 0))),
			secrets: secretsIn(sendings.map(wordsOf).join('\n')),
		};
		if (!isReason(why)) return answering([], why);
		if (!(await confirmSending(sendings, why)) || signal.aborted) return undefined;
		for (const endpoint of endpoints) await agreements.add(endpoint);
		return answering(sendings, why);
	}, signal);
}

/**
 * Each job that was confirmed is good for one of its kind, at its price and for the reasons that were named. The prices of the others add
 * up: the person is asked where they come to more than the limit, and for every other reason.
 */
function answering(confirmed: readonly Sending[], named: Reasons): Ask {
	const left = confirmed.toSorted((a, b) => (a.usd ?? 0) - (b.usd ?? 0));
	let before = 0;
	return async (sending, why) => {
		const isNamed = why.secrets.every((kind) => named.secrets.includes(kind)) && (named.isFirst || !why.isFirst);
		const index = isNamed ? left.findIndex((each) => isGoodFor(each, sending)) : -1;
		if (index >= 0) {
			left.splice(index, 1);
			return true;
		}
		const sum = sumOfUsd([before, sending.usd ?? 0]);
		const asked = { ...why, before, isDear: why.isDear || isDear(sum) };
		const isGiven = await askPerson(sending, asked);
		if (isGiven) before = asked.isDear ? 0 : sum;
		return isGiven;
	};
}

function isGoodFor(confirmed: Sending, { host, model, n, prompt, usd = 0 }: Sending): boolean {
	return (
		confirmed.host === host &&
		confirmed.model === model &&
		confirmed.n === n &&
		confirmed.prompt === prompt &&
		usd <= (confirmed.usd ?? 0) + rounding
	);
}

/** `undefined`: nothing is sent for it. */
function sendingOf({ wish, quote }: Priced, endpoints: readonly Endpoint[]): Sending | undefined {
	const provider = quote && remoteProviderOf(quote.model);
	const endpoint = endpoints.find((each) => each.provider === provider?.id);
	if (!wish || !quote || !endpoint) return undefined;
	const { n, options } = wish;
	const host = hostOf(endpoint.base);
	return { model: quote.model, n, usd: quote.usd, host, prompt: sentPrompt(wish), options, files: [] };
}

function remoteProviderOf(model: string): ProviderFacts | undefined {
	const provider = findProvider(parseModelName(model)?.provider ?? '');
	return provider?.baseUrl === undefined ? undefined : provider;
}
