import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { languageOf } from '../../../src/documents/languages/languages';
import { type LanguageName, languageNames } from '../../../src/documents/languages/names';
import { noteMade } from '../../../src/recipes/made';
import { type Recipe, recipesIn } from '../../../src/recipes/recipe';
import { anyMade, somePairs } from './arbitraries';
import { sliceOf } from './toyLanguage';

/** What a person writes: a recipe in several lines between other text, and its picture. `¦` stands for a turn of the line. */
const documents: Readonly<Record<LanguageName, readonly string[]>> = {
	markdown: [
		'# Foxes¦¦<!-- limn: a fox¦at dawn | size=3:2¦style="oil on canvas" -->¦![A fox](fox.png)¦¦![Another](other.png)¦',
		'> <!-- limn: a fox at dawn | size=3:2 style="oil on canvas" -->¦> ![A fox](fox.png)¦',
		'- one¦¦  <!-- limn: a fox¦  at dawn | size=3:2 style="oil on canvas" -->¦¦  ![A fox](fox.png)¦',
	],
	mdx: [
		'# Foxes¦¦{/* limn: a fox¦at dawn | size=3:2¦style="oil on canvas" */}¦¦![A fox](fox.png)¦',
		'{/* limn: a fox at dawn | size=3:2 style="oil on canvas" */}¦<img src="fox.png" alt="A fox" />¦',
	],
	html: [
		'<p>Foxes</p>¦<!--¦  limn: a fox¦  at dawn | size=3:2¦  style="oil on canvas"¦-->¦¦<figure>¦  <img src="fox.png" alt="A fox">¦</figure>¦',
	],
	vue: [
		'<template>¦  <div>¦    <!-- limn: a fox¦      at dawn | size=3:2 style="oil on canvas" -->¦    <img src="fox.png" alt="A fox">¦  </div>¦</template>¦',
	],
	svelte: ['<!-- limn: a fox¦at dawn | size=3:2 style="oil on canvas" -->¦<img src="fox.png" alt="A fox">¦'],
	astro: [
		'---¦const a = 1;¦---¦<!-- limn: a fox¦at dawn | size=3:2 style="oil on canvas" -->¦<img src="fox.png" alt="A fox">¦',
	],
	jsx: [
		'const a = <div>¦  {/* limn: a fox¦    at dawn | size=3:2 style="oil on canvas" */}¦  <img src="fox.png" alt="A fox" />¦</div>;¦',
		'const a = <div>¦  {/* limn: a fox at dawn | size=3:2 style="oil on canvas" */}¦¦  <img src="fox.png" alt="A fox" />¦</div>;¦',
		'// limn: a fox¦// at dawn | size=3:2 style="oil on canvas"¦const fox = <img src="fox.png" alt="A fox" />;¦',
	],
	restructuredText: [
		'Foxes¦=====¦¦.. limn: a fox¦   at dawn | size=3:2¦   style="oil on canvas"¦¦.. image:: fox.png¦   :alt: A fox¦',
	],
	asciidoc: [
		'= Foxes¦¦// limn: a fox¦// at dawn | size=3:2 style="oil on canvas"¦image::fox.png[A fox]¦',
		'////¦limn: a fox¦at dawn | size=3:2 style="oil on canvas"¦////¦image::fox.png[A fox]¦',
	],
	latex: [
		'\\begin{figure}¦  % limn: a fox¦  % at dawn | size=3:2¦  % style="oil on canvas"¦  % TODO: crop¦  \\includegraphics{fox.png}¦\\end{figure}¦',
	],
	typst: [
		'= Foxes¦¦// limn: a fox¦// at dawn | size=3:2 style="oil on canvas"¦#image("fox.png", alt: "A fox")¦',
		'/* limn: a fox¦   at dawn | size=3:2 style="oil on canvas" */¦#figure(¦  image("fox.png", alt: "A fox"),¦)¦',
	],
	org: ['* Foxes¦¦# limn: a fox¦# at dawn | size=3:2 style="oil on canvas"¦[[file:fox.png]]¦'],
	css: ['/* limn: a fox¦ * at dawn | size=3:2¦ * style="oil on canvas" */¦.fox {¦  background: url("fox.png");¦}¦'],
	scss: ['// limn: a fox¦// at dawn | size=3:2 style="oil on canvas"¦.fox {¦  background: url("fox.png");¦}¦'],
};

