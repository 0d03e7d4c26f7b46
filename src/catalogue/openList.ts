import { customServer, gatewayControls, gptImage, lumenfallImages } from './imagesDialects';
import type { Control, ImagesDialect, Offered } from './model';

/** How a provider takes models that the catalogue does not know. */
interface OpenList {
	/** Pictures that one request gives, as far as anybody knows. */
	readonly picturesPerCall: number;
	/** Takes ratios as sizes. */
	readonly ratios: boolean;
	readonly images: ImagesDialect;
	/** The same for OpenAI's models behind it, which answer 400 to `response_format`. */
	readonly gptImages?: ImagesDialect;
	/** What the provider itself takes, whatever the model. */
	readonly controls?: readonly Control[];
}

/** The providers of which any model name can be sent: those that speak the OpenAI Images dialect. */
const openLists: ReadonlyMap<string, OpenList> = new Map([
	['openai', { picturesPerCall: 10, ratios: false, images: gptImage }],
	['lumenfall', { picturesPerCall: 10, ratios: true, images: lumenfallImages, controls: gatewayControls }],
	// A server of one's own makes one picture after the other: asked for one by one, each is saved as soon as it is there.
	['custom', { picturesPerCall: 1, ratios: false, images: customServer, gptImages: { ...gptImage, streams: false } }],
]);

/** Whether any model name can be sent to a provider: it speaks the OpenAI Images dialect. */
export function takesAnyModel(provider: string): boolean {
	return openLists.has(provider);
}

/** An offer made up for a name that no table has: sent as named, nothing of it checked. `undefined`: this provider takes no such names. */
export function openOffer(provider: string, name: string): Offered | undefined {
	const list = openLists.get(provider);
	if (!list) return undefined;
	const id = `${provider}/${name}`;
	return {
		model: { id, title: name, family: 'unknown', size: { kind: 'open', ratios: list.ratios }, controls: 'open' },
		offer: {
			provider,
			name,
			model: id,
			operations: ['generate', 'edit'],
			picturesPerCall: list.picturesPerCall,
			price: { read: '2026-11-21', rows: [] },
			recommended: false,
			images: (isGptImage(name) ? list.gptImages : undefined) ?? list.images,
			...(list.controls && { controls: list.controls }),
		},
	};
}

/** By their own names, as gateways keep them. */
function isGptImage(name: string): boolean {
	return /(^|\/)(gpt-image|chatgpt-image)-/.test(name);
}
