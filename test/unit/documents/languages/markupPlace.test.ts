import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSync } from 'oxc-parser';
import { parseFragment } from 'parse5';
import {
	escaped,
	inMarkup,
	type MarkupPlace,
	placeInMarkup,
	reference,
} from '../../../../src/documents/languages/markupPlace';
import { anyAlt } from './arbitraries';

const text: MarkupPlace = { kind: 'text' };
const tag: MarkupPlace = { kind: 'tag' };
const attribute = (quote: string): MarkupPlace => ({ kind: 'attribute', quote });
const code = (quotes = '', isString = quotes !== ''): MarkupPlace => ({ kind: 'code', quotes, isString });
const shortcode = (isString: boolean): MarkupPlace => ({ kind: 'shortcode', isString });

describe('a place in markup', () => {
	const places: readonly (readonly [before: string, place: MarkupPlace])[] = [
		['', text],
		['a "quoted', text],
		["1 < 2 and it's", text],
		['<p>', text],
		['<p>it\'s "', text],
		['<img alt="a">', text],
		['<img alt="a > b">', text],
		['<br/>', text],
		['![a](', text],
		['{#id} and {x}', text],
		['<script>a("b")</script>', text],
		['{{< figure >}}', text],
		['{% raw %}', text],
		['<img ', tag],
		['<img alt=', tag],
		['</p', tag],
		["<!-- it's", attribute("'")],
		['<!-- a', tag],
		['<img alt="', attribute('"')],
		["<img alt='", attribute("'")],
		['<img alt = "', attribute('"')],
		['<img src="x" alt="it\'s ', attribute('"')],
		['<img alt="1 > 0 ', attribute('"')],
		['<a title="(x)"><img alt="', attribute('"')],
		['![x](y) <img alt="', attribute('"')],
		['<img alt="{x} ', attribute('"')],
		['<img {...all} alt="', attribute('"')],
		['<Image alt={', code()],
		['<Image alt={"', code('"')],
		["<Image alt={f('x', '", code("'")],
		['<Image alt={`a ', code('`')],
		['<Image alt={{ a: "b" }.a + \'', code("'")],
		['<p>{', code()],
		['<p>{{ "', code('"')],
		['<p>{"\\"', code('"')],
		['<p>{"it\'s" + "', code('"')],
		['<img :alt="', code('"', false)],
		["<img :alt='", code("'", false)],
		['<img :alt="\'', code('"\'')],
		['<img v-bind:alt="f(\'', code('"\'')],
		['<p onclick="x(\'', code('"\'')],
		['<p style="', code('"', false)],
		['<img alt="{f(\'', code('"\'')],
		['<script>a("', code('"')],
		['<script type="x">', code()],
		['<script>if (a < b) "', code('"')],
		['<style>a { b: ', code()],
		['{{< figure alt=', shortcode(false)],
		['{{< figure src="a" alt="', shortcode(true)],
		['{{% note title="', shortcode(true)],
		['{% include figure.html alt="', shortcode(true)],
	];
	for (const [before, place] of places) {
		it(`is known behind ${before || 'nothing'}`, () => assert.deepEqual(placeInMarkup(before), place));
	}

	it('is known behind anything', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (before) => assert.ok(placeInMarkup(before).kind)));
	});
});

/** The one element of some HTML, which must have nothing but this attribute. */
function titleOf(markup: string): string | undefined {
	const [node, ...more] = parseFragment(markup).childNodes;
	assert.equal(more.length, 0, markup);
	assert.ok(node && 'attrs' in node, markup);
	assert.ok(node.attrs.every(({ name }) => name === 'title') && node.childNodes.length === 0, markup);
	return node.attrs[0]?.value;
}

