import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatSize, formatSizeWish, parseSizeWish } from '../../../src/domain/size';

const side = fc.integer({ min: 1, max: 999_999 });

describe('reading a size', () => {
	it('reads back every size that it writes', () => {
		fc.assert(
			fc.property(side, side, (width, height) => {
				assert.deepEqual(parseSizeWish(formatSize({ width, height })), { kind: 'pixels', size: { width, height } });
			}),
		);
	});

	it('reads ratios as they are, unreduced', () => {
		fc.assert(
			fc.property(side, side, (width, height) => {
				assert.deepEqual(parseSizeWish(`${width}:${height}`), { kind: 'ratio', ratio: { width, height } });
			}),
		);
	});

	it('takes the signs and the blanks that people type', () => {
		const square = { kind: 'pixels', size: { width: 1024, height: 768 } };
		for (const text of ['1024x768', '1024X768', '1024×768', ' 1024 x 768 ', '1024\t×\u00A0768\n']) {
			assert.deepEqual(parseSizeWish(text), square, text);
		}
		assert.deepEqual(parseSizeWish(' 16 : 9 '), { kind: 'ratio', ratio: { width: 16, height: 9 } });
	});

	for (const text of [
		'',
		'x',
		'10x',
		'x10',
		'0x0',
		'0x10',
		'10x0',
		'0:1',
		'1:0',
		'010x10',
		'-1x10',
		'1.5x10',
		'1e3x10',
		'0x10x10',
		'10x10x10',
		'10x10 or so',
		'1000000x1',
		'16:9:1',
		'16/9',
		'16;9',
		'10*10',
		'auto',
		'NaNxNaN',
		'٣x٣',
		'１０x１０',
		'10x10\0',
	]) {
		it(`takes ${JSON.stringify(text)} for no size`, () => assert.equal(parseSizeWish(text), undefined));
	}

	it('never throws, and gives nothing but whole numbers from 1', () => {
		const texts = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.stringMatching(/^[\d x×:.\-+e]{0,12}$/),
			fc.constantFrom('constructor', '__proto__'),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const wish = parseSizeWish(text);
				if (!wish) return;
				const { width, height } = wish.kind === 'pixels' ? wish.size : wish.ratio;
				for (const number of [width, height]) assert.ok(Number.isSafeInteger(number) && number >= 1, text);
			}),
		);
	});
});

describe('the wish for a size', () => {
	it('is read back as it was written', () => {
		const side = fc.integer({ min: 1, max: 99_999 });
		fc.assert(
			fc.property(side, side, fc.constantFrom('x', ':'), (width, height, sign) => {
				const text = `${width}${sign}${height}`;
				const wish = parseSizeWish(text);
				assert.ok(wish);
				assert.equal(formatSizeWish(wish), text);
			}),
		);
	});
});
