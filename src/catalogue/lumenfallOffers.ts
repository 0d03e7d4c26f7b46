import { gatewayControls, lumenfallImages } from './imagesDialects';
import type { Control, Offer, Price, PriceRow } from './model';
import { dallE2Price, gptImage15Price, gptImage2Price } from './openaiPrices';

/** The gateway maps DALL·E 3's two qualities to those of the GPT image models. */
const gptQualities: Control = {
	kind: 'choice',
	name: 'quality',
	values: ['low', 'medium', 'high', 'auto', 'standard', 'hd'],
	default: 'auto',
};

const shortPrompts =
	'How long a prompt may be: the documentation says that it varies by model, the command line tool takes 1000 characters.';

const severalPictures =
	'How many pictures go with a prompt: 16 at OpenAI; the gateway says that some models take only one.';

/** The vendors' own prices: the gateway adds nothing to them. */
export const lumenfallOffers: readonly Offer[] = [
	{
		...lumenfall('dall-e-2', {
			...dallE2Price,
			unverified: ['Where the gateway has Replicate make the picture, every size costs $0.020.'],
		}),
		masks: 'needed',
		mostPictures: 1,
		unverified: ['Whether it still answers: both vendors behind it need OpenAI’s retired model.', shortPrompts],
	},
	gpt('gpt-image-1.5', gptImage15Price),
	{ ...gpt('gpt-image-2', gptImage2Price), recommended: true },
];

function lumenfall(model: string, price: Price): Offer {
	return {
		provider: 'lumenfall',
		name: model,
		model,
		operations: ['generate', 'edit'],
		// Passed on, so that it works where the vendor behind takes one: OpenAI does.
		masks: 'taken',
		picturesPerCall: 10,
		price,
		recommended: false,
		// Without a default: beside aspect_ratio and resolution the gateway wants no size.
		size: { kind: 'open', ratios: true },
		controls: gatewayControls,
		images: lumenfallImages,
		unverified: [shortPrompts],
	};
}

function gpt(model: string, price: Price): Offer {
	const legacy = price.rows.flatMap((row) => [
		...(row.quality === 'medium' ? [withQuality(row, 'standard')] : []),
		...(row.quality === 'high' ? [withQuality(row, 'hd')] : []),
	]);
	return {
		...lumenfall(model, { ...price, rows: [...price.rows, ...legacy] }),
		mostPictures: 16,
		controls: [gptQualities, ...gatewayControls],
		lacks: ['partial_images'],
		unverified: [shortPrompts, severalPictures],
	};
}

function withQuality(row: PriceRow, quality: string): PriceRow {
	return { ...row, quality };
}
