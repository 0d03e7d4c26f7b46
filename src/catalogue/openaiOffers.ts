import { dallE, gptImage } from './imagesDialects';
import type { Offer, Price } from './model';
import {
	dallE2Price,
	dallE3Price,
	gptImage15Price,
	gptImage1MiniPrice,
	gptImage1Price,
	gptImage25Price,
	gptImage26FlarePrice,
	gptImage26SunburstPrice,
	gptImage2Price,
	unknownPrice,
} from './openaiPrices';

/** OpenAI's own names (OpenAI reference, *Models*). */
export const openaiOffers: readonly Offer[] = [
	{
		provider: 'openai',
		name: 'dall-e-2',
		model: 'dall-e-2',
		operations: ['generate', 'edit', 'vary'],
		// Without one it repaints what is transparent in the picture, and answers 400 where nothing is.
		masks: 'needed',
		sameSize: true,
		variesAlone: true,
		mostBytes: 4e6,
		mostPictures: 1,
		picturesPerCall: 10,
		price: dallE2Price,
		recommended: false,
		images: dallE,
	},
	{
		provider: 'openai',
		name: 'dall-e-3',
		model: 'dall-e-3',
		operations: ['generate'],
		picturesPerCall: 1,
		price: dallE3Price,
		recommended: false,
		images: dallE,
	},
	gpt('gpt-image-1', gptImage1Price),
	gpt('gpt-image-1-mini', gptImage1MiniPrice),
	gpt('gpt-image-1.5', gptImage15Price),
	gpt('chatgpt-image-latest', unknownPrice),
	{ ...gpt('gpt-image-2', gptImage2Price), recommended: true },
	{ ...gpt('gpt-image-2.5-flare', gptImage25Price), markup: true },
	{ ...gpt('gpt-image-2.5-sunburst', gptImage25Price), markup: true },
	{ ...gpt('gpt-image-2.6-flare', gptImage26FlarePrice), markup: true },
	{ ...gpt('gpt-image-2.6-sunburst', gptImage26SunburstPrice), markup: true },
	snapshot('gpt-image-2', '2026-04-21', gptImage2Price),
	{ ...snapshot('gpt-image-2.5-flare', '2026-09-08', gptImage25Price), markup: true },
	{ ...snapshot('gpt-image-2.5-sunburst', '2026-09-08', gptImage25Price), markup: true },
];

function gpt(model: string, price: Price): Offer {
	return {
		provider: 'openai',
		name: model,
		model,
		operations: ['generate', 'edit'],
		masks: 'taken',
		// The same texts say 4 MB of the mask in one place and 50 MB in another: a mask is always far smaller.
		mostBytes: 50e6,
		mostPictures: 16,
		picturesPerCall: 10,
		price,
		recommended: false,
		images: gptImage,
	};
}

/** The model as it was on that day, for those who want the same again. */
function snapshot(model: string, day: string, price: Price): Offer {
	return { ...gpt(model, price), name: `${model}-${day}` };
}
