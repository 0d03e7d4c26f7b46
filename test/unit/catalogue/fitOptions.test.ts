import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fitOptions, type Use } from '../../../src/catalogue/fitOptions';
import type { Control } from '../../../src/catalogue/model';
import type { Options, OptionValue } from '../../../src/domain/imageRequest';
import { sentence } from '../builders';

const controls: readonly Control[] = [
	{ kind: 'choice', name: 'style', values: ['orbits', 'ribbons'] },
	{ kind: 'seed', name: 'seed' },
];
const use: Use = { model: 'p/m', operation: 'generate', format: 'png', n: 1 };

const fit = (options: Options) => fitOptions(options, controls, use);

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
		assert.match(sentence(fitOptions({ a: 1 }, [], use).warnings[0]), /It takes: –\.$/);
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

/** What becomes of one value of one control: the value, or the sentence. */
function judge(control: Control, value: OptionValue, changes: Partial<Use> = {}): OptionValue {
	const { options, warnings, problems } = fitOptions({ [control.name]: value }, [control], { ...use, ...changes });
	assert.equal(Object.keys(options).length + warnings.length + problems.length, 1);
	return options[control.name] ?? sentence(warnings[0] ?? problems[0]?.message);
}

describe('a number', () => {
	const whole: Control = { kind: 'number', name: 'steps', min: 1, max: 200, whole: true };
	const broken: Control = { kind: 'number', name: 'strength', min: 0, max: 1, whole: false };

	it('is taken within its limits, also as a text', () => {
		for (const value of [1, 20, 200]) assert.equal(judge(whole, value), value);
		for (const value of [0, 0.6, 1]) assert.equal(judge(broken, value), value);
		const texts: readonly (readonly [text: string, value: number])[] = [
			['20', 20],
			['020', 20],
			['2.0', 2],
			['+7', 7],
		];
		for (const [text, value] of texts) assert.equal(judge(whole, text), value);
		for (const [text, value] of [
			['.5', 0.5],
			['0.25', 0.25],
			['1.', 1],
		] as const) {
			assert.equal(judge(broken, text), value);
		}
	});

	it('is refused beyond them, with its range', () => {
		for (const value of [0, 201, -1, 1.5, Number.NaN, Infinity, '', ' ', 'many', '1e2', '0x10', '1.5', true]) {
			assert.equal(judge(whole, value), `steps must be a whole number from 1 to 200, not ${value}.`);
		}
		for (const value of [-0.1, 1.01, 'half', false, '-1']) {
			assert.equal(judge(broken, value), `strength must be a number from 0 to 1, not ${value}.`);
		}
	});

	it('is within the limits whenever it is kept', () => {
		const values = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.double().map(String), fc.integer().map(String));
		fc.assert(
			fc.property(values, fc.boolean(), (value, isWhole) => {
				const control: Control = { kind: 'number', name: 'x', min: -10, max: 1000, whole: isWhole };
				const { options, problems } = fitOptions({ x: value }, [control], use);
				const kept = options['x'];
				assert.equal(kept === undefined, problems.length === 1);
				if (kept === undefined) return;
				assert.ok(typeof kept === 'number' && kept >= -10 && kept <= 1000 && (!isWhole || Number.isInteger(kept)));
				assert.equal(kept, Number(value));
			}),
		);
	});
});

describe('a flag and a text', () => {
	const flag: Control = { kind: 'flag', name: 'tiled' };
	const text: Control = { kind: 'text', name: 'user', maxLength: 5 };

	it('are taken as they are written', () => {
		assert.equal(judge(flag, true), true);
		assert.equal(judge(flag, 'false'), false);
		assert.equal(judge(text, 'a b'), 'a b');
		assert.equal(judge(text, 42), '42');
		assert.equal(judge(text, '😀😀😀😀😀'), '😀😀😀😀😀');
		assert.equal(judge({ kind: 'text', name: 'user' }, 'x'.repeat(9999)), 'x'.repeat(9999));
	});

	it('are refused as something else', () => {
		for (const value of ['yes', '', 'TRUE', 1, 0]) {
			assert.equal(judge(flag, value), `tiled must be true or false, not ${value}.`);
		}
		assert.equal(judge(text, 'abcdef'), 'user has 6 characters, at most 5 are taken. Shorten it.');
		assert.equal(judge(text, '😀😀😀😀😀😀'), 'user has 6 characters, at most 5 are taken. Shorten it.');
	});
});

