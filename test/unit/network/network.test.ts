import assert from 'node:assert/strict';
import { connectPublic } from '../../../src/network/addressGuard';
import { chooseCarrier, chooseStrangersCarrier, type Transport } from '../../../src/network/carrier';
import { systemClock } from '../../../src/network/clock';
import { type Direct, openDirect } from '../../../src/network/direct';
import { createNetwork } from '../../../src/network/network';
import { until } from './builders';
import { endpointOf, endAfterEach, never, requestOf, rigOf, serve } from './servers';

describe('the choice of the way out', () => {
	endAfterEach();
	const choices: readonly (readonly [url: string, carrier: 'editor' | 'direct'])[] = [
		['https://api.openai.com/v1', 'editor'],
		['https://192.0.2.1/v1', 'editor'],
		['http://127.0.0.1:1234/v1', 'direct'],
		['http://[::1]:1234/v1', 'direct'],
		['http://localhost:1234/v1', 'direct'],
		['http://192.168.1.20:7860/v1', 'direct'],
		['http://workstation.local:7860/v1', 'direct'],
		['http://100.64.1.2:7860/v1', 'direct'],
	];
	for (const [url, carrier] of choices) {
		it(`is ${carrier} to ${url}, where the person makes none`, () => {
			assert.equal(chooseCarrier('auto', new URL(url)), carrier);
			for (const transport of ['editor', 'direct'] as const) {
				assert.equal(chooseCarrier(transport, new URL(url)), transport);
			}
		});
	}
});

describe('the way to a stranger', () => {
	endAfterEach();
	const choices: readonly (readonly [transport: Transport, straight: string, proxied: string])[] = [
		['auto', 'guarded', 'editor'],
		['direct', 'guarded', 'guarded'],
		['editor', 'checked', 'editor'],
	];
	for (const [transport, straight, proxied] of choices) {
		it(`is ${straight} and, behind a proxy, ${proxied}: ${transport}`, () => {
			assert.equal(chooseStrangersCarrier(transport, false), straight);
			assert.equal(chooseStrangersCarrier(transport, true), proxied);
		});
	}
});

interface World {
	transport: Transport;
	loads: number;
	closes: number;
	isBroken: boolean;
}

function networkOf(world: World) {
	const load = async (): Promise<{ openDirect: typeof openDirect }> => {
		world.loads++;
		if (world.isBroken) throw new Error('no such file');
		const open: typeof openDirect = (guard): Direct => {
			const direct = openDirect(guard);
			const close = async () => {
				world.closes++;
				await direct.close();
			};
			return { ...direct, close };
		};
		return { openDirect: open };
	};
	const settings = () => ({ transport: world.transport, timeoutMs: 10_000 });
	return createNetwork({ settings, loadDirect: load, log: () => undefined, version: '1' });
}

const start = (): World => ({ transport: 'auto', loads: 0, closes: 0, isBroken: false });

describe('a line of the log', () => {
	endAfterEach();
	it('is one line, and not long, whatever others put into it', async () => {
		const said = `no\r\n2026-01-01 [info] all is well\u001b[2K\t${'x'.repeat(1000)}`;
		const direct = {
			carry: async () => Promise.reject(new Error(said)),
			carryGuarded: async () => assert.fail(),
			close: async () => undefined,
		};
		const { network, lines } = rigOf('direct', { loadDirect: async () => ({ openDirect: () => direct }) });
		await network.exchange(requestOf(), endpointOf({ base: new URL('http://127.0.0.1:9/v1') }), never);
		const [line = ''] = lines;
		assert.match(line, /^[ -~→…]+$/);
		assert.match(line, /→ reset \(no 2026-01-01 \[info\] all is well \[2K x+…$/);
		assert.equal(line.length, 300);
	});
});

describe('the network', () => {
	endAfterEach();
	it('loads undici when it is first needed, and once', async () => {
		const server = await serve((response) => response.end('{}'));
		const world = { ...start(), transport: 'editor' as Transport };
		const network = networkOf(world);
		await network.exchange(requestOf(), endpointOf(server), never);
		assert.equal(world.loads, 0);
		world.transport = 'auto';
		await Promise.all([1, 2, 3].map(async () => network.exchange(requestOf(), endpointOf(server), never)));
		assert.equal(world.loads, 1);
		await network.dispose();
		assert.equal(world.closes, 1);
		await until(() => server.sockets.slice(1).every(({ destroyed }) => destroyed));
	});

	it('tries again to load what could not be loaded', async () => {
		const server = await serve((response) => response.end('{}'));
		const world = { ...start(), isBroken: true };
		const network = networkOf(world);
		await assert.rejects(network.exchange(requestOf(), endpointOf(server), never), /no such file/);
		world.isBroken = false;
		assert.ok('status' in (await network.exchange(requestOf(), endpointOf(server), never)));
		assert.equal(world.loads, 2);
		await network.dispose();
	});

	it('ends without a word where loading fails meanwhile', async () => {
		const world = { ...start(), isBroken: true };
		const network = networkOf(world);
		const exchange = network.exchange(requestOf(), endpointOf({ base: new URL('http://127.0.0.1:9/v1') }), never);
		await Promise.all([network.dispose(), assert.rejects(exchange, /no such file/)]);
	});

	it('ends without a word where a way out cannot be closed', async () => {
		const server = await serve((response) => response.end('{}'));
		const stuck = {
			...openDirect(connectPublic(async () => [])),
			close: async () => Promise.reject(new Error('it is stuck')),
		};
		const { network } = rigOf('direct', { loadDirect: async () => ({ openDirect: () => stuck }) });
		await network.exchange(requestOf(), endpointOf(server), never);
		await network.dispose();
	});

	it('has nothing to end where nothing was loaded', async () => {
		const world = { ...start(), isBroken: true };
		const network = networkOf(world);
		await network.dispose();
		await assert.rejects(network.download('/a', { base: new URL('http://127.0.0.1:9/v1') }, never), /no such file/);
		await network.dispose();
		assert.deepEqual([world.loads, world.closes], [1, 0]);
	});
});

describe('the clock of the system', () => {
	endAfterEach();
	it('runs what is due, and not what was called off', async () => {
		const began = systemClock.now();
		let count = 0;
		const stop = systemClock.setTimer(1, () => (count += 100));
		systemClock.setTimer(5, () => count++);
		stop();
		await until(() => count > 0);
		assert.equal(count, 1);
		assert.ok(systemClock.now() - began >= 4);
	});

	it('can wait for longer than Node can', async () => {
		let isOver = false;
		const stop = systemClock.setTimer(86_400_000 * 365, () => (isOver = true));
		await new Promise((resolve) => setTimeout(resolve, 5));
		assert.equal(isOver, false);
		stop();
	});
});
