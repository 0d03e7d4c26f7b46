import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { check } from '../../src/catalogue/check';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { findProvider } from '../../src/catalogue/providers';
import { isImageError } from '../../src/domain/imageError';
import { Agreements } from '../../src/host/agreements';
import { askPerson, hostOf, type Reasons, type Sending } from '../../src/host/consent';
import { priceOf } from '../../src/host/jobPrice';
import { Keyring } from '../../src/host/keyring';
import { consentTo } from '../../src/host/recipes/buildConsent';
import type { Reply, Request, Task } from '../../src/providers/provider';
import { Memory } from './galleryBench';
import { confirmAbove, person } from './person';
import { Secrets } from './secrets';

const model = 'lumenfall/gpt-image-2';
const host = 'api.lumenfall.ai';

const priced = (usd: number | undefined, wish: object = {}) => ({
	inTheWay: false,
	wish: { n: 1, prompt: 'a fox', options: {}, ...wish },
	quote: { model, ...(usd !== undefined && { usd }) },
});

const sending = (usd: number | undefined, given: Partial<Sending> = {}): Sending => ({
	model,
	n: 1,
	usd,
	host,
	prompt: 'a fox',
	options: {},
	files: [],
	...given,
});

const dear: Reasons = { isFirst: false, isDear: true, secrets: [] };
const none: Reasons = { ...dear, isDear: false };
const first: Reasons = { ...none, isFirst: true };
const password: Reasons = { ...none, secrets: ['password'] };

const { signal } = new AbortController();

/** Of a person who has a key for the provider. */
async function agreements(agreed: 'agreed' | 'new'): Promise<Agreements> {
	const provider = findProvider('lumenfall');
	assert.ok(provider);
	const keyring = new Keyring(new Secrets(), {});
	await keyring.set(provider, 'test-key', `https://${host}`);
	const all = new Agreements({ memory: new Memory(), keyring });
	const endpoint = await all.endpointOf(provider);
	assert.ok(endpoint);
	if (agreed === 'agreed') await all.add(endpoint);
	return all;
}

/** What a person says to jobs of which they want to hear. */
async function answering(jobs: readonly ReturnType<typeof priced>[], agreed: 'agreed' | 'new' = 'agreed') {
	const consent = await consentTo(jobs, await agreements(agreed), signal);
	assert.ok(consent);
	return consent;
}

const questions = (said: readonly string[]) => said.map((words) => words.split('\n')[0]);

