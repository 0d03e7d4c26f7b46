import type { ServerResponse } from 'node:http';
import type { Answer } from './answer';

/** Sends an answer, or does not: what holds the connection open ends with it. */
export async function deliver(answer: Answer, response: ServerResponse, signal: AbortSignal): Promise<void> {
	if (answer === 'silence') return;
	if (answer === 'reset') {
		response.socket?.resetAndDestroy();
		return;
	}
	const { status, headers, body, ending } = answer;
	if (typeof body === 'string' || body instanceof Uint8Array) {
		response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
		response.flushHeaders();
		if (body.length > 0) await written(response, body);
	} else {
		response.writeHead(status, headers);
		response.flushHeaders();
		for await (const chunk of body) {
			signal.throwIfAborted();
			await written(response, chunk);
		}
	}
	if (ending === undefined) response.end();
	// All that was written has left: the client sees the end before it should come.
	else if (ending === 'reset') response.socket?.destroy();
	else if (ending === 'torn') response.socket?.resetAndDestroy();
}

async function written(response: ServerResponse, chunk: string | Uint8Array): Promise<void> {
	await new Promise<unknown>((resolve) => response.write(chunk, resolve));
}
