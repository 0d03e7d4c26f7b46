import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { controlsOf, nameOf, offered, sizeRuleOf } from '../../../../src/catalogue/catalogue';
import { models } from '../../../../src/catalogue/models';
import { runwareOffers } from '../../../../src/catalogue/runwareOffers';
import type { Strength } from '../../../../src/domain/imageRequest';
import type { Call, InputImage, JsonObject, Task } from '../../../../src/providers/provider';
import { quoteFor } from '../../../../src/providers/runware/request';
import { runware } from '../../../../src/providers/runware/runware';
import { callFor, callId, jpeg, png, sentFor } from '../calls';
import { taskFor, taskOfWish } from './asking';

const prompt = 'a fox at dawn';
const mask: InputImage = { bytes: Uint8Array.of(1), format: 'png' };

/** What every task says unless it is told otherwise. */
const common = {
	taskType: 'imageInference',
	taskUUID: callId,
	positivePrompt: prompt,
	numberResults: 1,
	outputType: 'URL',
	outputFormat: 'PNG',
	includeCost: true,
	deliveryMethod: 'async',
};
const square = { width: 1024, height: 1024 };

function doing(model: string, task: Task, options: Call['options'] = {}): Call {
	return callFor(`runware/${model}`, { operation: task.operation, options }, { task });
}

function edit(images: readonly InputImage[], withMask?: InputImage): Task {
	return { operation: 'edit', images, ...(withMask && { mask: withMask }) };
}

const vary = { operation: 'vary', image: png, strength: 'medium' } as const;
const margins = { top: 0, right: 256, bottom: 64, left: 0 };
const expand: Task = { operation: 'expand', image: png, margins };

function strengthOf(task: Task, options: Call['options'] = {}): unknown {
	return taskFor(doing('runware:101@1', task, options))['strength'];
}

function far(strength: Strength, options: Call['options'] = {}): unknown {
	return strengthOf({ ...vary, strength }, options);
}

function sentSeed(seed: string | number, before = 0): unknown {
	return taskFor(callFor('runware/runware:101@1', { options: { seed } }, { before }))['seed'];
}

