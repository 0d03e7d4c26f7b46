import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findingsOf } from '../../../src/recipes/findings';
import { survey } from '../../../src/recipes/survey';
import { sentence } from '../builders';
import { documentOf, madeOf, Pictures } from './pictures';
import { sliceOf } from './toyLanguage';

async function findingsIn(text: string, contents: Readonly<Record<string, string>> = {}) {
	return findingsOf(await survey(documentOf(text), new Pictures(contents)));
}

/** Kind, place and sentence of each finding. */
async function told(text: string, contents: Readonly<Record<string, string>> = {}): Promise<string[][]> {
	const findings = await findingsIn(text, contents);
	return findings.map(({ kind, span, message }) => [kind, sliceOf(text, span), sentence(message)]);
}

const files = { '/site/fox.png': 'bytes' };

describe('the findings of a document', () => {
	it('are none where all is well', async () => {
		const text = `<!-- limn: a fox | ${madeOf('a fox', 'bytes')} -->\n![A fox](fox.png)\n\n![Again](fox.png) ![x](https://example.org/x)`;
		assert.deepEqual(await told(text, files), []);
		assert.deepEqual(await told(''), []);
	});

	it('name a recipe that nothing refers to', async () => {
		assert.deepEqual(await told('a\n<!-- limn: a fox -->\n'), [
			['missing', '<!-- limn: a fox -->', 'No picture follows this recipe yet. Generate it.'],
		]);
	});

	it('are one for a recipe without its picture, even where the reference says nothing for who cannot see it', async () => {
		assert.deepEqual(await told('<!-- limn: a fox -->\n![](b/fox.png)'), [
			['missing', '<!-- limn: a fox -->', 'The picture fox.png is missing. Generate it from its recipe.'],
		]);
	});

	it('tell stale pictures apart: whether Limn made them', async () => {
		assert.deepEqual(await told(`<!-- limn: a cub | ${madeOf('a fox', 'bytes')} -->\n![A](fox.png)`, files), [
			[
				'stale',
				`<!-- limn: a cub | ${madeOf('a fox', 'bytes')} -->`,
				'The recipe has changed since fox.png was made. Generate it again, or keep it as it is.',
			],
		]);
		assert.deepEqual(await told('<!-- limn: a cub -->\n![A](fox.png)', files), [
			['stale', '<!-- limn: a cub -->', 'fox.png was not made from this recipe. Generate it, or keep it as it is.'],
		]);
	});

	it('ask for the alternative text of pictures that are there or elsewhere', async () => {
		const text = `<!-- limn: a fox | ${madeOf('a fox', 'bytes')} -->\n![](fox.png)\n\n<!-- limn: b -->\n![](https://example.org/b)\n\n![](fox.png)`;
		assert.deepEqual(
			(await told(text, files)).map(([kind, at, words]) => [kind, at, words]),
			[
				['no-alt', '![](fox.png)', 'fox.png has no alternative text. Say what it shows.'],
				['no-alt', '![](https://example.org/b)', 'https://example.org/b has no alternative text. Say what it shows.'],
				['no-alt', '![](fox.png)', 'fox.png has no alternative text. Say what it shows.'],
			],
		);
	});

	it('name the target of a broken link, and its missing alternative text besides', async () => {
		assert.deepEqual(await told('![A cub](b/cub.png)'), [
			['broken-link', 'b/cub.png', 'There is no picture b/cub.png.'],
		]);
		assert.deepEqual(await told('![](cub.png)'), [
			['no-alt', '![](cub.png)', 'cub.png has no alternative text. Say what it shows.'],
			['broken-link', 'cub.png', 'There is no picture cub.png.'],
		]);
	});

	it('say what they are about', async () => {
		const [broken, missing] = await findingsIn('![A](a.png)\n\n<!-- limn: a fox -->');
		assert.equal(broken?.picture?.link.href, 'a.png');
		assert.equal(broken?.recipe, undefined);
		assert.equal(missing?.recipe?.recipe.prompt, 'a fox');
		assert.equal(missing?.picture, undefined);
	});

	it('come in the order of the text, one for each recipe without its picture', async () => {
		const piece = fc.constantFrom(
			'<!-- limn: a fox -->\n![](cub.png)\n',
			'<!-- limn: a fox -->\n',
			'<!-- limn: a fox -->\n![](fox.png)\n',
			'\n\n![](fox.png)\n',
			'\n\n![A](cub.png) words\n',
			'\n\n![](https://example.org/x)\n',
		);
		await fc.assert(
			fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
				const text = pieces.join('');
				const findings = await findingsIn(text, files);
				const starts = findings.map(({ span }) => span.start);
				assert.deepEqual(
					starts,
					starts.toSorted((a, b) => a - b),
				);
				const { recipes } = await survey(documentOf(text), new Pictures(files));
				const missing = recipes.filter(({ state }) => state === 'missing');
				assert.deepEqual(
					findings.filter(({ kind }) => kind === 'missing').map(({ span }) => span),
					missing.map(({ recipe }) => recipe.span),
				);
				// Nothing else is said of a reference whose picture is still to be made.
				const awaited = new Set(missing.map(({ recipe }) => recipe.picture?.span.start));
				assert.ok(findings.every(({ kind, span }) => kind === 'missing' || !awaited.has(span.start)));
			}),
		);
	});
});
