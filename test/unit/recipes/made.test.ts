import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { canonical, type Digest, madeDigits, noteMade, recipeHash } from '../../../src/recipes/made';
import type { Made, Recipe } from '../../../src/recipes/recipe';
import {
	anyLayout,
	anyMade,
	anyPairs,
	anyTurns,
	type Layout,
	plainWords,
	promptWords,
	set,
	somePairs,
} from './arbitraries';
import { recipeOf, recipesOf } from './toyLanguage';

const sha256: Digest = async (bytes) => createHash('sha256').update(bytes).digest('hex');

const inOneLine: Layout = { name: '', open: '<!-- ', turn: ' ', close: ' -->' };

/** A document with one recipe. */
function documentOf(
	words: readonly string[],
	pairs: readonly { readonly written: string }[],
	layout = inOneLine,
): string {
	const tail = pairs.length > 0 ? ['|', ...pairs.map(({ written }) => written)] : [];
	return set(['limn:', ...words, ...tail], layout, [false]);
}

async function hashOf(text: string): Promise<string> {
	return recipeHash(recipeOf(text), text, sha256);
}

/** The form that is hashed. */
function formOf(text: string): string {
	return canonical(recipeOf(text), text);
}

/** The document after its nth recipe has been noted. */
function noted(text: string, made: Made, index = 0): string {
	const recipe = recipesOf(text)[index];
	assert.ok(recipe);
	const edit = noteMade(recipe, made);
	return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

/** All that a recipe says, without places in the text. */
function sayingOf({ prompt, pairs, made, picture }: Recipe): object {
	return { prompt, pairs: pairs.map(({ key, value }) => `${key}:${value}`), made, href: picture?.href };
}

const made: Made = { recipe: '8f3a91c2d04e', picture: '51b07c9e2a11' };
const note = 'made=8f3a91c2d04e-51b07c9e2a11';

describe('the hash of a recipe', () => {
	it('is the beginning of the SHA-256 of its words', async () => {
		const text = '<!-- limn: a  fox | size=3:2 model=sketch/placeholder -->';
		const hash = await sha256(Buffer.from('a fox\nmodel=sketch/placeholder\nsize=3:2'));
		assert.equal(await hashOf(text), hash.slice(0, madeDigits));
		assert.equal(madeDigits, 12);
		assert.equal(await hashOf('<!-- limn: füchse 🦊 -->'), (await sha256(Buffer.from('füchse 🦊'))).slice(0, 12));
	});

	it('does not depend on what was made', async () => {
		await fc.assert(
			fc.asyncProperty(promptWords, anyPairs, anyMade, anyMade, async (words, pairs, first, second) => {
				const text = documentOf([...words, 'end'], pairs);
				const once = noted(text, first);
				const hash = await hashOf(text);
				assert.equal(await hashOf(once), hash);
				assert.equal(await hashOf(noted(once, second)), hash);
			}),
		);
	});

	it('does not depend on how its words are set', async () => {
		await fc.assert(
			fc.asyncProperty(promptWords, somePairs, anyTurns, async (words, pairs, turns) => {
				const all = ['limn:', ...words, '|', ...pairs.map(({ written }) => written)];
				const layout: Layout = { name: '', open: '<!--\n', turn: ' \r\n\t ', close: '\n-->' };
				assert.equal(await hashOf(set(all, layout, turns)), await hashOf(documentOf(words, pairs)));
			}),
		);
	});

	it('does not depend on the order of its pairs', async () => {
		const shuffled = somePairs.chain((pairs) =>
			fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length, maxLength: pairs.length })),
		);
		await fc.assert(
			fc.asyncProperty(promptWords, shuffled, async (words, [pairs, others]) => {
				assert.equal(await hashOf(documentOf(words, pairs)), await hashOf(documentOf(words, others)));
			}),
		);
	});

	it('changes with every other change', () => {
		const said = fc.tuple(promptWords, anyPairs);
		fc.assert(
			fc.property(said, said, ([words, pairs], [others, otherPairs]) => {
				const [text, other] = [documentOf([...words, 'end'], pairs), documentOf([...others, 'end'], otherPairs)];
				const tell = (all: typeof pairs) => all.map(({ written }) => written).toSorted();
				const isSame =
					words.join(' ') === others.join(' ') && JSON.stringify(tell(pairs)) === JSON.stringify(tell(otherPairs));
				assert.equal(formOf(text) === formOf(other), isSame, `${text}\n${other}`);
			}),
			{ numRuns: 1000 },
		);
	});

	it('changes with a single one', async () => {
		const texts = [
			'<!-- limn: a fox -->',
			'<!-- limn: a Fox -->',
			'<!-- limn: a fox | seed=7 -->',
			'<!-- limn: a fox | seed=8 -->',
			'<!-- limn: a fox | seed="7" -->',
			'<!-- limn: a fox | seed=7 style=x -->',
			'<!-- limn: a fox | style="seed=7" -->',
			'<!-- limn: a fox | seed=7 | made= -->',
			'<!-- limn: a fox seed=7 -->',
		];
		const hashes = await Promise.all(texts.map(hashOf));
		assert.equal(new Set(hashes).size, texts.length);
	});
});

