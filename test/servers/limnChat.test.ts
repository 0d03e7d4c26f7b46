import assert from 'node:assert/strict';
import { encode } from 'fast-png';
import { sniff } from '../../src/image/sniff';
import { noise } from '../unit/builders';
import { callFor } from '../unit/providers/calls';
import { limn } from './limn';
import { emulators } from './testing';
import { startVincony, vinconyTroubles } from './vincony';
import { vinconyShapes, vinconyStreamedShapes } from './vinconyShapes';

/** Noise cannot be compressed: 3 MB, four in base64, more than any text may have. */
const large = encode({ ...noise(1000, 1000, 5, 255), channels: 4, depth: 8 });
/** In four pieces no longer than texts may be, each cut elsewhere among the letters of base64. */
const inPieces = encode({ ...noise(800, 800, 5, 255), channels: 4, depth: 8 });
const lengths = Array.from({ length: 12 }, (_, index) => inPieces.length - index);

describe('the pictures of a chat, to Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');

	for (const shape of vinconyShapes) {
		it(`come as ${shape}, of any size`, async () => {
			const emulator = await started(startVincony({ shape }));
			for (const picture of [undefined, large]) {
				if (picture) emulator.fail({ says: 'a large picture', pictures: () => [picture] });
				const made = await client.make(emulator, callFor('vincony/openai/gpt-image-2', { prompt: 'a fox' }));
				assert.deepEqual([made.images.length, made.failures], [1, []]);
				const bytes = made.images[0]?.bytes ?? assert.fail();
				assert.equal(sniff(bytes)?.format, 'png');
				if (picture) assert.equal(Buffer.compare(bytes, picture), 0, 'every byte of it');
			}
		});
	}

	for (const shape of vinconyStreamedShapes) {
		it(`come as ${shape} in a stream that nobody asked for, each once, of any size`, async () => {
			const emulator = await started(startVincony({ shape, streams: true }));
			for (const picture of [undefined, ...lengths.map((length) => inPieces.subarray(0, length))]) {
				if (picture) emulator.fail({ says: 'a large picture', pictures: () => [picture] }, { times: 1 });
				const made = await client.make(emulator, callFor('vincony/openai/gpt-image-2', { prompt: 'a fox' }));
				assert.deepEqual([made.images.length, made.failures], [1, []]);
				const bytes = made.images[0]?.bytes ?? assert.fail();
				assert.equal(sniff(bytes)?.format, 'png');
				if (picture) assert.equal(Buffer.compare(bytes, picture), 0, 'every byte of it');
			}
		});
	}

	it('are not half a picture where a stream is cut', async () => {
		// In the last shape a whole address comes before the cut.
		for (const shape of vinconyStreamedShapes.filter((each) => each !== 'text-address-extension')) {
			const emulator = await started(startVincony({ shape, streams: true }));
			const { images, failures } = await client.make(
				emulator,
				callFor('vincony/openai/gpt-image-2', { prompt: 'a fox !cut' }),
			);
			assert.deepEqual([images, failures.length, failures[0]?.charged], [[], 1, 'unknown'], shape);
		}
	});

	it('are none where a refusal or mere words name an address, and the words are told', async () => {
		const words = 'I cannot draw that. See {0} for what I draw.';
		for (const streams of [false, true]) {
			const emulator = await started(startVincony({ streams, shape: 'text-address-only' }));
			const made = await client.make(
				emulator,
				callFor('vincony/openai/gpt-5.2', { prompt: words.replace('{0}', `${emulator.origin}/policy`) }),
			);
			assert.deepEqual([made.images, made.failures.length], [[], 1]);
			assert.equal(made.failures[0]?.code, 'refused');
			assert.match(made.failures[0].said?.words ?? '', /^You said: I cannot draw that\. See/);
		}
	});

	for (const trouble of vinconyTroubles) {
		it(`do not come with ${trouble}: the reason does, in a stream as well`, async () => {
			for (const streams of [false, true]) {
				const emulator = await started(startVincony({ trouble, streams }));
				const { images, failures } = await client.make(emulator, callFor('vincony/openai/gpt-image-2'));
				assert.deepEqual([images, failures.length], [[], 1]);
				assert.equal(failures[0]?.charged, 'unknown');
				assert.ok((failures[0].said?.words ?? '') !== '', trouble);
			}
		});
	}
});
