import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { controlsOf, findOffered, nameOf, offered, sizeRuleOf } from '../../src/catalogue/catalogue';
import { models } from '../../src/catalogue/models';
import type { Control, Offered } from '../../src/catalogue/model';
import { offers } from '../../src/catalogue/offers';
import type { OptionValue } from '../../src/domain/imageRequest';
import { formatSize, formatSizeWish, parseSizeWish, type SizeWish } from '../../src/domain/size';
import { nearestSize } from '../../src/catalogue/fitSize';
import { sniff } from '../../src/image/sniff';
import type { Call, Task } from '../../src/providers/provider';
import { callFor } from '../unit/providers/calls';
import { startCustom } from './custom';
import type { Emulator } from './emulator';
import { limn } from './limn';
import { startLumenfall } from './lumenfall';
import { startOpenAI } from './openai';
import { startReplicate } from './replicate';
import { startRunware } from './runware';
import { startVincony } from './vincony';
import { openaiModels } from './openaiModels';
import { emulators, pngOf, rightHalf, twoHalves } from './testing';

const catalogue = { models, offers };
const starts: Readonly<Record<string, () => Promise<Emulator>>> = {
	openai: async () => startOpenAI({ legacy: true }),
	runware: async () => startRunware({ legacy: true, polls: 1 }),
	lumenfall: startLumenfall,
	vincony: async () => startVincony({ legacy: true }),
	replicate: async () => startReplicate({ legacy: true, polls: 0 }),
	custom: async () => startCustom('sd-cpp'),
};

/** Texts that mean something to the server. */
const texts: Readonly<Record<string, string>> = { aspect_ratio: '16:9' };

/** Every value that a control allows; of endless ones the first, the last and one between. */
function valuesOf(control: Control): OptionValue[] {
	switch (control.kind) {
		case 'choice':
			return [...control.values];
		case 'number':
			return numbersOf(control);
		case 'flag':
			return [true, false];
		case 'text':
			return [
				texts[control.name] ?? 'a text',
				...(control.maxLength === undefined ? [] : ['x'.repeat(control.maxLength)]),
			];
		case 'seed':
			return [0, '9007199254740993'];
		case 'url':
			return ['https://example.org/a?b=c'];
		case 'count':
			return [];
	}
}

function numbersOf({ min, max, whole }: Extract<Control, { kind: 'number' }>): number[] {
	if (max === Infinity) return [min, min * 10];
	if (whole && max - min < 10) return Array.from({ length: max - min + 1 }, (_, index) => min + index);
	const middle = (min + max) / 2;
	return [min, whole ? Math.round(middle) : middle, max];
}

const tasks: readonly Task[] = [
	{ operation: 'generate' },
	{ operation: 'edit', images: [{ bytes: pngOf(twoHalves(64, 64)), format: 'png' }] },
];

/** What is kept around a mask is put together here: no format is asked of the server. */
const formats = new Set(['outputFormat', 'output_format', 'output_compression']);

/**
 * Every option that a model takes for a task, with each of its values; of what it takes for words alone as well, an edit has one: that is
 * another form of the same request, and its pictures take their time.
 */
function optionsOf(found: Offered, { operation }: Task): (readonly [control: Control, value: OptionValue])[] {
	const controls = controlsOf(found);
	assert.ok(controls !== 'open');
	const taken = controls.filter(({ only }) => only?.includes(operation) ?? true);
	const sent = isMasked(operation, found) ? taken.filter(({ name }) => !formats.has(name)) : taken;
	const isKnown = operation !== 'generate' && found.offer.operations.includes('generate');
	return sent.flatMap((control) => {
		const values = valuesOf(control);
		const wanted = isKnown && control.only === undefined ? values.slice(-1) : values;
		return wanted.map((value) => [control, value] as const);
	});
}

/** Whether there is no such edit without a mask. */
function isMasked(operation: Task['operation'], { offer }: Offered): boolean {
	return operation === 'edit' && offer.masks === 'needed';
}

/** With a mask where one is needed. */
function masked(task: Task, found: Offered): Task {
	return task.operation === 'edit' && isMasked('edit', found)
		? { ...task, mask: { bytes: pngOf(rightHalf(64, 64)), format: 'png' } }
		: task;
}

