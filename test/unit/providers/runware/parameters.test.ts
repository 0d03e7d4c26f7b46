import assert from 'node:assert/strict';
import { check } from '../../../../src/catalogue/check';
import { models } from '../../../../src/catalogue/models';
import { offers } from '../../../../src/catalogue/offers';
import type { ImageRequest, Options } from '../../../../src/domain/imageRequest';
import { parseSizeWish, type SizeWish } from '../../../../src/domain/size';
import type { JsonObject } from '../../../../src/providers/provider';
import { requestOf, sentence } from '../../builders';
import { callId } from '../calls';
import { taskOfWish } from './asking';

const model = 'runware/openai:2@2';

/** The call's task, as the page of DALL·E 2 has it. */
function sent(wish: Partial<ImageRequest>): JsonObject {
	return taskOfWish(model, wish);
}

function checked(wish: Partial<ImageRequest>) {
	return check(requestOf({ model, ...wish }), { models, offers }, { today: '2026-11-21', allowRetired: [model] });
}

/** What a person reads of a wish that cannot be had. */
function refusal(wish: Partial<ImageRequest>): string {
	const problems = checked(wish);
	assert.ok(!('calls' in problems));
	return problems.map(({ message }) => sentence(message)).join(' ');
}

function calls(wish: Partial<ImageRequest>): readonly number[] {
	const plan = checked(wish);
	assert.ok('calls' in plan);
	assert.deepEqual(plan.warnings.length, 1, 'that the model is retired, and no more');
	return plan.calls;
}

function size(text: string): SizeWish {
	const wish = parseSizeWish(text);
	assert.ok(wish);
	return wish;
}

/** Of the page's table: the parameter, options that it allows, where they go and what is read back there. */
const allowed: readonly (readonly [parameter: string, options: Options, part: JsonObject])[] = [
	['outputType base64Data', { outputType: 'base64Data' }, { outputType: 'base64Data' }],
	['outputType dataURI', { outputType: 'dataURI' }, { outputType: 'dataURI' }],
	['outputFormat JPG', { outputFormat: 'JPG' }, { outputFormat: 'JPG' }],
	['outputFormat WEBP', { outputFormat: 'WEBP' }, { outputFormat: 'WEBP' }],
	['outputQuality, the least', { outputQuality: 20 }, { outputQuality: 20 }],
	['outputQuality, the most', { outputQuality: '99' }, { outputQuality: 99 }],
	['webhookURL', { webhookURL: 'https://example.org/hook?s=1' }, { webhookURL: 'https://example.org/hook?s=1' }],
	['deliveryMethod sync', { deliveryMethod: 'sync' }, { deliveryMethod: 'sync' }],
	['uploadEndpoint', { uploadEndpoint: 'https://b.example/x.jpg' }, { uploadEndpoint: 'https://b.example/x.jpg' }],
	['safety.checkContent', { 'safety.checkContent': true }, { safety: { checkContent: true } }],
	['safety.mode none', { 'safety.mode': 'none' }, { safety: { mode: 'none' } }],
	[
		'safety, both',
		{ 'safety.checkContent': true, 'safety.mode': 'fast' },
		{ safety: { checkContent: true, mode: 'fast' } },
	],
	['ttl, the least', { ttl: 60 }, { ttl: 60 }],
	['ttl, of a year', { ttl: 31_536_000 }, { ttl: 31_536_000 }],
	['includeCost', { includeCost: false }, { includeCost: false }],
	['numberResults, few', { numberResults: 2 }, { numberResults: 2 }],
	['numberResults, the most', { numberResults: 20 }, { numberResults: 20 }],
];

/** Options that the page does not allow, and what a person reads. */
const refused: readonly (readonly [options: Options, words: RegExp])[] = [
	[{ outputType: 'x' }, /^outputType cannot be x\. Allowed: URL, base64Data, dataURI\.$/],
	[{ outputFormat: 'GIF' }, /^outputFormat cannot be GIF\. Allowed: JPG, PNG, WEBP\.$/],
	[{ outputQuality: 19 }, /^outputQuality must be a whole number from 20 to 99, not 19\.$/],
	[{ outputQuality: 100 }, /^outputQuality must be a whole number from 20 to 99, not 100\.$/],
	[{ outputQuality: 50.5 }, /^outputQuality must be a whole number/],
	[{ webhookURL: 'nonsense' }, /^webhookURL must be an address like https:\/\/example\.org\/, not nonsense\.$/],
	[{ uploadEndpoint: 'ftp://example.org/x' }, /^uploadEndpoint must be an address/],
	[{ deliveryMethod: 'later' }, /^deliveryMethod cannot be later\. Allowed: sync, async\.$/],
	[{ 'safety.checkContent': 'maybe' }, /^safety\.checkContent must be true or false, not maybe\.$/],
	[{ 'safety.mode': 'slow' }, /^safety\.mode cannot be slow\. Allowed: none, fast\.$/],
	[{ ttl: 59 }, /^ttl must be a whole number from 60 up, not 59\.$/],
	[{ ttl: 60.5 }, /^ttl must be a whole number from 60 up, not 60\.5\.$/],
	[{ includeCost: 'yes' }, /^includeCost must be true or false, not yes\.$/],
	[{ numberResults: 101 }, /^The count must be a whole number from 1 to 100\.$/],
	[{ numberResults: 'many' }, /^The count must be a whole number/],
];

