import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findOffered, nameOf, offered } from '../../../src/catalogue/catalogue';
import { check, type Plan } from '../../../src/catalogue/check';
import { type Form, formOf } from '../../../src/catalogue/form';
import { type Job, wayOf } from '../../../src/catalogue/job';
import type { Control, Offered } from '../../../src/catalogue/model';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import type { Alteration, ImageRequest, Options, OptionValue } from '../../../src/domain/imageRequest';
import { marginsForRatio, noMargins } from '../../../src/domain/margins';
import { formatSizeWish, parseSizeWish } from '../../../src/domain/size';
import { requestOf, sentence, terms } from '../builders';

const tables = { models, offers };
/** Forms of retired models are shown where somebody says that they are served. */
const lenient = { ...terms, allowRetired: offers.map(nameOf) };

/** The whole catalogue, and a stranger of each provider that takes any. */
const strangers = ['openai/x', 'runware/x:1@1', 'lumenfall/x', 'vincony/x', 'replicate/x/y', 'custom/x'];
const all: readonly Offered[] = [...offered(tables), ...strangers.map(find)];

const source = { width: 1024, height: 1024 };
const alterations: Readonly<Record<Exclude<Job, 'generate'>, Alteration>> = {
	edit: { operation: 'edit', source },
	mask: { operation: 'edit', source, selected: { x: 10, y: 10, width: 100, height: 100 } },
	markup: { operation: 'edit', source, marked: true },
	expand: { operation: 'expand', source, margins: { ...noMargins, left: 128, right: 128 } },
	vary: { operation: 'vary', source, strength: 'medium' },
};
const jobs: readonly Job[] = ['generate', 'edit', 'mask', 'markup', 'expand', 'vary'];

/** Every model in every job that it does. */
const cases = all.flatMap((found) => jobs.filter((job) => wayOf(found.offer, job)).map((job) => ({ found, job })));

const formsSeen = new Map<object, Form>();

/** The form of a case, made once: the sizes of a grid take their time. */
function formIn(one: (typeof cases)[number]): Form {
	const form = formsSeen.get(one) ?? formOf(one.found, one.job);
	formsSeen.set(one, form);
	return form;
}

function find(name: string): Offered {
	return findOffered(name, tables) ?? assert.fail(name);
}

function shown(name: string, job: Job = 'generate'): Form {
	return formOf(find(name), job);
}

/** What a form says in short. */
function sizes(name: string, job: Job = 'generate'): string {
	return shown(name, job)
		.sizes.map(({ size, pixels }) => (pixels === undefined ? size : `${size}=${pixels}`))
		.join(' ');
}

function names(name: string, job: Job = 'generate'): string[] {
	return shown(name, job).controls.map((control) => control.name);
}

/** The step of an expansion's frames, and their ratios. */
function framed(name: string): [step: number | undefined, ratios: string] {
	const { ratios = [], step } = shown(name, 'expand').frame ?? {};
	return [step, ratios.map(({ size }) => size).join(' ')];
}

/** The plan of a form that was filled in. */
function planOf({ offer }: Offered, job: Job, changes: Partial<ImageRequest>): Plan {
	const alteration = job === 'generate' ? undefined : alterations[job];
	const operation = alteration?.operation ?? 'generate';
	const request = requestOf({ model: nameOf(offer), operation, ...(alteration && { alteration }), ...changes });
	const plan = check(request, tables, lenient);
	const told = 'calls' in plan ? '' : plan.map(({ message }) => sentence(message)).join(' ');
	assert.ok('calls' in plan, `${nameOf(offer)} ${job}: ${told}`);
	return plan;
}

