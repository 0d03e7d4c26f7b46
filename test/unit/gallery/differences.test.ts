import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { differingFacts, differingWords, type Fact, type Piece } from '../../../src/gallery/differences';

const fact = (name: string, value: string): Fact => ({ name, label: name.toUpperCase(), value });
const list = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([n, v]) => fact(n, v));
const textOf = (pieces: readonly Piece[], ...kinds: readonly Piece['kind'][]) =>
	pieces.flatMap(({ kind, text }) => (kinds.includes(kind) ? text : [])).join('');

/** Texts of few words, so that they share some. */
const prompt = fc
	.array(fc.constantFrom('a', 'fox', 'harbour', 'in', 'winter', '\n', '  ', 'é', '‏עברית'), { maxLength: 30 })
	.map((words) => words.join(' '));

describe('facts that differ', () => {
	it('are shown with both values, and those that are the same are left out', () => {
		const left = [fact('model', 'one'), fact('size', '10 × 10'), fact('cost', '$1')];
		const right = [fact('cost', '$1'), fact('model', 'two'), fact('size', '10 × 10')];
		assert.deepEqual(differingFacts(left, right), [{ label: 'MODEL', left: 'one', right: 'two' }]);
	});

	it('have no value where nothing is known, those of the first picture first', () => {
		assert.deepEqual(differingFacts([fact('seed', '1')], [fact('style', 'oil'), fact('cost', '$1')]), [
			{ label: 'SEED', left: '1' },
			{ label: 'STYLE', right: 'oil' },
			{ label: 'COST', right: '$1' },
		]);
	});

	it('are none between a picture and itself', () => {
		const names = fc.uniqueArray(fc.string());
		fc.assert(
			fc.property(names, fc.string(), (all, value) => {
				const facts = all.map((name) => fact(name, value));
				assert.deepEqual(differingFacts(facts, facts.toReversed()), []);
			}),
		);
	});

	it('are the same ones from either side', () => {
		const facts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2'), {
			noNullPrototype: true,
		});
		fc.assert(
			fc.property(facts, facts, (one, other) => {
				const there = differingFacts(list(one), list(other)).map(
					({ label, left, right }) => `${label} ${left} ${right}`,
				);
				const back = differingFacts(list(other), list(one)).map(
					({ label, left, right }) => `${label} ${right} ${left}`,
				);
				assert.deepEqual(there.toSorted(), back.toSorted());
			}),
		);
	});
});

describe('words that differ', () => {
	it('are marked, and the others are kept', () => {
		assert.deepEqual(differingWords('a fox in winter', 'a red fox in spring'), [
			{ kind: 'kept', text: 'a' },
			{ kind: 'added', text: ' ', isSpace: true },
			{ kind: 'added', text: 'red' },
			{ kind: 'kept', text: ' fox in' },
			{ kind: 'removed', text: ' ', isSpace: true },
			{ kind: 'removed', text: 'winter' },
			{ kind: 'added', text: ' ', isSpace: true },
			{ kind: 'added', text: 'spring' },
		]);
	});

	it('are marked where the space alone is another', () => {
		assert.deepEqual(differingWords('a fox', 'a fox\n'), [
			{ kind: 'kept', text: 'a fox' },
			{ kind: 'added', text: '\n' },
		]);
	});

	it('have no space around them', () => {
		fc.assert(
			fc.property(prompt, prompt, (left, right) => {
				for (const { kind, text, isSpace } of differingWords(left, right)) {
					if (isSpace) assert.ok(kind !== 'kept' && text.trim() === '', text);
					else if (kind !== 'kept' && text.trim() !== '') assert.equal(text, text.trim());
				}
			}),
		);
	});

	it('are all of them where one text is empty', () => {
		assert.deepEqual(differingWords('', 'a fox'), [{ kind: 'added', text: 'a fox' }]);
		assert.deepEqual(differingWords('a fox', ''), [{ kind: 'removed', text: 'a fox' }]);
		assert.deepEqual(differingWords('', ''), []);
	});

	it('do not count what both begin and end with twice', () => {
		assert.deepEqual(differingWords('x x', 'x x x'), [
			{ kind: 'kept', text: 'x x' },
			{ kind: 'added', text: ' ', isSpace: true },
			{ kind: 'added', text: 'x' },
		]);
	});

	it('lose no letter of either text', () => {
		fc.assert(
			fc.property(prompt, prompt, (left, right) => {
				const pieces = differingWords(left, right);
				assert.equal(textOf(pieces, 'kept', 'removed'), left);
				assert.equal(textOf(pieces, 'kept', 'added'), right);
			}),
		);
	});

	it('come in pieces as long as can be, none of them empty', () => {
		fc.assert(
			fc.property(prompt, prompt, (left, right) => {
				const pieces = differingWords(left, right);
				assert.ok(pieces.every(({ text }) => text !== ''));
				for (const [index, { kind, isSpace }] of pieces.slice(1).entries()) {
					const before = pieces[index];
					assert.ok(before?.kind !== kind || Boolean(before.isSpace) !== Boolean(isSpace));
				}
			}),
		);
	});

	it('are none between a text and itself', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), (text) => {
				assert.deepEqual(differingWords(text, text), [{ kind: 'kept', text }]);
			}),
		);
	});

	it('are as few as can be', () => {
		const words = Array.from({ length: 200 }, (_, index) => `w${index}`);
		const fewer = words.filter((_, index) => index % 10 !== 5);
		const pieces = differingWords(words.join(' '), fewer.join(' '));
		assert.equal(textOf(pieces, 'added'), '');
		assert.equal(pieces.filter(({ kind, isSpace }) => kind === 'removed' && !isSpace).length, 20);
	});

	it('of long texts with nothing in common are found at once', () => {
		const left = Array.from({ length: 20_000 }, (_, index) => `l${index}`).join(' ');
		const right = Array.from({ length: 20_000 }, (_, index) => `r${index}`).join(' ');
		const begun = performance.now();
		assert.deepEqual(
			differingWords(left, right).map(({ kind }) => kind),
			['removed', 'added'],
		);
		assert.ok(performance.now() - begun < 1000);
	});
});