/** What a string of JavaScript stands for. */
function evaluate(expression: string): unknown {
	const { program, errors } = parseSync('code.js', `x = ${expression}`);
	const [statement] = program.body;
	assert.ok(errors.length === 0 && statement?.type === 'ExpressionStatement', expression);
	assert.ok(statement.expression.type === 'AssignmentExpression', expression);
	const { right } = statement.expression;
	if (right.type === 'Literal') return right.value;
	assert.ok(right.type === 'TemplateLiteral' && right.quasis.length === 1, expression);
	return right.quasis[0]?.value.cooked;
}

describe('a text in markup', () => {
	it('is what it was in an attribute', () => {
		fc.assert(
			fc.property(anyAlt, fc.constantFrom('"', "'"), (alt, quote) => {
				assert.equal(titleOf(`<i title=${quote}${inMarkup(alt, attribute(quote))}${quote}></i>`), alt);
			}),
		);
		assert.equal(inMarkup("It's 1 (one)", attribute('"')), "It's 1 (one)");
		assert.equal(inMarkup("It's {a}", attribute("'")), 'It&#39;s &#123;a&#125;');
	});

	it('is what it was without quotes', () => {
		fc.assert(
			fc.property(anyAlt, (alt) => {
				if (alt !== '') assert.equal(titleOf(`<i title=${inMarkup(alt, tag)}></i>`), alt);
			}),
		);
	});

	it('is what it was between tags', () => {
		fc.assert(
			fc.property(anyAlt, (alt) => {
				const [node] = parseFragment(`<i>${inMarkup(alt, text)}</i>`).childNodes;
				const inside = node && 'childNodes' in node ? node.childNodes : [];
				assert.deepEqual(inside.map((child) => ('value' in child ? child.value : child.nodeName)).join(''), alt);
			}),
		);
		assert.equal(inMarkup('A well-known fox, at dawn. Nice!', text), 'A well-known fox, at dawn. Nice!');
	});

	it('is a string in code, with its own quotes where there are none', () => {
		fc.assert(
			fc.property(anyAlt, fc.constantFrom('"', "'", '`'), (alt, quote) => {
				assert.equal(evaluate(quote + inMarkup(alt, code(quote)) + quote), alt);
				assert.equal(evaluate(inMarkup(alt, code())), alt);
			}),
		);
	});

	it('leaves neither the code nor the attribute around', () => {
		fc.assert(
			fc.property(anyAlt, (alt) => {
				for (const place of [code('"\''), code('"', false)])
					assert.doesNotMatch(inMarkup(alt, place), /["<>&{}$`]|\\(?!u[\da-f]{4})/);
				assert.doesNotMatch(inMarkup(alt, code("'", false)), /'/);
			}),
		);
		assert.equal(inMarkup("it's", code('"', false)), String.raw`'it\u0027s'`);
		assert.equal(inMarkup("it's", code('"')), "it's");
	});

	it('is only words in a shortcode, which has no escapes', () => {
		assert.equal(inMarkup('Tom\'s "fox" {{< x >}} \\ 100%', shortcode(true)), 'Tom’s ’fox’   x     100');
		assert.equal(inMarkup('a fox', shortcode(false)), '"a fox"');
		fc.assert(fc.property(anyAlt, (alt) => assert.doesNotMatch(inMarkup(alt, shortcode(true)), /["'`{}<>%\\]/)));
	});
});

describe('signs that could mean something', () => {
	it('are all written by their code point', () => {
		assert.equal(escaped('# 1. a-b - c. (d)', reference), '&#35; 1&#46; a-b &#45; c. &#40;d&#41;');
		assert.equal(escaped('www.a.b e.g. x', reference), 'www&#46;a&#46;b e&#46;g. x');
		assert.equal(escaped('ä, ö? 森! 😀', reference), 'ä, ö? 森! 😀');
	});

	it('are not in what comes out, but for the escapes', () => {
		fc.assert(
			fc.property(anyAlt, (alt) =>
				assert.doesNotMatch(
					escaped(alt, () => ''),
					/["#$%&'()*+/:;<=>@[\\\]^_`{|}~]/,
				),
			),
		);
	});
});
