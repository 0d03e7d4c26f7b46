// oxlint-disable-next-line typescript/triple-slash-reference -- types for modules that have none cannot be imported
/// <reference path="./undici.d.ts" />
import type { LookupAddress } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
// By these paths and not by its name: `undici` as a whole takes the process-wide places of the dispatchers that the
// editor's own `fetch` and other extensions use.
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { Connector } from './addressGuard';
import type { Carry } from './carrier';

/** The ways out past the editor. */
export interface Direct {
	/** To where the person said. */
	readonly carry: Carry;
	/** To where a reply said: no connection that the guard does not allow. */
	readonly carryGuarded: Carry;
	/** Ends all connections. */
	close(): Promise<void>;
}

/** To connect, in ms; before that nothing has been sent. */
const connectMs = 30_000;

/** The timers are the exchange's own (0: none here), and nothing is sent twice. */
const options = { headersTimeout: 0, bodyTimeout: 0, pipelining: 1 };

/** `guard` decides which connections of `carryGuarded` are made. */
export function openDirect(guard: Connector): Direct {
	const open = new Agent({ ...options, connect: { timeout: connectMs } });
	const guarded = new Agent({
		...options,
		connect: (target, callback) => void connectGuarded(guard, target, callback),
	});
	return {
		carry: carryBy(open),
		carryGuarded: carryBy(guarded),
		close: async () => {
			await Promise.all([open.destroy(), guarded.destroy()]);
		},
	};
}

async function connectGuarded(
	guard: Connector,
	target: buildConnector.Options,
	callback: buildConnector.Callback,
): Promise<void> {
	let socket: Socket;
	try {
		socket = await guard(target, async (addresses) => connectTo(target, addresses));
	} catch (error) {
		callback(error instanceof Error ? error : new Error(String(error)), null);
		return;
	}
	callback(null, socket);
}

async function connectTo(target: buildConnector.Options, addresses: readonly LookupAddress[]): Promise<Socket> {
	const connect = buildConnector({ timeout: connectMs, lookup: answer(addresses) });
	return new Promise((resolve, reject) => {
		connect(target, (error, socket) => (socket ? resolve(socket) : reject(error ?? new Error('no socket'))));
	});
}

/** A resolver that knows one answer. */
function answer(addresses: readonly LookupAddress[]): LookupFunction {
	return (_, { all }, callback) => {
		const [first] = addresses;
		if (all === true) callback(null, [...addresses]);
		else if (first) callback(null, first.address, first.family);
		else callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
	};
}

function carryBy(agent: Agent): Carry {
	return async (url, { method, headers, body, signal }) => {
		// undici would connect, and only then look at the signal.
		signal.throwIfAborted();
		const answer = await request.call(agent, {
			origin: url.origin,
			path: `${url.pathname}${url.search}`,
			method,
			headers,
			signal,
			body: body ?? null,
		});
		const names = Object.entries(answer.headers).map(([name, value = '']) => [name, String(value)] as const);
		const encoding = String(answer.headers['content-encoding'] ?? 'identity');
		return {
			status: answer.statusCode,
			headers: Object.fromEntries(names),
			body: bodiless.has(answer.statusCode) ? answer.body : unpacked(answer.body, encoding),
		};
	};
}

/** They may name the encoding of a body that they do not have, and nothing cannot be unpacked. */
const bodiless = new Set([204, 304]);

/** As `fetch` does it, though none was asked for. */
function unpacked(body: Readable, encoding: string): AsyncIterable<Uint8Array> {
	const transform = transformFor(encoding.trim().toLowerCase());
	if (!transform) return body;
	// An error ends both, and is thrown where the body is read.
	return pipeline(body, transform, () => undefined);
}

function transformFor(encoding: string): Transform | undefined {
	switch (encoding) {
		case '':
		case 'identity':
			return undefined;
		case 'gzip':
		case 'x-gzip':
			return createGunzip();
		case 'deflate':
			return createInflate();
		case 'br':
			return createBrotliDecompress();
		default:
			return refuse(encoding);
	}
}

/** Chains of encodings are how a small body becomes endless. */
function refuse(encoding: string): Transform {
	const error = Object.assign(new Error(`the encoding ${encoding.slice(0, 80)}`), { code: 'Z_UNKNOWN_ENCODING' });
	return new PassThrough({ construct: (callback) => callback(error) });
}
