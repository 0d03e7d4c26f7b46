import { listedPriceOf } from '../catalogue/price';
import type { ImageError } from '../domain/imageError';
import { PriceQuestions } from '../generation/priceQuestions';
import type { Send } from '../generation/run';
import type { Task } from '../providers/provider';
import type { JobWatch } from './imageMaker';
import type { Prepared } from './jobRunner';
import { settingFor } from './settings';

/** Of this session. */
const questions = new PriceQuestions();

/**
 * USD for a whole job; `undefined`: nobody knows. The provider is asked where the price list is silent or would stop the job, if it matters
 * to anybody. See {@link PriceQuestions} for errors.
 */
export async function priceOf(
	{ plan }: Pick<Prepared, 'plan'>,
	{ consent, controller: { signal } }: Pick<JobWatch, 'consent' | 'controller'>,
	send: Send,
	task: Task | undefined,
): Promise<number | ImageError | undefined> {
	const listed = listedPriceOf(plan);
	if (!matters(listed, typeof consent === 'function')) return listed;
	return (await questions.ask(plan, task, send, signal)) ?? listed;
}

/** Whether it makes a difference what a job costs. `isAsked`: somebody could be asked about it. */
function matters(usd: number | undefined, isAsked: boolean): boolean {
	const most = settingFor('budget.confirmAbove');
	const daily = settingFor('budget.daily');
	const monthly = settingFor('budget.monthly');
	if (usd !== undefined) return isAsked && isDear(usd);
	return daily !== null || monthly !== null || (isAsked && most !== null);
}

/** Whether a person wants to be asked about so many USD. */
export function isDear(usd: number | undefined): boolean {
	const most = settingFor('budget.confirmAbove');
	return usd !== undefined && most !== null && usd > most;
}
