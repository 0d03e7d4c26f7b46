import * as z from 'zod';
import { refusedProbe } from '../probing';
import type { Probe } from '../provider';

const account = z.object({ username: z.string() });

/** Whose the key is, as Replicate's HTTP API tells (unverified: from memory). What is left on the account it does not tell. */
export const replicateProbe: Probe = {
	request: () => ({ kind: 'http', method: 'GET', path: '/account', billed: false }),
	read(reply, asked) {
		const isKnown = reply.status < 300 && account.safeParse(reply.json).success;
		return isKnown ? { kind: 'works' } : refusedProbe(reply, asked);
	},
};
