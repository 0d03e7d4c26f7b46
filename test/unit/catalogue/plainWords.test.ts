import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Control } from '../../../src/catalogue/model';
import { formatOption, inPlainWords } from '../../../src/catalogue/plainWords';
import { requestOf } from '../builders';

const controls: readonly Control[] = [
	{ kind: 'choice', name: 'quality', path: 'providerSettings.openai.quality', values: ['hd'] },
	{ kind: 'flag', name: 'safety.checkContent' },
	{ kind: 'count', name: 'numberResults' },
];

const plain = (options: Record<string, string | number | boolean>, n = 1) =>
	inPlainWords(requestOf({ options, n }), controls);

describe('a request in plain words', () => {
	it('calls a control as people do, where the API has it elsewhere', () => {
		const { options } = plain({ 'providerSettings.openai.quality': 'hd', 'safety.checkContent': true, other: 1 });
		assert.deepEqual(options, { quality: 'hd', 'safety.checkContent': true, other: 1 });
	});

	it('asks for as many pictures as the API’s own word says, and never for fewer than were asked for', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (n, numberResults) => {
				const request = plain({ numberResults, quality: 'hd' }, n);
				assert.equal(request.n, Math.max(n, numberResults));
				assert.deepEqual(request.options, { quality: 'hd' });
			}),
		);
	});

	it('leaves a count that is none for who judges counts', () => {
		for (const [count, n] of [
			['many', Number.NaN],
			[0, 0],
			[1.5, 1.5],
			[-3, -3],
		] as const) {
			assert.equal(plain({ numberResults: count }, 4).n, n);
		}
	});

	it('is itself where nobody knows the controls, and where there is nothing to say otherwise', () => {
		const request = requestOf({ options: { numberResults: 3, quality: 'hd' } });
		assert.equal(inPlainWords(request, 'open'), request);
		const usual = requestOf({ options: { quality: 'hd' } });
		assert.deepEqual(inPlainWords(usual, controls), usual);
	});
});

describe('the format that the options ask for', () => {
	it('is in the provider’s own word', () => {
		assert.equal(formatOption({ output_format: 'webp' }), 'webp');
		assert.equal(formatOption({ outputFormat: 'JPG', quality: 'hd' }), 'JPG');
		assert.equal(formatOption({ format: 'png' }), undefined);
	});
});
