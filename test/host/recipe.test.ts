import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'fast-png';
import { commands, Uri, window, workspace } from 'vscode';
import * as z from 'zod';
import { readPng, writePng } from '../../src/image/metadata/pngChunks';
import { textChunk } from '../../src/image/metadata/pngText';
import { noise } from '../unit/builders';
import { generate } from './contract';
import { sheet, show } from './recipes';
import { bytesOf, closeEditors, folder, withSetting } from './workspace';

async function save(name: string, bytes: Uint8Array): Promise<string> {
	const uri = Uri.file(path.join(folder(0), name));
	await workspace.fs.writeFile(uri, bytes);
	return uri.toString();
}

describe('a picture’s recipe in folders', () => {
	afterEach(closeEditors);

	it('is in its file, whatever its format, and shown as text', async () => {
		for (const format of ['png', 'jpeg', 'webp'] as const) {
			const wish = { prompt: '[a fox](command:x)\n„ü“ 🦊', size: '64x64', options: { seed: '6110856530272051867' } };
			const { images } = await generate({ ...wish, format, folder: 'recipe' });
			const { recipe, signed } = await show(images[0]?.uri);
			assert.ok(recipe?.kind === 'limn' && !signed, format);
			assert.equal(recipe.record.prompt, wish.prompt);
			assert.equal(recipe.record.model, 'sketch/placeholder');
			assert.equal(recipe.record.seed, '6110856530272051867');
			assert.ok(sheet().includes(wish.prompt) && sheet().includes('6110856530272051867'));
			assert.equal(window.activeTextEditor?.document.isDirty, false, 'nobody is asked to save it');
		}
	});

	it('is in the history where the file is not to carry it', async () => {
		const { images } = await withSetting('metadata.embed', 'never', async () =>
			generate({ prompt: 'untold', size: '64x64', folder: 'recipe' }),
		);
		assert.ok(images[0]);
		assert.ok(!(await bytesOf(images[0])).includes('untold'));
		const { recipe } = await show(images[0].uri);
		assert.ok(recipe?.kind === 'limn');
		assert.equal(recipe.record.prompt, 'untold');
	});

	it('is read from what other programs write', async () => {
		const bare = readPng(encode({ ...noise(8, 8, 1, 255), channels: 4 }));
		assert.ok(bare);
		const [header, ...others] = bare.chunks;
		const text = 'a castle\nNegative prompt: fog\nSteps: 20, Seed: 18446744073709551615, Size: 8x8, Model: sdxl';
		const chunk = textChunk('parameters', text);
		assert.ok(header);
		const image = await save('recipe/a1111.png', writePng([header, chunk, ...others]));
		const { recipe } = await show(image);
		assert.ok(recipe?.kind === 'a1111');
		assert.deepEqual([recipe.prompt, recipe.negative], ['a castle', 'fog']);
		assert.ok(recipe.parameters.some(([name, value]) => name === 'Seed' && value === '18446744073709551615'));
	});

	it('is missing where nobody wrote one, and of what is no picture', async () => {
		const plain = await save('recipe/plain.png', encode({ ...noise(8, 8, 2, 255), channels: 4 }));
		assert.deepEqual(await show(plain), { signed: false });
		assert.match(sheet(), /^Nothing in the file says how the picture was made/);
		assert.equal((await show(await save('recipe/text.png', Buffer.from('text')))).failure?.code, 'bad-input');
		assert.equal((await show('recipe/none.png')).failure?.code, 'bad-input');
	});

	it('is taken out in a copy, and stays in the picture', async () => {
		const { images } = await generate({ prompt: 'to be published', size: '64x64', folder: 'recipe' });
		assert.ok(images[0]);
		const before = await bytesOf(images[0]);
		const { uri } = z
			.object({ uri: z.string() })
			.parse(await commands.executeCommand('limn.stripMetadata', { image: images[0].uri }));
		assert.match(uri, /\/recipe\/to-be-published-stripped\.png$/);
		assert.ok(!(await readFile(Uri.parse(uri).fsPath)).includes('to be published'));
		assert.deepEqual(await bytesOf(images[0]), before);
		const again = z
			.object({ uri: z.string() })
			.parse(await commands.executeCommand('limn.stripMetadata', { image: images[0].uri }));
		assert.match(again.uri, /-stripped-1\.png$/, 'nothing is overwritten');
	});
});
