import type { Plan } from '../catalogue/check';
import { formatUsd, listedPriceOf } from '../catalogue/price';
import { secretsIn } from '../documents/secrets';
import { secretRefusal, wordsOf } from '../documents/sentWords';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { sentPrompt } from '../domain/imageRequest';
import { say } from '../domain/message';
import { microsOf } from '../spending/money';

/** What may be spent on one order without being asked, where nobody says otherwise: USD, as in the editor. */
export const usualLimit = 0.25;

/** What an order costs, if it may be sent: USD, `undefined`: nobody knows. */
export interface Permit {
	readonly usd: number | undefined;
}

/**
 * Whether an order may be sent. `most`: USD; infinite: whatever it costs, even if nobody knows. `ask`: the provider's own price, see
 * `PriceQuestions`: it is asked where the price list is silent, or would stop the order.
 */
export async function permitFor(
	plan: Plan,
	most: number,
	ask: () => Promise<number | ImageError | undefined>,
): Promise<Permit | ImageError> {
	const { request } = plan;
	const secrets = secretsIn(wordsOf({ prompt: sentPrompt(request), options: request.options }));
	if (secrets.length > 0) return secretRefusal(secrets.join(', '));
	const listed = listedPriceOf(plan);
	const isEnough = most === Infinity || (listed !== undefined && isWithin(listed, most));
	const usd = isEnough ? listed : ((await ask()) ?? listed);
	if (isImageError(usd)) return usd;
	if (usd === undefined) return most === Infinity ? { usd } : unsent('over-budget', unknown(request.model));
	return isWithin(usd, most) ? { usd } : unsent('over-budget', tooDear(usd, most));
}

/** Both in USD. */
function isWithin(usd: number, most: number): boolean {
	return microsOf(usd) <= microsOf(Math.min(most, 1e9));
}

function unknown(model: string) {
	return say('Nobody knows what {0} costs, so nothing was sent. --max-cost any allows it.', model);
}

function tooDear(usd: number, most: number) {
	return say(
		'This costs about {0}, and --max-cost allows {1}. Raise it to allow this.',
		formatUsd(usd),
		formatUsd(most),
	);
}