function recipesOf(language: string, text: string): Recipe[] {
	const { read } = languageOf(language, '');
	assert.ok(read, `${language} is not read`);
	return recipesIn(text, read(text));
}

const cases = languageNames.flatMap(({ name, ids: [language] }) =>
	documents[name].flatMap((text, index) =>
		['\n', '\r\n'].map((turn) => ({
			language,
			name: `${name} ${index + 1}${turn === '\n' ? '' : ' with CRLF'}`,
			text: text.replaceAll('¦', turn),
		})),
	),
);

describe('recipes in every language', () => {
	for (const { language, name, text } of cases) {
		it(`are read with their picture: ${name}`, () => {
			const [recipe, ...more] = recipesOf(language, text);
			assert.ok(recipe);
			assert.deepEqual(more, []);
			assert.equal(recipe.prompt, 'a fox at dawn');
			assert.deepEqual(
				recipe.pairs.map(({ key, value }) => [key, value]),
				[
					['size', '3:2'],
					['style', 'oil on canvas'],
				],
			);
			assert.match(sliceOf(text, recipe.promptSpan), /^a fox\s[^|]*at dawn$/);
			assert.equal(recipe.picture && sliceOf(text, recipe.picture.target).replace(/^file:/, ''), 'fox.png');
		});

		it(`are noted and nothing else is changed: ${name}`, () => {
			fc.assert(
				fc.property(anyMade, anyMade, (made, other) => {
					const after = noted(language, text, made);
					assert.equal(after.replace(` made=${made.recipe}-${made.picture}`, ''), text);
					assert.equal(noted(language, after, made), after);
					assert.equal(noted(language, noted(language, after, other), made), after);
					const [before] = recipesOf(language, text);
					const [again] = recipesOf(language, after);
					assert.deepEqual(again?.made, made);
					assert.equal(again?.prompt, before?.prompt);
					assert.equal(again?.picture?.href, before?.picture?.href);
				}),
				{ numRuns: 20 },
			);
		});
	}
});

/** Where a comment can stand. */
const around: Partial<Record<LanguageName, readonly [before: string, after: string]>> = {
	jsx: ['const a = <p>', '</p>;'],
	vue: ['<template>\n', '\n</template>\n'],
};

const word = fc.oneof(
	fc.constantFrom(
		'fox',
		'|',
		'=',
		'"',
		'5"',
		'a=b',
		'é',
		'🦊',
		'%',
		'#',
		'$x$',
		'{',
		'}',
		'<b>',
		'&amp;',
		'[x](y)',
		'.',
		':',
		"'",
	),
	fc.stringMatching(/^[a-z]{1,5}$/),
);

describe('a recipe that Limn writes', () => {
	for (const { name, ids } of languageNames) {
		it(`is read again as it is, and noted: ${name}`, () => {
			const [language] = ids;
			const { comment } = languageOf(language, '');
			assert.ok(comment);
			const [before, after] = around[name] ?? ['', ''];
			fc.assert(
				fc.property(fc.array(word, { maxLength: 8 }), somePairs, anyMade, (words, pairs, made) => {
					const said = ['limn:', 'a', ...words, '|', ...pairs.map(({ written }) => written)].join(' ');
					const text = `${before}${comment.open}${said}${comment.close}\n${after}`;
					const [recipe, ...more] = recipesOf(language, text);
					assert.ok(recipe, text);
					assert.deepEqual(more, []);
					assert.equal(recipe.prompt, ['a', ...words].join(' '));
					assert.deepEqual(
						recipe.pairs.map(({ key, value }) => [key, value]),
						pairs.map(({ key, value }) => [key, value]),
					);
					const written = ` made=${made.recipe}-${made.picture}`;
					assert.equal(
						noted(language, text, made),
						text.replace(said, () => said + written),
					);
					assert.deepEqual(recipesOf(language, noted(language, text, made))[0]?.made, made);
				}),
				{ numRuns: 300 },
			);
		});
	}
});

/** The text after its first recipe was noted. */
function noted(language: string, text: string, made: { readonly recipe: string; readonly picture: string }): string {
	const [recipe] = recipesOf(language, text);
	assert.ok(recipe);
	const { start, end, text: written } = noteMade(recipe, made);
	return text.slice(0, start) + written + text.slice(end);
}