describe('consent to a build in folders', () => {
	afterEach(() => mock.restoreAll());
	after(async () => confirmAbove(null));

	it('is good for what was confirmed, and no more', async () => {
		await confirmAbove(0.5);
		const said = person();
		const jobs = [priced(0.6), priced(0.8), priced(1.2, { n: 2 }), priced(undefined, { n: 3 })];
		const consent = await answering([...jobs, { ...priced(9), inTheWay: true }]);
		assert.match(said[0] ?? '', /^Make 4 pictures for about \$2\.60\?\nBesides, of unknown price: 3\n/);
		for (const usd of [0.604, 0.79]) assert.equal(await consent(sending(usd), dear), true);
		assert.equal(said.length, 1);
		// One of unknown price turns out dear, one dearer than it was said.
		assert.equal(await consent(sending(0.6), dear), true);
		assert.equal(await consent(sending(1.25, { n: 2 }), dear), true);
		assert.deepEqual(questions(said).slice(1), ['Make 1 picture for about $0.60?', 'Make 2 pictures for about $1.25?']);
		person('no');
		assert.equal(await consent(sending(0.7), dear), false);
		assert.equal(await consent(sending(1.2, { n: 2 }), dear), true);
	});

	it('adds up what nobody was asked about, up to the limit', async () => {
		await confirmAbove(0.5);
		const said = person();
		const jobs = Array.from({ length: 5 }, () => priced(undefined));
		const consent = await answering(jobs);
		for (const _ of jobs) assert.equal(await consent(sending(0.24), none), true);
		assert.equal(said.length, 1);
		assert.match(
			said[0] ?? '',
			/^Make 1 picture for about \$0\.24\?\nMade before without a question, for about \$0\.48\n/,
		);
		assert.equal(await consent(sending(undefined), none), true);
		person('no');
		assert.equal(await consent(sending(0.24), none), false);
		assert.equal(await consent(sending(0.02), none), true, 'what was declined does not count');
	});

	it('does not count what was confirmed', async () => {
		await confirmAbove(0.5);
		const said = person();
		const consent = await answering([priced(0.4), priced(0.4)]);
		assert.equal(said.length, 1);
		for (const usd of [0.4, 0.4, 0.4]) assert.equal(await consent(sending(usd), none), true);
		assert.equal(said.length, 1);
		assert.equal(await consent(sending(0.4), none), true);
		assert.equal(said.length, 2);
	});

	it('is asked for, whatever it costs, where nothing was sent to a provider before', async () => {
		await confirmAbove(null);
		const said = person();
		const all = await agreements('new');
		assert.ok(await consentTo([priced(1), priced(undefined)], all, signal));
		assert.deepEqual(said[0]?.split('\n'), [
			`Send this to ${host}?`,
			'Price: about $1.00',
			'Besides, of unknown price: 1',
			`Model: ${model}`,
			`Sent to ${host}: the prompt.`,
			'Prompt: a fox',
			'You are asked once for each provider in this workspace.',
		]);
		assert.ok(await consentTo([priced(1)], all, signal));
		assert.equal(said.length, 1);
		person('no');
		const others = await agreements('new');
		assert.equal(await consentTo([priced(1)], others, signal), undefined);
		const again = person();
		assert.ok(await consentTo([priced(1)], others, signal));
		assert.equal(again.length, 1);
	});

	it('is asked for once where two ask at the same time', async () => {
		const said = person();
		const all = await agreements('new');
		const both = await Promise.all([consentTo([priced(1)], all, signal), consentTo([priced(1)], all, signal)]);
		assert.ok(both.every(Boolean));
		assert.equal(said.length, 1);
	});

	it('is not given once the build is cancelled', async () => {
		const controller = new AbortController();
		const said = person();
		const all = await agreements('new');
		controller.abort();
		assert.equal(await consentTo([priced(1)], all, controller.signal), undefined);
		assert.deepEqual(said, []);
	});

	it('is good for the words, the host and the kinds of secret that were shown', async () => {
		await confirmAbove(null);
		const said = person();
		const options = { password: 'hunter22' };
		const confirmed = sending(undefined, { options });
		const consent = await answering([priced(undefined, { options })]);
		assert.match(
			said[0] ?? '',
			/^The prompt seems to hold a secret \(a password\)\. Send it to api\.lumenfall\.ai\?\nPrice: unknown\n/,
		);
		person('no');
		assert.equal(await consent(confirmed, { ...password, secrets: ['password', 'token'] }), false);
		assert.equal(await consent({ ...confirmed, host: 'elsewhere.example' }, password), false);
		assert.equal(await consent({ ...confirmed, prompt: 'a cat' }, password), false);
		assert.equal(await consent(confirmed, first), false, 'nobody was told of a first time');
		assert.equal(await consent(confirmed, password), true);
		assert.equal(await consent(confirmed, password), false);
	});

	it('is good for words with what is added to them', async () => {
		const said = person();
		const consent = await answering([priced(undefined, { prompt: ' a fox ', addition: 'Style: ink.' })], 'new');
		assert.match(said[0] ?? '', /\nPrompt: a fox Style: ink\.\n/);
		person('no');
		assert.equal(await consent(sending(undefined, { prompt: 'a fox\n\nStyle: ink.' }), first), true);
	});

	it('is not given by who shies at the price', async () => {
		await confirmAbove(0);
		person('no');
		assert.equal(await consentTo([priced(1)], await agreements('agreed'), signal), undefined);
	});
});

/** The lines that a person reads. */
async function dialog(given: Partial<Sending>): Promise<string[]> {
	const said = person();
	assert.equal(await askPerson(sending(undefined, given), first), true);
	return (said[0] ?? '').split('\n');
}

