import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { DocumentLanguage } from '../../../src/documents/languages/language';
import { say } from '../../../src/domain/message';
import {
	type Completion,
	completionsFor,
	type ControlFacts,
	type RecipeFacts,
	type Typing,
	typingIn,
} from '../../../src/recipes/completion';
import { sentence } from '../builders';
import { anyWords, plainWords, somePairs } from './arbitraries';
import { recipeOf, recipesOf, toyLanguage } from './toyLanguage';

const controls: readonly ControlFacts[] = [
	{ kind: 'choice', name: 'quality', values: ['low', 'high'], default: 'low' },
	{ kind: 'choice', name: 'style', values: ['oil', 'oil on canvas', '5"'] },
	{ kind: 'number', name: 'steps', min: 1, max: 50 },
	{ kind: 'flag', name: 'safety.checkContent', default: true },
	{ kind: 'seed', name: 'seed' },
	{ kind: 'count', name: 'numberResults' },
];

const facts: RecipeFacts = {
	models: [
		{ name: 'openai/gpt-image-2', title: 'GPT Image 2', price: say('up to {0}', '$0.05'), badges: [say('edits')] },
		{ name: 'runware/openai:gpt-image@2', title: 'GPT Image 2', price: say('price unknown'), badges: [] },
	],
	sizes: [{ size: '1024x1024' }, { size: '16:9', pixels: '1360x768' }],
	controls,
};

const keys = ['model', 'size', 'quality', 'style', 'steps', 'safety.checkContent', 'seed'];

/** A text, and where in it the cursor is: at `¦`. */
function cursorIn(marked: string): { text: string; offset: number } {
	return { text: marked.replace('¦', ''), offset: marked.indexOf('¦') };
}

function typingOf(marked: string): Typing | undefined {
	const { text, offset } = cursorIn(marked);
	return typingIn(text, offset, toyLanguage);
}

function offersAt(marked: string, known = facts): Completion[] {
	const typing = typingOf(marked);
	return typing ? completionsFor(typing, known) : [];
}

function labelsAt(marked: string, known = facts): string[] {
	return offersAt(marked, known).map(({ label }) => label);
}

/** The text after something that is offered was taken, and where the cursor is then. */
function taking(marked: string, label: string, known = facts): string {
	const typing = typingOf(marked);
	const { text } = cursorIn(marked);
	const { written } = offersAt(marked, known).find((offer) => offer.label === label) ?? assert.fail(`no ${label}`);
	assert.ok(typing);
	return `${text.slice(0, typing.span.start)}${written}¦${text.slice(typing.span.end)}`;
}

function without(...taken: string[]): string[] {
	return keys.filter((key) => !taken.includes(key));
}

