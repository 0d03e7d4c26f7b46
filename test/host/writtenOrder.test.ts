import assert from 'node:assert/strict';
import { Uri, workspace } from 'vscode';
import { placesOf, type Wish } from '../../src/host/wish';
import { folderNameOf, isOfThisWindow, readOrder, wishOf, writeOrder } from '../../src/host/writtenOrder';

const files = {
	stage: async () => undefined,
	staged: async () => undefined,
};

function wishIn(base: string, roots: readonly string[], others: Partial<Wish> = {}): Wish {
	const uri = Uri.file('/').with({ path: base });
	const destination = { uri, base, documentFolder: base, documentBaseName: '', pointedAt: false, roots };
	return { prompt: 'a fox', n: 1, model: 'openai/gpt-image-2', options: {}, destination, ...others };
}

/** As it is read again in another window. */
async function written(wish: Wish): Promise<unknown> {
	return JSON.parse(JSON.stringify(await writeOrder({ wish, begun: undefined }, files)));
}

describe('an order that was written down, in folders', () => {
	let [here, there] = ['', ''];
	const closed = '/closed/pictures';

	before(() => {
		[here = '', there = ''] = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.path);
	});

	it('is this window’s where the folder is open that its picture goes to, whatever became of others', async () => {
		const order = await written(wishIn(here, [here, there, closed]));
		assert.equal(isOfThisWindow(order), true);
		const exact = await written(wishIn(closed, [closed, there], { exact: { path: `${there}/fox.png` } }));
		assert.equal(isOfThisWindow(exact), true);
	});

	it('is another window’s where that folder is not open, which is named', async () => {
		const order = await written(wishIn(closed, [closed, here]));
		assert.deepEqual([isOfThisWindow(order), folderNameOf(order)], [false, 'pictures']);
		const exact = await written(wishIn(here, [here, closed], { exact: { path: `${closed}/deep/fox.png` } }));
		assert.deepEqual([isOfThisWindow(exact), folderNameOf(exact)], [false, 'pictures']);
	});

	it('writes nothing into folders that were closed since', async () => {
		const read = await readOrder(await written(wishIn(here, [closed, here])), files);
		assert.deepEqual(read?.wish.destination.roots, [here]);
	});

	it('knows its recipe again, and the places that it alone may fill', async () => {
		const recipe = { file: Uri.file('/a/b c#.md'), cell: 2, hash: '0123456789ab' };
		const wish = wishIn(here, [here], { recipe });
		const read = wishOf(await written(wish));
		assert.deepEqual([read?.recipe?.file.toString(), read?.recipe?.cell], [recipe.file.toString(), 2]);
		assert.ok(read);
		assert.deepEqual(placesOf(read), placesOf(wish));
		const exact = wishIn(here, [here], { recipe, exact: { path: `${here}/Fox.png` } });
		const otherwise = wishIn(here, [here], { exact: { path: `${here}/fox.PNG` } });
		assert.deepEqual(placesOf(exact), placesOf(otherwise));
		assert.notDeepEqual(placesOf(exact), placesOf(wish));
		assert.deepEqual(placesOf(wishIn(here, [here])), []);
	});

	it('is nobody’s where it is no order', () => {
		assert.deepEqual([wishOf({}), folderNameOf(undefined), isOfThisWindow(7)], [undefined, '', true]);
	});
});