describe('the sizes of a form', () => {
	it('are ratios with their pixels where any size of a grid is made', () => {
		assert.equal(
			sizes('openai/gpt-image-2'),
			'1:1=1024x1024 3:2=1248x832 2:3=832x1248 4:3=1152x864 3:4=864x1152 16:9=1280x720 9:16=720x1280',
		);
		assert.equal(shown('openai/gpt-image-2').anySize, true);
	});

	it('are those of the list where there is one, and no others', () => {
		assert.equal(sizes('openai/gpt-image-1.5'), '1024x1024 1536x1024 1024x1536');
		assert.equal(sizes('openai/dall-e-2', 'vary'), '256x256 512x512 1024x1024');
		assert.equal(shown('openai/gpt-image-1.5').anySize, false);
		assert.deepEqual(
			shown('openai/dall-e-3').sizes.map(({ ratio }) => ratio),
			[1, 1.75, 1024 / 1792],
		);
	});

	it('are ratios alone where the server makes pixels of them', () => {
		assert.equal(sizes('lumenfall/gpt-image-2'), '1:1 3:2 2:3 4:3 3:4 16:9 9:16');
	});

	it('leave out a ratio that the model does not make', () => {
		const known = find('openai/gpt-image-2');
		const square: Offered = {
			...known,
			offer: {
				...known.offer,
				size: {
					kind: 'grid',
					step: 64,
					maxSide: 2048,
					maxRatio: 1.4,
					minPixels: 4096,
					maxPixels: 2048 ** 2,
					default: source,
				},
			},
		};
		assert.deepEqual(
			formOf(square, 'generate').sizes.map(({ size }) => size),
			['1:1', '4:3', '3:4'],
		);
	});

	it('are not asked for where nobody can be told, or where they follow from the picture', () => {
		for (const [name, job] of [
			['vincony/openai/gpt-image-2', 'generate'],
			['openai/gpt-image-2', 'mask'],
			['openai/gpt-image-2', 'expand'],
		] as const) {
			const { sizes: none, anySize, defaultSize } = shown(name, job);
			assert.deepEqual([none, anySize, defaultSize], [[], false, undefined], `${name} ${job}`);
		}
	});

	it('have a default where the model has one, and a picture that is changed keeps its own', () => {
		assert.deepEqual(shown('openai/gpt-image-2').defaultSize, source);
		assert.equal(shown('openai/gpt-image-2', 'edit').defaultSize, undefined);
		assert.equal(shown('custom/sd-cpp-local').defaultSize, undefined);
	});

	it('are taken by the one who judges, every one of them, and come to the pixels that are said', () => {
		for (const one of cases) {
			const { found, job } = one;
			for (const { size, ratio, pixels } of formIn(one).sizes) {
				const wish = parseSizeWish(size) ?? assert.fail(size);
				const plan = planOf(found, job, { size: wish });
				assert.equal(plan.size && formatSizeWish(plan.size), pixels ?? size, `${nameOf(found.offer)} ${job}`);
				assert.doesNotMatch(plan.warnings.map(sentence).join(' '), /The size|a size/, nameOf(found.offer));
				const { width, height } = wish.kind === 'pixels' ? wish.size : wish.ratio;
				assert.equal(ratio, width / height);
			}
		}
	});
});

describe('the frames of an expansion', () => {
	const all = '1:1 3:2 2:3 4:3 3:4 16:9 9:16';

	it('grow in the steps that the vendor’s own expansion takes, else in those of the model’s grid', () => {
		assert.deepEqual(framed('runware/bfl:1@3'), [64, all]);
		assert.deepEqual(framed('runware/runware:101@1'), [64, all]);
		assert.deepEqual(framed('openai/gpt-image-2'), [16, all]);
		assert.deepEqual(framed('sketch/placeholder'), [1, all]);
		assert.deepEqual(framed('openai/gpt-image-1.5'), [1, '1:1 3:2 2:3']);
		assert.deepEqual(framed('vincony/openai/gpt-image-2'), [1, all], 'it can be told no size, and makes what it makes');
		for (const name of strangers) assert.equal(framed(name)[1], all, name);
	});

	it('are there for an expansion alone', () => {
		for (const one of cases) {
			const { found, job } = one;
			assert.equal(formIn(one).frame !== undefined, job === 'expand', `${nameOf(found.offer)} ${job}`);
		}
	});

	it('can be made by every model, whatever the ratio, with the steps that it says', () => {
		for (const one of cases.filter(({ job }) => job === 'expand')) {
			const { found } = one;
			const { ratios = [], step = 0 } = formIn(one).frame ?? {};
			assert.ok(ratios.length > 0 && Number.isInteger(step) && step >= 1, nameOf(found.offer));
			for (const { size, ratio, pixels } of ratios) {
				const wish = parseSizeWish(size);
				assert.ok(wish?.kind === 'ratio' && ratio === wish.ratio.width / wish.ratio.height);
				assert.equal(pixels, undefined);
				const margins = marginsForRatio(source, wish.ratio);
				// A square is a square already.
				const wider = size === '1:1' ? { top: step, right: step, bottom: step, left: step } : margins;
				const plan = planOf(found, 'expand', { alteration: { operation: 'expand', source, margins: wider } });
				assert.deepEqual(plan.alter?.margins, wider, `${nameOf(found.offer)} ${size}`);
			}
		}
	});
});

