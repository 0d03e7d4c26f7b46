import assert from 'node:assert/strict';
import type { AlterPlan } from '../../../src/catalogue/alterPlan';
import type { Alteration } from '../../../src/domain/imageRequest';
import { type Margins, marginsForRatio, noMargins, withMargins } from '../../../src/domain/margins';
import type { Rect, Size } from '../../../src/domain/size';
import type { Original } from '../../../src/generation/painterWork';
import { decode } from '../../../src/image/decode';
import { noise } from '../builders';
import { codecs } from '../image/nodeCodecs';
import { finished, mostApart, plain, planOf, png, prepared, sentFor, waves } from './alterParts';

const size = { width: 700, height: 500 };
const selected: Rect = { x: 420, y: 150, width: 160, height: 120 };
const repaint: Alteration = { operation: 'edit', source: size, selected };
const wide = marginsForRatio(size, { width: 16, height: 9 });
const tall: Margins = { top: 130, right: 0, bottom: 33, left: 7 };

/** Levels by which a picture may differ that was sent, or came back, in another size. */
const rounding = 1;

/** Where a place of the canvas is so far inside a part of it that nothing beyond is seen there. */
function within({ x, y, width, height }: Rect): (x: number, y: number) => boolean {
	return (column, row) => column > x + 2 && column < x + width - 2 && row > y + 2 && row < y + height - 2;
}

/** What part of the canvas a vendor paints: that which is sent, or (with nothing of Limn's arithmetic) that and what it adds by itself. */
function paintedPart({ sends: { part, size: sent }, added = noMargins }: AlterPlan): Rect {
	const [across, down] = [part.width / sent.width, part.height / sent.height];
	return {
		x: part.x - added.left * across,
		y: part.y - added.top * down,
		width: part.width + (added.left + added.right) * across,
		height: part.height + (added.top + added.bottom) * down,
	};
}

/** What goes out, where the picture is. */
async function assertSent(original: Original, plan: AlterPlan, source: Rect): Promise<void> {
	const task = await prepared(original, plan);
	const image = task.operation === 'edit' ? task.images[0] : 'image' in task ? task.image : undefined;
	const { part, size: sent } = plan.sends;
	const isPicture = within(source);
	const counts = (x: number, y: number) =>
		isPicture(part.x + ((x + 0.5) * part.width) / sent.width, part.y + ((y + 0.5) * part.height) / sent.height);
	const apart = mostApart(await decode((image ?? assert.fail()).bytes, codecs), waves(sent, part), counts);
	assert.ok(apart <= rounding, `what was sent is ${apart} levels beside the picture`);
}

/**
 * What was made of it, at `scale` times the size that was asked for: everything but the outermost pixels, where a smaller picture has
 * none to go by, and the soft edge round a source, where its border's colours go on.
 */
async function assertPlaced(original: Original, plan: AlterPlan, source: Rect, scale: number): Promise<void> {
	const { width, height } = plan.makes.size;
	const made = waves({ width: Math.round(width * scale), height: Math.round(height * scale) }, paintedPart(plan));
	const { bytes, changedOutsideMask, warnings } = await finished(original, plan, made);
	assert.deepEqual([changedOutsideMask, warnings], [0, []]);
	const canvas = withMargins(source, plan.margins);
	const isOnCanvas = within({ x: 0, y: 0, ...canvas });
	const isNear = within(grown(source, 11));
	const isSource = within(grown(source, 2));
	const counts = (x: number, y: number) => isOnCanvas(x, y) && (isSource(x, y) || !isNear(x, y));
	const apart = mostApart(await decode(bytes, codecs), waves(canvas), counts);
	assert.ok(apart <= rounding, `at ${scale} what was made is ${apart} levels beside its place`);
}

