import * as z from 'zod';
import { refusedProbe } from '../probing';
import type { Probe } from '../provider';
import { balanceOf, balanceRequest } from './balance';
import { listRequest } from './modelList';

const list = z.object({ data: z.array(z.unknown()) });
const balance = z.object({ available: z.object({}) });

/** Who may see the list of models has a key that works; what each model demands besides, the list does not say. */
export const openaiProbe: Probe = {
	request: () => listRequest,
	read(reply, asked) {
		const isList = reply.status < 300 && list.safeParse(reply.json).success;
		return isList ? { kind: 'works' } : refusedProbe(reply, asked);
	},
};

/** Lumenfall tells what is left on the account. */
export const lumenfallProbe: Probe = {
	request: () => balanceRequest,
	read(reply, asked) {
		if (reply.status >= 300 || !balance.safeParse(reply.json).success) return refusedProbe(reply, asked);
		const usd = balanceOf(reply);
		return { kind: 'works', ...(usd !== undefined && { usd }) };
	},
};
