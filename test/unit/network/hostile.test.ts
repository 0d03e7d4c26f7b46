import assert from 'node:assert/strict';
import { connectPublic, type Connector } from '../../../src/network/addressGuard';
import type { Carry } from '../../../src/network/carrier';
import { type Direct, openDirect } from '../../../src/network/direct';
import { download } from './downloads';
import { hostile, rebinding, resolve } from './hostile';
import { endAfterEach, rigOf, serve } from './servers';

const base = new URL('https://api.example.com/v1');

/** The real guarded way out, but for the last step: what would be connected to is written down instead. */
function recorder(reached: string[], carry?: Carry): { openDirect: (guard: Connector) => Direct } {
	const recording =
		(guard: Connector): Connector =>
		async (target) =>
			guard(target, async (addresses) => {
				reached.push(...addresses.map(({ address }) => address));
				// Never calls `open`: no test sends anything to anybody.
				throw Object.assign(new Error('recorded'), { code: 'ECONNREFUSED' });
			});
	const ownCarry: Carry = async ({ href }) => {
		reached.push(href);
		throw Object.assign(new Error('recorded'), { code: 'ECONNREFUSED' });
	};
	return { openDirect: (guard) => ({ ...openDirect(recording(guard)), carry: carry ?? ownCarry }) };
}

/** What the editor's `fetch` would have been asked for, had it gone anywhere. */
async function reachedByFetch(work: () => Promise<void>): Promise<string[]> {
	const reached: string[] = [];
	const { fetch } = globalThis;
	try {
		globalThis.fetch = async (input) => {
			reached.push(input instanceof URL ? input.href : 'something else');
			throw Object.assign(new Error('recorded'), { code: 'ECONNREFUSED' });
		};
		await work();
	} finally {
		globalThis.fetch = fetch;
	}
	return reached;
}

