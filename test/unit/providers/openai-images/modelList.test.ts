import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { balanceOf, balanceRequest } from '../../../../src/providers/openai-images/balance';
import { controlsOfSchema, schemaRequest, sightingsOf } from '../../../../src/providers/openai-images/modelList';
import type { Reply } from '../../../../src/providers/provider';

const reply = (json: unknown): Reply => ({ status: 200, headers: {}, json });

describe('a list of models', () => {
	it('gives the image models with the day of their end', () => {
		const data = [
			{ id: 'gpt-image-1.5', object: 'model', created: 1, owned_by: 'openai', shutdown_date: '2026-12-01' },
			{ id: 'gpt-5', object: 'model', shutdown_date: null },
			{ id: 'chatgpt-image-latest', shutdown_date: null },
			{ id: 7 },
			'text',
		];
		assert.deepEqual(sightingsOf(reply({ object: 'list', data }), 'openai', false), [
			{ provider: 'openai', name: 'gpt-image-1.5', retires: '2026-12-01' },
			{ provider: 'openai', name: 'chatgpt-image-latest', retires: null },
		]);
	});

	it('is read with what a gateway adds', () => {
		const data = [
			{ id: 'flux.1-schnell', name: 'FLUX.1 schnell', capabilities: ['text-to-image'] },
			{ id: 'wan-2.6', modalities: { input: ['text'], output: ['video'] } },
			{ id: 'seedream-5', modalities: { output: ['image'] } },
			{ id: 'banana', modality: 'image' },
		];
		assert.deepEqual(sightingsOf(reply({ data }), 'lumenfall', false), [
			{ provider: 'lumenfall', name: 'flux.1-schnell', title: 'FLUX.1 schnell' },
			{ provider: 'lumenfall', name: 'seedream-5' },
			{ provider: 'lumenfall', name: 'banana' },
		]);
	});

	it('of a server of one’s own holds nothing else', () => {
		assert.deepEqual(
			sightingsOf(reply({ data: [{ id: 'flux-dev', object: 'model', owned_by: 'local' }] }), 'custom', true),
			[{ provider: 'custom', name: 'flux-dev' }],
		);
	});

	it('never breaks the reader', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (json) => {
				assert.ok(Array.isArray(sightingsOf(reply(json), 'openai', true)));
				assert.ok(Array.isArray(sightingsOf(reply({ data: [json] }), 'openai', true)));
				controlsOfSchema(reply(json));
				balanceOf(reply(json));
			}),
		);
	});
});

describe('a model’s own schema', () => {
	const properties = {
		prompt: { type: 'string' },
		size: { type: 'string' },
		quality: { type: 'string', enum: ['low', 'high'] },
		steps: { type: 'integer', minimum: 1, maximum: 50 },
		guidance: { type: 'number' },
		tiling: { type: 'boolean' },
		seed: { type: 'integer' },
		style: { type: 'string' },
	};
	const controls = [
		{ kind: 'choice', name: 'quality', values: ['low', 'high'] },
		{ kind: 'number', name: 'steps', min: 1, max: 50, whole: true },
		{ kind: 'number', name: 'guidance', min: -Infinity, max: Infinity, whole: false },
		{ kind: 'flag', name: 'tiling' },
		{ kind: 'seed', name: 'seed' },
		{ kind: 'text', name: 'style' },
	];

	it('gives the controls, wherever it stands', () => {
		for (const json of [
			{ type: 'object', properties },
			{ id: 'x', schema: { properties } },
			{ id: 'x', schema: { 'text-to-image': { properties }, 'image-edit': {} } },
			{ id: 'x', parameters: { properties } },
			{ id: 'x', input_schema: { properties } },
		]) {
			assert.deepEqual(controlsOfSchema(reply(json)), controls);
		}
		assert.equal(controlsOfSchema(reply({ id: 'x', object: 'model' })), undefined);
	});

	it('is asked for by a name that may hold anything, whoever makes the picture', () => {
		assert.equal(schemaRequest('openai/dall-e-2').path, '/models/dall-e-2?schema=true');
		assert.equal(schemaRequest('a b?').path, '/models/a%20b%3F?schema=true');
	});
});

describe('the balance', () => {
	it('is asked of the gateway’s own API', () => {
		assert.deepEqual([balanceRequest.path, balanceRequest.below], ['/v1/balance', 'origin']);
	});

	it('is an amount, or nobody knows', () => {
		const json = { object: 'balance', billing_type: 'prepaid', available: { amount: 12.5, currency: 'USD' } };
		assert.equal(balanceOf(reply(json)), 12.5);
		assert.equal(balanceOf(reply({ ...json, available: { amount: null, currency: 'USD' } })), undefined);
	});
});
