import type { Price, PriceRow } from './model';

/** When OpenAI's prices were read (OpenAI reference, *Prices*). */
const read = '2026-11-21';

/** One picture by quality: 1024x1024, and either of the two oblong sizes. What is sent costs extra. */
function oblongs(prices: Readonly<Record<string, readonly [square: number, oblong: number]>>): PriceRow[] {
	return Object.entries(prices).flatMap(([quality, [square, oblong]]) => [
		{ quality, size: '1024x1024', usd: square },
		{ quality, size: '1024x1536', usd: oblong },
		{ quality, size: '1536x1024', usd: oblong },
	]);
}

/** Since GPT Image 2 a million tokens cost the same in each model. */
const tokens = { textIn: 5, imageIn: 8, imageOut: 30 };

export const dallE2Price: Price = {
	read,
	rows: [
		{ size: '256x256', usd: 0.016 },
		{ size: '512x512', usd: 0.018 },
		{ size: '1024x1024', usd: 0.02 },
	],
};

export const dallE3Price: Price = {
	read,
	rows: [
		{ quality: 'standard', size: '1024x1024', usd: 0.04 },
		{ quality: 'standard', size: '1792x1024', usd: 0.08 },
		{ quality: 'standard', size: '1024x1792', usd: 0.08 },
		{ quality: 'hd', size: '1024x1024', usd: 0.08 },
		{ quality: 'hd', size: '1792x1024', usd: 0.12 },
		{ quality: 'hd', size: '1024x1792', usd: 0.12 },
	],
	unverified: ['Historic and from memory; only hd at 1792x1024 was read somewhere.'],
};

export const gptImage1Price: Price = {
	read,
	rows: oblongs({ low: [0.011, 0.016], medium: [0.042, 0.063], high: [0.167, 0.25] }),
	tokens: { textIn: 5, imageIn: 10, imageOut: 40 },
	unverified: ['The prices of tokens: from a price library, not from OpenAI.'],
};

export const gptImage1MiniPrice: Price = {
	read,
	rows: oblongs({ low: [0.005, 0.006], medium: [0.011, 0.015], high: [0.036, 0.052] }),
	tokens: { textIn: 2, imageIn: 2.5, imageOut: 8 },
};

export const gptImage15Price: Price = {
	read,
	rows: oblongs({ low: [0.009, 0.013], medium: [0.034, 0.05], high: [0.133, 0.2] }),
	tokens: { textIn: 5, imageIn: 8, imageOut: 32 },
	unverified: ['The prices of tokens: from a price library, not from OpenAI.'],
};

export const gptImage2Price: Price = {
	read,
	rows: oblongs({ low: [0.006, 0.005], medium: [0.053, 0.041], high: [0.211, 0.165] }),
	tokens,
};

export const gptImage25Price: Price = {
	read,
	rows: [],
	tokens,
	unverified: ['The prices of tokens: a gateway’s documentation says that they are those of gpt-image-2.'],
};

export const gptImage26SunburstPrice: Price = { read, rows: [], tokens };

export const gptImage26FlarePrice: Price = {
	read,
	rows: [],
	tokens,
	unverified: ['The prices of tokens: a copy of the documentation says that they are those of Sunburst.'],
};

/** Nobody says. */
export const unknownPrice: Price = { read, rows: [] };
