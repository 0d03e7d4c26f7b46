import { isIP } from 'node:net';
import { type Connector, isPublic } from '../../src/network/addressGuard';
import type { Carry, Incoming, Transport } from '../../src/network/carrier';
import { type Direct, openDirect } from '../../src/network/direct';
import { download } from '../unit/network/downloads';
import { hostile, rebinding, resolve } from '../unit/network/hostile';
import { endRigs, rigOf } from '../unit/network/servers';
import { type Attack, messageOf, Tally } from './figure';
import { type Listeners, listenEverywhere } from './listeners';

const base = new URL('https://api.example.com/v1');
/** Who sends us on: a stranger, who is public. */
const stranger = 'https://cdn.example';

/** S6: a reply names an address of one's own machine or network, at once or behind redirects. */
export const hostileUrls: Attack = async () => {
	const listeners = await listenEverywhere();
	const urls = [...corpus(), ...atListeners(listeners)];
	const reached = new Tally('S6', 'hostile URLs are connected to, or asked of the editor’s fetch');
	const heard = new Tally('S6', 'listeners of this machine are reached');
	try {
		for (const [url, way, hop] of attempts(urls)) {
			reached.note(await tryOne(url, way, hop, listeners));
			// The editor's fetch is never let go: who asks it is noted above.
			if (way.transport === 'direct')
				heard.note(listeners.taken() > 0 ? `${way.name}, ${hop.name}: ${url}` : undefined);
		}
		for (const url of urls) {
			reached.noteCareless(await carelessly(url, listeners));
			heard.noteCareless(listeners.taken() > 0);
		}
	} finally {
		listeners.close();
	}
	return [reached.figure, heard.figure];
};

function attempts(urls: readonly string[]): (readonly [url: string, way: Way, hop: Hop])[] {
	const all = ways.flatMap((way) => hops.flatMap((hop) => urls.map((url) => [url, way, hop] as const)));
	return all.filter(([url, way, hop]) => {
		// Behind a proxy nobody here knows what a name stands for; and of a redirect's header only visible letters come through.
		const isSaid = hop.first === undefined || /^[!-~]+$/.test(url);
		return isSaid && !(way.isProxied && isOnlyName(url));
	});
}

interface Way {
	readonly name: string;
	readonly transport: Transport;
	/** Then names are the proxy's to resolve, and only what the URL itself says is judged here. */
	readonly isProxied?: true;
}

const ways: readonly Way[] = [
	{ name: 'guarded', transport: 'direct' },
	{ name: 'by a checked fetch', transport: 'editor' },
	{ name: 'by a fetch behind a proxy', transport: 'editor', isProxied: true },
];

interface Hop {
	readonly name: string;
	/** What the reply names instead. Absent: the address itself. */
	readonly first?: string;
}

const hops: readonly Hop[] = [
	{ name: 'in the reply' },
	{ name: 'behind the API', first: '/1' },
	{ name: 'behind a stranger', first: `${stranger}/1` },
	{ name: 'behind three strangers', first: `${stranger}/3` },
];

/** All that is known, and the same at ports at which somebody listens. */
function corpus(): string[] {
	return [...Object.values(hostile).flat(), ...Object.keys(rebinding).map((name) => `https://${name}/a.png`)];
}

const loopback4 =
	'127.0.0.1 127.1 127.0.1 2130706433 017700000001 0x7f000001 0x7f.0.0.1 0177.0.0.1 0x7f.1 127.0.0.1. %31%32%37.0.0.1 ①②⑦.⓪.⓪.① 127。0。0。1 localhost LocalHost. a.localhost [::ffff:127.0.0.1] [::ffff:7f00:1] rebound.example'.split(
		' ',
	);
const loopback6 = '[::1] [0:0:0:0:0:0:0:1] [0000::0001] [::0.0.0.1]'.split(' ');

function atListeners({ ports: { ipv4, ipv6 } }: Listeners): string[] {
	const places = [
		...ipv4.flatMap((port) => loopback4.map((host) => `${host}:${port}`)),
		...ipv6.flatMap((port) => loopback6.map((host) => `${host}:${port}`)),
	];
	return places.flatMap((place) => [`https://${place}/a.png`, `http://${place}/a.png`, `//${place}/a.png`]);
}

