import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fitSize, nearestSize } from '../../../src/catalogue/fitSize';
import type { SizeRule } from '../../../src/catalogue/model';
import { isImageError } from '../../../src/domain/imageError';
import { formatSize, formatSizeWish, parseSizeWish, type Size, type SizeWish } from '../../../src/domain/size';
import { sentence } from '../builders';

type FreeRule = Extract<SizeRule, { kind: 'free' }>;
type GridRule = Extract<SizeRule, { kind: 'grid' }>;

const rule: FreeRule = { kind: 'free', min: 16, max: 4096, default: { width: 1024, height: 1024 } };

/** The size that the model makes, or the sentence that refuses. */
function fit(text: string, by: SizeRule = rule): string {
	const wish = parseSizeWish(text);
	assert.ok(wish);
	const size = fitSize(wish, by);
	assert.ok(size);
	return isImageError(size) ? sentence(size.message) : formatSizeWish(size);
}

/** The pixels of what was fitted. */
function pixelsOf(wish: SizeWish | undefined): Size {
	assert.ok(wish?.kind === 'pixels');
	return wish.size;
}

/** The size that a refusal names. */
function nearestIn(text: string): string {
	return / nearest size is (\d+x\d+)\.$/.exec(text)?.[1] ?? '';
}

const side = fc.integer({ min: 1, max: 999_999 });

describe('fitting a size to a model', () => {
	it('is the default where none is wished', () => {
		assert.deepEqual(fitSize(undefined, rule), { kind: 'pixels', size: rule.default });
	});

	it('is exactly what was asked for in pixels, up to the limits', () => {
		for (const text of ['1024x768', '16x16', '4096x4096', '16x4096']) assert.equal(fit(text), text);
	});

	it('refuses a side beyond a limit, and names a size that can be made', () => {
		fc.assert(
			fc.property(side, side, (width, height) => {
				const fitted = fitSize({ kind: 'pixels', size: { width, height } }, rule);
				const inside = [width, height].every((pixels) => pixels >= 16 && pixels <= 4096);
				assert.equal(isImageError(fitted), !inside);
				if (!isImageError(fitted)) return;
				assert.equal(fitted.code, 'bad-input');
				const nearest = nearestIn(sentence(fitted.message));
				assert.equal(fit(nearest), nearest);
			}),
		);
	});

	for (const text of ['15x1024', '1024x15', '4097x16', '16x4097', '99999x1', '1x1']) {
		it(`refuses ${text}`, () => assert.match(fit(text), /cannot be made: each side must be 16 to 4096 pixels/));
	}
});

describe('fitting a ratio to a model', () => {
	const examples: readonly (readonly [ratio: string, size: string])[] = [
		['1:1', '1024x1024'],
		['16:9', '1360x765'],
		['9:16', '765x1360'],
		['3:2', '1254x836'],
		['4:3', '1184x888'],
		['100:100', '1024x1024'],
		['1920:1080', '1360x765'],
		['1000:999', '1000x999'],
		['1:20', '204x4080'],
		['20:1', '4080x204'],
		['1:256', '16x4096'],
	];
	for (const [ratio, size] of examples) it(`makes ${size} of ${ratio}`, () => assert.equal(fit(ratio), size));

	it('refuses a ratio that no size within the limits has', () => {
		for (const ratio of ['1:300', '300:1', '1:257', '99999:1', '5000:4999'])
			assert.match(fit(ratio), /cannot be made/, ratio);
	});

	const rules = fc
		.tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 64, max: 4096 }), fc.nat(), fc.nat())
		.map(([min, max, width, height]): FreeRule => {
			const between = (seed: number): number => min + (seed % (max - min + 1));
			return { kind: 'free', min, max, default: { width: between(width), height: between(height) } };
		});

	it('has exactly the ratio, within the limits, and as near to the default’s area as any such size: or there is none', () => {
		const parts = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5000 }));
		fc.assert(
			fc.property(parts, parts, rules, (width, height, rule) => {
				const divisor = commonDivisor(width, height);
				const reduced = { width: width / divisor, height: height / divisor };
				const possible = allowedSizes(reduced, rule);
				const fitted = fitSize({ kind: 'ratio', ratio: { width, height } }, rule);
				if (isImageError(fitted)) return assert.equal(possible.length, 0, sentence(fitted.message));
				const sideAway = (size: Size): number =>
					Math.abs(Math.sqrt(size.width * size.height) - Math.sqrt(rule.default.width * rule.default.height));
				const size = pixelsOf(fitted);
				assert.ok(possible.some((other) => formatSize(other) === formatSize(size)));
				const best = Math.min(...possible.map(sideAway));
				assert.ok(sideAway(size) <= best + 1e-6, `${formatSize(size)} is ${sideAway(size)} away, ${best} is possible`);
			}),
			{ numRuns: 300 },
		);
	});
});

