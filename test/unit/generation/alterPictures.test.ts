import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import type { Stroke } from '../../../src/canvas/strokes';
import type { Alteration } from '../../../src/domain/imageRequest';
import { noMargins } from '../../../src/domain/margins';
import { finish, look, prepare } from '../../../src/generation/alterPictures';
import type { Original, Selection } from '../../../src/generation/painterWork';
import { decode } from '../../../src/image/decode';
import { noise, sentence } from '../builders';
import { codecs } from '../image/nodeCodecs';
import { changedByPngjs, finished, isOutside, plain, planOf, png, prepared, problemOf } from './alterParts';

const size = { width: 120, height: 80 };
const source = noise(size.width, size.height, 5);
const rect = { x: 30, y: 20, width: 50, height: 40 };
const repaint: Alteration = { operation: 'edit', source: size, selected: rect };

async function sees(selection: Selection) {
	return look({ size, selection }, codecs);
}

describe('what a mask selects', () => {
	it('is the box round its rectangles, or nothing', async () => {
		assert.deepEqual(await sees({ rects: [rect, { x: 100, y: 70, width: 100, height: 100 }] }), {
			selected: { x: 30, y: 20, width: 90, height: 60 },
		});
		assert.deepEqual(await sees({ rects: [{ x: 500, y: 0, width: 9, height: 9 }] }), {});
	});

	it('is the box round what was painted, or nothing', async () => {
		assert.deepEqual(await sees({ strokes: [{ kind: 'rectangle', rect }] }), { selected: rect });
		const hole = { ...rect, width: 20 };
		assert.deepEqual(
			await sees({
				strokes: [
					{ kind: 'rectangle', rect },
					{ kind: 'rectangle', rect: hole, erases: true },
				],
			}),
			{ selected: { x: 50, y: 20, width: 30, height: 40 } },
		);
		assert.deepEqual(await sees({ strokes: [{ kind: 'rectangle', rect }, { kind: 'clear' }] }), {});
		assert.deepEqual(await sees({ strokes: [] }), {});
	});

	it('may be all of the picture, however it was selected', async () => {
		const whole = { x: 0, y: 0, ...size };
		const all = { selected: whole, isAll: true };
		assert.deepEqual(await sees({ strokes: [{ kind: 'invert' }] }), all);
		assert.deepEqual(await sees({ rects: [whole] }), all);
		assert.deepEqual(await sees({ file: await png(plain(size, 0, 0, 0, 0)) }), all);
		const corner = { x: 0, y: 0, width: 1, height: 1 };
		assert.deepEqual(await sees({ strokes: [{ kind: 'rectangle', rect: corner }, { kind: 'invert' }] }), {
			selected: whole,
		});
	});

	it('is read from a mask file by its alpha, else by its brightness', async () => {
		const holed = plain(size, 9, 9, 9, 255);
		holed.data[(40 * 120 + 7) * 4 + 3] = 0;
		assert.deepEqual(await sees({ file: await png(holed) }), { selected: { x: 7, y: 40, width: 1, height: 1 } });
		const black = plain(size, 0, 0, 0, 255);
		assert.deepEqual(await sees({ file: await png(black) }), {});
		black.data.fill(255, 0, 8);
		assert.deepEqual(await sees({ file: await png(black) }), { selected: { x: 0, y: 0, width: 2, height: 1 } });
	});

	it('is not to be had of a mask of another size, or of a broken one', async () => {
		const other = await png(plain({ width: 60, height: 40 }, 255, 255, 255, 255));
		assert.match(await problemOf(sees({ file: other })), /^The mask has 60x40 pixels, the picture 120x80/);
		assert.match(await problemOf(sees({ file: other.subarray(0, 50) })), /^The mask cannot be read/);
	});
});

