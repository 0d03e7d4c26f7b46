import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { pictureOf } from './pictures';

/** How the server gives its pictures: as base64 in one answer, as base64 in events, by address. */
export const ways = ['json', 'sse', 'url'] as const;
export type Way = (typeof ways)[number];

const order = z.object({ n: z.number().default(1) });

/** A provider of pictures that are made already; tells its parent its port. */
export async function serve(): Promise<void> {
	const pictures = new Map<number, Buffer>();
	const bodies = new Map<string, Buffer>();
	const picture = (number: number): Buffer => remembered(pictures, number, () => pictureOf(number));
	const server = createServer((request, response) => void answer(request, response));
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const [, way = '', last = ''] = (request.url ?? '').split('/');
		if (way === 'picture') return send(response, 'image/png', picture(Number(last)));
		const { n } = order.parse(await json(request));
		const body = remembered(bodies, `${way} ${n}`, () => bodyOf(z.enum(ways).parse(way), n, picture, server.address()));
		send(response, way === 'sse' ? 'text/event-stream' : 'application/json', body);
	};
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	process.send?.(portOf(server.address()));
}

function send(response: ServerResponse, type: string, body: Buffer): void {
	response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
}

function bodyOf(way: Way, n: number, picture: (number: number) => Buffer, at: unknown): Buffer {
	const numbers = Array.from({ length: n }, (_, index) => index);
	const encoded = (number: number) => picture(number).toString('base64');
	if (way === 'sse') {
		const events = numbers.map((number) =>
			Buffer.from(
				`event: image_generation.completed\ndata: {"type":"image_generation.completed","b64_json":"${encoded(number)}"}\n\n`,
			),
		);
		return Buffer.concat(events);
	}
	const items = numbers.map((number) =>
		way === 'url' ? `{"url":"http://127.0.0.1:${portOf(at)}/picture/${number}"}` : `{"b64_json":"${encoded(number)}"}`,
	);
	const parts = items.map((item, index) => Buffer.from(`${index === 0 ? '' : ','}${item}`, 'latin1'));
	return Buffer.concat([Buffer.from('{"created":1764000000,"data":['), ...parts, Buffer.from(']}')]);
}

function portOf(address: unknown): number {
	return z.custom<AddressInfo>().parse(address).port;
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
	const value = known.get(key) ?? make();
	known.set(key, value);
	return value;
}
