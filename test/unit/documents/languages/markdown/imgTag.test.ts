import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseFragment } from 'parse5';
import {
	jsxTags,
	lenientTags,
	readTag,
	strictTags,
	type TagGrammar,
} from '../../../../../src/documents/languages/markdown/imgTag';

/** A tag in words: its name, its attributes and what they are, and what is behind it. */
function wordsOf(text: string, grammar: TagGrammar): string[] | undefined {
	const tag = readTag(text, 0, grammar);
	return (
		tag && [
			tag.name,
			...tag.attributes.map(({ name, kind, value }) => {
				const written = value ? `=${text.slice(value.start, value.end)}` : '';
				return `${kind === 'text' ? '' : `${kind} `}${name}${written}`;
			}),
			`|${text.slice(tag.span.end)}`,
		]
	);
}

/** Braces that have none inside. */
const jsx = (text: string) => jsxTags((at) => (text.includes('}', at) ? text.indexOf('}', at) + 1 : undefined));

describe('a tag in a line of Markdown', () => {
	it('has its attributes with any quotes or none', () => {
		const text = '<img src=a\n alt = "b > c"  title=\'"\' hidden data-x:y.z="" />d';
		const words = ['img', 'src=a', 'alt=b > c', 'title="', 'hidden', 'data-x:y.z=', '|d'];
		assert.deepEqual(wordsOf(text, strictTags), words);
		assert.deepEqual(wordsOf('<b>', strictTags), ['b', '|']);
		assert.deepEqual(wordsOf('<a-1/>x', strictTags), ['a-1', '|x']);
	});

	it('is none by anything that CommonMark does not know', () => {
		const others = [
			'<1>',
			'< a>',
			'<a',
			'<a b',
			'<a b=>',
			'<a b="c>',
			'<a b="c"d="e">',
			'<a b=c"d>',
			'<a / b>',
			'<a_b>',
			'</a>',
			'<a 1=b>',
			'<a b=`>',
		];
		for (const text of others) assert.equal(wordsOf(text, strictTags), undefined, text);
	});
});

describe('a tag in a block of HTML', () => {
	it('is what browsers take it for', () => {
		assert.deepEqual(wordsOf('<IMG SRC=a"b alt="c"title=d/ e>', lenientTags), [
			'IMG',
			'src=a"b',
			'alt=c',
			'title=d/',
			'e',
			'|',
		]);
		assert.deepEqual(wordsOf('<img/src="a"/>', lenientTags), ['img', 'src=a', '|']);
		assert.deepEqual(wordsOf('<x:y <b=1>', lenientTags), ['x:y', '<b=1', '|']);
	});

	it('has no end in the middle of a quote', () => {
		for (const text of ['<img src="a>', "<img src='a>", '<img src', '<img'])
			assert.equal(wordsOf(text, lenientTags), undefined, text);
	});

	it('has the attributes that parse5 finds', () => {
		const name = fc.constantFrom('src', 'alt', 'data-a', 'x:y', 'ü');
		const value = fc.constantFrom('', '=a', '="b c"', "='d\ne'", ' = "f"', '=""', '=g/h?i=j&k');
		const attributes = fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each, maxLength: 4 });
		fc.assert(
			fc.property(attributes, fc.constantFrom('>', ' >', '/>', '\n/>'), (parts, end) => {
				const text = `<img${parts.map(([each, written]) => ` ${each}${written}`).join('')}${end}`;
				const [node] = parseFragment(text).childNodes;
				const seen = node && 'attrs' in node ? node.attrs.map((each) => [each.name, each.value]) : [];
				const own = readTag(text, 0, lenientTags)?.attributes.map((each) => [
					each.name,
					each.value ? text.slice(each.value.start, each.value.end) : '',
				]);
				assert.deepEqual(own, seen);
			}),
		);
	});
});

describe('a tag of JSX', () => {
	it('may have code between braces, of which plain strings are read', () => {
		const text = '<Next.Image src={"a.png"} alt={ `b` } x={c + 1} {...d} e=\'f\' g/>h';
		const words = ['Next.Image', 'script src=a.png', 'script alt=b', 'computed x', 'computed ...', 'e=f', 'g', '|h'];
		assert.deepEqual(wordsOf(text, jsx(text)), words);
	});

	it('takes no string that is more than its letters', () => {
		for (const code of ['"a" + "b"', '"a\\n"', '`a${b', '"a\'', 'a', '"a"/* b */', '', '("a")']) {
			const text = `<img src={${code}}/>`;
			assert.deepEqual(wordsOf(text, jsx(text)), ['img', 'computed src', '|'], code);
		}
	});

	it('is none where braces are open, or values have no marks', () => {
		for (const text of ['<img src={a', '<img {...a', '<img src=a>', '<img src=>', '<img {'])
			assert.equal(wordsOf(text, jsx(text)), undefined, text);
	});
});
