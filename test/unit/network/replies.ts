import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { Transport } from '../../../src/network/carrier';
import type { NoReply, Reply, ServerEvent } from '../../../src/providers/provider';
import { endpointOf, never, requestOf, rigOf, serve } from './servers';

export function replyOf(outcome: Reply | NoReply): Reply {
	assert.ok('status' in outcome, JSON.stringify(outcome));
	return outcome;
}

export function lossOf(outcome: Reply | NoReply | ServerEvent | undefined): NoReply {
	assert.ok(outcome && 'lost' in outcome, JSON.stringify(outcome));
	return outcome;
}

export function eventsOf(outcome: Reply | NoReply): AsyncIterable<ServerEvent | NoReply> {
	const { events } = replyOf(outcome);
	assert.ok(events);
	return events;
}

export function sendJson(response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

export function answerBy(transport: Transport) {
	return async (type: string, body: string | Uint8Array, status = 200): Promise<Reply> => {
		const server = await serve((response) => response.writeHead(status, { 'content-type': type }).end(body));
		return replyOf(await rigOf(transport).network.exchange(requestOf(), endpointOf(server), never));
	};
}
