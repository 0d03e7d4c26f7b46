import type { Asked, HttpRequest, NoReply, Probe, Probed, Reply } from '../providers/provider';
import { lossOf, redirected } from './losses';

/** Asks a provider, without spending, whether it accepts the key. `id`: a UUID. Rejects with the signal's reason when aborted. */
export async function probe(
	how: Probe,
	asked: Asked,
	send: (request: HttpRequest) => Promise<Reply | NoReply>,
	id: string,
): Promise<Probed> {
	const reply = await send(how.request(id));
	if ('lost' in reply) return { kind: 'fails', error: lossOf(reply, asked, false) };
	if (reply.status >= 300 && reply.status < 400) return { kind: 'fails', error: redirected(reply, asked) };
	const probed = how.read(reply, asked);
	// Nothing was ordered, so nothing can have been charged.
	return probed.kind === 'fails' ? { ...probed, error: { ...probed.error, charged: 'no' } } : probed;
}
