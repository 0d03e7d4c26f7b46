import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readEvents } from '../../../src/network/events';
import { Shelf } from '../../../src/network/shelf';
import type { NoReply, ServerEvent } from '../../../src/providers/provider';
import { chunksOf, collect, observe, randomBytesOf, streamOf } from './builders';

async function readAll(text: string | Uint8Array, cuts: readonly number[] = []): Promise<(ServerEvent | NoReply)[]> {
	return collect(readEvents(streamOf(chunksOf(text, cuts))));
}

interface Written {
	readonly name: string | undefined;
	readonly lines: readonly string[];
	readonly comment: boolean;
	readonly space: boolean;
}

const line = fc.string({
	maxLength: 12,
	unit: fc.constantFrom('a', ':', ' ', 'ü', '漢', '😀', '{', '}', '"', '1', ',', '['),
});
const event: fc.Arbitrary<Written> = fc.record({
	name: fc.option(fc.constantFrom('ping', 'image_generation.partial_image', 'ß'), { nil: undefined }),
	lines: fc.array(line, { minLength: 1, maxLength: 3 }),
	comment: fc.boolean(),
	space: fc.boolean(),
});

function write({ name, lines, comment, space }: Written, end: string): string {
	const blank = space ? ' ' : '';
	const fields = [
		...(comment ? [': keep alive', 'id: 7', 'retry: 10', 'unknown: x'] : []),
		...(name === undefined ? [] : [`event:${blank}${name}`]),
		// One blank after the colon belongs to the format.
		...lines.map((text) => `data: ${text}`),
	];
	return [...fields, '', ''].join(end);
}

function expected({ name, lines }: Written): ServerEvent {
	const text = lines.join('\n');
	try {
		return { name: name ?? 'message', data: JSON.parse(text) };
	} catch {
		return { name: name ?? 'message', data: text };
	}
}

const breaking = async function* () {
	yield Buffer.from('data: 1\n\n');
	throw new Error('gone');
};

/** A text so deep in lists. */
function deep(depth: number, text: string): string {
	return `data: ${'['.repeat(depth)}"${text}"${']'.repeat(depth)}\n\n`;
}

