import * as z from 'zod';
import { refusedProbe } from '../probing';
import type { Probe, Probed } from '../provider';
import { errorsOf } from './errorReply';
import { failureOf } from './failure';
import { tasks } from './request';

const usd = z.literal('USD').default('USD');

/** A number in 2025, an object since (Runware reference, *Other tasks*). The rest names people and keys: it goes nowhere. */
const account = z.object({
	balance: z
		.union([z.number(), z.object({ amount: z.number(), currency: usd }).transform(({ amount }) => amount)])
		.optional()
		.catch(undefined),
});

const envelope = z.object({
	data: z.union([
		z.array(z.unknown()),
		z
			.object({})
			.loose()
			.transform((one) => [one]),
	]),
});

/** What a key may not do, it is known for. */
const notAllowed = /^(forbidden|permissionDenied|insufficientPermissions)$/;

/** Asks for the account behind a key, which costs nothing (Runware reference, *Authentication*). */
export const runwareProbe: Probe = {
	request: (id) => tasks([{ taskType: 'accountManagement', taskUUID: id, operation: 'getDetails' }], false),
	read(reply, asked) {
		const [error] = errorsOf({ json: reply.json });
		if (error && notAllowed.test(error.code)) return { kind: 'works' };
		if (error || reply.status >= 300) return { kind: 'fails', error: failureOf(reply, asked) };
		const { data } = envelope.safeParse(reply.json);
		return data ? worksWith(data.data) : refusedProbe(reply, asked);
	},
};

/** Without an item the key is good all the same: it may not be allowed to see more. */
function worksWith(items: readonly unknown[]): Probed {
	const [usd] = items.flatMap((item) => account.safeParse(item).data?.balance ?? []);
	return { kind: 'works', ...(usd !== undefined && { usd }) };
}
