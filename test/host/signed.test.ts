import assert from 'node:assert/strict';
import { startOpenAI } from '../servers/openai';
import { encodePicture } from '../servers/pictureFiles';
import { colourOf, drawPicture } from '../servers/pictures';
import { signed } from '../servers/png';
import { call, generate } from './contract';
import { everyProvider } from './everyProvider';
import { savePhoto } from './photos';
import { readByOthers, show } from './recipes';
import { bytesOf, closeEditors, withSetting } from './workspace';

const size = { width: 1024, height: 1024 };
const prompt = 'a seal on a letter';
const model = 'openai/gpt-image-2';

async function made(embed: 'auto' | 'always' | 'never'): Promise<{ bytes: Buffer; warnings: string; uri: string }> {
	const { images, warnings } = await withSetting('metadata.embed', embed, async () =>
		generate({ prompt, model, size: '1024x1024', folder: 'signed' }),
	);
	assert.ok(images[0]);
	return { bytes: await bytesOf(images[0]), warnings: warnings.join(' '), uri: images[0].uri };
}

describe('a picture that comes signed by its maker in folders', () => {
	const { standIn } = everyProvider();
	let sent: Uint8Array;

	before(async () => (sent = await encodePicture(drawPicture(size, colourOf(prompt)), 'png')));
	afterEach(closeEditors);

	for (const embed of ['auto', 'never'] as const) {
		it(`stays byte for byte (${embed}); its recipe is in the history`, async () => {
			await standIn('openai', startOpenAI({ signs: true }));
			const { bytes, warnings, uri } = await made(embed);
			assert.deepEqual(bytes, Buffer.from(signed(sent)));
			assert.doesNotMatch(warnings, /signed/);
			const shown = await show(uri);
			assert.ok(shown.signed && shown.recipe?.kind === 'limn');
			assert.equal(shown.recipe.record.prompt, prompt);
		});
	}

	it('has the recipe where somebody wants that always, which is said to break the signature', async () => {
		await standIn('openai', startOpenAI({ signs: true }));
		const { bytes, warnings } = await made('always');
		assert.equal(readByOthers(bytes)?.record['prompt'], prompt);
		assert.match(warnings, /signed by its maker\. The recipe in it breaks the signature/);
	});

	it('and one that comes unsigned: it has the recipe, and never where nobody wants it', async () => {
		await standIn('openai', startOpenAI());
		for (const embed of ['auto', 'always'] as const) {
			const { bytes, warnings } = await made(embed);
			assert.equal(readByOthers(bytes)?.record['prompt'], prompt, embed);
			assert.doesNotMatch(warnings, /signed/);
		}
		assert.deepEqual((await made('never')).bytes, Buffer.from(sent));
	});

	it('is no longer signed once it is put into another: that is a new file, with a recipe of its own', async () => {
		await standIn('openai', startOpenAI({ signs: true }));
		const job = { image: await savePhoto('signed/photo.png'), mask: [{ x: 9, y: 9, width: 99, height: 99 }], model };
		const { images } = await call('limn.edit', { ...job, prompt });
		assert.ok(images[0]);
		assert.equal((await show(images[0].uri)).signed, false);
		assert.equal(readByOthers(await bytesOf(images[0]))?.record['operation'], 'edit');
	});
});
