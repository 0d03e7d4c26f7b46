import assert from 'node:assert/strict';
import { failureCodes, type ImageError, unsent } from '../../src/domain/imageError';
import { curesOf, unfinished } from '../../src/host/failureActions';

const retries = {
	tryAgain: async () => undefined,
	changePrompt: async () => undefined,
	useSuccessor: async () => undefined,
};

function titlesOf(error: ImageError): string[] {
	return curesOf({ ...error, successor: 'openai/gpt-image-2' }, retries).map(({ title }) => title);
}

describe('what mends a failure, in folders', () => {
	it('is, for a picture that may come yet, to take its job up again, and never to order it again', () => {
		for (const code of failureCodes) {
			for (const kept of [{ at: '/kept/a.png' }, 'lost', undefined] as const) {
				const error: ImageError = { code, charged: 'unknown', waits: true, ...(kept && { kept }) };
				const [first, ...others] = titlesOf(error);
				assert.equal(first, kept ? 'Save Again' : 'Recover', code);
				for (const title of ['Try Again', 'Change Prompt…', 'Use openai/gpt-image-2', 'Save Again', 'Recover'])
					assert.ok(!others.includes(title), `${code}: ${title}`);
			}
		}
	});

	it('is no saving where nothing waits', () => {
		assert.deepEqual(titlesOf({ code: 'no-space', charged: 'yes', kept: 'lost' }), ['Try Again', 'Open Log']);
		assert.deepEqual(titlesOf(unsent('not-writable')), ['Open Settings', 'Open Log']);
	});

	it('is to recover the job that makes the picture already', () => {
		assert.equal(titlesOf({ ...unfinished, about: 'fox.png' })[0], 'Recover');
	});
});
