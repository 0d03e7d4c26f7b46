import assert from 'node:assert/strict';
import { type ImageError, unsent } from '../../../src/domain/imageError';
import { english, say } from '../../../src/domain/message';
import type { JobResult, SavedImage } from '../../../src/domain/picture';
import { failureIn, forAgents, merged, refused, resultIn } from '../../../src/domain/result';

const picture: SavedImage = {
	id: '0123456789abcdef',
	uri: 'file:///p/fox.png',
	width: 8,
	height: 8,
	mimeType: 'image/png',
	operation: 'generate',
	prompt: 'a fox',
	model: 'sketch/placeholder',
};

const lost: ImageError = {
	code: 'not-writable',
	charged: 'yes',
	kept: { at: '/home/me/.limn/kept/fox.png' },
	said: { by: 'OpenAI', words: 'x'.repeat(400) },
	provider: 'openai',
	requestId: 'req_1',
	wait: 3,
	waits: true,
	about: 'fox.png',
	successor: 'openai/next',
};

function loud(message: Parameters<typeof english>[0]): string {
	return english(message).toUpperCase();
}

describe('a result', () => {
	it('says everything in the words of whoever reads it', () => {
		const job: JobResult = {
			images: [picture],
			failures: [unsent('refused')],
			warnings: [say('Left out: {0}.', 'style')],
			notes: [say('Only so.')],
			cost: { usd: 0.2, estimated: true },
		};
		assert.deepEqual(resultIn(job, loud), {
			images: [picture],
			failures: [{ code: 'refused', charged: 'no', message: 'THE PROVIDER REFUSED THE PROMPT. CHANGE IT.' }],
			warnings: ['ONLY SO.', 'LEFT OUT: STYLE.'],
			cost: { usd: 0.2, estimated: true },
		});
	});

	it('has no cost where nobody knows it', () => {
		assert.ok(!('cost' in resultIn({ images: [], failures: [], warnings: [] }, english)));
	});

	it('tells of a failure what the contract has, and nothing else', () => {
		const { message, ...failure } = failureIn(lost, english);
		assert.deepEqual(failure, { code: 'not-writable', charged: 'yes', provider: 'openai', requestId: 'req_1' });
		assert.match(message, /^fox\.png: .* The picture is kept at \/home\/me\/\.limn\/kept\/fox\.png\.$/);
	});

	it('tells agents neither where this computer keeps its files, nor much of what others say', () => {
		const told = forAgents({
			images: [picture],
			failures: [lost, { ...lost, kept: 'lost' }, unsent('refused')],
			warnings: [],
		});
		const [first, second, third] = told.failures;
		assert.deepEqual(first?.kept, { at: 'fox.png' });
		assert.equal(first?.said?.words, `${'x'.repeat(300)}…`);
		assert.equal(second?.kept, 'lost');
		assert.deepEqual(third, unsent('refused'));
		assert.deepEqual(told.images, [picture]);
	});

	it('cuts the words of others between characters', () => {
		const said = { by: 'OpenAI', words: '🦊'.repeat(301) };
		const [failure] = forAgents({ images: [], failures: [{ ...lost, said }], warnings: [] }).failures;
		assert.equal(failure?.said?.words, `${'🦊'.repeat(300)}…`);
	});

	it('of what was refused has as many failures as pictures were wished for, or more', () => {
		const problems = [unsent('bad-input'), unsent('no-key')];
		assert.deepEqual(
			refused(3, problems).failures.map(({ code }) => code),
			['bad-input', 'no-key', 'bad-input'],
		);
		assert.equal(refused(1, problems).failures.length, 2);
		assert.deepEqual(refused(2, []).failures, [unsent('bad-input'), unsent('bad-input')]);
	});

	it('of several jobs is one', () => {
		const warnings = [say('Once.')];
		const one: JobResult = { images: [picture], failures: [], warnings, cost: { usd: 0.1, estimated: false } };
		const other: JobResult = {
			images: [],
			failures: [lost],
			warnings,
			notes: [say('A note.')],
			cost: { usd: 0.2, estimated: true },
		};
		const all = merged([one, other, { images: [], failures: [], warnings: [] }]);
		assert.deepEqual([all.images, all.failures, all.warnings], [[picture], [lost], warnings]);
		assert.deepEqual(all.notes, [say('A note.')]);
		assert.equal(all.cost?.estimated, true);
		assert.ok(Math.abs((all.cost?.usd ?? 0) - 0.3) < 1e-9);
		assert.ok(!('cost' in merged([])));
	});
});
