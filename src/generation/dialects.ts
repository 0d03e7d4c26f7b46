import type { Offer } from '../catalogue/model';
import { sketchProvider } from '../catalogue/providers';
import { chat } from '../providers/chat/chat';
import { lumenfall } from '../providers/openai-images/lumenfall';
import { openaiImages } from '../providers/openai-images/openaiImages';
import type { Provider } from '../providers/provider';
import { runware } from '../providers/runware/runware';
import { replicate } from '../providers/replicate/replicate';
import { sketch } from '../providers/sketch/sketch';

/** By the provider's id: how to speak to it. Every provider of the catalogue's offers has one. */
export const dialects: ReadonlyMap<string, Provider> = new Map([
	[sketchProvider, sketch],
	['openai', openaiImages],
	['runware', runware],
	['lumenfall', lumenfall],
	['vincony', chat],
	['replicate', replicate],
	['custom', openaiImages],
]);

/** How to speak to who makes this offer. */
export function providerOf(offer: Pick<Offer, 'provider'>): Provider {
	const provider = dialects.get(offer.provider);
	if (!provider) throw new Error(`The catalogue offers ${offer.provider}, but nothing speaks to it.`);
	return provider;
}
