import { workspace } from 'vscode';
import { nameOf } from '../catalogue/catalogue';
import { listedPriceOf } from '../catalogue/price';
import { secretsIn } from '../documents/secrets';
import { secretRefusal, wordsOf } from '../documents/sentWords';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { sentPrompt } from '../domain/imageRequest';
import { say } from '../domain/message';
import type { Send } from '../generation/run';
import type { Endpoint } from '../network/encode';
import type { Task } from '../providers/provider';
import type { Agreements } from './agreements';
import { declined, hostOf, namesOf, type Reasons, type Sending } from './consent';
import { unlessAborted } from './gallery/unlessAborted';
import type { JobWatch } from './imageMaker';
import { isDear, priceOf } from './jobPrice';
import type { Prepared } from './jobRunner';

/** USD: a price that is higher by no more than this is the one that was confirmed. */
export const rounding = 0.005;

interface Ports {
	readonly send: Send;
	readonly agreements: Agreements;
}

/** What is asked, and who answers. */
interface Question {
	readonly prepared: Sendable;
	readonly watch: JobWatch;
	readonly agreements: Agreements;
	/** USD, by the price list. */
	readonly listed: number | undefined;
}

type Sendable = Prepared & { readonly endpoint: Endpoint };

/**
 * Whether a job may be sent, and what it costs: USD, `undefined`: nobody knows. Nothing is sent before that, not even the question for the
 * price where the person has not agreed to send anything there. See {@link priceOf} for errors.
 */
export async function permitFor(
	prepared: Sendable,
	task: Task | undefined,
	watch: JobWatch,
	{ send, agreements }: Ports,
): Promise<{ readonly usd: number | undefined } | ImageError> {
	const listed = listedPriceOf(prepared.plan);
	const question = { prepared, watch, agreements, listed };
	const answer = await inTurn(question, async () => mayBeSent(question));
	if (isImageError(answer)) return answer;
	const usd = await priceOf(prepared, watch, send, task);
	if (isImageError(usd)) return usd;
	const isConfirmed = answer === 'asked' && listed !== undefined && usd !== undefined && usd <= listed + rounding;
	if (isConfirmed || usd === undefined) return { usd };
	const why = { isFirst: false, isDear: isDear(usd), secrets: [] };
	return (await inTurn(question, async () => dissentOf(question, why, usd))) ?? { usd };
}

/** Who asks nobody waits for nobody. */
async function inTurn<T>({ watch, agreements }: Question, ask: () => Promise<T>): Promise<T | ImageError> {
	if (typeof watch.consent !== 'function') return ask();
	const { signal } = watch.controller;
	return agreements.inTurn(async () => (signal.aborted ? unsent('cancelled') : ask()), signal);
}

/** Whatever it costs. */
async function mayBeSent(question: Question): Promise<'asked' | 'unasked' | ImageError> {
	const { prepared, watch, agreements, listed } = question;
	const isFirst = !agreements.covers(prepared.endpoint);
	const secrets = secretsIn(wordsOf(sendingOf(prepared, listed)));
	if (!isFirst && secrets.length === 0) return 'unasked';
	const refusal = await dissentOf(question, { isFirst, isDear: isDear(listed), secrets }, listed);
	if (refusal) return refusal;
	if (typeof watch.consent === 'function') await agreements.add(prepared.endpoint);
	return 'asked';
}

/** Why a job is not sent. `undefined`: it may be. What is answered after the job was cancelled counts for nothing. */
async function dissentOf(
	{ prepared, watch: { consent, controller } }: Question,
	why: Reasons,
	usd: number | undefined,
): Promise<ImageError | undefined> {
	if (typeof consent === 'function') {
		const { signal } = controller;
		const isGiven = await unlessAborted(consent(sendingOf(prepared, usd), why), signal).catch((fault: unknown) => {
			if (signal.aborted) return false;
			throw fault;
		});
		if (signal.aborted) return unsent('cancelled');
		return isGiven ? undefined : unsent('cancelled', declined);
	}
	if (why.secrets.length > 0) return secretRefusal(namesOf(why.secrets));
	return why.isDear && consent === 'caller' ? unsent('over-budget', tooDear) : undefined;
}

const tooDear = say('It costs more than limn.budget.confirmAbove allows without asking.');

function sendingOf({ plan, endpoint, wish }: Sendable, usd: number | undefined): Sending {
	const { change } = wish;
	const { mask, markup, references = [] } = change?.operation === 'edit' ? change : {};
	const files = [change?.image, mask && 'scheme' in mask ? mask : undefined, markup, ...references];
	return {
		model: nameOf(plan.offer),
		n: plan.request.n,
		usd,
		host: hostOf(endpoint.base),
		prompt: sentPrompt(plan.request),
		options: plan.request.options,
		files: files.flatMap((file) => (file ? workspace.asRelativePath(file) : [])),
	};
}
