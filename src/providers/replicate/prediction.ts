import * as z from 'zod';
import { addressSetting, titleOf } from '../../catalogue/providers';
import type { Charged, ImageError } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { ReceivedImage } from '../../domain/picture';
import { type Found, nameOfPicture } from '../found';
import { longestWork, pauseBeforePoll, waitedFor } from '../polling';
import type { Call, CallState, HttpRequest, Reply, Step } from '../provider';
import { broken, failureFrom, oneLine, type Ruling } from '../rulings';
import { describe } from './creation';
import { expired, isRefusal, refusedWith } from './failure';
import { picturesIn } from './outputs';

const prediction = z.object({
	id: z.string().catch(''),
	status: z.string(),
	output: z.unknown().optional(),
	error: z.unknown().optional(),
	data_removed: z.boolean().catch(false),
	/** What the model was told. */
	input: z.object({ seed: z.union([z.string(), z.int()]).optional().catch(undefined) }).catch({}),
});
type Prediction = z.infer<typeof prediction>;
const unread = prediction.parse({ status: '' });

/** Whether a name can stand in a path, and leads nowhere else. */
export function isTicket(id: string | undefined): id is string {
	return id !== undefined && /^[\w-]{1,100}$/.test(id);
}

/** An answer, the call that it belongs to, and how far that had come. */
interface Read {
	readonly reply: Reply;
	readonly call: Call;
	readonly state: CallState;
}

/** What a prediction says of itself, when it was made or asked for (OpenAI-compatible reference, *Replicate*). */
export function readPrediction(reply: Reply, call: Call, state: CallState): Step {
	const read = { reply, call, state };
	const { data } = prediction.safeParse(reply.json);
	// Of work that has begun, somebody else's answer says nothing: the page of a network that wants a password.
	if (!data) return underWay(unread, read);
	switch (data.status) {
		case 'succeeded':
			return succeeded(data, read);
		case 'failed':
			return ended(read, freshIn(data, state), { ruling: ruleOfRun(data, call), words: wordsOfRun(data) });
		case 'canceled':
			return ended(read, freshIn(data, state), { ruling: stopped(call) });
		case 'aborted':
			return ended(read, freshIn(data, state), { ruling: neverBegun(call), charged: 'no' });
		default:
			// Also under a name that nobody knows yet: only these four are ends.
			return underWay(data, read);
	}
}

/** How a prediction is asked for: by its name alone, never by an address that an answer gave. */
export function pollFor({ ticket, polls }: CallState): HttpRequest | undefined {
	if (!isTicket(ticket)) return undefined;
	return {
		kind: 'http',
		method: 'GET',
		path: `/predictions/${ticket}`,
		billed: false,
		afterMs: pauseBeforePoll(polls),
	};
}

/** How long a name may be unknown, ms: what was just created is not known everywhere at once. */
const newness = 10_000;

/** The name is not known, or not yet. `undefined`: it never will be. */
export function pollAgain(state: CallState): Step | undefined {
	const next = waitedFor(state.polls) < newness ? pollFor(state) : undefined;
	return next && { next, state: { ...state, polls: state.polls + 1 } };
}

function underWay({ id }: Prediction, read: Read): Step {
	const { call, state } = read;
	const ticket = state.ticket ?? id;
	const next = pollFor({ ...state, ticket });
	if (!next) return ended(read, [], { ruling: strange(call) });
	if (waitedFor(state.polls) > longestWork) return ended(read, [], { ruling: tooSlow(call) });
	return { next, state: { ...state, ticket, polls: state.polls + 1 } };
}