describe('the controls of a form', () => {
	it('are the model’s own, without the count and what Limn says by itself', () => {
		assert.deepEqual(names('openai/gpt-image-2'), [
			'quality',
			'background',
			'moderation',
			'output_compression',
			'safety_identifier',
			'user',
		]);
		assert.deepEqual(names('runware/runware:101@1'), [
			'negativePrompt',
			'steps',
			'CFGScale',
			'scheduler',
			'seed',
			'outputQuality',
			'ttl',
			'uploadEndpoint',
			'webhookURL',
			'safety.checkContent',
		]);
		assert.deepEqual(names('sketch/placeholder'), ['style', 'seed']);
		assert.deepEqual(names('vincony/openai/gpt-image-2'), []);
	});

	it('are those for what is done', () => {
		const fidelity = (job: Job): boolean => names('openai/gpt-image-1.5', job).includes('input_fidelity');
		assert.deepEqual(jobs.filter(fidelity), ['edit', 'mask', 'markup', 'expand', 'vary'], 'emulated ones are edits');
		assert.deepEqual(names('openai/dall-e-2', 'vary'), ['user']);
		assert.ok(names('runware/runware:101@1', 'expand').includes('strength'));
	});

	it('of a model that nobody knows are unknown', () => {
		for (const name of strangers) assert.deepEqual([shown(name).isOpen, names(name)], [true, []], name);
		assert.equal(shown('sketch/placeholder').isOpen, false);
	});

	it('are taken by the one who judges, with every value that they allow', () => {
		for (const one of cases) {
			const { found, job } = one;
			for (const control of formIn(one).controls) {
				for (const value of valuesOf(control)) assertTaken(found, job, { [control.name]: value });
			}
		}
	});

	it('are taken together, as a person would fill them in', () => {
		const filled = fc.constantFrom(...cases).chain((one) => {
			const { found, job } = one;
			const fields = formIn(one).controls.map((control) =>
				fc.constantFrom(undefined, ...valuesOf(control)).map((value) => [control.name, value] as const),
			);
			return fc.tuple(...fields).map((chosen) => ({ found, job, chosen }));
		});
		fc.assert(
			fc.property(filled, ({ found, job, chosen }) => {
				const options = chosen.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
				assertTaken(found, job, Object.fromEntries(options));
			}),
		);
	});
});

/** All of a choice; of the others the ends. */
function valuesOf(control: Control): readonly OptionValue[] {
	switch (control.kind) {
		case 'choice':
			return control.values;
		case 'number':
			return [control.min, control.max].filter(Number.isFinite);
		case 'flag':
			return [true, false];
		case 'text':
			return ['x'.repeat(control.maxLength ?? 100)];
		case 'url':
			return ['https://example.org/'];
		case 'seed':
			return [0, '9'.repeat(30)];
		case 'count':
			return assert.fail('No form asks for the count twice.');
	}
}

/** As a WebP: a JPEG has no transparent background, and a PNG is not compressed. What is put together goes out as a PNG. */
function assertTaken(found: Offered, job: Job, options: Options): void {
	const plan = planOf(found, job, { options, format: 'webp' });
	const { output_compression: _, ...expected } = options;
	assert.deepEqual(plan.options, plan.format === 'png' ? expected : options, `${nameOf(found.offer)} ${job}`);
}

describe('a form', () => {
	it('says how long a prompt may be, the vendor’s word before the model’s', () => {
		assert.equal(shown('openai/gpt-image-2').promptLimit, 32_000);
		assert.equal(shown('runware/openai:gpt-image@2.5-flare').promptLimit, 10_000);
		assert.equal(shown('custom/x').promptLimit, undefined);
	});

	it('offers every format: what the model does not make is made here', () => {
		for (const found of all) assert.deepEqual(formOf(found, 'generate').formats, ['png', 'jpeg', 'webp']);
	});

	it('says how many pictures go with a prompt', () => {
		assert.equal(shown('openai/gpt-image-2').mostReferences, 16);
		assert.equal(shown('runware/runware:400@4').mostReferences, 4);
		assert.equal(shown('sketch/placeholder').mostReferences, 1);
		assert.equal(shown('openai/dall-e-3').mostReferences, 0);
		assert.equal(shown('openai/dall-e-2').mostReferences, 0, 'it wants a mask');
	});

	it('is there in no time, whatever the model', () => {
		const began = performance.now();
		for (const { found, job } of cases) formOf(found, job);
		const each = (performance.now() - began) / cases.length;
		assert.ok(each < 100, `${each} ms`);
	});
});
