import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { openaiImages } from '../../../../src/providers/openai-images/openaiImages';
import { quotedBy } from '../../../../src/providers/openai-images/reply';
import { type Call, type Reply, unbegun } from '../../../../src/providers/provider';
import { sentence } from '../../builders';
import { callFor } from '../calls';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytes = Uint8Array.of(1, 2, 3);
const gpt = callFor('openai/gpt-image-2');

function read(json: unknown, call: Call = gpt, more: Partial<Reply> = {}) {
	return openaiImages.read({ status: 200, headers: {}, json, ...more }, call, unbegun);
}

function event(name: string, data: unknown) {
	return openaiImages.event?.({ name, data }, gpt);
}

describe('an answer with pictures', () => {
	it('has them as base64, short or decoded already, as data URLs, or by address', () => {
		const data = [
			{ b64_json: base64(bytes) },
			{ b64_json: bytes },
			{ b64_json: `data:image/png;base64,${base64(bytes)}` },
			{ url: `data:image/png;base64,${base64(bytes)}` },
			{ url: bytes },
			{ url: '/v1/images/7/content' },
			{ b64_json: null, url: 'https://media.lumenfall.ai/abc.png' },
		];
		const { images, failures } = read({ created: 1, data }, { ...gpt, n: 7 });
		assert.deepEqual(images, [
			{ bytes },
			{ bytes },
			{ bytes },
			{ bytes },
			{ bytes },
			{ url: '/v1/images/7/content' },
			{ url: 'https://media.lumenfall.ai/abc.png' },
		]);
		assert.deepEqual(failures, []);
	});

	it('is a picture itself where a server sends the file', () => {
		assert.deepEqual(read(undefined, gpt, { picture: bytes }).images, [{ bytes }]);
	});

	it('says what became of the prompt, unless that is our own again', () => {
		const item = { b64_json: base64(bytes) };
		const revised = (revised_prompt: unknown) => read({ data: [{ ...item, revised_prompt }] }).images;
		assert.deepEqual(revised('a red fox'), [{ bytes, revisedPrompt: 'a red fox' }]);
		for (const own of ['a fox at dawn', ' a fox at dawn ', null, 7]) assert.deepEqual(revised(own), [{ bytes }]);
		// A form has line ends of its own.
		const call = callFor('custom/flux', { prompt: 'a fox\n\nat dawn' });
		const echoed = read({ data: [{ ...item, revised_prompt: 'a fox\r\n\r\nat dawn' }] }, call);
		assert.deepEqual(echoed.images, [{ bytes }]);
	});

	it('has the seed that was asked for, or the one that the server says', () => {
		const call = callFor('custom/flux', { options: { seed: '9007199254740993' } }, { before: 1 });
		const item = { b64_json: base64(bytes) };
		assert.deepEqual(read({ data: [item] }, call).images, [{ bytes, seed: '9007199254740994' }]);
		assert.deepEqual(read({ data: [{ ...item, seed: 7 }] }, call).images, [{ bytes, seed: '7' }]);
		const two = read({ data: [item, item] }, { ...call, n: 2 }).images;
		assert.deepEqual(two, [{ bytes }, { bytes }], 'which of two got which, nobody says');
	});

	it('costs its tokens, or what the gateway says, shared among its pictures', () => {
		const item = { b64_json: base64(bytes) };
		const usage = {
			input_tokens: 50,
			output_tokens: 4160,
			total_tokens: 4210,
			input_tokens_details: { text_tokens: 10, image_tokens: 40 },
		};
		const tokens = (10 * 5 + 40 * 8 + 4160 * 30) / 1e6;
		assert.deepEqual(read({ data: [item], usage }).images, [{ bytes, costUsd: tokens }]);
		const metadata = { cost: 0.04, cost_currency: 'USD', provider: 'vertex' };
		const lumenfall = callFor('lumenfall/gpt-image-2', { n: 2 });
		assert.deepEqual(read({ data: [item, item], metadata }, lumenfall).images, [
			{ bytes, costUsd: 0.02 },
			{ bytes, costUsd: 0.02 },
		]);
		for (const odd of [
			{ usage: null },
			{ usage: { total_tokens: 0 } },
			{ metadata: { cost: 1, cost_currency: 'EUR' } },
		]) {
			assert.deepEqual(read({ data: [item], ...odd }).images, [{ bytes }]);
		}
	});

	it('keeps what is good beside what is not', () => {
		const data = [{ b64_json: '%%%' }, { b64_json: base64(bytes) }, 'text', {}, { url: '' }];
		const { images, failures } = read({ data, id: 'req_7' }, { ...gpt, n: 3 });
		assert.deepEqual(images, [{ bytes }]);
		assert.equal(failures?.length, 2);
		const [failure] = failures;
		assert.match(sentence(failure?.message), /^Fewer pictures came/);
		assert.deepEqual([failure?.code, failure?.charged, failure?.requestId], ['bad-reply', 'unknown', 'req_7']);
	});

	it('may have more than were asked for', () => {
		const data = [{ b64_json: base64(bytes) }, { b64_json: base64(bytes) }];
		assert.deepEqual(read({ data }), { images: [{ bytes }, { bytes }], failures: [], done: true });
	});
});

