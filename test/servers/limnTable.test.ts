import assert from 'node:assert/strict';
import { nameOf, type Offered, offered, sizeRuleOf } from '../../src/catalogue/catalogue';
import { nearestSize } from '../../src/catalogue/fitSize';
import { isRetired } from '../../src/catalogue/lifecycle';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { providers } from '../../src/catalogue/providers';
import type { Operation } from '../../src/domain/imageRequest';
import { formatSize, type Size } from '../../src/domain/size';
import { sniff } from '../../src/image/sniff';
import type { InputImage, Task } from '../../src/providers/provider';
import { callFor } from '../unit/providers/calls';
import { startCustom } from './custom';
import type { Emulator } from './emulator';
import { limn } from './limn';
import { startLumenfall } from './lumenfall';
import { startOpenAI } from './openai';
import { startReplicate } from './replicate';
import { startRunware } from './runware';
import { colourAt, emulators, pngOf, rightHalf, twoHalves } from './testing';
import { startVincony } from './vincony';

const starts: Readonly<Record<string, () => Promise<Emulator>>> = {
	openai: async () => startOpenAI({ legacy: true }),
	runware: async () => startRunware({ legacy: true }),
	lumenfall: startLumenfall,
	vincony: async () => startVincony({ legacy: true }),
	replicate: async () => startReplicate({ legacy: true }),
	custom: async () => startCustom('sd-cpp'),
};

/** What a person can ask for: an edit with a mask is another thing than one without. */
const jobs = ['generate', 'edit', 'mask', 'expand', 'vary'] as const;
type Job = (typeof jobs)[number];

/** Added on the right, in pixels: a multiple of 64, which every grid here divides. */
const wider = 256;

function operationOf(job: Job): Operation {
	return job === 'mask' ? 'edit' : job;
}

function canDo({ offer }: Offered, job: Job): boolean {
	if (job === 'mask') return offer.masks !== undefined;
	return offer.operations.includes(operationOf(job)) && !(job === 'edit' && offer.masks === 'needed');
}

/** Of the source: the nearest to half a megapixel that the model takes. */
function sourceSizeOf(found: Offered): Size {
	const wish = { kind: 'pixels', size: { width: 768, height: 768 } } as const;
	const near = nearestSize(wish, sizeRuleOf(found));
	return near?.kind === 'pixels' ? near.size : wish.size;
}

function png(pixels: ReturnType<typeof twoHalves>): InputImage {
	return { bytes: pngOf(pixels), format: 'png' };
}

function taskOf(job: Job, { width, height }: Size): Task {
	const image = png(twoHalves(width, height));
	switch (job) {
		case 'generate':
			return { operation: 'generate' };
		case 'edit':
			return { operation: 'edit', images: [image] };
		case 'mask':
			return { operation: 'edit', images: [image], mask: png(rightHalf(width, height)) };
		case 'expand':
			return { operation: 'expand', image, margins: { top: 0, right: wider, bottom: 0, left: 0 } };
		case 'vary':
			return { operation: 'vary', image, strength: 'medium' };
	}
}

function isRed([red = 0, green = 0, blue = 0]: readonly number[]): boolean {
	return red > 150 && green < 110 && blue < 110;
}

function isBlue([red = 0, green = 0, blue = 0]: readonly number[]): boolean {
	return red < 110 && green < 130 && blue > 130;
}

/** What must be so, whoever made the picture: kept where it was to be kept, new where it was to be new. */
async function assertDone(job: Job, bytes: Uint8Array): Promise<void> {
	if (job === 'mask') {
		assert.ok(isRed(await colourAt(bytes, 0.25)), 'the left half was to be kept');
		assert.ok(!isBlue(await colourAt(bytes, 0.75)), 'the right half was to be painted');
	}
	if (job === 'expand') assert.ok(isRed(await colourAt(bytes, 0.1)), 'the source lies on the left');
}

/** What this vendor cannot do through Limn, though it is offered, and why. */
const refused: ReadonlyMap<string, string> = new Map([
	// OpenAI's key would go to Replicate among the inputs; and the model is retired.
	['replicate/openai/gpt-image-1', 'own key'],
]);

describe('every provider, model and operation', () => {
	const started = emulators();
	const client = limn('direct');
	const table = new Map<string, Map<Job, string>>();
	const sold = offered({ models, offers }).filter(({ offer }) => offer.provider in starts);

	after(() => print(table));

	for (const found of sold) {
		const name = nameOf(found.offer);
		for (const job of jobs.filter((each) => canDo(found, each))) {
			it(`${name}: ${job}`, async () => {
				const emulator = await started(starts[found.offer.provider]?.() ?? assert.fail());
				const source = sourceSizeOf(found);
				const result = job === 'expand' ? { ...source, width: source.width + wider } : source;
				const size = { kind: 'pixels', size: result } as const;
				const wish = { operation: operationOf(job), prompt: 'a green meadow', size };
				const call = callFor(name, wish, { task: taskOf(job, source) });
				const row = table.get(name) ?? new Map<Job, string>();
				const reason = refused.get(name);
				if (reason !== undefined) {
					const { failures } = await client.make(emulator, call);
					assert.deepEqual([failures[0]?.charged, emulator.charges], ['no', 0]);
					table.set(name, row.set(job, reason));
					return;
				}
				const [picture] = await client.pictures(emulator, call);
				const header = (picture && sniff(picture)) ?? assert.fail('no picture');
				// Elsewhere the server decides.
				if (['list', 'grid'].includes(sizeRuleOf(found).kind) && !found.offer.runware?.unsized) {
					assert.equal(formatSize(header), formatSize(result));
				}
				if (picture) await assertDone(job, picture);
				assert.equal(emulator.charges, 1);
				table.set(name, row.set(job, isRetired(found, '2026-11-21') ? 'retired' : 'yes'));
			});
		}
	}

	it('are all those that the catalogue offers', () => {
		const known = [...Object.keys(starts), 'sketch'];
		assert.deepEqual(
			providers.map(({ id }) => id).toSorted(),
			known.toSorted(),
			'Sketch paints by itself, and is tested where it is',
		);
	});
});

/** The table that a person can read: a row for each offer. */
function print(table: ReadonlyMap<string, ReadonlyMap<Job, string>>): void {
	const width = Math.max(...Array.from(table.keys(), (name) => name.length));
	const line = (name: string, cells: readonly string[]) =>
		`    ${name.padEnd(width)}  ${cells.map((cell) => cell.padEnd(8)).join(' ')}`;
	console.log(`\n${line('provider/model', jobs)}`);
	for (const [name, row] of table)
		console.log(
			line(
				name,
				jobs.map((job) => row.get(job) ?? '–'),
			),
		);
	console.log();
}