describe('the keys of a recipe', () => {
	it('are offered behind the bar and between pairs', () => {
		for (const marked of [
			'<!-- limn: a fox | ¦-->',
			'<!-- limn: a fox | ¦ -->',
			'<!-- limn: a fox |¦ -->',
			'<!-- limn: a fox | ¦',
			'// limn: a fox | ¦\n![a](a.png)',
			'// limn: a fox | ¦  \n// TODO',
			'// limn: a fox\n// at dawn | ¦\n',
			'// limn: a fox |\n// ¦\n',
			'<!-- limn: a fox |\n  ¦\n-->',
			'<!-- limn: a fox\n| ¦\n-->',
			'<!-- limn: left | right | ¦ -->',
			'<!-- limn: | ¦ -->',
		]) {
			const closed = marked.endsWith('¦') ? `${marked} -->` : marked;
			assert.deepEqual(labelsAt(closed), keys, marked);
		}
	});

	it('are not offered elsewhere', () => {
		for (const marked of [
			'¦<!-- limn: a fox | -->',
			'<!-- limn:¦ a fox | -->',
			'<!-- limn: a ¦fox | seed=7 -->',
			'<!-- limn: a fox ¦| seed=7 -->',
			'<!-- limn: a fox ¦-->',
			'<!-- limn: left | right ¦-->',
			'<!-- limn: left | ¦ right -->',
			'<!-- limn: left | ri¦ght and more -->',
			'<!-- limn: a fox |x ¦ -->',
			'<!-- limn: a fox | -¦->',
			'<!-- limn: a fox | -->¦',
			'<!-- limn: a fox | seed=7 -->\n| ¦',
			'// limn: a fox | seed=7\n¦',
			'<!-- a fox | ¦ -->',
			'limn: a fox | ¦',
			'<!-- limn: a fox | "¦ -->',
			'<!-- limn: a fox | seed="oil ¦on canvas" -->',
			'<!-- limn: a fox | ¦seed=7 -->',
		]) {
			assert.deepEqual(labelsAt(marked), [], marked);
		}
	});

	it('are those that are not there yet; the one at the cursor does not count', () => {
		assert.deepEqual(labelsAt('<!-- limn: a | size=3:2 ¦ seed=7 -->'), without('size', 'seed'));
		assert.deepEqual(labelsAt('<!-- limn: a | size=3:2 s¦ seed=7 -->'), without('size', 'seed'));
		assert.deepEqual(labelsAt('<!-- limn: a | size=3:2 se¦ed=7 -->'), without('size'));
		assert.deepEqual(labelsAt('<!-- limn: a |\nsize=3:2 ¦\nseed=7 -->'), without('size', 'seed'));
		assert.deepEqual(labelsAt('<!-- limn: a | style="x | y" size=3:2 ¦ -->'), without('size', 'style'));
	});

	it('are never `made`, nor a count', () => {
		const offered = labelsAt('<!-- limn: a | ma¦ made=x -->');
		assert.deepEqual(offered, keys);
		assert.ok(!offered.includes('made') && !offered.includes('n'));
		assert.deepEqual(labelsAt('<!-- limn: a | made=¦ -->'), []);
	});

	it('are the usual ones where nobody knows the model, and no size where it takes none', () => {
		const open: RecipeFacts = { ...facts, sizes: [], controls: 'open' };
		assert.deepEqual(labelsAt('<!-- limn: a | ¦ -->', open), ['model', 'quality', 'style', 'background', 'seed']);
		assert.deepEqual(labelsAt('<!-- limn: a | quality=¦ -->', open), []);
	});

	it('are written with an equals sign, where there is none yet, and apart from the bar', () => {
		assert.equal(taking('<!-- limn: a | ¦ -->', 'size'), '<!-- limn: a | size=¦ -->');
		assert.equal(taking('<!-- limn: a |¦ -->', 'size'), '<!-- limn: a | size=¦ -->');
		assert.equal(taking('<!-- limn: a | mo¦ -->', 'model'), '<!-- limn: a | model=¦ -->');
		assert.equal(taking('<!-- limn: a | st¦yle="x y" seed=7 -->', 'size'), '<!-- limn: a | size¦="x y" seed=7 -->');
		assert.equal(taking('<!-- limn: a | safety.ch¦eck -->', 'seed'), '<!-- limn: a | seed=¦ -->');
	});

	it('say what they take', () => {
		const offers = offersAt('<!-- limn: a | ¦ -->');
		assert.deepEqual(
			offers.map(({ label, title, about = [] }) => [label, title, about.map(sentence).join()]),
			[
				['model', undefined, 'Who makes the picture'],
				['size', undefined, 'Pixels like 1024x1024, or a ratio like 16:9'],
				['quality', 'low, high', 'Without it: low'],
				['style', 'oil, oil on canvas, 5"', ''],
				['steps', '1–50', ''],
				['safety.checkContent', 'true, false', 'Without it: true'],
				['seed', undefined, ''],
			],
		);
		const numbers: ControlFacts[] = [
			{ kind: 'number', name: 'a', min: 0, max: Infinity, default: 7 },
			{ kind: 'number', name: 'b', min: -Infinity, max: 1 },
			{ kind: 'number', name: 'c', min: -Infinity, max: Infinity },
		];
		const [, , ...bounds] = offersAt('<!-- limn: a | ¦ -->', { ...facts, controls: numbers });
		assert.deepEqual(
			bounds.map(({ title }) => title),
			['≥ 0', '≤ 1', undefined],
		);
	});
});

