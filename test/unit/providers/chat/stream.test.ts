import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { chat } from '../../../../src/providers/chat/chat';
import type { Call, Delivery } from '../../../../src/providers/provider';
import { callFor } from '../calls';

const call = callFor('vincony/openai/gpt-image-2');
const picture = Uint8Array.from(
	{ length: 5000 },
	(_, index) => (index < 4 ? [137, 80, 78, 71][index] : index * 7) ?? 0,
);
const base64 = Buffer.from(picture).toString('base64');
const address = 'https://x.org/a';

/** What comes of a stream with these data. */
function told(data: readonly unknown[], of: Call = call, name = 'message'): Delivery {
	assert.ok(!('event' in chat), 'nothing is handed on that would come once more');
	return (
		chat.told?.(
			data.map((each) => ({ name, data: each })),
			of,
		) ?? assert.fail()
	);
}

const delta = (delta: object, more: object = {}) => ({ choices: [{ index: 0, delta, ...more }] });
const content = (piece: unknown) => delta({ content: piece });
const end = delta({}, { finish_reason: 'stop' });

/** Code, charge and the server's words of each failure. */
function reasons({ failures = [] }: Delivery): unknown[] {
	return failures.map(({ code, charged, said }) => [code, charged, said?.words]);
}

describe('a stream of a chat', () => {
	it('has its pictures whole, or in pieces of text', () => {
		const streams: readonly (readonly [unknown[], object])[] = [
			[[delta({ images: [{ image_url: { url: picture } }] }), end], { bytes: picture }],
			[[content('![a](https://x'), content('.org/a)'), end], { url: address }],
			[[content('{"data":[{"url":'), content(`"${address}"}]}`), '[DONE]'], { url: address }],
			[[content([{ type: 'text', text: '![a](https://x' }]), content([{ text: '.org/a)' }]), end], { url: address }],
			[[content([{ type: 'image', url: address }]), end], { url: address }],
			[[{ choices: [{ message: { content: `![a](${address})` } }] }, end], { url: address }],
			[
				[
					content('![a]('),
					content(`${address})`),
					delta({}, { message: { content: `![a](${address})` }, finish_reason: 'stop' }),
				],
				{ url: address },
			],
			[[{ data: [{ url: address }] }, '[DONE]'], { url: address }],
		];
		for (const [data, image] of streams) assert.deepEqual(told(data), { images: [image], failures: [] });
	});

	it('has each picture once, and what it costs', () => {
		const images = { images: [{ b64_json: picture }] };
		const twice = [delta(images), delta(images), { choices: [{ message: images }] }, end, { usage: { cost: 0.04 } }];
		assert.deepEqual(told(twice), { images: [{ bytes: picture, costUsd: 0.04 }], failures: [] });
	});

	it('is the same wherever it is cut, and whatever the transport takes for a picture', () => {
		const letters = base64.replace(/=+$/, '');
		fc.assert(
			fc.property(
				fc.constantFrom('![a](data:image/png;base64,', 'Here: data:image/png;base64,', ''),
				fc.integer({ min: 0, max: 1200 }),
				fc.integer({ min: 0, max: 1200 }),
				(before, first, second) => {
					const [one, two] = [first * 4, Math.min(letters.length, (first + second) * 4)];
					const pieces = [letters.slice(0, one), letters.slice(one, two), letters.slice(two)];
					const [head = '', ...rest] = pieces;
					// Of the first piece the transport keeps no prefix.
					const begun = head === '' ? [before] : [before.replace(/data:.*$/, ''), Buffer.from(head, 'base64')];
					const all = [begun, ...rest.map((each) => (each.length > 400 ? [Buffer.from(each, 'base64')] : [each]))];
					const last = before.startsWith('!') ? ')' : '';
					const { images } = told([...all.map(content), content(last), end]);
					assert.deepEqual(images, [{ bytes: picture }]);
				},
			),
			{ numRuns: 50 },
		);
	});

	it('without a picture ends with the reason', () => {
		assert.deepEqual(reasons(told([content('Foxes '), content('are shy.'), end])), [
			['refused', 'unknown', 'Foxes are shy.'],
		]);
		assert.deepEqual(reasons(told([delta({ refusal: 'I can' }), delta({ refusal: 'not.' }), end])), [
			['refused', 'unknown', 'I cannot.'],
		]);
		const filtered = [content(`See ${address}`), delta({}, { finish_reason: 'content_filter' })];
		assert.deepEqual(told(filtered).images, []);
		assert.deepEqual(reasons(told(filtered)), [['refused', 'unknown', `See ${address}`]]);
		assert.deepEqual(reasons(told(['[DONE]'])), [['bad-reply', 'unknown', undefined]]);
	});

	it('hands on the only address with the words that stand around it', () => {
		const [image] = told([content('See https://'), content('x.org/a'), end]).images ?? [];
		assert.ok(image && 'otherwise' in image);
		assert.deepEqual([image.url, image.otherwise?.said?.words], [address, `See ${address}`]);
	});

	it('may end in an error, which takes no picture away', () => {
		for (const data of [
			[{ error: 'Boom' }],
			[{ error: { message: 'Boom' } }],
			[content('Here'), { error: 'Boom' }, { error: 'x' }],
		]) {
			assert.deepEqual(reasons(told(data)), [['server-error', 'unknown', 'Boom']]);
		}
		for (const data of ['Boom', { message: 'Boom' }]) {
			assert.deepEqual(reasons(told([data], call, 'error')), [['server-error', 'unknown', 'Boom']]);
		}
		assert.deepEqual(reasons(told([{ error: { message: 'x', code: 402 } }])), [['no-credit', 'no', undefined]]);
		const late = [delta({ images: [{ b64_json: picture }] }), { error: 'Boom' }];
		assert.deepEqual(told(late), { images: [{ bytes: picture }], failures: [] });
	});

	it('that breaks off has no reason of its own, and nothing that may be half a picture', () => {
		for (const pieces of [
			[],
			['Foxes are shy.'],
			[`See ${address}`],
			['![a](https://x.org/a'],
			['https://x.org/a.png'],
			[`data:image/png;base64,${base64}`],
			[base64],
			['Here: ', picture],
			[`{"data":[{"b64_json":"${base64}`],
		]) {
			assert.deepEqual(told(pieces.map(content)), { images: [] });
		}
		assert.deepEqual(told([content(`![a](${address}) and`)]).images, [{ url: address }], 'what is whole is kept');
	});

	it('that breaks off after a whole picture brings it, and so does one that then fails', () => {
		const ends = { png: [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82], jpeg: [0xff, 0xd9], gif: [0, 0x3b] };
		const begins = { png: [137, 80, 78, 71], jpeg: [0xff, 0xd8, 0xff], gif: [0x47, 0x49, 0x46, 0x38] };
		const webp = Uint8Array.of(0x52, 0x49, 0x46, 0x46, 8, 0, 0, 0, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x4c);
		const wholes = (['png', 'jpeg', 'gif'] as const).map((format) => {
			return Uint8Array.from([...begins[format], ...picture.subarray(4, 3000), ...ends[format]]);
		});
		for (const whole of [...wholes, webp]) {
			const url = `data:image/png;base64,${Buffer.from(whole).toString('base64')}`;
			for (const piece of [url, whole]) {
				assert.deepEqual(told([content('Here: '), content(piece)]), { images: [{ bytes: whole }] });
				const failing = told([content('Here: '), content(piece), { error: { message: 'Boom' } }]);
				assert.deepEqual(failing, { images: [{ bytes: whole }], failures: [] });
			}
			const half = whole.subarray(0, -1);
			assert.deepEqual(told([content('Here: '), content(half)]), { images: [] }, 'half of it is none');
		}
	});

	it('has a picture that comes at once after a word, and two that come at once after each other', () => {
		assert.deepEqual(told([content('Sure'), content(picture), end]).images, [{ bytes: picture }]);
		const other = Uint8Array.from([...picture, 1, 2, 3]);
		const both = told([content(picture), content(other), end], { ...call, n: 2 });
		assert.deepEqual(both.images, [{ bytes: picture }, { bytes: other }]);
		const rest = told([content('![a](data:image/png;base64,'), content(picture), content(')'), end]);
		assert.deepEqual(rest.images, [{ bytes: picture }]);
	});

	it('is no endless text', () => {
		const [long, words] = ['A'.repeat(2 ** 20), 'a b '.repeat(2 ** 18)];
		for (const piece of [long, words]) {
			const began = performance.now();
			const { images, failures } = told([...Array.from({ length: 200 }, () => content(piece)), end]);
			assert.deepEqual([images, failures?.map(({ code }) => code)], [[], ['too-large']]);
			assert.ok(performance.now() - began < 8000);
		}
		const many = Array.from({ length: 300_000 }, () => picture.subarray(0, 9));
		const items = [delta({ images: many }), { data: many, output: many }, end];
		assert.equal(told(items).images?.length, 1);
		assert.equal(told([content(many), end]).images?.length, 1);
	});

	it('of many small pieces, or of hostile ones, is read at once', () => {
		for (const piece of ['![', 'https://a ', 'data:image/a;a=a', '{"a":', '[', 'iVBOR', '"', picture.subarray(0, 9)]) {
			const began = performance.now();
			assert.ok(told([...Array.from({ length: 20_000 }, () => content(piece)), end]));
			assert.ok(performance.now() - began < 8000, String(piece));
		}
	});

	it('never breaks the reader, which says no more than is missing', () => {
		const value = fc.jsonValue();
		const frames = fc.array(
			fc.oneof(
				value,
				fc.record({ choices: value, error: value, data: value }, { requiredKeys: [] }),
				value.map((one) => ({ choices: [one] })),
				value.map((one) => ({ choices: [{ delta: one, message: one, finish_reason: one, index: one }] })),
				value.map((one) => ({ choices: [{ delta: { content: one, images: one, refusal: one } }] })),
				fc.constant('[DONE]'),
			),
		);
		fc.assert(
			fc.property(frames, fc.constantFrom('message', 'error'), fc.integer({ min: 1, max: 3 }), (data, name, n) => {
				const { images = [], failures = [] } = told(data, { ...call, n }, name);
				assert.ok(failures.length === 0 || images.length + failures.length >= n);
			}),
		);
	});
});
