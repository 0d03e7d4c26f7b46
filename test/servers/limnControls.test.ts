import assert from 'node:assert/strict';
import { controlsOf, findOffered, nameOf, offered, sizeRuleOf } from '../../src/catalogue/catalogue';
import { models } from '../../src/catalogue/models';
import type { Control, Offered } from '../../src/catalogue/model';
import { offers } from '../../src/catalogue/offers';
import type { OptionValue } from '../../src/domain/imageRequest';
import { formatSize, parseSizeWish } from '../../src/domain/size';
import { sniff } from '../../src/image/sniff';
import type { Call, Task } from '../../src/providers/provider';
import { callFor } from '../unit/providers/calls';
import { startCustom } from './custom';
import type { Emulator } from './emulator';
import { limn } from './limn';
import { startLumenfall } from './lumenfall';
import { startOpenAI } from './openai';
import { openaiModels } from './openaiModels';
import { emulators, pngOf, twoHalves } from './testing';

const catalogue = { models, offers };
const starts: Readonly<Record<string, () => Promise<Emulator>>> = {
	openai: async () => startOpenAI({ legacy: true }),
	lumenfall: startLumenfall,
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
	if (whole && max - min < 10) return Array.from({ length: max - min + 1 }, (_, index) => min + index);
	const middle = (min + max) / 2;
	return [min, whole ? Math.round(middle) : middle, max];
}

const tasks: readonly Task[] = [
	{ operation: 'generate' },
	{ operation: 'edit', images: [{ bytes: pngOf(twoHalves(64, 64)), format: 'png' }] },
];

/** Every option that a model takes for a task, with each of its values. */
function optionsOf(found: Offered, { operation }: Task): (readonly [name: string, value: OptionValue])[] {
	const controls = controlsOf(found);
	assert.ok(controls !== 'open');
	const taken = controls.filter(({ only }) => only?.includes(operation) ?? true);
	return taken.flatMap((control) => valuesOf(control).map((value) => [control.name, value] as const));
}

/** A call with nothing but that option. Compression means something to compressed formats alone. */
function callWith(found: Offered, task: Task, name: string, value: OptionValue): Call {
	const format = name === 'output_compression' ? 'jpeg' : 'png';
	const wish = { operation: task.operation, format, options: { [name]: value } } as const;
	return callFor(nameOf(found.offer), wish, { task });
}

/** Whether the server was sent the option: by its name, or in the prompt's tag. No unfinished pictures are asked for by silence. */
function assertSent(emulator: Emulator, name: string, value: OptionValue): void {
	const { fields = {} } = emulator.requests.findLast(({ method }) => method === 'POST') ?? {};
	const isTagged = String(fields['prompt']).includes('<sd_cpp_extra_args>');
	if (isTagged) assert.match(String(fields['prompt']), new RegExp(`:"?${String(value)}"?}`));
	else if (name === 'partial_images' && value === 0) assert.equal(fields[name], undefined);
	else assert.equal(String(fields[name]), String(value));
}

describe('the options of Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');
	const sold = offered(catalogue).filter(({ offer }) => offer.provider in starts);

	it('are known for every model that OpenAI’s emulator serves', () => {
		for (const { id } of openaiModels) {
			const found = findOffered(`openai/${id}`, catalogue);
			assert.ok(found && controlsOf(found) !== 'open', id);
		}
	});

	for (const found of sold) {
		for (const task of tasks.filter(({ operation }) => found.offer.operations.includes(operation))) {
			it(`${nameOf(found.offer)}, ${task.operation}: every value is taken`, async () => {
				const emulator = await started(starts[found.offer.provider]?.() ?? assert.fail());
				const options = optionsOf(found, task);
				for (const [name, value] of options) {
					const { images, failures } = await client.make(emulator, callWith(found, task, name, value));
					assert.deepEqual(failures, [], `${name}: ${value}`);
					assertSent(emulator, name, value);
					assert.ok(sniff(images[0]?.bytes ?? new Uint8Array()), `${name}: ${value}`);
				}
				assert.equal(emulator.charges, options.length);
			});
		}
	}
});

/** Every size of a list; else ratios, of which the client makes sizes, and the ends of OpenAI's rules. */
function sizesOf(found: Offered): string[] {
	const rule = sizeRuleOf(found);
	if (rule.kind === 'list') return rule.sizes.map(formatSize);
	return ['1:1', '16:9', '9:16', '4:5', '3:1', '1:3', '1024x640', '2160x3840'];
}

describe('the sizes of Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');

	for (const found of offered(catalogue).filter(({ offer }) => offer.provider in starts)) {
		it(`${nameOf(found.offer)}: all are taken, and given`, async () => {
			const emulator = await started(starts[found.offer.provider]?.() ?? assert.fail());
			for (const text of sizesOf(found)) {
				const size = parseSizeWish(text) ?? assert.fail(text);
				const call = callFor(nameOf(found.offer), { size });
				const [picture] = await client.pictures(emulator, call);
				const { width = 0, height = 0 } = (picture && sniff(picture)) ?? {};
				// Where the server decides, it gives what it can.
				const isExact = sizeRuleOf(found).kind !== 'open' && call.size?.kind === 'pixels';
				if (isExact) assert.equal(formatSize({ width, height }), formatSize(call.size.size));
				else assert.ok(width > 0 && height > 0, text);
			}
		});
	}
});
