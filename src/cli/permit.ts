import { randomUUID } from 'node:crypto';
import type { Plan } from '../catalogue/check';
import { formatUsd, pricePerPicture } from '../catalogue/price';
import { secretsIn } from '../documents/secrets';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { sentPrompt } from '../domain/imageRequest';
import { say } from '../domain/message';
import { providerOf } from '../generation/dialects';
import { quoteOf } from '../generation/quote';
import type { Send } from '../generation/run';
import { callOf } from '../generation/runJob';
import type { Task } from '../providers/provider';
import { microsOf } from '../spending/money';

/** What may be spent on one order without being asked, where nobody says otherwise: USD, as in the editor. */
export const usualLimit = 0.25;

/** What an order costs, if it may be sent: USD, `undefined`: nobody knows. */
export interface Permit {
	readonly usd: number | undefined;
}

/**
 * Whether an order may be sent. `most`: USD; infinite: whatever it costs, even if nobody knows. An error whose `charged` is not `no`: the
 * provider took the question for an order.
 */
export async function permitFor(
	plan: Plan,
	task: Task | undefined,
	most: number,
	send: Send,
	signal: AbortSignal,
): Promise<Permit | ImageError> {
	const { request } = plan;
	const options = Object.entries(request.options).map(([name, value]) => `${name}=${String(value)}`);
	const secrets = secretsIn([sentPrompt(request), ...options].join('\n'));
	if (secrets.length > 0) return unsent('bad-input', holding(secrets.join(', ')));
	const usd = await priceOf(plan, task, most, send, signal);
	if (isImageError(usd)) return usd;
	if (usd === undefined) return most === Infinity ? { usd } : unsent('over-budget', unknown(request.model));
	return microsOf(usd) > microsOf(Math.min(most, 1e9)) ? unsent('over-budget', tooDear(usd, most)) : { usd };
}

/** The provider is asked where the price list is silent, or would stop the order; but no picture leaves the machine for a question. */
async function priceOf(plan: Plan, task: Task | undefined, most: number, send: Send, signal: AbortSignal) {
	const each = pricePerPicture(plan, plan.size, plan.options);
	const listed = each === undefined ? undefined : each * plan.request.n;
	if (task || most === Infinity || (listed !== undefined && listed <= most)) return listed;
	const [first = 1] = plan.calls;
	const id = randomUUID();
	const call = callOf(plan, { id, n: first, before: 0 }, { operation: 'generate' }, false);
	const quoted = await quoteOf(providerOf(plan.offer), call, send, id, signal).catch((fault: unknown) => {
		if (signal.aborted) return unsent('cancelled');
		throw fault;
	});
	return typeof quoted === 'number' ? (quoted / first) * plan.request.n : (quoted ?? listed);
}

function holding(kinds: string) {
	return say('The prompt seems to hold a secret ({0}), so nothing was sent. Take it out.', kinds);
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
