import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { startOpenAI } from '../servers/openai';
import { sentSizes } from '../servers/sentPictures';
import { shareChanged } from '../servers/testing';
import { call, type Result } from './contract';
import { everyProvider, providerOf } from './everyProvider';
import { countChanged } from './photo';
import { idOf, onlyPicture, pixelsOf, saveFile, saveMask, saveMovingWebp, savePhoto } from './photos';
import { until } from './until';
import { closeEditors, filesBelow, folder, openNew, withSetting } from './workspace';

const size = { width: 640, height: 480 };
const rect = { x: 300, y: 200, width: 120, height: 90 };
const sketch = 'sketch/placeholder';

/** How each vendor does it, as its result says. */
const ways: Readonly<Record<string, RegExp>> = {
	'openai/gpt-image-2': /gpt-image-2 edited natively, with the mask/,
	'lumenfall/gpt-image-2': /gpt-image-2 edited natively, with the mask/,
	'custom/sd-cpp-local': /sd-cpp-local edited natively, with the mask/,
	'custom/somebody-elses': /Whether custom\/somebody-elses heeds a mask is not known/,
	'runware/runware:102@1': /runware:102@1 edited natively, with the mask/,
	'runware/openai:gpt-image@2': /takes no mask, so the edit is emulated/,
	'vincony/openai/gpt-image-2': /takes no mask, so the edit is emulated/,
	'replicate/black-forest-labs/flux-fill-dev': /so the edit is emulated/,
	[sketch]: /placeholder edited natively, with the mask/,
};

async function edit(argument: Readonly<Record<string, unknown>>): Promise<Result> {
	return call('limn.edit', { prompt: 'a moon', model: sketch, ...argument });
}

function words({ failures }: Result): string {
	return failures.map(({ code, message }) => `${code}: ${message}`).join(' ');
}

