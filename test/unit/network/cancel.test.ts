import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { openDirect } from '../../../src/network/direct';
import { collect, until } from './builders';
import { namedFiles, openFiles } from './handles';
import { eventsOf } from './replies';
import { endpointOf, endAfterEach, type Loopback, requestOf, rigOf, serve } from './servers';

const mega = 2 ** 20;

/** How far the server has come when the person cancels. */
const phases: Readonly<Record<string, (response: ServerResponse) => void>> = {
	'before the headers': () => undefined,
	'after the headers': (response) => response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders(),
	'in the middle of a body that waits on the disk': (response) => {
		response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":[{"b64_json":"');
		response.write(Buffer.alloc(20 * mega, 'QUJD'));
	},
	'in the middle of an error': (response) => response.writeHead(500).write('{"error":'),
};

/**
 * Waits until the server has lost the connection that carried the request; ms. Node's own `fetch` opens another in its place, sends
 * nothing there, and closes it after 4 s.
 */
async function timeToFree({ sockets: [socket] }: Loopback): Promise<number> {
	const began = performance.now();
	await until(() => socket?.destroyed === true);
	return performance.now() - began;
}

function assertFree(ms: number): void {
	assert.ok(ms <= 250, `${ms} ms`);
	assert.deepEqual([openFiles(), namedFiles()], [[], []]);
}

for (const transport of ['editor', 'direct'] as const) {
	describe(`who cancels (${transport})`, () => {
		endAfterEach();
		for (const [phase, answer] of Object.entries(phases)) {
			it(`frees the connection at once and leaves no file: ${phase}`, async () => {
				const server = await serve(answer);
				const person = new AbortController();
				const { network } = rigOf(transport);
				const outcome = network.exchange(requestOf(), endpointOf(server), person.signal);
				await until(() => server.requests.length === 1);
				if (phase.includes('disk')) await until(() => openFiles().length === 1);
				person.abort(new Error('no more'));
				await assert.rejects(outcome, /no more/);
				assertFree(await timeToFree(server));
			});
		}

		it('frees it in the middle of an event that waits on the disk', async () => {
			const server = await serve((response) => {
				response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\ndata: {"b64_json":"');
				response.write(Buffer.alloc(20 * mega, 'QUJD'));
			});
			const person = new AbortController();
			const reply = await rigOf(transport).network.exchange(requestOf(), endpointOf(server), person.signal);
			const events = collect(eventsOf(reply));
			await until(() => openFiles().length === 1);
			person.abort(new Error('no more'));
			await assert.rejects(events, /no more/);
			assertFree(await timeToFree(server));
		});

		it('frees it in the middle of a picture that waits on the disk', async () => {
			const png = Buffer.alloc(20 * mega);
			png.write('\x89PNG\r\n\x1a\n', 'latin1');
			const server = await serve((response) => response.writeHead(200, { 'content-length': 30 * mega }).write(png));
			const person = new AbortController();
			const { base } = server;
			const download = rigOf(transport).network.download('/a.png', { base }, person.signal);
			await until(() => openFiles().length === 1);
			person.abort(new Error('no more'));
			await assert.rejects(download, /no more/);
			assertFree(await timeToFree(server));
		});
	});
}

describe('who cancels on the guarded way', () => {
	endAfterEach();
	it('frees the connection at once', async () => {
		const server = await serve(() => undefined);
		const direct = openDirect(async (_, open) => open([{ address: '127.0.0.1', family: 4 }]));
		const person = new AbortController();
		const { signal } = person;
		const answer = direct.carryGuarded(server.base, { method: 'GET', headers: {}, signal });
		await until(() => server.requests.length === 1);
		person.abort(new Error('no more'));
		await assert.rejects(answer, /no more/);
		assertFree(await timeToFree(server));
		await direct.close();
	});
});