describe('a picture made ready to send', () => {
	it('has the planned size, and a mask of the same that every API reads alike', async () => {
		const original = { bytes: await png(source), selection: { rects: [rect] } };
		const plan = planOf('openai/gpt-image-2', repaint);
		const task = await prepared(original, plan);
		assert.ok(task.operation === 'edit' && task.mask);
		const [image] = task.images;
		assert.ok(image);
		const [picture, mask] = [await decode(image.bytes, codecs), await decode(task.mask.bytes, codecs)];
		for (const { width, height } of [picture, mask]) assert.deepEqual({ width, height }, plan.sends.size);
		const scale = plan.sends.size.width / plan.sends.part.width;
		const pixel = (x: number, y: number) => {
			const at =
				(Math.floor((y - plan.sends.part.y) * scale) * mask.width + Math.floor((x - plan.sends.part.x) * scale)) * 4;
			return [...mask.data.subarray(at, at + 4)];
		};
		assert.deepEqual(pixel(55, 40), [255, 255, 255, 0]);
		assert.deepEqual(pixel(10, 10), [0, 0, 0, 255]);
	});

	it('is the source and what is to be added, where the vendor expands by itself', async () => {
		const margins = { ...noMargins, right: 30 };
		const alteration: Alteration = { operation: 'expand', source: size, margins };
		const task = await prepared({ bytes: await png(source) }, planOf('sketch/placeholder', alteration));
		assert.ok(task.operation === 'expand');
		assert.deepEqual(task.margins, margins);
		assert.deepEqual((await decode(task.image.bytes, codecs)).data, source.data);
	});

	it('is a larger canvas and its mask, where the expansion is an edit', async () => {
		const alteration: Alteration = { operation: 'expand', source: size, margins: { ...noMargins, top: 40 } };
		const plan = planOf('openai/gpt-image-2', alteration);
		const task = await prepared({ bytes: await png(source) }, plan);
		assert.ok(task.operation === 'edit' && task.mask);
		const { data } = await decode(task.mask.bytes, codecs);
		assert.equal(data[3], 0, 'above is repainted');
		assert.equal(data.at(-1), 255, 'below is the picture');
	});

	it('has marks over it, of its own size and clear between them', async () => {
		const plan = planOf('openai/gpt-image-2.6-flare', { operation: 'edit', source: size, marked: true });
		const marks = plain(size, 255, 0, 0, 0);
		marks.data[3] = 255;
		const bytes = await png(source);
		const task = await prepared({ bytes, markup: await png(marks) }, plan);
		assert.ok(task.operation === 'edit' && task.markup && !task.mask);
		const problem = async (markup: Uint8Array) =>
			problemOf(prepare({ original: { bytes, markup }, plan, strength: 'medium' }, codecs));
		assert.match(await problem(await png(plain(size, 1, 2, 3, 255))), /^The markup hides the whole picture/);
		assert.match(
			await problem(await png(plain({ width: 9, height: 9 }, 1, 2, 3, 0))),
			/9x9 pixels, the picture 120x80/,
		);
		assert.match(await problem(bytes.subarray(0, 70)), /^The markup cannot be read/);
	});

	it('is varied as strongly as was asked for', async () => {
		const plan = planOf('sketch/placeholder', { operation: 'vary', source: size, strength: 'strong' });
		const task = await prepared({ bytes: await png(source) }, plan);
		assert.ok(task.operation === 'vary');
		assert.equal(task.strength, 'strong');
	});

	it('is not sent where it is broken, or heavier than the vendor takes', async () => {
		const bytes = await png(source);
		const plan = planOf('openai/gpt-image-2', repaint);
		const order = (changes: Partial<Original>, limit?: number) =>
			prepare(
				{
					original: { bytes, selection: { rects: [rect] }, ...changes },
					plan: { ...plan, ...(limit !== undefined && { mostBytes: limit }) },
					strength: 'medium',
				},
				codecs,
			);
		assert.match(await problemOf(order({ bytes: bytes.subarray(0, 900) })), /^The picture cannot be read/);
		assert.match(await problemOf(order({}, 1000)), /MB, and this model takes 0\. Choose another model\.$/);
	});
});

