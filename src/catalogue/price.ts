import type { Options } from '../domain/imageRequest';
import { formatSize, parseSizeWish, type Size, type SizeWish } from '../domain/size';
import { controlsOf } from './catalogue';
import type { Plan } from './check';
import type { Offer, Offered, PriceRow, TokenPrice } from './model';

/**
 * USD for one picture, as an estimate that is rather too high than too low: where the quality is left to the model, the dearest one
 * counts. Rough for a size that the price list does not have: the dearest row, times how many more pixels there are.
 * `undefined`: nobody knows.
 */
export function pricePerPicture(offered: Offered, size: SizeWish | undefined, options: Options): number | undefined {
	const rows = rowsOfQuality(offered, options['quality']);
	const wanted = size?.kind === 'pixels' ? size.size : undefined;
	const exact = wanted && dearest(rows.filter((row) => row.size === undefined || row.size === formatSize(wanted)));
	if (exact) return exact.usd;
	const row = dearest(rows);
	return row && row.usd * (wanted ? growth(wanted, row) : 1);
}

/** USD for all pictures of a plan, as the price list has it. `undefined`: nobody knows. */
export function listedPriceOf(plan: Plan): number | undefined {
	const each = pricePerPicture(plan, plan.size, plan.options);
	return each === undefined ? undefined : each * plan.request.n;
}

/** The rows that hold for a quality; all of them where the model itself chooses. */
function rowsOfQuality(offered: Offered, asked: Options[string] | undefined): readonly PriceRow[] {
	const controls = controlsOf(offered);
	const control = controls === 'open' ? undefined : controls.find(({ name }) => name === 'quality');
	const quality = asked ?? (control?.kind === 'choice' ? control.default : undefined);
	const { rows } = offered.offer.price;
	if (quality === undefined || quality === 'auto') return rows;
	return rows.filter((row) => row.quality === undefined || row.quality === quality);
}

function dearest(rows: readonly PriceRow[]): PriceRow | undefined {
	return rows.toSorted((a, b) => b.usd - a.usd)[0];
}

/** How many times the pixels of the row's size, at least once: a smaller picture is not reckoned cheaper. */
function growth({ width, height }: Size, { size }: PriceRow): number {
	const like = parseSizeWish(size ?? '');
	return like?.kind === 'pixels' ? Math.max(1, (width * height) / (like.size.width * like.size.height)) : 1;
}

/** Costs nothing, and is known to. */
export function isFree({ price }: Pick<Offer, 'price'>): boolean {
	return price.rows.length > 0 && price.rows.every(({ usd }) => usd === 0);
}

/** Tokens of one answer. */
export interface TokenUsage {
	readonly textIn: number;
	readonly imageIn: number;
	readonly imageOut: number;
}

/** USD. */
export function costOfTokens(price: TokenPrice, usage: TokenUsage): number {
	return (price.textIn * usage.textIn + price.imageIn * usage.imageIn + price.imageOut * usage.imageOut) / 1e6;
}

/** `$0.211`, `$0.02`: two to four decimals. */
export function formatUsd(usd: number): string {
	if (usd > 0 && usd < 0.0001) return '<$0.0001';
	const [whole = '0', decimals = ''] = usd.toFixed(4).split('.');
	return `$${whole}.${decimals.slice(0, 2)}${decimals.slice(2).replace(/0+$/, '')}`;
}
