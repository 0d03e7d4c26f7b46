import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether anybody may be sent to an address: global unicast and nothing else (IANA special-purpose registries). */
export function isPublic(address: string): boolean {
	// The library alone reads `1.1` and `0x01010101` too, and takes `::1.1.1.1` for what `::ffff:1.1.1.1` is.
	if (isIP(address) === 0 || /^::\d+\./.test(address)) return false;
	const parsed = ipaddr.process(address);
	// All that is global is in 2000::/3; the rest of IPv6 is unassigned, or stands for something else.
	if (parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicast)) return false;
	return parsed.range() === 'unicast' && parsed.toString() !== wireServer;
}

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's metadata and agents answer at it from within, though it stands among the public ones. */
const wireServer = '168.63.129.16';

/** Names that lead into the own machine or network. */
const localName =
	/(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|test|invalid|onion|home\.arpa)$/;

/** Longer addresses than any signed one. */
const maxLength = 8192;

/** Where a reply sends us: to the very origin of the base URL, to somebody public, or where nobody is sent (with the reason). */
export type Judgement = { readonly kind: 'own' | 'public'; readonly url: URL } | { readonly unsafe: string };

/**
 * Judges an address by its text, relative to where it was found. `own`: the base URL, where its origin may still be gone to.
 * A name's addresses are judged when they are known ({@link connectPublic}).
 */
export function judge(text: string, from: URL, own?: URL): Judgement {
	const url = parse(text, from);
	if (!url) return { unsafe: 'no URL' };
	if (url.username !== '' || url.password !== '') return { unsafe: 'user information' };
	if (isWeb(url) && url.origin === own?.origin) return { kind: 'own', url };
	if (url.protocol !== 'https:') return { unsafe: `the scheme ${url.protocol.slice(0, 40)}` };
	const host = hostOf(url.hostname);
	const isFine = isIP(host) === 0 ? isFullName(host) && !localName.test(host) : isPublic(host);
	return isFine ? { kind: 'public', url } : { unsafe: `the host ${host}` };
}

function parse(text: string, from: URL): URL | undefined {
	return text.length <= maxLength && URL.canParse(text, from.href) ? new URL(text, from.href) : undefined;
}

/** Names of one label are the own network's; an empty label would hide the last one. */
function isFullName(host: string): boolean {
	const labels = host.split('.');
	return labels.length > 1 && !labels.includes('');
}

function isWeb({ protocol }: URL): boolean {
	return protocol === 'http:' || protocol === 'https:';
}

/** Without the brackets of IPv6 and the dot of the root. */
function hostOf(hostname: string): string {
	return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** Where a connection goes. */
export interface Target {
	readonly protocol: string;
	/** Without brackets. */
	readonly hostname: string;
	readonly port: string;
}

/** What of a socket is of interest here. */
export interface Connected {
	readonly remoteAddress?: string | undefined;
	destroy(): unknown;
}

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Connects to one of these addresses and to no other. */
export type Open<S extends Connected> = (addresses: readonly LookupAddress[]) => Promise<S>;

/** Makes a connection, or refuses to. */
export type Connector = <S extends Connected>(target: Target, open: Open<S>) => Promise<S>;

/** Says in an error's `code` that an address is not public; errors cross bundles, so their class would say nothing. */
export const unsafeAddress = 'LIMN_UNSAFE_ADDRESS';

/** All addresses of a host, every one of them public; else an error whose code says so. A literal never sees a resolver. */
export async function publicAddresses(hostname: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
	const host = hostOf(hostname);
	const family = isIP(host);
	const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
	if (addresses.length === 0) throw withCode(`${host} has no address`, 'ENOTFOUND');
	const refused = addresses.find(({ address }) => !isPublic(address));
	if (refused) throw unsafe(host, refused.address);
	return addresses;
}

/**
 * The guard at the only place that cannot be gone round: where a socket is opened. A name may have many addresses and may
 * change them, so all are asked for once and only these are used.
 */
export function connectPublic(resolve: Resolve): Connector {
	return async ({ hostname }, open) => {
		const socket = await open(await publicAddresses(hostname, resolve));
		const { remoteAddress } = socket;
		if (remoteAddress !== undefined && isPublic(remoteAddress)) return socket;
		socket.destroy();
		// A socket that its peer has reset knows no peer any more.
		throw remoteAddress === undefined
			? withCode(`${hostname} was gone at once`, 'ECONNRESET')
			: unsafe(hostname, remoteAddress);
	};
}

function unsafe(host: string, address: string): Error {
	return withCode(`${host} is ${address}, which is not public`, unsafeAddress);
}

function withCode(message: string, code: string): Error {
	return Object.assign(new Error(message), { code });
}