function commonDivisor(a: number, b: number): number {
	return b === 0 ? a : commonDivisor(b, a % b);
}

/** Every size of this ratio that the rule allows, by trying them all. */
function allowedSizes({ width, height }: Size, { min, max }: FreeRule): Size[] {
	const scales = Array.from({ length: 4096 }, (_, index) => index + 1);
	const sizes = scales.map((scale) => ({ width: width * scale, height: height * scale }));
	return sizes.filter((size) => Math.min(size.width, size.height) >= min && Math.max(size.width, size.height) <= max);
}

const ratioOf = ({ width, height }: Size): number => width / height;
const factorBetween = (a: number, b: number): number => Math.max(a / b, b / a);

describe('a list of sizes', () => {
	const presets: SizeRule = listOf('1024x1024', '1536x1024', '1024x1536');
	const squares: SizeRule = listOf('1024x1024', '256x256', '512x512');
	const wides: SizeRule = listOf('1024x1024', '1792x1024', '1024x1792');

	it('gives the sizes in it, and the first of these where none is wished', () => {
		for (const size of ['1024x1024', '1536x1024', '1024x1536']) assert.equal(fit(size, presets), size);
		assert.equal(formatSize(pixelsOf(asWish(fitSize(undefined, presets)))), '1024x1024');
	});

	const ratios: readonly (readonly [ratio: string, rule: SizeRule, size: string])[] = [
		['1:1', presets, '1024x1024'],
		['3:2', presets, '1536x1024'],
		['2:3', presets, '1024x1536'],
		['300:200', presets, '1536x1024'],
		['151:100', presets, '1536x1024'],
		['1:1', squares, '1024x1024'],
		['16:9', wides, '1792x1024'],
		['9:16', wides, '1024x1792'],
		['7:4', wides, '1792x1024'],
	];
	for (const [ratio, rule, size] of ratios)
		it(`gives ${size} for ${ratio}`, () => assert.equal(fit(ratio, rule), size));

	const refused: readonly (readonly [wish: string, rule: SizeRule, nearest: string])[] = [
		['1024x1025', presets, '1024x1024'],
		['512x512', presets, '1024x1024'],
		['1920x1080', presets, '1536x1024'],
		['1x9999', presets, '1024x1536'],
		['16:9', presets, '1536x1024'],
		['9:16', presets, '1024x1536'],
		['5:4', presets, '1536x1024'],
		['6:5', presets, '1024x1024'],
		['300x300', squares, '256x256'],
		['400x400', squares, '512x512'],
		['1000x900', squares, '1024x1024'],
		['2048x2048', squares, '1024x1024'],
		['5:4', wides, '1024x1024'],
		['4:3', wides, '1792x1024'],
	];
	for (const [wish, rule, nearest] of refused) {
		it(`has no ${wish}, but ${nearest}`, () => {
			const text = fit(wish, rule);
			assert.match(text, new RegExp(`^The size ${wish} cannot be made\\. There are: 1024x1024, `));
			assert.equal(nearestIn(text), nearest);
		});
	}

	it('names of all sizes the one with the nearest ratio, and of these the nearest in pixels', () => {
		const sizes = fc.uniqueArray(fc.constantFrom(256, 512, 640, 1024, 1536).chain(sizeBeside), {
			minLength: 1,
			maxLength: 6,
			selector: formatSize,
		});
		fc.assert(
			fc.property(
				sizes,
				fc.integer({ min: 1, max: 3000 }),
				fc.integer({ min: 1, max: 3000 }),
				(sizes, width, height) => {
					const wanted = { width, height };
					const rule: SizeRule = { kind: 'list', sizes, default: sizes[0] ?? wanted };
					const near = pixelsOf(nearestSize({ kind: 'pixels', size: wanted }, rule));
					assert.ok(sizes.some((size) => formatSize(size) === formatSize(near)));
					for (const other of sizes) {
						const off = factorBetween(ratioOf(near), ratioOf(wanted));
						const otherOff = factorBetween(ratioOf(other), ratioOf(wanted));
						assert.ok(off <= otherOff * (1 + 1e-5), `${formatSize(near)} ${formatSize(other)}`);
						if (ratioOf(other) !== ratioOf(near)) continue;
						const area = (size: Size): number => factorBetween(size.width * size.height, width * height);
						assert.ok(area(near) <= area(other) + 1e-9);
					}
				},
			),
		);
	});
});

