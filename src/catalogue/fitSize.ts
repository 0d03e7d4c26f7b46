import { type ImageError, unsent } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import { formatSize, formatSizeWish, type Size, type SizeWish } from '../domain/size';
import { type GridRule, gridSizeOfRatio, isOnGrid, minSideOf, nearestOnGrid } from './gridSize';
import type { SizeRule } from './model';

type Rule<Kind extends SizeRule['kind']> = Extract<SizeRule, { kind: Kind }>;

/** What becomes of a wish: the size where it can be had, else why not and the nearest that can. */
type Fit = { readonly size: SizeWish } | { readonly nearest: Size; readonly why: (nearest: string) => Message };

/**
 * The size that is asked of a model: in pixels, unless it takes ratios itself. Without a wish its default; `undefined` where it has
 * none and decides by itself.
 */
export function fitSize(wish: SizeWish | undefined, rule: SizeRule): SizeWish | undefined | ImageError {
	if (!wish || rule.kind === 'none') return rule.default && pixels(rule.default);
	const fit = fitWish(wish, rule);
	return 'size' in fit ? fit.size : unsent('bad-input', fit.why(formatSize(fit.nearest)));
}

/** The wish itself where it can be had, else the nearest size that can; `undefined` where there is nothing to wish. */
export function nearestSize(wish: SizeWish, rule: SizeRule): SizeWish | undefined {
	if (rule.kind === 'none') return undefined;
	const fit = fitWish(wish, rule);
	return 'size' in fit ? wish : pixels(fit.nearest);
}

function fitWish(wish: SizeWish, rule: Exclude<SizeRule, { kind: 'none' }>): Fit {
	switch (rule.kind) {
		case 'free':
			return fitFree(wish, rule);
		case 'list':
			return fitList(wish, rule);
		case 'grid':
			return fitGrid(wish, rule);
		case 'open':
			if (wish.kind === 'pixels' || rule.ratios) return { size: wish };
			return fitGrid(wish, { ...gridOfNobody, default: rule.default ?? gridOfNobody.default });
	}
}

/** How a ratio becomes pixels where nobody knows what the model takes: such sizes suit every diffusion model. */
const gridOfNobody: GridRule = {
	kind: 'grid',
	step: 64,
	maxSide: 4096,
	maxRatio: 8,
	minPixels: 64 * 64,
	maxPixels: 4096 * 4096,
	default: { width: 1024, height: 1024 },
};

function fitFree(wish: SizeWish, rule: Rule<'free'>): Fit {
	const { min, max } = rule;
	const size = wish.kind === 'pixels' ? wish.size : sizeOfRatio(wish.ratio, rule);
	const nearest = { width: clamp(size.width, rule), height: clamp(size.height, rule) };
	if (isSame(size, nearest)) return { size: pixels(size) };
	const why = (text: string): Message =>
		say(
			'The size {0} cannot be made: each side must be {1} to {2} pixels. The nearest size is {3}.',
			formatSize(size),
			min,
			max,
			text,
		);
	return { nearest, why };
}

/** The size of exactly this ratio, within the limits where there is one, as large as the model's default: 16:9 of 1024x1024 is 1360x765. */
function sizeOfRatio(ratio: Size, { min, max, default: like }: Rule<'free'>): Size {
	const divisor = greatestCommonDivisor(ratio.width, ratio.height);
	const [width, height] = [ratio.width / divisor, ratio.height / divisor];
	const wished = Math.round(Math.sqrt((like.width * like.height) / (width * height)));
	const least = Math.ceil(min / Math.min(width, height));
	const most = Math.floor(max / Math.max(width, height));
	const scale = Math.max(1, Math.min(most, Math.max(least, wished)));
	return { width: width * scale, height: height * scale };
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function clamp(side: number, { min, max }: Rule<'free'>): number {
	return Math.min(max, Math.max(min, side));
}

/** Listed sizes are often not quite the ratio that they are called by: 1792x1024 goes for 16:9. */
const ratioTolerance = 0.02;

function fitList(wish: SizeWish, rule: Rule<'list'>): Fit {
	const like = wish.kind === 'pixels' ? wish.size : wish.ratio;
	const area = wish.kind === 'pixels' ? like : rule.default;
	const off = (size: Size): number => Math.abs(Math.log((size.width * like.height) / (size.height * like.width)));
	const growth = (size: Size): number => Math.abs(Math.log((size.width * size.height) / (area.width * area.height)));
	// By the ratio first, then by the pixels. The error of a ratio is rounded, so that what is as wrong counts as equal.
	const cost = (size: Size): number => Math.round(off(size) * 1e6) * 1e3 + growth(size);
	const nearest = rule.sizes.toSorted((a, b) => cost(a) - cost(b))[0] ?? rule.default;
	const fits = wish.kind === 'pixels' ? isSame(nearest, wish.size) : off(nearest) <= Math.log(1 + ratioTolerance);
	if (fits) return { size: pixels(nearest) };
	const sizes = rule.sizes.map(formatSize).join(', ');
	const why = (text: string): Message =>
		say('The size {0} cannot be made. There are: {1}. The nearest size is {2}.', formatSizeWish(wish), sizes, text);
	return { nearest, why };
}

function fitGrid(wish: SizeWish, rule: GridRule): Fit {
	if (wish.kind === 'ratio') {
		const nearest = gridSizeOfRatio(wish.ratio, rule);
		const { width, height } = wish.ratio;
		if (Math.max(width, height) <= rule.maxRatio * Math.min(width, height)) return { size: pixels(nearest) };
		return { nearest, why: (text) => tooLong(formatSizeWish(wish), rule, text) };
	}
	if (isOnGrid(wish.size, rule)) return { size: wish };
	return { nearest: nearestOnGrid(wish.size, rule), why: (text) => offGrid(formatSizeWish(wish), rule, text) };
}

function tooLong(wish: string, { maxRatio }: GridRule, nearest: string): Message {
	return say(
		'The size {0} cannot be made: the long side must be at most {1} times the short one. The nearest size is {2}.',
		wish,
		maxRatio,
		nearest,
	);
}

function offGrid(wish: string, rule: GridRule, nearest: string): Message {
	return say(
		'The size {0} cannot be made: both sides must be multiples of {1} from {2} to {3}, the long one at most {4} times the short one, and the pixels together {5} to {6}. The nearest size is {7}.',
		wish,
		rule.step,
		minSideOf(rule),
		rule.maxSide,
		rule.maxRatio,
		rule.minPixels,
		rule.maxPixels,
		nearest,
	);
}

function isSame(a: Size, b: Size): boolean {
	return a.width === b.width && a.height === b.height;
}

function pixels(size: Size): SizeWish {
	return { kind: 'pixels', size };
}
