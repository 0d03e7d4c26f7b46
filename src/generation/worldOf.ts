import type { Download } from './arrivals';
import type { Clock } from './clock';
import type { PainterThread } from './painterThread';
import type { World } from './run';
import { createSend, type SendHttp } from './send';

/** The way to one provider. */
export interface Way {
	readonly exchange: SendHttp;
	readonly download: Download;
}

interface Parts {
	readonly painter: PainterThread;
	readonly clock: Clock;
}

/** The world as the calls to one provider see it. `undefined`: the provider is built in, and has no address. */
export function worldOf(way: Way | undefined, { painter, clock }: Parts): World {
	const { exchange, download } = way ?? { exchange: nowhere, download: nowhere };
	return { send: createSend(painter, exchange), download, clock };
}

async function nowhere(): Promise<never> {
	throw new Error('A provider without an address has nowhere to send to.');
}