describe('the parameters of Runware’s page of DALL·E 2', () => {
	it('that Limn sets itself: taskType, taskUUID, model', () => {
		const { taskType, taskUUID, model } = sent({});
		assert.deepEqual([taskType, taskUUID, model], ['imageInference', callId, 'openai:2@2']);
	});

	for (const [parameter, options, part] of allowed) {
		it(`${parameter}: is sent`, () => {
			assert.deepEqual({ ...sent({ options }), ...part }, sent({ options }));
			assert.notDeepEqual({ ...sent({}), ...part }, sent({}), 'it is not sent anyway');
		});
	}

	it('outputType URL and deliveryMethod async, which are sent anyway: are taken', () => {
		const options = { outputType: 'URL', deliveryMethod: 'async' };
		const plan = checked({ options });
		assert.ok('calls' in plan);
		assert.deepEqual([plan.options, plan.warnings.length], [options, 1]);
	});

	for (const [options, words] of refused) {
		it(`${JSON.stringify(options)}: is refused`, () => assert.match(refusal({ options }), words));
	}

	it('outputFormat: the format of the file where it is not named', () => {
		const formats = (['png', 'jpeg', 'webp'] as const).map((format) => sent({ format })['outputFormat']);
		assert.deepEqual(formats, ['PNG', 'JPG', 'WEBP']);
		for (const outputFormat of ['JPG', 'PNG']) {
			assert.equal(sent({ format: 'webp', options: { outputFormat } })['outputFormat'], outputFormat);
		}
	});

	it('numberResults: more than twenty are asked for in turn', () => {
		assert.deepEqual(calls({ options: { numberResults: 21 } }), [20, 1]);
		assert.deepEqual(calls({ options: { numberResults: '100' } }), [20, 20, 20, 20, 20]);
		assert.deepEqual(calls({ n: 3 }), [3]);
		assert.equal(sent({ n: 3 })['numberResults'], 3);
	});

	it('positivePrompt: 1 to 1000 characters', () => {
		assert.equal(sent({ prompt: 'a' })['positivePrompt'], 'a');
		assert.equal(sent({ prompt: '🦊'.repeat(1000) })['positivePrompt'], '🦊'.repeat(1000));
		assert.match(refusal({ prompt: 'a'.repeat(1001) }), /has 1001 characters, this model takes 1000\. Shorten it\.$/);
		assert.match(refusal({ prompt: ' ' }), /^The prompt is empty/);
	});

	it('width and height: the three squares, always both', () => {
		for (const side of [256, 512, 1024]) {
			const { width, height } = sent({ size: size(`${side}x${side}`) });
			assert.deepEqual([width, height], [side, side]);
		}
		const { width, height } = sent({});
		assert.deepEqual([width, height], [1024, 1024], 'without a wish');
		for (const half of ['1024x', 'x1024', '1024']) assert.equal(parseSizeWish(half), undefined);
	});

	it('width and height: what cannot be had is refused with the nearest that can', () => {
		assert.match(refusal({ size: size('300x300') }), /256x256, 512x512, 1024x1024\. The nearest size is 256x256\.$/);
		assert.match(refusal({ size: size('1024x768') }), /The nearest size is 1024x1024\.$/);
		assert.match(refusal({ size: size('16:9') }), /The nearest size is 1024x1024\.$/);
	});

	it('width and height: are no options, or a picture of another size would be paid', () => {
		for (const options of [{ width: 512 }, { height: 512 }, { width: 512, height: 512 }]) {
			const problems = checked({ options });
			assert.ok(!('calls' in problems));
			for (const { code } of problems) assert.equal(code, 'bad-input');
			assert.match(refusal({ options }), /size/);
			assert.match(refusal({ model: 'runware/bria:20@1', options }), /size/);
		}
	});

	it('and no others: what OpenAI takes besides is left out and said', () => {
		const options = { user: 'me', response_format: 'url', quality: 'standard', seed: 1 };
		const plan = checked({ options });
		assert.ok('calls' in plan);
		assert.equal(plan.warnings.filter(({ text }) => text.includes('does not take the option')).length, 4);
		assert.deepEqual(plan.options, {});
	});
});