describe('the values of a recipe', () => {
	it('are models, with their titles and prices', () => {
		const offers = offersAt('<!-- limn: a | model=¦ -->');
		assert.deepEqual(
			offers.map(({ kind, label, written, title, note, about = [] }) => [
				kind,
				label,
				written,
				title,
				sentence(note),
				about.map(sentence).join(),
			]),
			[
				['value', 'openai/gpt-image-2', 'openai/gpt-image-2', 'GPT Image 2', 'up to $0.05', 'edits'],
				['value', 'runware/openai:gpt-image@2', 'runware/openai:gpt-image@2', 'GPT Image 2', 'price unknown', ''],
			],
		);
	});

	it('replace all that stands there, slashes and colons included', () => {
		for (const marked of [
			'¦',
			'run¦',
			'runware/¦',
			'runware/openai:¦',
			'openai/gpt-i¦mage-2',
			'¦"x y"',
			'"runware/¦x"',
		]) {
			const text = taking(`<!-- limn: a | model=${marked} seed=7 -->`, 'runware/openai:gpt-image@2');
			assert.equal(text.replaceAll('"', ''), '<!-- limn: a | model=runware/openai:gpt-image@2¦ seed=7 -->', marked);
			assert.equal(recipeOf(text.replace('¦', '')).pairs.length, 2);
		}
	});

	it('are sizes, with the pixels that a ratio becomes', () => {
		const offers = offersAt('<!-- limn: a | seed=7 size=16¦:9 -->');
		assert.deepEqual(
			offers.map(({ label, title }) => [label, title]),
			[
				['1024x1024', undefined],
				['16:9', '1360x768'],
			],
		);
		assert.equal(taking('<!-- limn: a | size=1¦6:9 -->', '1024x1024'), '<!-- limn: a | size=1024x1024¦ -->');
	});

	it('are the choices of a control', () => {
		assert.deepEqual(labelsAt('<!-- limn: a | quality=¦ -->'), ['low', 'high']);
		assert.deepEqual(labelsAt('<!-- limn: a | safety.checkContent=¦ -->'), ['true', 'false']);
		assert.deepEqual(labelsAt('<!-- limn: a | seed=¦ steps=1 -->'), []);
		assert.deepEqual(labelsAt('<!-- limn: a | unheard-of=¦ -->'), []);
		const [low, high] = offersAt('<!-- limn: a | quality=¦ -->');
		assert.equal(sentence(low?.note), 'default');
		assert.equal(high?.note, undefined);
	});

	it('are quoted where they have blanks, or were begun with a quote', () => {
		assert.deepEqual(labelsAt('<!-- limn: a | style=¦ -->'), ['oil', 'oil on canvas']);
		assert.equal(taking('<!-- limn: a | style=¦ -->', 'oil'), '<!-- limn: a | style=oil¦ -->');
		assert.equal(taking('<!-- limn: a | style=oi¦ -->', 'oil on canvas'), '<!-- limn: a | style="oil on canvas"¦ -->');
		assert.equal(taking('<!-- limn: a | style="¦ -->', 'oil'), '<!-- limn: a | style="oil"¦ -->');
		assert.equal(taking('<!-- limn: a | style="oil on¦ -->', 'oil'), '<!-- limn: a | style="oil"¦ -->');
		assert.equal(taking('<!-- limn: a | style="¦" seed=7 -->', 'oil'), '<!-- limn: a | style="oil"¦ seed=7 -->');
		assert.equal(
			taking('<!-- limn: a | style="o¦il on" seed="7" -->', 'oil'),
			'<!-- limn: a | style="oil"¦ seed="7" -->',
		);
		assert.equal(taking('<!-- limn: a | style="x | ¦y" -->', 'oil'), '<!-- limn: a | style="oil"¦ -->');
	});

	it('may be asked for while another pair is not written yet', () => {
		assert.deepEqual(labelsAt('<!-- limn: "a" says="hi | size=¦ -->'), ['1024x1024', '16:9']);
		assert.deepEqual(labelsAt('<!-- limn: a | b=c | size=¦ -->'), ['1024x1024', '16:9']);
		assert.deepEqual(labelsAt('<!-- limn: a | size=¦ foo -->'), []);
	});
});

/** The model of the other pairs. */
function modelAt(marked: string): string | undefined {
	return typingOf(marked)?.others.get('model');
}

const unread: DocumentLanguage = { ...toyLanguage, read: () => assert.fail('The document is read.') };

