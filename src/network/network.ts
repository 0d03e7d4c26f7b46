import { lookup } from 'node:dns/promises';
import { connectPublic, type Connector, type Resolve } from './addressGuard';
import { type Carry, chooseCarrier, type Transport } from './carrier';
import { type Clock, systemClock } from './clock';
import type { Direct } from './direct';
import { createDownload, type Download } from './download';
import { editorFetch } from './editorFetch';
import { createExchange, defaultLimits, type Http, type Limits } from './exchange';

export interface NetworkSettings {
	readonly transport: Transport;
	/** Of a whole exchange. */
	readonly timeoutMs: number;
}

/** What the network needs of the world around it. */
export interface NetworkPorts {
	/** Read at each exchange: a person may change them. */
	readonly settings: () => NetworkSettings;
	/** Loads the bundle of undici, at first use. */
	readonly loadDirect: () => Promise<{ readonly openDirect: (guard: Connector) => Direct }>;
	/** One line for each exchange, without prompts, bodies and keys. */
	readonly log: (line: string) => void;
	/** Limn's own, for `user-agent`. */
	readonly version: string;
	readonly clock?: Clock;
	readonly limits?: Partial<Limits>;
	/** Finds the addresses of hosts that a reply names. */
	readonly resolve?: Resolve;
}

export interface Network {
	readonly exchange: Http;
	readonly download: Download;
	/** Ends all connections. */
	dispose(): Promise<void>;
}

/** The two ways out, and what guards them. */
export function createNetwork(ports: NetworkPorts): Network {
	const { settings, clock = systemClock, log } = ports;
	const limits = { ...defaultLimits, ...ports.limits };
	let opened: Promise<Direct> | undefined;
	const direct = async (): Promise<Direct> => {
		opened ??= ports.loadDirect().then(({ openDirect }) => openDirect(connectPublic(ports.resolve ?? resolveAll)));
		// What failed once may go well the next time.
		opened.catch(() => (opened = undefined));
		return opened;
	};
	const shared = { clock, log, deadlineMs: () => settings().timeoutMs, userAgent: `limn/${ports.version}` };
	return {
		exchange: createExchange({
			...shared,
			limits,
			carrierFor: async (url): Promise<Carry> =>
				chooseCarrier(settings().transport, url) === 'editor' ? editorFetch : (await direct()).carry,
		}),
		download: createDownload({
			...shared,
			stallMs: limits.stallMs,
			carrierFor: async (kind): Promise<Carry> => {
				if (settings().transport === 'editor') return editorFetch;
				const { carry, carryGuarded } = await direct();
				return kind === 'own' ? carry : carryGuarded;
			},
		}),
		dispose: async () => (await opened)?.close(),
	};
}

/** As the operating system knows them: hosts file, search domains and all. */
async function resolveAll(hostname: string): ReturnType<Resolve> {
	return lookup(hostname, { all: true });
}
