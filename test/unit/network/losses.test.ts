import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Carry } from '../../../src/network/carrier';
import { defaultLimits } from '../../../src/network/exchange';
import type { NoReply, Reply } from '../../../src/providers/provider';
import { collect, settle, until } from './builders';
import { eventsOf, lossOf, replyOf, sendJson } from './replies';
import { closedPort, endpointOf, endAfterEach, never, requestOf, rigOf, serve, serveRaw } from './servers';

for (const transport of ['editor', 'direct'] as const) {
	describe(`a connection that fails (${transport})`, () => {
		endAfterEach();
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
		endAfterEach();
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
		endAfterEach();
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
		endAfterEach();
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
}

describe('an exchange in a world that the servers of this machine cannot show', () => {
	endAfterEach();
	const base = new URL('https://api.example.com/v1');

	/** An exchange whose way out is this. */
	function by(carry: Carry): { readonly lines: string[]; readonly send: () => Promise<Reply | NoReply> } {
		const direct = { carry, carryGuarded: carry, close: async () => undefined };
		const { network, lines } = rigOf('direct', { loadDirect: async () => ({ openDirect: () => direct }) });
		return { lines, send: async () => network.exchange(requestOf(), endpointOf({ base }), never) };
	}

	it('is garbled where a redirect comes without its status', async () => {
		const { send, lines } = by(async () => ({ status: 0, headers: {}, body: null }));
		assert.deepEqual(await send(), { lost: 'garbled', unseen: false, detail: 'status 0' });
		assert.match(lines.join(), /→ garbled \(status 0\)/);
	});

	it('throws what is a fault of its own, without a line', async () => {
		const fault = new RangeError('a fault');
		const body = {
			[Symbol.asyncIterator]: () => {
				throw fault;
			},
		};
		const { send, lines } = by(async () => ({ status: 200, headers: { 'content-type': 'text/event-stream' }, body }));
		await assert.rejects(collect(eventsOf(await send())), fault);
		assert.deepEqual(lines, []);
	});

	it('is of 256 MB at most, and waits a minute for the next byte', () => {
		assert.deepEqual(defaultLimits, { stallMs: 60_000, eventStallMs: 300_000, maxBytes: 268_435_456 });
	});
});
