import { titleOf } from '../../catalogue/providers';
import type { ImageError } from '../../domain/imageError';
import { type Message, say } from '../../domain/message';
import { originOf } from '../origin';
import { longestWork, pauseBeforePoll } from '../polling';
import type { Call, CallState, Delivery, HttpRequest, Reply, Step } from '../provider';
import { seedOf } from '../seed';
import { errorsOf, isConflict, isOfTask, silent } from './errorReply';
import { namedFailure } from './failure';
import { type Ending, endingOf, silenceAfter } from './patience';
import { costIn, isWorkIn, type Report, reportOf, type Result } from './report';
import { pollFor, requestFor } from './request';

/** Pictures of one call that are handed on beyond those that were asked for: more than that nobody ordered. */
const mostExtra = 20;

/**
 * What an answer means, of a request or of a poll alike: pictures are handed on at once, failures when nothing more is to come.
 * Each poll brings the whole state again (Runware reference, *Polling*).
 */
export function readReply(reply: Reply, call: Call, state: CallState): Step {
	const isPoll = state.polls > 0;
	const report = reportOf(reply, state.ticket ?? call.id, isPoll);
	if (!isPoll && isConflict(report.errors[0])) return accepted(call, state);
	const doubt = isPoll ? undefined : doubtIn(report, reply, call, state);
	if (doubt) return { ...poll(call, { ...state, lost: state.ticket === undefined, quiet: 1 }), doubt };
	const fresh = freshOf(report.results, state.handed).slice(0, Math.max(0, call.n + mostExtra - state.handed.length));
	const handed = [...state.handed, ...fresh.map(({ name }) => name)];
	const isNews = fresh.length > 0;
	const silence = silenceAfter(report, missingOf(call, handed), { ...state, handed });
	const step = goOn(report, reply, call, { ...state, handed, ...(isNews ? { lost: false, quiet: 0 } : silence) });
	const warnings = [...warningsOf(fresh, call), ...(step.warnings ?? [])];
	return { ...step, ...imagesOf(fresh, call), ...(warnings.length > 0 && { warnings }) };
}

/**
 * An order's answer may hold an error that is no word about the task: a gateway's between here and Runware, while the work goes on. Who
 * names the task, or plainly refuses, is believed. A task is asked for and sent again under its own name, so that it is paid once.
 */
function doubtIn({ isHeardOf, errors }: Report, reply: Reply, call: Call, state: CallState): ImageError | undefined {
	if (isHeardOf || errors.some(isOfTask)) return undefined;
	const named = errors.map((error) => namedFailure(error, reply, call, state));
	return named.every(isOpen) ? named[0] : undefined;
}

/** Neither a refusal nor anything that a person could mend. */
function isOpen({ code, charged }: ImageError): boolean {
	return (code === 'server-error' || code === 'timed-out') && charged === 'unknown';
}

/**
 * What a refusal means. Only an order can be refused: of a poll it counts, with whatever status, what is told of the task. Most often
 * that is nothing, and the work goes on.
 */
export function readRefusal({ billed }: HttpRequest, reply: Reply, call: Call, state: CallState): Step | undefined {
	if (!billed) return readReply({ ...reply, status: 200 }, call, state);
	return isConflict(errorsOf(reply)[0]) ? accepted(call, state) : undefined;
}

/** The task was taken on, now or before: nothing of it is to be sent again. */
function accepted(call: Call, state: CallState): Step {
	return poll(call, { ...state, lost: false, quiet: 0 });
}

/** Asks how the work is getting on, after a pause. */
export function poll(call: Call, state: CallState): Step {
	const ticket = state.ticket ?? call.id;
	const next = pollFor(ticket, pauseBeforePoll(state.polls));
	return { next, state: { ...state, ticket, polls: state.polls + 1 } };
}

/**
 * USD of a dry run's answer, whose shape nobody has seen; `undefined` where it names none. `made`: it has a picture, or says how the work
 * gets on.
 */
export function quotedBy(reply: Reply): number | 'made' | undefined {
	return isWorkIn(reply) ? 'made' : costIn(reply);
}

