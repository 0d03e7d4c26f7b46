import { createServer as createHttps } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import * as z from 'zod';
import { selfSigned } from './certificate';
import type { Neighbour } from './row';

/** A server that answers no request. */
export interface Standing {
	readonly baseUrl: string;
	/** How many requests it has understood. */
	readonly requests: () => number;
	readonly close: () => Promise<void>;
}

export async function startNeighbour(kind: Neighbour): Promise<Standing> {
	switch (kind) {
		case 'unknown name':
			return { baseUrl: 'http://nowhere.invalid/v1', requests: () => 0, close: async () => undefined };
		case 'closed': {
			// Nobody gets this port so soon again.
			const port = await listening(createServer(), true);
			return { baseUrl: `http://127.0.0.1:${port}/v1`, requests: () => 0, close: async () => undefined };
		}
		case 'resets at once':
			return standing(
				createServer((socket) => socket.resetAndDestroy()),
				'http',
				() => 0,
			);
		case 'self-signed': {
			let requests = 0;
			const server = createHttps(selfSigned(), (_, response) => {
				requests++;
				response.end('{}');
			});
			return standing(server, 'https', () => requests);
		}
	}
}

async function standing(server: Server, scheme: string, requests: () => number): Promise<Standing> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
	});
	const port = await listening(server, false);
	return {
		baseUrl: `${scheme}://127.0.0.1:${port}/v1`,
		requests,
		close: async () => {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

async function listening(server: Server, closes: boolean): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = z.object({ port: z.number() }).parse(server.address());
	if (closes) await new Promise((resolve) => server.close(resolve));
	return port;
}
