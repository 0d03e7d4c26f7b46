import { titleOf } from '../catalogue/providers';
import type { ImageError } from '../domain/imageError';
import { say } from '../domain/message';
import { originOf } from '../providers/origin';
import type { Call, HttpRequest, NoReply, Provider, Reply } from '../providers/provider';

/**
 * What a call would cost, in USD, by the provider's own reckoning; it is asked once. `undefined`: nobody says, for whatever reason. An
 * error: the provider took the question for an order, which is paid. `id`: a UUID that no other call has. Rejects with the signal's
 * reason when aborted.
 */
export async function quoteOf(
	provider: Provider,
	call: Call,
	send: (request: HttpRequest, signal: AbortSignal) => Promise<Reply | NoReply>,
	id: string,
	signal: AbortSignal,
): Promise<number | ImageError | undefined> {
	const request = provider.quote?.({ ...call, id });
	if (!request) return undefined;
	const reply = await send(request, signal);
	if ('lost' in reply || reply.status >= 300) return undefined;
	const usd = reply.events || reply.picture ? 'made' : provider.quoted?.(reply);
	reply.release?.();
	return usd === 'made' ? taken(reply, call) : usd;
}

/** Pictures that nobody asked for yet: a person has to hear of them, because they are paid. */
function taken(reply: Reply, { offer: { provider } }: Call): ImageError {
	const message = say('{0} was asked for a price and made a picture instead.', titleOf(provider));
	return { code: 'bad-reply', message, charged: 'unknown', ...originOf(reply, provider) };
}