describe('the dialog for consent in folders', () => {
	afterEach(() => mock.restoreAll());

	it('is not shown without a reason', async () => {
		const said = person('no');
		assert.equal(await askPerson(sending(0.1), none), true);
		assert.deepEqual(said, []);
	});

	it('says how much of a prompt it leaves out', async () => {
		const lines = await dialog({ prompt: 'x'.repeat(1534) });
		assert.ok(lines.includes(`Prompt: ${'x'.repeat(300)}… (${(1234).toLocaleString()} more characters)`));
		assert.ok((await dialog({ prompt: 'x'.repeat(300) })).includes(`Prompt: ${'x'.repeat(300)}`));
	});

	it('shows the words of options too', async () => {
		const lines = await dialog({ options: { negative_prompt: 'no\u202Ewolves\nat all', seed: 7 } });
		const at = lines.indexOf('Prompt: a fox');
		assert.deepEqual(lines.slice(at, at + 3), [
			'Prompt: a fox',
			'negative_prompt: no<U+202E>wolves at all',
			'You are asked once for each provider in this workspace.',
		]);
	});

	it('shows the prompts with a secret first', async () => {
		const said = person();
		const secret = 'the wifi password=hunter22';
		const prompts = ['one', 'two', 'three', 'four', 'five', secret];
		await answering(prompts.map((prompt) => priced(undefined, { prompt })));
		const shown = (said[0] ?? '').split('\n').filter((line) => line.startsWith('Prompt'));
		assert.deepEqual(shown, [`Prompt: ${secret}`, 'Prompt: one', 'Prompt: two', 'Prompt: three', 'Prompts besides: 2']);
	});

	it('names a host, and says where others could read along', () => {
		const hosts = ['https://api.example.com:8443/v1', 'http://127.0.0.1:7860', 'http://nas.local:1234/v1'];
		assert.deepEqual(
			hosts.map((base) => hostOf(new URL(base))),
			['api.example.com:8443', '127.0.0.1:7860', 'http://nas.local:1234'],
		);
	});
});

async function price(provider: 'lumenfall' | 'runware', task: Task, reply: Reply) {
	const sent: Request[] = [];
	const name = provider === 'lumenfall' ? 'gpt-image-2' : 'runware:100@1';
	const size = { kind: 'pixels', size: { width: 1024, height: 1024 } } as const;
	const wish = { operation: 'generate', prompt: 'a fox', model: `${provider}/${name}`, size, n: 1 } as const;
	const terms = { today: '2026-11-22', allowRetired: [] };
	const plan = check({ ...wish, options: {}, format: 'png' }, { models, offers }, terms);
	if (!('calls' in plan)) return assert.fail(JSON.stringify(plan));
	const controller = new AbortController();
	const send = async (request: Request) => (sent.push(request), reply);
	const usd = await priceOf({ plan }, { consent: askPerson, controller }, send, task);
	return { usd, sent: sent.length };
}

describe('the price of a job in folders', () => {
	after(async () => confirmAbove(null));

	const listed = 0.053;
	const image = { bytes: new Uint8Array(), format: 'png' } as const;

	const quote: Reply = { status: 200, headers: {}, json: { total_cost_micros: 80_000, currency: 'USD' } };
	const picture: Reply = { status: 200, headers: {}, picture: Uint8Array.of(1) };

	it('is asked of the provider, but not with pictures', async () => {
		await confirmAbove(0);
		assert.deepEqual(await price('lumenfall', { operation: 'generate' }, quote), { usd: 0.08, sent: 1 });
		const { usd, sent } = await price('lumenfall', { operation: 'edit', images: [image] }, quote);
		assert.equal(sent, 0);
		assert.ok(typeof usd === 'number' && usd >= listed);
	});

	it('is asked no more of a provider that took the question for an order', async () => {
		await confirmAbove(0);
		const task = { operation: 'generate' } as const;
		const { usd: error, sent } = await price('runware', task, picture);
		assert.ok(isImageError(error) && error.charged === 'unknown');
		assert.equal(sent, 1);
		const again = await price('runware', task, quote);
		assert.equal(again.sent, 0);
		assert.ok(!isImageError(again.usd));
		assert.equal((await price('lumenfall', task, quote)).sent, 1);
	});
});
