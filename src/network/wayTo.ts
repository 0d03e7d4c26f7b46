import type { ImageError } from '../domain/imageError';
import { isPictureBytes, type PictureBytes } from '../domain/picture';
import type { HttpRequest, NoReply, Reply } from '../providers/provider';
import type { Endpoint } from './encode';
import type { Network } from './network';

/** The way to one provider, with its address and its key. */
export interface Way {
	readonly exchange: (request: HttpRequest, signal: AbortSignal) => Promise<Reply | NoReply>;
	/** A picture by the address that a reply gave it. */
	readonly download: (url: string, signal: AbortSignal) => Promise<PictureBytes | ImageError>;
}

/** Binds the network to one provider. */
export function wayTo(network: Network, endpoint: Endpoint): Way {
	return {
		exchange: async (request, signal) => network.exchange(request, endpoint, signal),
		download: async (url, signal) => {
			const fetched = await network.download(url, endpoint, signal);
			return isPictureBytes(fetched) ? fetched : { ...fetched, charged: 'unknown', provider: endpoint.provider };
		},
	};
}
