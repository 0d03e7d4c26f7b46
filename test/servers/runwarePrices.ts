/** USD for a picture: always the same, or by quality for squares, upright and lying ones. */
export type Prices = number | Readonly<Record<string, readonly [square: number, upright: number, lying: number]>>;

/** Published for GPT Image 1.5; those of its predecessors are made up after them. */
export const oldPrices = {
	auto: [0.133, 0.2, 0.199],
	low: [0.009, 0.013, 0.013],
	medium: [0.034, 0.051, 0.05],
	high: [0.133, 0.2, 0.199],
} as const;
/** The squares are published, and `high` of a lying one. */
export const newPrices = {
	auto: [0.053, 0.041, 0.041],
	low: [0.006, 0.005, 0.005],
	medium: [0.053, 0.041, 0.041],
	high: [0.211, 0.165, 0.165],
} as const;
/** From 0.004 to 0.042 by size and quality; 0.0148 was measured. */
export const flarePrices = {
	auto: [0.0148, 0.0148, 0.0148],
	low: [0.004, 0.004, 0.004],
	medium: [0.0148, 0.0148, 0.0148],
	high: [0.023, 0.023, 0.023],
	xhigh: [0.032, 0.032, 0.032],
	max: [0.042, 0.042, 0.042],
} as const;

export function priceOf(usd: Prices, width: number, height: number, quality = 'auto'): number {
	if (typeof usd === 'number') return usd;
	const [square = 0, upright = 0, lying = 0] = usd[quality] ?? [];
	return width === height ? square : width < height ? upright : lying;
}
