import assert from 'node:assert/strict';
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import net, { type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { createNetwork, type Network, type NetworkPorts } from '../../../src/network/network';
import type { Transport } from '../../../src/network/carrier';
import type { Endpoint } from '../../../src/network/encode';
import type { HttpRequest } from '../../../src/providers/provider';
import { ManualClock } from './builders';
import { openFiles } from './handles';

/** A server of this machine, and what it has seen. */
export interface Loopback {
	readonly base: URL;
	/** Every connection that was ever made. */
	readonly sockets: Socket[];
	/** `POST /v1/x` */
	readonly requests: string[];
}

const servers: { readonly server: Server; readonly sockets: readonly Socket[] }[] = [];

/** Ends every server of the test. */
export function endServers(): void {
	for (const { server, sockets } of servers.splice(0)) {
		server.close();
		for (const socket of sockets) socket.destroy();
	}
}

async function listen(server: Server): Promise<Loopback> {
	const sockets: Socket[] = [];
	server.on('connection', (socket: Socket) => {
		sockets.push(socket);
		socket.on('error', () => undefined);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	servers.push({ server, sockets });
	return { base: baseOf(server), sockets, requests: [] };
}

function baseOf(server: Server): URL {
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('This server has no port.');
	return new URL(`http://127.0.0.1:${address.port}/v1`);
}

export type Handle = (response: ServerResponse, request: IncomingMessage, body: Buffer) => unknown;

/** Reads each request to its end, then does what the test says. */
export async function serve(handle: Handle): Promise<Loopback> {
	const answer: RequestListener = (request, response) => {
		loopback.requests.push(`${request.method} ${request.url}`);
		response.on('error', () => undefined);
		void buffer(request).then(
			(body) => handle(response, request, body),
			() => undefined,
		);
	};
	const loopback = await listen(http.createServer(answer));
	return loopback;
}

/** Below HTTP: does something with each connection once a request's head has come. */
export async function serveRaw(handle: (socket: Socket) => unknown): Promise<Loopback> {
	const server = net.createServer((socket) => {
		let seen = '';
		socket.on('data', (data: Buffer) => {
			const isNew = !seen.includes('\r\n\r\n');
			seen += data.toString('latin1');
			if (isNew && seen.includes('\r\n\r\n')) handle(socket);
		});
	});
	return listen(server);
}

/** A port of this machine that nobody listens at. */
export async function closedPort(): Promise<URL> {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const base = baseOf(server);
	server.close();
	await once(server, 'close');
	return base;
}

export interface Rig {
	readonly network: Network;
	readonly clock: ManualClock;
	readonly lines: string[];
}

const rigs: Rig[] = [];

export async function endRigs(): Promise<void> {
	await Promise.all(rigs.splice(0).map(async ({ network }) => network.dispose()));
}

/** After every test of the suite in which it is called: ends what the test began, and nothing is left open. */
export function endAfterEach(): void {
	afterEach(async () => {
		await endRigs();
		endServers();
		assert.deepEqual(openFiles(), []);
	});
}

/** A network over the real carriers, with a clock that stands still. */
export function rigOf(transport: Transport, ports: Partial<NetworkPorts> = {}): Rig {
	const clock = new ManualClock();
	const lines: string[] = [];
	const network = createNetwork({
		settings: () => ({ transport, timeoutMs: 900_000 }),
		loadDirect: async () => import('../../../src/network/direct'),
		log: (line) => lines.push(line),
		version: '1.2.3',
		clock,
		...ports,
	});
	const rig = { network, clock, lines };
	rigs.push(rig);
	return rig;
}

/** In pieces, so that nothing takes it for a real one. */
export const key = ['sk', 'test', 'Qk3+9/xyzAbCdEf', '0123456789'].join('-');

export function endpointOf({ base }: Pick<Loopback, 'base'>, changes: Partial<Endpoint> = {}): Endpoint {
	return { provider: 'openai', base, key, ...changes };
}

export const never = new AbortController().signal;

export function requestOf(changes: Partial<HttpRequest> = {}): HttpRequest {
	const body = { kind: 'json', value: { prompt: 'a fox' } } as const;
	return { kind: 'http', method: 'POST', path: '/images/generations', billed: true, body, ...changes };
}