describe('a picture of a text, at Runware', () => {
	const golden: readonly (readonly [string, Parameters<typeof callFor>[1], JsonObject])[] = [
		['openai:2@2', { n: 3 }, { ...square, numberResults: 3 }],
		[
			'openai:2@3',
			{ options: { quality: 'hd', style: 'natural' } },
			{ ...square, providerSettings: { openai: { quality: 'hd', style: 'natural' } } },
		],
		[
			'openai:1@1',
			{ options: { quality: 'low', background: 'transparent' }, format: 'webp' },
			{ ...square, outputFormat: 'WEBP', providerSettings: { openai: { quality: 'low', background: 'transparent' } } },
		],
		['openai:1@2', { format: 'jpeg' }, { ...square, outputFormat: 'JPG' }],
		['openai:4@1', { size: { kind: 'ratio', ratio: { width: 3, height: 2 } } }, { width: 1536, height: 1024 }],
		[
			'openai:gpt-image@2',
			{ options: { quality: 'medium', moderation: 'low' } },
			{ ...square, providerSettings: { openai: { quality: 'medium', moderation: 'low' } } },
		],
		[
			'openai:gpt-image@2.5-flare',
			{ options: { quality: 'max', background: 'transparent', moderation: 'auto' } },
			{ ...square, settings: { quality: 'max', background: 'transparent', moderation: 'auto' } },
		],
		['openai:gpt-image@2.5-sunburst', { options: { quality: 'xhigh' } }, { ...square, settings: { quality: 'xhigh' } }],
		[
			'runware:100@1',
			{ options: { seed: 7, steps: 4, CFGScale: 1, scheduler: 'Euler', negativePrompt: 'blur' } },
			{ ...square, seed: 7, steps: 4, CFGScale: 1, scheduler: 'Euler', negativePrompt: 'blur' },
		],
		['runware:101@1', { size: { kind: 'pixels', size: { width: 1280, height: 768 } } }, { width: 1280, height: 768 }],
		['runware:z-image@turbo', {}, square],
		['runware:400@4', { options: { steps: 4 } }, { ...square, steps: 4 }],
		['runware:400@2', { options: { seed: 1 } }, { ...square, seed: 1 }],
		[
			'bfl:3@1',
			{ options: { promptUpsampling: true, safetyTolerance: 0 } },
			{ ...square, providerSettings: { bfl: { promptUpsampling: true, safetyTolerance: 0 } } },
		],
		['google:4@3', { size: { kind: 'ratio', ratio: { width: 16, height: 9 } } }, { width: 1376, height: 768 }],
	];

	for (const [model, wish, own] of golden) {
		it(`by ${model}`, () => {
			assert.deepEqual(taskOfWish(`runware/${model}`, wish), { ...common, model, ...own });
		});
	}

	it('by a model that nobody knows: every option goes where its name says', () => {
		const options = { 'settings.quality': 'high', steps: 20, 'providerSettings.bria.medium': 'art', seed: '5' };
		assert.deepEqual(taskOfWish('runware/bria:20@1', { options }), {
			...common,
			...square,
			model: 'bria:20@1',
			settings: { quality: 'high' },
			steps: 20,
			providerSettings: { bria: { medium: 'art' } },
			seed: 5,
		});
	});

	it('says itself what it is, whatever the options say', () => {
		const options = {
			taskType: 'x',
			taskUUID: 'y',
			positivePrompt: 'z',
			width: 1,
			numberResults: 9,
			includeCost: false,
		};
		const call = callFor('runware/bria:20@1', {}, { options });
		assert.deepEqual(taskFor(call), { ...common, ...square, model: 'bria:20@1', includeCost: false });
		const pictures = { ...call, task: edit([png]), options: { inputs: 'x', 'inputs.other': 1 } };
		assert.deepEqual(taskFor(pictures)['inputs'], { referenceImages: [png], other: 1 });
	});

	it('says itself what it is, whatever the options say of its parts', () => {
		const options = {
			'taskUUID.x': 1,
			'model.a': 2,
			'width.0': 3,
			'inputs.referenceImages.0': 'x',
			'positivePrompt.': 4,
		};
		const call = callFor('runware/bria:20@1', {}, { options, task: edit([png]) });
		assert.deepEqual(taskFor(call), { ...common, ...square, model: 'bria:20@1', inputs: { referenceImages: [png] } });
		const near = { ...call, options: { modelX: 1, 'inputs.referenceImagesX': 2 } };
		assert.deepEqual(
			[taskFor(near)['modelX'], taskFor(near)['inputs']],
			[1, { referenceImages: [png], referenceImagesX: 2 }],
		);
	});

	it('leaves nothing of an odd name behind', () => {
		const call = callFor('runware/bria:20@1', { options: { '__proto__.x': 1, 'constructor.y': 2, '': 3 } });
		const task = taskFor(call);
		assert.deepEqual(Object.keys(task).slice(-3), ['__proto__', 'constructor', '']);
		assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
	});
});

