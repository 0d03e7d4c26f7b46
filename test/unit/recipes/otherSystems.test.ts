import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { markdown } from '../../../src/documents/languages/markdown';
import { noteMade, recipeHash } from '../../../src/recipes/made';
import { PictureDigests, PictureLookup } from '../../../src/recipes/pictureFiles';
import { recipesIn } from '../../../src/recipes/recipe';
import { survey } from '../../../src/recipes/survey';
import { MemoryTree } from './memoryTree';

/** How disks take names when they look for one. */
const linux = (path: string) => path;
const windows = (path: string) => path.toLowerCase();
const mac = (path: string) => path.toLowerCase().normalize('NFD');

const hash = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const homeOf = () => ({ workspaceFolder: '/c:/w', siteRoots: [] });

/** What is said of `/c:/w/a.md` with this text, where there is one picture. */
async function surveyOf(text: string, picture: string, takenAs: (path: string) => string) {
	const tree = new MemoryTree({ [picture]: 'pixels' });
	tree.takenAs = takenAs;
	const lookup = new PictureLookup({ tree, homeOf, hash, digest: new PictureDigests(tree, hash).of });
	return survey({ path: '/c:/w/a.md', text, language: markdown }, lookup);
}

/** A recipe that was made, with its picture linked so. */
async function madeRecipe(link: string): Promise<string> {
	const text = `<!-- limn: a fox -->\n![](${link})\n`;
	const [recipe] = recipesIn(text, markdown.read?.(text) ?? { comments: [], pictures: [] });
	assert.ok(recipe);
	const picture = (await hash(new TextEncoder().encode('pixels'))).slice(0, 12);
	const { start, end, text: note } = noteMade(recipe, { recipe: await recipeHash(recipe, text, hash), picture });
	return text.slice(0, start) + note + text.slice(end);
}

describe('a picture that is linked by another spelling of its name', () => {
	const spellings = [
		['in capitals', 'Images/Fox.PNG', '/c:/w/images/fox.png', [windows, mac]],
		['with its letters in pieces', 'fu\u0308chse.png', '/c:/w/füchse.png', [mac]],
		['with its letters in one', 'f%C3%BCchse.png', '/c:/w/fu\u0308chse.png', [mac]],
		['with a drive in capitals', 'C:/w/fox.png', '/c:/w/fox.png', [linux, windows, mac]],
		['with backslashes', 'C:\\w\\fox.png', '/c:/w/fox.png', [linux, windows, mac]],
		['as an address', 'file:///c%3A/w/fox.png', '/c:/w/fox.png', [linux, windows, mac]],
	] as const;
	for (const [called, link, picture, finders] of spellings) {
		for (const disk of [linux, windows, mac]) {
			const finds = finders.some((each) => each === disk);
			it(`is ${finds ? 'found' : 'missing'} ${called} on ${disk.name}`, async () => {
				const plain = await surveyOf(`![](${link})`, picture, disk);
				assert.deepEqual(
					plain.pictures.map(({ exists }) => exists),
					[finds],
				);
				const made = await surveyOf(await madeRecipe(link), picture, disk);
				assert.deepEqual(
					made.recipes.map(({ state, own }) => [state, own]),
					[finds ? ['fresh', true] : ['missing', false]],
				);
			});
		}
	}

	it('is nobody’s to judge where it is on another computer', async () => {
		for (const link of ['\\\\\\\\server\\share\\fox.png', '//server/share/fox.png', 'file://server/share/fox.png']) {
			const { pictures } = await surveyOf(`![](${link})`, '/c:/w/fox.png', windows);
			assert.deepEqual(
				pictures.map(({ exists, path }) => [exists, path]),
				[[true, undefined]],
				link,
			);
		}
	});
});
