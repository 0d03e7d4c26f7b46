import assert from 'node:assert/strict';
import { controlsOf, findOffered } from '../../src/catalogue/catalogue';
import { retirementOf } from '../../src/catalogue/lifecycle';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { findProvider } from '../../src/catalogue/providers';
import { Keyring } from '../../src/host/keyring';
import { ModelLists } from '../../src/host/modelLists';
import { createNetwork } from '../../src/network/network';
import type { Emulator } from '../servers/emulator';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { emulators, lumenfallKey, openaiKey } from '../servers/testing';
import { Secrets } from './secrets';
import { withUserSetting } from './workspace';

/** The editor's memory over a map. */
class State {
	readonly #values = new Map<string, unknown>();

	get(key: string): unknown {
		return this.#values.get(key);
	}
	async update(key: string, value: unknown): Promise<void> {
		this.#values.set(key, value);
	}
}

const opened = emulators();
const keys = { openai: openaiKey, lumenfall: lumenfallKey };

/** Lists that ask an emulator in the provider's place. */
async function asking(
	provider: keyof typeof keys,
	emulator: Emulator,
	work: (lists: ModelLists) => Promise<void>,
	state = new State(),
): Promise<void> {
	const network = createNetwork({
		settings: () => ({ transport: 'direct', timeoutMs: 10_000 }),
		loadDirect: async () => import('../../src/network/direct'),
		log: () => undefined,
		version: '0',
	});
	const keyring = new Keyring(new Secrets(), {});
	const facts = findProvider(provider);
	assert.ok(facts);
	await keyring.set(facts, keys[provider], emulator.origin);
	try {
		await withUserSetting(`providers.${provider}.baseUrl`, emulator.baseUrl, async () =>
			work(new ModelLists({ catalogue: { models, offers }, keyring, agreements, network, state })),
		);
	} finally {
		await network.dispose();
	}
}

/** The person has agreed to all. */
const agreements = { covers: () => true };

function offerOf(lists: ModelLists, name: string) {
	const found = findOffered(name, lists.catalogue());
	assert.ok(found);
	return found;
}

const pathsOf = ({ requests }: Emulator): string[] => requests.map(({ method, path }) => `${method} ${path}`);

describe('the lists of models in folders', () => {
	it('are asked for once a session, and say when a model ends', async () => {
		const openai = await opened(startOpenAI());
		await asking('openai', openai, async (lists) => {
			await lists.refresh('openai/gpt-image-1.5');
			await lists.refresh('openai/gpt-image-2');
			await lists.refresh('openai/unheard-of');
			assert.deepEqual(pathsOf(openai), ['GET /v1/models']);
			assert.equal(openai.requests[0]?.headers['authorization'], `Bearer ${openaiKey}`);
			assert.equal(retirementOf(offerOf(lists, 'openai/gpt-image-1.5')), '2026-12-01');
			const names = lists.catalogue().offers.map(({ provider, name }) => `${provider}/${name}`);
			assert.equal(new Set(names).size, names.length);
		});
	});

	it('describe what nobody knows, without losing what the gateway itself takes', async () => {
		const lumenfall = await opened(startLumenfall());
		await asking('lumenfall', lumenfall, async (lists) => {
			assert.equal(controlsOf(offerOf(lists, 'lumenfall/flux.1-schnell')), 'open');
			await lists.refresh('lumenfall/flux.1-schnell');
			assert.deepEqual(pathsOf(lumenfall), ['GET /openai/v1/models', 'GET /openai/v1/models/flux.1-schnell']);
			const controls = controlsOf(offerOf(lists, 'lumenfall/flux.1-schnell'));
			assert.ok(controls !== 'open');
			assert.ok(controls.some(({ name }) => name === 'resolution'));
			await lists.refresh('lumenfall/gpt-image-2');
			assert.equal(lumenfall.requests.length, 2, 'what is known is not asked for');
		});
	});

	it('belong to the address that said them, also in the next session', async () => {
		const openai = await opened(startOpenAI());
		const state = new State();
		const heard = { provider: 'openai', name: 'gpt-image-2', retires: '2020-01-01' };
		await state.update('modelLists', [{ ...heard, base: 'http://127.0.0.1:1/v1' }]);
		await asking(
			'openai',
			openai,
			async (lists) => {
				assert.equal(retirementOf(offerOf(lists, 'openai/gpt-image-2')), undefined);
				await lists.refresh('openai/gpt-image-2');
			},
			state,
		);
		await asking(
			'openai',
			openai,
			async (lists) => {
				assert.equal(retirementOf(offerOf(lists, 'openai/gpt-image-1.5')), '2026-12-01');
				assert.ok(JSON.stringify(state.get('modelLists')).includes(openai.baseUrl));
			},
			state,
		);
	});

	it('are not asked for before the person has agreed to send anything there', async () => {
		const openai = await opened(startOpenAI());
		await asking('openai', openai, async ({ parts }) => {
			const lists = new ModelLists({ ...parts, agreements: { covers: () => false } });
			await lists.refresh('openai/gpt-image-2');
		});
		assert.deepEqual(openai.requests, []);
	});

	it('change nothing where they cannot be had, and are asked for again', async () => {
		const openai = await opened(startOpenAI());
		await asking('openai', openai, async (lists) => {
			openai.fail('500', { when: ({ method }) => method === 'GET' });
			await lists.refresh('openai/gpt-image-2');
			assert.deepEqual(lists.catalogue().offers.length, offers.length);
			await lists.refresh('openai/gpt-image-2');
			assert.equal(openai.requests.length, 2);
		});
		const lists = new ModelLists({
			catalogue: { models, offers },
			keyring: new Keyring(new Secrets(), {}),
			agreements,
			network: {
				exchange: async () => assert.fail('Nothing is sent.'),
				download: async () => assert.fail(),
				dispose: async () => undefined,
			},
			state: new State(),
		});
		for (const name of ['openai/gpt-image-2', 'sketch/placeholder', 'runware/x', 'nonsense']) await lists.refresh(name);
	});
});