describe('an edit at Runware', () => {
	it('hands the pictures over beside the prompt', () => {
		for (const model of [
			'openai:1@1',
			'openai:gpt-image@2',
			'openai:gpt-image@2.5-flare',
			'runware:400@2',
			'google:4@3',
		]) {
			assert.deepEqual(taskFor(doing(model, edit([png, jpeg]))), {
				...common,
				...square,
				model,
				inputs: { referenceImages: [png, jpeg] },
			});
		}
	});

	it('with a mask, of GPT Image 2.5: it belongs to the first picture', () => {
		assert.deepEqual(taskFor(doing('openai:gpt-image@2.5-sunburst', edit([png], mask))), {
			...common,
			...square,
			model: 'openai:gpt-image@2.5-sunburst',
			inputs: { referenceImages: [png], mask },
		});
	});

	it('with a mask, of the open models: a source and what of it is painted over', () => {
		for (const model of ['runware:100@1', 'runware:101@1', 'runware:102@1', 'civitai:403361@456538']) {
			assert.deepEqual(taskFor(doing(model, edit([png], mask))), {
				...common,
				...square,
				model,
				seedImage: png,
				maskImage: mask,
				...(model !== 'runware:102@1' && { strength: 0.9 }),
			});
		}
	});

	it('with a mask, goes further from the source than without one, unless it is told how far', () => {
		assert.deepEqual([strengthOf(edit([png])), strengthOf(edit([png], mask))], [0.8, 0.9]);
		assert.equal(strengthOf(edit([png], mask), { strength: 1 }), 1);
		assert.equal(strengthOf({ operation: 'generate' }), undefined);
		for (const model of ['runware:102@1', 'bfl:1@2', 'openai:gpt-image@2.5-flare']) {
			assert.equal(taskFor(doing(model, edit([png], mask)))['strength'], undefined, model);
		}
	});

	it('with a mask, where the result is as large as the picture', () => {
		const options = { steps: 40, CFGScale: 60, promptUpsampling: false };
		assert.deepEqual(taskFor(doing('bfl:1@2', edit([png], mask), options)), {
			...common,
			model: 'bfl:1@2',
			seedImage: png,
			maskImage: mask,
			steps: 40,
			CFGScale: 60,
			providerSettings: { bfl: { promptUpsampling: false } },
		});
		assert.deepEqual(taskFor(doing('ideogram:4@3', edit([png], mask))), {
			...common,
			model: 'ideogram:4@3',
			seedImage: png,
			maskImage: mask,
		});
	});

	it('without a mask, of the open models: as far from the source as is asked for', () => {
		const task = taskFor(doing('runware:101@1', edit([png])));
		assert.deepEqual(task, { ...common, ...square, model: 'runware:101@1', seedImage: png, strength: 0.8 });
		assert.equal(taskFor(doing('runware:101@1', edit([png]), { strength: 0.3 }))['strength'], 0.3);
		assert.equal(taskFor(doing('runware:101@1', edit([png], mask), { strength: 0.3 }))['strength'], 0.3);
		const fill = { ...doing('runware:102@1', edit([png], mask)), task: edit([png]) };
		assert.equal(taskFor(fill)['strength'], undefined);
	});

	it('with a second picture where there is a place for both', () => {
		const call = doing('openai:gpt-image@2.5-flare', edit([png, jpeg], mask));
		const dialect = { source: 'inputs.seedImage', references: { path: 'inputs.referenceImages', most: 2 }, mask: 'm' };
		const both = taskFor({ ...call, offer: { ...call.offer, runware: dialect } });
		assert.deepEqual([both['inputs'], both['m']], [{ seedImage: png, referenceImages: [jpeg] }, mask]);
	});
});

describe('an expansion at Runware', () => {
	it('says what is added and how large it becomes', () => {
		const size = { kind: 'pixels', size: { width: 1280, height: 1088 } } as const;
		for (const model of ['runware:101@1', 'runware:102@1']) {
			assert.deepEqual(taskFor({ ...doing(model, expand), size }), {
				...common,
				width: 1280,
				height: 1088,
				model,
				seedImage: png,
				outpaint: margins,
				// FLUX Fill takes none.
				...(model !== 'runware:102@1' && { strength: 0.9 }),
			});
		}
	});

	it('says nothing of the size where the server reckons it itself', () => {
		const task = taskFor(doing('bfl:1@3', expand));
		assert.deepEqual(task, { ...common, model: 'bfl:1@3', seedImage: png, outpaint: margins });
	});
});

describe('variations at Runware', () => {
	it('go as far from the source as is asked for, and the option goes before', () => {
		assert.deepEqual([far('subtle'), far('medium'), far('strong')], [0.5, 0.65, 0.8]);
		assert.equal(far('subtle', { strength: 0.1 }), 0.1);
	});

	it('need no prompt', () => {
		const call = doing('runware:100@1', vary);
		assert.deepEqual(taskFor({ ...call, prompt: ' \n' }), {
			...common,
			...square,
			model: 'runware:100@1',
			positivePrompt: '__BLANK__',
			seedImage: png,
			strength: 0.65,
		});
		assert.equal(taskFor({ ...call, prompt: 'bluer' })['positivePrompt'], 'bluer');
	});
});

describe('a seed at Runware', () => {
	it('counts up through the job', () => {
		assert.equal(sentSeed(5, 3), 8);
		assert.equal(sentSeed('41', 1), 42);
	});

	it('keeps every digit beyond what a number holds', () => {
		assert.equal(sentSeed('6110856530272051867'), 6_110_856_530_272_051_867n);
		assert.equal(sentSeed('9007199254740991', 1), 9_007_199_254_740_992n);
		assert.equal(sentSeed('9007199254740990', 1), Number.MAX_SAFE_INTEGER);
	});

	it('is exact, whatever it is', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), fc.nat(99), (seed, before) => {
				assert.equal(String(sentSeed(String(seed), before)), String(seed + BigInt(before)));
			}),
		);
	});
});

