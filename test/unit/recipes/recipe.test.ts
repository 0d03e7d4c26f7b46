import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Comment } from '../../../src/documents/languages/language';
import { type Recipe, recipesIn } from '../../../src/recipes/recipe';
import {
	anyLayout,
	anyPairs,
	anyTurns,
	anyWords,
	layouts,
	plainWords,
	promptWords,
	set,
	somePairs,
} from './arbitraries';
import { recipeOf, recipesOf, sliceOf } from './toyLanguage';

const note = '8f3a91c2d04e-51b07c9e2a11';
const made = { recipe: '8f3a91c2d04e', picture: '51b07c9e2a11' };

/** What a recipe says. */
function sayingOf({ prompt, pairs }: Recipe): string[] {
	return [prompt, ...pairs.map(({ key, value }) => `${key}:${value}`)];
}

/** The pictures of a text's recipes. */
function hrefsOf(text: string): (string | undefined)[] {
	return recipesOf(text).map(({ picture }) => picture?.href);
}

describe('a recipe', () => {
	it('is a comment with a prompt, pairs, a note and the picture that follows', () => {
		const text = `Hello.\n\n<!-- limn: a lighthouse | size=3:2 made=${note} -->\n![A lighthouse](a.png)\n`;
		const recipe = recipeOf(text);
		assert.deepEqual(sayingOf(recipe), ['a lighthouse', 'size:3:2']);
		assert.deepEqual(recipe.made, made);
		assert.equal(sliceOf(text, recipe.span), `<!-- limn: a lighthouse | size=3:2 made=${note} -->`);
		assert.equal(sliceOf(text, recipe.promptSpan), 'a lighthouse');
		assert.equal(sliceOf(text, recipe.madeAt.span), note);
		assert.equal(recipe.picture?.href, 'a.png');
	});

	it('is no other comment', () => {
		assert.deepEqual(recipesOf('<!-- a fox -->\n<!-- see limn: a fox -->\n<!---->\n// \n![a](a.png)'), []);
	});

	it('may stand in several lines of a block or of line comments', () => {
		for (const layout of layouts) {
			const text = set(['limn:', 'a  lighthouse', 'at dawn', '|', 'size=3:2', 'style="oil', 'on canvas"'], layout, [
				true,
			]);
			assert.deepEqual(
				sayingOf(recipeOf(text)),
				['a lighthouse at dawn', 'size:3:2', 'style:oil on canvas'],
				layout.name,
			);
		}
	});

	it('has its spans where its words are, marks between them or not', () => {
		const text = '// limn: a fox\n//   at dawn |\n// size=3:2\n// style="a\n// b"\n';
		const recipe = recipeOf(text);
		assert.equal(sliceOf(text, recipe.promptSpan), 'a fox\n//   at dawn');
		assert.deepEqual(
			recipe.pairs.map(({ span, valueSpan }) => [sliceOf(text, span), sliceOf(text, valueSpan)]),
			[
				['size=3:2', '3:2'],
				['style="a\n// b"', 'a\n// b'],
			],
		);
		assert.equal(sliceOf(text, recipe.span), text.trimEnd());
		assert.deepEqual(
			recipe.lines.map((line) => sliceOf(text, line)),
			['limn: a fox', 'at dawn |', 'size=3:2', 'style="a', 'b"'],
		);
	});

	it('gives prompt and pairs back, whatever they are and however they are set', () => {
		fc.assert(
			fc.property(promptWords, somePairs, anyLayout, anyTurns, (words, pairs, layout, turns) => {
				const text = set(['limn:', ...words, '|', ...pairs.map(({ written }) => written)], layout, turns);
				const recipe = recipeOf(`${text}\n`);
				assert.deepEqual(
					sayingOf(recipe),
					[words.join(' '), ...pairs.map(({ key, value }) => `${key}:${value}`)],
					text,
				);
			}),
			{ numRuns: 2000 },
		);
	});

	it('may have none of either', () => {
		fc.assert(
			fc.property(plainWords, anyPairs, anyLayout, (words, pairs, layout) => {
				const text = set(['limn:', ...words, '|', ...pairs.map(({ written }) => written)], layout, [false]);
				assert.equal(recipeOf(text).pairs.length, pairs.length, text);
			}),
		);
	});

	it('has spans in order and in range in any comment', () => {
		fc.assert(
			fc.property(anyWords, anyLayout, (words, { open, turn, close }) => {
				const text = `x\n${open}limn:${words.replaceAll('-->', '').replaceAll('\n', turn)}${close}\n![a](a.png)`;
				for (const { span, promptSpan, pairs, madeAt, picture } of recipesOf(text)) {
					const places = pairs.flatMap((pair) => [
						pair.span.start,
						pair.valueSpan.start,
						pair.valueSpan.end,
						pair.span.end,
					]);
					const all = [0, span.start, promptSpan.start, promptSpan.end, ...places, span.end, text.length];
					assert.deepEqual(
						all,
						all.toSorted((a, b) => a - b),
						text,
					);
					assert.ok(madeAt.span.start >= promptSpan.end && madeAt.span.end <= span.end, text);
					assert.ok(!picture || picture.span.start >= span.end, text);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('never makes its reader throw, whatever spans a comment has', () => {
		const place = fc.nat({ max: 40 });
		const span = fc.tuple(place, place).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
		const comment: fc.Arbitrary<Comment> = fc.record({ span, lines: fc.array(span, { maxLength: 4 }) });
		fc.assert(
			fc.property(anyWords, fc.array(comment, { maxLength: 3 }), (words, comments) => {
				recipesIn(`limn:${words}`, { comments, pictures: [] });
			}),
		);
	});
});

describe('a recipe in line comments', () => {
	it('ends with its pairs: what follows is somebody else’s', () => {
		const text = '// limn: a fox\n// at dawn | size=3:2\n// seed=7\n// TODO: another one | really\n![a](a.png)\n';
		const recipe = recipeOf(text);
		assert.deepEqual(sayingOf(recipe), ['a fox at dawn', 'size:3:2', 'seed:7']);
		assert.ok(sliceOf(text, recipe.span).endsWith('seed=7'));
		assert.equal(recipe.picture?.href, 'a.png');
	});

	it('says the same with and without lines after its pairs', () => {
		const others = fc.array(fc.constantFrom('TODO', 'see a=b', '', 'x | y', '"'), { minLength: 1, maxLength: 3 });
		fc.assert(
			fc.property(plainWords, somePairs, anyTurns, others, (words, pairs, turns, lines) => {
				const layout = { name: '', open: '// ', turn: '\n// ', close: '' };
				const head = set(['limn:', ...words], layout, turns);
				const alone = `${head} | ${pairs.map(({ written }) => written).join(' ')}`;
				const text = [alone, ...lines, 'the end'].join('\n// ');
				const recipe = recipeOf(text);
				assert.deepEqual(sayingOf(recipe), sayingOf(recipeOf(alone)), text);
				assert.equal(sliceOf(text, recipe.span), alone);
			}),
			{ numRuns: 1000 },
		);
	});

	it('is followed by another one in the next line', () => {
		const text = '// limn: a fox\n// limn: a dog | seed=7\n// at noon\n![a](a.png)';
		assert.deepEqual(recipesOf(text).map(sayingOf), [['a fox'], ['a dog', 'seed:7']]);
		assert.deepEqual(hrefsOf(text), [undefined, 'a.png']);
	});

	it('is all of a block: words after what looks like pairs make it a prompt', () => {
		assert.deepEqual(sayingOf(recipeOf('<!-- limn: left | a=b\nright -->')), ['left | a=b right']);
	});
});

describe('what a recipe notes of its picture', () => {
	const notes: readonly (readonly [what: string, pairs: string, made: object | undefined, at: string, kind: string])[] =
		[
			['absent', ' | size=3:2', undefined, '', 'pair'],
			['absent, as all pairs are', '', undefined, '', 'tail'],
			['absent after a bar', ' |', undefined, '', 'pair'],
			['there', ` | made=${note}`, made, note, 'value'],
			['there in quotes', ` | size=3:2 made="${note}"`, made, note, 'value'],
			['first of all', ` | made=${note} size=3:2`, made, note, 'value'],
			['empty', ' | made= size=3:2', undefined, '', 'value'],
			['too short', ' | made=8f3a91c2d04e', undefined, '8f3a91c2d04e', 'value'],
			['in capitals', ` | made=${note.toUpperCase()}`, undefined, note.toUpperCase(), 'value'],
			['damaged in quotes', ' | made="8f3a 91c2"', undefined, '8f3a 91c2', 'value'],
			['doubled: the last one counts', ` | made=000000000000-000000000000 made=${note}`, made, note, 'value'],
			['doubled, the last one damaged', ` | made=${note} made=x`, undefined, 'x', 'value'],
		];
	for (const [what, pairs, expected, at, kind] of notes) {
		it(`may be ${what}`, () => {
			const text = `<!-- limn: a fox${pairs} -->`;
			const recipe = recipeOf(text);
			assert.deepEqual(recipe.made, expected);
			assert.equal(sliceOf(text, recipe.madeAt.span), at);
			assert.equal(recipe.madeAt.kind, kind);
			assert.equal(recipe.prompt, 'a fox');
			assert.ok(!recipe.pairs.some(({ key }) => key === 'made'));
		});
	}
});

describe('the picture of a recipe', () => {
	it('is in the paragraph, figure or rule that follows', () => {
		assert.deepEqual(hrefsOf('<!-- limn: a -->\n![a](a.png)'), ['a.png']);
		assert.deepEqual(hrefsOf('<!-- limn: a --> ![a](a.png)'), ['a.png']);
		assert.deepEqual(hrefsOf('<!-- limn: a -->\r\n\r\n \t\r\n![a](a.png)'), ['a.png']);
		assert.deepEqual(hrefsOf('<!-- limn: a -->\n\n<figure>\n  ![a](a.png)\n</figure>'), ['a.png']);
		assert.deepEqual(hrefsOf('<!-- limn: a -->\n\nSee what\nthis is: ![a](a.png) and ![b](b.png)'), ['a.png']);
	});

	it('is none that comes after a blank line behind other words', () => {
		assert.deepEqual(hrefsOf('<!-- limn: a -->\nHello.\n\n![a](a.png)'), [undefined]);
		assert.deepEqual(hrefsOf('<!-- limn: a -->\r\nHello.\r\n \t\r\n![a](a.png)'), [undefined]);
	});

	it('is none before it, and none that belongs to another recipe', () => {
		assert.deepEqual(hrefsOf('![a](a.png)\n<!-- limn: a -->\n'), [undefined]);
		assert.deepEqual(hrefsOf('<!-- limn: a -->\n<!-- limn: b -->\n![b](b.png)'), [undefined, 'b.png']);
		assert.deepEqual(hrefsOf('<!-- limn: a -->\n![a](a.png)\n<!-- limn: b -->\n![b](b.png)\n'), ['a.png', 'b.png']);
		assert.deepEqual(hrefsOf('![0](0.png)\n\n<!-- limn: a -->\n\n![a](a.png) ![x](x.png)\n\n<!-- limn: b -->'), [
			'a.png',
			undefined,
		]);
	});

	it('is no picture of two recipes, however they follow each other', () => {
		const piece = fc.constantFrom(
			'<!-- limn: a -->',
			'![x](x.png)',
			'\n',
			'\n\n',
			'words',
			'// limn: b | seed=7\n',
			' ',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
				const text = pieces.join('');
				const recipes = recipesOf(text);
				const places = recipes.flatMap(({ picture }) => picture?.span.start ?? []);
				assert.equal(new Set(places).size, places.length);
				for (const [index, { span, picture }] of recipes.entries()) {
					const next = recipes[index + 1]?.span.start ?? text.length;
					assert.ok(!picture || (picture.span.start >= span.end && picture.span.start < next), text);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('a megabyte of comment', () => {
	const lines = ['x | y', 'a=b', 'c="| ', 'limn', '', 'a="| b="'];
	for (const line of lines) {
		it(`is read at once: ${JSON.stringify(line)} in every line`, () => {
			const body = `// ${line}\n`.repeat(Math.ceil(1_000_000 / (line.length + 4)));
			recipesOf(`// limn: a fox\n${body}`);
			recipesOf(`<!-- limn: a fox |\n${body}-->`);
		}).timeout(20_000);
	}

	it('is read at once where it has a pair in every line', () => {
		const pairs = Array.from({ length: 60_000 }, (_, index) => `key${index}=${index}`);
		assert.equal(recipeOf(`// limn: a fox |\n// ${pairs.join('\n// ')}\n// the end`).pairs.length, pairs.length);
		assert.equal(recipeOf(`<!-- limn: a fox |\n${pairs.join('\n')}\n-->`).pairs.length, pairs.length);
	}).timeout(20_000);

	it('is read at once where it has a recipe in every line', () => {
		const recipes = recipesOf('<!-- limn: a fox | seed=7 -->\n![a](a.png)\n'.repeat(20_000));
		assert.ok(recipes.every(({ picture }) => picture !== undefined));
		recipesOf('<!-- limn: a fox | seed=7 -->\n'.repeat(30_000));
	}).timeout(20_000);
});
