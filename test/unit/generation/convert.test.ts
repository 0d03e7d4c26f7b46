import assert from 'node:assert/strict';
import path from 'node:path';
import { encode } from 'fast-png';
import { inFormat } from '../../../src/generation/convert';
import { PainterThread } from '../../../src/generation/painterThread';
import { sniff } from '../../../src/image/sniff';
import { noise } from '../builders';

const png = encode({ ...noise(12, 8, 3), channels: 4 });
const image = { bytes: png, seed: '7', costUsd: 0.02 };

describe('the format of a picture', () => {
	let painter: PainterThread;

	before(() => {
		painter = new PainterThread(path.resolve('dist/generation/painter.js'));
	});
	after(() => painter.dispose());

	it('becomes the one that was asked for, and all else stays', async () => {
		for (const format of ['jpeg', 'webp'] as const) {
			const { bytes, ...facts } = await inFormat(image, format, painter);
			assert.deepEqual(sniff(bytes), { format, width: 12, height: 8 });
			assert.deepEqual(facts, { seed: '7', costUsd: 0.02 });
		}
	});

	it('stays what it is where that is right, or not known how to change', async () => {
		assert.equal(await inFormat(image, 'png', painter), image);
		const jpeg = await inFormat(image, 'jpeg', painter);
		assert.equal(await inFormat(jpeg, 'webp', painter), jpeg);
		const text = { bytes: new TextEncoder().encode('no picture') };
		assert.equal(await inFormat(text, 'webp', painter), text);
	});

	it('is of no matter where the picture is broken: it is paid, and kept as it came', async () => {
		const broken = { bytes: png.subarray(0, 60) };
		assert.ok(sniff(broken.bytes));
		assert.equal(await inFormat(broken, 'webp', painter), broken);
		assert.deepEqual(sniff((await inFormat(image, 'webp', painter)).bytes)?.format, 'webp', 'the next one goes well');
	});
});
