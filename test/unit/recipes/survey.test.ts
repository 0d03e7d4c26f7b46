import assert from 'node:assert/strict';
import { survey } from '../../../src/recipes/survey';
import { documentOf, madeOf, Pictures, sha256 } from './pictures';

/** State, path and ownership of a document's recipes, and its other pictures with whether they are there. */
async function surveyOf(text: string, contents: Readonly<Record<string, string>> = {}) {
	const files = new Pictures(contents);
	const { recipes, pictures } = await survey(documentOf(text), files);
	return {
		recipes: recipes.map(({ state, path, own }) => [state, path, own]),
		pictures: pictures.map(({ link, path, exists }) => [link.href, path, exists]),
		read: files.read,
	};
}

const fox = '/site/fox.png';

/** Where the picture `1.png` takes longest. */
class SlowPictures extends Pictures {
	override readonly exists = async (path: string) => {
		for (let turn = path === '/site/1.png' ? 50 : 0; turn > 0; turn--) await Promise.resolve();
		return false;
	};
}

describe('a survey of a document', () => {
	it('misses the picture of a recipe that nothing refers to', async () => {
		const { recipes } = await surveyOf('<!-- limn: a fox -->\n');
		assert.deepEqual(recipes, [['missing', undefined, false]]);
	});

	it('misses a picture that is not there, whatever was noted', async () => {
		const { recipes, read } = await surveyOf(
			`<!-- limn: a fox -->\n![a](fox.png)\n<!-- limn: a fox | ${madeOf('a fox', 'x')} -->\n![b](b/../cub.png)`,
		);
		assert.deepEqual(recipes, [
			['missing', fox, false],
			['missing', '/site/cub.png', false],
		]);
		assert.deepEqual(read, []);
	});

	it('misses a picture whose reference leads to no file', async () => {
		const { recipes } = await surveyOf('<!-- limn: a fox -->\n![a]()');
		assert.deepEqual(recipes, [['missing', undefined, false]]);
	});

	it('finds a picture fresh that was made of these words', async () => {
		const text = `<!-- limn: a  fox | size=3:2 ${madeOf('a fox\nseed=7\nsize=3:2', 'bytes')} seed=7 -->\n![a](fox.png)`;
		assert.deepEqual((await surveyOf(text, { [fox]: 'bytes' })).recipes, [['fresh', fox, true]]);
	});

	it('finds it fresh but not Limn’s own where somebody changed the file', async () => {
		const text = `<!-- limn: a fox | ${madeOf('a fox', 'bytes')} -->\n![a](fox.png)`;
		assert.deepEqual((await surveyOf(text, { [fox]: 'other bytes' })).recipes, [['fresh', fox, false]]);
	});

	it('finds it stale where the words have changed', async () => {
		const text = `<!-- limn: a red fox | ${madeOf('a fox', 'bytes')} -->\n![a](fox.png)`;
		assert.deepEqual((await surveyOf(text, { [fox]: 'bytes' })).recipes, [['stale', fox, true]]);
		assert.deepEqual((await surveyOf(text, { [fox]: 'other' })).recipes, [['stale', fox, false]]);
	});

	it('finds it stale where nobody knows what it was made of, and reads no byte of it', async () => {
		for (const pairs of ['', ' | made=', ' | made=damaged', ' | size=3:2']) {
			const { recipes, read } = await surveyOf(`<!-- limn: a fox${pairs} -->\n![a](fox.png)`, { [fox]: 'bytes' });
			assert.deepEqual(recipes, [['stale', fox, false]], pairs);
			assert.deepEqual(read, []);
		}
	});

	it('leaves what is elsewhere alone', async () => {
		const text = `<!-- limn: a fox | ${madeOf('a fox', 'x')} -->\n![a](https://example.org/fox.png)`;
		const { recipes, read } = await surveyOf(text);
		assert.deepEqual(recipes, [['elsewhere', undefined, false]]);
		assert.deepEqual(read, []);
	});

	it('takes the first candidate that is there, else the likeliest', async () => {
		const text = '<!-- limn: a -->\n![a](/a.png)\n<!-- limn: b -->\n![b](/b.png)\n\n![c](/c.png) ![d](/d.png)';
		const { recipes, pictures } = await surveyOf(text, { '/site/static/a.png': 'a', '/site/static/c.png': 'c' });
		assert.deepEqual(recipes, [
			['stale', '/site/static/a.png', false],
			['missing', '/b.png', false],
		]);
		assert.deepEqual(pictures, [
			['/c.png', '/site/static/c.png', true],
			['/d.png', '/d.png', false],
		]);
	});

	it('looks at pictures without a recipe, and reads none of them', async () => {
		const text = '![0](0.png)\n\n<!-- limn: a fox -->\n![a](fox.png) ![1](fox.png) ![2](data:x)\n\n![3]()';
		const { pictures, read } = await surveyOf(text, { [fox]: 'bytes' });
		assert.deepEqual(pictures, [
			['0.png', '/site/0.png', false],
			['fox.png', fox, true],
			['data:x', undefined, true],
			['', undefined, false],
		]);
		assert.deepEqual(read, []);
	});

	it('says what would be noted now', async () => {
		const { recipes } = await survey(documentOf('<!-- limn: a fox | seed=7 -->'), new Pictures({}));
		assert.deepEqual(
			recipes.map(({ hash }) => hash),
			[sha256('a fox\nseed=7').slice(0, 12)],
		);
	});

	it('keeps the order of the text, however long the files take', async () => {
		const text = '<!-- limn: one -->\n![1](1.png)\n<!-- limn: two -->\n![2](2.png)\n\n![10](10.png) ![3](3.png)';
		const { recipes, pictures } = await survey(documentOf(text), new SlowPictures({}));
		assert.deepEqual(
			recipes.map(({ recipe }) => recipe.prompt),
			['one', 'two'],
		);
		assert.deepEqual(
			pictures.map(({ link }) => link.href),
			['10.png', '3.png'],
		);
	});

	it('is empty where the language is not read', async () => {
		const { read: _, ...language } = documentOf('').language;
		const document = { ...documentOf('<!-- limn: a fox -->\n![a](a.png)'), language };
		assert.deepEqual(await survey(document, new Pictures({})), { recipes: [], pictures: [] });
	});
});
