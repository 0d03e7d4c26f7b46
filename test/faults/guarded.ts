import dns, { type LookupAddress } from 'node:dns';
import net, { type LookupFunction } from 'node:net';

interface Rules {
	/** `host:port`. */
	readonly allowed: ReadonlySet<string>;
	readonly names: Readonly<Record<string, readonly string[]>>;
}

/** Who is connected to, and by which names: of the whole process, whatever opens a socket in it. */
export class Guarded {
	/** Connections that were tried though they are not allowed. */
	strays: string[] = [];
	#rules: Rules = { allowed: new Set(), names: {} };

	constructor() {
		this.#watchSockets();
		this.#answerNames();
	}

	begin(allowed: readonly string[], names: Rules['names']): void {
		this.strays = [];
		this.#rules = { allowed: new Set(allowed), names };
	}

	/** All addresses of a name, as the system would know them. */
	readonly resolve = async (hostname: string): Promise<readonly LookupAddress[]> => {
		const addresses = this.#rules.names[hostname];
		if (!addresses) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), notFound);
		return addresses.map((address) => ({ address, family: net.isIP(address) }));
	};

	/** No packet leaves this machine: what is not allowed is written down and refused. */
	#watchSockets(): void {
		// oxlint-disable-next-line typescript/unbound-method -- called with its socket below
		const { connect } = net.Socket.prototype;
		const isAllowed = (place: string) => this.#rules.allowed.has(place);
		const note = (place: string) => this.strays.push(place) > 0;
		const guarded = function (this: net.Socket, ...args: Parameters<typeof connect>): net.Socket {
			const options = optionsOf(args[0]);
			if (!options) return connect.apply(this, args);
			const { host, port } = options;
			if (net.isIP(host) === 0) {
				// A name leads where its addresses say: each of them is judged.
				options.use(
					judging(
						options.lookup ?? dns.lookup,
						(address) => isAllowed(`${address}:${port}`) || !note(`${host}:${port}, ${address}`),
					),
				);
				return connect.apply(this, args);
			}
			if (isAllowed(`${host}:${port}`)) return connect.apply(this, args);
			note(`${host}:${port}`);
			process.nextTick(() => this.destroy(refusal(host)));
			return this;
		};
		Object.assign(net.Socket.prototype, { connect: guarded });
	}

	#answerNames(): void {
		const answer = async (hostname: string, { all }: { readonly all?: boolean }) => {
			const found = await this.resolve(hostname);
			return all === true ? [found] : [found[0]?.address, found[0]?.family];
		};
		const lookup = (
			hostname: string,
			options: { readonly all?: boolean },
			callback: (error: unknown, ...found: readonly unknown[]) => void,
		): void => {
			void (async () => {
				const found = await answer(hostname, options).catch((error: unknown) => asError(error));
				if (found instanceof Error) callback(found);
				else callback(null, ...found);
			})();
		};
		Object.assign(dns, { lookup });
	}
}

const notFound = { code: 'ENOTFOUND', syscall: 'getaddrinfo' };

function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}

function refusal(host: string): Error {
	return Object.assign(new Error(`connect ECONNREFUSED ${host}`), { code: 'ECONNREFUSED', syscall: 'connect' });
}

/** The same resolver, which refuses where one of the addresses may not be connected to. */
function judging(lookup: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
	return (hostname, options, callback) => {
		lookup(hostname, options, (error, found, family) => {
			const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
			if (error === null && !addresses.every(isAllowed)) callback(refusal(hostname), found, family);
			else callback(error, found, family);
		});
	};
}

interface Options {
	readonly host: string;
	readonly port: string;
	readonly lookup: LookupFunction | undefined;
	readonly use: (lookup: LookupFunction) => void;
}

/** Of what `connect` is given; `undefined`: a pipe of this machine, or what fails by itself. */
function optionsOf(given: unknown): Options | undefined {
	const all: readonly unknown[] = Array.isArray(given) ? given : [given];
	const [first] = all;
	if (typeof first !== 'object' || first === null || !('port' in first)) return undefined;
	const host = 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
	const lookup = 'lookup' in first && isLookup(first.lookup) ? first.lookup : undefined;
	return { host, port: String(first.port), lookup, use: (other) => Object.assign(first, { lookup: other }) };
}

function isLookup(value: unknown): value is LookupFunction {
	return typeof value === 'function';
}
