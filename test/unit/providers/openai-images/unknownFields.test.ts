import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { openaiImages } from '../../../../src/providers/openai-images/openaiImages';
import { type Call, type HttpRequest, type Reply, unbegun } from '../../../../src/providers/provider';
import { callFor, nextOf, png, sentFor } from '../calls';

const call: Call = callFor('custom/house-painter', { operation: 'edit' }, masked());

function masked(): Partial<Call> {
	return { task: { operation: 'edit', images: [png], mask: png } };
}

function refused(json: unknown, status = 422): Reply {
	return { status, headers: {}, json };
}

function insteadOf(request: HttpRequest, json: unknown, of = call): HttpRequest | undefined {
	const step = openaiImages.instead?.(request, refused(json), of, unbegun);
	return step && nextOf(step);
}

function masksIn({ body }: HttpRequest): string[] {
	assert.ok(body?.kind === 'form');
	return body.parts.map(({ name }) => name).filter((name) => name.startsWith('mask'));
}

/** As servers say that they do not know a field. */
function sayings(name: string): readonly unknown[] {
	return [
		{ detail: [{ loc: ['body', name], msg: 'Extra inputs are not permitted', type: 'extra_forbidden' }] },
		{ error: { message: `Unknown parameter: '${name}'.`, code: 'unknown_parameter', param: name } },
		{ error: { message: 'Unknown parameter.', code: 'unknown_parameter', param: name } },
		{ error: { message: `Unrecognized request argument supplied: ${name}`, param: null } },
		{ error: `unexpected form field "${name}"` },
		{ detail: `edit() got an unexpected keyword argument '${name}'` },
		{ message: `Additional property ${name} is not allowed` },
	];
}

describe('a server that does not know a name of the mask', () => {
	for (const [name, other] of [
		['mask_image', 'mask'],
		['mask', 'mask_image'],
	] as const) {
		for (const json of sayings(name)) {
			it(`is sent the mask under the other one: ${JSON.stringify(json).slice(0, 70)}`, () => {
				const request = sentFor(call);
				assert.deepEqual(masksIn(request), ['mask', 'mask_image']);
				const next = insteadOf(request, json) ?? assert.fail();
				assert.deepEqual(masksIn(next), [other]);
				const { body } = request;
				assert.ok(body?.kind === 'form' && next.body?.kind === 'form');
				assert.deepEqual(
					next.body.parts,
					body.parts.filter((part) => part.name !== name),
				);
				assert.deepEqual({ ...next, body }, request, 'and else it is the same');
				assert.equal(insteadOf(next, json), undefined, 'not a third time');
			});
		}
	}

	it('is sent nothing without a mask if it knows none of its names', () => {
		const next = insteadOf(sentFor(call), sayings('mask_image')[0]) ?? assert.fail();
		for (const json of sayings('mask')) assert.equal(insteadOf(next, json), undefined);
		const both = {
			detail: ['mask', 'mask_image'].map((name) => ({ loc: ['body', name], msg: 'Extra inputs are not permitted' })),
		};
		const other = insteadOf(sentFor(call), both) ?? assert.fail();
		assert.deepEqual([masksIn(other), insteadOf(other, both)], [['mask_image'], undefined]);
	});

	it('is not whoever knows it, and does not like the mask', () => {
		for (const message of [
			'mask_image must have the size of the image',
			'Invalid mask_image format - mask image missing alpha channel',
			'mask_image is not supported by this model',
			'mask_image: unknown image format',
			'Unknown parameter: negative_prompt',
			'mask_images: Extra inputs are not permitted',
		]) {
			assert.equal(insteadOf(sentFor(call), { error: { message } }), undefined, message);
		}
		assert.equal(insteadOf(sentFor(call), {}), undefined);
	});

	it('is left alone where the mask has one name, or there is none', () => {
		const known = callFor('openai/gpt-image-2', { operation: 'edit' }, masked());
		for (const json of sayings('mask')) assert.equal(insteadOf(sentFor(known), json, known), undefined);
		const plain = callFor(
			'custom/house-painter',
			{ operation: 'edit' },
			{ task: { operation: 'edit', images: [png] } },
		);
		for (const json of sayings('mask_image')) assert.equal(insteadOf(sentFor(plain), json, plain), undefined);
		const made = callFor('custom/house-painter');
		for (const json of sayings('mask_image')) assert.equal(insteadOf(sentFor(made), json, made), undefined);
	});

	it('never ends in a request without a mask, whatever it says', () => {
		const words = fc.constantFrom('mask', 'mask_image', 'unknown parameter', 'extra inputs', 'stream', 'size', 'x');
		fc.assert(
			fc.property(fc.array(fc.array(words, { maxLength: 6 }), { maxLength: 4 }), (answers) => {
				let request: HttpRequest | undefined = sentFor(call);
				for (const answer of answers) {
					request = request && insteadOf(request, { error: { message: answer.join(' ') } });
					if (request) assert.ok(masksIn(request).length > 0);
				}
			}),
		);
	});
});