function grown({ x, y, width, height }: Rect, by: number): Rect {
	return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

describe('the place of what is made', () => {
	for (const model of ['openai/gpt-image-2', 'runware/bfl:3@1']) {
		it(`${model}: is that of what was sent of a picture`, async () => {
			const plan = planOf(model, repaint);
			const original = { bytes: await png(waves(size)), selection: { rects: [selected] } };
			const source = { x: 0, y: 0, ...size };
			await assertSent(original, plan, source);
			await assertPlaced(original, plan, source, 1);
		});
	}

	for (const [model, margins, way] of [
		['runware/runware:101@1', wide, 'native'],
		['runware/bfl:1@3', tall, 'native'],
		['sketch/placeholder', tall, 'native'],
		['openai/gpt-image-2', wide, 'emulated'],
		['custom/sd-cpp-local', tall, 'emulated'],
	] as const) {
		it(`${model}: is that of a picture’s surroundings, ${way}`, async () => {
			const plan = planOf(model, { operation: 'expand', source: size, margins });
			assert.equal(plan.way, way);
			const source = { x: margins.left, y: margins.top, ...size };
			const original = { bytes: await png(waves(size, source)) };
			await assertSent(original, plan, source);
			for (const scale of [1, 0.5]) await assertPlaced(original, plan, source, scale);
		});
	}

	it('is not in whole pixels where the vendor’s sides are longer: no seam is beside the picture’s edge', () => {
		const { makes } = planOf('runware/runware:101@1', { operation: 'expand', source: size, margins: wide });
		assert.notEqual(makes.part.x % 1, 0);
	});

	for (const [form, canvas, rect] of [
		['wide', size, selected],
		['tall', { width: 500, height: 700 }, { x: 150, y: 420, width: 120, height: 160 }],
	] as const) {
		it(`is exactly that, where nothing is scaled and the picture is ${form}`, async () => {
			const source = noise(canvas.width, canvas.height, 3);
			const original = { bytes: await png(source), selection: { rects: [rect] } };
			const plan = planOf('openai/dall-e-2', { operation: 'edit', source: canvas, selected: rect });
			const { image, mask } = await sentFor(original, plan);
			const { bytes } = await finished(original, plan, await decode(image.bytes, codecs));
			assert.equal(mostApart(await decode(bytes, codecs), source), 0);
			const { x, y, width, height } = plan.sends.part;
			assert.deepEqual({ width, height }, plan.sends.size);
			assert.ok(Math.max(x, y) > 0, 'it is a part of the picture');
			const clear = plain({ width, height }, 0, 0, 0, 255);
			for (let row = rect.y - y; row < rect.y - y + rect.height; row++)
				for (let column = rect.x - x; column < rect.x - x + rect.width; column++)
					clear.data.set([255, 255, 255, 0], (row * width + column) * 4);
			assert.equal(mostApart(await decode((mask ?? assert.fail()).bytes, codecs), clear), 0);
		});
	}
});

/** Of what was made, at these places of a black picture on which it is white. */
async function sharesAt(
	source: Size,
	alteration: Alteration,
	places: readonly (readonly [x: number, y: number])[],
): Promise<number[]> {
	const plan = planOf('sketch/placeholder', alteration);
	const rects = alteration.operation === 'edit' && alteration.selected ? [alteration.selected] : undefined;
	const original = { bytes: await png(plain(source, 0, 0, 0, 255)), ...(rects && { selection: { rects } }) };
	const { bytes } = await finished(original, plan, plain(plan.makes.size, 255, 255, 255, 255));
	const { width, data } = await decode(bytes, codecs);
	return places.map(([x, y]) => data[(y * width + x) * 4] ?? 0);
}

describe('the edge of what is made', () => {
	const small = { width: 120, height: 80 };

	it('is soft inside the mask, over 8 pixels', async () => {
		const alteration: Alteration = {
			operation: 'edit',
			source: small,
			selected: { x: 30, y: 20, width: 90, height: 40 },
		};
		const across = [29, 30, 33, 37, 38, 41, 119].map((x) => [x, 40] as const);
		const down = [19, 20, 23, 27, 28, 31].map((y) => [75, y] as const);
		const up = [60, 59, 56, 52, 51, 48].map((y) => [75, y] as const);
		// 1, 4, 8, 9 and 12 pixels inside; the picture's own border is no edge.
		const soft = [0, 29, 114, 227, 255, 255];
		assert.deepEqual(await sharesAt(small, alteration, across), [...soft, 255]);
		assert.deepEqual(await sharesAt(small, alteration, down), soft);
		assert.deepEqual(await sharesAt(small, alteration, up), soft);
	});

	it('is soft round a picture that is expanded', async () => {
		const alteration: Alteration = {
			operation: 'expand',
			source: small,
			margins: { ...noMargins, left: 40, right: 40 },
		};
		const right = [159, 160, 163, 167, 168, 171, 199].map((x) => [x, 40] as const);
		const left = [40, 39, 36, 32, 31, 28, 0].map((x) => [x, 40] as const);
		const soft = [0, 29, 114, 227, 255, 255, 255];
		assert.deepEqual(await sharesAt(small, alteration, right), soft);
		assert.deepEqual(await sharesAt(small, alteration, left), soft);
	});
});
