import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as z from 'zod';
import { sentencesOf } from '../../../../src/domain/imageError';
import { english } from '../../../../src/domain/message';
import { type Call, type CallState, type HttpRequest, type Step, unbegun } from '../../../../src/providers/provider';
import { replicate } from '../../../../src/providers/replicate/replicate';
import { callFor, nextOf } from '../calls';
import { answer, described, prediction, text, waiting } from './models';

const call = callFor('replicate/a/b');
const bytes = Uint8Array.of(1, 2, 3);
const dataUri = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
const url = 'https://replicate.delivery/x/out-0.webp';
const second = 'https://replicate.delivery/x/out-1.webp';

function read(json: unknown, state: CallState = waiting(), of: Call = call): Step {
	return replicate.read(answer(json), of, state);
}

/** A prediction that gave these. */
function made(...numbers: readonly number[]): object {
	return prediction({ output: numbers.map((each) => `${url}?${each}`) });
}

/** One under way, for so many pictures. */
function under(asked: number, ...handed: readonly string[]): CallState {
	return { ticket: 'p1', handed, polls: 3, asked };
}

/** Code and charge of each failure. */
function codes(step: Step): unknown[] | undefined {
	return step.failures?.map((failure) => [failure.code, failure.charged]);
}

function charges(step: Step): unknown[] | undefined {
	return step.failures?.map(({ charged }) => charged);
}

const ordered = z.object({ input: z.object({ num_outputs: z.int() }) });

describe('a call for more pictures than the model gives at once', () => {
	const five: Call = { ...call, n: 5, before: 10, options: { seed: 7 } };
	const model = described({ prompt: text, seed: { type: 'integer' }, num_outputs: { type: 'integer', maximum: 2 } });
	/** What is created when this much was handed on. */
	const creating = (handed: readonly string[]) => replicate.read(answer(model), five, { handed, polls: 0 });

	it('is created in parts, each with seeds of its own', () => {
		const inputs = [0, 2, 4].map((count) => {
			const step = creating(Array.from({ length: count }, (_, index) => `${index}`));
			const { body } = nextOf(step);
			return [step.state?.asked, body?.kind === 'json' && body.value['input']];
		});
		assert.deepEqual(inputs, [
			[2, { prompt: 'a fox at dawn', num_outputs: 2, seed: 17 }],
			[2, { prompt: 'a fox at dawn', num_outputs: 2, seed: 19 }],
			[1, { prompt: 'a fox at dawn', num_outputs: 1, seed: 21 }],
		]);
	});

	it('hands on each part at once, and goes on with the rest', () => {
		const step = read(made(1, 2), under(2), five);
		assert.deepEqual(step.images, [{ url: `${url}?1` }, { url: `${url}?2` }]);
		assert.deepEqual(step.failures, []);
		assert.equal(nextOf(step).path, '/models/a/b');
		assert.deepEqual(step.state, { handed: [`${url}?1`, `${url}?2`], polls: 0 });
		const last = read(made(5), under(1, 'a', 'b', 'c', 'd'), five);
		assert.ok('done' in last);
		assert.deepEqual([last.images?.length, last.failures], [1, []]);
	});

	it('is not created again for what a part did not give', () => {
		const step = read(made(1), under(2), five);
		assert.deepEqual(codes(step), [['bad-reply', 'unknown']]);
		assert.equal(step.state?.handed.length, 2);
		assert.ok('next' in step);
		const whole = read(made(1), under(5), five);
		assert.ok('done' in whole);
		assert.equal(whole.failures?.length, 4);
	});

	it('ends where a part fails: the rest was never ordered', () => {
		const step = read(prediction({ status: 'failed', error: 'NSFW' }), under(2, 'a', 'b'), five);
		assert.deepEqual(codes(step), [
			['refused', 'unknown'],
			['refused', 'unknown'],
			['refused', 'no'],
		]);
		assert.match(
			sentencesOf(step.failures?.at(-1) ?? assert.fail())
				.map(english)
				.join(' '),
			/^This picture was not ordered/,
		);
		const gone = read(prediction({ data_removed: true }), under(2), five);
		assert.deepEqual(charges(gone), ['yes', 'yes', 'no', 'no', 'no']);
	});

	it('hands on no picture twice, and asks no more where nothing new comes', () => {
		const step = read(made(1, 2), under(2, `${url}?1`, `${url}?2`), five);
		assert.deepEqual([step.images, 'done' in step], [[], true]);
		assert.deepEqual(charges(step), ['unknown', 'unknown', 'no']);
		const pieces = read(prediction({ output: [dataUri] }), under(1), five);
		const again = read(prediction({ output: [dataUri] }), under(1, ...(pieces.state?.handed ?? [])), five);
		assert.deepEqual([pieces.images, again.images], [[{ bytes }], []]);
	});

	it('has its failures as well where the model cannot be described any more', () => {
		const step = replicate.read(answer({}), five, { handed: ['a', 'b'], polls: 0 });
		assert.deepEqual(
			codes(step),
			Array.from({ length: 3 }, () => ['bad-reply', 'no']),
		);
	});
});

