import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { dice, hash } from '../../../../src/providers/sketch/hash';
import { fromLab, hex, mix, shift, toLab } from '../../../../src/providers/sketch/colour';
import { findWords, wordTable } from '../../../../src/providers/sketch/words';

const table = wordTable([
	['forest Wald forêt 森', 'forest'],
	['night 夜', 'night'],
	['dawn 夜明け', 'dawn'],
	['snow', 'snow'],
	['straße', 'street'],
]);

describe('finding words in a prompt', () => {
	it('finds them in their order, whatever their case and accents', () => {
		assert.deepEqual(findWords('NIGHT, in the foret; dawn', table), ['night', 'forest', 'dawn']);
		assert.deepEqual(findWords('die STRASSE', table), ['street']);
	});

	it('knows plain endings but no parts of words', () => {
		assert.deepEqual(findWords('snowy forests', table), ['snow', 'forest']);
		assert.deepEqual(findWords('knight, forestall', table), []);
	});

	it('finds words in scripts without spaces, the longest first', () => {
		assert.deepEqual(findWords('森の夜明けと夜', table), ['forest', 'dawn', 'night']);
	});

	it('takes any text', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(findWords(text, table))));
	});
});

describe('the dice', () => {
	it('fall the same for the same text, and within their bounds', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const [one, two] = [dice(text), dice(text)];
				for (let i = 0; i < 20; i++) {
					const value = one.next();
					assert.equal(value, two.next());
					assert.ok(value >= 0 && value < 1);
				}
				const whole = one.whole(2, 4);
				assert.ok(whole >= 2 && whole <= 4 && Number.isInteger(whole));
			}),
		);
	});

	it('are fair enough', () => {
		const counts = [0, 0, 0, 0];
		const chance = dice('fair');
		for (let i = 0; i < 4000; i++) {
			const face = chance.whole(0, 3);
			counts[face] = (counts[face] ?? 0) + 1;
		}
		for (const count of counts) assert.ok(Math.abs(count - 1000) < 120);
	});

	it('come from a hash that hears every letter', () => {
		const texts = Array.from({ length: 2000 }, (_, i) => `seed ${i}`);
		assert.equal(new Set(texts.map((text) => hash(text))).size, texts.length);
	});
});

describe('colours', () => {
	const channel = fc.integer({ min: 0, max: 255 });

	it('go to OKLab and back', () => {
		fc.assert(
			fc.property(channel, channel, channel, (red, green, blue) => {
				const back = fromLab(toLab([red, green, blue])).map(Math.round);
				assert.deepEqual(back, [red, green, blue]);
			}),
		);
	});

	it('stay in gamut wherever they are moved', () => {
		const turn = fc.double({ min: -360, max: 360, noNaN: true });
		fc.assert(
			fc.property(channel, channel, channel, turn, (red, green, blue, hue) => {
				for (const value of shift([red, green, blue], { hue, chroma: 2, lightness: 0.3 })) {
					assert.ok(value >= 0 && value <= 255);
				}
			}),
		);
	});

	it('mix from one to the other', () => {
		assert.deepEqual(hex('#ff8000'), [255, 128, 0]);
		assert.deepEqual(mix([10, 20, 30], [200, 100, 50], 0).map(Math.round), [10, 20, 30]);
		assert.deepEqual(mix([10, 20, 30], [200, 100, 50], 1).map(Math.round), [200, 100, 50]);
	});
});
