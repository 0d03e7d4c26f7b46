import assert from 'node:assert/strict';
import * as z from 'zod';
import { replicateKey, startReplicate } from './replicate';
import { ask, community, create, fill, schnell, versionOf } from './replicateTesting';
import { emulators, formOf, blob, pngOf, twoHalves } from './testing';

const referenceSchema = z.object({ allOf: z.tuple([z.object({ $ref: z.string() })]), default: z.string() });

const modelSchema = z.object({
	is_official: z.boolean(),
	visibility: z.literal('public'),
	latest_version: z.object({
		id: z.string().regex(/^[0-9a-f]{64}$/),
		openapi_schema: z.object({
			components: z.object({
				schemas: z.looseObject({
					Input: z.object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()) }),
					Output: z.object({ type: z.string() }),
				}),
			}),
		}),
	}),
});

describe('the emulator of Replicate', () => {
	const started = emulators();
	const start = async (options = {}) => started(startReplicate(options));

	it('describes a model with its schema, whose enums stand beside the inputs', async () => {
		const emulator = await start();
		const { body } = await ask(emulator, '/models/openai/gpt-image-2');
		const model = modelSchema.parse(body);
		assert.ok(model.is_official);
		const { schemas } = model.latest_version.openapi_schema.components;
		assert.deepEqual(schemas.Input.required, ['prompt']);
		assert.equal(schemas.Output.type, 'array');
		const ratio = referenceSchema.parse(schemas.Input.properties['aspect_ratio']);
		assert.equal(ratio.allOf[0].$ref, '#/components/schemas/aspect_ratio');
		assert.equal(ratio.default, '1:1');
		assert.deepEqual(z.object({ enum: z.array(z.string()) }).parse(schemas['aspect_ratio']).enum, [
			'1:1',
			'3:2',
			'2:3',
		]);
		const other = modelSchema.parse((await ask(emulator, `/models/${community}`)).body);
		assert.ok(!other.is_official);
		assert.equal(other.latest_version.id, versionOf(community));
	});

	it('describes a version, and who asks', async () => {
		const emulator = await start();
		const path = `/models/${community}/versions/${versionOf(community)}`;
		assert.equal((await ask(emulator, path)).body.id, versionOf(community));
		assert.equal((await ask(emulator, `/models/${community}/versions/${'0'.repeat(64)}`)).status, 404);
		const { body } = await ask(emulator, '/account');
		assert.deepEqual([body['type'], body['username'], body['name']], ['user', 'emulator', 'Emulator']);
	});

	it('knows retired models only where it is told to', async () => {
		const now = await start();
		assert.equal((await ask(now, '/models/openai/dall-e-2')).status, 404);
		assert.equal((await create(now, { prompt: 'a mill' }, 'openai/dall-e-2')).status, 404);
		const before = await start({ legacy: true, polls: 0 });
		const { body } = await create(before, { prompt: 'a mill', size: '256x256', n: 2 }, 'openai/dall-e-2');
		assert.equal(z.array(z.string()).parse(body.output).length, 2);
	});

	it('answers 404 everywhere else, and still wants a key', async () => {
		const emulator = await start();
		for (const path of ['/images/generations', '/predictions/unknown', '/models/openai/gpt-image-9']) {
			const { status, body } = await ask(emulator, path);
			assert.deepEqual([status, body.title, body['status']], [404, 'Resource not found', 404]);
		}
		const { status, body } = await ask(emulator, '/account', undefined, { authorization: 'Bearer other' });
		assert.deepEqual([status, body.detail], [401, 'You did not pass a valid authentication token']);
		const without = await fetch(`${emulator.baseUrl}/predictions`, { method: 'POST' });
		assert.equal(without.status, 401);
	});

	it('runs official models by their name, and others by their version alone', async () => {
		const emulator = await start();
		const byVersion = async (version: string) =>
			(await ask(emulator, '/predictions', { version, input: { prompt: 'a mill' } })).status;
		assert.equal(await byVersion(schnell), 201);
		assert.equal(await byVersion(`${schnell}:${versionOf(schnell)}`), 201);
		assert.equal(await byVersion(versionOf(community)), 201);
		assert.equal(await byVersion(`${community}:${versionOf(community)}`), 201);
		assert.equal(await byVersion(community), 422);
		assert.equal(await byVersion('0'.repeat(64)), 422);
		assert.equal((await create(emulator, { prompt: 'a mill' }, community)).status, 404);
	});

	it('takes files, and tells them by their address', async () => {
		const emulator = await start();
		const file = blob(pngOf(twoHalves(8, 8)));
		const { status, body } = await ask(emulator, '/files', formOf({ content: file }));
		assert.equal(status, 201);
		const again = await ask(emulator, body.urls?.get ?? '');
		assert.deepEqual([again.body.id, again.body['content_type']], [body.id, 'image/png']);
		assert.equal((await ask(emulator, '/files', formOf({ other: file }))).status, 400);
	});
});

