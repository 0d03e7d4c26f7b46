import assert from 'node:assert/strict';
import { english } from '../../../src/domain/message';
import { pngOf, settle, until } from './builders';
import { closedPort, endAfterEach, never, rigOf, serve, serveRaw } from './servers';
import { codeOf, download } from './downloads';

const picture = pngOf(640, 480);

for (const transport of ['auto', 'editor'] as const) {
	describe(`a picture at the base URL's own origin (${transport})`, () => {
		endAfterEach();
		it('comes, without a key and unpacked', async () => {
			let seen: unknown;
			const server = await serve((response, { url, headers }) => {
				const { authorization, cookie, accept, 'accept-encoding': encoding, 'user-agent': agent } = headers;
				seen = { url, authorization, cookie, accept, encoding, agent };
				response.end(picture);
			});
			const rig = rigOf(transport);
			assert.deepEqual(await download(rig, '/files/a.png?sig=secret', server.base), picture);
			assert.deepEqual(seen, {
				url: '/files/a.png?sig=secret',
				authorization: undefined,
				cookie: undefined,
				accept: 'image/png, image/jpeg, image/webp, image/gif, image/avif',
				encoding: 'identity',
				agent: 'limn/1.2.3',
			});
			assert.deepEqual(rig.lines, [`download GET ${server.base.host} → 200, 200 B in 0 ms`]);
			assert.deepEqual(rig.clock.due, []);
		});

		it('may lie behind three redirects and no more', async () => {
			const server = await serve((response, { url = '' }) => {
				const left = Number(/\d+$/.exec(url)?.[0]);
				if (left === 0) response.end(picture);
				else response.writeHead(302, { location: `hop-${left - 1}` }).end();
			});
			assert.deepEqual(await download(rigOf(transport), '/a/hop-3', server.base), picture);
			assert.equal(codeOf(await download(rigOf(transport), '/a/hop-4', server.base)), 'bad-reply');
			const nowhere = await serve((response) => response.writeHead(302).end());
			assert.equal(codeOf(await download(rigOf(transport), '/a', nowhere.base)), 'bad-reply');
		});

		for (const status of [401, 403, 404, 410]) {
			it(`has expired where the answer is ${status}`, async () => {
				const server = await serve((response) => response.writeHead(status).end('<Error/>'));
				const outcome = await download(rigOf(transport), '/a', server.base);
				assert.ok('code' in outcome);
				assert.equal(outcome.code, 'unreachable');
				assert.match(english(outcome.message), /link to the picture has expired/);
				assert.equal(server.requests.length, 1);
			});
		}

		for (const status of [408, 429, 500, 503]) {
			it(`is asked for three times where the answer is ${status}`, async () => {
				const server = await serve((response) => response.writeHead(status).end());
				const outcome = await download(rigOf(transport), '/a', server.base);
				assert.ok('code' in outcome);
				assert.equal(outcome.code, 'unreachable');
				assert.match(english(outcome.message), new RegExp(`\\(${status}\\)`));
				assert.equal(server.requests.length, 3);
			});
		}

		it('comes at the third try', async () => {
			let count = 0;
			const server = await serve((response, request) => {
				if (++count === 1) request.socket.resetAndDestroy();
				else if (count === 2)
					response
						.writeHead(200, { 'content-length': '200' })
						.write(picture.slice(0, 100), () => request.socket.destroy());
				else response.end(picture);
			});
			const rig = rigOf(transport);
			assert.deepEqual(await download(rig, '/a', server.base), picture);
			assert.equal(rig.lines.length, 3);
			assert.equal(rig.clock.now(), 2500);
		});

		it('is out of reach where nobody listens', async () => {
			assert.equal(codeOf(await download(rigOf(transport), '/a', await closedPort())), 'unreachable');
		});

		it('is out of reach where the server says nothing for a minute', async () => {
			const server = await serve(() => undefined);
			const rig = rigOf(transport);
			const outcome = rig.network.download('/a', { base: server.base }, never);
			for (const [tries, pause] of [
				[1, 500],
				[2, 2000],
				[3, 0],
			] as const) {
				await until(() => server.requests.length === tries);
				await settle();
				rig.clock.pass(60_000);
				await settle();
				rig.clock.pass(pause);
			}
			assert.equal(codeOf(await outcome), 'unreachable');
			assert.match(rig.lines.join(), /→ stalled/);
		});

		it('took too long at the deadline', async () => {
			const server = await serve((response) => response.write(picture));
			const rig = rigOf(transport, { limits: { stallMs: 1e9 } });
			const outcome = rig.network.download('/a', { base: server.base }, never);
			await until(() => server.requests.length === 1);
			rig.clock.pass(900_000);
			assert.equal(codeOf(await outcome), 'timed-out');
		});
	});

	describe(`what is no picture (${transport})`, () => {
		endAfterEach();
		const bodies: Readonly<Record<string, string | Uint8Array>> = {
			HTML: '<!doctype html><script>alert(1)</script>',
			SVG: '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
			JSON: '{"error":"no"}',
			'broken JSON': '{"error":',
			nothing: '',
			'a beginning': pngOf(10, 10).slice(0, 14),
			'no pixels': pngOf(0, 10),
			ZIP: Buffer.from('PK\x03\x04------------------'),
			HEIC: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
		};
		for (const [what, body] of Object.entries(bodies)) {
			it(`is not taken for one: ${what}`, async () => {
				const server = await serve((response) => response.writeHead(200, { 'content-type': 'image/png' }).end(body));
				assert.equal(codeOf(await download(rigOf(transport), '/a', server.base)), 'bad-reply');
				assert.equal(server.requests.length, 1);
			});
		}

		it('is garbled where it is no HTTP', async () => {
			const server = await serveRaw((socket) => socket.end('220 smtp.example ESMTP\r\n'));
			assert.equal(codeOf(await download(rigOf(transport), '/a', server.base)), 'bad-reply');
		});
	});

	describe(`too large a picture (${transport})`, () => {
		endAfterEach();
		for (const [width, height] of [
			[16_385, 1],
			[1, 16_385],
			[10_001, 10_000],
			[2 ** 31 - 1, 2 ** 31 - 1],
		] as const) {
			it(`is refused before anybody unfolds it: ${width} × ${height}`, async () => {
				const server = await serve((response) => response.end(pngOf(width, height)));
				assert.equal(codeOf(await download(rigOf(transport), '/a', server.base)), 'too-large');
			});
		}

		it('is one of more than 16384 pixels a side or 100 megapixels', async () => {
			for (const [width, height] of [
				[16_384, 1],
				[10_000, 10_000],
			] as const) {
				const server = await serve((response) => response.end(pngOf(width, height)));
				assert.deepEqual(await download(rigOf(transport), '/a', server.base), pngOf(width, height));
			}
		});

		it('is refused by what it says of itself', async () => {
			const server = await serve((response) =>
				response.writeHead(200, { 'content-length': String(2 ** 26 + 1) }).write(picture),
			);
			assert.equal(codeOf(await download(rigOf(transport), '/a', server.base)), 'too-large');
			assert.equal(server.requests.length, 1);
		});

		it('is not read beyond 64 MB', async () => {
			const block = Buffer.alloc(2 ** 20);
			const server = await serve((response) => {
				response.write(picture);
				const pour = () => {
					while (!response.destroyed && response.write(block));
				};
				response.on('drain', pour);
				pour();
			});
			const outcome = await download(rigOf(transport), '/a', server.base);
			assert.equal(codeOf(outcome), 'too-large');
			const [socket] = server.sockets;
			await until(() => socket?.destroyed === true);
		});
	});

	describe(`cancelling a download (${transport})`, () => {
		endAfterEach();
		const reason = new Error('the person');

		it('ends it while it lasts', async () => {
			const server = await serve((response) => response.write(picture));
			const rig = rigOf(transport);
			const person = new AbortController();
			const outcome = rig.network.download('/a', { base: server.base }, person.signal);
			await until(() => server.requests.length === 1);
			await settle();
			person.abort(reason);
			await assert.rejects(outcome, (error) => error === reason);
			const [socket] = server.sockets;
			await until(() => socket?.destroyed === true);
			assert.deepEqual(rig.clock.due, []);
		});

		it('ends it between two tries', async () => {
			const server = await serve((response) => response.writeHead(500).end());
			const rig = rigOf(transport);
			const person = new AbortController();
			const outcome = rig.network.download('/a', { base: server.base }, person.signal);
			await until(() => rig.clock.due[0] === 500);
			person.abort(reason);
			await assert.rejects(outcome, (error) => error === reason);
			assert.deepEqual(rig.clock.due, []);
			assert.equal(server.requests.length, 1);
		});

		it('asks nobody where it comes while the way out is still being loaded', async () => {
			const server = await serve((response) => response.end(picture));
			const person = new AbortController();
			const loadDirect = async () => {
				person.abort(reason);
				return import('../../../src/network/direct');
			};
			const rig = rigOf('direct', { loadDirect });
			await assert.rejects(
				rig.network.download('/a', { base: server.base }, person.signal),
				(error) => error === reason,
			);
			assert.equal(server.sockets.length, 0);
			assert.deepEqual(rig.clock.due, []);
			assert.match(rig.lines.join(), /→ cancelled/);
		});

		it('asks nobody where it comes first', async () => {
			const server = await serve((response) => response.end(picture));
			const outcome = rigOf(transport).network.download('/a', { base: server.base }, AbortSignal.abort(reason));
			await assert.rejects(outcome, (error) => error === reason);
			assert.equal(server.sockets.length, 0);
		});
	});
}
