import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatFor, orderOf } from '../../../src/recipes/order';
import { sentence } from '../builders';
import { plainWords, set, somePairs } from './arbitraries';
import { recipeOf } from './toyLanguage';

function ordered(words: string) {
	return orderOf(recipeOf(`<!-- limn: ${words} -->`));
}

/** Why nothing can be ordered. */
function problemOf(words: string): string {
	const order = ordered(words);
	assert.ok('problem' in order);
	return sentence(order.problem);
}

describe('what a recipe orders', () => {
	it('is its prompt, and nothing that it does not say', () => {
		assert.deepEqual(ordered('a fox'), { prompt: 'a fox', options: {} });
		assert.deepEqual(ordered('a fox | made=8f3a91c2d04e-51b07c9e2a11'), { prompt: 'a fox', options: {} });
	});

	it('is a model, a size in pixels or as a ratio, and options as they are written', () => {
		assert.deepEqual(
			ordered('a fox | model=runware/openai:gpt-image@2 size=1536x1024 seed=007 style="oil on canvas"'),
			{
				prompt: 'a fox',
				model: 'runware/openai:gpt-image@2',
				size: { kind: 'pixels', size: { width: 1536, height: 1024 } },
				options: { seed: '007', style: 'oil on canvas' },
			},
		);
		assert.deepEqual(ordered('a fox | size=16:9 safety.checkContent=true'), {
			prompt: 'a fox',
			size: { kind: 'ratio', ratio: { width: 16, height: 9 } },
			options: { 'safety.checkContent': 'true' },
		});
	});

	it('is the last of what it says twice', () => {
		assert.deepEqual(ordered('a | seed=1 seed=2 model=x/y model=x/z'), {
			prompt: 'a',
			model: 'x/z',
			options: { seed: '2' },
		});
	});

	it('has all its other pairs as options, whatever they are called', () => {
		fc.assert(
			fc.property(plainWords, somePairs, (words, pairs) => {
				const others = pairs.filter(({ key }) => !['model', 'size', 'n'].includes(key));
				const text = set(['limn:', 'a', ...words, '|', ...others.map(({ written }) => written)], line, [false]);
				const order = orderOf(recipeOf(text));
				assert.ok(!('problem' in order));
				assert.deepEqual(
					Object.entries(order.options),
					Object.entries(Object.fromEntries(others.map(({ key, value }) => [key, value]))),
				);
			}),
		);
		assert.deepEqual(Object.keys(optionsOf('a | __proto__=x constructor=y')), ['__proto__', 'constructor']);
	});

	it('is nothing without a prompt', () => {
		assert.equal(problemOf('| size=3:2'), 'The recipe has no prompt. Say what the picture shows.');
		assert.match(problemOf(''), /no prompt/);
	});

	it('is one picture', () => {
		assert.equal(problemOf('a fox | n=4'), 'A recipe makes one picture. Take n=4 out.');
	});

	it('has a size that is one', () => {
		assert.equal(problemOf('a fox | size=large'), 'large is no size. Write it like 1024x1024 or 16:9.');
		assert.match(problemOf('a fox | size=0x1'), /no size/);
		assert.match(problemOf('a fox | size='), /no size/);
	});
});

const line = { name: '', open: '<!-- ', turn: '\n', close: ' -->' };

function optionsOf(words: string): object {
	const order = ordered(words);
	assert.ok(!('problem' in order));
	return order.options;
}

describe('the format of a recipe’s picture', () => {
	it('is what its name asks for', () => {
		assert.equal(formatFor('fox.png'), 'png');
		assert.equal(formatFor('fox.JPEG'), 'jpeg');
		assert.equal(formatFor('fox.jpg'), 'jpeg');
		assert.equal(formatFor('fox.dawn.webp'), 'webp');
	});

	it('is none that cannot be asked for', () => {
		for (const name of ['fox.gif', 'fox.svg', 'fox', '.png/fox', 'fox.pngx']) {
			const format = formatFor(name);
			assert.ok(typeof format === 'object', name);
			assert.equal(sentence(format.problem), `${name} is no PNG, JPEG or WebP. Give the picture such a name.`);
		}
	});
});
