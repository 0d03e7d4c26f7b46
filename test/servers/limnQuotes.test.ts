import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { dialects } from '../../src/generation/dialects';
import { quoteOf } from '../../src/generation/quote';
import { callFor } from '../unit/providers/calls';
import type { Emulator } from './emulator';
import { limn } from './limn';
import { startLumenfall } from './lumenfall';
import { startRunware } from './runware';
import { emulators } from './testing';

describe('the price of a call, for Limn’s own client', () => {
	const started = emulators();
	const client = limn('direct');

	const quote = async (emulator: Emulator, model: string) => {
		const call = callFor(model, { n: 2, size: { kind: 'pixels', size: { width: 1024, height: 1024 } } });
		const { provider } = call.offer;
		const dialect = dialects.get(provider) ?? assert.fail();
		const { signal } = new AbortController();
		const send = async (request: Parameters<typeof client.ask>[1]) => client.ask(emulator, request, provider);
		return quoteOf(dialect, call, send, randomUUID(), signal);
	};

	it('is what the provider says, and nothing is made or charged', async () => {
		for (const [start, model, usd] of [
			[startLumenfall, 'lumenfall/gpt-image-2', 0.106],
			[startRunware, 'runware/openai:gpt-image@2', 0.106],
		] as const) {
			const emulator = await started(start());
			assert.equal(await quote(emulator, model), usd, model);
			assert.deepEqual([emulator.charges, emulator.requests.length], [0, 1]);
		}
	});

	it('is unknown where the provider fails, and it is not asked again', async () => {
		for (const [start, model] of [
			[startLumenfall, 'lumenfall/gpt-image-2'],
			[startRunware, 'runware/openai:gpt-image@2'],
		] as const) {
			const emulator = await started(start());
			emulator.fail('500', { times: 9 });
			assert.equal(await quote(emulator, model), undefined, model);
			assert.deepEqual(emulator.requests.length, 1);
		}
	});
});
