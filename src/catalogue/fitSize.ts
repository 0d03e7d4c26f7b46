import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { formatSize, type Size, type SizeWish } from '../domain/size';
import type { SizeRule } from './models';

/** The pixels that a model makes for what was wished; `undefined` wish: the model's default. */
export function fitSize(wish: SizeWish | undefined, rule: SizeRule): Size | ImageError {
	const size = pixelsFor(wish, rule);
	const allowed = [size.width, size.height].every((side) => side >= rule.min && side <= rule.max);
	return allowed ? size : outOfRange(size, rule);
}

function pixelsFor(wish: SizeWish | undefined, rule: SizeRule): Size {
	if (!wish) return rule.default;
	return wish.kind === 'pixels' ? wish.size : sizeOfRatio(wish.ratio, rule);
}

/** The size of exactly this ratio, within the limits where there is one, as large as the model's default: 16:9 of 1024x1024 is 1360x765. */
function sizeOfRatio(ratio: Size, { min, max, default: like }: SizeRule): Size {
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

function outOfRange(size: Size, rule: SizeRule): ImageError {
	const nearest = { width: clamp(size.width, rule), height: clamp(size.height, rule) };
	return unsent(
		'bad-input',
		say(
			'The size {0} cannot be made: each side must be {1} to {2} pixels. The nearest size is {3}.',
			formatSize(size),
			rule.min,
			rule.max,
			formatSize(nearest),
		),
	);
}

function clamp(side: number, { min, max }: SizeRule): number {
	return Math.min(max, Math.max(min, side));
}