describe('a finished picture', () => {
	it('is the source outside the mask and what was made inside it', async () => {
		const original = { bytes: await png(source), selection: { rects: [rect] } };
		const plan = planOf('openai/gpt-image-2', repaint);
		const made = plain(plan.makes.size, 255, 0, 0, 255);
		const { bytes, changedOutsideMask } = await finished(original, plan, made);
		assert.equal(changedOutsideMask, 0);
		assert.equal(changedByPngjs(source, bytes, isOutside([rect])), 0);
		const { data, width } = PNG.sync.read(Buffer.from(bytes));
		const middle = (40 * width + 55) * 4;
		assert.deepEqual([...data.subarray(middle, middle + 4)], [255, 0, 0, 255]);
	});

	it('keeps every pixel in a lossless WebP too, and says how many a JPEG does not keep', async () => {
		const original = { bytes: await png(source), selection: { rects: [rect] } };
		const plan = planOf('openai/gpt-image-2', repaint);
		const made = plain(plan.makes.size, 0, 0, 255, 255);
		assert.equal((await finished(original, plan, made, 'webp')).changedOutsideMask, 0);
		assert.ok((await finished(original, plan, made, 'jpeg')).changedOutsideMask > 1000);
	});

	it('keeps the source in its place when it is expanded, whatever size comes back', async () => {
		const margins = { top: 10, right: 0, bottom: 33, left: 47 };
		const alteration: Alteration = { operation: 'expand', source: size, margins };
		for (const model of ['openai/gpt-image-2', 'runware/runware:101@1', 'runware/bfl:1@3', 'sketch/placeholder']) {
			const plan = planOf(model, alteration);
			const made = plain(
				{ width: 555, height: Math.round((555 * plan.makes.size.height) / plan.makes.size.width) },
				0,
				200,
				0,
				255,
			);
			const { bytes, changedOutsideMask } = await finished({ bytes: await png(source) }, plan, made);
			const after = PNG.sync.read(Buffer.from(bytes));
			assert.deepEqual([after.width, after.height, changedOutsideMask], [167, 123, 0], model);
			assert.equal(
				changedByPngjs(source, bytes, () => true, { x: 47, y: 10 }),
				0,
				model,
			);
			assert.deepEqual([...after.data.subarray(0, 4)], [0, 200, 0, 255], model);
		}
	});

	it('is what was painted over, pixel for pixel, where no feather is wanted', async () => {
		const strokes: readonly Stroke[] = [
			{ kind: 'rectangle', rect },
			{ kind: 'rectangle', rect: { x: 40, y: 30, width: 10, height: 10 }, erases: true },
		];
		const isPainted = (x: number, y: number) =>
			!isOutside([rect])(x, y) && isOutside([{ x: 40, y: 30, width: 10, height: 10 }])(x, y);
		const plan = planOf('sketch/placeholder', repaint);
		const red = plain(plan.makes.size, 255, 0, 0, 255);
		const { bytes, changedOutsideMask } = await finished(
			{ bytes: await png(source), selection: { strokes }, feather: 0 },
			plan,
			red,
		);
		assert.equal(changedOutsideMask, 0);
		assert.equal(
			changedByPngjs(source, bytes, (x, y) => !isPainted(x, y)),
			0,
		);
		assert.equal(changedByPngjs(plain(size, 255, 0, 0, 255), bytes, isPainted), 0);
	});

	it('fades in over as many pixels as were asked for, 8 where nothing was said', async () => {
		const white = plain(size, 255, 255, 255, 255);
		const plan = planOf('sketch/placeholder', repaint);
		const black = plain(plan.makes.size, 0, 0, 0, 255);
		/** Across the middle of the selection, from its left edge inwards: where it is black for the first time. */
		const depth = async (feather?: number) => {
			const original = { bytes: await png(white), selection: { strokes: [{ kind: 'rectangle', rect }] as const } };
			const { bytes } = await finished({ ...original, ...(feather !== undefined && { feather }) }, plan, black);
			const { data, width } = PNG.sync.read(Buffer.from(bytes));
			const row = Array.from({ length: 25 }, (_, x) => data[((rect.y + 20) * width + rect.x + x) * 4]);
			assert.deepEqual(
				row,
				row.toSorted((a = 0, b = 0) => b - a),
				'it never turns back',
			);
			return row.indexOf(0);
		};
		assert.deepEqual([await depth(0), await depth(4), await depth(8), await depth(16)], [0, 4, 8, 16]);
		assert.equal(await depth(), 8);
	});

	it('says that it came in another shape', async () => {
		const original = { bytes: await png(source), selection: { rects: [rect] } };
		const { warnings, changedOutsideMask } = await finished(
			original,
			planOf('openai/gpt-image-2', repaint),
			plain({ width: 100, height: 300 }, 1, 2, 3, 255),
		);
		assert.match(warnings.map(sentence).join(), /^The picture came as 100x300 instead of .*: its middle was used\.$/);
		assert.equal(changedOutsideMask, 0);
	});

	it('is not to be had of what is no picture', async () => {
		const plan = planOf('openai/gpt-image-2', repaint);
		const original = { bytes: await png(source), selection: { rects: [rect] } };
		const order = { original, plan, made: new TextEncoder().encode('no picture'), format: 'png' } as const;
		assert.match(
			await problemOf(finish(order, codecs)),
			/^What came back could not be read, so it was saved as it came/,
		);
	});

	it('keeps every pixel outside any mask, of any picture', async () => {
		const side = fc.integer({ min: 1, max: 40 });
		const place = fc.nat(39);
		await fc.assert(
			fc.asyncProperty(
				side,
				side,
				fc.integer(),
				fc.tuple(place, place, place, place),
				async (width, height, salt, [a, b, c, d]) => {
					const picture = noise(width, height, salt);
					const rects = [
						{ x: a % width, y: b % height, width: 1 + (c % width), height: 1 + (d % height) },
						{ x: c % width, y: d % height, width: 1, height: 1 },
					];
					const original = { bytes: await png(picture), selection: { rects } };
					const looked = await look({ size: picture, selection: { rects } }, codecs);
					assert.ok('selected' in looked && looked.selected);
					const alteration: Alteration = { operation: 'edit', source: { width, height }, selected: looked.selected };
					const plan = planOf('sketch/placeholder', alteration);
					const { bytes, changedOutsideMask } = await finished(original, plan, noise(50, 50, salt + 1));
					assert.equal(changedOutsideMask, 0);
					assert.equal(changedByPngjs(picture, bytes, isOutside(rects)), 0);
				},
			),
			{ numRuns: 60 },
		);
	});
});