/** The limits of gpt-image-2 and what came after (OpenAI reference, *Size rules*). */
const grid: GridRule = {
	kind: 'grid',
	step: 16,
	maxSide: 3840,
	maxRatio: 3,
	minPixels: 655_360,
	maxPixels: 8_294_400,
	default: { width: 1024, height: 1024 },
};

/** The same in the words of the reference. */
function sizeOk({ width, height }: Size): boolean {
	const pixels = width * height;
	const [long, short] = [Math.max(width, height), Math.min(width, height)];
	const onGrid = width % 16 === 0 && height % 16 === 0;
	return onGrid && long <= 3840 && long <= 3 * short && pixels >= 655_360 && pixels <= 8_294_400;
}

/** Whether only the steps can be in the way of a size. */
function farFromLimits({ width, height }: Size): boolean {
	return factorBetween(width, height) < 2.8 && width * height > 700_000 && width * height < 8_000_000;
}

describe('a grid of sizes', () => {
	const sixteenths = fc.integer({ min: 1, max: 240 }).map((count) => count * 16);

	for (const size of [
		'1024x1024',
		'1536x1024',
		'2048x1152',
		'3840x2160',
		'2160x3840',
		'1024x640',
		'832x800',
		'1536x512',
	]) {
		it(`has ${size}`, () => assert.equal(fit(size, grid), size));
	}

	const refused: readonly (readonly [wish: string, nearest: string])[] = [
		['256x256', '816x816'],
		['512x512', '816x816'],
		['1000x1000', '1008x1008'],
		['1025x1024', '1024x1024'],
		['1920x1080', '1920x1088'],
		['3840x3840', '2880x2880'],
		['4096x2160', '3840x2032'],
		['4000x1000', '3456x1152'],
		['1x1', '816x816'],
	];
	for (const [wish, nearest] of refused) {
		it(`has no ${wish}, but ${nearest}`, () => {
			const text = fit(wish, grid);
			assert.match(
				text,
				new RegExp(`^The size ${wish} cannot be made: both sides must be multiples of 16 from 16 to 3840`),
			);
			assert.match(text, /at most 3 times the short one, and the pixels together 655360 to 8294400\./);
			assert.equal(nearestIn(text), nearest);
		});
	}

	it('gives what keeps every limit, and refuses the rest', () => {
		const anySide = fc.oneof(sixteenths, fc.integer({ min: 1, max: 5000 }), side);
		fc.assert(
			fc.property(anySide, anySide, (width, height) => {
				const wish: SizeWish = { kind: 'pixels', size: { width, height } };
				const fitted = fitSize(wish, grid);
				assert.equal(!isImageError(fitted), sizeOk(wish.size));
				if (!isImageError(fitted)) return assert.deepEqual(fitted, wish);
				const nearest = nearestIn(sentence(fitted.message));
				assert.equal(fit(nearest, grid), nearest);
			}),
		);
	});

	it('names a size of the same ratio and as many pixels, as far as the limits and the steps allow', () => {
		const anySide = fc.oneof(fc.integer({ min: 1, max: 6000 }), side);
		fc.assert(
			fc.property(anySide, anySide, (width, height) => {
				const near = pixelsOf(nearestSize({ kind: 'pixels', size: { width, height } }, grid));
				assert.ok(sizeOk(near), formatSize(near));
				const ratio = Math.min(3, Math.max(1 / 3, width / height));
				assert.ok(Math.abs(near.width - near.height * ratio) <= 16 * Math.max(1, ratio), formatSize(near));
				const mostPixels = Math.min(8_294_400, 3840 ** 2 / Math.max(ratio, 1 / ratio));
				const pixels = Math.min(mostPixels, Math.max(655_360, width * height));
				assert.ok(factorBetween(near.width * near.height, pixels) < 1.06, formatSize(near));
			}),
		);
	});

	it('names the next size on the grid where only the steps are in the way', () => {
		const inner = fc.record({
			width: fc.integer({ min: 500, max: 3800 }),
			height: fc.integer({ min: 500, max: 3800 }),
		});
		fc.assert(
			fc.property(inner.filter(farFromLimits), (size) => {
				const near = pixelsOf(nearestSize({ kind: 'pixels', size }, grid));
				assert.ok(Math.abs(near.width - size.width) <= 8 && Math.abs(near.height - size.height) <= 8, formatSize(near));
			}),
		);
	});

	const ratios: readonly (readonly [ratio: string, size: string])[] = [
		['1:1', '1024x1024'],
		['16:9', '1280x720'],
		['9:16', '720x1280'],
		['3:2', '1248x832'],
		['4:3', '1152x864'],
		['21:9', '1568x672'],
		['3:1', '1776x592'],
		['1:3', '592x1776'],
		['1000:999', '1024x1024'],
	];
	for (const [ratio, size] of ratios) it(`makes ${size} of ${ratio}`, () => assert.equal(fit(ratio, grid), size));

	it('makes of any ratio up to the limit about as many pixels as usual, off by a step at most', () => {
		const part = fc.integer({ min: 1, max: 3000 });
		fc.assert(
			fc.property(part, part, (width, height) => {
				const ratio = { width, height };
				const fitted = fitSize({ kind: 'ratio', ratio }, grid);
				const isAllowed = Math.max(width, height) <= 3 * Math.min(width, height);
				assert.equal(isImageError(fitted), !isAllowed);
				if (isImageError(fitted)) return;
				const size = pixelsOf(fitted);
				assert.ok(sizeOk(size));
				assert.ok(Math.abs(size.width - size.height * ratioOf(ratio)) <= Math.max(1, ratioOf(ratio)) * 16);
				assert.ok(factorBetween(size.width * size.height, 1024 * 1024) <= 1.2501);
			}),
		);
	});

	it('refuses a longer ratio, and names the longest size', () => {
		for (const [ratio, nearest] of [
			['4:1', '1776x592'],
			['1:4', '592x1776'],
			['301:100', '1776x592'],
			['999999:1', '1776x592'],
		] as const) {
			const text = fit(ratio, grid);
			assert.match(text, new RegExp(`^The size ${ratio} cannot be made: the long side must be at most 3 times`));
			assert.equal(nearestIn(text), nearest);
		}
	});

	it('gives its default where its own limits are in each other’s way', () => {
		const nothing: GridRule = { ...grid, maxPixels: 1 };
		assert.equal(nearestIn(fit('512x512', nothing)), '1024x1024');
		assert.equal(fit('1:1', nothing), '1024x1024');
	});
});

