import assert from 'node:assert/strict';
import { pricePerPicture } from '../../../../src/catalogue/price';
import { unbegun } from '../../../../src/providers/provider';
import { runware } from '../../../../src/providers/runware/runware';
import { callFor } from '../calls';
import { taskFor } from './asking';
import { type Example, examples } from './examples';

function callOf({ taskUUID, model, positivePrompt, width, height, quality }: Example) {
	const size = { kind: 'pixels', size: { width, height } } as const;
	const options = quality === undefined ? {} : { quality };
	return callFor(`runware/${model}`, { prompt: positivePrompt, size, options }, { id: taskUUID });
}

describe('the examples of Runware’s pages', () => {
	it('are four of DALL·E 2 and four of DALL·E 3', () => {
		assert.deepEqual(
			examples.map(({ model }) => model),
			[...Array.from({ length: 4 }, () => 'openai:2@2'), ...Array.from({ length: 4 }, () => 'openai:2@3')],
		);
	});

	for (const example of examples) {
		const { taskUUID, model, positivePrompt, width, height, quality, imageUUID, imageURL, cost } = example;

		it(`${model} ${positivePrompt.slice(0, 40)}…: the same request`, () => {
			assert.deepEqual(taskFor(callOf(example)), {
				taskType: 'imageInference',
				taskUUID,
				model,
				positivePrompt,
				width,
				height,
				...(quality !== undefined && { providerSettings: { openai: { quality } } }),
				// What Limn says besides: how many, and how they are to come.
				numberResults: 1,
				outputType: 'URL',
				outputFormat: 'PNG',
				includeCost: true,
				deliveryMethod: 'async',
			});
		});

		it(`${model} ${positivePrompt.slice(0, 40)}…: the answer is read`, () => {
			const data = [{ taskType: 'imageInference', taskUUID, imageUUID, imageURL, cost }];
			assert.deepEqual(runware.read({ status: 200, headers: {}, json: { data } }, callOf(example), unbegun), {
				images: [{ url: imageURL, costUsd: cost }],
				failures: [],
				done: true,
			});
		});

		it(`${model} ${positivePrompt.slice(0, 40)}…: costs what was reckoned`, () => {
			const call = callOf(example);
			assert.equal(pricePerPicture(call, call.size, call.options), cost);
		});
	}
});
