import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { collect, settle, until } from './builders';
import { eventsOf, lossOf } from './replies';
import { endpointOf, endAfterEach, never, requestOf, rigOf, serve, serveRaw } from './servers';

for (const transport of ['editor', 'direct'] as const) {
	describe(`events (${transport})`, () => {
		endAfterEach();
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

		it('end the connection when nobody wants more, which is a good end', async () => {
			const server = await serve((response) => response.writeHead(200, head).write('data: 1\n\n'));
			const { network, clock, lines } = rigOf(transport);
			for await (const event of eventsOf(await network.exchange(requestOf(), endpointOf(server), never))) {
				assert.ok(event);
				break;
			}
			const [socket] = server.sockets;
			await until(() => socket?.destroyed === true);
			assert.deepEqual(clock.due, []);
			assert.deepEqual(lines, ['openai POST /v1/images/generations → 200, 9 B in 0 ms']);
		});

		it('end the connection when nobody wants the first', async () => {
			const server = await serve((response) => response.writeHead(200, head).write('data: 1\n\n'));
			const { network, clock, lines } = rigOf(transport);
			const events = eventsOf(await network.exchange(requestOf(), endpointOf(server), never))[Symbol.asyncIterator]();
			await events.return?.();
			assert.deepEqual(await events.next(), { done: true, value: undefined });
			await until(() => server.sockets[0]?.destroyed === true);
			assert.deepEqual(clock.due, []);
			assert.deepEqual(lines, ['openai POST /v1/images/generations → 200, 0 B in 0 ms']);
		});

		it('end where they are waited for, when nobody wants them any more', async () => {
			const server = await serve((response) => response.writeHead(200, head).write(': hello\n\n'));
			const { network, lines } = rigOf(transport);
			const events = eventsOf(await network.exchange(requestOf(), endpointOf(server), never))[Symbol.asyncIterator]();
			const waiting = events.next();
			await settle();
			await events.return?.();
			assert.deepEqual(await waiting, { done: true, value: undefined });
			assert.equal(lines.length, 1);
		});

		it('end at the deadline though nobody ever reads them', async () => {
			const server = await serve((response) => response.writeHead(200, head).write('data: 1\n\n'));
			const { network, clock, lines } = rigOf(transport);
			const events = eventsOf(await network.exchange(requestOf(), endpointOf(server), never));
			assert.deepEqual(clock.due, [900_000]);
			clock.pass(900_000);
			await until(() => server.sockets[0]?.destroyed === true);
			assert.deepEqual(clock.due, []);
			assert.match(lines.join(), /→ timed-out \(no end after 900 s\), 0 B in 900000 ms$/);
			assert.deepEqual(await collect(events), [{ lost: 'timed-out', unseen: false, detail: 'no end after 900 s' }]);
			assert.equal(lines.length, 1);
		});

		it('end when the person cancels though nobody ever reads them', async () => {
			const server = await serve((response) => response.writeHead(200, head).write('data: 1\n\n'));
			const { network, clock, lines } = rigOf(transport);
			const person = new AbortController();
			const reason = new Error('the person');
			const events = eventsOf(await network.exchange(requestOf(), endpointOf(server), person.signal));
			person.abort(reason);
			await until(() => server.sockets[0]?.destroyed === true);
			assert.deepEqual(clock.due, []);
			await assert.rejects(collect(events), (error) => error === reason);
			assert.equal(lines.length, 1);
			assert.match(lines.join(), /→ cancelled/);
		});

		it('are logged once where one is too large', async () => {
			const server = await serve((response) =>
				response.writeHead(200, head).end(`data: [${'{},'.repeat(400_000)}\n\n`),
			);
			const { network, clock, lines } = rigOf(transport);
			const events = await collect(eventsOf(await network.exchange(requestOf(), endpointOf(server), never)));
			assert.deepEqual(
				events.map((event) => 'lost' in event && event.lost),
				['too-large'],
			);
			assert.equal(lines.length, 1);
			assert.match(lines.join(), /→ too-large/);
			assert.deepEqual(clock.due, []);
		});
	});
}
