import type { Size } from '../domain/size';
import type { SizeRule } from './model';

export type GridRule = Extract<SizeRule, { kind: 'grid' }>;

/** How far the pixels of a ratio may be from the default's, as a factor: within it the truest ratio wins. */
const pixelWindow = 1.25;

/** Whether a size keeps every limit of the rule. */
export function isOnGrid({ width, height }: Size, rule: GridRule): boolean {
	return (
		Math.min(width, height) >= minSideOf(rule) &&
		width % rule.step === 0 &&
		height % rule.step === 0 &&
		Math.max(width, height) <= rule.maxSide &&
		Math.max(width, height) <= rule.maxRatio * Math.min(width, height) &&
		width * height >= rule.minPixels &&
		width * height <= rule.maxPixels
	);
}

/** Pixels. */
export function minSideOf({ step, minSide = step }: GridRule): number {
	return minSide;
}

/** The allowed size nearest to the wanted one after that was brought within the limits with its ratio: 256x256 becomes 816x816. */
export function nearestOnGrid(wanted: Size, rule: GridRule): Size {
	const ideal = withinLimits(wanted, rule);
	const cost = ({ width, height }: Size): number =>
		Math.log(width / ideal.width) ** 2 + Math.log(height / ideal.height) ** 2;
	return leastOnGrid(rule, cost) ?? rule.default;
}

/** As much as can be of the ratio first and of the pixels then, not yet on the grid. */
function withinLimits({ width, height }: Size, { maxSide, maxRatio, minPixels, maxPixels }: GridRule): Size {
	const ratio = Math.min(maxRatio, Math.max(1 / maxRatio, width / height));
	const mostPixels = Math.min(maxPixels, maxSide ** 2 / Math.max(ratio, 1 / ratio));
	const pixels = Math.min(mostPixels, Math.max(minPixels, width * height));
	return { width: Math.sqrt(pixels * ratio), height: Math.sqrt(pixels / ratio) };
}

/** The allowed size of about as many pixels as the default that is truest to the ratio: 16:9 of 1024x1024 is 1280x720. */
export function gridSizeOfRatio(ratio: Size, rule: GridRule): Size {
	const wanted = ratio.width / ratio.height;
	const pixels = rule.default.width * rule.default.height;
	const growth = ({ width, height }: Size): number => Math.abs(Math.log((width * height) / pixels));
	// Of sizes with the same ratio the one nearest to the default's pixels: the error of the ratio outweighs all else.
	const cost = (size: Size): number => Math.abs(Math.log(size.width / size.height / wanted)) * 1e6 + growth(size);
	const likeDefault = (size: Size): number => (growth(size) <= Math.log(pixelWindow) ? cost(size) : Infinity);
	return leastOnGrid(rule, likeDefault) ?? leastOnGrid(rule, cost) ?? rule.default;
}

/** The allowed size of least cost, by looking at every one: at most some 60,000, a few milliseconds. */
function leastOnGrid(rule: GridRule, cost: (size: Size) => number): Size | undefined {
	let least: Size | undefined;
	let leastCost = Infinity;
	for (let width = rule.step; width <= rule.maxSide; width += rule.step) {
		for (let height = rule.step; height <= rule.maxSide; height += rule.step) {
			const size = { width, height };
			const costs = isOnGrid(size, rule) ? cost(size) : Infinity;
			if (costs >= leastCost) continue;
			leastCost = costs;
			least = size;
		}
	}
	return least;
}
