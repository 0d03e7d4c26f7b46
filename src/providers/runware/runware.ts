import type { Provider } from '../provider';
import { failureOf } from './failure';
import { poll, quotedBy, readRefusal, readReply } from './reply';
import { quoteFor, requestFor } from './request';

/**
 * Runware's task API over HTTP: a task is sent once under a UUID of our own, and asked for until its pictures are there (Runware
 * reference, *Delivery*). There is no way to cancel one.
 */
export const runware: Provider = {
	begin(call) {
		return { next: requestFor(call) };
	},
	read: readReply,
	failure: failureOf,
	instead: readRefusal,
	resume(call, state) {
		// The silence has begun: what was heard of the work before, nobody knows any more.
		return poll(call, { ...state, polls: 0, quiet: 1 });
	},
	quote: quoteFor,
	quoted: quotedBy,
};
