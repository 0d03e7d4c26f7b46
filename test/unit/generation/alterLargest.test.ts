import assert from 'node:assert/strict';
import { finish } from '../../../src/generation/alterPictures';
import { encode } from '../../../src/image/encode';
import { inspect, mostPixels } from '../../../src/image/inspect';
import type { Pixels } from '../../../src/image/pixels';
import { encodePng } from '../../servers/png';
import { codecs } from '../image/nodeCodecs';
import { planOf, plain } from './alterParts';

const size = { width: 8000, height: 8000 };
const asked = { ...size, depth: 8, frames: 'one', orientation: 1 };

/** Before and after: it takes 256 MB. */
const none: Pixels = { width: 0, height: 0, data: new Uint8Array() };

/** Two bits of noise in its upper quarter: the more there is, the more room an encoder needs, and the more time. */
function grainy(): Pixels {
	const data = new Uint8Array(size.width * size.height * 4).fill(255);
	let state = 7;
	for (let at = 0; at < data.length / 4; at += 4) {
		state = (Math.imul(state, 1664525) + 1013904223) | 0;
		for (let channel = 0; channel < 3; channel++) data[at + channel] = 100 + ((state >>> (20 + 4 * channel)) & 3);
	}
	return { ...size, data };
}

describe('a picture of as many pixels as can be changed', function () {
	this.timeout(240_000);
	let source = none;
	before(() => (source = grainy()));
	after(() => (source = none));

	it('keeps those that are not selected', async () => {
		assert.equal(size.width * size.height, mostPixels);
		const selected = { x: 100, y: 200, width: 500, height: 400 };
		const plan = planOf('sketch/placeholder', { operation: 'edit', source: size, selected });
		const original = { bytes: encodePng(source), selection: { rects: [selected] } };
		const made = encodePng(plain(plan.makes.size, 200, 0, 0, 255));
		const file = await finish({ original, plan, made, format: 'png' }, codecs);
		assert.ok('bytes' in file);
		assert.equal(file.changedOutsideMask, 0);
		assert.deepEqual(inspect(file.bytes), { format: 'png', ...asked });
	});

	it('fits into a WebP that loses nothing', async () => {
		// A quarter of it, which takes seconds: the whole was tried once, and takes a quarter of a minute.
		const [width, height] = [size.width / 2, size.height / 2];
		const part = { width, height, data: source.data.subarray(0, width * height * 4) };
		const bytes = await encode(part, 'webp', codecs, { lossless: true });
		assert.deepEqual(inspect(bytes), { ...asked, format: 'webp', width, height });
	});
});
