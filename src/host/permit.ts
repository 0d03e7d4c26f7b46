import { workspace } from 'vscode';
import { nameOf } from '../catalogue/catalogue';
import { secretsIn } from '../documents/secrets';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { Send } from '../generation/run';
import type { Endpoint } from '../network/encode';
import type { Task } from '../providers/provider';
import type { Agreements } from './agreements';
import { declined, type Reasons, type Sending } from './consent';
import type { JobWatch } from './imageMaker';
import { listedPriceOf, priceOf } from './jobPrice';
import type { Prepared } from './jobRunner';
import { settingsFor } from './settings';

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
	const answer = await mayBeSent(question);
	if (isImageError(answer)) return answer;
	const usd = await priceOf(prepared, task, watch, send);
	if (isImageError(usd) || usd === undefined || !isDear(usd)) return isImageError(usd) ? usd : { usd };
	const isConfirmed = answer === 'asked' && listed !== undefined && usd <= listed + rounding;
	return (
		(isConfirmed ? undefined : await dissentOf(question, { isFirst: false, isDear: true, secrets: [] }, usd)) ?? { usd }
	);
}

/** Whatever it costs. One question after the other: what the first one settles is not asked again. */
async function mayBeSent(question: Question): Promise<'asked' | 'unasked' | ImageError> {
	const { prepared, watch, agreements, listed } = question;
	const secrets = secretsIn(wordsOf(prepared));
	const decide = async () => {
		const isFirst = !agreements.covers(prepared.endpoint);
		if (!isFirst && secrets.length === 0) return 'unasked';
		const refusal = await dissentOf(question, { isFirst, isDear: isDear(listed), secrets }, listed);
		if (refusal) return refusal;
		if (typeof watch.consent === 'function') await agreements.add(prepared.endpoint);
		return 'asked';
	};
	// Who asks nobody waits for nobody.
	if (typeof watch.consent !== 'function') return decide();
	const { signal } = watch.controller;
	return agreements.inTurn(async () => (signal.aborted ? unsent('cancelled') : decide()), signal);
}

/** Why a job is not sent. `undefined`: it may be. */
async function dissentOf(
	{ prepared, watch: { consent } }: Question,
	why: Reasons,
	usd: number | undefined,
): Promise<ImageError | undefined> {
	if (typeof consent === 'function') {
		return (await consent(sendingOf(prepared, usd), why)) ? undefined : unsent('cancelled', declined);
	}
	if (why.secrets.length > 0) return unsent('bad-input', secret);
	return why.isDear && consent === 'caller' ? unsent('over-budget', tooDear) : undefined;
}

const tooDear = say('It costs more than limn.budget.confirmAbove allows without asking.');

const secret = say(
	'The prompt seems to hold a secret, so nothing was sent. Take it out, or ask for the picture by hand.',
);

function isDear(usd: number | undefined): boolean {
	const { 'budget.confirmAbove': most } = settingsFor();
	return usd !== undefined && most !== null && usd > most;
}

/** All the words that go out. */
function wordsOf({ plan: { request } }: Prepared): string {
	const options = Object.values(request.options).filter((value) => typeof value === 'string');
	return [request.prompt, ...options].join('\n');
}

function sendingOf({ plan, endpoint, wish }: Sendable, usd: number | undefined): Sending {
	const { change } = wish;
	const { mask, markup, references = [] } = change?.operation === 'edit' ? change : {};
	const files = [change?.image, mask && 'scheme' in mask ? mask : undefined, markup, ...references];
	return {
		model: nameOf(plan.offer),
		n: plan.request.n,
		usd,
		host: endpoint.base.host,
		prompt: plan.request.prompt,
		files: files.flatMap((file) => (file ? workspace.asRelativePath(file) : [])),
	};
}