/** What went wrong, if anything did. */
async function tryOne(url: string, way: Way, hop: Hop, listeners: Listeners): Promise<string | undefined> {
	const trap = new Trap(url, listeners);
	const { fetch } = globalThis;
	globalThis.fetch = trap.fetch;
	try {
		const ports = { resolve, usesProxy: () => way.isProxied === true, loadDirect: async () => trap.direct };
		const outcome = await download(rigOf(way.transport, ports), hop.first ?? url, base);
		const refused = 'code' in outcome && outcome.code === 'unsafe-url';
		if (refused && trap.reached.length === 0) return undefined;
		const what = 'code' in outcome ? outcome.code : 'a picture';
		return `${way.name}, ${hop.name}: ${url} → ${what}; ${trap.reached.join(', ')}`;
	} finally {
		globalThis.fetch = fetch;
		await endRigs();
	}
}

function isOnlyName(url: string): boolean {
	const host = URL.canParse(url, base.href) ? new URL(url, base).hostname : '';
	return host in rebinding || host.endsWith('.example');
}

/** The ways out: what would be connected to is written down, only our own listeners are really; who sends on sends to the hostile address. */
class Trap {
	readonly reached: string[] = [];

	constructor(
		readonly url: string,
		readonly listeners: Listeners,
	) {}

	readonly fetch: typeof globalThis.fetch = async (input) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const location = this.#locationAt(url);
		if (location === undefined) throw this.#note(url.href);
		return new Response(null, { status: 302, headers: { location } });
	};

	get direct(): { readonly openDirect: (guard: Connector) => Direct } {
		return {
			openDirect: (guard) => {
				const ways = openDirect(async (target, open) => {
					return guard(target, async (addresses) => {
						const noted = this.#note(addresses.map(({ address }) => address).join(' '));
						if (isOurs(this.listeners, target.port, addresses)) return open(addresses);
						throw noted;
					});
				});
				const own: Carry = async ({ href }) => {
					throw this.#note(href);
				};
				return { ...ways, carry: this.#leading(own), carryGuarded: this.#leading(ways.carryGuarded) };
			},
		};
	}

	#leading(carry: Carry): Carry {
		return async (url, outgoing): Promise<Incoming> => {
			const location = this.#locationAt(url);
			return location === undefined ? carry(url, outgoing) : { status: 302, headers: { location }, body: null };
		};
	}

	/** `/3` leads to `/2`, `/1` to the hostile address. */
	#locationAt({ origin, pathname }: URL): string | undefined {
		const left = origin === base.origin || origin === stranger ? Number(/^\/([123])$/.exec(pathname)?.[1] ?? 0) : 0;
		if (left === 0) return undefined;
		return left === 1 ? this.url : `/${left - 1}`;
	}

	#note(what: string): Error {
		this.reached.push(what);
		return Object.assign(new Error('recorded'), { code: 'ECONNREFUSED' });
	}
}

/** Whether nobody but a listener of ours can hear of a connection. */
function isOurs({ ports }: Listeners, port: string, addresses: readonly { readonly address: string }[]): boolean {
	const isOwn = [...ports.ipv4, ...ports.ipv6].map(String).includes(port);
	return isOwn && addresses.every(({ address }) => /^(127\.|::1$)/.test(address));
}

/** A client that asks for whatever it is told: only connections to our own listeners are really made. */
async function carelessly(url: string, listeners: Listeners): Promise<boolean> {
	if (!URL.canParse(url, base.href)) return false;
	const target = new URL(url, base);
	if (!/^https?:$/.test(target.protocol)) return false;
	let reached = target.protocol === 'http:';
	const direct = openDirect(async ({ hostname, port }, open) => {
		const addresses = isIP(hostname) ? [{ address: hostname, family: isIP(hostname) }] : await resolve(hostname);
		reached ||= addresses.some(({ address }) => !isPublic(address));
		if (isOurs(listeners, port, addresses)) return open(addresses);
		throw new Error('recorded');
	});
	const signal = AbortSignal.timeout(2000);
	await messageOf(async () => direct.carryGuarded(target, { method: 'GET', headers: {}, signal }));
	await direct.close();
	return reached;
}
