import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { SizeWish } from '../../../../src/domain/size';
import { type Call, unbegun } from '../../../../src/providers/provider';
import { fulfil } from '../../../../src/providers/sketch/fulfil';
import { sketchStyles } from '../../../../src/providers/sketch/paint';
import { sketch } from '../../../../src/providers/sketch/sketch';
import { callOf as anyCall } from '../../generation/scripted';
import { codecs } from '../../image/nodeCodecs';

function callOf(changes: Partial<Call> = {}): Call {
	return anyCall({ size: pixels(640, 480), format: 'webp', ...changes });
}

function pixels(width: number, height: number): SizeWish {
	return { kind: 'pixels', size: { width, height } };
}

/** The painter's order that a call begins with. */
function orderOf(changes: Partial<Call> = {}) {
	const step = sketch.begin(callOf(changes));
	assert.ok('next' in step);
	assert.deepEqual(Object.keys(step), ['next']);
	assert.equal(step.next.kind, 'paint');
	return step.next.order;
}

const seedOf = (changes: Partial<Call>): string => orderOf(changes).seed;

function pixelsOf(options: Call['options']): Uint8Array {
	return fulfil(orderOf({ options, size: pixels(32, 32) }), codecs).data;
}

describe('the sketch as a provider', () => {
	it('orders one painting of what the call says', () => {
		assert.deepEqual(orderOf(), {
			task: { operation: 'generate' },
			prompt: 'a fox at dawn',
			size: { width: 640, height: 480 },
			seed: '0',
			format: 'webp',
		});
	});

	it('passes the task on as it is', () => {
		const image = { bytes: new Uint8Array(4), format: 'png' } as const;
		const task = { operation: 'vary', image, strength: 'strong' } as const;
		assert.equal(orderOf({ task }).task, task);
	});

	it('draws in the style that was asked for, else in the prompt’s own', () => {
		const own = pixelsOf({});
		for (const options of [{ style: 'cubism' }, { style: 1 }, { style: 'constructor' }]) {
			assert.deepEqual(pixelsOf(options), own);
		}
		assert.equal(new Set(sketchStyles.map((style) => pixelsOf({ style }).join())).size, sketchStyles.length);
	});

	it('counts the seed up through the job, so that each picture can be had again alone', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n - 1n }), fc.nat(99), (seed, before) => {
				const all = seedOf({ options: { seed: seed.toString() }, before });
				assert.equal(all, (seed + BigInt(before)).toString());
				assert.equal(seedOf({ options: { seed: all } }), all);
			}),
		);
	});

	it('takes a number for a seed, and 0 where there is none', () => {
		assert.equal(seedOf({ options: { seed: 42 }, before: 3 }), '45');
		assert.equal(seedOf({ options: { seed: Number.MAX_SAFE_INTEGER }, before: 2 }), '9007199254740993');
		assert.equal(seedOf({ options: { seed: '007' } }), '7');
		assert.equal(seedOf({ before: 2 }), '2');
		assert.equal(seedOf({ options: { seed: true } }), '0');
	});

	it('takes the painter’s answer for the picture, with its seed, for nothing', () => {
		const picture = Uint8Array.of(1, 2, 3);
		assert.deepEqual(
			sketch.read({ status: 200, headers: {}, picture }, callOf({ options: { seed: 5 }, before: 2 }), unbegun),
			{
				images: [{ bytes: picture, seed: '7', costUsd: 0 }],
				done: true,
			},
		);
	});

	it('is data throughout: the same call begins the same way, and changes nothing', () => {
		const call = Object.freeze(callOf({ options: Object.freeze({ seed: 1, style: 'orbits' }) }));
		assert.deepEqual(sketch.begin(call), sketch.begin(call));
		assert.deepEqual(structuredClone(orderOf(call)), orderOf(call));
	});
});
