import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fitOptions } from '../../../src/catalogue/fitOptions';
import type { Control } from '../../../src/catalogue/models';
import type { Options, OptionValue } from '../../../src/domain/imageRequest';
import { sentence } from '../builders';

const controls: readonly Control[] = [
	{ kind: 'choice', name: 'style', values: ['orbits', 'ribbons'] },
	{ kind: 'seed', name: 'seed' },
];

const fit = (options: Options) => fitOptions(options, controls, 'p/m');

function problemWith(options: Options): string {
	const { problems } = fit(options);
	assert.equal(problems.length, 1);
	assert.equal(problems[0]?.code, 'bad-input');
	return sentence(problems[0].message);
}

describe('fitting options to a model', () => {
	it('keeps what is allowed', () => {
		const options = { style: 'orbits', seed: '12345678901234567890' };
		assert.deepEqual(fit(options), { options, warnings: [], problems: [] });
		assert.deepEqual(fit({}), { options: {}, warnings: [], problems: [] });
	});

	it('leaves out what the model does not know, with one sentence each', () => {
		const { options, warnings, problems } = fit({ quality: 'high', Style: 'orbits', seed: 1 });
		assert.deepEqual(options, { seed: 1 });
		assert.deepEqual(problems, []);
		assert.deepEqual(
			warnings.map((warning) => sentence(warning)),
			[
				'p/m does not take the option quality: it was left out. It takes: style, seed.',
				'p/m does not take the option Style: it was left out. It takes: style, seed.',
			],
		);
		assert.match(sentence(fitOptions({ a: 1 }, [], 'p/m').warnings[0]), /It takes: –\.$/);
	});

	it('refuses a choice that there is not', () => {
		for (const style of ['Orbits', '', 'orbits ', 5, true, 'constructor']) {
			assert.equal(problemWith({ style }), `style cannot be ${style}. Allowed: orbits, ribbons.`);
		}
	});

	it('takes a seed as a number or as digits of any length up to 30', () => {
		for (const seed of [0, 7, Number.MAX_SAFE_INTEGER, '0', '007', '9'.repeat(30)]) {
			assert.deepEqual(fit({ seed }).options, { seed });
		}
	});

	it('refuses any other seed', () => {
		for (const seed of [
			-1,
			1.5,
			Number.NaN,
			Infinity,
			1e21,
			true,
			'',
			' 7',
			'7\n',
			'-1',
			'1e3',
			'0x10',
			'٣',
			'9'.repeat(31),
		]) {
			assert.match(problemWith({ seed }), /^seed must be a whole number of at most 30 digits, not /);
		}
	});

	it('touches nothing that every object has', () => {
		const hostile: unknown = JSON.parse('{"__proto__": "x", "constructor": "y", "toString": "z"}');
		const { options, warnings } = fit(optionsOf(hostile));
		assert.deepEqual(Object.entries(options), []);
		assert.equal(warnings.length, 3);
		assert.equal(Object.getPrototypeOf(options), Object.prototype);
	});

	it('puts each option into exactly one of the three', () => {
		const names = fc.oneof(fc.constantFrom('style', 'seed'), fc.string());
		const values: fc.Arbitrary<OptionValue> = fc.oneof(
			fc.string(),
			fc.double(),
			fc.boolean(),
			fc.constantFrom('orbits', 'ribbons', 7, '8'),
		);
		fc.assert(
			fc.property(fc.dictionary(names, values), (wanted) => {
				const { options, warnings, problems } = fit(wanted);
				const known = Object.keys(wanted).filter((name) => controls.some((control) => control.name === name));
				assert.equal(Object.keys(options).length + problems.length, known.length);
				assert.equal(warnings.length, Object.keys(wanted).length - known.length);
				for (const [name, value] of Object.entries(options)) assert.equal(value, wanted[name]);
			}),
		);
	});
});

/** Own properties, also one named `__proto__`. */
function optionsOf(value: unknown): Options {
	assert.ok(typeof value === 'object' && value !== null);
	return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)] as const));
}
