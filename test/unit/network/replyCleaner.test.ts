import assert from 'node:assert/strict';
import { collect, randomBytesOf } from './builders';
import { answerBy, eventsOf, replyOf, sendJson } from './replies';
import { endpointOf, endAfterEach, key, never, requestOf, rigOf, serve } from './servers';

for (const transport of ['editor', 'direct'] as const) {
	describe(`a key that the server repeats (${transport})`, () => {
		endAfterEach();
		const url = 'https://cdn.example/a.png?X-Amz-Signature=abc&token=def';

		it('is taken out of an answer, and nothing else is', async () => {
			const picture = randomBytesOf(4000, 3);
			const server = await serve((response, { headers }) => {
				const b64_json = Buffer.from(picture).toString('base64');
				const echo = {
					[`of ${key}`]: [headers.authorization, { url, b64_json }],
					url: `https://x.example/?k=${encodeURIComponent(key)}`,
				};
				sendJson(response, echo, { 'x-request-id': key, 'x-echo': `Bearer ${key}` });
			});
			const { network, lines } = rigOf(transport);
			const { json, headers } = replyOf(await network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual(json, { 'of ***': ['Bearer ***', { url, b64_json: picture }], url: 'https://x.example/?k=***' });
			assert.deepEqual([headers['x-request-id'], headers['x-echo']], ['***', 'Bearer ***']);
			assert.match(lines.join(), /kB in 0 ms$/);
		});

		it('is taken out of a text, even where that is cut off in its middle', async () => {
			const reply = await answerBy(transport)('text/plain', `your key: ${key}, ${'x'.repeat(4040)} ${key}`);
			assert.ok(!JSON.stringify(reply).includes(key.slice(0, 10)), reply.text?.slice(-100));
			assert.match(reply.text ?? '', /^your key: \*\*\*, x+/);
		});

		it('is taken out of events', async () => {
			const server = await serve((response, { headers }) => {
				response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': key });
				const data = JSON.stringify({ error: { message: headers.authorization }, url });
				response.end(`event: ${key}\ndata: ${data}\n\ndata: the key ${key}\n\n`);
			});
			const { network, lines } = rigOf(transport);
			const reply = replyOf(await network.exchange(requestOf(), endpointOf(server), never));
			assert.equal(reply.headers['x-request-id'], '***');
			assert.deepEqual(await collect(eventsOf(reply)), [
				{ name: '***', data: { error: { message: 'Bearer ***' }, url } },
				{ name: 'message', data: 'the key ***' },
			]);
			assert.ok(!lines.join().includes(key));
		});

		it('is left where there is none, or a mere word', async () => {
			const server = await serve((response) => sendJson(response, { status: 'none', none: 'x-none' }));
			for (const changes of [{ key: 'none' }, { key: undefined }]) {
				const { base } = server;
				const endpoint = { provider: 'custom', base, ...(changes.key !== undefined && { key: changes.key }) };
				const reply = replyOf(await rigOf(transport).network.exchange(requestOf(), endpoint, never));
				assert.deepEqual(reply.json, { status: 'none', none: 'x-none' });
			}
		});
	});
}