describe('any Runware task of a model that Limn knows', () => {
	it('has a name of its own for every control, and none of the model’s that Runware refuses', () => {
		for (const known of offered({ models, offers: runwareOffers })) {
			const controls = controlsOf(known);
			assert.ok(controls !== 'open');
			const paths = controls.map(({ name, path = name }) => path);
			assert.equal(new Set(paths).size, paths.length, nameOf(known.offer));
			for (const path of paths) assert.doesNotMatch(path, /_/, nameOf(known.offer));
		}
	});

	it('of each operation has the pictures that it is about, and a size where one is taken', () => {
		const tasks: readonly Task[] = [{ operation: 'generate' }, edit([png]), edit([png], mask), expand, vary];
		for (const known of offered({ models, offers: runwareOffers })) {
			const { operations, masks, runware: dialect } = known.offer;
			for (const task of tasks) {
				const isMasked = 'mask' in task;
				const isOther = task.operation === 'edit' && (isMasked ? !masks : masks === 'needed');
				if (!operations.includes(task.operation) || isOther) continue;
				const sent = taskFor(doing(known.offer.name, task));
				const isSized = dialect?.unsized !== true || task.operation === 'generate';
				assert.equal('width' in sent, isSized, nameOf(known.offer));
				assert.equal('height' in sent, isSized, nameOf(known.offer));
				if (!isSized) assert.equal(sizeRuleOf(known).kind, 'none');
				const pictures = JSON.stringify(sent).match(/"format":"png"/g)?.length ?? 0;
				assert.equal(pictures, task.operation === 'generate' ? 0 : isMasked ? 2 : 1, nameOf(known.offer));
			}
		}
	});

	it('is data: the same call sends the same, and changes nothing', () => {
		fc.assert(
			fc.property(fc.constantFrom(...runwareOffers), fc.nat(99), ({ name, operations }, before) => {
				if (!operations.includes('generate')) return;
				const call = Object.freeze(callFor(`runware/${name}`, {}, { before }));
				assert.deepEqual(runware.begin(call), runware.begin(call));
				assert.deepEqual(structuredClone(sentFor(call)), sentFor(call));
			}),
		);
	});
});

describe('a fault of Limn’s own in a Runware task', () => {
	const call = callFor('runware/openai:gpt-image@2');

	it('is a task that the offer does not list', () => {
		assert.throws(() => runware.begin({ ...call, task: vary }), /nothing for vary/);
		assert.throws(() => runware.begin({ ...call, task: expand }), /nothing for expand/);
		const dallE = callFor('runware/openai:2@2');
		assert.throws(() => runware.begin({ ...dallE, task: edit([png]) }), /nothing for edit/);
	});

	it('is a place that the catalogue does not name', () => {
		const able = { ...call, offer: { ...call.offer, operations: ['edit', 'expand', 'vary'] as const } };
		const bare = { ...able, offer: { ...able.offer, runware: {} } };
		assert.throws(() => runware.begin({ ...able, task: edit([png], mask) }), /no place for a mask/);
		const five = doing('runware:400@4', edit(Array.from({ length: 5 }, () => png)));
		assert.throws(() => runware.begin(five), /inputs\.referenceImages takes 4 pictures/);
		assert.throws(() => runware.begin({ ...bare, task: edit([png]) }), /no place for pictures/);
		assert.throws(() => runware.begin({ ...able, task: expand }), /no place for an expansion/);
		assert.throws(() => runware.begin({ ...able, task: vary }), /no place for a variation/);
		assert.throws(() => runware.begin(doing('runware:101@1', edit([png, jpeg]))), /no place for a second picture/);
		assert.throws(() => runware.begin(doing('runware:101@1', edit([]))), /has a picture/);
	});

	it('is an offer of nobody, and a size that is a ratio', () => {
		const { runware: _, ...offer } = call.offer;
		assert.throws(() => runware.begin({ ...call, offer }), /how openai:gpt-image@2 is asked/);
		const size = { kind: 'ratio', ratio: { width: 1, height: 1 } } as const;
		assert.throws(() => runware.begin({ ...call, size }), /in pixels/);
	});
});

describe('a dry run at Runware', () => {
	it('is the same task, at once, neither done nor billed', () => {
		const call = callFor('runware/openai:gpt-image@2', { n: 2, options: { deliveryMethod: 'async' } });
		assert.deepEqual(quoteFor(call), {
			kind: 'http',
			method: 'POST',
			path: '',
			headers: { 'x-runware-dry-run': '1' },
			body: { kind: 'json-list', values: [{ ...taskFor(call), deliveryMethod: 'sync' }] },
			billed: false,
		});
	});
});
