import assert from 'node:assert/strict';
import type { Incoming } from '../../../src/network/carrier';
import { pngOf, streamOf } from './builders';
import { endAfterEach, key, rigOf, type Rig } from './servers';
import { codeOf, download } from './downloads';

const picture = pngOf(640, 480);

describe('a picture of a stranger', () => {
	endAfterEach();
	interface Visited {
		readonly kind: 'own' | 'public';
		readonly href: string;
		readonly names: readonly string[];
	}

	/** Ways out that go nowhere: `answer` says what each address would say. */
	function strangers(answer: (href: string) => Partial<Incoming>): { rig: Rig; visited: Visited[] } {
		const visited: Visited[] = [];
		const carryBy =
			(kind: 'own' | 'public') =>
			async ({ href }: URL, { headers }: { headers: Readonly<Record<string, string>> }) => {
				visited.push({ kind, href, names: Object.keys(headers) });
				return { status: 200, headers: {}, body: streamOf([picture]), ...answer(href) };
			};
		const direct = { carry: carryBy('own'), carryGuarded: carryBy('public'), close: async () => undefined };
		return { rig: rigOf('auto', { loadDirect: async () => ({ openDirect: () => direct }) }), visited };
	}

	const base = new URL('http://127.0.0.1:1234/v1');

	it('comes by the guarded way, without a key', async () => {
		const { rig, visited } = strangers(() => ({}));
		assert.deepEqual(await download(rig, 'https://cdn.example/a.png', base), picture);
		const names = ['accept', 'accept-encoding', 'user-agent'];
		assert.deepEqual(visited, [{ kind: 'public', href: 'https://cdn.example/a.png', names }]);
		assert.deepEqual(rig.lines, ['download GET cdn.example → 200, 200 B in 0 ms']);
	});

	it('is judged at each redirect', async () => {
		const { rig, visited } = strangers((href) =>
			href.startsWith('http://127.0.0.1:1234')
				? { status: 307, headers: { location: 'https://cdn.example/b.png' } }
				: { status: 301, headers: { location: '../c.png' }, ...(href.endsWith('c.png') && { status: 200 }) },
		);
		assert.deepEqual(await download(rig, '/a.png', base), picture);
		assert.deepEqual(
			visited.map(({ kind, href }) => `${kind} ${href}`),
			['own http://127.0.0.1:1234/a.png', 'public https://cdn.example/b.png', 'public https://cdn.example/c.png'],
		);
	});

	it('does not lead back to the base URL', async () => {
		const { rig, visited } = strangers(() => ({ status: 302, headers: { location: base.href } }));
		assert.equal(codeOf(await download(rig, 'https://cdn.example/a.png', base)), 'unsafe-url');
		assert.equal(visited.length, 1);
	});

	it('does not lead from https to http', async () => {
		const { rig } = strangers(() => ({ status: 302, headers: { location: 'http://cdn.example/a.png' } }));
		assert.equal(codeOf(await download(rig, 'https://cdn.example/a.png', base)), 'unsafe-url');
	});

	it('names no signature in the log', async () => {
		const { rig } = strangers(() => ({ status: 500, body: null }));
		await download(rig, `https://cdn.example/${key}/a.png?X-Amz-Signature=abcdef0123`, base);
		assert.doesNotMatch(rig.lines.join('\n'), /abcdef|Signature|a\.png|test-Qk3/);
		assert.equal(rig.lines.length, 3);
	});

	it('may say nothing', async () => {
		const { rig } = strangers(() => ({ status: 204, body: null }));
		assert.equal(codeOf(await download(rig, 'https://cdn.example/a.png', base)), 'bad-reply');
	});
});
