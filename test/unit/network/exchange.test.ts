import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import type { Transport } from '../../../src/network/carrier';
import type { InputImage, NoReply, Part, Reply, ServerEvent } from '../../../src/providers/provider';
import { collect, pngOf, randomBytesOf, settle, until } from './builders';
import { closedPort, endpointOf, endRigs, endServers, key, never, requestOf, rigOf, serve, serveRaw } from './servers';

afterEach(async () => {
	await endRigs();
	endServers();
});

function replyOf(outcome: Reply | NoReply): Reply {
	assert.ok('status' in outcome, JSON.stringify(outcome));
	return outcome;
}

function lossOf(outcome: Reply | NoReply | ServerEvent | undefined): NoReply {
	assert.ok(outcome && 'lost' in outcome, JSON.stringify(outcome));
	return outcome;
}

function eventsOf(outcome: Reply | NoReply): AsyncIterable<ServerEvent | NoReply> {
	const { events } = replyOf(outcome);
	assert.ok(events);
	return events;
}

function sendJson(response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

/** In forms every line break is CR LF (HTML standard, 4.10.21.8). */
const lines = (value: string) => value.replace(/\r\n|\r|\n/g, '\r\n');

function answerBy(transport: Transport) {
	return async (type: string, body: string | Uint8Array, status = 200): Promise<Reply> => {
		const server = await serve((response) => response.writeHead(status, { 'content-type': type }).end(body));
		return replyOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
	};
}

for (const transport of ['editor', 'direct'] as const) {
	describe(`an exchange (${transport})`, () => {
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
			assert.deepEqual(lines, [
				'openai POST /images/generations → 200, 40.0 kB in 12 ms, req_7'.replace('/images', '/v1/images'),
			]);
			assert.deepEqual(clock.due, []);
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

		it('is read to a megabyte and no further', async () => {
			const server = await serve((response) => {
				response.writeHead(500);
				response.write('["');
				response.end('hello '.repeat(400_000));
			});
			const reply = replyOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual([reply.status, reply.text?.slice(0, 8)], [500, '["hello ']);
		});
	});

	describe(`a redirect (${transport})`, () => {
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

	describe(`a connection that fails (${transport})`, () => {
		it('was not seen where nobody listens', async () => {
			const { network, lines } = rigOf(transport);
			const loss = lossOf(await network.exchange(requestOf(), endpointOf({ base: await closedPort() }), never));
			assert.deepEqual([loss.lost, loss.unseen], ['refused', true]);
			assert.match(loss.detail, /ECONNREFUSED/);
			assert.match(lines.join(), /→ refused \(.*ECONNREFUSED.*\), 0 B in 0 ms$/);
		});

		it('was not seen where the server speaks no TLS', async () => {
			const server = await serve((response) => sendJson(response, {}));
			const base = new URL(server.base.href.replace('http:', 'https:'));
			const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf({ base }), never));
			assert.deepEqual([loss.lost, loss.unseen], ['certificate', true]);
		});

		it('is lost at a proxy that asks who we are', async () => {
			const server = await serve((response) => response.writeHead(407).end());
			const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			// `fetch` hides this status, and names no reason (fetch standard, 4.6): then one cannot know.
			assert.deepEqual([loss.lost, loss.unseen], transport === 'direct' ? ['proxy', true] : ['reset', false]);
		});

		it('may have been seen where it is reset before the headers, and is not tried again', async () => {
			const server = await serveRaw((socket) => socket.resetAndDestroy());
			const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual([loss.lost, loss.unseen], ['reset', false]);
			await settle();
			assert.equal(server.sockets.length, 1);
		});

		it('is not tried again on a connection that was good once', async () => {
			let count = 0;
			const server = await serve((response, request) => {
				if (++count === 1) sendJson(response, {});
				else request.socket.resetAndDestroy();
			});
			const { network } = rigOf(transport);
			replyOf(await network.exchange(requestOf(), endpointOf(server), never));
			await settle();
			assert.equal(lossOf(await network.exchange(requestOf(), endpointOf(server), never)).lost, 'reset');
			await settle();
			assert.equal(count, 2);
		});

		const broken = {
			'after the headers': 'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n',
			'in the middle of a length': 'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"data":[{"b64',
			'in the middle of chunks': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{"data":[\r\n',
		};
		for (const [where, text] of Object.entries(broken)) {
			for (const how of ['resetAndDestroy', 'end'] as const) {
				it(`is lost ${where} (${how})`, async () => {
					const server = await serveRaw((socket) => socket.write(text, () => setTimeout(() => socket[how](), 5)));
					const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
					assert.deepEqual([loss.lost, loss.unseen], ['reset', false]);
				});
			}
		}

		it('is garbled where what comes is no HTTP', async () => {
			const server = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
			const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual([loss.lost, loss.unseen], ['garbled', false]);
		});
	});

	describe(`patience (${transport})`, () => {
		it('lasts to the deadline before the headers, however silent the server is', async () => {
			const server = await serve(() => undefined);
			const { network, clock } = rigOf(transport);
			const exchange = network.exchange(requestOf(), endpointOf(server), never);
			await until(() => server.requests.length === 1);
			clock.pass(899_999);
			await settle();
			clock.pass(1);
			const loss = lossOf(await exchange);
			assert.deepEqual(loss, { lost: 'timed-out', unseen: false, detail: 'no end after 900 s' });
			await until(() => server.sockets[0]?.destroyed === true);
			assert.deepEqual(clock.due, []);
		});

		it('ends a minute after the last byte of a body', async () => {
			let response: ServerResponse | undefined;
			const server = await serve((answer) => (response = answer).write('{"a":'));
			const { network, clock } = rigOf(transport);
			const exchange = network.exchange(requestOf(), endpointOf(server), never);
			await until(() => clock.due.length === 2);
			await settle();
			assert.equal(clock.due[0], 60_000);
			clock.pass(59_000);
			response?.write('1');
			await until(() => clock.due[0] === 60_000);
			clock.pass(60_000);
			assert.deepEqual(lossOf(await exchange), { lost: 'stalled', unseen: false, detail: 'nothing came for 60 s' });
			assert.deepEqual(clock.due, []);
		});

		it('is for the whole of a body that drips', async () => {
			let response: ServerResponse | undefined;
			const server = await serve((answer) => (response = answer).write('['));
			const { network, clock } = rigOf(transport);
			const exchange = network.exchange(requestOf(), endpointOf(server), never);
			await until(() => clock.due.length === 2);
			for (let seconds = 0; seconds < 900; seconds += 50) {
				await settle();
				clock.pass(50_000);
				response?.write(' ');
			}
			assert.equal(lossOf(await exchange).lost, 'timed-out');
		});
	});

	describe(`too much (${transport})`, () => {
		const limits = { maxBytes: 8 * 2 ** 20 };

		it('is not read on, and not kept', async () => {
			const block = Buffer.alloc(2 ** 16, 'QUJD');
			let sent = 0;
			const server = await serve((response) => {
				response.write('{"b64_json":"');
				const pour = () => {
					while (!response.destroyed && response.write(block)) sent += block.length;
				};
				response.on('drain', pour);
				pour();
			});
			const { network, lines } = rigOf(transport, { limits });
			const loss = lossOf(await network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual([loss.lost, loss.unseen], ['too-large', false]);
			const [socket] = server.sockets;
			assert.ok(socket);
			await until(() => socket.destroyed);
			assert.ok(sent < 24 * 2 ** 20, `${sent} bytes were sent`);
			assert.match(lines.join(), /→ too-large/);
		});

		it('is counted as it unfolds', async () => {
			const bomb = gzipSync(Buffer.concat([Buffer.from('{"b64_json":"'), Buffer.alloc(200 * 2 ** 20, 'A')]));
			const server = await serve((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
			const { network } = rigOf(transport, { limits });
			const before = process.memoryUsage().rss;
			assert.equal(lossOf(await network.exchange(requestOf(), endpointOf(server), never)).lost, 'too-large');
			const grown = process.memoryUsage().rss - before;
			assert.ok(grown < 100 * 2 ** 20, `${grown} bytes more`);
		});

		it('is refused where it says so itself', async () => {
			const server = await serve((response) => {
				response.writeHead(200, { 'content-length': '9000000' });
				response.write('{');
			});
			const { network } = rigOf(transport, { limits });
			assert.equal(lossOf(await network.exchange(requestOf(), endpointOf(server), never)).lost, 'too-large');
		});

		it('reads what is packed, though it asks for nothing packed', async () => {
			const server = await serve((response) =>
				response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":"b"}')),
			);
			const reply = replyOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual(reply.json, { a: 'b' });
		});
	});

	describe(`cancelling (${transport})`, () => {
		const reason = new Error('the person');

		it('asks nobody where it comes first', async () => {
			const server = await serve((response) => sendJson(response, {}));
			const { network } = rigOf(transport);
			await assert.rejects(network.exchange(requestOf(), endpointOf(server), AbortSignal.abort(reason)), reason);
			assert.equal(server.sockets.length, 0);
		});

		for (const [when, text] of [
			['before the headers', ''],
			['in the body', '{"a":'],
		] as const) {
			it(`ends the connection ${when}`, async () => {
				const server = await serve((response) => (text === '' ? undefined : response.write(text)));
				const { network, lines, clock } = rigOf(transport);
				const person = new AbortController();
				const exchange = network.exchange(requestOf(), endpointOf(server), person.signal);
				await until(() => server.requests.length === 1);
				await settle();
				person.abort(reason);
				await assert.rejects(exchange, (error) => error === reason);
				const [socket] = server.sockets;
				await until(() => socket?.destroyed === true);
				assert.match(lines.join(), /→ cancelled, \d+ B in 0 ms$/);
				assert.deepEqual(clock.due, []);
			});
		}

		it('leaves other exchanges alone', async () => {
			const waiting: ServerResponse[] = [];
			const server = await serve((response) => waiting.push(response));
			const { network } = rigOf(transport);
			const person = new AbortController();
			const cancelled = network.exchange(requestOf(), endpointOf(server), person.signal);
			const kept = network.exchange(requestOf(), endpointOf(server), never);
			await until(() => waiting.length === 2);
			person.abort(reason);
			await assert.rejects(cancelled, reason);
			for (const response of waiting) if (!response.destroyed) sendJson(response, { a: 1 });
			assert.deepEqual(replyOf(await kept).json, { a: 1 });
		});
	});

	describe(`events (${transport})`, () => {
		const head = { 'content-type': 'text/event-stream; charset=utf-8' };

		it('arrive while the request lasts', async () => {
			let response: ServerResponse | undefined;
			const server = await serve((answer) =>
				(response = answer).writeHead(200, head).write('event: a\ndata: {"n":1}\n\n'),
			);
			const { network, lines, clock } = rigOf(transport);
			const events = eventsOf(await network.exchange(requestOf(), endpointOf(server), never))[Symbol.asyncIterator]();
			assert.deepEqual((await events.next()).value, { name: 'a', data: { n: 1 } });
			assert.deepEqual(lines, []);
			response?.end('data: [DONE]\n\n');
			assert.deepEqual((await events.next()).value, { name: 'message', data: '[DONE]' });
			assert.deepEqual(await events.next(), { done: true, value: undefined });
			assert.deepEqual(lines, ['openai POST /v1/images/generations → 200, 38 B in 0 ms']);
			assert.deepEqual(clock.due, []);
		});

		for (const how of ['resetAndDestroy', 'end'] as const) {
			it(`end with the reason where the stream breaks (${how})`, async () => {
				const server = await serveRaw((socket) => {
					const text =
						'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n';
					socket.write(text, () => setTimeout(() => socket[how](), 20));
				});
				const events = await collect(
					eventsOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never)),
				);
				assert.deepEqual(events[0], { name: 'message', data: 1 });
				assert.deepEqual([events.length, lossOf(events[1]).lost, lossOf(events[1]).unseen], [2, 'reset', false]);
			});
		}

		it('may be silent for five minutes', async () => {
			const server = await serve((response) => response.writeHead(200, head).write(': hello\n\n'));
			const { network, clock, lines } = rigOf(transport);
			const all = collect(eventsOf(await network.exchange(requestOf(), endpointOf(server), never)));
			await until(() => clock.due.length === 2);
			await settle();
			assert.deepEqual(clock.due, [300_000, 900_000]);
			clock.pass(300_000);
			assert.deepEqual(await all, [{ lost: 'stalled', unseen: false, detail: 'nothing came for 300 s' }]);
			assert.match(lines.join(), /→ stalled/);
		});

		it('do not hurry the one who reads them', async () => {
			const server = await serve((response) => response.writeHead(200, head).end('data: 1\n\ndata: 2\n\n'));
			const { network, clock } = rigOf(transport);
			const seen: unknown[] = [];
			for await (const event of eventsOf(await network.exchange(requestOf(), endpointOf(server), never))) {
				seen.push(event);
				clock.pass(400_000);
				await settle();
			}
			assert.deepEqual(seen, [
				{ name: 'message', data: 1 },
				{ name: 'message', data: 2 },
			]);
		});

		it('throw the reason when cancelled', async () => {
			const server = await serve((response) => response.writeHead(200, head).write('data: 1\n\n'));
			const { network, lines, clock } = rigOf(transport);
			const person = new AbortController();
			const reason = new Error('the person');
			const seen: unknown[] = [];
			const reading = async () => {
				for await (const event of eventsOf(await network.exchange(requestOf(), endpointOf(server), person.signal))) {
					seen.push(event);
				}
			};
			const done = reading();
			await until(() => seen.length === 1);
			person.abort(reason);
			await assert.rejects(done, (error) => error === reason);
			const [socket] = server.sockets;
			await until(() => socket?.destroyed === true);
			assert.match(lines.join(), /→ cancelled/);
			assert.deepEqual(clock.due, []);
		});

		it('end the connection when nobody wants more', async () => {
			const server = await serve((response) => response.writeHead(200, head).write('data: 1\n\n'));
			const { network, clock } = rigOf(transport);
			for await (const event of eventsOf(await network.exchange(requestOf(), endpointOf(server), never))) {
				assert.ok(event);
				break;
			}
			const [socket] = server.sockets;
			await until(() => socket?.destroyed === true);
			assert.deepEqual(clock.due, []);
		});
	});
}
