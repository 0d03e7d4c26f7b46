import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	failureCodes,
	type ImageError,
	isImageError,
	missingOf,
	sentencesOf,
	unsent,
} from '../../../src/domain/imageError';
import { english, say } from '../../../src/domain/message';

describe('failures as values', () => {
	it('are exactly the codes of the contract', () => {
		const contract =
			'no-key bad-key no-credit rate-limited refused invalid-request unsupported model-unavailable unreachable ' +
			'server-error timed-out bad-reply unsafe-url too-large cancelled over-budget not-writable no-space untrusted bad-input';
		assert.deepEqual([...failureCodes].sort(), contract.split(' ').sort());
	});

	it('have a sentence of their own for each code', () => {
		const sentences = failureCodes.map((code) => sentencesOf(unsent(code)).map(english).join(' '));
		assert.equal(new Set(sentences).size, failureCodes.length);
		for (const sentence of sentences) assert.match(sentence, /^[A-Z][^{}]{15,119}\.$/u);
	});

	it('say what is known better than what the code alone says', () => {
		assert.deepEqual(sentencesOf(unsent('refused', say('No {0}.', 'knights'))).map(english), ['No knights.']);
	});

	it('say what became of a picture that had arrived', () => {
		const full = unsent('no-space');
		const [what = say('')] = sentencesOf(full);
		const said = (kept: ImageError['kept']) => sentencesOf({ ...full, ...(kept && { kept }) }).map(english);
		assert.deepEqual(said({ at: '/kept/a.png' }), [english(what), 'The picture is kept at /kept/a.png.']);
		assert.deepEqual(said('lost'), [english(what), 'The picture could not be kept either.']);
		assert.deepEqual(said(undefined), [english(what)]);
	});
	it('says that what waits may come yet, and not that it be ordered again', () => {
		const open = { ...unsent('unreachable'), charged: 'unknown', waits: true } as const;
		const words = sentencesOf(open).map(english).join(' ');
		assert.match(words, /It may come yet: Recover Unfinished Jobs asks for it\.$/);
		assert.doesNotMatch(words, /charged/);
		assert.equal(missingOf([open, unsent('refused'), open]), 1);
	});

	it('cost nothing where nothing was sent', () => {
		assert.deepEqual(unsent('no-key'), { code: 'no-key', charged: 'no' });
		assert.deepEqual(unsent('no-key', say('x')), {
			code: 'no-key',
			charged: 'no',
			message: { text: 'x', args: [] },
		});
	});

	it('are told from everything that they stand in for', () => {
		for (const code of failureCodes) assert.ok(isImageError(unsent(code)));
		const picture = { id: '1', uri: 'file:///a.png', width: 1, height: 1, format: 'png' };
		for (const value of [undefined, null, 'code charged', 1, [], {}, picture, [unsent('refused')], { code: 'x' }]) {
			assert.equal(isImageError(value), false, JSON.stringify(value));
		}
		assert.equal(isImageError(Object.assign(new Error('x'), { code: 'ENOENT' })), false);
	});
});

describe('a sentence', () => {
	it('is filled in once: what an argument contains is not read again', () => {
		assert.equal(english(say('{0} and {1}', '{1}', '{0}')), '{1} and {0}');
		assert.equal(english(say('{0}', '$& $1 $$')), '$& $1 $$');
	});

	it('keeps a hole that has no argument, and takes a zero and an empty text for arguments', () => {
		assert.equal(english(say('{0}{1}{2}{x}{}', 0, '')), '0{2}{x}{}');
		assert.equal(english(say(`{${'9'.repeat(40)}}`, 1)), `{${'9'.repeat(40)}}`);
	});

	it('takes any arguments into any order of holes', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (args) => {
				const holes = args.map((_, index) => `{${index}}`);
				assert.equal(english(say(holes.join('|'), ...args)), args.join('|'));
				assert.equal(english(say(holes.toReversed().join('|'), ...args)), args.toReversed().join('|'));
			}),
		);
	});
});
