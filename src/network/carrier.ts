import { isLocal } from '../catalogue/baseUrl';

/** What a person set: `limn.network.transport` (contract, section 3). */
export type Transport = 'auto' | 'editor' | 'direct';

/** A request as it goes out. */
export interface Outgoing {
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Uint8Array<ArrayBuffer>;
	/** Ends the exchange, and with it the connection. */
	readonly signal: AbortSignal;
}

/** An answer as it comes in. */
export interface Incoming {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Without its content encoding. */
	readonly body: AsyncIterable<Uint8Array> | null;
}

/** A way out: sends once, follows nothing, repeats nothing. Rejects where no answer comes; a broken body rejects while it is read. */
export type Carry = (url: URL, outgoing: Outgoing) => Promise<Incoming>;

/**
 * Remote providers through the editor, which alone knows proxies and the system's certificates. Servers of one's own machine
 * and network directly: they may think for longer than the 300 s after which the editor's `fetch` gives up.
 */
export function chooseCarrier(transport: Transport, url: URL): 'editor' | 'direct' {
	if (transport !== 'auto') return transport;
	return isLocal(url) ? 'direct' : 'editor';
}

/**
 * The way to a stranger that a reply names. `guarded`: past the editor, checked where the socket opens. `checked`: through the
 * editor, the name's addresses checked beforehand. `editor`: behind a proxy names are the proxy's to resolve, and often it
 * alone gets out; what then is checked is the URL.
 */
export function chooseStrangersCarrier(transport: Transport, isProxied: boolean): 'guarded' | 'checked' | 'editor' {
	if (transport === 'direct' || (transport === 'auto' && !isProxied)) return 'guarded';
	return isProxied ? 'editor' : 'checked';
}
