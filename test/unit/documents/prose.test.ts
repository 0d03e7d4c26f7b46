import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { oneLine, promptOfSelection } from '../../../src/documents/prose';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

/** Lines of documents and sources, marks in any order. */
const pieces = [
	[
		'# ',
		'## ',
		'- ',
		'* ',
		'+ ',
		'1. ',
		'12) ',
		'> ',
		'/// ',
		'// ',
		'/**',
		'/* ',
		' * ',
		' */',
		'*/',
		'<!-- ',
		'-->',
		'-- ',
	],
	[
		';; ',
		'% ',
		'"""',
		"'''",
		'\t',
		' ',
		'  ',
		'\n',
		'\n',
		'\r\n',
		'\n\n',
		'fox',
		'dawn',
		'a-b',
		'森',
		'-5',
		'#tag',
		'*bold*',
	],
].flat();
const selection = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));

const lettersOf = (text: string): string => text.replace(/\P{L}/gu, '');

describe('the prompt of a selection', () => {
	const examples: readonly (readonly [what: string, selection: string, prompt: string])[] = [
		['plain words', 'a fox at dawn', 'a fox at dawn'],
		['a heading', '## A fox at dawn', 'A fox at dawn'],
		['an indented heading', '   # A fox', 'A fox'],
		['a list', '- a fox\n- at dawn\n* in snow\n+ alone', 'a fox at dawn in snow alone'],
		['a numbered list', '1. a fox\n2) at dawn\n10. in snow', 'a fox at dawn in snow'],
		['a nested list', '- a fox\n  - at dawn\n\t- in snow', 'a fox at dawn in snow'],
		['a quote', '> a fox\n> at dawn', 'a fox at dawn'],
		['a quoted list', '> - a fox\n> - at dawn', 'a fox at dawn'],
		['paragraphs of a quote', '> a fox\n>\n> at dawn', 'a fox\n\nat dawn'],
		['line comments', '// a fox\n// at dawn', 'a fox at dawn'],
		['indented line comments', '\t// a fox\n\t// at dawn', 'a fox at dawn'],
		['documentation comments of Rust', '/// a fox\n//! at dawn', 'a fox at dawn'],
		['a block comment', '/* a fox at dawn */', 'a fox at dawn'],
		['a block comment without blanks', '/*a fox at dawn*/', 'a fox at dawn'],
		['a JSDoc comment', '/**\n * A fox\n * at dawn.\n *\n * In snow.\n */', 'A fox at dawn.\n\nIn snow.'],
		['a JSDoc comment of one line', '/** A fox at dawn. */', 'A fox at dawn.'],
		['comments of Python and shell', '# a fox\n# at dawn', 'a fox at dawn'],
		['a docstring', '"""A fox at dawn."""', 'A fox at dawn.'],
		['a docstring over lines', '    """A fox\n    at dawn.\n    """', 'A fox at dawn.'],
		['a docstring in single quotes', "'''\nA fox at dawn\n'''", 'A fox at dawn'],
		['an empty comment', '/**/', ''],
		['an HTML comment', '<!-- a fox at dawn -->', 'a fox at dawn'],
		['an HTML comment without blanks', '<!--a fox-->', 'a fox'],
		['an HTML comment over lines', '<!--\na fox\nat dawn\n-->', 'a fox at dawn'],
		['comments of SQL and Lua', '-- a fox\n-- at dawn', 'a fox at dawn'],
		['comments of Lisp', ';; a fox\n;;; at dawn', 'a fox at dawn'],
		['comments of LaTeX', '% a fox\n%% at dawn', 'a fox at dawn'],
		['Windows lines', '# A fox\r\n\r\nat\r\ndawn\r\n', 'A fox\n\nat dawn'],
		['old Mac lines', 'a fox\rat dawn', 'a fox at dawn'],
		['a heading with its paragraph', '# Foxes\n\nA fox\nat dawn.', 'Foxes\n\nA fox at dawn.'],
		['many blank lines', 'a\n\n\n\n \t\n\nb', 'a\n\nb'],
		['blanks inside', 'a  fox\t\tat   dawn ', 'a fox at dawn'],
		['nothing', '', ''],
		['blanks', ' \n\t\n ', ''],
		['marks alone', '#\n>\n- \n/*\n*/\n<!--\n-->', ''],
	];
	for (const [what, selection, prompt] of examples) {
		it(`of ${what}`, () => assert.equal(promptOfSelection(selection), prompt));
	}

	it('keeps what only looks like a mark', () => {
		for (const words of [
			'#hashtag',
			'-5 degrees',
			'*bold* words',
			'5.5 foxes',
			'1984. was',
			"'tis dawn",
			'--flag',
			'%TEMP%',
			'a -- b',
			'/etc/hosts',
			'"quoted"',
		]) {
			assert.equal(promptOfSelection(words), words);
		}
	});

	it('keeps every letter, and only makes one line of a paragraph', () => {
		fc.assert(
			fc.property(fc.oneof(text, selection), (text) => {
				const prompt = promptOfSelection(text);
				assert.equal(lettersOf(prompt), lettersOf(text));
				assert.equal(prompt, prompt.trim());
				for (const paragraph of prompt.split('\n\n')) assert.doesNotMatch(paragraph, /[\r\n]| {2}/);
			}),
			{ numRuns: 1000 },
		);
	});

	it('is the same for the same lines, whatever ends them', () => {
		fc.assert(
			fc.property(selection, (text) => {
				const unix = text.replaceAll('\r\n', '\n');
				assert.equal(promptOfSelection(unix.replaceAll('\n', '\r\n')), promptOfSelection(unix));
			}),
		);
	});
});

describe('text as one line', () => {
	it('has no control characters and none that turn the text round', () => {
		assert.equal(oneLine('a\0fox\u001Bat\u2028dawn'), 'a fox at dawn');
		assert.equal(oneLine('fox\u202Egnp.exe\u202C'), 'foxgnp.exe');
		assert.equal(oneLine('\uFEFFfox'), 'fox');
		assert.equal(oneLine('one\n\ntwo '), 'one two');
	});

	it('keeps words and emoji whole that are joined by invisible signs', () => {
		assert.equal(oneLine('می\u200Cخواهم'), 'می\u200Cخواهم');
		assert.equal(oneLine('a 👩\u200D🚀 in space'), 'a 👩\u200D🚀 in space');
		assert.equal(oneLine('Dampf\u00ADschiff'), 'Dampfschiff');
	});

	it('is the same when it is one already, and keeps every letter', () => {
		fc.assert(
			fc.property(text, (text) => {
				const line = oneLine(text);
				assert.equal(oneLine(line), line);
				assert.equal(lettersOf(line), lettersOf(text));
				assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}|\s{2}|^\s|\s$/u);
			}),
		);
	});
});
