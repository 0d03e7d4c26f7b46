import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { connectPublic, isPublic, judge, unsafeAddress } from '../../../src/network/addressGuard';
import { hasCode } from '../../../src/network/classify';
import { resolve } from './hostile';

const base = new URL('https://api.example.com/v1');

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
			'168.63.129.17',
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
			'::1.1.1.1',
			'::101:101',
			'0::1.1.1.1',
			'168.63.129.16',
			'::ffff:168.63.129.16',
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

	it('calls it a reset where the peer is gone at once', async () => {
		let isDestroyed = false;
		const socket = { remoteAddress: undefined, destroy: () => (isDestroyed = true) };
		await assert.rejects(
			guard(target, async () => socket),
			(error) => hasCode(error, 'ECONNRESET') && !hasCode(error, unsafeAddress),
		);
		assert.ok(isDestroyed);
	});

	for (const remoteAddress of ['127.0.0.1', '::ffff:10.0.0.1']) {
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