describe('an answer without pictures', () => {
	it('is a failure that points at the address', () => {
		for (const json of [{ data: [] }, {}, [], null, 'text', undefined]) {
			const { images, failures } = read(json);
			assert.deepEqual(images, []);
			assert.match(sentence(failures?.[0]?.message), /limn\.providers\.openai\.baseUrl/);
		}
	});

	it('is the error that it says, whatever its status', () => {
		const { failures } = read({ error: { message: 'Blocked.', code: 'moderation_blocked' } });
		assert.deepEqual(
			failures?.map(({ code, charged }) => [code, charged]),
			[['refused', 'unknown']],
		);
	});

	it('never breaks the reader', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 4 }), (json, n) => {
				const { images = [], failures = [] } = read(json, { ...gpt, n });
				assert.ok(images.length + failures.length >= n);
				const item = fc.sample(fc.jsonValue(), 1);
				assert.ok((read({ data: [json, ...item] }).images ?? []).length <= 2);
			}),
		);
	});
});

describe('an event of a stream', () => {
	const b64_json = base64(bytes);

	it('brings an unfinished picture or the finished one, of a generation or an edit', () => {
		for (const kind of ['image_generation', 'image_edit']) {
			assert.deepEqual(event(`${kind}.partial_image`, { b64_json, partial_image_index: 0 }), { preview: bytes });
			assert.deepEqual(event(`${kind}.completed`, { b64_json }), { images: [{ bytes }] });
			assert.deepEqual(event('message', { type: `${kind}.completed`, b64_json }), { images: [{ bytes }] });
		}
	});

	it('costs what its tokens cost', () => {
		const usage = { output_tokens: 1000, input_tokens_details: { text_tokens: 0, image_tokens: 0 } };
		assert.deepEqual(event('image_generation.completed', { b64_json, usage }), { images: [{ bytes, costUsd: 0.03 }] });
	});

	it('may say that it failed', () => {
		const error = { message: 'Boom', type: 'server_error', code: null, param: null };
		for (const failed of [
			event('error', { error }),
			event('message', { type: 'error', error }),
			event('x', { error }),
		]) {
			assert.deepEqual(
				failed?.failures?.map(({ code, charged }) => [code, charged]),
				[['server-error', 'unknown']],
			);
		}
		const blocked = { error: { code: 'moderation_blocked', moderation_details: { moderation_stage: 'input' } } };
		assert.deepEqual(
			event('error', blocked)?.failures?.map(({ code, charged }) => [code, charged]),
			[['refused', 'no']],
		);
	});

	it('is no failure for an error that is none', () => {
		for (const error of ['', false, null, 0]) {
			assert.deepEqual(event('image_generation.completed', { b64_json, error }), { images: [{ bytes }] });
		}
	});

	it('is passed over where it says nothing', () => {
		assert.deepEqual(event('message', '[DONE]'), {});
		assert.deepEqual(event('image_generation.text_chunk', { text: 'hm' }), {});
		fc.assert(
			fc.property(fc.string(), fc.jsonValue(), (name, data) => {
				assert.ok(event(name, data));
			}),
		);
	});
});

describe('a dry run', () => {
	it('names its price in millionths', () => {
		const json = { estimated: true, model: 'x', provider: 'vertex', total_cost_micros: 80_000, currency: 'USD' };
		assert.equal(quotedBy({ status: 200, headers: {}, json }), 0.08);
		assert.equal(quotedBy({ status: 200, headers: {}, json: { ...json, currency: 'EUR' } }), undefined);
		assert.equal(quotedBy({ status: 200, headers: {} }), undefined);
	});
});
