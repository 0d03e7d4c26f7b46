import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { decode, encode } from 'fast-png';
import { check } from '../../../src/catalogue/check';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { PainterThread } from '../../../src/generation/painterThread';
import { createSend } from '../../../src/generation/send';
import type { Pixels } from '../../../src/image/pixels';
import { sniff } from '../../../src/image/sniff';
import { fulfil } from '../../../src/providers/sketch/fulfil';
import type { PaintOrder } from '../../../src/providers/provider';
import { requestOf, terms } from '../builders';
import { codecs } from '../image/nodeCodecs';

/** The bundle that ships. */
const script = path.resolve('dist/generation/painter.js');

function orderOf(changes: Partial<PaintOrder> = {}): PaintOrder {
	const prompt = 'dawn over the sea';
	const size = { width: 96, height: 64 };
	return { task: { operation: 'generate' }, prompt, size, seed: '1', format: 'png', ...changes };
}

/** A mask whose upper half is transparent. */
function upperHalfOpen({ width, height }: Pixels): Pixels {
	const half = (width * height * 4) / 2;
	return { width, height, data: new Uint8Array(width * height * 4).fill(255, half) };
}

/** No picture has such a size. */
const broken = orderOf({ size: { width: -1, height: 64 } });
/** Takes long enough to be cancelled while it is painted. */
const large = orderOf({ size: { width: 4096, height: 4096 } });

