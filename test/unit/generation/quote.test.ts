import assert from 'node:assert/strict';
import { dialects } from '../../../src/generation/dialects';
import { quoteOf } from '../../../src/generation/quote';
import type { HttpRequest, NoReply, Reply } from '../../../src/providers/provider';
import { sentence } from '../builders';
import { callFor } from '../providers/calls';

const id = '0b7f6c8a-52d1-4b44-9d0a-3f2f5c1f7a90';
const { signal } = new AbortController();

async function quote(model: string, answer: Reply | NoReply, options = {}) {
	const sent: HttpRequest[] = [];
	const call = callFor(model, options);
	const provider = dialects.get(call.offer.provider) ?? assert.fail();
	const send = async (request: HttpRequest) => (sent.push(request), answer);
	return { sent, quoted: await quoteOf(provider, call, send, id, signal) };
}

const ok = (json: unknown): Reply => ({ status: 200, headers: {}, json });
const micros = { estimated: true, total_cost_micros: 80_000, currency: 'USD' };

describe('a quote', () => {
	it('is asked for once, unbilled, under a name of its own', async () => {
		const { sent, quoted } = await quote('runware/runware:100@1', ok({ data: [{ cost: 0.012 }] }));
		assert.equal(quoted, 0.012);
		assert.deepEqual([sent.length, sent[0]?.billed, sent[0]?.headers], [1, false, { 'x-runware-dry-run': '1' }]);
		assert.match(JSON.stringify(sent[0]?.body), new RegExp(`"taskUUID":"${id}"`));
		const other = await quote('lumenfall/gpt-image-2', ok(micros));
		assert.equal(other.quoted, 0.08);
		assert.deepEqual([other.sent.length, other.sent[0]?.billed], [1, false]);
		assert.equal(other.sent[0]?.path, '/images/generations?dryRun=true');
	});

	it('is read as either document has it', async () => {
		for (const [json, usd] of [
			[micros, 0.08],
			[{ total_cost_micros: 80_000 }, 0.08],
			[{ estimated: true, metadata: { cost: 0.08, cost_currency: 'USD' } }, 0.08],
			[{ data: [], metadata: { cost: 0.08 } }, 0.08],
			[{ metadata: { cost: 0.08, cost_currency: 'EUR' } }, undefined],
			[{ ...micros, currency: 'EUR' }, undefined],
			[{ total_cost_micros: -1 }, undefined],
			['0.08', undefined],
		] as const) {
			assert.equal((await quote('lumenfall/gpt-image-2', ok(json))).quoted, usd, JSON.stringify(json));
		}
	});

	it('is none where the answer is lost, or an error, and is not asked for again', async () => {
		const answers: readonly (Reply | NoReply)[] = [
			{ lost: 'reset', unseen: false, detail: '' },
			{ lost: 'refused', unseen: true, detail: '' },
			...[307, 400, 401, 429, 500, 503].map((status) => ({ status, headers: {} })),
			{ status: 200, headers: {}, text: 'no' },
		];
		for (const model of ['lumenfall/gpt-image-2', 'runware/runware:100@1']) {
			for (const answer of answers) {
				const { sent, quoted } = await quote(model, answer);
				assert.deepEqual([quoted, sent.length], [undefined, 1], JSON.stringify(answer));
			}
		}
	});

	it('is asked of nobody who knows no dry run', async () => {
		for (const model of ['openai/gpt-image-2', 'vincony/openai/gpt-image-2', 'sketch/placeholder']) {
			assert.deepEqual(await quote(model, ok(micros)), { sent: [], quoted: undefined });
		}
	});

	it('that was taken for an order is said aloud, because it is paid', async () => {
		const png = Uint8Array.of(137, 80, 78, 71);
		for (const [model, answer] of [
			['lumenfall/gpt-image-2', ok({ data: [{ url: 'https://x.example/1.png' }], metadata: { cost: 0.04 } })],
			['lumenfall/gpt-image-2', { status: 200, headers: {}, picture: png }],
			['runware/runware:100@1', ok({ data: [{ imageURL: 'https://x.example/1.png', cost: 0.04 }] })],
			['runware/runware:100@1', ok({ data: [{ taskUUID: id, status: 'processing' }] })],
		] as const) {
			const { quoted } = await quote(model, answer);
			assert.ok(typeof quoted === 'object');
			assert.deepEqual([quoted.code, quoted.charged], ['bad-reply', 'unknown']);
			assert.match(quoted.message ? sentence(quoted.message) : '', /asked for a price and made a picture instead\.$/);
		}
	});
});
