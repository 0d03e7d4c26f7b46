import assert from 'node:assert/strict';
import * as z from 'zod';
import { isPictureBytes, type PictureBytes, wholeOf } from '../../../src/domain/picture';
import { readBody, textLimit } from '../../../src/network/readBody';
import { chunksOf, observe, pngOf, randomBytesOf, streamOf } from './builders';

const read = async (content: string | Uint8Array, cuts: readonly number[] = []): ReturnType<typeof readBody> =>
	readBody(streamOf(chunksOf(content, cuts)));

/** A body that is there at once, and how much of it was asked for. */
function poured(chunks: readonly Uint8Array[]): {
	readonly body: AsyncIterable<Uint8Array>;
	readonly taken: () => number;
} {
	let taken = 0;
	const pour = async function* () {
		for (const chunk of chunks) {
			taken++;
			yield chunk;
		}
	};
	return { body: pour(), taken: () => taken };
}

/** What is measured in each turn of the event loop while work lasts. */
async function turnsOf(work: Promise<unknown>, measure: () => number): Promise<number[]> {
	const { outcome, isOver } = observe(work);
	const turns = [measure()];
	while (!isOver()) {
		await new Promise((resolve) => setImmediate(resolve));
		turns.push(measure());
	}
	await outcome;
	return turns;
}

describe('what a body is', () => {
	it('shows however its beginning is cut', async () => {
		const png = pngOf(3, 4);
		const everywhere = Array.from({ length: 20 }, (_, index) => index);
		assert.deepEqual(await read(png, everywhere), { picture: png });
		assert.deepEqual(await read('\ufeff \r\n\t {"a":1}', everywhere), { json: { a: 1 } });
		assert.deepEqual(await read('plain text it is', everywhere), { text: 'plain text it is' });
	});

	it('may come after blanks that only say that somebody works', async () => {
		const blanks = Array.from({ length: 300 }, () => Buffer.alloc(1000, ' \n'));
		const { body } = poured([...blanks, Buffer.from(' [1]')]);
		assert.deepEqual(await readBody(body), { json: [1] });
	});

	it('is garbled after a megabyte of blanks, and no more of them is asked for', async () => {
		const { body, taken } = poured(Array.from({ length: 40 }, () => Buffer.alloc(2 ** 16, ' \r\n\t')));
		assert.equal(await readBody(body), 'garbled');
		assert.equal(taken(), 17);
		const almost = poured([...Array.from({ length: 15 }, () => Buffer.alloc(2 ** 16, ' ')), Buffer.from('{}')]);
		assert.deepEqual(await readBody(almost.body), { json: {} });
	});

	it('is nothing where there are only blanks', async () => {
		assert.deepEqual(await read(' \n\n '), {});
		assert.deepEqual(await read(''), {});
	});

	it('is a text where it is shorter than any picture', async () => {
		assert.deepEqual(await read('no'), { text: 'no' });
		assert.deepEqual(await read(Buffer.from([0x89, 0x50])), { text: '\ufffdP' });
	});

	it('is asked for no further than a text is kept', async () => {
		const { body, taken } = poured(Array.from({ length: 100 }, () => Buffer.alloc(1000, 'x')));
		assert.deepEqual(await readBody(body), { text: 'x'.repeat(textLimit) });
		assert.equal(taken(), 5);
	});

	it('is garbled or too large as its JSON is', async () => {
		assert.equal(await read('{"a":'), 'garbled');
		assert.equal(await read(`[${' '.repeat(5 * 2 ** 20)}`), 'too-large');
	});

	it('is too large as a picture of over 64 MB', async () => {
		const { body, taken } = poured([pngOf(1, 1), ...Array.from({ length: 80 }, () => Buffer.alloc(2 ** 20))]);
		assert.equal(await readBody(body), 'too-large');
		assert.equal(taken(), 65);
	});
});

const pictures = z.object({ data: z.array(z.object({ b64_json: z.custom<PictureBytes>(isPictureBytes) })) });

describe('twenty pictures of 3 MB', () => {
	const bytes = randomBytesOf(3_000_000, 9);
	const base64 = Buffer.from(bytes).toString('base64');
	const text = Buffer.from(JSON.stringify({ data: Array.from({ length: 20 }, () => ({ b64_json: base64 })) }));

	it('come whole', async () => {
		const { body } = poured([text]);
		const read = await readBody(body);
		assert.ok(typeof read === 'object');
		const { data } = pictures.parse(read.json);
		assert.equal(data.length, 20);
		for (const { b64_json: picture } of data) assert.deepEqual(new Uint8Array(await wholeOf(picture)), bytes);
	});

	// Milliseconds would say how busy this machine is. A megabyte takes about 3 ms.
	it('never hold the editor up for more than 64 kB of them, though all are there at once', async () => {
		const chunks = Array.from({ length: Math.ceil(text.length / 65_536) }, (_, index) =>
			text.subarray(index * 65_536, (index + 1) * 65_536),
		);
		const { body, taken } = poured(chunks);
		const turns = await turnsOf(readBody(body), taken);
		const steps = turns.map((count, turn) => count - (turns[turn - 1] ?? 0));
		assert.ok(Math.max(...steps) <= 2, steps.join(' '));
	});

	it('never hold the editor up, though they are a single piece', async () => {
		const { body, taken } = poured([text]);
		assert.ok((await turnsOf(readBody(body), taken)).length > text.length / 2 ** 16 - 2);
	});
});

describe('a megabyte of the smallest things', () => {
	for (const unit of ['{},', '"",', '[1],', '{"":""},']) {
		it(`comes in many turns: ${unit}`, async () => {
			const { body, taken } = poured([Buffer.from(`[${unit.repeat(1_000_000 / unit.length)}1]`)]);
			const work = readBody(body);
			assert.ok((await turnsOf(work, taken)).length >= 15);
			const read = await work;
			assert.ok(typeof read === 'object' && Array.isArray(read.json));
			assert.equal(read.json.length, Math.floor(1_000_000 / unit.length) + 1);
		});
	}
});
