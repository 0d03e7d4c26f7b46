import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runwareProbe } from '../../../../src/providers/runware/probe';
import { sentence } from '../../builders';
import { taskOf } from './asking';

const asked = { offer: { provider: 'runware', name: 'openai:gpt-image@2' } };

function probed(status: number, json: unknown) {
	return runwareProbe.read({ status, headers: {}, json }, asked);
}

function details(more: object): object {
	return {
		data: [
			{
				taskType: 'accountManagement',
				operation: 'getDetails',
				organizationName: 'Lighthouse',
				team: [{ email: 'keeper@example.org' }],
				apiKeys: [{ name: 'shore' }],
				...more,
			},
		],
	};
}

describe('the probe of a Runware key', () => {
	it('asks for the account, which costs nothing', () => {
		const request = runwareProbe.request('an id');
		assert.deepEqual(taskOf(request), { taskType: 'accountManagement', taskUUID: 'an id', operation: 'getDetails' });
		assert.deepEqual([request.path, request.billed], ['', false]);
	});

	it('learns what is left, as a number or as an object', () => {
		assert.deepEqual(probed(200, details({ balance: 2450.75 })), { kind: 'works', usd: 2450.75 });
		assert.deepEqual(probed(200, details({ balance: { amount: 12.5, freeBalance: 1, currency: 'USD' } })), {
			kind: 'works',
			usd: 12.5,
		});
		assert.deepEqual(probed(200, details({ balance: { amount: 3 } })), { kind: 'works', usd: 3 });
		assert.deepEqual(probed(200, { data: { balance: 0 } }), { kind: 'works', usd: 0 });
	});

	it('is content where the balance is withheld, or none that it knows', () => {
		for (const json of [
			details({}),
			details({ balance: null }),
			details({ balance: { amount: 3, currency: 'EUR' } }),
			{ data: [] },
		]) {
			assert.deepEqual(probed(200, json), { kind: 'works' });
		}
	});

	it('takes a key that may not see the account for a good one', () => {
		for (const code of ['forbidden', 'permissionDenied', 'insufficientPermissions']) {
			for (const status of [200, 400, 403]) {
				assert.deepEqual(probed(status, { errors: [{ code, message: 'No.' }] }), { kind: 'works' });
			}
		}
	});

	it('fails with a bad key, and with a server that fails', () => {
		for (const [status, json, code] of [
			[401, { errors: [{ code: 'invalidApiKey', message: 'Invalid API key.' }] }, 'bad-key'],
			[200, { errors: [{ code: 'invalidApiKey', message: 'Invalid API key.' }] }, 'bad-key'],
			[401, undefined, 'bad-key'],
			[403, undefined, 'bad-key'],
			[429, undefined, 'rate-limited'],
			[500, { error: { code: 'internalServerError', message: 'Oh.' } }, 'server-error'],
			[301, undefined, 'server-error'],
		] as const) {
			const result = probed(status, json);
			assert.equal(result.kind === 'fails' && result.error.code, code);
		}
		const result = probed(401, { errors: [{ code: 'invalidApiKey' }] });
		assert.match(sentence(result.kind === 'fails' ? result.error.message : undefined), /^Runware does not accept/);
	});

	it('takes an answer of another kind for somebody else’s', () => {
		for (const json of [undefined, {}, [], 'hello', { ok: true }]) {
			const result = probed(200, json);
			assert.equal(result.kind === 'fails' && result.error.code, 'bad-reply');
		}
	});

	it('hands on nothing of the people and the keys of the account', () => {
		fc.assert(
			fc.property(fc.constantFrom(200, 400, 500), fc.jsonValue(), (status, balance) => {
				assert.doesNotMatch(JSON.stringify(probed(status, details({ balance }))), /keeper|shore|Lighthouse/);
			}),
		);
	});
});