const invalidSchema = z.object({
	title: z.literal('Input validation failed'),
	detail: z.string(),
	status: z.literal(422),
	invalid_fields: z.array(z.object({ type: z.string(), field: z.string(), description: z.string() })),
});

describe('what the emulator of Replicate refuses', () => {
	const started = emulators();
	const invalid = async (body: object, model = schnell) => {
		const emulator = await started(startReplicate());
		const answer = await ask(emulator, `/models/${model}/predictions`, body);
		assert.equal(answer.status, 422);
		assert.equal(emulator.charges, 0);
		const { detail, invalid_fields: fields } = invalidSchema.parse(answer.body);
		return [detail, ...fields.map(({ type, field }) => `${type} ${field}`)];
	};
	const input = { prompt: 'a mill' };
	const wrong = async (values: object, model = schnell) =>
		(await invalid({ input: { ...input, ...values } }, model))[1];

	it('inputs that the schema does not know', async () => {
		assert.deepEqual(await invalid({ input: { ...input, foo: 1 } }), [
			'- input: Additional property foo is not allowed\n',
			'additional_property_not_allowed input',
		]);
	});

	it('values that the schema does not allow', async () => {
		assert.equal(await wrong({ num_outputs: 5 }), 'number_lte input.num_outputs');
		assert.equal(await wrong({ num_outputs: 0 }), 'number_gte input.num_outputs');
		assert.equal(await wrong({ num_outputs: 1.5 }), 'invalid_type input.num_outputs');
		assert.equal(await wrong({ seed: '7' }), 'invalid_type input.seed');
		assert.equal(await wrong({ aspect_ratio: '7:1' }), 'enum input.aspect_ratio');
		assert.equal(await wrong({ output_format: 'jpeg' }), 'enum input.output_format');
		assert.equal(await wrong({ output_format: 'jpg' }, 'openai/gpt-image-2'), 'enum input.output_format');
		assert.equal(await wrong({ input_images: ['picture.png'] }, 'openai/gpt-image-2'), 'format input.input_images.0');
		assert.equal(await wrong({ image: 'iVBORw0KGgo=' }, fill), 'format input.image');
	});

	it('what lacks something', async () => {
		assert.deepEqual(await invalid({ input: {} }), ['- input: prompt is required\n', 'required input']);
		assert.deepEqual(await invalid({ input }, 'openai/gpt-image-1'), [
			'- input: openai_api_key is required\n',
			'required input',
		]);
		assert.deepEqual(await invalid({}), ['- input is required\n', 'required ']);
	});

	it('fields that a prediction does not have', async () => {
		assert.deepEqual(await invalid({ inptu: input, input }), [
			'- Additional property inptu is not allowed\n',
			'additional_property_not_allowed ',
		]);
		assert.deepEqual((await invalid({ input, webhook: 'http://127.0.0.1/' })).length, 2);
	});

	it('what is no JSON', async () => {
		const emulator = await started(startReplicate());
		const headers = { authorization: `Bearer ${replicateKey}`, 'content-type': 'application/json' };
		const response = await fetch(`${emulator.baseUrl}/predictions`, { method: 'POST', headers, body: '{' });
		assert.equal(response.status, 400);
	});

	it('says faults in its own words', async () => {
		const emulator = await started(startReplicate());
		const wanted = {
			quota: [402, 'Insufficient credit'],
			billing: [402, 'Insufficient credit'],
			payment: [402, 'Insufficient credit'],
			'bad-key': [401, 'Unauthenticated'],
			'bad-request': [422, 'Input validation failed'],
			'503-once': [503, 'Request failed'],
			'rate-limit': [429, undefined],
		};
		for (const [name, expected] of Object.entries(wanted)) {
			const { status, body } = await create(emulator, { prompt: `a mill !${name}` });
			assert.deepEqual([status, body.title], expected, name);
		}
		const { body, headers } = await create(emulator, { prompt: 'a mill !queue-full' });
		assert.deepEqual(body, { detail: 'Request was throttled. Your rate limit resets in ~30s.' });
		assert.equal(headers.get('retry-after'), '120');
		assert.equal(emulator.charges, 0);
	});
});