describe('the corpus of hostile addresses', () => {
	endAfterEach();
	const count = Object.values(hostile).flat().length + Object.keys(rebinding).length;
	it('is large', () => assert.ok(count >= 100, `${count}`));

	for (const [trick, urls] of Object.entries(hostile)) {
		it(`never reaches the connector: ${trick}`, async () => {
			const reached: string[] = [];
			const rig = rigOf('direct', { resolve, loadDirect: async () => recorder(reached) });
			for (const url of urls) {
				const outcome = await download(rig, url, base);
				assert.equal('code' in outcome && outcome.code, 'unsafe-url', url);
			}
			assert.deepEqual(reached, []);
		});

		for (const isProxied of [true, false]) {
			it(`never reaches the editor's fetch${isProxied ? ' behind a proxy' : ''}: ${trick}`, async () => {
				const reached = await reachedByFetch(async () => {
					const rig = rigOf('editor', { resolve, usesProxy: () => isProxied });
					for (const url of urls) {
						const outcome = await download(rig, url, base);
						assert.equal('code' in outcome && outcome.code, 'unsafe-url', url);
					}
				});
				assert.deepEqual(reached, []);
			});
		}
	}

	for (const [name, addresses] of Object.entries(rebinding)) {
		it(`never reaches the connector: ${name} is ${addresses.join(', ')}`, async () => {
			const reached: string[] = [];
			const rig = rigOf('direct', { resolve, loadDirect: async () => recorder(reached) });
			const outcome = await download(rig, `https://${name}/a.png`, base);
			assert.equal('code' in outcome && outcome.code, 'unsafe-url');
			assert.deepEqual(reached, []);
			assert.match(rig.lines.join('\n'), /download GET .* → an address that is not public/);
		});
	}

	for (const [name, addresses] of Object.entries(rebinding)) {
		it(`never reaches the editor's fetch: ${name} is ${addresses.join(', ')}`, async () => {
			const rig = rigOf('editor', { resolve });
			const reached = await reachedByFetch(async () => {
				const outcome = await download(rig, `https://${name}/a.png`, base);
				assert.equal('code' in outcome && outcome.code, 'unsafe-url');
			});
			assert.deepEqual(reached, []);
			assert.match(rig.lines.join('\n'), /download GET .* → an address that is not public/);
		});
	}

	it('is not merely turned away because everything is', async () => {
		const reached: string[] = [];
		const rig = rigOf('auto', { resolve, loadDirect: async () => recorder(reached) });
		for (const url of ['https://cdn.example/a.png?sig=1', 'https://cdn.example.:8443/a.png']) {
			const outcome = await download(rig, url, base);
			assert.equal('code' in outcome && outcome.code, 'unreachable', url);
		}
		const addresses = ['93.184.216.34', '2606:2800:220:1::1'];
		// Twice, three tries each.
		assert.deepEqual(reached, Array.from({ length: 6 }, () => addresses).flat());
	});

	it('leaves the names to the proxy where there is one', async () => {
		const asked: string[] = [];
		const ports = {
			usesProxy: () => true,
			resolve: async (hostname: string) => {
				asked.push(hostname);
				return [];
			},
		};
		for (const transport of ['auto', 'editor'] as const) {
			const reached = await reachedByFetch(async () => {
				const outcome = await download(rigOf(transport, ports), 'https://cdn.example/a.png', base);
				assert.equal('code' in outcome && outcome.code, 'unreachable');
			});
			assert.deepEqual(
				reached,
				Array.from({ length: 3 }, () => 'https://cdn.example/a.png'),
			);
		}
		assert.deepEqual(asked, []);
	});

	it('is no matter of the own pictures of a server, which come by the way of its API', async () => {
		for (const [url, from] of [
			['/files/a.png', base],
			['http://gpu.local:1234/a.png', new URL('http://gpu.local:1234/v1')],
		] as const) {
			const reached: string[] = [];
			const rig = rigOf('auto', { resolve: async () => assert.fail(), loadDirect: async () => recorder(reached) });
			const byFetch = await reachedByFetch(async () => {
				const outcome = await download(rig, url, from);
				assert.equal('code' in outcome && outcome.code, 'unreachable');
			});
			if (from === base) assert.deepEqual([byFetch.length, byFetch[0], reached], [3, `${base.origin}/files/a.png`, []]);
			else assert.deepEqual([byFetch, reached[0]], [[], url]);
		}
	});

	it('goes past the proxy where the person said so', async () => {
		const reached: string[] = [];
		const ports = { resolve, usesProxy: () => true, loadDirect: async () => recorder(reached) };
		const byFetch = await reachedByFetch(async () => {
			await download(rigOf('direct', ports), 'https://cdn.example/a.png', base);
		});
		assert.deepEqual([byFetch.length, reached.length], [0, 6]);
	});

	it('asks for the addresses at each step to the editor', async () => {
		const asked: string[] = [];
		const counting = async (hostname: string) => {
			asked.push(hostname);
			return resolve(hostname);
		};
		const reached = await reachedByFetch(async () => {
			const outcome = await download(rigOf('editor', { resolve: counting }), 'https://cdn.example/a.png', base);
			assert.equal('code' in outcome && outcome.code, 'unreachable');
		});
		assert.deepEqual(asked, ['cdn.example', 'cdn.example', 'cdn.example']);
		assert.equal(reached.length, 3);
	});

	it('has no addresses where a name has none', async () => {
		const rig = rigOf('editor', { resolve: async () => [] });
		const reached = await reachedByFetch(async () => {
			const outcome = await download(rig, 'https://cdn.example/a.png', base);
			assert.equal('code' in outcome && outcome.code, 'unreachable');
		});
		assert.deepEqual(reached, []);
		assert.match(rig.lines[0] ?? '', /→ unresolved/);
	});

	it('is turned away behind a redirect too', async () => {
		const reached: string[] = [];
		let location = '';
		const server = await serve((response) => response.writeHead(302, { location }).end());
		const { carry } = openDirect(connectPublic(resolve));
		const rig = rigOf('auto', { resolve, loadDirect: async () => recorder(reached, carry) });
		const names = Object.keys(rebinding).map((name) => `https://${name}/`);
		const literal = Object.values(hostile)
			.flat()
			.filter((url) => /^[!-~]+$/.test(url) && !url.startsWith('//'));
		for (const url of [...literal, ...names]) {
			location = url;
			const outcome = await download(rig, '/redirect', server.base);
			assert.equal('code' in outcome && outcome.code, 'unsafe-url', url);
		}
		assert.deepEqual(reached, []);
	});
});
