// How much memory a reply without end takes: `node out/hugeReplies.js` prints a table. Each row is a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import * as z from 'zod';
import { createNetwork } from '../../src/network/network';
import type { HttpRequest } from '../../src/providers/provider';

const mega = 2 ** 20;
const all = 1024;
const png = Buffer.alloc(mega * 0.75, 7);
png.set(Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\0\0\0\x04\0\x08\x06\0\0\0', 'latin1'));
const letters = png.toString('base64');
const zeros = Buffer.alloc(3 * mega)
	.toString('base64')
	.slice(0, mega);

/** What is said before, and then again and again. */
const replies: Readonly<Record<string, readonly [type: string, head: string, again: string, gzip?: true]>> = {
	'one endless base64': ['application/json', '{"data":[{"b64_json":"', letters],
	'the same as a data URL': ['application/json', '{"data":[{"b64_json":"data:image/png;base64,', letters],
	'a data URL among words': ['application/json', '{"content":"Here: data:image/png;base64,', letters],
	'pictures of 3 MB': ['application/json', '{"data":[""', `,{"b64_json":"${letters.repeat(4)}"}`],
	'pictures of 4 kB': ['application/json', '{"data":[""', `,"${'A'.repeat(5600)}"`.repeat(187)],
	'data URLs among words': [
		'application/json',
		'{"content":["',
		`Here: data:image/png;base64,${letters.repeat(40)} so","`,
	],
	'a text': ['text/plain', 'no', 'hello world '.repeat(87_382)],
	'JSON of one text': ['application/json', '{"a":"', 'hello world '.repeat(87_382)],
	'JSON of small things': ['application/json', '[0', ',{"a":[]}'.repeat(116_509)],
	'a picture': ['image/png', png.toString('latin1'), letters],
	'one endless event': ['text/event-stream', 'data: {"b64_json":"', letters],
	'events of 30 MB': ['text/event-stream', '', `data: {"b64_json":"${letters.repeat(40)}"}\n\n`],
	'a stream without line ends': ['text/event-stream', 'x', letters],
	'small events': ['text/event-stream', '', 'data: {"type":"nothing"}\n\n'.repeat(2500)],
	'gzip of base64': ['application/json', '{"data":[{"b64_json":"', zeros, true],
	'gzip of text': ['application/json', '{"a":"', 'x'.repeat(mega), true],
	'four pictures of 20 MB, well': ['application/json', '', ''],
};

/** As fast as they are taken. */
async function pour(response: ServerResponse, name: string): Promise<void> {
	const [type, head, again, gzip] = replies[name] ?? ['', '', ''];
	response.setMaxListeners(0).on('error', () => undefined);
	response.writeHead(200, { 'content-type': type, ...(gzip && { 'content-encoding': 'gzip' }) });
	const out = gzip ? createGzip({ level: 1 }) : response;
	if (gzip) out.on('error', () => undefined).pipe(response);
	const write = async (text: string): Promise<void> => {
		if (!out.write(Buffer.from(text, 'latin1'))) await Promise.race([once(out, 'drain'), once(response, 'close')]);
	};
	if (again === '') {
		await write('{"data":[');
		for (let n = 0; n < 4; n++) {
			await write(`${n === 0 ? '' : ','}{"b64_json":"`);
			for (let sent = 0; sent < 27; sent++) await write(letters);
			await write('"}');
		}
		out.end(']}');
		return;
	}
	await write(head);
	for (let sent = 0; sent < all * mega && !response.destroyed; sent += again.length) await write(again);
	out.end();
}

const told = z.object({
	outcome: z.string(),
	/** MB above the process before. */
	peak: z.number(),
	/** MB that were taken, by the log. */
	bytes: z.number(),
	ms: z.number(),
	/** The longest time without a turn of the event loop, ms. */
	stall: z.number(),
	/** Left over. */
	files: z.number(),
	handles: z.number(),
});
type Told = z.infer<typeof told>;

/** One exchange with this server; what came of it, in MB and ms. */
async function exchange(port: string, name: string, transport: 'editor' | 'direct'): Promise<Told> {
	let line = '';
	const network = createNetwork({
		settings: () => ({ transport, timeoutMs: 120_000 }),
		loadDirect: async () => import('../../src/network/direct'),
		log: (text) => (line = text),
		version: '0',
	});
	const request: HttpRequest = { kind: 'http', method: 'POST', path: `/${encodeURIComponent(name)}`, billed: true };
	const endpoint = { provider: 'openai', base: new URL(`http://127.0.0.1:${port}`) };
	const send = async (path: string) => network.exchange({ ...request, path }, endpoint, new AbortController().signal);
	// What is loaded at first use is not the reply's.
	await send('/first');
	const before = process.memoryUsage.rss();
	const handles = readdirSync('/proc/self/fd').length;
	let [peak, stall, last] = [before, 0, performance.now()];
	const began = last;
	const timer = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
		const now = performance.now();
		stall = Math.max(stall, now - last);
		last = now;
	}, 2);
	const reply = await send(request.path);
	let outcome = 'lost' in reply ? reply.lost : Object.keys(reply).join('+');
	if (!('lost' in reply) && reply.events) {
		outcome = 'events';
		for await (const event of reply.events) if ('lost' in event) outcome = event.lost;
	}
	peak = Math.max(peak, process.memoryUsage.rss());
	stall = Math.max(stall, performance.now() - last);
	clearInterval(timer);
	const bytes = Number(/→ .*?, ([\d.]+) MB/.exec(line)?.[1] ?? 0);
	const ms = performance.now() - began;
	if (!('lost' in reply)) reply.release?.();
	await setTimeout(50);
	const files = readdirSync(tmpdir()).filter((file) => file.startsWith('limn-') && file.endsWith('.tmp')).length;
	const left = readdirSync('/proc/self/fd').length - handles;
	await network.dispose();
	return { outcome, peak: (peak - before) / mega, bytes, ms, stall, files, handles: left };
}

async function messages(child: ChildProcess): Promise<readonly unknown[]> {
	return once(child, 'message');
}

async function measure(): Promise<void> {
	const server = createServer((request, response) => {
		const name = decodeURIComponent((request.url ?? '').slice(1));
		request.resume();
		if (name === 'first') response.end('{}');
		else void pour(response, name).catch(() => undefined);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	console.log('reply of 1 GB | way | outcome | MB taken | peak MB | ms | longest stall ms | files left | handles left');
	for (const transport of ['editor', 'direct'] as const) {
		for (const name of Object.keys(replies)) {
			const child = fork(__filename, [`${port}`, name, transport]);
			const { outcome, bytes, peak, ms, stall, files, handles } = told.parse((await messages(child)).at(0));
			const cells = [bytes, peak.toFixed(0), ms.toFixed(0), stall.toFixed(0), files, handles];
			console.log([name, transport, outcome, ...cells].join(' | '));
			child.kill();
		}
	}
	server.close();
	server.closeAllConnections();
}

const [, , port, name, transport] = process.argv;
if (port === undefined || name === undefined) void measure();
else void exchange(port, name, transport === 'direct' ? 'direct' : 'editor').then((found) => process.send?.(found));
