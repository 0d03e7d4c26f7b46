import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import type { AlterPlan } from '../../../src/catalogue/alterPlan';
import { check } from '../../../src/catalogue/check';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import type { RequestableFormat } from '../../../src/domain/imageFormat';
import type { Alteration } from '../../../src/domain/imageRequest';
import type { Message } from '../../../src/domain/message';
import type { Rect, Size } from '../../../src/domain/size';
import { finish, prepare } from '../../../src/generation/alterPictures';
import type { Finished, FinishOrder, Original } from '../../../src/generation/painterWork';
import { encode } from '../../../src/image/encode';
import type { Pixels } from '../../../src/image/pixels';
import type { InputImage, Task } from '../../../src/providers/provider';
import { requestOf, sentence, terms } from '../builders';
import { codecs } from '../image/nodeCodecs';

/** What an offer would do; retired ones too. */
export function planOf(model: string, alteration: Alteration): AlterPlan {
	const request = requestOf({ model, operation: alteration.operation, alteration });
	const plan = check(request, { models, offers }, { ...terms, allowRetired: [model] });
	if (!('calls' in plan) || !plan.alter) throw new Error(`${model} cannot do this.`);
	return plan.alter;
}

export async function png(pixels: Pixels): Promise<Uint8Array> {
	return encode(pixels, 'png', codecs);
}

/** A picture of one colour, as no model would make one. */
export function plain({ width, height }: Size, ...colour: readonly [number, number, number, number]): Pixels {
	const [packed = 0] = new Uint32Array(Uint8Array.from(colour).buffer);
	return { width, height, data: new Uint8Array(new Uint32Array(width * height).fill(packed).buffer) };
}

/**
 * A part of an endless picture, in so many pixels (neither has to be whole, nor scaled alike on both sides). It is so smooth that its
 * size does not show, and so steep that half a pixel aside does: up to 16 levels a pixel. Nothing is like it within 200 pixels.
 */
export function waves({ width, height }: Size, part: Rect = { x: 0, y: 0, width, height }): Pixels {
	const columns = heights(part.x, part.width, width);
	const rows = heights(part.y, part.height, height);
	const data = new Uint8Array(width * height * 4);
	let at = 0;
	for (const [green, b] of rows) {
		for (const [red, a] of columns) {
			data[at++] = Math.round(128 + 100 * red);
			data[at++] = Math.round(128 + 100 * green);
			data[at++] = Math.round(128 + 50 * (a + b));
			data[at++] = 255;
		}
	}
	return { width, height, data };
}

/** Of two waves, at the middle of each of so many pixels, -1 to 1. */
function heights(start: number, span: number, count: number): (readonly [number, number])[] {
	const wave = (index: number, length: number) =>
		Math.sin((2 * Math.PI * (start + ((index + 0.5) * span) / count)) / length);
	return Array.from({ length: count }, (_, index) => [wave(index, 40), wave(index, 50)] as const);
}

export async function prepared(original: Original, plan: AlterPlan): Promise<Task> {
	const task = await prepare({ original, plan, strength: 'strong' }, codecs);
	if ('problem' in task) throw new Error(sentence(task.problem));
	return task;
}

/** What goes out to be edited. */
export async function sentFor(
	original: Original,
	plan: AlterPlan,
): Promise<Extract<Task, { operation: 'edit' }> & { readonly image: InputImage }> {
	const task = await prepared(original, plan);
	assert.ok(task.operation === 'edit' && task.images[0]);
	return { ...task, image: task.images[0] };
}

export async function finished(
	original: Original,
	plan: AlterPlan,
	made: Pixels,
	format: RequestableFormat = 'png',
	more: Pick<FinishOrder, 'record'> = {},
): Promise<Finished> {
	const file = await finish({ original, plan, made: await png(made), format, ...more }, codecs);
	if ('problem' in file) throw new Error(sentence(file.problem));
	return file;
}

export async function problemOf(work: Promise<object | { problem: Message }>): Promise<string> {
	const done = await work;
	return 'problem' in done ? sentence(done.problem) : assert.fail('it went well');
}

/** Pixels of a source that differ in a file, counted by a decoder of other people's. */
export function changedByPngjs(
	source: Pixels,
	file: Uint8Array,
	kept: (x: number, y: number) => boolean,
	at = { x: 0, y: 0 },
): number {
	const after = PNG.sync.read(Buffer.from(file));
	let count = 0;
	for (let y = 0; y < source.height; y++) {
		for (let x = 0; x < source.width; x++) {
			if (!kept(x, y)) continue;
			const from = (y * source.width + x) * 4;
			const to = ((y + at.y) * after.width + x + at.x) * 4;
			if (!Buffer.from(source.data.subarray(from, from + 4)).equals(after.data.subarray(to, to + 4))) count++;
		}
	}
	return count;
}

export function isOutside(rects: readonly Rect[]): (x: number, y: number) => boolean {
	return (x, y) =>
		!rects.some((rect) => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height);
}

/** By how much two pictures of one size differ at most, in any channel of any pixel that counts. */
export function mostApart(a: Pixels, b: Pixels, counts: (x: number, y: number) => boolean = () => true): number {
	assert.deepEqual([a.width, a.height], [b.width, b.height]);
	let most = 0;
	for (let at = 0; at < a.data.length; at++) {
		const apart = Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
		const pixel = at >> 2;
		if (apart > most && counts(pixel % a.width, Math.floor(pixel / a.width))) most = apart;
	}
	return most;
}
