import type { ImageError } from '../../src/domain/imageError';
import type { ReceivedImage } from '../../src/domain/picture';
import type { Transport } from '../../src/network/carrier';
import type { Endpoint } from '../../src/network/encode';
import { createNetwork, type Network } from '../../src/network/network';
import { openaiImages } from '../../src/providers/openai-images/openaiImages';
import type { Call, Delivery, HttpRequest, Reply } from '../../src/providers/provider';
import { sentence } from '../unit/builders';
import { sentFor } from '../unit/providers/openai-images/calls';
import type { Emulator } from './emulator';
import { lumenfallKey, openaiKey } from './testing';

/** What came of a call, in the order in which it came. */
export interface Made {
	readonly previews: readonly Uint8Array[];
	readonly images: readonly ReceivedImage[];
	readonly failures: readonly ImageError[];
}

/** What one answer, or one event of a stream, brought. */
type Brought = Delivery & { readonly preview?: Uint8Array };

const keys: Readonly<Record<string, string>> = { openai: openaiKey, lumenfall: lumenfallKey };

/** The ways out of Limn, which end with the tests around. */
export function limn(transport: Transport): Limn {
	const network = createNetwork({
		settings: () => ({ transport, timeoutMs: 20_000 }),
		loadDirect: async () => import('../../src/network/direct'),
		log: () => undefined,
		version: '0',
	});
	after(async () => network.dispose());
	return new Limn(network);
}

/** Limn's own client over real HTTP. Each request goes out once: what a server refuses is not mended and sent again, as it would be by the interpreter. */
class Limn {
	constructor(private readonly network: Network) {}

	async ask(emulator: Emulator, request: HttpRequest, provider: string): Promise<Reply> {
		const signal = new AbortController().signal;
		const reply = await this.network.exchange(request, endpointOf(emulator, provider), signal);
		if ('lost' in reply) throw new Error(`${reply.lost}: ${reply.detail}`);
		return reply;
	}

	async make(emulator: Emulator, call: Call): Promise<Made> {
		const { provider } = call.offer;
		const reply = await this.ask(emulator, sentFor(call), provider);
		if (reply.status >= 400) return { previews: [], images: [], failures: [openaiImages.failure(reply, call)] };
		const deliveries: readonly Brought[] = reply.events
			? await eventsOf(reply, call)
			: [openaiImages.read(reply, call)];
		const arrived = deliveries.flatMap(({ images = [] }) => images);
		return {
			previews: deliveries.flatMap(({ preview }) => preview ?? []),
			images: await Promise.all(arrived.map(async (image) => this.fetched(image, endpointOf(emulator, provider)))),
			failures: deliveries.flatMap(({ failures = [] }) => failures),
		};
	}

	/** The pictures of a call of which nothing may fail. */
	async pictures(emulator: Emulator, call: Call): Promise<readonly Uint8Array[]> {
		const { images, failures } = await this.make(emulator, call);
		for (const { code, message, said } of failures) {
			throw new Error(`${code}: ${message ? sentence(message) : ''} ${said?.words ?? ''}`);
		}
		return images.map(({ bytes }) => bytes);
	}

	private async fetched(image: NonNullable<Delivery['images']>[number], endpoint: Endpoint): Promise<ReceivedImage> {
		if (!('url' in image)) return image;
		const { url, ...facts } = image;
		const bytes = await this.network.download(url, endpoint, new AbortController().signal);
		if (bytes instanceof Uint8Array) return { ...facts, bytes };
		throw new Error(`${url}: ${sentence(bytes.message)}`);
	}
}

function endpointOf({ baseUrl }: Emulator, provider: string): Endpoint {
	const key = keys[provider];
	return { provider, base: new URL(baseUrl), ...(key !== undefined && { key }) };
}

async function eventsOf({ events }: Reply, call: Call): Promise<Brought[]> {
	const deliveries: Brought[] = [];
	for await (const event of events ?? []) {
		if ('lost' in event) throw new Error(`${event.lost}: ${event.detail}`);
		deliveries.push(openaiImages.event?.(event, call) ?? {});
	}
	return deliveries;
}
