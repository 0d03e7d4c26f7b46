import assert from 'node:assert/strict';
import { sentence } from '../../builders';
import { lumenfallProbe, openaiProbe } from '../../../../src/providers/openai-images/probes';

const openai = { offer: { provider: 'openai', name: '' } };
const lumenfall = { offer: { provider: 'lumenfall', name: '' } };
const probed = [
	[openaiProbe, openai],
	[lumenfallProbe, lumenfall],
] as const;
const answer = (status: number, json?: unknown) => ({ status, headers: {}, json });

describe('asking whether a key works', () => {
	it('costs nothing', () => {
		for (const probe of [openaiProbe, lumenfallProbe]) {
			const { method, billed, body } = probe.request('an id');
			assert.deepEqual([method, billed, body], ['GET', false, undefined]);
		}
		assert.equal(openaiProbe.request('').path, '/models');
		assert.deepEqual([lumenfallProbe.request('').path, lumenfallProbe.request('').below], ['/v1/balance', 'origin']);
	});

	it('finds that it does, and what is left', () => {
		assert.deepEqual(openaiProbe.read(answer(200, { object: 'list', data: [] }), openai), { kind: 'works' });
		const prepaid = { object: 'balance', available: { amount: 24.96, currency: 'USD' } };
		assert.deepEqual(lumenfallProbe.read(answer(200, prepaid), lumenfall), { kind: 'works', usd: 24.96 });
		const postpaid = { object: 'balance', available: { amount: null, currency: 'USD' } };
		assert.deepEqual(lumenfallProbe.read(answer(200, postpaid), lumenfall), { kind: 'works' });
	});

	it('finds that it does not, and why', () => {
		const codes: readonly (readonly [status: number, code: string])[] = [
			[401, 'bad-key'],
			[402, 'no-credit'],
			[403, 'bad-key'],
			[404, 'invalid-request'],
			[405, 'invalid-request'],
			[422, 'bad-reply'],
			[429, 'rate-limited'],
			[500, 'server-error'],
			[503, 'server-error'],
		];
		for (const [probe, asked] of probed) {
			for (const [status, code] of codes) {
				const found = probe.read(answer(status, { error: { message: 'No.' } }), asked);
				assert.ok(found.kind === 'fails');
				assert.deepEqual([found.error.code, found.error.charged], [code, 'no'], String(status));
			}
		}
	});

	it('is not taken in by somebody else who answers', () => {
		for (const [probe, asked] of probed) {
			for (const json of [undefined, null, {}, [], 'a page', { error: { message: 'wrong key' } }]) {
				const found = probe.read(answer(200, json), asked);
				assert.ok(found.kind === 'fails', JSON.stringify(json));
				assert.equal(found.error.code, 'bad-reply');
				assert.match(sentence(found.error.message), /^What answers is not \w+\. Check the setting limn\.providers\./);
			}
		}
	});
});
