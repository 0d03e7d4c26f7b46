import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { countLines, isRecipe, readWords } from '../../../src/recipes/words';
import { anyWords, somePairs } from './arbitraries';
import { sliceOf } from './toyLanguage';

/** What words say: the prompt, and the pairs as they are written. */
function readingOf(words: string) {
	const { prompt, pairs } = readWords(words);
	return [sliceOf(words, prompt), ...pairs.map(({ key, value }) => `${key}:${value}`)];
}

/** The tail of some words, found by trying: the regular expression says the grammar as a whole. */
function tailByTrying(words: string): number | undefined {
	const pairs = /^(?:\s+[A-Za-z_][\w.-]*=(?:"[^"]*"|[^\s"]*)(?=\s|$))*\s*$/;
	for (let bar = words.length - 1; bar >= 5; bar--) {
		const isAlone = words[bar] === '|' && (bar === 5 || /\s/.test(words.charAt(bar - 1)));
		if (isAlone && pairs.test(words.slice(bar + 1))) return bar;
	}
	return undefined;
}

describe('the words of a recipe', () => {
	it('are a prompt, a bar and pairs', () => {
		assert.deepEqual(readingOf('limn: a fox at dawn | size=1536x1024 model=openai/gpt-image-2'), [
			'a fox at dawn',
			'size:1536x1024',
			'model:openai/gpt-image-2',
		]);
		assert.deepEqual(readingOf('limn:a fox'), ['a fox']);
		assert.deepEqual(readingOf('limn:  a fox |'), ['a fox']);
		assert.deepEqual(readingOf('limn:'), ['']);
		assert.deepEqual(readingOf('limn: | size=16:9'), ['', 'size:16:9']);
		assert.deepEqual(readingOf('limn:| size=16:9'), ['', 'size:16:9']);
	});

	it('begin with the mark and nothing else', () => {
		assert.ok(isRecipe('limn: a fox'));
		assert.ok(isRecipe('limn:'));
		for (const words of ['', 'limn', 'Limn: a fox', ' limn: a fox', 'see limn: a fox', 'limn : a fox']) {
			assert.ok(!isRecipe(words), words);
		}
	});

	it('have a prompt with bars, equals signs, quotes and line breaks', () => {
		assert.deepEqual(readingOf('limn: left | right | size=1x1'), ['left | right', 'size:1x1']);
		assert.deepEqual(readingOf('limn: a | b=c | size=1x1'), ['a | b=c', 'size:1x1']);
		assert.deepEqual(readingOf('limn: e=mc2, "so what" 5" | size=1x1'), ['e=mc2, "so what" 5"', 'size:1x1']);
		assert.deepEqual(readingOf('limn: a\n  fox\n| size=1x1'), ['a\n  fox', 'size:1x1']);
		assert.deepEqual(readingOf('limn: a fox | size=1x1 and a dog'), ['a fox | size=1x1 and a dog']);
		assert.deepEqual(readingOf('limn: a fox|size=1x1'), ['a fox|size=1x1']);
		assert.deepEqual(readingOf('limn: a fox |size=1x1'), ['a fox |size=1x1']);
		assert.deepEqual(readingOf('limn: a fox || size=1x1'), ['a fox || size=1x1']);
	});

	it('have values in quotes, with blanks, bars and pairs in them', () => {
		assert.deepEqual(readingOf('limn: a | style="oil on canvas" seed=7'), ['a', 'style:oil on canvas', 'seed:7']);
		assert.deepEqual(readingOf('limn: a | style="x | y" seed=7'), ['a', 'style:x | y', 'seed:7']);
		assert.deepEqual(readingOf('limn: a | style="x | b=c"'), ['a', 'style:x | b=c']);
		assert.deepEqual(readingOf('limn: a | style="x | b=c d="'), ['a', 'style:x | b=c d=']);
		assert.deepEqual(readingOf('limn: a | style="" seed='), ['a', 'style:', 'seed:']);
		assert.deepEqual(readingOf('limn: a | style="x'), ['a | style="x']);
		assert.deepEqual(readingOf('limn: a | style="x"y'), ['a | style="x"y']);
		assert.deepEqual(readingOf('limn: a | size=5"'), ['a | size=5"']);
	});

	it('have a bar in a bare value, which is none between prompt and pairs', () => {
		assert.deepEqual(readingOf('limn: a | b=x:| c=d'), ['a', 'b:x:|', 'c:d']);
		assert.deepEqual(readingOf('limn: a | b=| c=d'), ['a', 'b:|', 'c:d']);
	});

	it('give back what they were built of, whatever it is', () => {
		fc.assert(
			fc.property(anyWords, somePairs, fc.constantFrom(' ', '\n', ' \n\t'), (prompt, pairs, blank) => {
				const words = `limn: ${prompt}${blank}|${blank}${pairs.map(({ written }) => written).join(blank)}${blank}`;
				const read = readWords(words);
				assert.equal(sliceOf(words, read.prompt), prompt.trim());
				assert.deepEqual(
					read.pairs.map(({ key, value, span, valueSpan }) => [
						key,
						value,
						sliceOf(words, span),
						sliceOf(words, valueSpan),
					]),
					pairs.map(({ key, value, written }) => [key, value, written, value]),
				);
			}),
			{ numRuns: 2000 },
		);
	});

	it('are read as by trying every bar', () => {
		fc.assert(
			fc.property(anyWords, (some) => {
				const words = `limn:${some}`;
				assert.equal(readWords(words).bar, tailByTrying(words), words);
			}),
			{ numRuns: 5000 },
		);
	});

	it('have spans in order and in range, whatever they are', () => {
		fc.assert(
			fc.property(anyWords, (some) => {
				const words = `limn:${some}`;
				const { prompt, bar, pairs } = readWords(words);
				const places = pairs.flatMap(({ span, valueSpan }) => [span.start, valueSpan.start, valueSpan.end, span.end]);
				const all = [5, prompt.start, prompt.end, ...(bar === undefined ? [] : [bar]), ...places, words.length];
				assert.deepEqual(
					all,
					all.toSorted((a, b) => a - b),
					words,
				);
				const written = sliceOf(words, prompt);
				assert.equal(written, written.trim());
				assert.ok(bar !== undefined || pairs.length === 0);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('the lines of a recipe among others', () => {
	it('end with its pairs', () => {
		assert.equal(countLines(['limn: a fox | size=1x1', 'TODO: see below']), 1);
		assert.equal(countLines(['limn: a fox', 'at dawn | size=1x1', 'TODO: see below', 'more']), 2);
		assert.equal(countLines(['limn: a fox | size=1x1', 'seed=7 style="a b"', 'TODO']), 2);
		assert.equal(countLines(['limn: a fox |', 'size=1x1', 'seed=7', 'TODO']), 3);
		assert.equal(countLines(['limn: a fox', '| size=1x1', 'TODO']), 2);
		assert.equal(countLines(['limn: a fox | size=1x1', '', 'TODO']), 1);
	});

	it('are all where it has no pairs', () => {
		assert.equal(countLines(['limn: a fox', 'at dawn']), 2);
		assert.equal(countLines(['limn: a fox |', 'at dawn']), 2);
		assert.equal(countLines(['limn: a | b', 'c=d e']), 2);
		assert.equal(countLines([]), 0);
	});
});

/** Of a megabyte, made of one piece again and again. */
function megabyteOf(piece: string, end = ''): string {
	return `limn: x${piece.repeat(Math.ceil(1_000_000 / piece.length))}${end}`;
}

describe('a megabyte of words', () => {
	const pieces = [
		['|', ''],
		[' |', ' "'],
		[' | ', 'x'],
		['"', ''],
		['=', ' |'],
		['a', ' | a'],
		['\n', 'x'],
		[' | a="| ', ''],
		['a="| ', ''],
		[' a="| ', '"'],
		[' | a=:| ', '"'],
		[' | a=b', ' x "'],
		[' | a=" b=', ' | x'],
		[' | a=b" c="', ' | a=b" x'],
		[' | a=" b="', ' | a=b" x'],
		[' | a="b" "', ' x'],
		[' a=b', ' | a=b x "'],
	] as const;
	for (const [piece, end] of pieces) {
		it(`is read at once: ${JSON.stringify(piece)} … ${JSON.stringify(end)}`, () => {
			readWords(megabyteOf(piece, end));
			readWords(megabyteOf(piece, end).replace('limn: x', 'limn: x | a="'));
			countLines(megabyteOf(`${piece}\n`, end).split('\n'));
		}).timeout(5000);
	}
});
