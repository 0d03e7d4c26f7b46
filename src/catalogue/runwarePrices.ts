import type { Price, PriceRow } from './model';
import { dallE3Price } from './openaiPrices';

/** When Runware's prices were read (Runware reference, *Prices*). Each answer says what it really cost. */
const read = '2026-11-21';

/** Sizes of the GPT image models before `gpt-image-2`, by quality. */
function shapes(
	prices: Readonly<Record<string, readonly [square: number, upright: number, lying: number]>>,
): PriceRow[] {
	return Object.entries(prices).flatMap(([quality, [square, upright, lying]]) => [
		{ quality, size: '1024x1024', usd: square },
		{ quality, size: '1024x1536', usd: upright },
		{ quality, size: '1536x1024', usd: lying },
	]);
}

/** What one picture of 1024x1024 cost somebody, so that a larger one is reckoned dearer. */
export function measured(usd: number): Price {
	return {
		read,
		rows: [{ size: '1024x1024', usd }],
		unverified: ['The price: somebody else measured it, of what size was not said.'],
	};
}

/** What one picture of any size cost somebody. */
export function measuredFlat(usd: number): Price {
	return { read, rows: [{ usd }], unverified: ['The price: somebody else measured it, of one size only.'] };
}

/** Nobody says. */
export const unknownAtRunware: Price = { read, rows: [] };

export const dallE2AtRunware: Price = {
	read,
	rows: [{ usd: 0.02 }],
	unverified: ['The price: the page says $0.016, its own examples cost $0.02.'],
};

export const dallE3AtRunware: Price = {
	read,
	rows: dallE3Price.rows,
	unverified: ['The prices: those of OpenAI. At Runware only hd of the two oblong sizes was read, at $0.12.'],
};

/** Besides, what is sent costs about $0.005 for a thousand tokens of text and $0.008 of pictures. */
export const gptImage15AtRunware: Price = {
	read,
	rows: shapes({ low: [0.009, 0.013, 0.013], medium: [0.034, 0.051, 0.05], high: [0.133, 0.2, 0.199] }),
};

export const gptImage2AtRunware: Price = {
	read,
	rows: [
		{ quality: 'low', size: '1024x1024', usd: 0.006 },
		{ quality: 'medium', size: '1024x1024', usd: 0.053 },
		{ quality: 'high', size: '1024x1024', usd: 0.211 },
		{ quality: 'high', size: '1536x1024', usd: 0.165 },
	],
	tokens: { textIn: 5, imageIn: 8, imageOut: 30 },
};

export const flareAtRunware: Price = {
	read,
	rows: [{ size: '1024x1024', usd: 0.047 }],
	unverified: ['The price: the dearest of the page’s examples; $0.0148 was measured by somebody else.'],
};

export const sunburstAtRunware: Price = {
	read,
	rows: [{ size: '1024x1024', usd: 0.167 }],
	unverified: ['The price: the dearest of the page’s examples; $0.0139 was measured by somebody else.'],
};