/** Of a model that gives fewer at once, the next prediction is described: nothing is ordered for pictures that were ordered before. */
function succeeded(data: Prediction, read: Read): Step {
	const { call, state } = read;
	const fresh = freshIn(data, state);
	const { lost, left } = shares(fresh, read);
	if (fresh.length === 0) return ended(read, [], endWithout(data, call));
	if (left === 0) return ended(read, fresh, { ruling: fewer });
	const given = Array.from({ length: lost }, (_, index) => `${data.id} lacks ${index + 1}`);
	const handed = [...state.handed, ...fresh.map(nameOfPicture), ...given];
	return {
		images: fresh,
		failures: failures(read, lost, { ruling: fewer }),
		...describe(call, { handed, polls: 0 }),
	};
}

function endWithout(data: Prediction, call: Call): End {
	if (data.data_removed) return { ruling: expired(call), charged: 'yes' };
	return { ruling: picturesIn(data.output).length > 0 ? fewer : strange(call) };
}

/** Of the pictures that are missing: how many of those ordered did not come, and how many were never ordered. */
function shares(fresh: readonly Found[], { call, state }: Read): { readonly lost: number; readonly left: number } {
	const missing = Math.max(0, call.n - state.handed.length);
	const asked = Math.min(missing, state.asked ?? missing);
	return { lost: Math.max(0, asked - fresh.length), left: Math.max(0, missing - Math.max(asked, fresh.length)) };
}

interface End {
	/** Why not all pictures came that were ordered. */
	readonly ruling: Ruling;
	readonly words?: string;
	readonly charged?: Charged;
}

/** Pictures that were made are handed on however the work ended; for each that did not come there is a failure. */
function ended(read: Read, images: NonNullable<Step['images']> & readonly Found[], end: End): Step {
	const { lost, left } = shares(images, read);
	const never: End = { ruling: { code: end.ruling.code, say: notOrdered, quoted: false }, charged: 'no' };
	return { images, failures: [...failures(read, lost, end), ...failures(read, left, never)], done: true };
}

function failures(
	{ reply, call }: Read,
	length: number,
	{ ruling, words = '', charged = 'unknown' }: End,
): ImageError[] {
	return Array.from({ length }, () => failureFrom(ruling, call, { reply, words, charged }));
}

/** What was not handed on before. Of several pictures nobody says which got which seed. */
function freshIn(
	{ output, input: { seed } }: Prediction,
	{ handed }: CallState,
): (Found & Pick<ReceivedImage, 'seed'>)[] {
	const found = picturesIn(output);
	const known = new Set(handed);
	const fresh = found.filter((each) => !known.has(nameOfPicture(each)));
	return seed !== undefined && found.length === 1 ? fresh.map((each) => ({ ...each, seed: String(seed) })) : fresh;
}

function wordsOfRun({ error }: Prediction): string {
	if (error === null || error === undefined) return '';
	return oneLine(typeof error === 'string' ? error : JSON.stringify(error));
}

function ruleOfRun(data: Prediction, call: Call): Ruling {
	return isRefusal(wordsOfRun(data)) ? refusedWith(call) : broken(call);
}

const fewer: Ruling = {
	code: 'bad-reply',
	say: say('Fewer pictures came than were asked for. Try again.'),
	quoted: false,
};

const notOrdered = say('This picture was not ordered, because an order before it failed. Ask for it again.');

function strange({ offer: { provider } }: Call): Ruling {
	const message = say('The answer holds no picture. Check the setting {0}.', addressSetting(provider));
	return { code: 'bad-reply', say: message, quoted: false };
}

function stopped({ offer }: Call): Ruling {
	const message = say('The work was cancelled at {0}. Ask for it again.', titleOf(offer.provider));
	return { code: 'cancelled', say: message, quoted: false };
}

function neverBegun({ offer }: Call): Ruling {
	const message = say('{0} did not begin in time. Try again later.', titleOf(offer.provider));
	return { code: 'timed-out', say: message, quoted: false };
}

function tooSlow({ offer }: Call): Ruling {
	const minutes = longestWork / 60_000;
	const message = say('{0} was not ready after {1} minutes. Try again later.', titleOf(offer.provider), minutes);
	return { code: 'timed-out', say: message, quoted: false };
}
