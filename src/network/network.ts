import { lookup } from 'node:dns/promises';
import { connectPublic, type Connector, type Resolve } from './addressGuard';
import { type Carry, chooseCarrier, chooseStrangersCarrier, type Transport } from './carrier';
import { type Clock, systemClock } from './clock';
import type { Direct } from './direct';
import { createDownload, type Download } from './download';
import { checkedFetch, editorFetch } from './editorFetch';
import { createExchange, defaultLimits, type Http, type Limits } from './exchange';
import { fold } from './logLine';
import type { NewFile } from './shelf';

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
	/** Whether the editor's `fetch` goes through a proxy; read at each picture of a stranger. Absent: it does not. */
	readonly usesProxy?: () => boolean;
	/** Names a file for a picture that arrives. Absent: in the system's temporary folder. */
	readonly newFile?: NewFile;
}

export interface Network {
	readonly exchange: Http;
	readonly download: Download;
	/** Ends all connections. */
	dispose(): Promise<void>;
}

/** The two ways out, and what guards them. */
export function createNetwork(ports: NetworkPorts): Network {
	const { settings, clock = systemClock, resolve = resolveAll, usesProxy = () => false } = ports;
	const limits = { ...defaultLimits, ...ports.limits };
	let opened: Promise<Direct> | undefined;
	const direct = async (): Promise<Direct> => {
		opened ??= ports
			.loadDirect()
			.then(({ openDirect }) => openDirect(connectPublic(resolve)))
			.catch((error: unknown) => {
				// What failed once may go well the next time.
				opened = undefined;
				throw error;
			});
		return opened;
	};
	const toOwn = async (url: URL): Promise<Carry> =>
		chooseCarrier(settings().transport, url) === 'editor' ? editorFetch : (await direct()).carry;
	const toStranger = async (): Promise<Carry> => {
		const choice = chooseStrangersCarrier(settings().transport, usesProxy());
		if (choice === 'guarded') return (await direct()).carryGuarded;
		return choice === 'checked' ? checkedFetch(resolve) : editorFetch;
	};
	const shared = {
		clock,
		log: (line: string) => ports.log(fold(line)),
		deadlineMs: () => settings().timeoutMs,
		userAgent: `limn/${ports.version}`,
		newFile: ports.newFile,
	};
	return {
		exchange: createExchange({ ...shared, limits, carrierFor: toOwn }),
		download: createDownload({
			...shared,
			stallMs: limits.stallMs,
			carrierFor: async ({ kind, url }) => (kind === 'own' ? toOwn(url) : toStranger()),
		}),
		dispose: async () => {
			// What was not loaded, or does not close, is gone with the process; nobody could do more about it.
			await opened?.then(async (ways) => ways.close()).catch(() => undefined);
		},
	};
}

/** As the operating system knows them: hosts file, search domains and all. */
async function resolveAll(hostname: string): ReturnType<Resolve> {
	return lookup(hostname, { all: true });
}
