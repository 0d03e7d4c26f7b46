import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { connectPublic, type Connector, isPublic, judge, unsafeAddress } from '../../../src/network/addressGuard';
import type { Carry } from '../../../src/network/carrier';
import { hasCode } from '../../../src/network/classify';
import { type Direct, openDirect } from '../../../src/network/direct';
import type { Network } from '../../../src/network/network';
import { observe, settle } from './builders';
import { hostile, rebinding } from './hostile';
import { endRigs, endServers, key, never, rigOf, serve, type Rig } from './servers';

const base = new URL('https://api.example.com/v1');

/** What a resolver would say; it asks nobody. */
const answers: Readonly<Record<string, readonly string[]>> = {
	...rebinding,
	'cdn.example': ['93.184.216.34', '2606:2800:220:1::1'],
};
const resolve = async (hostname: string) => {
	const addresses = answers[hostname] ?? ['127.0.0.1'];
	return addresses.map((address) => ({ address, family: isIP(address) }));
};

/** The real guarded way out, but for the last step: what would be connected to is written down instead. */
function recorder(reached: string[], carry?: Carry): { openDirect: (guard: Connector) => Direct } {
	const recording =
		(guard: Connector): Connector =>
		async (target, open) =>
			guard(target, async (addresses) => {
				reached.push(...addresses.map(({ address }) => address));
				return Promise.reject(Object.assign(new Error('recorded'), { code: 'ECONNREFUSED' })) ?? open(addresses);
			});
	const ownCarry: Carry = async ({ href }) => Promise.reject(new Error(`own: ${reached.push(href)}`));
	return { openDirect: (guard) => ({ ...openDirect(recording(guard)), carry: carry ?? ownCarry }) };
}

afterEach(async () => {
	await endRigs();
	endServers();
});

async function download({ network, clock }: Rig, url: string, from = base): ReturnType<Network['download']> {
	const { outcome, isOver } = observe(network.download(url, { base: from, key }, never));
	while (!isOver()) {
		await settle();
		const [first] = clock.due;
		if (first === 500 || first === 2000) clock.pass(first);
	}
	return outcome;
}