describe('the painter thread', function () {
	// A thread starts in a moment, but on a busy machine that may be a long one.
	this.timeout(30_000);

	let painter: PainterThread;
	const { signal } = new AbortController();

	beforeEach(() => {
		painter = new PainterThread(script);
	});

	afterEach(() => painter.dispose());

	it('paints what was ordered, exactly as the pure code does', async () => {
		const file = await painter.paint(orderOf(), signal);
		assert.deepEqual(sniff(file), { format: 'png', width: 96, height: 64 });
		const { data, channels } = decode(file);
		assert.equal(channels, 3);
		const expected = fulfil(orderOf(), codecs).data.filter((_, index) => index % 4 !== 3);
		assert.deepEqual(Uint8Array.from(data), expected);
	});

	it('writes every format that can be asked for', async () => {
		for (const format of ['png', 'jpeg', 'webp'] as const) {
			assert.deepEqual(sniff(await painter.paint(orderOf({ format }), signal)), { format, width: 96, height: 64 });
		}
	});

	it('gives the same bytes for the same order, and others for another seed', async () => {
		const [one, again, other] = await Promise.all([
			painter.paint(orderOf(), signal),
			painter.paint(orderOf(), signal),
			painter.paint(orderOf({ seed: '2' }), signal),
		]);
		assert.deepEqual(one, again);
		assert.notDeepEqual(one, other);
	});

	it('gives each caller its own picture', async () => {
		const widths = [20, 50, 30, 40];
		const files = await Promise.all(
			widths.map(async (width) => painter.paint(orderOf({ size: { width, height: 20 } }), signal)),
		);
		assert.deepEqual(
			files.map((file) => sniff(file)?.width),
			widths,
		);
	});

	it('repaints, expands and varies what crosses to it', async () => {
		const source = fulfil(orderOf(), codecs);
		const image = { bytes: encode({ ...source, channels: 4 }), format: 'png' } as const;
		const mask = { bytes: encode({ ...upperHalfOpen(source), channels: 4 }), format: 'png' } as const;
		const margins = { top: 0, right: 10, bottom: 0, left: 10 };
		const tasks: readonly PaintOrder['task'][] = [
			{ operation: 'edit', images: [image], mask },
			{ operation: 'expand', image, margins },
			{ operation: 'vary', image, strength: 'medium' },
		];
		const orders = tasks.map((task) => orderOf({ task, seed: '9', size: { width: 116, height: 64 } }));
		const files = await Promise.all(orders.map(async (order) => painter.paint(order, signal)));
		assert.deepEqual(
			files.map((file) => sniff(file)?.width),
			[96, 116, 96],
		);
		const edited = decode(files[0] ?? new Uint8Array()).data.slice(-96 * 3);
		assert.deepEqual(
			Uint8Array.from(edited),
			source.data.slice(-96 * 4).filter((_, index) => index % 4 !== 3),
		);
	});

	it('paints nothing for an order that was cancelled before', async () => {
		await assert.rejects(painter.paint(orderOf(), AbortSignal.abort(new Error('too late'))), /^Error: too late$/);
	});

	it('takes a waiting order back, and paints the others', async () => {
		const controller = new AbortController();
		const first = painter.paint(orderOf(), signal);
		const waiting = painter.paint(orderOf({ seed: '2' }), controller.signal);
		const last = painter.paint(orderOf(), signal);
		controller.abort(new Error('changed my mind'));
		await assert.rejects(waiting, /^Error: changed my mind$/);
		assert.deepEqual(await first, await last);
	});

	it('starts one thread for many orders, and another only when a running order was stopped', async () => {
		let threads = 0;
		const onWorker = (): void => void threads++;
		process.on('worker', onWorker);
		const [waiting, running] = [new AbortController(), new AbortController()];
		const first = painter.paint(orderOf(), signal);
		const second = painter.paint(orderOf(), waiting.signal);
		waiting.abort();
		await assert.rejects(second);
		await first;
		await painter.paint(orderOf(), signal);
		assert.equal(threads, 1);
		const third = painter.paint(large, running.signal);
		running.abort();
		await assert.rejects(third);
		await painter.paint(orderOf(), signal);
		process.off('worker', onWorker);
		assert.equal(threads, 2);
	});

	it('can be started before there is an order: once, and where that fails the order says so', async () => {
		let threads = 0;
		const onWorker = (): void => void threads++;
		process.on('worker', onWorker);
		const early = new PainterThread(painter.script);
		early.start();
		early.start();
		await early.paint(orderOf(), signal);
		process.off('worker', onWorker);
		early.dispose();
		assert.equal(threads, 1);
		const lost = new PainterThread(path.resolve('dist/generation/nowhere.js'));
		lost.start();
		await assert.rejects(lost.paint(orderOf(), signal), /nowhere/);
		lost.dispose();
	});

	it('stops a running order at once, and paints the ones that wait', async () => {
		const controller = new AbortController();
		const order: string[] = [];
		const running = painter.paint(large, controller.signal).finally(() => order.push('cancelled'));
		const waiting = painter.paint(orderOf(), signal).finally(() => order.push('painted'));
		controller.abort(new Error('enough'));
		await assert.rejects(running, /^Error: enough$/);
		assert.deepEqual(sniff(await waiting), { format: 'png', width: 96, height: 64 });
		assert.deepEqual(order, ['cancelled', 'painted']);
		assert.deepEqual(await painter.paint(orderOf(), signal), await waiting);
	});

	it('stops an order in the middle of painting', async () => {
		await painter.paint(orderOf(), signal); // The thread is running.
		const controller = new AbortController();
		const running = painter.paint(large, controller.signal);
		await new Promise((resolve) => setImmediate(resolve));
		controller.abort(new Error('enough'));
		await assert.rejects(running, /^Error: enough$/);
		assert.ok(sniff(await painter.paint(orderOf(), signal)));
	});

	it('takes back a whole job at once', async () => {
		const controller = new AbortController();
		const job = Array.from({ length: 8 }, async () => painter.paint(large, controller.signal));
		const results = Promise.allSettled(job);
		controller.abort(new Error('all of it'));
		for (const result of await results)
			assert.ok(result.status === 'rejected' && String(result.reason) === 'Error: all of it');
		assert.ok(sniff(await painter.paint(orderOf(), signal)));
	});

	it('rejects an order that breaks it, and recovers', async () => {
		const before = painter.paint(orderOf(), signal);
		const breaking = painter.paint(broken, signal);
		const after = painter.paint(orderOf(), signal);
		await assert.rejects(breaking, RangeError);
		assert.deepEqual(await before, await after);
		await assert.rejects(painter.paint(broken, signal), RangeError);
		assert.deepEqual(await painter.paint(orderOf(), signal), await before);
	});

	it('rejects an order that cannot cross to it, and recovers', async () => {
		const impossible = { ...orderOf(), surprise: () => undefined };
		const [first, second, third] = await Promise.allSettled([
			painter.paint(impossible, signal),
			painter.paint(impossible, signal),
			painter.paint(orderOf(), signal),
		]);
		for (const result of [first, second])
			assert.ok(result.status === 'rejected' && /could not be cloned/.test(String(result.reason)));
		assert.ok(third.status === 'fulfilled' && sniff(third.value));
	});

	it('serves the many pictures of one job without a warning', async () => {
		const warnings: string[] = [];
		const onWarning = ({ name }: Error): void => void warnings.push(name);
		process.on('warning', onWarning);
		const { signal } = new AbortController();
		for (let count = 0; count < 12; count++) await painter.paint(orderOf({ size: { width: 16, height: 16 } }), signal);
		await new Promise((resolve) => setImmediate(resolve));
		process.off('warning', onWarning);
		assert.deepEqual(warnings, []);
	});

	it('leaves no listener on a signal that outlives its orders', async () => {
		const controller = new AbortController();
		await Promise.all([painter.paint(orderOf(), controller.signal), painter.paint(orderOf(), controller.signal)]);
		await assert.rejects(painter.paint(broken, controller.signal));
		assert.deepEqual(getEventListeners(controller.signal, 'abort'), []);
	});

	it('rejects what it had not finished when it is stopped, and can be stopped twice', async () => {
		const results = Promise.allSettled([painter.paint(large, signal), painter.paint(orderOf(), signal)]);
		painter.dispose();
		painter.dispose();
		for (const result of await results)
			assert.ok(result.status === 'rejected' && /stopped/.test(String(result.reason)));
	});

	it('rejects what it was at when it ends of itself, and another takes its place', async () => {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'limn-painter-'));
		const ending = path.join(folder, 'ending.js');
		await writeFile(ending, "require('node:worker_threads').parentPort.once('message', () => process.exit(0));");
		const mortal = new PainterThread(ending);
		await assert.rejects(mortal.paint(orderOf(), signal), /The painter thread ended/);
		await assert.rejects(mortal.paint(orderOf(), signal), /The painter thread ended/);
		mortal.dispose();
		await rm(folder, { recursive: true });
	});

	it('makes a picture ready, finishes it, and says and forgets where it comes from', async () => {
		const size = { width: 64, height: 48 };
		const bytes = await painter.paint(orderOf({ size }), signal);
		const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
		shared.set(bytes);
		const original = { bytes: shared, selection: { rects: [{ x: 8, y: 8, width: 16, height: 16 }] } };
		const selected = { x: 8, y: 8, width: 16, height: 16 };
		const { selection } = original;
		assert.deepEqual(await painter.ask({ craft: 'look', order: { size, selection } }, signal), { selected });
		const alteration = { operation: 'edit', source: size, selected } as const;
		const request = requestOf({ model: 'sketch/placeholder', operation: 'edit', alteration });
		const checked = check(request, { models, offers }, terms);
		assert.ok('calls' in checked && checked.alter);
		const plan = checked.alter;
		const task = await painter.ask({ craft: 'prepare', order: { original, plan, strength: 'medium' } }, signal);
		assert.ok('operation' in task && task.operation === 'edit' && task.mask);
		const made = await painter.paint(orderOf({ size, task }), signal);
		const record = { operation: 'edit', prompt: 'told', model: 'sketch/placeholder', options: {} } as const;
		const order = { original, plan, made, format: 'png', record } as const;
		const finished = await painter.ask({ craft: 'finish', order }, signal);
		assert.ok('bytes' in finished && finished.changedOutsideMask === 0);
		const stripped = await painter.ask({ craft: 'strip', order: finished.bytes }, signal);
		assert.ok(stripped && finished.bytes.length > stripped.length);
		const told = await painter.ask({ craft: 'tell', order: { bytes: stripped, record } }, signal);
		assert.deepEqual(told, finished.bytes);
		const broken = original.bytes.slice(0, 40);
		assert.equal(await painter.ask({ craft: 'strip', order: broken }, signal), undefined);
	});

	it('rejects where its script is missing', async () => {
		const lost = new PainterThread(path.resolve('dist/generation/nowhere.js'));
		await assert.rejects(lost.paint(orderOf(), signal), /nowhere/);
		lost.dispose();
	});

	it('is where paint requests are sent', async () => {
		const send = createSend(painter, async () => assert.fail('Nothing goes out.'));
		const picture = await painter.paint(orderOf(), signal);
		assert.deepEqual(await send({ kind: 'paint', order: orderOf() }, signal), { status: 200, headers: {}, picture });
		const aborted = AbortSignal.abort(new Error('no'));
		await assert.rejects(send({ kind: 'paint', order: orderOf() }, aborted), /^Error: no$/);
	});

	it('is not where other requests are sent', async () => {
		const reply = { status: 204, headers: {} };
		const request = { kind: 'http', method: 'GET', path: '/models', billed: false } as const;
		const sent: unknown[] = [];
		const send = createSend(painter, async (...given) => (sent.push(...given), reply));
		assert.equal(await send(request, signal), reply);
		assert.deepEqual(sent, [request, signal]);
	});
});
