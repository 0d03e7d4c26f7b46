import { customServer, gatewayControls, gptImage, lumenfallImages } from './imagesDialects';
import type { Control, ImagesDialect, Offer, Offered, SizeRule } from './model';
import { runwareStranger } from './runwareOffers';

/** How a provider takes models that the catalogue does not know. */
interface OpenList {
	/** Pictures that one request gives, as far as anybody knows. */
	readonly picturesPerCall: number;
	readonly size: SizeRule;
	/** What the dialect needs to know. */
	readonly dialect: Pick<Offer, 'images' | 'runware'>;
	/** Whether it has a place for masks, whatever the model does with one. Absent: it has none. */
	readonly masks?: 'unsure' | 'described';
	/** The same for OpenAI's models behind it, which answer 400 to `response_format`. */
	readonly gptImages?: ImagesDialect;
	/** Pictures that an edit sends, at most. Absent: nobody says. */
	readonly mostPictures?: number;
	/** What the provider itself takes, whatever the model. */
	readonly controls?: readonly Control[];
}

const pixels: SizeRule = { kind: 'open', ratios: false };
const ratios: SizeRule = { kind: 'open', ratios: true };

/** The providers of which any model name can be sent: all but the built-in one. */
const openLists: ReadonlyMap<string, OpenList> = new Map<string, OpenList>([
	['openai', { picturesPerCall: 10, size: pixels, dialect: { images: gptImage }, masks: 'unsure', mostPictures: 16 }],
	['runware', { picturesPerCall: 20, size: runwareStranger.size, dialect: { runware: runwareStranger.dialect } }],
	[
		'lumenfall',
		{
			picturesPerCall: 10,
			size: ratios,
			dialect: { images: lumenfallImages },
			masks: 'unsure',
			controls: gatewayControls,
		},
	],
	['vincony', { picturesPerCall: 1, size: { kind: 'none' }, dialect: {} }],
	// How many pictures a prediction can give, and takes, its model's schema says: one each is what all can give.
	['replicate', { picturesPerCall: 1, size: ratios, dialect: {}, masks: 'described', mostPictures: 16 }],
	// A server of one's own makes one picture after the other: asked for one by one, each is saved as soon as it is there.
	[
		'custom',
		{
			picturesPerCall: 1,
			size: pixels,
			dialect: { images: customServer },
			masks: 'unsure',
			gptImages: { ...gptImage, streams: false },
		},
	],
]);

/** Whether a provider tells which models it has: it speaks the OpenAI Images dialect. */
export function listsModels(provider: string): boolean {
	return openLists.get(provider)?.dialect.images !== undefined;
}

/** An offer made up for a name that no table has: sent as named, nothing of it checked. `undefined`: this provider takes no such names. */
export function openOffer(provider: string, name: string): Offered | undefined {
	const list = openLists.get(provider);
	if (!list) return undefined;
	const id = `${provider}/${name}`;
	return {
		model: { id, title: name, family: 'unknown', size: list.size, controls: 'open' },
		offer: {
			provider,
			name,
			model: id,
			operations: ['generate', 'edit'],
			picturesPerCall: list.picturesPerCall,
			price: { read: '2026-11-21', rows: [] },
			recommended: false,
			...(list.masks && { masks: list.masks }),
			...(list.mostPictures !== undefined && { mostPictures: list.mostPictures }),
			...list.dialect,
			...(isGptImage(name) && list.gptImages && { images: list.gptImages }),
			...(list.controls && { controls: list.controls }),
		},
	};
}

/** By their own names, as gateways keep them. */
function isGptImage(name: string): boolean {
	return /(^|\/)(gpt-image|chatgpt-image)-/.test(name);
}
