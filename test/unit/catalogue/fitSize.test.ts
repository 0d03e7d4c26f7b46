import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fitSize } from '../../../src/catalogue/fitSize';
import type { SizeRule } from '../../../src/catalogue/models';
import { isImageError } from '../../../src/domain/imageError';
import { formatSize, parseSizeWish, type Size } from '../../../src/domain/size';
import { sentence } from '../builders';

const rule: SizeRule = { kind: 'free', min: 16, max: 4096, default: { width: 1024, height: 1024 } };

/** The size that the model makes, or the sentence that refuses. */
function fit(text: string, by = rule): string {
	const wish = parseSizeWish(text);
	assert.ok(wish);
	const size = fitSize(wish, by);
	return isImageError(size) ? sentence(size.message) : formatSize(size);
}

const side = fc.integer({ min: 1, max: 999_999 });

describe('fitting a size to a model', () => {
	it('is the default where none is wished', () => assert.deepEqual(fitSize(undefined, rule), rule.default));

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
				const nearest = / nearest size is (\d+x\d+)\.$/.exec(sentence(fitted.message))?.[1] ?? '';
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
		.map(([min, max, width, height]): SizeRule => {
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
				assert.ok(possible.some((size) => formatSize(size) === formatSize(fitted)));
				const best = Math.min(...possible.map(sideAway));
				assert.ok(
					sideAway(fitted) <= best + 1e-6,
					`${formatSize(fitted)} is ${sideAway(fitted)} away, ${best} is possible`,
				);
			}),
			{ numRuns: 300 },
		);
	});
});

function commonDivisor(a: number, b: number): number {
	return b === 0 ? a : commonDivisor(b, a % b);
}

/** Every size of this ratio that the rule allows, by trying them all. */
function allowedSizes({ width, height }: Size, { min, max }: SizeRule): Size[] {
	const scales = Array.from({ length: 4096 }, (_, index) => index + 1);
	const sizes = scales.map((scale) => ({ width: width * scale, height: height * scale }));
	return sizes.filter((size) => Math.min(size.width, size.height) >= min && Math.max(size.width, size.height) <= max);
}
