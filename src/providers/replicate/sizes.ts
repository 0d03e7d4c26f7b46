import { gridSizeOfRatio } from '../../catalogue/gridSize';
import { type Message, say } from '../../domain/message';
import { titleOf } from '../../catalogue/providers';
import { formatSize, formatSizeWish, parseSizeWish, type Size, type SizeWish } from '../../domain/size';
import { sniff } from '../../image/sniff';
import type { Call, JsonObject } from '../provider';
import type { Input, Inputs } from './description';
import { listed } from './listed';

/** How a size is said to a model. */
export interface SaidSize {
	readonly fields: JsonObject;
	readonly warnings: readonly Message[];
}

/** How far a ratio may be off: listed ones are often not quite what they are called. */
const tolerance = Math.log(1.02);

/**
 * A wish in the inputs that the model has: pixels as `size` or as `width` and `height` before `aspect_ratio`, a ratio the other way
 * round. What cannot be said is left out, and that is said; but the size of the very picture that goes out need not be said.
 */
export function sizeFields({ size, offer, task }: Pick<Call, 'size' | 'offer' | 'task'>, inputs: Inputs): SaidSize {
	if (!size) return { fields: {}, warnings: [] };
	const isOwn = isOwnSize(size, task);
	const inPixels = [asSize, asSides, ...(isOwn ? [asInput] : []), asRatio];
	const ways = size.kind === 'pixels' ? inPixels : [asRatio, asSize, asSides];
	for (const way of ways) {
		const fields = way(size, inputs);
		if (fields) return { fields, warnings: changeOf(size, fields) };
	}
	return {
		fields: {},
		warnings: isOwn ? [] : [leftOut(size, offer.provider, inputs.get('aspect_ratio')?.values ?? [])],
	};
}

/** Whether the wish is the size of the picture that is edited: what a model makes of one is as large, where nobody says otherwise. */
function isOwnSize(wish: SizeWish, task: Call['task']): boolean {
	if (task.operation !== 'edit' || wish.kind !== 'pixels') return false;
	const own = task.images[0] && sniff(task.images[0].bytes);
	return own !== undefined && isSame(own, wish.size);
}

function leftOut(size: SizeWish, provider: string, ratios: Input['values']): Message {
	const wish = formatSizeWish(size);
	return ratios.length > 0
		? say('The model takes no size near {0}: it was left out. It takes: {1}.', wish, listed(ratios))
		: say('{0} cannot tell this model a size: {1} was left out.', titleOf(provider), wish);
}

/** `size`, one of a list (`1024x1024`, elsewhere `1024*1024`) or a text. */
function asSize(wish: SizeWish, inputs: Inputs): JsonObject | undefined {
	const input = inputs.get('size');
	if (!input || !takesText(input)) return undefined;
	if (input.values.length === 0) return { size: formatSize(pixelsOf(wish)) };
	const sizes = input.values.flatMap((value) => {
		const read = sizeIn(value);
		return read && read.kind === 'pixels' ? [{ value, size: read.size }] : [];
	});
	const found = sizes.find(({ size }) =>
		wish.kind === 'pixels' ? isSame(size, wish.size) : off(size, wish.ratio) <= tolerance,
	);
	return found && { size: found.value };
}

/** `width` and `height`; models that know ratios too often want to be told that none of them is meant (unverified: from memory). */
function asSides(wish: SizeWish, inputs: Inputs): JsonObject | undefined {
	const [across, down, ratios] = [inputs.get('width'), inputs.get('height'), inputs.get('aspect_ratio')];
	if (!across || !down) return undefined;
	const { width, height } = pixelsOf(wish, across.step ?? down.step);
	const sides = { width: nearest(width, across), height: nearest(height, down) };
	return { ...sides, ...(ratios?.values.includes('custom') && { aspect_ratio: 'custom' }) };
}

/** What FLUX.1 Kontext and others call the ratio of the picture that they get. */
function asInput(_: SizeWish, inputs: Inputs): JsonObject | undefined {
	const value = 'match_input_image';
	return inputs.get('aspect_ratio')?.values.includes(value) ? { aspect_ratio: value } : undefined;
}

/** `aspect_ratio`, one of a list or a text. */
function asRatio(wish: SizeWish, inputs: Inputs): JsonObject | undefined {
	const input = inputs.get('aspect_ratio');
	if (!input || !takesText(input)) return undefined;
	const like = wish.kind === 'pixels' ? wish.size : wish.ratio;
	if (input.values.length === 0) return { aspect_ratio: simplest(like) };
	const [best] = input.values
		.flatMap((value) => {
			const read = sizeIn(value);
			return read?.kind === 'ratio' ? [{ value, error: off(read.ratio, like) }] : [];
		})
		.toSorted((a, b) => a.error - b.error);
	return best && best.error <= tolerance ? { aspect_ratio: best.value } : undefined;
}

function takesText({ type, values }: Input): boolean {
	return type === 'string' || type === '' || values.length > 0;
}

function sizeIn(value: string | number): SizeWish | undefined {
	return parseSizeWish(String(value).replace('*', 'x'));
}

/** A ratio becomes about a megapixel, on a grid that suits every diffusion model, or on the model's own where that is another one. */
function pixelsOf(wish: SizeWish, own = 64): Size {
	if (wish.kind === 'pixels') return wish.size;
	const step = Number.isInteger(own) && own > 8 && own <= 512 && 64 % own > 0 ? own : 64;
	const rule = { kind: 'grid', step, maxSide: 4096, maxRatio: 8, minPixels: 0, maxPixels: 4096 ** 2 } as const;
	return gridSizeOfRatio(wish.ratio, { ...rule, default: { width: 1024, height: 1024 } });
}

/** The allowed number next to the wanted one. */
function nearest(wanted: number, { values, min = 1, max = Infinity, step = 1 }: Input): number {
	const numbers = values.map(Number).filter(Number.isFinite);
	const [listed] = numbers.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
	if (listed !== undefined) return listed;
	const lowest = Math.ceil(min / step) * step;
	const highest = Math.floor(max / step) * step;
	return Math.min(highest, Math.max(lowest, Math.round(wanted / step) * step));
}

/** Says what pixels became. */
function changeOf(wish: SizeWish, { width, height }: JsonObject): Message[] {
	if (wish.kind === 'ratio' || typeof width !== 'number' || typeof height !== 'number') return [];
	if (isSame(wish.size, { width, height })) return [];
	return [say('The size is {0} instead of {1}.', formatSize({ width, height }), formatSizeWish(wish))];
}

function off(one: Size, other: Size): number {
	return Math.abs(Math.log((one.width * other.height) / (one.height * other.width)));
}

function isSame(one: Size, other: Size): boolean {
	return one.width === other.width && one.height === other.height;
}

/** 1344x768 is 7:4. */
function simplest({ width, height }: Size): string {
	const divisor = greatestCommonDivisor(width, height);
	return `${width / divisor}:${height / divisor}`;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