describe('limn.edit in folders', () => {
	const { standIn, standInFor, set } = everyProvider();

	before(async () => mkdir(path.join(folder(0), 'edit')));
	afterEach(closeEditors);

	for (const [model, way] of Object.entries(ways)) {
		it(`${model}: replaces a rectangle, and nothing else`, async () => {
			if (model !== sketch) await standInFor(providerOf(model));
			const source = await savePhoto('edit/photo.png');
			const result = await edit({ image: source, mask: [rect], model });
			const { image, pixels } = await onlyPicture(result, size);
			const before = await pixelsOf({ uri: source.toString() });
			assert.deepEqual([image.changedOutsideMask, countChanged(before, pixels, [rect])], [0, 0]);
			assert.ok(countChanged(before, pixels, []) > (rect.width * rect.height) / 2, 'what is selected is another');
			assert.deepEqual([image.operation, image.parent, image.model], ['edit', await idOf(source), model]);
			assert.match(result.warnings.join(' '), way);
		});
	}

	it('replaces what a mask file selects, whether by alpha or by brightness', async () => {
		const source = await savePhoto('edit/masked.png');
		const before = await pixelsOf({ uri: source.toString() });
		for (const marks of ['clear', 'white'] as const) {
			const mask = await saveMask(`edit/${marks}.png`, size, rect, marks);
			const { image, pixels } = await onlyPicture(await edit({ image: source, mask }), size);
			assert.deepEqual([image.changedOutsideMask, countChanged(before, pixels, [rect])], [0, 0], marks);
			assert.ok(countChanged(before, pixels, []) > 0, marks);
		}
	});

	it('changes a whole picture by instruction, and promises nothing of its pixels', async () => {
		for (const model of ['openai/gpt-image-2', 'vincony/openai/gpt-image-2', sketch]) {
			if (model !== sketch) await standInFor(providerOf(model));
			const source = await savePhoto('edit/whole.png');
			const result = await edit({ image: source, model });
			assert.deepEqual([result.images.length, words(result)], [1, ''], model);
			assert.ok(result.images[0] && result.images[0].changedOutsideMask === undefined);
			const share = shareChanged(await pixelsOf({ uri: source.toString() }), await pixelsOf(result.images[0]));
			assert.ok(share > 0.5, model);
		}
	});

	for (const mask of [undefined, [rect]]) {
		it(`sends other pictures after it, ${mask ? 'beside a mask' : 'with the instruction'}`, async () => {
			const openai = await standIn('openai', startOpenAI({ perturbs: 'strongly' }));
			const image = await savePhoto('edit/first.png');
			const second = await savePhoto('edit/second.png', { width: 90, height: 60 });
			await savePhoto('edit/third ä.jpg', { width: 70, height: 50 }, 'jpeg');
			await savePhoto('edit/fourth.webp', { width: 2500, height: 100 }, 'webp');
			const references = [second, 'edit/third ä.jpg', Uri.joinPath(second, '..', 'fourth.webp').toString()];
			const result = await edit({ image, references, model: 'openai/gpt-image-2', ...(mask && { mask }) });
			assert.deepEqual([result.images.length, words(result)], [1, '']);
			assert.equal(result.images[0]?.parent, await idOf(image));
			const sent = (await Promise.all(openai.requests.map(sentSizes))).find(({ length }) => length > 0);
			assert.deepEqual(
				sent?.slice(1).map(({ width, height }) => `${width}x${height}`),
				['90x60', '70x50', '2048x82'],
			);
		});
	}

	it('says who takes more pictures where one takes too few', async () => {
		const image = await savePhoto('edit/only.png', { width: 64, height: 64 });
		const result = await edit({ image, references: [image] });
		assert.match(
			words(result),
			/^unsupported: sketch\/placeholder takes one picture only, not 2\. These take 2: openai/,
		);
		const none = await edit({ image, references: [] });
		assert.equal(none.images.length, 1);
	});

	it('saves beside the picture, wherever it is, under a name of its own', async () => {
		const source = await savePhoto('edit/deep ä#/photo.png', { width: 64, height: 64 });
		const at = async (argument: object) => {
			const { images } = await edit({ image: source, mask: [{ x: 0, y: 0, width: 32, height: 32 }], ...argument });
			return path.relative(folder(0), Uri.parse(images[0]?.uri ?? '').fsPath);
		};
		assert.equal(await at({}), 'edit/deep ä#/a-moon.png');
		assert.equal(await at({}), 'edit/deep ä#/a-moon-1.png');
		assert.equal(await at({ image: source.toString() }), 'edit/deep ä#/a-moon-2.png');
		assert.equal(await at({ image: 'edit/deep ä#/photo.png' }), 'edit/deep ä#/a-moon-3.png');
		assert.equal(await at({ fileName: '${documentBaseName}-edited' }), 'edit/deep ä#/photo-edited.png');
		assert.equal(await at({ folder: 'edit/other' }), 'edit/other/a-moon.png');
		const set = await withSetting('output.folder', '${documentFolder}/out', async () => at({}));
		assert.equal(set, 'edit/deep ä#/out/a-moon.png');
	});

	it('saves what is made of a picture from outside in the workspace', async () => {
		const source = await savePhoto('strange.png', { width: 64, height: 64 }, 'png', process.env['LIMN_HOME_FOLDER']);
		const { images } = await edit({ image: source, prompt: 'a stranger' });
		assert.equal(path.relative(folder(0), Uri.parse(images[0]?.uri ?? '').fsPath), 'images/a-stranger.png');
		const outside = await edit({ image: source, folder: '../up' });
		assert.match(words(outside), /^bad-input: .*outside the workspace/);
	});

	it('refers to the picture where it is told to', async () => {
		const document = await openNew('edit/page.md', 'ab');
		const source = await savePhoto('edit/referred.png', { width: 64, height: 64 });
		await edit({ image: source, prompt: 'referred to', insert: { uri: document.uri, line: 0, character: 1 } });
		assert.equal(document.getText(), 'a![Referred to](referred-to.png)b');
	});

	it('saves a JPEG’s kept pixels as PNG; who insists on JPEG is told how many changed', async () => {
		const source = await savePhoto('edit/photo.jpg', size, 'jpeg');
		const { image } = await onlyPicture(await edit({ image: source, mask: [rect] }), size);
		assert.deepEqual([image.mimeType, image.changedOutsideMask], ['image/png', 0]);
		const settings = workspace.getConfiguration('limn', Uri.file(folder(0)));
		await settings.update('output.format', 'jpeg', ConfigurationTarget.WorkspaceFolder);
		const usual = await edit({ image: source, mask: [rect] });
		await settings.update('output.format', undefined, ConfigurationTarget.WorkspaceFolder);
		assert.equal(usual.images[0]?.mimeType, 'image/png');
		const insisted = await edit({ image: source, mask: [rect], format: 'jpeg' });
		assert.equal(insisted.images[0]?.mimeType, 'image/jpeg');
		assert.ok((insisted.images[0].changedOutsideMask ?? 0) > 0);
		assert.match(insisted.warnings.join(' '), /A JPEG cannot keep pixels exactly/);
	});

	it('keeps pixels in a WebP too, which then loses nothing', async () => {
		const source = await savePhoto('edit/photo.webp', size, 'webp');
		const { images } = await edit({ image: source, mask: [rect], format: 'webp' });
		assert.deepEqual([images[0]?.mimeType, images[0]?.changedOutsideMask], ['image/webp', 0]);
	});

	it('uses of a rectangle what is inside the picture, and says so', async () => {
		const source = await savePhoto('edit/partly.png');
		const partly = { x: -20, y: 400, width: 100, height: 500 };
		const result = await edit({ image: source, mask: [partly, rect] });
		const { pixels } = await onlyPicture(result, size);
		const before = await pixelsOf({ uri: source.toString() });
		assert.equal(countChanged(before, pixels, [partly, rect]), 0);
		assert.match(result.warnings.join(' '), /reaches beyond the picture/);
	});

	it('works on the picture as it was when it was asked for, whatever becomes of the file', async () => {
		const openai = await standIn('openai', startOpenAI({ perturbs: 'strongly', pauseMs: 300 }));
		const source = await savePhoto('edit/deleted.png');
		const [before, parent] = [await pixelsOf({ uri: source.toString() }), await idOf(source)];
		const running = edit({ image: source, mask: [rect], prompt: 'a moon !slow', model: 'openai/gpt-image-2' });
		await until(() => openai.requests.length > 0);
		await workspace.fs.delete(source);
		const { image, pixels } = await onlyPicture(await running, size);
		assert.deepEqual([countChanged(before, pixels, [rect]), image.parent], [0, parent]);
	});

	it('says that a picture is animated, or deeper than what is saved', async () => {
		const deep = new PNG({ width: 32, height: 32, bitDepth: 16 });
		const bytes = PNG.sync.write(deep, { bitDepth: 16, colorType: 6, inputColorType: 6 });
		const result = await edit({ image: await saveFile('edit/deep.png', bytes), mask: [{ ...rect, x: 0, y: 0 }] });
		assert.match(result.warnings.join(' '), /deep\.png has 16 bits a channel/);
		const moving = await edit({ image: await saveMovingWebp('edit/moving.webp', size), mask: [rect] });
		await onlyPicture(moving, size);
		assert.match(moving.warnings.join(' '), /moving\.webp is animated: its first frame is used/);
	});

	it('says which models take a picture where one takes none', async () => {
		const vincony = await standInFor('vincony');
		await set('models.allowRetired', ['vincony/openai/dall-e-2']);
		const image = await savePhoto('edit/none.png', { width: 64, height: 64 });
		const result = await edit({ image, model: 'vincony/openai/dall-e-2' });
		assert.match(words(result), /^unsupported: .*vincony\/openai\/dall-e-2.*(openai\/gpt-image-2).*/);
		const needed = await edit({ image, model: 'runware/runware:102@1' });
		assert.match(words(needed), /^unsupported: .*without a mask.*openai\/gpt-image-2/);
		assert.deepEqual(vincony.requests, []);
	});

	it('makes several of one picture, and each failure counts', async () => {
		const image = await savePhoto('edit/several.png', { width: 64, height: 64 });
		const { images } = await edit({ image, prompt: 'several', mask: [{ x: 8, y: 8, width: 16, height: 16 }], n: 3 });
		assert.equal(new Set(images.map(({ id }) => id)).size, 3);
		const none = await edit({ image: 'edit/not-there.png', n: 3 });
		assert.deepEqual(
			none.failures.map(({ code, charged }) => `${code} ${charged}`),
			Array.from({ length: 3 }, () => 'bad-input no'),
		);
	});
});

