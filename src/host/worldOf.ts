import type { Clock } from '../generation/clock';
import type { PainterThread } from '../generation/painterThread';
import type { World } from '../generation/run';
import { createSend } from '../generation/send';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';

interface Parts {
	readonly painter: PainterThread;
	readonly network: Network;
	readonly clock: Clock;
}

/** The world as the calls to one provider see it. `undefined`: the provider is built in, and has no address. */
export function worldOf(endpoint: Endpoint | undefined, { painter, network, clock }: Parts): World {
	if (!endpoint) return { send: createSend(painter, nowhere), download: nowhere, clock };
	return {
		send: createSend(painter, async (request, signal) => network.exchange(request, endpoint, signal)),
		download: async (url, signal) => {
			const fetched = await network.download(url, endpoint, signal);
			return fetched instanceof Uint8Array ? fetched : { ...fetched, charged: 'unknown', provider: endpoint.provider };
		},
		clock,
	};
}

async function nowhere(): Promise<never> {
	throw new Error('A provider without an address has nowhere to send to.');
}
