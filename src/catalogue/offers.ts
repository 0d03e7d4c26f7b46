import { sdCpp } from './imagesDialects';
import { lumenfallOffers } from './lumenfallOffers';
import type { Offer } from './model';
import { openaiOffers } from './openaiOffers';
import { sketchProvider } from './providers';
import { replicateOffers } from './replicateOffers';
import { runwareOffers } from './runwareOffers';
import { vinconyOffers } from './vinconyOffers';

/** One picture a call where that costs nothing: each is saved, and can be cancelled, on its own. */
const ownOffers: readonly Offer[] = [
	{
		provider: 'custom',
		name: 'sd-cpp-local',
		model: 'sd-cpp-local',
		operations: ['generate', 'edit'],
		masks: 'taken',
		sameSize: true,
		// It looks at all that come (OpenAI reference, *stable-diffusion.cpp server*).
		mostPictures: 16,
		picturesPerCall: 1,
		price: { read: '2026-11-21', rows: [{ usd: 0 }] },
		recommended: false,
		images: sdCpp,
	},
	{
		provider: sketchProvider,
		name: 'placeholder',
		model: 'placeholder',
		operations: ['generate', 'edit', 'expand', 'vary'],
		masks: 'taken',
		sameSize: true,
		mostPictures: 1,
		picturesPerCall: 1,
		price: { read: '2026-11-21', rows: [{ usd: 0 }] },
		recommended: true,
	},
];

/** Who offers which model. */
export const offers: readonly Offer[] = [
	...openaiOffers,
	...runwareOffers,
	...lumenfallOffers,
	...vinconyOffers,
	...replicateOffers,
	...ownOffers,
];