describe('bad input to limn.edit in folders', () => {
	let before: readonly string[];
	const bad: readonly [what: string, argument: Readonly<Record<string, unknown>>, says: RegExp][] = [
		['no picture', { image: undefined }, /image must be a URI/],
		['a picture that is not there', { image: 'bad/none.png' }, /cannot be read/],
		['a folder', { image: 'bad' }, /cannot be read/],
		['a file that is no picture', { image: 'bad/text.png' }, /no PNG, JPEG or WebP/],
		['no prompt', { prompt: undefined }, /prompt must be/],
		['a blank prompt', { prompt: ' \n' }, /prompt must be/],
		['no rectangle', { mask: [] }, /mask must be/],
		['a rectangle without width', { mask: [{ x: 0, y: 0, width: 0, height: 9 }] }, /mask must be/],
		['half a pixel', { mask: [{ x: 0.5, y: 0, width: 9, height: 9 }] }, /mask must be/],
		['a rectangle with a key too many', { mask: [{ ...rect, z: 1 }] }, /mask must be/],
		['a rectangle outside', { mask: [{ x: 640, y: 0, width: 9, height: 9 }] }, /Nothing of the picture.*640x480/],
		['an empty mask', { mask: 'bad/empty.png' }, /mask selects nothing/],
		['a mask of another size', { mask: 'bad/other.png' }, /320x240.*640x480/],
		['a mask that is no PNG', { mask: 'bad/mask.jpg' }, /is no PNG/],
		['a mask that is not there', { mask: 'bad/no-mask.png' }, /cannot be read/],
		['a reference that is not there', { references: ['bad/photo.png', 'bad/none.png'] }, /none\.png cannot be read/],
		['a reference that is no picture', { references: ['bad/text.png'] }, /text\.png is no PNG, JPEG or WebP/],
		['a reference that is no file', { references: [7] }, /references must be a list of at most 15/],
		['references that are no list', { references: 'bad/photo.png' }, /references must be/],
		['sixteen references', { references: Array.from({ length: 16 }, () => 'bad/photo.png') }, /references must be/],
		['an unknown key', { masks: [] }, /no argument masks.*image.*mask/],
		['n = 0', { n: 0 }, /1 to 100/],
	];

	beforeEach(async () => {
		await savePhoto('bad/photo.png');
		await savePhoto('bad/mask.jpg', size, 'jpeg');
		await saveFile('bad/text.png', Buffer.from('no picture'));
		await saveMask('bad/empty.png', size, { x: 0, y: 0, width: 0, height: 0 }, 'clear');
		await saveMask('bad/other.png', { width: 320, height: 240 }, rect, 'clear');
		before = await filesBelow(path.join(folder(0), 'bad'));
	});

	for (const [what, argument, says] of bad) {
		it(`refuses ${what}`, async () => {
			const result = await edit({ image: 'bad/photo.png', ...argument });
			assert.match(words(result), new RegExp(`^bad-input: .*${says.source}`));
			assert.deepEqual(await filesBelow(path.join(folder(0), 'bad')), before);
		});
	}
});
