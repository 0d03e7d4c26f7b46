import type { ImageError } from '../../src/domain/imageError';
import { type ReceivedImage, wholeOf } from '../../src/domain/picture';
import type { Transport } from '../../src/network/carrier';
import type { Endpoint } from '../../src/network/encode';
import { createNetwork, type Network } from '../../src/network/network';
import { wayTo } from '../../src/network/wayTo';
import { dialects } from '../../src/generation/dialects';
import { run, type World } from '../../src/generation/run';
import type { Call, CallState, HttpRequest, Provider, Reply } from '../../src/providers/provider';
import { sentence } from '../unit/builders';
import { sentFor } from '../unit/providers/calls';
import { standingClock } from '../unit/generation/scripted';
import type { Emulator } from './emulator';
import { replicateKey } from './replicate';
import { runwareKey } from './runware';
import { lumenfallKey, openaiKey } from './testing';
import { vinconyKey } from './vincony';

/** What came of a call, in the order in which it came. */
export interface Made {
	readonly previews: readonly Uint8Array[];
	readonly images: readonly (ReceivedImage & { readonly bytes: Uint8Array })[];
	readonly failures: readonly ImageError[];
	readonly warnings: readonly string[];
	/** What was to be written down, in case that the run ends too early. */
	readonly taken: readonly CallState[];
}

const keys: Readonly<Record<string, string>> = {
	openai: openaiKey,
	lumenfall: lumenfallKey,
	runware: runwareKey,
	vincony: vinconyKey,
	replicate: replicateKey,
};

/** The ways out of Limn, which end with the tests around. */
export function limn(transport: Transport): Limn {
	const network = createNetwork({
		settings: () => ({ transport, timeoutMs: 20_000 }),
		loadDirect: async () => import('../../src/network/direct'),
		log: () => undefined,
		version: '0',
	});
	after(async () => network.dispose());
	return limnBy(network);
}

/** Limn over somebody else's way out. */
export function limnBy(network: Network): Limn {
	return new Limn(network);
}

/** A server, as far as a client has to know it. */
type Served = Pick<Emulator, 'baseUrl'>;

/** Limn's own client over real HTTP. */
class Limn {
	constructor(private readonly network: Network) {}

	async ask(emulator: Served, request: HttpRequest, provider: string): Promise<Reply> {
		const signal = new AbortController().signal;
		const reply = await this.network.exchange(request, endpointOf(emulator, provider), signal);
		if ('lost' in reply) throw new Error(`${reply.lost}: ${reply.detail}`);
		return reply;
	}

	/** What is made of the first answer to a call, without trying anything else. */
	async refusal(emulator: Served, call: Call): Promise<ImageError> {
		return dialectOf(call).failure(await this.ask(emulator, sentFor(call), call.offer.provider), call);
	}

	/** Everything that comes of a call, as it comes of it in the editor; but nobody waits. */
	async make(emulator: Served, call: Call, state?: CallState): Promise<Made> {
		const made: Mutable<Made> = { previews: [], images: [], failures: [], warnings: [], taken: [] };
		const world = worldOf(this.network, endpointOf(emulator, call.offer.provider));
		for await (const arrival of run(dialectOf(call), call, world, new AbortController().signal, state)) {
			if (arrival.kind === 'preview') made.previews.push(arrival.bytes);
			// Its file is there no longer than the next arrival is not asked for.
			if (arrival.kind === 'image') made.images.push({ ...arrival.image, bytes: await wholeOf(arrival.image.bytes) });
			if (arrival.kind === 'failure') made.failures.push(arrival.error);
			if (arrival.kind === 'warning') made.warnings.push(sentence(arrival.message));
			if (arrival.kind === 'state') made.taken.push(arrival.state);
		}
		return made;
	}

	/** The pictures of a call of which nothing may fail. */
	async pictures(emulator: Served, call: Call): Promise<readonly Uint8Array[]> {
		const { images, failures } = await this.make(emulator, call);
		for (const { code, message, said } of failures) {
			throw new Error(`${code}: ${message ? sentence(message) : ''} ${said?.words ?? ''}`);
		}
		return images.map(({ bytes }) => bytes);
	}
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] extends readonly (infer Item)[] ? Item[] : T[Name] };

function dialectOf({ offer }: Call): Provider {
	const dialect = dialects.get(offer.provider);
	if (!dialect) throw new Error(`Nothing speaks to ${offer.provider}.`);
	return dialect;
}

function worldOf(network: Network, endpoint: Endpoint): World {
	const { exchange, download } = wayTo(network, endpoint);
	const send: World['send'] = async (request, signal) => {
		if (request.kind === 'http') return exchange(request, signal);
		throw new Error('Nothing is painted here.');
	};
	return { send, download, clock: standingClock() };
}

function endpointOf({ baseUrl }: Served, provider: string): Endpoint {
	const key = keys[provider];
	return { provider, base: new URL(baseUrl), ...(key !== undefined && { key }) };
}
