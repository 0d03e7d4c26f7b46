import assert from 'node:assert/strict';
import { encodePng } from '../../../../src/image/encodePng';
import type { Pixels } from '../../../../src/image/pixels';
import type { InputImage, PaintOrder, Task } from '../../../../src/providers/provider';
import { expand, repaint, vary } from '../../../../src/providers/sketch/alter';
import { fulfil } from '../../../../src/providers/sketch/fulfil';
import { paint } from '../../../../src/providers/sketch/paint';
import { noise } from '../../builders';
import { codecs } from '../../image/nodeCodecs';

const size = { width: 24, height: 16 };
const words = { prompt: 'dawn over the sea', size, seed: '7' };

function painted(task: Task, changes: Partial<PaintOrder> = {}): Pixels {
	return fulfil({ ...words, task, format: 'png', ...changes }, codecs);
}

function fileOf(pixels: Pixels): InputImage {
	return { bytes: encodePng(pixels, codecs), format: 'png' };
}

const clear = noise(24, 16, 1);
const opaque = noise(24, 16, 2, 255);

describe('what the sketch is ordered to do', () => {
	it('is a picture of words, in a style that there is', () => {
		const task = { operation: 'generate' } as const;
		assert.deepEqual(painted(task), paint(words));
		assert.deepEqual(painted(task, { style: 'orbits' }), paint({ ...words, style: 'orbits' }));
		assert.deepEqual(painted(task, { style: 'no such' }), paint(words));
	});

	it('is another picture, of the very pixels of the file', () => {
		const margins = { top: 3, right: 0, bottom: 5, left: 2 };
		for (const source of [clear, opaque]) {
			const image = fileOf(source);
			const expanded = painted({ operation: 'expand', image, margins });
			assert.deepEqual(expanded, expand(source, margins, words));
			const varied = painted({ operation: 'vary', image, strength: 'strong' });
			assert.deepEqual(varied, vary(source, 'strong', words));
		}
	});

	it('is a part of a picture: what is transparent in the mask', () => {
		const alphas = Uint8Array.from({ length: 24 * 16 }, (_, pixel) => (pixel * 7) % 256);
		const mask = { ...size, data: Uint8Array.from({ length: 24 * 16 * 4 }, (_, index) => alphas[index >> 2] ?? 0) };
		for (const source of [clear, opaque]) {
			const edited = painted({ operation: 'edit', images: [fileOf(source)], mask: fileOf(mask) });
			const holes = alphas.map((alpha) => 255 - alpha);
			assert.deepEqual(edited, repaint(source, holes, words));
		}
	});

	it('is nothing where the mask is opaque, and the whole picture without a mask', () => {
		const images = [fileOf(clear)];
		assert.deepEqual(painted({ operation: 'edit', images, mask: fileOf(opaque) }), clear);
		const whole = new Uint8Array(24 * 16).fill(255);
		assert.deepEqual(painted({ operation: 'edit', images }), repaint(clear, whole, words));
	});
});

describe('an order that the sketch cannot fulfil', () => {
	it('is one without a picture', () => {
		assert.throws(() => painted({ operation: 'edit', images: [] }), /no picture/);
	});

	it('is one with a picture that is no whole PNG', () => {
		const { bytes } = fileOf(clear);
		const wrong = bytes.map((byte, index) => (index === bytes.length - 20 ? byte ^ 1 : byte));
		for (const broken of [
			bytes.subarray(0, bytes.length / 2),
			wrong,
			Uint8Array.of(0xff, 0xd8, 0xff),
			new Uint8Array(),
		]) {
			const image = { bytes: broken, format: 'png' } as const;
			assert.throws(() => painted({ operation: 'vary', image, strength: 'subtle' }), /PNGs/);
			assert.throws(() => painted({ operation: 'edit', images: [fileOf(clear)], mask: image }), /PNGs/);
		}
	});
});
