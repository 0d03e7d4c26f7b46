import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A server that nobody may ask anything; also when it is taken for a proxy. */
export interface Canary {
	readonly origin: string;
	/** Each request that came: method, address and headers. */
	readonly heard: readonly string[];
	close(): Promise<void>;
}

/** So nobody tries again. */
const refuse: RequestListener = (_, response) => response.writeHead(401).end('{}');

export async function startCanary(answer = refuse): Promise<Canary> {
	const heard: string[] = [];
	const server = createServer((request, response) => {
		heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
		answer(request, response);
	});
	server.on('connect', (request, socket) => {
		heard.push(`CONNECT ${request.url}`);
		socket.destroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	return {
		origin: `http://127.0.0.1:${port}`,
		heard,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
