import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { ConfigurationTarget, window, workspace } from 'vscode';
import { check } from '../../src/catalogue/check';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import type { ProviderFacts } from '../../src/catalogue/providers';
import { isImageError } from '../../src/domain/imageError';
import { askPerson, type Reasons } from '../../src/host/consent';
import { priceOf } from '../../src/host/jobPrice';
import { consentTo } from '../../src/host/recipes/buildConsent';
import type { Reply, Request, Task } from '../../src/providers/provider';

/** In this editor nobody is asked otherwise, see hostTests.ts. */
async function confirmAbove(usd: number | null): Promise<void> {
	await workspace.getConfiguration('limn').update('budget.confirmAbove', usd, ConfigurationTarget.Global);
}

/** A dialog that a person answers, and what it said. */
function person(answers: 'yes' | 'no' = 'yes'): string[] {
	const said: string[] = [];
	mock.method(window, 'showWarningMessage', async (question: string, { detail }: { detail: string }, yes: string) => {
		said.push(`${question}\n${detail}`);
		return answers === 'yes' ? yes : undefined;
	});
	return said;
}

const model = 'lumenfall/gpt-image-2';

const priced = (usd: number | undefined, n = 1) => ({
	inTheWay: false,
	prompt: 'a fox',
	wish: { n },
	quote: { model, ...(usd !== undefined && { usd }) },
});

const sending = (usd: number, n = 1) => ({ model, n, usd, host: 'example.com', prompt: 'a fox', files: [] });

const dear: Reasons = { isFirst: false, isDear: true, secrets: [] };

const agreed = { coversProvider: async () => true, addProvider: async () => undefined };

describe('consent to a build in folders', () => {
	afterEach(() => mock.restoreAll());
	after(async () => confirmAbove(null));

	it('is good for what was confirmed, and no more', async () => {
		await confirmAbove(0.5);
		const said = person();
		const jobs = [priced(0.6), priced(0.8), priced(1.2, 2), priced(undefined, 3), { ...priced(9), inTheWay: true }];
		const consent = await consentTo(jobs, agreed);
		assert.match(said[0] ?? '', /^Make 4 pictures for about \$2\.60\?\nBesides, of unknown price: 3\n/);
		for (const usd of [0.604, 0.79]) assert.equal(await consent?.(sending(usd), dear), true);
		assert.equal(said.length, 1);
		// One of unknown price turns out dear, one dearer than it was said.
		assert.equal(await consent?.(sending(0.6), dear), true);
		assert.equal(await consent?.(sending(1.25, 2), dear), true);
		assert.deepEqual(
			said.slice(1).map((words) => words.split('\n')[0]),
			['Make 1 picture for about $0.60?', 'Make 2 pictures for about $1.25?'],
		);
		person('no');
		assert.equal(await consent?.(sending(0.7), dear), false);
		assert.equal(await consent?.(sending(1.2, 2), dear), true);
	});

	it('is asked for at each job where all together are below the limit', async () => {
		await confirmAbove(2);
		const said = person();
		assert.equal(await consentTo([priced(1), priced(undefined)], agreed), askPerson);
		assert.deepEqual(said, []);
		assert.equal(await askPerson(sending(3), dear), true);
		assert.equal(said.length, 1);
	});

	it('is asked for, whatever it costs, where nothing was sent to a provider before', async () => {
		await confirmAbove(null);
		const said = person();
		const added: string[] = [];
		const agreements = {
			coversProvider: async () => false,
			addProvider: async ({ id }: ProviderFacts) => void added.push(id),
		};
		const consent = await consentTo([priced(1), priced(undefined)], agreements);
		const host = 'api.lumenfall.ai';
		assert.deepEqual(said[0]?.split('\n'), [
			`Send this to ${host}?`,
			'Price: about $1.00',
			`Model: ${model}`,
			`Sent to ${host}: the prompt.`,
			'Prompt: a fox',
			'You are asked once for each provider in this workspace.',
		]);
		assert.deepEqual(added, ['lumenfall']);
		assert.ok(consent);
		person('no');
		assert.equal(await consentTo([priced(1)], agreements), undefined);
		assert.deepEqual(added, ['lumenfall']);
	});

	it('is not given by who shies at the price', async () => {
		await confirmAbove(0);
		person('no');
		assert.equal(await consentTo([priced(1)], agreed), undefined);
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
	const usd = await priceOf({ plan }, task, { consent: askPerson, controller }, send);
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
