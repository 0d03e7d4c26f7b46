import { randomUUID } from 'node:crypto';
import { workspace } from 'vscode';
import { nameOf } from '../catalogue/catalogue';
import { pricePerPicture } from '../catalogue/price';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { providerOf } from '../generation/dialects';
import { quoteOf } from '../generation/quote';
import type { Send } from '../generation/run';
import { callOf } from '../generation/runJob';
import type { Task } from '../providers/provider';
import { declined, silently, type Spending } from './consent';
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
	task: Task = { operation: 'generate' },
	{ consent, controller: { signal } }: Pick<JobWatch, 'consent' | 'controller'>,
	send: Send,
): Promise<number | ImageError | undefined> {
	const { n } = plan.request;
	const listed = times(pricePerPicture(plan, plan.size, plan.options), n);
	const mayAsk = task.operation === 'generate' && !takers.has(plan.offer.provider);
	if (!mayAsk || !matters(listed, consent !== silently)) return listed;
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
	if (usd !== undefined) return isAsked && most !== null && usd > most;
	return daily !== null || monthly !== null || (isAsked && most !== null);
}

function times(usd: number | undefined, n: number): number | undefined {
	return usd === undefined ? undefined : usd * n;
}

/** Why a job is not run that is dearer than the person's limit. `undefined`: it may be. */
export async function dissentOf(
	prepared: Prepared,
	usd: number | undefined,
	{ consent }: JobWatch,
): Promise<ImageError | undefined> {
	const { 'budget.confirmAbove': most } = settingsFor();
	if (usd === undefined || most === null || usd <= most) return undefined;
	switch (await consent(spendingOf(prepared, usd))) {
		case 'given':
			return undefined;
		case 'declined':
			return unsent('cancelled', declined);
		case 'refused':
			return unsent('over-budget', tooDear);
	}
}

const tooDear = say('It costs more than limn.budget.confirmAbove allows without asking.');

function spendingOf({ plan, endpoint, wish }: Prepared, usd: number): Spending {
	const { change } = wish;
	const { mask, markup, references = [] } = change?.operation === 'edit' ? change : {};
	const files = [change?.image, mask && 'scheme' in mask ? mask : undefined, markup, ...references];
	return {
		model: nameOf(plan.offer),
		n: plan.request.n,
		usd,
		host: endpoint?.base.host ?? '',
		files: files.flatMap((file) => (file ? workspace.asRelativePath(file) : [])),
	};
}