describe('the events of a stream', () => {
	it('are 10,000 at most', async () => {
		const all = await readAll('data: {}\n\n'.repeat(10_010));
		assert.equal(all.length, 10_001);
		assert.deepEqual(all.at(-1), { lost: 'too-large', unseen: false, detail: 'there are too many events' });
	});

	it('leave turns of the event loop to others, however small they are', async () => {
		let turns = 0;
		const count = () => {
			turns++;
			timer = setImmediate(count);
		};
		let timer = setImmediate(count);
		await readAll('data: {}\n\n'.repeat(5000));
		clearImmediate(timer);
		assert.ok(turns >= 25, String(turns));
	});

	it('are as deep in short data as in long', async () => {
		for (const text of ['', 'x y '.repeat(2000)]) {
			const [fine] = await readAll(deep(200, text));
			assert.ok(fine && 'data' in fine && Array.isArray(fine.data));
			const [other] = await readAll(deep(201, text));
			assert.ok(other && 'data' in other && typeof other.data === 'string');
		}
		const [flat] = await readAll(`data: [${'{},'.repeat(400)}123456789012345678901]\n\n`);
		assert.ok(flat && 'data' in flat && Array.isArray(flat.data));
		assert.equal(flat.data.at(-1), '123456789012345678901');
	});

	it('are the same wherever the stream is cut, whatever ends its lines', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(event, { maxLength: 5 }),
				fc.constantFrom('\n', '\r\n', '\r'),
				fc.constantFrom('', '\ufeff'),
				fc.array(fc.nat(), { maxLength: 30 }),
				async (written, end, mark, cuts) => {
					const text = mark + written.map((item) => write(item, end)).join('');
					assert.deepEqual(await readAll(text, cuts), written.map(expected));
				},
			),
			{ numRuns: 200 },
		);
	});

	it('are the same byte by byte', async () => {
		const text = 'event: ü\r\ndata: {"a":"😀"}\r\n\r\n: comment\r\n\r\ndata: [DONE]\r\n\r\n';
		const everywhere = Array.from({ length: 80 }, (_, index) => index);
		assert.deepEqual(await readAll(text, everywhere), [
			{ name: 'ü', data: { a: '😀' } },
			{ name: 'message', data: '[DONE]' },
		]);
	});

	it('have their pictures decoded, as a whole body has', async () => {
		const picture = randomBytesOf(20_000, 5);
		const data = JSON.stringify({ type: 'partial', b64_json: Buffer.from(picture).toString('base64') });
		assert.deepEqual(await readAll(`data: ${data}\n\n`, [1000, 20_000]), [
			{ name: 'message', data: { type: 'partial', b64_json: picture } },
		]);
	});

	it('may be a long text', async () => {
		const text = 'no JSON '.repeat(1000).trim();
		assert.deepEqual(await readAll(`data: ${text}\n\n`), [{ name: 'message', data: text }]);
	});

	it('are whole: what is left at the end is none', async () => {
		assert.deepEqual(await readAll('data: 1\n\ndata: 2\n'), [{ name: 'message', data: 1 }]);
		assert.deepEqual(await readAll(''), []);
	});

	it('come at once, not at the end', async () => {
		let isOver = false;
		const chunks = async function* () {
			yield Buffer.from('data: 1\n\n');
			await new Promise((resolve) => setImmediate(resolve));
			isOver = true;
		};
		for await (const event of readEvents(chunks()))
			assert.deepEqual([event, isOver], [{ name: 'message', data: 1 }, false]);
	});

	it('end where one is too large', async () => {
		const block = Buffer.alloc(2 ** 22, 'x');
		let sent = 0;
		const endless = async function* () {
			yield Buffer.from('data: 1\n\ndata: ');
			for (;;) {
				sent += block.length;
				yield block;
			}
		};
		const events = await collect(readEvents(endless()));
		assert.deepEqual(events, [
			{ name: 'message', data: 1 },
			{ lost: 'too-large', unseen: false, detail: 'an event is too large' },
		]);
		assert.ok(sent < 100 * 2 ** 20, `${sent}`);
	});

	it('end where the text of one is too large, with or without pictures', async () => {
		const picture = Buffer.from(randomBytesOf(9000, 5)).toString('base64');
		const end = { lost: 'too-large', unseen: false, detail: 'an event is too large' };
		for (const unit of [`{"b64_json":"${picture}"},${'{},'.repeat(3000)}`, '{},', '"",', 'no JSON ', '[', '"']) {
			const text = `data: 1\n\ndata: [${unit.repeat(Math.ceil(1.1e6 / unit.length))}\n\ndata: 2\n\n`;
			assert.deepEqual(await readAll(text), [{ name: 'message', data: 1 }, end], unit.slice(0, 20));
		}
	});

	it('hold nobody up, even with a large picture', async () => {
		const base64 = Buffer.alloc(30_000_000, 'QUJD').toString();
		const { outcome, isOver } = observe(readAll(`data: {"b64_json":"${base64}"}\n\n`));
		let turns = 0;
		for (; !isOver(); turns++) await new Promise((resolve) => setImmediate(resolve));
		const [event] = await outcome;
		assert.ok(event && 'data' in event);
		assert.ok(turns > base64.length / 2 ** 16 - 10, `${turns}`);
	});

	it('end where there are none, only lines that mean nothing', async () => {
		let sent = 0;
		const endless = async function* () {
			yield Buffer.from('data: 1\n\n');
			for (; sent < 100; sent++) yield Buffer.from('x\n'.repeat(1000));
		};
		assert.deepEqual(await collect(readEvents(endless())), [
			{ name: 'message', data: 1 },
			{ lost: 'garbled', unseen: false, detail: 'this is no stream of events' },
		]);
		assert.equal(sent, 0);
	});

	it('may have a field with each that nobody knows', async () => {
		const text = 'sent: 12:00\nretry: soon\ndata: 1\n\n'.repeat(200);
		assert.equal((await readAll(text)).length, 200);
	});

	it('pass on what breaks the stream', async () => {
		await assert.rejects(collect(readEvents(breaking())), /gone/);
	});

	it('are read one by one: a text after a large picture is a text', async () => {
		const picture = Buffer.alloc(1_200_000, 7);
		const stream = Buffer.from(`data: ["${picture.toString('base64')}"]\n\ndata: [DONE]\n\n`);
		const shelf = new Shelf();
		const events = [];
		for await (const event of readEvents(
			(async function* () {
				yield stream;
			})(),
			shelf,
		))
			events.push('data' in event ? event.data : event);
		shelf.release();
		assert.equal(events.length, 2);
		assert.equal(events[1], '[DONE]');
	});
});
