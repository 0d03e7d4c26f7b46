import { type Provider, unbegun } from '../provider';
import { create, createByVersion, describe } from './creation';
import { failureOf } from './failure';
import { isTicket, pollAgain, pollFor, readPrediction } from './prediction';

/**
 * Replicate runs models of anybody's, each with inputs of its own: the model is asked for them, a prediction is created in their words
 * and asked for until it is over (OpenAI-compatible reference, *Replicate*). Of a model that gives fewer pictures at once than are
 * wanted, several predictions are created, one after the other.
 */
export const replicate: Provider = {
	begin: (call) => describe(call, unbegun),
	/** What is read, the state says, not the answer: one that lies could make Limn create, and pay, again and again. */
	read(reply, call, state) {
		if (state.ticket === undefined && state.polls === 0) return create(reply, call, state);
		return readPrediction(reply, call, state);
	},
	failure: failureOf,
	instead(request, { status }, _, state) {
		if (status !== 404) return undefined;
		return request.afterMs === undefined ? createByVersion(request, state) : pollAgain(state);
	},
	resume(_, state) {
		const next = pollFor(state);
		return next && { next };
	},
	cancel({ ticket }) {
		if (!isTicket(ticket)) return undefined;
		return { kind: 'http', method: 'POST', path: `/predictions/${ticket}/cancel`, billed: false };
	},
};
