import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { DocumentLanguage } from '../../../src/documents/languages/language';
import { languageOf } from '../../../src/documents/languages/languages';
import { languageNames } from '../../../src/documents/languages/names';
import { canonical, noteMade } from '../../../src/recipes/made';
import { type Made, type Recipe, recipesIn } from '../../../src/recipes/recipe';
import { scanText } from '../../../src/recipes/scan';
import { lineEnds, textOf, turned } from '../documents/languages/turned';
import { anyMade } from './arbitraries';

function recipesOf({ read }: DocumentLanguage, text: string): Recipe[] {
	return read ? recipesIn(text, read(text)) : [];
}

/** The text after each of its recipes was noted. */
function noted(language: DocumentLanguage, text: string, made: Made): string {
	return recipesOf(language, text).reduceRight((after, recipe) => {
		const { start, end, text: written } = noteMade(recipe, made);
		return after.slice(0, start) + written + after.slice(end);
	}, text);
}

/** What a recipe says, and of which picture. */
function sayingOf(text: string) {
	return (recipe: Recipe) => [
		canonical(recipe, text),
		recipe.picture?.href.replace(/\r\n?/g, '\n'),
		recipe.madeAt.kind,
	];
}

describe('the line ends of a document with recipes', () => {
	for (const { name, ids } of languageNames) {
		const language = languageOf(ids[0], '');
		for (const [called, end] of lineEnds) {
			it(`of ${called} change no recipe, and stay when it is noted, in ${name}`, () => {
				let seen = 0;
				fc.assert(
					fc.property(textOf(name), anyMade, (text, made) => {
						const other = turned(text, end);
						const [plain, turnedOnes] = [recipesOf(language, text), recipesOf(language, other.text)];
						seen += plain.length;
						assert.deepEqual(turnedOnes.map(sayingOf(other.text)), plain.map(sayingOf(text)), JSON.stringify(text));
						assert.equal(noted(language, other.text, made), noted(language, text, made).replaceAll('\n', end));
					}),
					{ numRuns: 2000 },
				);
				assert.ok(seen > 100, `${seen} recipes`);
			});
		}
	}

	it('and the mark of its encoding change no line that is told', () => {
		const text = 'a\n\n![b](c.png)\n';
		for (const each of [text, `\uFEFF${text}`, turned(text, '\r\n').text, turned(text, '\r').text]) {
			const [document] = scanText('/w/a.md', each);
			const [picture] = document?.language.read?.('').pictures ?? [];
			assert.equal(picture && document?.lineOf(picture.span.start), 2, JSON.stringify(each));
		}
	});
});