function goOn(report: Report, reply: Reply, call: Call, state: CallState): Step {
	const missing = missingOf(call, state.handed);
	const ending = endingOf(report, missing, state);
	if (ending === undefined) return poll(call, state);
	if (ending === 'again') return sendAgain(call, state);
	const named = report.errors.map((error) => namedFailure(error, reply, call, state));
	const reason = reasonOf(ending, named, report, { reply, call, state });
	const end = endOf(named, missing, reason, asidesOf(report, missing, call));
	return ending === 'forgotten' ? { ...end, isUnknown: true } : end;
}

function missingOf({ n }: Call, handed: CallState['handed']): number {
	return Math.max(0, n - handed.length);
}

/** Why those pictures are missing of which nothing is said. */
function reasonOf(
	ending: Exclude<Ending, 'again'>,
	named: readonly ImageError[],
	{ hindrances }: Report,
	{ reply, call, state }: { readonly reply: Reply; readonly call: Call; readonly state: CallState },
): ImageError | undefined {
	switch (ending) {
		case 'complete':
		case 'failed':
			return named.at(-1);
		case 'hindered':
			return namedFailure(hindrances[0] ?? silent, reply, call, state);
		case 'fewer':
			return fewer(reply, call);
		case 'forgotten':
			return forgotten(reply, call);
		case 'late':
			return tooLate(reply, call);
	}
}

/** The answer was lost, and nobody knows of the task: it never arrived. Under the same id it cannot be paid twice even if it did. */
function sendAgain(call: Call, state: CallState): Step {
	return { next: requestFor(call), state: { ...state, lost: false, polls: 0, quiet: 0 } };
}

/** Each once, and only what was not handed on before. */
function freshOf(results: readonly Result[], handed: readonly string[]): Result[] {
	const known = new Set(handed);
	return results.filter(({ name }) => !known.has(name) && known.add(name));
}

function imagesOf(fresh: readonly Result[], call: Call): Delivery {
	const seed = call.n === 1 ? seedOf(call) : undefined;
	const images = fresh.map(({ image }) => ({ ...(seed !== undefined && { seed }), ...image }));
	return images.length > 0 ? { images } : {};
}

/** A failure for each picture that is missing. What is said besides, of a webhook perhaps, is a warning: the pictures are there. */
function endOf(
	named: readonly ImageError[],
	missing: number,
	reason: ImageError | undefined,
	warnings: readonly Message[],
): Extract<Step, { readonly done: true }> {
	const rest = reason ? Array.from({ length: Math.max(0, missing - named.length) }, () => reason) : [];
	return {
		failures: [...named.slice(0, missing), ...rest],
		...(warnings.length > 0 && { warnings }),
		done: true,
	};
}

/** Of a list of any length: more nobody reads. */
const mostAsides = 3;

function asidesOf({ errors }: Report, missing: number, { offer }: Call): Message[] {
	const said = errors.slice(missing).map(({ message, code }) => message || code);
	const title = titleOf(offer.provider);
	return [...new Set(said)].slice(0, mostAsides).map((words) => say('{0} says: “{1}”', title, words));
}

function warningsOf(fresh: readonly Result[], { offer }: Call): Message[] {
	if (!fresh.some(({ unsafe }) => unsafe)) return [];
	return [say('{0} marks a picture as not safe for work. Look at it before you share it.', titleOf(offer.provider))];
}

function unexpected(message: Message, reply: Reply, { offer }: Call): ImageError {
	return { code: 'bad-reply', message, charged: 'unknown', ...originOf(reply, offer.provider) };
}

function fewer(reply: Reply, call: Call): ImageError {
	return unexpected(say('Fewer pictures came than were asked for. Try again.'), reply, call);
}

function forgotten(reply: Reply, call: Call): ImageError {
	const message = say('{0} does not know this task any more. Try again.', titleOf(call.offer.provider));
	return unexpected(message, reply, call);
}

function tooLate(reply: Reply, call: Call): ImageError {
	const { provider } = call.offer;
	const minutes = longestWork / 60_000;
	const message = say('{0} was not ready after {1} minutes. Try again later.', titleOf(provider), minutes);
	return { code: 'timed-out', message, charged: 'unknown', ...originOf(reply, provider) };
}
