import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isLocal, isLoopback, parseBaseUrl } from '../../../src/catalogue/baseUrl';
import { providers } from '../../../src/catalogue/providers';
import { isImageError } from '../../../src/domain/imageError';
import { sentence } from '../builders';

/** The address, or the sentence that refuses it. */
function parse(text: string, provider = 'custom'): string {
	const url = parseBaseUrl(text, provider);
	if (!isImageError(url)) return url.href;
	assert.equal(url.code, 'bad-input');
	assert.equal(url.charged, 'no');
	return sentence(url.message);
}

describe('a base URL', () => {
	const good: readonly (readonly [text: string, href: string])[] = [
		['https://api.openai.com/v1', 'https://api.openai.com/v1'],
		[' https://api.openai.com/v1/ ', 'https://api.openai.com/v1'],
		['https://api.openai.com/v1///', 'https://api.openai.com/v1'],
		['HTTPS://API.Example.com:8443/Openai/V1', 'https://api.example.com:8443/Openai/V1'],
		['https://example.com', 'https://example.com/'],
		['https://example.com/', 'https://example.com/'],
		['http://127.0.0.1:1234/v1', 'http://127.0.0.1:1234/v1'],
		['http://localhost:8080/v1', 'http://localhost:8080/v1'],
		['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
		['http://192.168.1.20:8000/v1', 'http://192.168.1.20:8000/v1'],
		['http://studio.local/v1', 'http://studio.local/v1'],
		['http://100.64.1.2:8000/v1', 'http://100.64.1.2:8000/v1'],
		['http://ai/v1', 'http://ai/v1'],
		['https://example.com/images/v1', 'https://example.com/images/v1'],
		['https://example.com/my-images', 'https://example.com/my-images'],
		['http://gpu:7860', 'http://gpu:7860/'],
		['https://my-models.example.com/models/v1', 'https://my-models.example.com/models/v1'],
		['https://res.openai.azure.com/openai/deployments/x', 'https://res.openai.azure.com/openai/deployments/x'],
	];
	for (const [text, href] of good) it(`is read from ${JSON.stringify(text)}`, () => assert.equal(parse(text), href));

	it('of every provider is one that Limn takes itself', () => {
		for (const { id, baseUrl } of providers) if (baseUrl !== undefined) assert.equal(parse(baseUrl, id), baseUrl);
	});

	const bad: readonly (readonly [what: string, texts: readonly string[], sentence: RegExp])[] = [
		[
			'is no address',
			[
				'',
				'  ',
				'https://',
				'https:///example.com',
				'http:\\\\x',
				'https://exa mple.com',
				'https://x\n.com/v1',
				'https://[::1',
				'https://x:99999/',
			],
			/^The setting limn\.providers\.custom\.baseUrl is no address\. Write one like http:\/\/127\.0\.0\.1:1234\/v1\.$/,
		],
		[
			'has no scheme, or another',
			[
				'localhost:1234/v1',
				'127.0.0.1:1234',
				'api.openai.com/v1',
				'ftp://x/v1',
				'file:///etc/passwd',
				'ws://localhost/',
				'javascript://x',
			],
			/^The setting limn\.providers\.custom\.baseUrl (must begin with https:\/\/ or http:\/\/|is no address)/,
		],
		[
			'holds somebody’s name or password',
			['https://me@example.com/v1', 'https://me:secret@example.com/v1', 'http://:secret@localhost/v1'],
			/holds a user name or a password\. Leave it out, and set an API key instead\.$/,
		],
		[
			'has a query or a fragment',
			[
				'https://example.com/v1?api-version=1',
				'https://example.com/v1?',
				'https://example.com/v1#top',
				'https://example.com#',
			],
			/must end before \? and #/,
		],
		[
			'names no machine',
			['http://0.0.0.0:1234/v1', 'https://0.0.0.0/', 'http://[::]:1234/v1', 'http://0/'],
			/Write 127\.0\.0\.1 for this machine\.$/,
		],
		[
			'would send the key in the clear',
			[
				'http://api.openai.com/v1',
				'http://8.8.8.8/v1',
				'http://169.254.169.254/v1',
				'http://[fe80::1]/v1',
				'http://169.254.1.1/v1',
				'http://100.128.0.1/v1',
				'http://[2001:db8::1]/',
				'http://localhost.example.com/',
				'http://local.example/',
			],
			/would send your key in the clear\. Write https:\/\//,
		],
	];
	for (const path of ['//v1', '/openai//v1', '/v1//images/generations', '///v1', '/a/b///c/']) {
		it(`has two slashes where one belongs: ${path}`, () => {
			const expected =
				'The setting limn.providers.custom.baseUrl has two slashes where one belongs. Write an address like http://127.0.0.1:1234/v1.';
			assert.equal(parse(`https://example.com${path}`), expected);
		});
	}

	for (const [what, texts, expected] of bad) {
		for (const text of texts) {
			it(`${what}: ${JSON.stringify(text)}`, () => assert.match(parse(text), expected));
		}
	}

	for (const ending of [
		'/images',
		'/images/generations',
		'/images/edits',
		'/images/variations',
		'/chat/completions',
		'/completions',
		'/models',
		'/responses',
		'/predictions',
	]) {
		it(`says to leave out ${ending}`, () => {
			const expected = `Leave out ${ending} at the end of the setting limn.providers.openai.baseUrl.`;
			assert.equal(parse(`https://api.openai.com/v1${ending}`, 'openai'), expected);
			assert.match(parse(`https://api.openai.com/v1${ending}/`, 'openai'), /^Leave out /);
		});
	}

	it('names the setting, and never quotes what may be a password', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true }), fc.stringMatching(/^[a-z]{6,10}$/), (url, secret) => {
				const text = url.replace('://', `://${secret}Q7:${secret}Z9@`);
				const problem = parse(text, 'lumenfall');
				assert.match(problem, /limn\.providers\.lumenfall\.baseUrl/);
				assert.ok(!problem.includes(`${secret}Q7`) && !problem.includes(`${secret}Z9`));
			}),
		);
	});

	it('is a URL that means the same again, or a sentence, whatever is typed', () => {
		const texts = fc.oneof(
			fc.webUrl(),
			fc.string(),
			fc.webUrl().map((url) => url.replace(/^https?/, 'http')),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const url = parseBaseUrl(text, 'custom');
				if (isImageError(url)) return assert.match(sentence(url.message), /limn\.providers\.custom\.baseUrl/);
				assert.ok(['http:', 'https:'].includes(url.protocol));
				assert.ok(url.pathname === '/' || !url.pathname.endsWith('/'));
				assert.ok(url.protocol === 'https:' || isLocal(url));
				assert.equal(`${url.username}${url.password}${url.search}${url.hash}`, '');
				assert.equal(parse(url.href), url.href);
			}),
		);
	});
});