describe('a control of some operations', () => {
	const fidelity: Control = { kind: 'choice', name: 'input_fidelity', values: ['high', 'low'], only: ['edit', 'vary'] };

	it('is taken by those', () => {
		assert.equal(judge(fidelity, 'high', { operation: 'edit' }), 'high');
		assert.equal(judge(fidelity, 'low', { operation: 'vary' }), 'low');
		assert.match(String(judge(fidelity, 'best', { operation: 'edit' })), /^input_fidelity cannot be best/);
	});

	it('is left out by the others, whatever its value, and is not named there', () => {
		for (const value of ['high', 'best']) {
			assert.equal(judge(fidelity, value), 'p/m takes the option input_fidelity only for edit, vary: it was left out.');
		}
		const { warnings } = fitOptions({ x: 1 }, [fidelity, ...controls], use);
		assert.match(sentence(warnings[0]), /It takes: style, seed\.$/);
	});
});

describe('options of a model that nobody knows', () => {
	it('are all sent as they are', () => {
		const options = { seed: '9', quality: 'best', num_inference_steps: 30, tiled: false };
		assert.deepEqual(fitOptions(options, 'open', use), { options, warnings: [], problems: [] });
	});

	it('cannot stand in for what Limn sends itself', () => {
		const own = ['model', 'prompt', 'n', 'size', 'image', 'image[]', 'mask', 'stream'];
		for (const name of own) {
			const { options, warnings, problems } = fitOptions({ [name]: 'x', seed: 1 }, 'open', use);
			assert.deepEqual([options, problems], [{ seed: 1 }, []]);
			assert.equal(sentence(warnings[0]), `The option ${name} was left out: Limn sets it itself.`);
		}
	});

	it('are own properties of a plain object, whatever they are called', () => {
		const hostile: unknown = JSON.parse('{"__proto__": "x", "constructor": "y"}');
		const { options } = fitOptions(optionsOf(hostile), 'open', use);
		assert.deepEqual(Object.keys(options), ['__proto__', 'constructor']);
		assert.equal(Object.getPrototypeOf(options), Object.prototype);
	});
});

describe('what a file format allows', () => {
	const background: Control = { kind: 'choice', name: 'background', values: ['transparent', 'opaque'] };
	const compression: Control = { kind: 'number', name: 'output_compression', min: 0, max: 100, whole: true };

	it('is no transparent background in a JPEG, known model or not', () => {
		for (const known of [[background], 'open'] as const) {
			const jpeg = fitOptions({ background: 'transparent' }, known, { ...use, format: 'jpeg' });
			assert.equal(jpeg.problems[0]?.code, 'bad-input');
			assert.match(sentence(jpeg.problems[0]?.message), /no transparent background\. Ask for png or webp\.$/);
			const opaque = fitOptions({ background: 'opaque' }, known, { ...use, format: 'jpeg' });
			assert.deepEqual(opaque.options, { background: 'opaque' });
		}
		for (const format of ['png', 'webp'] as const)
			assert.equal(judge(background, 'transparent', { format }), 'transparent');
	});

	it('is no compression of a PNG', () => {
		for (const format of ['jpeg', 'webp'] as const) assert.equal(judge(compression, 80, { format }), 80);
		assert.match(String(judge(compression, 80)), /output_compression was left out: it is for jpeg and webp/);
		assert.match(String(judge(compression, 101)), /from 0 to 100/);
	});

	it('is judged by the format that the options name, where they do', () => {
		const taken: readonly Control[] = [compression, { kind: 'choice', name: 'output_format', values: ['png', 'avif'] }];
		const options = { output_compression: 80, output_format: 'avif' };
		assert.deepEqual(fitOptions(options, taken, use).options, options);
		const png = fitOptions({ output_compression: 80, output_format: 'png' }, taken, { ...use, format: 'webp' });
		assert.deepEqual(png.options, { output_format: 'png' });
	});
});

describe('a number of which nobody knows the limits', () => {
	const guidance: Control = { kind: 'number', name: 'guidance', min: -Infinity, max: Infinity, whole: false };

	it('may be any, but must be one', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
				assert.deepEqual(fitOptions({ guidance: value }, [guidance], use).options, { guidance: value });
			}),
		);
		const { problems } = fitOptions({ guidance: 'much' }, [guidance], use);
		assert.equal(sentence(problems[0]?.message), 'guidance must be a number, not much.');
	});
});

