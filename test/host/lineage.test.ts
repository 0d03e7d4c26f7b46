import assert from 'node:assert/strict';
import { startOpenAI } from '../servers/openai';
import { call, generate } from './contract';
import { everyProvider, providerOf } from './everyProvider';
import { idOf, savePhoto } from './photos';
import { readByOthers, sheet, show } from './recipes';
import { bytesOf, closeEditors, withSetting } from './workspace';

const sketch = 'sketch/placeholder';
const seed = '6110856530272051867';

interface Told {
	readonly command: 'limn.edit' | 'limn.expand' | 'limn.vary';
	readonly argument: Readonly<Record<string, unknown>> & { readonly model: string; readonly prompt: string };
	/** Of the record, what every one has apart. */
	readonly record: Readonly<Record<string, unknown>>;
	/** As the IPTC names what made it. */
	readonly source: string;
	/** Lines of the sheet. */
	readonly lines: readonly string[];
}

const jobs: readonly Told[] = [
	{
		command: 'limn.edit',
		argument: {
			model: 'openai/gpt-image-2',
			prompt: 'a door',
			mask: [
				{ x: 200, y: 50, width: 60, height: 90 },
				{ x: 20, y: 80, width: 10, height: 90 },
			],
			options: { quality: 'low' },
		},
		record: { operation: 'edit', options: { quality: 'low' }, selected: { x: 20, y: 50, width: 240, height: 120 } },
		source: 'compositeWithTrainedAlgorithmicMedia',
		lines: ['Operation: edited', 'quality: low', 'Selected: 20, 50, 240 × 120'],
	},
	{
		command: 'limn.expand',
		argument: { model: 'runware/runware:101@1', prompt: 'the sea', left: 64, bottom: 32, options: { seed, steps: 20 } },
		record: {
			operation: 'expand',
			options: { steps: 20 },
			seed,
			margins: { top: 0, right: 0, bottom: 32, left: 64 },
		},
		source: 'compositeWithTrainedAlgorithmicMedia',
		lines: ['Operation: expanded', 'steps: 20', `Seed: ${seed}`, 'Added: top 0, right 0, bottom 32, left 64'],
	},
	{
		command: 'limn.vary',
		argument: { model: 'lumenfall/gpt-image-2', prompt: 'in autumn', strength: 'subtle' },
		record: { operation: 'vary', options: {}, strength: 'subtle' },
		source: 'trainedAlgorithmicMedia',
		lines: ['Operation: varied', 'Strength: subtle'],
	},
];

describe('where a changed picture comes from in folders', () => {
	const { standIn, standInFor, set } = everyProvider();
	afterEach(closeEditors);

	for (const { command, argument, record, source, lines } of jobs) {
		const { model, prompt } = argument;

		for (const embed of ['auto', 'never'] as const) {
			it(`${command}: is ${embed === 'never' ? 'in the history' : 'in its file'}, and on the sheet`, async () => {
				await standInFor(providerOf(model));
				const image = await savePhoto('lineage/photo.png', { width: 320, height: 240 });
				const { images } = await withSetting('metadata.embed', embed, async () =>
					call(command, { ...argument, image }),
				);
				assert.ok(images[0]);
				const read = readByOthers(await bytesOf(images[0]));
				const { recipe } = await show(images[0].uri);
				assert.ok(recipe?.kind === 'limn');
				const { created = '', ...told } = recipe.record;
				const parent = await idOf(image);
				assert.deepEqual(told, { prompt, model, parent, ...record });
				assert.match(created, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
				assert.deepEqual(read, embed === 'never' ? undefined : { record: recipe.record, source });
				const shown = sheet().split('\n');
				for (const line of [...lines, prompt, `Model: ${model}`, `Made from: ${parent}`, `Made on: ${created}`]) {
					assert.ok(shown.includes(line), `${line} in ${shown.join(' | ')}`);
				}
			});
		}
	}

	it('is said with its place where Limn made that too', async () => {
		const { images } = await generate({ prompt: 'a parent', size: '64x64', folder: 'lineage', model: sketch });
		const varied = await call('limn.vary', { image: images[0]?.uri, model: sketch });
		assert.equal(varied.images[0]?.parent, images[0]?.id);
		await show(varied.images[0]?.uri);
		assert.match(sheet(), /^Made from: .*lineage\/a-parent\.png$/m);
	});

	it('has the prompt as the provider wrote it, too', async () => {
		await standIn('openai', startOpenAI({ legacy: true }));
		await set('models.allowRetired', ['openai/dall-e-3']);
		const { images } = await generate({
			prompt: 'a hut',
			size: '1024x1024',
			folder: 'lineage',
			model: 'openai/dall-e-3',
		});
		assert.ok(images[0]);
		assert.equal(images[0].revisedPrompt, 'a hut, in detail');
		const { record } = readByOthers(await bytesOf(images[0])) ?? {};
		assert.deepEqual([record?.['prompt'], record?.['revisedPrompt']], ['a hut', 'a hut, in detail']);
		await show(images[0].uri);
		assert.match(sheet(), /^Prompt as the provider wrote it\na hut, in detail$/m);
	});
});
