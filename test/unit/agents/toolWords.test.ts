import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { english, say } from '../../../src/domain/message';
import { quoted } from '../../../src/host/features/markdownText';
import {
	budgetLeft,
	madeLines,
	outcomeLines,
	type Plan,
	planLines,
	questionOf,
	refusedLines,
} from '../../../src/agents/toolWords';

const plan: Plan = {
	prompt: 'a fox',
	model: 'openai/gpt-image-2',
	n: 1,
	usd: 0.053,
	host: 'api.openai.com',
	files: [],
	isMasked: false,
	place: 'images',
	warnings: [],
};

const linesOf = (changes: Partial<Plan>) => planLines({ ...plan, ...changes }).map(english);

describe('the words of a tool', () => {
	it('ask with count and price', () => {
		const questions = [
			{ n: 1, usd: 0.053 },
			{ n: 4, usd: 0.212 },
			{ n: 1 },
			{ n: 3 },
			{ n: 1, usd: 0 },
			{ n: 2, usd: 0 },
		].map((each) => english(questionOf(each)));
		assert.deepEqual(questions, [
			'Make 1 picture for about $0.053?',
			'Make 4 pictures for about $0.212?',
			'Make 1 picture of unknown price?',
			'Make 3 pictures of unknown price?',
			'Make 1 picture? It costs nothing.',
			'Make 2 pictures? They cost nothing.',
		]);
	});

	it('say what goes where', () => {
		assert.deepEqual(linesOf({}), [
			'Model: openai/gpt-image-2',
			'Sent to api.openai.com: the prompt.',
			'Saved in images.',
			'Prompt: a fox',
		]);
		const lines = linesOf({ size: '16:9', files: ['a.png', 'b.png'], warnings: [say('Mind {0}.', 'this')] });
		assert.deepEqual(lines.slice(1), [
			'Size: 16:9',
			'Sent to api.openai.com: the prompt and a.png, b.png.',
			'Saved in images.',
			'Mind this.',
			'Prompt: a fox',
		]);
	});

	it('say that only rectangles are changed', () => {
		const lines = linesOf({ files: ['a.png'], isMasked: true });
		assert.deepEqual(lines.slice(1, 4), [
			'Sent to api.openai.com: the prompt and a.png.',
			'Only the rectangles that it names are repainted.',
			'Saved in images.',
		]);
	});

	it('end with the prompt, however long it is', () => {
		const prompt = `a fox\n\nSaved in images.${' long'.repeat(1000)}`;
		const lines = linesOf({ prompt, size: '16:9', files: ['a.png'], isMasked: true, warnings: [say('Mind this.')] });
		assert.deepEqual(
			lines.flatMap((line, index) => (line.startsWith('Prompt: ') ? [index] : [])),
			[lines.length - 1],
		);
	});

	it('say of what will be refused what it is', () => {
		const lines = refusedLines({ prompt: 'a fox\u200B', model: 'a/b', files: ['a.png', 'b.png'] }).map(english);
		assert.deepEqual(lines, ['Model: a/b', 'Picture: a.png', 'Picture: b.png', 'Prompt: a fox<U+200B>']);
		assert.deepEqual(refusedLines({ prompt: 'a fox', files: [] }).map(english), ['Prompt: a fox']);
	});

	it('say that nothing is sent', () => {
		const { host: _, ...ownPlan } = plan;
		assert.equal(planLines(ownPlan).map(english)[1], 'Nothing is sent: this computer draws it.');
	});

	it('hide no character of a prompt: what shows nothing is shown as its number', () => {
		const smuggled = Array.from('key', (sign) => String.fromCodePoint(0xe0000 + sign.charCodeAt(0))).join('');
		const first = linesOf({ prompt: `a fox${smuggled}\u202E\u200B\u00AD` }).at(-1);
		assert.equal(first, 'Prompt: a fox<U+E006B><U+E0065><U+E0079><U+202E><U+200B><U+00AD>');
		assert.equal(linesOf({ prompt: '👩\u200D🚀 می\u200Cخواهم' }).at(-1), 'Prompt: 👩\u200D🚀 می\u200Cخواهم');
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme-composite' }),
				fc.integer({ min: 0xe0020, max: 0xe007f }),
				(text, tag) => {
					const line = linesOf({ prompt: `${text}${String.fromCodePoint(tag)}` }).at(-1) ?? '';
					// What is left for the editor to show is all of it, letter by letter.
					assert.ok(quoted(line).includes(tag.toString(16).toUpperCase()));
				},
			),
		);
	});

	it('say what budgets leave', () => {
		const spent = { today: 0.4, month: 3 };
		const left = (limits: object, reserved = 0) => budgetLeft({ limits, spent }, reserved).map(english);
		assert.deepEqual(left({}), ['No budget is set: limn.budget.daily sets one.']);
		assert.deepEqual(left({ daily: 1 }, 0.1), ['Left of today’s budget: $0.50.']);
		assert.deepEqual(left({ monthly: 2 }), ['Left of this month’s budget: $0.00.']);
		assert.deepEqual(left({ daily: 0.4, monthly: 10 }), [
			'Left of today’s budget: $0.00.',
			'Left of this month’s budget: $7.00.',
		]);
	});

	it('give a reference that shows the alternative text and does nothing else', () => {
		const made = { path: 'docs/a fox (1).png', fromFolder: 'a fox (1).png', width: 64, height: 48 };
		const alt = ['A fox', '](command:limn.generate) [x'];
		const said = alt.map((each) => madeLines({ ...made, alt: each }).map(english));
		assert.deepEqual(said[0], [
			'Saved docs/a fox (1).png, 64 × 48 pixels.',
			'Reference, from the workspace folder: ![A fox](a%20fox%20%281%29.png)',
		]);
		assert.doesNotMatch(said[1]?.[1] ?? '', /[^\\]\]\(command/);
	});

	it('say each failure once, with its code', () => {
		const failure = { code: 'over-budget', message: 'Used up.', charged: 'no' } as const;
		const lines = outcomeLines({
			images: [],
			failures: [failure, { ...failure, code: 'refused', message: 'Change it.' }, failure],
			warnings: ['Mind this.'],
			cost: { usd: 0.053, estimated: true },
		}).map(english);
		assert.deepEqual(lines, [
			'Cost: about $0.053.',
			'Note: Mind this.',
			'Failed: 2 × over-budget: Used up.',
			'Failed: refused: Change it.',
		]);
		const exact = outcomeLines({ images: [], failures: [], warnings: [], cost: { usd: 0.04, estimated: false } });
		assert.deepEqual(exact.map(english), ['Cost: $0.04.']);
	});
});
