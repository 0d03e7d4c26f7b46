import assert from 'node:assert/strict';
import { caption } from '../../../src/generation/caption';
import type { HttpRequest, NoReply, Reply } from '../../../src/providers/provider';
import { captionRequest } from '../../../src/providers/runware/caption';

const image = { bytes: new Uint8Array([1]), format: 'png' } as const;

async function captioned(answer: Reply | NoReply) {
	const sent: HttpRequest[] = [];
	const found = await caption(image, async (request) => (sent.push(request), answer), 'an id');
	assert.deepEqual(sent, [captionRequest('an id', image)], 'once, whatever comes');
	return found;
}

describe('having a picture described', () => {
	it('brings what the answer says', async () => {
		const json = { data: [{ text: 'A fox', cost: 0.001 }] };
		assert.deepEqual(await captioned({ status: 200, headers: {}, json }), { text: 'A fox', costUsd: 0.001 });
	});

	it('fails with the money in mind', async () => {
		const answers: readonly (readonly [Reply | NoReply, string, string])[] = [
			[{ status: 500, headers: {} }, 'server-error', 'unknown'],
			[{ status: 429, headers: {} }, 'rate-limited', 'no'],
			[{ lost: 'refused', unseen: true, detail: '' }, 'unreachable', 'no'],
			[{ lost: 'reset', unseen: false, detail: '' }, 'unreachable', 'unknown'],
			[{ lost: 'timed-out', unseen: false, detail: '' }, 'timed-out', 'unknown'],
			[{ status: 302, headers: { location: 'https://elsewhere.example/' } }, 'unsafe-url', 'no'],
		];
		for (const [answer, code, charged] of answers) {
			const found = await captioned(answer);
			assert.ok('code' in found);
			assert.deepEqual([found.code, found.charged, found.provider], [code, charged, 'runware']);
		}
	});
});