/** What becomes of a wish to one of the models that live. */
function planned(model: string, wish: Partial<ImageRequest>) {
	const request = requestOf({ model: `runware/${model}`, ...wish });
	return check(request, { models, offers }, { today: '2026-11-21', allowRetired: [] });
}

/** What a person is warned of. */
function warned(model: string, options: Options): string {
	const plan = planned(model, { options });
	assert.ok('calls' in plan);
	return plan.warnings.map(sentence).join(' ');
}

/** Why it cannot be had; empty where it can. */
function problems(model: string, wish: Partial<ImageRequest>): string {
	const plan = planned(model, wish);
	return 'calls' in plan ? '' : plan.map(({ message }) => sentence(message)).join(' ');
}

describe('the parameters of Runware’s other models', () => {
	it('may be called as the API calls them', () => {
		const options = { 'providerSettings.openai.quality': 'low', 'providerSettings.openai.moderation': 'low' };
		assert.deepEqual(taskOfWish('runware/openai:gpt-image@2', { options })['providerSettings'], {
			openai: { quality: 'low', moderation: 'low' },
		});
		assert.deepEqual(taskOfWish('runware/openai:gpt-image@2.5-flare', { options: { 'settings.quality': 'max' } }), {
			...taskOfWish('runware/openai:gpt-image@2.5-flare'),
			settings: { quality: 'max' },
		});
	});

	it('do not mix the generations', () => {
		assert.match(warned('openai:gpt-image@2', { background: 'transparent' }), /does not take.*background/);
		assert.match(warned('openai:gpt-image@2', { seed: 1 }), /does not take the option seed/);
		const old = { 'providerSettings.openai.quality': 'low' };
		assert.match(warned('openai:gpt-image@2.5-flare', old), /does not take.*providerSettings/);
		assert.match(warned('runware:400@4', { strength: 0.5 }), /does not take the option strength/);
	});

	it('have the ranges of the reference', () => {
		const outOfRange: readonly (readonly [options: Options, words: RegExp])[] = [
			[{ steps: 0 }, /from 1 to 100/],
			[{ steps: 101 }, /from 1 to 100/],
			[{ CFGScale: 50.5 }, /from 0 to 50/],
			[{ negativePrompt: 'a'.repeat(3001) }, /has 3001 characters, at most 3000/],
			[{ seed: 'abc' }, /whole number of at most 30 digits/],
		];
		for (const [options, words] of outOfRange) assert.match(problems('runware:101@1', { options }), words);
	});

	it('that belong to a source are for edits and variations', () => {
		const options = { strength: 0.5, maskMargin: 64 };
		const taken = (operation: ImageRequest['operation']) => {
			const plan = planned('runware:101@1', { operation, options });
			return 'calls' in plan ? plan.options : undefined;
		};
		assert.deepEqual([taken('generate'), taken('edit'), taken('vary')], [{}, options, { strength: 0.5 }]);
		const tooMuch = { operation: 'edit', options: { strength: 1.1, maskMargin: 31 } } as const;
		const words = problems('runware:101@1', tooMuch);
		assert.match(words, /strength must be a number from 0 to 1.*maskMargin must be a whole number from 32 to 128/);
	});

	it('have sizes by their own rules', () => {
		const sizes: readonly (readonly [model: string, size: string, words: RegExp])[] = [
			['openai:gpt-image@2', '480x1440', /^$/],
			['openai:gpt-image@2', '464x1440', /multiples of 16 from 480 to 3840/],
			['openai:gpt-image@2.5-flare', '3840x2160', /^$/],
			['runware:101@1', '128x2048', /^$/],
			['runware:101@1', '1000x1000', /multiples of 64 from 128 to 2048/],
			['runware:400@4', '1008x1008', /^$/],
			['bfl:3@1', '1392x752', /^$/],
			['bfl:3@1', '1400x752', /The nearest size is 1392x752/],
		];
		for (const [model, wish, words] of sizes) assert.match(problems(model, { size: size(wish) }), words);
	});
});
