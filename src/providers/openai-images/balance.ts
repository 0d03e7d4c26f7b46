import * as z from 'zod';
import type { HttpRequest, Reply } from '../provider';

/** What is left on a Lumenfall account. It belongs to the gateway's native API, not to its OpenAI dialect (Lumenfall reference, *Two base URLs*). */
export const balanceRequest: HttpRequest = {
	kind: 'http',
	method: 'GET',
	path: '/v1/balance',
	below: 'origin',
	billed: false,
};

const balance = z.object({ available: z.object({ amount: z.number(), currency: z.literal('USD') }) });

/** USD; `undefined` where the account is paid afterwards, or the answer is another one. */
export function balanceOf({ json }: Reply): number | undefined {
	return balance.safeParse(json).data?.available.amount;
}
