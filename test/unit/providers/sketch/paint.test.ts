import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type SketchOrder, type SketchStyle, paint, sketchStyles } from '../../../../src/providers/sketch/paint';
import { isOpaque, meanColour, meanDifference, thumbnail } from './measure';

const small = { width: 96, height: 72 };
const style = fc.constantFrom(...sketchStyles);

const order: fc.Arbitrary<SketchOrder> = fc.record({
	prompt: fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 60 }),
		fc.constantFrom(
			'',
			'a lighthouse at dawn, watercolour',
			'city at night, neon',
			'静かな海の夜明け',
			'лес ночью',
			'\u{d800}',
		),
	),
	seed: fc.bigInt({ min: 0n, max: 2n ** 80n }).map(String),
	style,
	size: fc.record({ width: fc.integer({ min: 16, max: 120 }), height: fc.integer({ min: 16, max: 120 }) }),
});

function bytes(prompt: string, seed = '1', size = small): Uint8Array {
	return paint({ prompt, seed, size }).data;
}

function mean(prompt: string) {
	return meanColour(paint({ prompt, seed: '3', size: small }));
}

function light(prompt: string): number {
	const { red, green, blue } = mean(prompt);
	return (red + green + blue) / 3;
}

function assertStyle(prompt: string, style: SketchStyle): void {
	const order = { prompt, seed: '5', size: small };
	assert.deepEqual(paint(order).data, paint({ ...order, style }).data, prompt);
}

describe('the sketch painter', () => {
	it('paints an opaque picture of the size that was ordered, whatever the prompt', () => {
		fc.assert(
			fc.property(order, (any) => {
				const pixels = paint(any);
				assert.equal(pixels.width, any.size.width);
				assert.equal(pixels.height, any.size.height);
				assert.equal(pixels.data.length, any.size.width * any.size.height * 4);
				assert.ok(isOpaque(pixels));
			}),
			{ numRuns: 120 },
		);
	});

	it('paints the same order to the same bytes', () => {
		fc.assert(
			fc.property(order, (any) => assert.deepEqual(paint(any).data, paint(structuredClone(any)).data)),
			{ numRuns: 40 },
		);
	});

	it('takes every extreme size in every style', () => {
		const sizes = [
			[16, 16],
			[17, 16],
			[4096, 16],
			[16, 4096],
			[2048, 64],
			[63, 1021],
		] as const;
		for (const [width, height] of sizes) {
			for (const each of sketchStyles) {
				const pixels = paint({ prompt: 'strip', seed: '7', style: each, size: { width, height } });
				assert.equal(pixels.data.length, width * height * 4);
				assert.ok(isOpaque(pixels));
			}
		}
	});

	it('leaves nothing unpainted: no pure black in a picture of pale colours', () => {
		for (const each of sketchStyles) {
			const { data } = paint({ prompt: 'winter lake', seed: '6', style: each, size: { width: 251, height: 187 } });
			let black = 0;
			for (let at = 0; at < data.length; at += 4) {
				if ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) === 0) black++;
			}
			assert.equal(black, 0, each);
		}
	});

	it('has something to see from end to end of a strip', () => {
		for (const each of sketchStyles) {
			const cells = thumbnail(paint({ prompt: 'map', seed: '2', style: each, size: { width: 1400, height: 90 } }), 10);
			const ends = [cells.slice(0, 9), cells.slice(21, 30)].map((part) => Math.max(...part) - Math.min(...part));
			assert.ok(Math.max(...ends) > 8, each);
		}
	});

	it('makes visibly different pictures of seeds 0 to 19', () => {
		for (const prompt of [
			'a lighthouse at dawn, watercolour',
			'REST API sequence diagram',
			'hello world',
			'a red cat',
		]) {
			const views = Array.from({ length: 20 }, (_, seed) =>
				thumbnail(paint({ prompt, seed: String(seed), size: { width: 128, height: 128 } }), 16),
			);
			for (const [i, view] of views.entries()) {
				for (const other of views.slice(i + 1)) {
					assert.ok(meanDifference(view, other) > 3, `${prompt}: ${meanDifference(view, other)}`);
				}
			}
		}
	});

	it('tells all styles apart', () => {
		const views = sketchStyles.map((each) =>
			thumbnail(paint({ prompt: 'x', seed: '1', style: each, size: small }), 12),
		);
		for (const [i, view] of views.entries()) {
			for (const other of views.slice(i + 1)) assert.ok(meanDifference(view, other) > 8);
		}
	});

	it('tells apart seeds beyond the whole numbers of a double', () => {
		assert.notDeepEqual(bytes('hello', '900719925474099267'), bytes('hello', '900719925474099268'));
	});

	it('does not care how the letters of a prompt are encoded', () => {
		assert.deepEqual(bytes('fore\u0302t'), bytes('for\u00eat'));
	});

	it('chooses the style by the words', () => {
		assertStyle('a lighthouse at dawn, watercolour', 'horizon');
		assertStyle('静かな海の夜明け', 'horizon');
		assertStyle('REST API sequence diagram', 'bauhaus');
		assertStyle('a planet and its moons', 'orbits');
		assertStyle('a crystal', 'facets');
		assertStyle('a topographic map', 'papercut');
		assertStyle('silk in the wind', 'ribbons');
	});
});

describe('the colours of a sketch', () => {
	it('are those of the words, in several languages', () => {
		for (const prompt of ['forest', 'ein Wald', 'une forêt', '森', 'лес']) {
			const { red, green, blue } = mean(prompt);
			assert.ok(green > red && green > blue, prompt);
		}
		for (const prompt of ['amber', 'a golden ring', '琥珀', 'autumn leaves']) {
			const { red, green, blue } = mean(prompt);
			assert.ok(red > green && green > blue + 20, prompt);
		}
		for (const prompt of ['ocean', 'das Meer', '海', 'underwater']) {
			const { red, blue } = mean(prompt);
			assert.ok(blue > red, prompt);
		}
		for (const prompt of ['a red square', 'rojo', '赤']) {
			const { red, green, blue } = mean(prompt);
			assert.ok(red > green + 30 && red > blue + 15, prompt);
		}
	});

	it('are dark by night and pale in the snow', () => {
		assert.ok(light('night') < 100);
		assert.ok(light('夜') < 100);
		assert.ok(light('snow') > 140);
		assert.ok(light('夜明け') > light('夜') + 40, 'dawn is no night, though it is written with its sign');
	});

	it('join two words: green land under an amber sky', () => {
		const cells = thumbnail(paint({ prompt: 'amber forest', seed: '1', size: small }), 6);
		const top = cells.slice(0, 6 * 3);
		const bottom = cells.slice(5 * 6 * 3);
		assert.ok((top[0] ?? 0) > (top[1] ?? 0));
		assert.ok((bottom[1] ?? 0) > (bottom[0] ?? 0));
	});

	it('lose their strength in monochrome', () => {
		const { red, green, blue } = mean('red, monochrome');
		assert.ok(Math.max(red, green, blue) - Math.min(red, green, blue) < 25);
	});
});
