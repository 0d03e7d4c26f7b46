import type { Offer } from './model';
import { unknownPrice } from './openaiPrices';

const answers = 'How a picture comes back: nowhere documented, so every shape is read that other gateways have.';

/** The gateway's names begin with the vendor's (OpenAI reference, *Vincony*). A chat is told neither a size nor any other control. */
export const vinconyOffers: readonly Offer[] = [
	{
		...vincony('dall-e-2', ['quality', 'response_format', 'user']),
		unverified: ['Whether it still answers: it needs OpenAI’s retired model.', answers],
	},
	{
		...vincony('gpt-image-2', [
			'quality',
			'background',
			'moderation',
			'output_compression',
			'partial_images',
			'safety_identifier',
			'user',
		]),
		operations: ['generate', 'edit'],
		recommended: true,
		unverified: [
			'The name: by analogy with openai/dall-e-2, the only one that its page shows.',
			'Edits: pictures beside the prompt are sent as other gateways take them. How many it takes, nobody says.',
			answers,
		],
	},
];

function vincony(model: string, lacks: readonly string[]): Offer {
	return {
		provider: 'vincony',
		name: `openai/${model}`,
		model,
		operations: ['generate'],
		picturesPerCall: 1,
		price: unknownPrice,
		recommended: false,
		size: { kind: 'none' },
		lacks,
	};
}