/** A call with nothing but that option. Compression means something to compressed formats alone. */
function callWith(found: Offered, task: Task, name: string, value: OptionValue): Call {
	const format = name === 'output_compression' ? 'jpeg' : 'png';
	const wish = { operation: task.operation, format, options: { [name]: value } } as const;
	// Another one each time: Runware does nothing twice.
	return callFor(nameOf(found.offer), wish, { task: masked(task, found), id: randomUUID() });
}

/** Whether the server was sent the option: by its name, or in the prompt's tag. No unfinished pictures are asked for by silence. */
function assertSent(emulator: Emulator, { name, path = name }: Control, value: OptionValue): void {
	const { fields = {}, json, text = '' } = emulator.requests.findLast(isOrder) ?? {};
	const isTagged = String(fields['prompt']).includes('<sd_cpp_extra_args>');
	if (isTagged) assert.match(String(fields['prompt']), new RegExp(`:"?${String(value)}"?}`));
	else if (name === 'partial_images' && value === 0) assert.equal(fields[name], undefined);
	// What parses numbers rounds long ones: the text has what was sent.
	else if (name === 'seed' && text !== '') assert.match(text, new RegExp(`"seed":"?${value}"?[,}]`));
	else assert.equal(String(placeIn(placesOf(json, fields), path)), String(value));
}

/** Not one that asks how the work is getting on. */
function isOrder({ method, text = '' }: Emulator['requests'][number]): boolean {
	return method === 'POST' && !text.includes('"getResponse"');
}

/** Runware takes a list of tasks, Replicate inputs. */
function placesOf(json: unknown, fields: Readonly<Record<string, unknown>>): unknown {
	if (Array.isArray(json)) return json[0];
	return fields['input'] ?? fields;
}

function placeIn(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce(
			(place: unknown, name) => (typeof place === 'object' && place ? Reflect.get(place, name) : undefined),
			value,
		);
}

/** All but a retired one that wants OpenAI's key among its inputs, where Limn sends none. */
const sold = offered(catalogue).filter(
	({ offer }) => offer.provider in starts && nameOf(offer) !== 'replicate/openai/gpt-image-1',
);

describe('the options of Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');
	it('are known for every model that OpenAI’s emulator serves', () => {
		for (const { id } of openaiModels) {
			const found = findOffered(`openai/${id}`, catalogue);
			assert.ok(found && controlsOf(found) !== 'open', id);
		}
	});

	for (const found of sold) {
		for (const task of tasks.filter(({ operation }) => found.offer.operations.includes(operation))) {
			it(`${nameOf(found.offer)}, ${task.operation}: every option is taken`, async () => {
				const emulator = await started(starts[found.offer.provider]?.() ?? assert.fail());
				const options = optionsOf(found, task);
				for (const [control, value] of options) {
					const { name } = control;
					const { images, failures } = await client.make(emulator, callWith(found, task, name, value));
					assert.deepEqual(failures, [], `${name}: ${value}`);
					assertSent(emulator, control, value);
					assert.ok(sniff(images[0]?.bytes ?? new Uint8Array()), `${name}: ${value}`);
				}
				assert.equal(emulator.charges, options.length);
			});
		}
	}
});

const wishes = ['1:1', '16:9', '9:16', '4:5', '3:1', '1:3', '1024x640', '2160x3840'];

/** Every size of a list; else ratios, of which the client makes sizes, and what it makes of sizes that are out of bounds. */
function sizesOf(found: Offered): SizeWish[] {
	const rule = sizeRuleOf(found);
	const texts = rule.kind === 'list' ? rule.sizes.map(formatSize) : wishes;
	return texts.flatMap((text) => nearestSize(parseSizeWish(text) ?? assert.fail(text), rule) ?? []);
}

describe('the sizes of Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');

	for (const found of sold.filter(({ offer }) => offer.operations.includes('generate'))) {
		it(`${nameOf(found.offer)}: all are taken, and given`, async () => {
			const emulator = await started(starts[found.offer.provider]?.() ?? assert.fail());
			for (const size of sizesOf(found)) {
				const call = callFor(nameOf(found.offer), { size }, { id: randomUUID() });
				const [picture] = await client.pictures(emulator, call);
				const { width = 0, height = 0 } = (picture && sniff(picture)) ?? {};
				// Where the server decides, it gives what it can.
				const isExact = sizeRuleOf(found).kind !== 'open' && call.size?.kind === 'pixels';
				if (isExact) assert.equal(formatSize({ width, height }), formatSize(call.size.size));
				else assert.ok(width > 0 && height > 0, formatSizeWish(size));
			}
		});
	}
});