describe('whatever Replicate answers', () => {
	const json = fc.oneof(
		fc.jsonValue(),
		fc.record({
			id: fc.constantFrom('p1', 'p2', '../x', 7),
			status: fc.constantFrom('starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted', 'odd', 7),
			output: fc.oneof(fc.jsonValue(), fc.constantFrom(url, [url, second], [url, url], dataUri, { url })),
			error: fc.jsonValue(),
		}),
		fc.constant(described({ prompt: text })),
	);

	const whole = { type: 'integer' };
	const models = fc.constantFrom(
		described({ prompt: text }),
		described({ prompt: text, num_outputs: { ...whole, maximum: 2 } }),
		described({ prompt: text, num_outputs: { ...whole, maximum: 10 } }, { is_official: undefined }),
		described({ prompt: text, num_outputs: { enum: [1, 4] } }),
		described(undefined),
	);

	it('a call creates no more predictions than it has pictures, ends, and hands on each picture once', () => {
		const replies = fc.array(fc.oneof(json, models), { minLength: 1, maxLength: 6 });
		const statuses = fc.array(fc.constantFrom(200, 200, 200, 404), { minLength: 1, maxLength: 5 });
		fc.assert(
			fc.property(models, replies, statuses, fc.integer({ min: 1, max: 6 }), (model, script, status, n) => {
				const world = (index: number, asked: HttpRequest) => ({
					status: status[index % status.length] ?? 200,
					json: asked.path.startsWith('/models') && asked.method === 'GET' ? model : script[index % script.length],
				});
				const { created, arrived, steps, images } = converse({ ...call, n }, world);
				assert.ok(created <= n, String(created));
				assert.ok(steps < 300 * n);
				assert.ok(arrived >= n);
				assert.equal(new Set(images).size, images.length);
			}),
		);
	});

	it('nothing is created again because a prediction gave fewer than it was asked for', () => {
		const counts = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(counts, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }), (gives, maximum, n) => {
				const asked: number[] = [];
				const { created, arrived } = converse({ ...call, n }, (_, { body }) => {
					if (body?.kind !== 'json') return { json: described({ prompt: text, num_outputs: { ...whole, maximum } }) };
					const { input } = ordered.parse(body.value);
					const given = Math.min(input.num_outputs, gives[asked.length % gives.length] ?? 1);
					asked.push(input.num_outputs);
					const output = Array.from({ length: given }, (_, index) => `${url}?${asked.length}-${index}`);
					return { json: prediction({ output }) };
				});
				assert.equal(
					asked.reduce((sum, count) => sum + count, 0),
					n,
					'each picture is ordered once',
				);
				assert.deepEqual([created, arrived], [Math.ceil(n / maximum), n]);
			}),
		);
	});

	it('it is not asked for ever', () => {
		const { steps, created } = converse(call, (index) => ({
			json: index === 0 ? described({ prompt: text }) : prediction({ status: 'odd' }),
		}));
		assert.ok(steps > 200 && steps < 300);
		assert.equal(created, 1);
		const only = converse(call, () => ({ json: described({ prompt: text }) }));
		assert.equal(only.created, 1, 'also by who only describes the model');
	});
});

/** A whole conversation, as the interpreter leads it. */
function converse(
	of: Call,
	replyTo: (index: number, asked: HttpRequest) => { readonly status?: number; readonly json: unknown },
) {
	let step: Step | undefined = replicate.begin(of);
	let state = unbegun;
	let [created, arrived, steps] = [0, 0, 0];
	const images: string[] = [];
	for (;;) {
		state = step.state ?? state;
		arrived += (step.images?.length ?? 0) + (step.failures?.length ?? 0);
		images.push(...(step.images ?? []).map((image) => JSON.stringify('url' in image ? image.url : image)));
		if (!('next' in step)) return { created, arrived, steps, images };
		const request = nextOf(step);
		const { status = 200, json } = replyTo(steps++, request);
		const reply = { status, headers: {}, json };
		if (status < 400 && request.billed) created++;
		step = status < 400 ? replicate.read(reply, of, state) : replicate.instead?.(request, reply, of, state);
		// The interpreter ends with the failure, and whoever runs it has one for each picture that is missing.
		if (!step) return { created, arrived: Math.max(arrived, of.n), steps, images };
	}
}
