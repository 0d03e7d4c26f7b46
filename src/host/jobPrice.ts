import { randomUUID } from 'node:crypto';
import type { Plan } from '../catalogue/check';
import { pricePerPicture } from '../catalogue/price';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { providerOf } from '../generation/dialects';
import { quoteOf } from '../generation/quote';
import type { Send } from '../generation/run';
import { callOf } from '../generation/runJob';
import type { Task } from '../providers/provider';
import type { JobWatch } from './imageMaker';
import type { Prepared } from './jobRunner';
import { settingsFor } from './settings';

/** Providers that took a question for an order: in this session they are asked no more. */
const takers = new Set<string>();

/**
 * USD for a whole job; `undefined`: nobody knows. The provider is asked where the price list is silent or would stop the job, if it matters
 * to anybody; but no picture leaves the machine for a question. An error whose `charged` is not `no`: the provider took the question for
 * an order of the first call, which may be paid.
 */
export async function priceOf(
	{ plan }: Pick<Prepared, 'plan'>,
	{ consent, controller: { signal } }: Pick<JobWatch, 'consent' | 'controller'>,
	send: Send,
	task: Task = { operation: 'generate' },
): Promise<number | ImageError | undefined> {
	const { n } = plan.request;
	const listed = listedPriceOf(plan);
	const mayAsk = task.operation === 'generate' && !takers.has(plan.offer.provider);
	if (!mayAsk || !matters(listed, typeof consent === 'function')) return listed;
	const [first = 1] = plan.calls;
	const id = randomUUID();
	const call = callOf(plan, { id, n: first, before: 0 }, task, false);
	const quoted = await quoteOf(providerOf(plan.offer), call, send, id, signal).catch((fault: unknown) => {
		if (signal.aborted) return unsent('cancelled');
		throw fault;
	});
	if (isImageError(quoted)) {
		if (quoted.charged !== 'no') takers.add(plan.offer.provider);
		return quoted;
	}
	return quoted === undefined ? listed : (quoted / first) * n;
}

/** Whether it makes a difference what a job costs. `isAsked`: somebody could be asked about it. */
function matters(usd: number | undefined, isAsked: boolean): boolean {
	const { 'budget.confirmAbove': most, 'budget.daily': daily, 'budget.monthly': monthly } = settingsFor();
	if (usd !== undefined) return isAsked && isDear(usd);
	return daily !== null || monthly !== null || (isAsked && most !== null);
}

/** Whether a person wants to be asked about so many USD. */
export function isDear(usd: number | undefined): boolean {
	const { 'budget.confirmAbove': most } = settingsFor();
	return usd !== undefined && most !== null && usd > most;
}

/** USD for a whole job, as the price list has it. */
export function listedPriceOf(plan: Plan): number | undefined {
	const each = pricePerPicture(plan, plan.size, plan.options);
	return each === undefined ? undefined : each * plan.request.n;
}
