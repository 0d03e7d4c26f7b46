import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Draft, draftSchema } from '../../../src/protocol/draft';
import { hostMethods } from '../../../src/protocol/hostMethods';
import { longestPrompt, mostCards, mostReferences } from '../../../src/protocol/limits';

const draft: Draft = { prompt: 'a fox', n: 1, options: {}, references: [] };
const query = { source: 'made', search: '', favourites: false, sort: 'newest' } as const;

/** By method what the studio sends, and what it never would. */
const cases: {
	readonly [K in keyof typeof hostMethods]: {
		readonly takes: readonly unknown[];
		readonly refuses: readonly unknown[];
	};
} = {
	ready: { takes: [{}], refuses: [undefined, { token: 1 }] },
	form: {
		takes: [{ job: 'generate' }, { model: 'openai/gpt-image-2', job: 'mask' }],
		refuses: [{}, { job: 'markup' }, { model: 7, job: 'edit' }, { model: 'x'.repeat(301), job: 'edit' }],
	},
	quote: { takes: [draft], refuses: [{ prompt: 'a fox' }] },
	generate: {
		takes: [draft, { ...draft, options: { quality: 'low', seed: '7', steps: 20, hd: true } }],
		refuses: [
			{ ...draft, n: 0 },
			{ ...draft, n: 101 },
			{ ...draft, n: 1.5 },
			{ ...draft, folder: '/etc' },
			{ ...draft, options: { mask: { path: '/etc/passwd' } } },
			{ ...draft, references: ['/etc/passwd'.repeat(20)] },
			{ ...draft, format: 'svg' },
		],
	},
	cancel: { takes: [{ job: 'a' }], refuses: [{ job: 1 }] },
	dismiss: { takes: [{ job: 'a' }], refuses: [{}] },
	reuse: { takes: [{ job: 'a' }], refuses: [{ job: 'a', prompt: 'b' }] },
	again: { takes: [{ job: 'a' }], refuses: [{}, { job: 'a', n: 2 }] },
	cure: {
		takes: [{ job: 'a', cure: 0 }],
		refuses: [
			{ job: 'a', cure: -1 },
			{ job: 'a', cure: 'setKey' },
		],
	},
	chooseModel: {
		takes: [{ job: 'vary' }, { present: 'a/b', size: '16:9', job: 'expand' }],
		refuses: [{ present: 'a/b' }],
	},
	pickReferences: { takes: [{}], refuses: [{ folder: '/' }] },
	dropFiles: { takes: [{ uris: ['file:///a/b.png'] }], refuses: [{ uris: 'file:///a' }, { uris: ['x'.repeat(4001)] }] },
	dropBytes: {
		takes: [{ name: 'a.png', bytes: new Uint8Array([1]) }],
		refuses: [
			{ name: 'a.png', bytes: [1] },
			{ name: 'a.png', bytes: 'data:' },
		],
	},
	reference: { takes: [{ id: 'p1' }], refuses: [{ id: '' }, { id: 'p'.repeat(101) }] },
	browse: {
		takes: [query, { ...query, model: 'a/b', operation: 'edit', from: '2026-11-01', to: '2026-11-30' }],
		refuses: [
			{ ...query, from: 'yesterday' },
			{ ...query, sort: 'size' },
			{ ...query, folder: '..' },
			{ ...query, search: 'x'.repeat(1001) },
		],
	},
	cards: {
		takes: [{ ids: [] }, { ids: ['p1'] }],
		refuses: [{ ids: Array.from({ length: mostCards + 1 }, () => 'p1') }],
	},
	thumbnail: { takes: [{ id: 'p1' }], refuses: [{ id: 'p1', size: 9999 }] },
	follow: { takes: [{}, { id: 'p1' }], refuses: [{ id: '' }, { path: '/etc' }] },
	look: { takes: [{ id: 'p1' }], refuses: [{ uri: 'file:///etc/passwd' }] },
	read: { takes: [{ id: 'p1' }], refuses: [{}] },
	perform: {
		takes: [{ action: 'insert', ids: ['p1'] }],
		refuses: [
			{ action: 'workbench.action.terminal.new', ids: ['p1'] },
			{ action: 'insert', ids: [] },
		],
	},
	favour: { takes: [{ ids: ['p1'], on: true }], refuses: [{ ids: ['p1'] }] },
	does: { takes: [{ action: 'setKey' }], refuses: [{ action: 'vscode.open' }, { action: 'setKey', args: [] }] },
	fault: { takes: [{ message: 'TypeError' }], refuses: [{ message: 'x'.repeat(4001) }] },
};

const byMethod = new Map(Object.entries(cases));

describe('what the host takes from the studio', () => {
	for (const [method, schema] of Object.entries(hostMethods)) {
		const { takes, refuses } = byMethod.get(method) ?? { takes: [], refuses: [] };

		it(`${method}: what the studio sends`, () => {
			for (const params of takes) assert.ok(schema.safeParse(params).success, JSON.stringify(params));
		});

		it(`${method}: nothing else`, () => {
			for (const params of refuses) assert.ok(!schema.safeParse(params).success, JSON.stringify(params)?.slice(0, 200));
		});
	}

	it('never takes what is no object', () => {
		const others = [null, undefined, 1, 'ready', [], () => undefined];
		for (const [method, schema] of Object.entries(hostMethods))
			for (const other of others) assert.ok(!schema.safeParse(other).success, method);
	});
});

describe('a picture that is dropped', () => {
	it('is taken up to 64 MB', () => {
		const most = 64 * 1024 * 1024;
		const { dropBytes } = hostMethods;
		assert.ok(dropBytes.safeParse({ name: 'a.png', bytes: new Uint8Array(most) }).success);
		assert.ok(!dropBytes.safeParse({ name: 'a.png', bytes: new Uint8Array(most + 1) }).success);
	});
});

describe('a draft', () => {
	it('is taken up to its limits', () => {
		const longest = {
			...draft,
			prompt: 'x'.repeat(longestPrompt),
			references: Array.from({ length: mostReferences }, () => 'p'),
		};
		assert.ok(draftSchema.safeParse(longest).success);
		assert.ok(!draftSchema.safeParse({ ...longest, prompt: `${longest.prompt}x` }).success);
		assert.ok(!draftSchema.safeParse({ ...longest, references: [...longest.references, 'p'] }).success);
	});

	it('is the same after the wire', () => {
		const drafts = fc.record(
			{
				prompt: fc.string({ unit: 'grapheme' }),
				n: fc.integer({ min: 1, max: 100 }),
				options: fc.dictionary(
					fc.string({ maxLength: 20 }).filter((name) => name !== '__proto__'),
					fc.oneof(fc.string(), fc.boolean(), fc.integer()),
					{ noNullPrototype: true },
				),
				references: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: mostReferences }),
				model: fc.string({ maxLength: 50 }),
				size: fc.constantFrom('16:9', '1024x1024'),
				format: fc.constantFrom('png', 'jpeg', 'webp'),
				source: fc.string({ minLength: 1, maxLength: 20 }),
			},
			{ requiredKeys: ['prompt', 'n', 'options', 'references'], noNullPrototype: true },
		);
		fc.assert(fc.property(drafts, (given) => assert.deepEqual(draftSchema.parse(structuredClone(given)), given)));
	});
});