describe('the corpus of hostile addresses', () => {
	const count = Object.values(hostile).flat().length + Object.keys(rebinding).length;
	it('is large', () => assert.ok(count >= 100, `${count}`));

	for (const [trick, urls] of Object.entries(hostile)) {
		it(`never reaches the connector: ${trick}`, async () => {
			const reached: string[] = [];
			const rig = rigOf('direct', { resolve, loadDirect: async () => recorder(reached) });
			for (const url of urls) {
				const outcome = await download(rig, url);
				assert.equal('code' in outcome && outcome.code, 'unsafe-url', url);
			}
			assert.deepEqual(reached, []);
		});

		it(`never reaches the editor's fetch: ${trick}`, async () => {
			const reached: unknown[] = [];
			const { fetch } = globalThis;
			try {
				globalThis.fetch = async (input) => Promise.reject(new Error(`${reached.push(input)}`));
				const rig = rigOf('editor');
				for (const url of urls) {
					const outcome = await download(rig, url);
					assert.equal('code' in outcome && outcome.code, 'unsafe-url', url);
				}
			} finally {
				globalThis.fetch = fetch;
			}
			assert.deepEqual(reached, []);
		});
	}

	for (const [name, addresses] of Object.entries(rebinding)) {
		it(`never reaches the connector: ${name} is ${addresses.join(', ')}`, async () => {
			const reached: string[] = [];
			const rig = rigOf('direct', { resolve, loadDirect: async () => recorder(reached) });
			const outcome = await download(rig, `https://${name}/a.png`);
			assert.equal('code' in outcome && outcome.code, 'unsafe-url');
			assert.deepEqual(reached, []);
			assert.match(rig.lines.join('\n'), /download GET .* → an address that is not public/);
		});
	}

	it('is not merely turned away because everything is', async () => {
		const reached: string[] = [];
		const rig = rigOf('auto', { resolve, loadDirect: async () => recorder(reached) });
		for (const url of ['https://cdn.example/a.png?sig=1', 'https://cdn.example.:8443/a.png']) {
			const outcome = await download(rig, url);
			assert.equal('code' in outcome && outcome.code, 'unreachable', url);
		}
		const addresses = ['93.184.216.34', '2606:2800:220:1::1'];
		// Twice, three tries each.
		assert.deepEqual(reached, Array.from({ length: 6 }, () => addresses).flat());
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

const kindOf = (text: string, from = base, own: URL | undefined = base) => {
	const judgement = judge(text, from, own);
	return 'unsafe' in judgement ? judgement.unsafe : `${judgement.kind} ${judgement.url.href}`;
};

describe('judging an address', () => {
	it('lets the base URL name its own pictures, at its very origin', () => {
		const local = new URL('http://127.0.0.1:1234/v1');
		assert.equal(kindOf('/files/a.png', local, local), 'own http://127.0.0.1:1234/files/a.png');
		assert.equal(kindOf('http://127.0.0.1:1234/a.png', local, local), 'own http://127.0.0.1:1234/a.png');
		for (const text of [
			'http://127.0.0.1:1235/',
			'https://127.0.0.1:1234/',
			'http://localhost:1234/',
			'http://x@127.0.0.1:1234/',
		]) {
			assert.doesNotMatch(kindOf(text, local, local), /^(own|public)/, text);
		}
	});

	it('knows nobody of its own where that is over', () => {
		const local = new URL('http://127.0.0.1:1234/v1');
		assert.equal(kindOf('http://127.0.0.1:1234/a.png', local, undefined), 'the scheme http:');
	});

	it('takes what names no host for a place at the base URL', () => {
		for (const text of ['', 'a.png', '/a.png', 'https:/127.0.0.1/a.png', '?x=1'])
			assert.match(kindOf(text), /^own https:\/\/api\.example\.com\//);
	});

	it('says why', () => {
		assert.equal(kindOf('https://cdn.example/a.png'), 'public https://cdn.example/a.png');
		assert.equal(kindOf('https://93.184.216.34/'), 'public https://93.184.216.34/');
		assert.equal(kindOf('https://[2606:4700::1111]/'), 'public https://[2606:4700::1111]/');
		assert.equal(kindOf('https://10.0.0.1/'), 'the host 10.0.0.1');
		assert.equal(kindOf('https://a:b@cdn.example/'), 'user information');
		assert.equal(kindOf('blob:https://api.example.com/1'), 'the scheme blob:');
	});
});

describe('a public address', () => {
	it('is in one of the ranges that are for all', () => {
		for (const address of [
			'1.1.1.1',
			'93.184.216.34',
			'172.32.0.1',
			'::ffff:1.1.1.1',
			'2606:4700::1111',
			'2a00:1450::1',
		]) {
			assert.ok(isPublic(address), address);
		}
		for (const address of [
			'',
			'example.com',
			'1.1.1',
			'16843009',
			'::',
			'4000::1',
			'2001:db8::1',
			'192.88.99.1',
			'2001:10::1',
		]) {
			assert.ok(!isPublic(address), address);
		}
	});

	it('is no address of a private block, in whatever disguise', () => {
		const blocks = [[10], [127], [169, 254], [172, 16], [192, 168], [0], [100, 64], [224]];
		const address = fc.tuple(fc.constantFrom(...blocks), fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)));
		fc.assert(
			fc.property(address, ([block, rest]) => {
				const parts = [...block, ...rest].slice(0, 4);
				const [a = 0, b = 0, c = 0, d = 0] = parts;
				const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
				const disguises = [
					parts.join('.'),
					`::ffff:${parts.join('.')}`,
					`::${hex}`,
					`64:ff9b::${hex}`,
					`2002:${hex}::1`,
				];
				for (const disguise of disguises) assert.ok(!isPublic(disguise), disguise);
				for (const host of [parts.join('.'), `${((a * 256 + b) * 256 + c) * 256 + d}`, `[::ffff:${hex}]`]) {
					assert.ok('unsafe' in judge(`https://${host}/`, base, base), host);
				}
			}),
		);
	});
});

describe('connecting to a public address', () => {
	const guard = connectPublic(resolve);
	const target = { protocol: 'https:', hostname: 'cdn.example', port: '' };

	it('uses the addresses that were judged, and no others', async () => {
		let used: unknown;
		const socket = { remoteAddress: '93.184.216.34', destroy: () => assert.fail() };
		const connected = await guard(target, async (addresses) => {
			used = addresses;
			return socket;
		});
		assert.equal(connected, socket);
		assert.deepEqual(used, [
			{ address: '93.184.216.34', family: 4 },
			{ address: '2606:2800:220:1::1', family: 6 },
		]);
	});

	for (const remoteAddress of ['127.0.0.1', '::ffff:10.0.0.1', undefined]) {
		it(`ends a connection that went to ${remoteAddress} after all`, async () => {
			let isDestroyed = false;
			const socket = { remoteAddress, destroy: () => (isDestroyed = true) };
			await assert.rejects(
				guard(target, async () => socket),
				(error) => hasCode(error, unsafeAddress),
			);
			assert.ok(isDestroyed);
		});
	}

	it('asks no resolver about a literal', async () => {
		const asked: string[] = [];
		const guard = connectPublic(async (hostname) => {
			asked.push(hostname);
			return [];
		});
		for (const hostname of ['127.0.0.1', '::1', '[::1]', 'fe80::1%eth0']) {
			await assert.rejects(
				guard({ ...target, hostname }, async () => assert.fail('connected')),
				(error) => hasCode(error, unsafeAddress),
			);
		}
		assert.deepEqual(asked, []);
	});

	it('passes on that a name is not known', async () => {
		const guard = connectPublic(async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })));
		await assert.rejects(
			guard(target, async () => assert.fail()),
			{ code: 'ENOTFOUND' },
		);
	});
});
