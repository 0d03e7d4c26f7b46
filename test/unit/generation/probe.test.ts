import assert from 'node:assert/strict';
import { providers } from '../../../src/catalogue/providers';
import { dialects } from '../../../src/generation/dialects';
import { probe } from '../../../src/generation/probe';
import { probes } from '../../../src/generation/probes';
import { openaiProbe } from '../../../src/providers/openai-images/probes';
import type { HttpRequest, NoReply, Reply } from '../../../src/providers/provider';
import { sentence } from '../builders';

const asked = { offer: { provider: 'openai', name: '' } };

async function probed(answer: Reply | NoReply) {
	const sent: HttpRequest[] = [];
	const found = await probe(openaiProbe, asked, async (request) => (sent.push(request), answer), 'an id');
	assert.equal(sent.length, 1, 'once');
	return found;
}

describe('probing a provider', () => {
	it('brings what the provider makes of the answer', async () => {
		assert.deepEqual(await probed({ status: 200, headers: {}, json: { data: [] } }), { kind: 'works' });
	});

	it('knows that nothing was spent, whatever went wrong', async () => {
		const answers: readonly (readonly [Reply | NoReply, string])[] = [
			[{ status: 500, headers: {} }, 'server-error'],
			[{ lost: 'refused', unseen: true, detail: '' }, 'unreachable'],
			[{ lost: 'timed-out', unseen: false, detail: '' }, 'timed-out'],
			[{ status: 302, headers: { location: 'https://elsewhere.example/' } }, 'unsafe-url'],
		];
		for (const [answer, code] of answers) {
			const found = await probed(answer);
			assert.ok(found.kind === 'fails');
			assert.deepEqual([found.error.code, found.error.charged], [code, 'no']);
			assert.match(sentence(found.error.message), /OpenAI/);
		}
	});

	it('is possible with every provider that has an address', () => {
		const withAddress = providers.filter(({ baseUrl }) => baseUrl !== undefined).map(({ id }) => id);
		assert.deepEqual([...probes.keys()].toSorted(), withAddress.toSorted());
		for (const { id } of providers) assert.ok(dialects.has(id), id);
	});
});