describe('sizes that nobody knows', () => {
	const server: SizeRule = { kind: 'open', ratios: false };
	const gateway: SizeRule = { kind: 'open', ratios: true };

	it('are sent as wished, in pixels or as a ratio where ratios are taken', () => {
		fc.assert(
			fc.property(side, side, (width, height) => {
				const size: SizeWish = { kind: 'pixels', size: { width, height } };
				const ratio: SizeWish = { kind: 'ratio', ratio: { width, height } };
				assert.deepEqual(fitSize(size, server), size);
				assert.deepEqual(fitSize(size, gateway), size);
				assert.deepEqual(fitSize(ratio, gateway), ratio);
			}),
		);
	});

	it('are left to the server where none is wished, unless there is a usual one', () => {
		assert.equal(fitSize(undefined, server), undefined);
		assert.equal(fitSize(undefined, gateway), undefined);
		const size = { width: 512, height: 768 };
		assert.deepEqual(fitSize(undefined, { ...server, default: size }), { kind: 'pixels', size });
	});

	it('become multiples of 64 of a ratio where ratios are not taken', () => {
		assert.equal(fit('1:1', server), '1024x1024');
		assert.equal(fit('16:9', server), '1472x832');
		assert.equal(fit('2:3', server), '896x1344');
		assert.equal(fit('1:1', { ...server, default: { width: 512, height: 512 } }), '512x512');
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 8000 }), fc.integer({ min: 1, max: 8000 }), (width, height) => {
				const fitted = fitSize({ kind: 'ratio', ratio: { width, height } }, server);
				assert.equal(isImageError(fitted), factorBetween(width, height) > 8);
				if (isImageError(fitted)) return;
				const size = pixelsOf(fitted);
				assert.ok(size.width % 64 === 0 && size.height % 64 === 0 && Math.max(size.width, size.height) <= 4096);
				assert.ok(Math.abs(size.width - size.height * (width / height)) <= Math.max(1, width / height) * 64);
			}),
		);
	});

	it('end where a ratio is beyond all reason', () => assert.match(fit('9:1', server), /at most 8 times the short one/));
});