describe('unfinished pictures', () => {
	const partial: Control = { kind: 'number', name: 'partial_images', min: 0, max: 3, whole: true };

	it('come with one picture at a time', () => {
		assert.deepEqual(fitOptions({ partial_images: 2 }, [partial], use).options, { partial_images: 2 });
		for (const known of [[partial], 'open'] as const) {
			const { options, warnings } = fitOptions({ partial_images: 2 }, known, { ...use, n: 2 });
			assert.deepEqual(options, {});
			assert.match(sentence(warnings[0]), /partial_images was left out: it is for one picture at a time/);
		}
	});
});

describe('an option output_format that the model does not take', () => {
	const background: Control = { kind: 'choice', name: 'background', values: ['transparent'] };

	it('has no say about the others', () => {
		const options = { output_format: 'jpeg', background: 'transparent' };
		assert.deepEqual(fitOptions(options, [background], use).options, { background: 'transparent' });
		const jpeg = fitOptions({ ...options, output_format: 'png' }, [background], { ...use, format: 'jpeg' });
		assert.equal(jpeg.problems.length, 1);
	});
});

describe('an address', () => {
	const address: readonly Control[] = [{ kind: 'url', name: 'webhookURL' }];
	const take = (value: OptionValue) => fitOptions({ webhookURL: value }, address, use);

	it('is one of the web', () => {
		for (const url of ['https://example.org/hook?a=b', 'http://127.0.0.1:9/']) {
			assert.deepEqual(take(url), { options: { webhookURL: url }, warnings: [], problems: [] });
		}
	});

	it('is nothing else', () => {
		for (const value of ['nonsense', '', 7, true, 'file:///etc/passwd', 'javascript:alert(1)', 'example.org/x']) {
			const [problem] = take(value).problems;
			const text = `webhookURL must be an address like https://example.org/, not ${String(value)}.`;
			assert.equal(sentence(problem?.message), text);
		}
	});
});

describe('a number without an upper end', () => {
	const life: readonly Control[] = [
		{ kind: 'number', name: 'ttl', min: 60, max: Infinity, whole: true },
		{ kind: 'number', name: 'weight', min: 0, max: Infinity, whole: false },
	];

	it('is taken from its lower end on', () => {
		assert.deepEqual(fitOptions({ ttl: '60', weight: 1e9 }, life, use).options, { ttl: 60, weight: 1e9 });
		const problems = fitOptions({ ttl: 59, weight: -0.5 }, life, use).problems.map(({ message }) => sentence(message));
		assert.deepEqual(problems, [
			'ttl must be a whole number from 60 up, not 59.',
			'weight must be a number from 0 up, not -0.5.',
		]);
	});
});

const background: readonly Control[] = [
	{ kind: 'choice', name: 'background', values: ['transparent'] },
	{ kind: 'choice', name: 'outputFormat', values: ['JPG', 'PNG'] },
];

function problemsOf(options: Options, format = 'png') {
	return fitOptions(options, background, { ...use, format }).problems;
}

describe('a transparent background', () => {
	it('is refused in a JPEG, whoever named the format and however', () => {
		assert.equal(problemsOf({ background: 'transparent', outputFormat: 'JPG' }).length, 1);
		assert.equal(problemsOf({ background: 'transparent' }, 'jpeg').length, 1);
		assert.equal(problemsOf({ background: 'transparent', outputFormat: 'PNG' }, 'jpeg').length, 0);
	});
});

describe('what is no option anywhere', () => {
	it('is one side of a size: the other would be anybody’s guess', () => {
		for (const known of [controls, 'open'] as const) {
			const { problems } = fitOptions({ width: 512 }, known, use);
			assert.equal(sentence(problems[0]?.message), 'width is no option. Ask for a size like 1024x768.');
		}
	});

	it('is what a request says by itself, or a part of that', () => {
		const names = ['model', 'prompt', 'taskUUID.x', 'messages.0.content', 'n', 'positivePrompt'];
		const { options, warnings } = fitOptions(Object.fromEntries(names.map((name) => [name, 1])), 'open', use);
		assert.deepEqual(options, {});
		assert.equal(warnings.length, names.length);
		assert.equal(sentence(warnings[0]), 'The option model was left out: Limn sets it itself.');
	});

	it('is a seed that a number has rounded already', () => {
		const { problems } = fitOptions({ seed: 2 ** 60 }, controls, use);
		assert.equal(sentence(problems[0]?.message), 'seed is too long for a number. Give its digits as a text.');
		assert.deepEqual(fitOptions({ seed: '6110856530272051867' }, controls, use).problems, []);
	});
});
