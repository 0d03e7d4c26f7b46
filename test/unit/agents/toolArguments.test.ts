import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type * as z from 'zod';
import {
	checkToolArguments,
	editToolArguments,
	generateToolArguments,
	mostOfTool,
	parseByRules,
	parseToolArguments,
} from '../../../src/agents/toolArguments';
import { sentencesOf } from '../../../src/domain/imageError';
import { english } from '../../../src/domain/message';

const schemas: readonly z.ZodType[] = [generateToolArguments, editToolArguments, checkToolArguments];

/** What is said of arguments that are refused; empty where they are taken. */
function refusal(schema: Parameters<typeof parseToolArguments>[0], input: unknown): string {
	const parsed = parseToolArguments(schema, input);
	return 'error' in parsed ? sentencesOf(parsed.error).map(english).join(' ') : '';
}

describe('the arguments of tools', () => {
	it('are filled in where an agent leaves them out', () => {
		const parsed = parseToolArguments(generateToolArguments, { prompt: 'a fox' });
		assert.deepEqual(parsed, { value: { prompt: 'a fox', n: 1 } });
	});

	it('have their size read', () => {
		const parsed = parseToolArguments(generateToolArguments, { prompt: 'a fox', size: '16:9' });
		assert.ok('value' in parsed);
		assert.deepEqual(parsed.value.size, { kind: 'ratio', ratio: { width: 16, height: 9 } });
	});

	it('are refused with what is allowed', () => {
		assert.equal(
			refusal(generateToolArguments, { prompt: ' \u200B ' }),
			'prompt must be a text that is not blank, of at most 8000 characters.',
		);
		assert.equal(refusal(generateToolArguments, { prompt: 'a', n: 11 }), 'n must be a whole number from 1 to 10.');
		assert.equal(
			refusal(generateToolArguments, { prompt: 'a', size: 'huge' }),
			'size must be a size like 1024x1024 or a ratio like 16:9.',
		);
		assert.equal(
			refusal(editToolArguments, { image: 'a.png', prompt: 'a', mask: 'all' }),
			'mask must be a list of { x, y, width, height } in whole pixels.',
		);
		assert.equal(
			refusal(checkToolArguments, { paths: 'docs' }),
			'paths must be a list of relative paths of files and folders inside the workspace.',
		);
		assert.equal(refusal(generateToolArguments, 'a fox'), 'The argument must be one object.');
	});

	it('are refused by name where there is no such one', () => {
		assert.equal(
			refusal(generateToolArguments, { prompt: 'a', overwrite: true }),
			'There is no argument overwrite. Allowed: prompt, model, n, size, path, alt.',
		);
	});

	it('are judged whatever they are, without a throw', () => {
		fc.assert(
			fc.property(fc.anything(), (input) => {
				for (const schema of schemas) {
					const parsed = parseToolArguments(schema, input);
					assert.ok('value' in parsed || parsed.error.code === 'bad-input');
				}
			}),
		);
	});

	it('never ask for more than a person can confirm', () => {
		const given = fc.record({ prompt: fc.string(), n: fc.integer() });
		fc.assert(
			fc.property(given, (input) => {
				const parsed = parseToolArguments(generateToolArguments, input);
				if (!('value' in parsed)) return;
				assert.ok(parsed.value.n >= 1 && parsed.value.n <= mostOfTool.pictures);
				assert.ok(parsed.value.prompt.length <= mostOfTool.characters);
			}),
		);
	});

	it('are told by the rules of whoever parses them', () => {
		const parsed = parseByRules(checkToolArguments, { paths: 1 }, { paths: 'names' });
		assert.ok('error' in parsed);
		assert.deepEqual(sentencesOf(parsed.error).map(english), ['paths must be names.']);
	});
});