describe('the nearest size', () => {
	it('is the wish itself where it can be had, and one that can be had where not, under every rule', () => {
		const rules: readonly SizeRule[] = [
			rule,
			grid,
			listOf('256x256', '1024x1024', '1792x1024'),
			{ kind: 'open', ratios: true },
			{ kind: 'open', ratios: false },
		];
		const wishes = fc.tuple(side, side, fc.boolean()).map(([width, height, isRatio]): SizeWish => {
			const numbers = { width, height };
			return isRatio ? { kind: 'ratio', ratio: numbers } : { kind: 'pixels', size: numbers };
		});
		fc.assert(
			fc.property(fc.constantFrom(...rules), wishes, (rule, wish) => {
				const near = nearestSize(wish, rule);
				if (!isImageError(fitSize(wish, rule))) assert.equal(near, wish);
				assert.ok(near && !isImageError(fitSize(near, rule)), near && formatSizeWish(near));
			}),
			{ numRuns: 300 },
		);
	});
});

function listOf(...texts: readonly string[]): SizeRule {
	const sizes = texts.map((text) => pixelsOf(parseSizeWish(text)));
	return { kind: 'list', sizes, default: sizes[0] ?? { width: 1, height: 1 } };
}

function asWish(fitted: ReturnType<typeof fitSize>): SizeWish | undefined {
	assert.ok(!isImageError(fitted));
	return fitted;
}

/** Sizes with this side that are like those in price lists. */
function sizeBeside(width: number): fc.Arbitrary<Size> {
	return fc.constantFrom(256, 512, 640, 1024, 1536).map((height) => ({ width, height }));
}