function urlOf(host: string): URL {
	return new URL(`http://${host}:8080/v1`);
}

/** This machine, the three private ranges (RFC 1918) and the shared one (RFC 6598). */
function isPrivate([a = 0, b = 0]: readonly number[]): boolean {
	if (a === 100) return b >= 64 && b < 128;
	return a === 127 || a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
}

describe('where an address is', () => {
	const loopback = [
		'localhost',
		'LOCALHOST',
		'app.localhost',
		'localhost.',
		'127.0.0.1',
		'127.255.0.3',
		'2130706433',
		'0x7f.1',
		'[::1]',
		'[::ffff:127.0.0.1]',
	];
	const lan = [
		'10.0.0.1',
		'10.255.255.255',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.0.1',
		'[::ffff:192.168.0.1]',
		'[fc00::1]',
		'[fdff::1]',
		'100.64.0.1',
		'100.127.255.255',
		'[::ffff:100.64.0.1]',
		'gpu',
		'my-server',
		'studio.local',
		'studio.local.',
		'a.b.lan',
		'images.internal',
		'nas.home.arpa',
	];
	const elsewhere = [
		'example.com',
		'localhost.example.com',
		'notlocalhost.example',
		'local.example.com',
		'mylocal.com',
		'172.15.255.255',
		'172.32.0.1',
		'192.169.0.1',
		'11.0.0.1',
		'169.254.169.254',
		'100.63.255.255',
		'100.128.0.0',
		'0.0.0.0',
		'255.255.255.255',
		'224.0.0.1',
		'[fe80::1]',
		'[fec0::1]',
		'[2001:4860:4860::8888]',
		'[::]',
		'[::ffff:8.8.8.8]',
		'[64:ff9b::10.0.0.1]',
	];

	for (const host of loopback) {
		it(`${host}: this machine`, () => assert.deepEqual([isLoopback(urlOf(host)), isLocal(urlOf(host))], [true, true]));
	}
	for (const host of lan) {
		it(`${host}: the local network`, () => {
			assert.deepEqual([isLoopback(urlOf(host)), isLocal(urlOf(host))], [false, true]);
		});
	}
	for (const host of elsewhere) {
		it(`${host}: elsewhere`, () => assert.deepEqual([isLoopback(urlOf(host)), isLocal(urlOf(host))], [false, false]));
	}

	it('is told of every IPv4 address by the private ranges', () => {
		const part = fc.oneof(
			fc.integer({ min: 0, max: 255 }),
			fc.constantFrom(10, 100, 64, 127, 169, 172, 192, 168, 16, 31),
		);
		fc.assert(
			fc.property(fc.tuple(part, part, part, part), (parts) => {
				assert.equal(isLocal(urlOf(parts.join('.'))), isPrivate(parts), parts.join('.'));
			}),
		);
	});
});
