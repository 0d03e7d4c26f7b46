import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { InputImage, Part } from '../../../src/providers/provider';
import { pngOf, randomBytesOf, settle } from './builders';
import { answerBy, lossOf, replyOf, sendJson } from './replies';
import { endpointOf, endAfterEach, key, never, requestOf, rigOf, serve, serveRaw } from './servers';

/** In forms every line break is CR LF (HTML standard, 4.10.21.8). */
const lines = (value: string) => value.replace(/\r\n|\r|\n/g, '\r\n');

for (const transport of ['editor', 'direct'] as const) {
	describe(`an exchange (${transport})`, () => {
		endAfterEach();
		it('sends JSON with the key, and brings JSON with its pictures decoded', async () => {
			const picture = randomBytesOf(30_000, 3);
			let seen: unknown;
			const server = await serve((response, { headers, url }, body) => {
				const {
					authorization,
					accept,
					'content-type': type,
					'accept-encoding': encoding,
					'user-agent': agent,
				} = headers;
				seen = { url, authorization, accept, type, encoding, agent, body: body.toString() };
				sendJson(
					response,
					{ data: [{ b64_json: Buffer.from(picture).toString('base64') }] },
					{ 'x-request-id': 'req_7' },
				);
			});
			const { network, lines, clock } = rigOf(transport);
			const exchange = network.exchange(requestOf(), endpointOf(server), never);
			clock.pass(12);
			const reply = replyOf(await exchange);
			assert.deepEqual(seen, {
				url: '/v1/images/generations',
				authorization: `Bearer ${key}`,
				accept: 'application/json',
				type: 'application/json',
				encoding: 'identity',
				agent: 'limn/1.2.3',
				body: '{"prompt":"a fox"}',
			});
			assert.equal(reply.status, 200);
			assert.equal(reply.headers['content-type'], 'application/json');
			assert.deepEqual(reply.json, { data: [{ b64_json: picture }] });
			assert.deepEqual(lines, ['openai POST /v1/images/generations → 200, 40.0 kB in 12 ms, req_7']);
			assert.deepEqual(clock.due, []);
		});

		it('sends pictures in JSON as data URLs, whole numbers of any length as their digits, and headers of the request’s own', async () => {
			let seen: unknown;
			const server = await serve((response, { headers, url }, body) => {
				seen = [url, headers['prefer'], body.toString()];
				sendJson(response, {});
			});
			const { network } = rigOf(transport);
			const task = {
				image: { bytes: Uint8Array.of(1, 2, 3), format: 'png' } satisfies InputImage,
				seed: 6110856530272051867n,
				text: 'limn:9',
			};
			const body = { kind: 'json-list', values: [task] } as const;
			const request = { ...requestOf(), path: '', headers: { prefer: 'wait=5' }, body };
			replyOf(await network.exchange(request, endpointOf(server), never));
			const json = '[{"image":"data:image/png;base64,AQID","seed":6110856530272051867,"text":"limn:9"}]';
			assert.deepEqual(seen, ['/v1', 'wait=5', json]);
		});

		it('sends no authorization where there is no key, and no body where there is none', async () => {
			let seen: unknown;
			const server = await serve((response, { headers, method, url }, body) => {
				seen = [method, url, headers.authorization, headers['content-type'], body.length];
				sendJson(response, { id: 'pred-1', status: 'starting' });
			});
			const { network, lines } = rigOf(transport);
			const request = { kind: 'http', method: 'GET', path: '/predictions/1?wait=a%20secret', billed: false } as const;
			const { base } = server;
			await network.exchange(request, { provider: 'custom', base }, never);
			assert.deepEqual(seen, ['GET', '/v1/predictions/1?wait=a%20secret', undefined, undefined, 0]);
			assert.deepEqual(lines, ['custom GET /v1/predictions/1?wait=*** → 200, 35 B in 0 ms, pred-1']);
		});

		it('asks for events where the request wants them', async () => {
			let accept: string | undefined;
			const server = await serve((response, { headers }) => {
				({ accept } = headers);
				sendJson(response, {});
			});
			const body = { kind: 'json', value: { stream: true } } as const;
			await rigOf(transport).network.exchange(requestOf({ body }), endpointOf(server), never);
			assert.equal(accept, 'text/event-stream, application/json');
		});

		it('says of a key that no header can carry what a server would say', async () => {
			const server = await serve((response) => sendJson(response, {}));
			const { network } = rigOf(transport);
			const reply = replyOf(await network.exchange(requestOf(), endpointOf(server, { key: 'a\nb' }), never));
			assert.equal(reply.status, 401);
			assert.deepEqual(server.requests, []);
		});

		it('never leaves the base URL', async () => {
			const server = await serve((response) => sendJson(response, {}));
			const { network } = rigOf(transport);
			for (const path of ['@evil.example/', '.evil.example/', '/../admin', '/../v1admin', '/%2e%2e/admin', ':1/']) {
				await assert.rejects(network.exchange(requestOf({ path }), endpointOf(server), never), /base URL/, path);
			}
			assert.deepEqual(server.requests, []);
		});

		it('goes below the origin where the request says so, and never leaves that', async () => {
			const server = await serve((response) => sendJson(response, {}));
			const { network } = rigOf(transport);
			const send = async (path: string) =>
				network.exchange(requestOf({ path, below: 'origin' }), endpointOf(server), never);
			for (const path of ['/cost?id=1', '/v1/x', '//evil.example/x', '/\\evil.example', '']) await send(path);
			const requests = ['/cost?id=1', '/v1/x', '//evil.example/x', '//evil.example', '/'];
			assert.deepEqual(
				server.requests,
				requests.map((path) => `POST ${path}`),
			);
			for (const path of ['@evil.example/', '.evil.example/', ':1/', 'x']) {
				await assert.rejects(send(path), /base URL/, path);
			}
			assert.equal(server.requests.length, requests.length);
		});

		it('uses a connection again', async () => {
			const server = await serve((response) => sendJson(response, { a: 1 }));
			const { network } = rigOf(transport);
			for (let n = 0; n < 3; n++) {
				await network.exchange(requestOf(), endpointOf(server), never);
				await settle();
			}
			assert.equal(server.requests.length, 3);
			assert.equal(server.sockets.length, 1);
		});
	});

	describe(`a form (${transport})`, () => {
		endAfterEach();
		const name = fc.string({
			minLength: 1,
			maxLength: 12,
			unit: fc.constantFrom('a', '"', '\\', 'ü', '漢', '😀', '\n', '\r\n', ' ', ';', '=', '%'),
		});
		const text = fc.string({ maxLength: 50, unit: 'grapheme' });
		const file: fc.Arbitrary<InputImage> = fc.record({
			bytes: fc.uint8Array({ maxLength: 300 }),
			format: fc.constantFrom('png', 'jpeg', 'webp'),
		});
		const part: fc.Arbitrary<Part> = fc.oneof(fc.record({ name, text }), fc.record({ name, fileName: name, file }));

		it('comes as it was meant', async () => {
			let received: [string, string, string?, string?][] = [];
			const server = await serve(async (response, { headers }, body) => {
				assert.equal(headers['content-length'], String(body.length));
				const type = headers['content-type'] ?? '';
				const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
				received = await Promise.all(
					Array.from(form, async ([name, value]): Promise<[string, string, string?, string?]> => {
						if (typeof value === 'string') return [name, value];
						return [name, Buffer.from(await value.arrayBuffer()).toString('hex'), value.name, value.type];
					}),
				);
				sendJson(response, {});
			});
			const { network } = rigOf(transport);
			await fc.assert(
				fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
					await network.exchange(requestOf({ body: { kind: 'form', parts } }), endpointOf(server), never);
					const expected = parts.map((part): [string, string, string?, string?] => {
						if ('text' in part) return [lines(part.name), lines(part.text)];
						const { bytes, format } = part.file;
						return [lines(part.name), Buffer.from(bytes).toString('hex'), part.fileName, `image/${format}`];
					});
					assert.deepEqual(received, expected);
				}),
				{ numRuns: 60 },
			);
		});
	});

	describe(`what a body is (${transport})`, () => {
		endAfterEach();
		const answer = answerBy(transport);

		it('is said by its bytes, not by its header', async () => {
			const png = pngOf(10, 10);
			assert.deepEqual((await answer('application/json', png)).picture, png);
			assert.deepEqual((await answer('text/html', '\ufeff \n{"a":[1]}')).json, { a: [1] });
			assert.equal((await answer('image/png', '<html>hello, world</html>')).text, '<html>hello, world</html>');
			assert.equal((await answer('image/png', 'hm')).text, 'hm');
		});

		it('knows the pictures', async () => {
			const heads = [
				'\xff\xd8\xff\xe0 JFIF----',
				'GIF89a------',
				'RIFF----WEBPVP8 ',
				'\0\0\0\x20ftypavif----',
				'\0\0\0\x20ftypmif1----',
			];
			for (const head of heads) assert.ok((await answer('', Buffer.from(head, 'latin1'))).picture, head);
		});

		it('may be nothing', async () => {
			const { json, text, picture, events } = await answer('application/json', '');
			assert.deepEqual([json, text, picture, events], [undefined, undefined, undefined, undefined]);
			assert.equal((await answer('', ' \n ', 200)).text, undefined);
			assert.equal((await answer('', '', 204)).status, 204);
			for (const status of [204, 304]) {
				const server = await serve((response) => response.writeHead(status, { 'content-encoding': 'gzip' }).end());
				const { network, lines } = rigOf(transport);
				const reply = replyOf(await network.exchange(requestOf(), endpointOf(server), never));
				assert.deepEqual([reply.status, reply.text, reply.json], [status, undefined, undefined], lines.join());
			}
		});

		it('is kept to a beginning where it is a text', async () => {
			const { text } = await answer('text/html', `x${'ä'.repeat(100_000)}`);
			assert.equal(text, `x${'ä'.repeat(2047)}`);
		});

		it('is garbled where it looks like JSON and is none', async () => {
			const server = await serve((response) => response.end('{"data":[}'));
			const { network, lines } = rigOf(transport);
			const loss = lossOf(await network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual([loss.lost, loss.unseen], ['garbled', false]);
			assert.match(lines.join(), /→ garbled \(the answer is no JSON\), 10 B/);
		});
	});

	describe(`a failure (${transport})`, () => {
		endAfterEach();
		it('brings its JSON, without the key that some servers repeat', async () => {
			const server = await serve((response, { headers }) => {
				const said = { error: { message: `Incorrect API key: ${headers.authorization}`, code: 'invalid_api_key' } };
				response.writeHead(401, { 'x-request-id': 'req_1' }).end(JSON.stringify(said));
			});
			const { network, lines } = rigOf(transport);
			const reply = replyOf(await network.exchange(requestOf(), endpointOf(server), never));
			assert.equal(reply.status, 401);
			assert.deepEqual(reply.json, { error: { message: 'Incorrect API key: Bearer ***', code: 'invalid_api_key' } });
			assert.ok(!JSON.stringify([reply, lines]).includes(key.slice(0, 8)));
			assert.match(lines.join(), /^openai POST \/v1\/images\/generations → 401, .*, req_1$/);
		});

		it('brings its JSON without the key in a name either', async () => {
			const said = { [`key ${key}`]: { detail: 'Bearer abc.def' } };
			const reply = await answerBy(transport)('application/json', JSON.stringify(said), 400);
			assert.deepEqual(reply.json, { 'key ***': { detail: 'Bearer ***' } });
		});

		it('brings its status where it is packed in a way that nobody knows', async () => {
			const server = await serve((response) =>
				response.writeHead(500, { 'content-encoding': 'x-none' }).end('{"error":"no"}'),
			);
			const { network } = rigOf(transport);
			const reply = replyOf(await network.exchange(requestOf(), endpointOf(server), never));
			// `fetch` passes on what it cannot unpack; past the editor nothing does.
			assert.deepEqual(
				[reply.status, reply.json, reply.text],
				transport === 'direct' ? [500, undefined, ''] : [500, { error: 'no' }, undefined],
			);
			const moved = await serve((response) => response.writeHead(302, { 'content-encoding': 'x-none' }).end('moved'));
			assert.equal(replyOf(await network.exchange(requestOf(), endpointOf(moved), never)).status, 302);
			await settle();
		});

		it('brings its status whatever becomes of its body', async () => {
			const server = await serveRaw((socket) =>
				socket.end('HTTP/1.1 502 No\r\ncontent-length: 900\r\n\r\n{"error":"bad gate'),
			);
			const reply = replyOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual([reply.status, reply.text], [502, '{"error":"bad gate']);
			const html = await serve((response) => response.writeHead(503).end('<html>'.repeat(1000)));
			const other = replyOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(html), never));
			assert.deepEqual([other.status, other.text?.length], [503, 4096]);
		});

		it('is read to 256 kB and no further', async () => {
			const server = await serve((response) => {
				response.writeHead(500);
				response.write('["');
				response.end('hello '.repeat(50_000));
			});
			const reply = replyOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual([reply.status, reply.text?.slice(0, 8)], [500, '["hello ']);
		});
	});

	describe(`a redirect (${transport})`, () => {
		endAfterEach();
		for (const status of [301, 302, 303, 307, 308]) {
			it(`${status} is given back, not followed`, async () => {
				const other = await serve((response) => sendJson(response, {}));
				const location = new URL('/stolen', other.base).href;
				const server = await serve((response) => response.writeHead(status, { location }).end('moved'));
				const { network } = rigOf(transport);
				const reply = replyOf(await network.exchange(requestOf(), endpointOf(server), never));
				assert.deepEqual([reply.status, reply.headers['location'], reply.text], [status, location, undefined]);
				assert.deepEqual(other.requests, []);
				assert.equal(server.requests.length, 1);
			});
		}
	});
}