describe('noting what was made', () => {
	it('adds a pair, the first pair or another value', () => {
		assert.equal(noted('<!-- limn: a fox | size=3:2 -->', made), `<!-- limn: a fox | size=3:2 ${note} -->`);
		assert.equal(noted('<!-- limn: a fox -->', made), `<!-- limn: a fox | ${note} -->`);
		assert.equal(noted('<!-- limn: a fox | -->', made), `<!-- limn: a fox | ${note} -->`);
		assert.equal(noted('<!--limn:-->', made), `<!--limn: | ${note}-->`);
		assert.equal(noted('<!-- limn: a | made=x seed=7 -->', made), `<!-- limn: a | ${note} seed=7 -->`);
		assert.equal(noted('<!-- limn: a | made="x y" -->', made), '<!-- limn: a | made="8f3a91c2d04e-51b07c9e2a11" -->');
		assert.equal(noted('<!-- limn: a | made= -->', made), `<!-- limn: a | ${note} -->`);
		assert.equal(noted('<!-- limn: a | made=x made=y -->', made), `<!-- limn: a | made=x ${note} -->`);
	});

	it('stays in the lines of the recipe', () => {
		assert.equal(
			noted('// limn: a fox\n// at dawn |\n// size=3:2\n// TODO\n![a](a.png)', made),
			`// limn: a fox\n// at dawn |\n// size=3:2 ${note}\n// TODO\n![a](a.png)`,
		);
		assert.equal(noted('<!--\r\nlimn: a\r\nfox\r\n-->', made), `<!--\r\nlimn: a\r\nfox | ${note}\r\n-->`);
		assert.equal(noted('// limn: a fox |\n', made), `// limn: a fox | ${note}\n`);
	});

	const between = fc.constantFrom(
		'\n',
		'\r\n![a](a.png)\r\n',
		'\n\nHello | a=b\n\n',
		'\n![x](x.png)![y](y.png)\n',
		'\n\t\n',
	);
	const noteBefore = fc.constantFrom('', '', 'made=', 'made="a b"', 'made=x made="y"', note, `made=1 ${note}`);
	const oneRecipe = fc
		.tuple(promptWords, anyPairs, anyLayout, anyTurns, noteBefore, fc.nat({ max: 5 }))
		.map(([words, pairs, layout, turns, before, place]) => {
			const written = pairs.map((pair) => pair.written).toSpliced(place, 0, ...(before === '' ? [] : [before]));
			return set(['limn:', ...words, ...(written.length > 0 ? ['|', ...written] : [])], layout, turns);
		});
	const anyDocument = fc.array(fc.tuple(oneRecipe, between), { minLength: 1, maxLength: 4 });

	it('changes nothing else, byte for byte, and nothing of the other recipes', () => {
		fc.assert(
			fc.property(anyDocument, anyMade, fc.nat(), (parts, made, pick) => {
				const text = parts.flat().join('');
				const recipes = recipesOf(text);
				const index = pick % recipes.length;
				const recipe = recipes[index];
				assert.ok(recipe);
				const { start, end, text: written } = noteMade(recipe, made);
				assert.match(written, /^(?:(?: \|)? made=)?[0-9a-f]{12}-[0-9a-f]{12}$/);
				const old = text.slice(start, end);
				assert.ok(old === '' || /made="?$/.test(text.slice(0, start)), `${text}: ${old}`);
				assert.ok(start >= recipe.promptSpan.end && end <= recipe.span.end);

				const after = recipesOf(noted(text, made, index)).map(sayingOf);
				const expected = recipes.map(sayingOf).with(index, { ...sayingOf(recipe), made });
				assert.deepEqual(after, expected, text);
			}),
			{ numRuns: 2000 },
		);
	});

	it('twice is the same as once', () => {
		fc.assert(
			fc.property(anyDocument, anyMade, anyMade, (parts, made, other) => {
				const text = parts.flat().join('');
				const once = noted(text, made);
				assert.equal(noted(once, made), once);
				assert.equal(noted(noted(once, other), made), once);
			}),
			{ numRuns: 1000 },
		);
	});

	it('keeps a prompt that ends like pairs', () => {
		fc.assert(
			fc.property(plainWords, fc.constantFrom('5"', '|', 'a="b', '|x', '"'), anyMade, (words, last, made) => {
				const text = documentOf([...words, last, 'x'], []).replace(' x -->', ' -->');
				const before = recipeOf(text);
				assert.deepEqual(sayingOf(recipeOf(noted(text, made))), { ...sayingOf(before), made });
			}),
		);
	});
});
