import assert from 'node:assert/strict';
import { pipeline, Readable } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { observe, settle, until } from './builders';
import { lossOf } from './replies';
import { endpointOf, endAfterEach, never, requestOf, rigOf, serve, serveRaw } from './servers';

const mega = 2 ** 20;
const json = { 'content-type': 'application/json' };

/** 300 MB of pictures, each of which may be. */
function* pictures(): Generator<Buffer> {
	yield Buffer.from('["');
	for (let sent = 0; sent < 75; sent++) yield Buffer.concat([Buffer.alloc(4 * mega, 'A'), Buffer.from('","')]);
}

for (const transport of ['editor', 'direct'] as const) {
	describe(`the limits of an answer (${transport})`, () => {
		endAfterEach();
		it('are 256 MB of what is unpacked, however small it came', async function () {
			this.timeout(60_000);
			const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } };
			for (const [encoding, pack] of [
				['gzip', createGzip({ level: 1 })],
				['br', createBrotliCompress(quick)],
			] as const) {
				const server = await serve((response) => {
					response.writeHead(200, { ...json, 'content-encoding': encoding });
					pipeline(Readable.from(pictures()), pack, response, () => undefined);
				});
				const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
				assert.deepEqual(loss, { lost: 'too-large', unseen: false, detail: 'more than 268435456 bytes' });
			}
		});

		it('are known before a body that says how long it is', async () => {
			const server = await serve((response) =>
				response.writeHead(200, { ...json, 'content-length': 2 ** 30 }).write('['),
			);
			const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
			assert.equal(loss.lost, 'too-large');
			await until(() => server.sockets[0]?.destroyed === true);
		});

		it('hold for the headers, by their size and so by their number', async () => {
			for (const lines of [
				'x: '.padEnd(70_000, 'y'),
				Array.from({ length: 9000 }, (_, n) => `x${n}: y`).join('\r\n'),
			]) {
				const server = await serveRaw((socket) => socket.end(`HTTP/1.1 200 OK\r\n${lines}\r\n\r\n{}`));
				const loss = lossOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
				assert.deepEqual([loss.lost, loss.unseen], ['garbled', false], loss.detail);
			}
		});

		it('are a minute without a byte, and the time that the person set for all of it', async () => {
			for (const [ms, lost, answer] of [
				[60_000, 'stalled', '{"data":['],
				[900_000, 'timed-out', undefined],
			] as const) {
				const server = await serve((response) => {
					if (answer !== undefined) response.writeHead(200, json).write(answer);
				});
				const rig = rigOf(transport);
				const { outcome, isOver } = observe(rig.network.exchange(requestOf(), endpointOf(server), never));
				await until(() => rig.clock.due.includes(ms) && server.requests.length === 1);
				rig.clock.pass(ms - 1);
				await settle();
				assert.equal(isOver(), false);
				rig.clock.pass(1);
				assert.equal(lossOf(await outcome).lost, lost);
				await until(() => server.sockets[0]?.destroyed === true);
			}
		});
	});
}
