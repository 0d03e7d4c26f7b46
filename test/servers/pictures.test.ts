import assert from 'node:assert/strict';
import { decode } from 'fast-png';
import type { Size } from '../../src/domain/size';
import { sniff } from '../../src/image/sniff';
import { decodePicture, encodePicture } from './pictureFiles';
import { clearArea, colourOf, drawEdit, drawPicture, lightArea } from './pictures';
import { colourAt, opaque, rightHalf, twoHalves } from './testing';

describe('pictures of emulators', () => {
	const size = { width: 96, height: 64 };
	const colour = colourOf('a heron');

	it('have a colour for each prompt, place and seed', () => {
		const colours = [colourOf('a'), colourOf('b'), colourOf('a', 1), colourOf('a', 0, 9)];
		assert.equal(new Set(colours.map(String)).size, 4);
		assert.deepEqual(colourOf('a'), colourOf('a'));
	});

	it("are PNG to another's reader", async () => {
		const opaquePng = decode(await encodePicture(drawPicture(size, colour), 'png'));
		assert.deepEqual([opaquePng.width, opaquePng.height, opaquePng.channels], [96, 64, 3]);
		assert.deepEqual(Array.from(opaquePng.data.subarray(0, 3)), [...colour]);
		const clear = decode(await encodePicture(drawPicture(size, colour, true), 'png'));
		assert.equal(clear.channels, 4);
		assert.deepEqual(Array.from(clear.data.subarray(0, 4)), [0, 0, 0, 0]);
	});

	it('show their colour in every format', async () => {
		for (const format of ['png', 'jpeg', 'webp', 'avif'] as const) {
			const file = await encodePicture(drawPicture(size, colour), format);
			assert.deepEqual(sniff(file), { format, ...size });
			const seen = await colourAt(file, 0.5);
			for (const [channel, value] of opaque(colour).entries()) {
				assert.ok(Math.abs((seen[channel] ?? 0) - value) <= 4, `${format} ${seen.join()}`);
			}
		}
	});

	it('move as a GIF, and are text as SVG', async () => {
		const gif = await encodePicture(drawPicture(size, colour), 'gif', { frames: 3, delayMs: 200 });
		assert.deepEqual(sniff(gif), { format: 'gif', ...size });
		const frames = Buffer.from(gif).toString('latin1').split('\u0021\u00f9\u0004').length - 1;
		assert.equal(frames, 3);
		const svg = new TextDecoder().decode(await encodePicture(drawPicture(size, colour), 'svg'));
		assert.ok(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"'));
		assert.ok(svg.includes(`rgb(${colour.join(',')})`));
	});

	const changes = { not: [0, 0], slightly: [1, 3], strongly: [40, 42] } as const;

	it('are changed where a mask is clear, or light, and elsewhere as far as is told: slightly', () => {
		const source = twoHalves(96, 64);
		for (const area of [clearArea(rightHalf(96, 64)), lightArea(rightHalf(96, 64))]) {
			for (const perturbs of ['not', 'slightly', 'strongly', undefined] as const) {
				const { data } = drawEdit({ source, size, colour, area, habits: perturbs ? { perturbs } : {} });
				for (let at = 0; at < data.length; at += 4) {
					const isRight = (at / 4) % 96 >= 48;
					const seen = Array.from(data.subarray(at, at + 3));
					if (isRight) assert.deepEqual(seen, [...colour]);
					const found = seen.map((value, channel) => Math.abs(value - (source.data[at + channel] ?? 0)));
					const [least, most] = changes[perturbs ?? 'slightly'];
					if (!isRight) assert.ok(found.every((change) => change >= least && change <= most));
				}
			}
		}
	});

	it('come back in another size where that is told', () => {
		const habits = { resizes: ({ width, height }: Size) => ({ width: width * 1.5, height: height / 2 }) };
		for (const area of [clearArea(rightHalf(96, 64)), undefined]) {
			const { width, height, data } = drawEdit({ source: twoHalves(96, 64), size, colour, area, habits });
			assert.deepEqual([width, height, data.length], [144, 32, 144 * 32 * 4]);
			if (area) assert.deepEqual(Array.from(data.subarray(-4)), opaque(colour));
		}
	});

	it('are nothing where they are broken', async () => {
		assert.equal(await decodePicture(new Uint8Array(9)), undefined);
		const png = await encodePicture(drawPicture(size, colour), 'png');
		assert.equal(await decodePicture(png.subarray(0, 60)), undefined);
	});
});