describe('what is being written in a recipe', () => {
	it('comes with the other pairs, so that their model is known', () => {
		assert.equal(modelAt('<!-- limn: a | model=x/y ¦ -->'), 'x/y');
		assert.equal(modelAt('<!-- limn: a | model=x/y qu¦ -->'), 'x/y');
		assert.equal(modelAt('<!-- limn: a | quality=¦ model="x/y" -->'), 'x/y');
		assert.equal(modelAt('<!-- limn: a | quality=¦\nmodel=x/y -->'), 'x/y');
		assert.equal(modelAt('<!-- limn: a | model=x/¦y -->'), undefined);
	});

	it('is nothing where documents are not read', () => {
		const { read: _, ...language } = toyLanguage;
		const { text, offset } = cursorIn('<!-- limn: a | ¦ -->');
		assert.equal(typingIn(text, offset, language), undefined);
	});

	it('is not looked for where nobody can be writing it', () => {
		for (const marked of [
			'Hello there ¦',
			'| a | ¦ |\n\n<!-- limn: a | -->',
			'<!-- limn: a fox ¦ -->',
			'<!-- limn: a | seed=7 -->\n![a](a.png)\n\nAnd now for something ¦',
		]) {
			const { text, offset } = cursorIn(marked);
			assert.equal(typingIn(text, offset, unread), undefined, marked);
		}
	});

	it('has a span in the recipe around the cursor, whatever stands there', () => {
		const comment = fc.constantFrom<readonly [string, string]>(['<!-- ', ' -->'], ['// ', '\n'], ['<!--\n', '\n-->']);
		fc.assert(
			fc.property(anyWords, comment, fc.nat(), (words, [open, close], place) => {
				const text = `x\n${open}limn: ${words.replaceAll('-->', '')}${close}\ny`;
				const offset = place % (text.length + 1);
				const typing = typingIn(text, offset, toyLanguage);
				if (!typing) return;
				const { start, end } = typing.span;
				assert.ok(start <= offset && offset <= end, text);
				const [first] = recipesOf(text);
				assert.ok(first && start > first.span.start);
				assert.ok(
					completionsFor(typing, facts).every(({ written }) => /^ ?[\w.]+=?$|^"[^"]*"$|^[^\s"]+$/.test(written)),
				);
			}),
			{ numRuns: 3000 },
		);
	});

	it('is a pair of the recipe when a value is taken, wherever in it the cursor was', () => {
		const key = fc.constantFrom('model', 'size', 'quality', 'style');
		fc.assert(
			fc.property(plainWords, somePairs, key, fc.nat(), fc.nat(), (words, pairs, key, place, choice) => {
				const others = pairs.filter((pair) => pair.key !== key);
				const own = pairs.find((pair) => pair.key === key)?.written ?? `${key}=`;
				const cut = key.length + 1 + (place % (own.length - key.length));
				const written = others
					.map((pair) => pair.written)
					.toSpliced(place % (others.length + 1), 0, `${own.slice(0, cut)}¦${own.slice(cut)}`);
				const marked = `<!-- limn: ${words.join(' ')} | ${written.join(' ')} -->`;
				if (/"¦$|"[^"]*"¦/.test(`${own.slice(0, cut)}¦`)) return;
				const labels = labelsAt(marked);
				const label = labels[choice % labels.length] ?? assert.fail(marked);
				const { prompt, pairs: after } = recipeOf(taking(marked, label).replace('¦', ''));
				assert.equal(prompt, words.join(' '), marked);
				assert.deepEqual(
					after.map((pair) => `${pair.key}:${pair.value}`).toSorted(),
					[`${key}:${label}`, ...others.map((pair) => `${pair.key}:${pair.value}`)].toSorted(),
					marked,
				);
			}),
			{ numRuns: 2000 },
		);
	});

	it('is found at once in a megabyte', () => {
		for (const piece of ['x ', ' | ', 'a="| ', 'a=b ', '"', '-', 'a', '\n']) {
			const text = `<!-- limn: ${piece.repeat(1_000_000 / piece.length)} | a=b s -->`;
			typingIn(text, text.length - 4, toyLanguage);
			typingIn(text, 500_000, toyLanguage);
		}
	}).timeout(20_000);
});
